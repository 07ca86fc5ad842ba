use std::borrow::Cow;

use crate::text::{MAX_NAME, cap_owned};
use crate::wire::bits::{Bits, OTHER, Reply};
use crate::wire::forms::{request, response};
use crate::wire::lenient::{Count, Integer, Something, Text, object};
use crate::wire::openai::error_body::ErrorBody;
use crate::wire::report::Report;
use crate::{Provider, ProviderUsage, RequestInfo, Usage};

request! {
    /// The body of an embeddings request.
    ///
    /// ```
    /// use agent_trace_llm::LlmRequest;
    /// use agent_trace_llm::wire::voyage::EmbeddingsRequest;
    /// use serde_json::json;
    ///
    /// let body = json!({
    ///     "model": "voyage-4", "input": "Hi.", "output_dimension": 512, "output_dtype": "int8",
    /// });
    /// let info = EmbeddingsRequest::from_value(&body).info();
    /// assert_eq!((info.dimensions, info.encoding_formats), (Some(512), vec!["int8".to_owned()]));
    /// ```
    EmbeddingsRequest from Request, Provider::from_static("voyage")
}

response! {
    /// The body of an embeddings reply, or of the error that came in its place. The vectors are
    /// skipped, not parsed.
    ///
    /// ```
    /// use agent_trace_llm::LlmResponse;
    /// use agent_trace_llm::wire::voyage::EmbeddingsResponse;
    ///
    /// let body = br#"{ "data": [], "model": "voyage-4", "usage": { "total_tokens": 3 } }"#;
    /// let usage = EmbeddingsResponse::from_slice(body)?.info().usage.expect("reported");
    /// assert_eq!((usage.input_tokens, usage.output_tokens), (Some(3), None));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    EmbeddingsResponse from Body
}

object! {
    Request<'de> {
        model: Text<'de> = "model",
        output_dimension: Integer = "output_dimension",
        output_dtype: Text<'de> = "output_dtype",
        encoding_format: Text<'de> = "encoding_format",
    }
}

object! {
    /// The reply of either API.
    Body<'de> {
        model: Text<'de> = "model",
        usage: UsageBody<'de> = "usage",
        detail: Something = "detail",
        error: ErrorBody = "error",
    }
}

object! {
    UsageBody<'de> {
        total_tokens: Count = "total_tokens",
        text_tokens: Count = "text_tokens",
    }
}

impl EmbeddingsRequest {
    fn new(body: Request<'_>) -> Self {
        let name = |Text(text): Text<'_>| text.map(|text| cap_owned(text, MAX_NAME));
        let formats = [name(body.output_dtype), name(body.encoding_format)];
        Self {
            model: name(body.model),
            info: RequestInfo {
                dimensions: body.output_dimension.0,
                encoding_formats: formats.into_iter().flatten().collect(),
                ..RequestInfo::default()
            },
        }
    }
}

impl Body<'_> {
    pub(super) fn reply(self) -> Reply {
        let total = self.usage.total_tokens.0;
        let report = Report {
            usage: Usage {
                input_tokens: total,
                text_input_tokens: self.usage.text_tokens.0,
                ..Usage::default()
            },
            written: ProviderUsage {
                total_tokens: total,
                ..ProviderUsage::default()
            },
        };
        // An error is `{"detail": ..}`, and the detail a message.
        let failed = self.detail.0.then_some(Cow::Borrowed(OTHER));
        Bits {
            model: self.model.0,
            usage: report.non_empty(),
            error_type: self.error.error_type().or(failed),
            ..Bits::default()
        }
        .reply()
    }
}
