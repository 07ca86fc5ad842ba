use serde_json::Value;

use crate::wire::Error;
use crate::wire::openai::ChatResponse;
use crate::{LlmResponse, ResponseInfo};

/// The body of a legacy completion, or of the error that came in its place.
///
/// ```
/// use agent_trace_llm::LlmResponse;
/// use agent_trace_llm::wire::openai::CompletionResponse;
///
/// let body = br#"{
///     "id": "cmpl-1", "model": "gpt-3.5-turbo-instruct",
///     "choices": [{ "index": 0, "text": " there", "finish_reason": "length" }],
///     "usage": { "prompt_tokens": 1, "completion_tokens": 1 }
/// }"#;
/// let reply = CompletionResponse::from_slice(body)?;
/// assert_eq!(reply.text_chars(), 6);
/// assert_eq!(reply.info().finish_reasons, ["length"]);
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompletionResponse {
    // The same but for the place of the text, which that one knows too.
    inner: ChatResponse,
}

impl CompletionResponse {
    /// Reads a response body.
    ///
    /// # Errors
    ///
    /// If the bytes are not one JSON document.
    pub fn from_slice(body: &[u8]) -> Result<Self, Error> {
        let inner = ChatResponse::from_slice(body)?;
        Ok(Self { inner })
    }

    /// Reads a response body that is already parsed. What is no object says nothing.
    pub fn from_value(body: &Value) -> Self {
        let inner = ChatResponse::from_value(body);
        Self { inner }
    }

    /// How many Unicode code points of text the reply has, of all choices. With `echo`, the prompt
    /// is a part of that text.
    pub fn text_chars(&self) -> u64 {
        self.inner.text_chars()
    }

    /// What the reply says about itself, without a copy.
    pub fn into_info(self) -> ResponseInfo {
        self.inner.into_info()
    }
}

impl LlmResponse for CompletionResponse {
    fn info(&self) -> ResponseInfo {
        self.inner.info()
    }
}

impl From<CompletionResponse> for ResponseInfo {
    fn from(response: CompletionResponse) -> Self {
        response.into_info()
    }
}
