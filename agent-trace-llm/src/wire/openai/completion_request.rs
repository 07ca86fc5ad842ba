use serde_json::Value;

use crate::wire::Error;
use crate::wire::openai::ChatRequest;
use crate::{LlmRequest, RequestInfo};

/// The body of a legacy completion request.
///
/// ```
/// use agent_trace_llm::LlmRequest;
/// use agent_trace_llm::wire::openai::CompletionRequest;
///
/// let body = br#"{ "model": "gpt-3.5-turbo-instruct", "prompt": "Hi", "max_tokens": 16 }"#;
/// let request = CompletionRequest::from_slice(body)?;
/// assert_eq!(request.model(), Some("gpt-3.5-turbo-instruct"));
/// assert_eq!(request.info().max_tokens, Some(16));
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CompletionRequest {
    // The parameters have the same names.
    inner: ChatRequest,
}

impl CompletionRequest {
    /// Reads a request body.
    ///
    /// # Errors
    ///
    /// If the bytes are not one JSON document.
    pub fn from_slice(body: &[u8]) -> Result<Self, Error> {
        let inner = ChatRequest::from_slice(body)?;
        Ok(Self { inner })
    }

    /// Reads a request body that is already parsed. What is no object says nothing.
    pub fn from_value(body: &Value) -> Self {
        let inner = ChatRequest::from_value(body);
        Self { inner }
    }
}

impl LlmRequest for CompletionRequest {
    fn model(&self) -> Option<&str> {
        self.inner.model()
    }

    fn info(&self) -> RequestInfo {
        let mut info = self.inner.info();
        // The conventions name only the two newer APIs.
        info.api_type = None;
        info
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_parameter() {
        let body = json!({
            "model": "gpt-3.5-turbo-instruct", "prompt": "secret", "max_tokens": 16, "n": 2,
            "temperature": 0, "top_p": 0.5, "stop": "END", "seed": 1, "stream": true,
            "frequency_penalty": 0.5, "presence_penalty": -0.5, "best_of": 3, "echo": true,
        });
        let request = CompletionRequest::from_value(&body);
        assert!(!format!("{request:?}").contains("secret"));
        let info = request.info();
        assert_eq!(
            (info.max_tokens, info.choice_count, info.seed),
            (Some(16), Some(2), Some(1))
        );
        assert_eq!((info.temperature, info.top_p), (Some(0.0), Some(0.5)));
        assert_eq!(info.stop_sequences, ["END"]);
        assert_eq!((info.stream, info.api_type), (Some(true), None));
    }
}
