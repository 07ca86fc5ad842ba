use std::borrow::Cow;

use super::error::ErrorMessage;
use super::usage::UsageBody;
use crate::text::{MAX_NAME, cap_owned};
use crate::wire::bits::{Bits, Reply};
use crate::wire::forms::{request, response};
use crate::wire::lenient::{Integer, Text, Texts, object};
use crate::{Provider, RequestInfo};

request! {
    /// The body of an embed request.
    ///
    /// ```
    /// use agent_trace_llm::LlmRequest;
    /// use agent_trace_llm::wire::cohere::EmbedRequest;
    /// use serde_json::json;
    ///
    /// let body = json!({
    ///     "model": "embed-v4.0", "texts": ["Hi."], "input_type": "search_query",
    ///     "embedding_types": ["float"], "output_dimension": 512,
    /// });
    /// let info = EmbedRequest::from_value(&body).info();
    /// assert_eq!((info.dimensions, info.encoding_formats), (Some(512), vec!["float".to_owned()]));
    /// ```
    EmbedRequest from Request, Provider::COHERE
}

response! {
    /// The body of an embed reply, or of the error that came in its place. The vectors are skipped,
    /// not parsed.
    ///
    /// The API reports what it [bills](crate::ResponseInfo::billed_usage) and not what it used, so there
    /// is no usage.
    ///
    /// ```
    /// use agent_trace_llm::wire::cohere::EmbedResponse;
    ///
    /// let body = br#"{
    ///     "id": "9c17",
    ///     "embeddings": { "float": [[0.1, 0.2]] },
    ///     "meta": { "billed_units": { "input_tokens": 4 } }
    /// }"#;
    /// let info = EmbedResponse::from_slice(body)?.into_info();
    /// assert_eq!(info.usage, None);
    /// assert_eq!(info.billed_usage.and_then(|billed| billed.tokens.input_tokens), Some(4));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    EmbedResponse from Body
}

object! {
    Request<'de> {
        model: Text<'de> = "model",
        embedding_types: Texts<'de> = "embedding_types",
        output_dimension: Integer = "output_dimension",
    }
}

object! {
    Body<'de> {
        id: Text<'de> = "id",
        meta: UsageBody<'de> = "meta",
        message: ErrorMessage = "message",
    }
}

impl EmbedRequest {
    fn new(body: Request<'_>) -> Self {
        let formats = body.embedding_types.0.into_iter();
        Self {
            model: body.model.0.map(|model| cap_owned(model, MAX_NAME)),
            info: RequestInfo {
                dimensions: body.output_dimension.0,
                encoding_formats: formats.map(Cow::into_owned).collect(),
                ..RequestInfo::default()
            },
        }
    }
}

impl Body<'_> {
    fn reply(self) -> Reply {
        Bits {
            id: self.id.0,
            usage: self.meta.report(),
            billed: self.meta.billed(),
            error_type: self.message.error_type(),
            ..Bits::default()
        }
        .reply()
    }
}
