use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess};
use serde_json::Value;

use crate::wire::Error;
use crate::wire::gemini::GenerateContentChunk;
use crate::wire::gemini::generate_content_chunk::Body;
use crate::wire::gemini::generate_content_stream::State;
use crate::wire::json;
use crate::wire::lenient::{Key, Lenient, lenient};
use crate::{LlmResponse, ResponseInfo};

/// The body of a `generateContent` reply, or of the error that came in its place.
///
/// A body of `streamGenerateContent` without `alt=sse`, which is an array of such replies, is read
/// as the one reply that they make together.
///
/// A prompt that was blocked has no candidates; its `blockReason` is taken for the finish reason.
///
/// ```
/// use agent_trace_llm::LlmResponse;
/// use agent_trace_llm::wire::gemini::GenerateContentResponse;
///
/// let body = br#"{ "error": { "code": 404, "message": "..", "status": "NOT_FOUND" } }"#;
/// let reply = GenerateContentResponse::from_slice(body)?;
/// assert_eq!(reply.info().error_type.as_deref(), Some("404"));
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GenerateContentResponse {
    info: ResponseInfo,
    text_chars: u64,
}

/// One reply, or the chunks of one.
#[derive(Default)]
struct Whole(State);

impl<'de> Lenient<'de> for Whole {
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut state = State::default();
        while let Some(body) = list.next_element()? {
            state.chunk(&GenerateContentChunk::new(body));
        }
        Ok(Self(state))
    }

    fn object<A: MapAccess<'de>>(first: Option<Key<'de>>, object: A) -> Result<Self, A::Error> {
        let mut state = State::default();
        state.chunk(&GenerateContentChunk::new(Body::object(first, object)?));
        Ok(Self(state))
    }
}

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient(deserializer)
    }
}

impl GenerateContentResponse {
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
        Self::new(Deserialize::deserialize(body).unwrap_or_default())
    }

    fn new(Whole(state): Whole) -> Self {
        let text_chars = state.progress().text_chars();
        Self {
            info: state.into_info(),
            text_chars,
        }
    }

    /// What the reply says, without a copy.
    pub fn into_info(self) -> ResponseInfo {
        self.info
    }

    /// Unicode code points of the text in the reply, thoughts left out.
    pub fn text_chars(&self) -> u64 {
        self.text_chars
    }
}

impl LlmResponse for GenerateContentResponse {
    fn info(&self) -> ResponseInfo {
        self.info.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_whole_reply() {
        let body = json!({
            "responseId": "r1", "modelVersion": "gemini-2.5-flash",
            "candidates": [{
                "content": { "role": "model", "parts": [
                    { "text": "secret", "thought": true },
                    { "text": "Hé" },
                    { "functionCall": { "name": "search", "args": { "q": "secret" } } },
                    { "functionCall": { "name": "search", "args": { "q": "secret" } } },
                ] },
                "finishReason": "STOP",
            }],
            "usageMetadata": {
                "promptTokenCount": 8, "candidatesTokenCount": 3, "totalTokenCount": 11,
                "serviceTier": "standard",
            },
        });
        let reply = GenerateContentResponse::from_value(&body);
        assert_eq!(
            reply,
            GenerateContentResponse::from_slice(body.to_string().as_bytes()).expect("JSON")
        );
        assert!(!format!("{reply:?}").contains("secret"));
        assert_eq!(reply.text_chars(), 2);
        let info = reply.into_info();
        assert_eq!(info.id.as_deref(), Some("r1"));
        assert_eq!(info.model.as_deref(), Some("gemini-2.5-flash"));
        assert_eq!(info.finish_reasons, ["STOP"]);
        assert_eq!(info.service_tier.as_deref(), Some("standard"));
        assert_eq!(info.tool_calls.len(), 2);
        assert_eq!(info.usage.and_then(|usage| usage.input_tokens), Some(8));
    }

    #[test]
    fn a_blocked_prompt() {
        let info = GenerateContentResponse::from_value(&json!({
            "promptFeedback": { "blockReason": "PROHIBITED_CONTENT" },
            "usageMetadata": { "promptTokenCount": 8 },
        }))
        .into_info();
        assert_eq!(info.finish_reasons, ["PROHIBITED_CONTENT"]);
        assert_eq!(info.usage.and_then(|usage| usage.output_tokens), None);
    }

    #[test]
    fn an_array_is_one_reply() {
        let reply = GenerateContentResponse::from_value(&json!([
            { "candidates": [{ "content": { "parts": [{ "text": "a" }] } }],
              "usageMetadata": { "promptTokenCount": 8 } },
            { "candidates": [{ "content": { "parts": [{ "text": "b" }] }, "finishReason": "STOP" }],
              "usageMetadata": { "promptTokenCount": 8, "candidatesTokenCount": 2 } },
        ]));
        assert_eq!(reply.text_chars(), 2);
        let info = reply.into_info();
        assert_eq!(info.finish_reasons, ["STOP"]);
        assert_eq!(info.usage.and_then(|usage| usage.output_tokens), Some(2));
        let refused = json!([{ "error": { "code": 400, "status": "INVALID_ARGUMENT" } }]);
        let info = GenerateContentResponse::from_value(&refused).into_info();
        assert_eq!(info.error_type.as_deref(), Some("400"));
    }

    #[test]
    fn an_odd_field_costs_no_other() {
        let info = GenerateContentResponse::from_value(&json!({
            "responseId": 7, "modelVersion": null,
            "candidates": [3, { "content": [], "finishReason": {} }, { "finishReason": "STOP" }],
            "usageMetadata": { "promptTokenCount": "12", "candidatesTokenCount": [] },
        }))
        .into_info();
        assert_eq!((info.id, info.model), (None, None));
        assert_eq!(info.finish_reasons, ["STOP"]);
        assert_eq!(info.usage.and_then(|usage| usage.input_tokens), Some(12));
    }
}
