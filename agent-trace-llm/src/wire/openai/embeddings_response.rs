use serde_json::Value;

use crate::text::{MAX_NAME, cap_owned};
use crate::wire::Error;
use crate::wire::json;
use crate::wire::lenient::{Text, object};
use crate::wire::openai::dialect::STANDARD;
use crate::wire::openai::error_body::ErrorBody;
use crate::wire::openai::usage::UsageBody;
use crate::{LlmResponse, ResponseInfo};

/// The body of an embeddings response, or of the error that came in its place. The vectors are
/// skipped, not parsed.
///
/// ```
/// use agent_trace_llm::LlmResponse;
/// use agent_trace_llm::wire::openai::EmbeddingsResponse;
///
/// let body = br#"{
///     "model": "text-embedding-3-small",
///     "data": [{ "index": 0, "embedding": [0.1, 0.2] }],
///     "usage": { "prompt_tokens": 4, "total_tokens": 4 }
/// }"#;
/// let info = EmbeddingsResponse::from_slice(body)?.info();
/// assert_eq!(info.usage.and_then(|usage| usage.input_tokens), Some(4));
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EmbeddingsResponse {
    info: ResponseInfo,
}

object! {
    Body<'de> {
        model: Text<'de> = "model",
        usage: UsageBody<'de> = "usage",
        error: ErrorBody = "error",
    }
}

impl EmbeddingsResponse {
    /// Reads a response body.
    ///
    /// # Errors
    ///
    /// If the bytes are not one JSON document.
    pub fn from_slice(body: &[u8]) -> Result<Self, Error> {
        Ok(Self::new(json::from_slice(body)?))
    }

    /// Reads a response body that is already parsed. What is no object says nothing.
    pub fn from_value(body: &Value) -> Self {
        Self::new(serde::Deserialize::deserialize(body).unwrap_or_default())
    }

    /// What the reply says about itself, without a copy.
    pub fn into_info(self) -> ResponseInfo {
        self.info
    }

    fn new(body: Body<'_>) -> Self {
        let mut info = ResponseInfo {
            model: body.model.0.map(|model| cap_owned(model, MAX_NAME)),
            error_type: body.error.error_type(),
            ..ResponseInfo::default()
        };
        if let Some(mut report) = body.usage.report(&STANDARD) {
            // There is no output, so the total is all input where some servers give nothing else.
            let input = &mut report.usage.input_tokens;
            *input = input.or(report.written.total_tokens);
            report.tell(&mut info);
        }
        Self { info }
    }
}

impl LlmResponse for EmbeddingsResponse {
    fn info(&self) -> ResponseInfo {
        self.info.clone()
    }
}

impl From<EmbeddingsResponse> for ResponseInfo {
    fn from(response: EmbeddingsResponse) -> Self {
        response.into_info()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn usage_has_no_output() {
        let body = json!({
            "object": "list", "model": "text-embedding-ada-002-v2",
            "data": [{ "object": "embedding", "index": 0, "embedding": "AAAA" }],
            "usage": { "prompt_tokens": 8, "total_tokens": 8 },
        });
        let reply = EmbeddingsResponse::from_slice(body.to_string().as_bytes()).expect("JSON");
        assert_eq!(reply, EmbeddingsResponse::from_value(&body));
        let info = reply.into_info();
        assert_eq!(info.model.as_deref(), Some("text-embedding-ada-002-v2"));
        let usage = info.usage.expect("reported");
        assert_eq!((usage.input_tokens, usage.output_tokens), (Some(8), None));
        assert!(info.finish_reasons.is_empty());
    }

    #[test]
    fn the_total_is_all_input() {
        let body = json!({ "usage": { "total_tokens": 8 } });
        let info = EmbeddingsResponse::from_value(&body).into_info();
        let usage = info.usage.expect("reported");
        assert_eq!((usage.input_tokens, usage.output_tokens), (Some(8), None));
        let written = info.provider_usage.expect("reported");
        assert_eq!(
            (written.input_tokens, written.total_tokens),
            (None, Some(8))
        );
    }

    #[test]
    fn an_error_in_its_place() {
        let body =
            json!({ "error": { "code": "model_not_found", "type": "invalid_request_error" } });
        let info = EmbeddingsResponse::from_value(&body).into_info();
        assert_eq!(info.error_type.as_deref(), Some("model_not_found"));
        assert_eq!(info.usage, None);
    }
}
