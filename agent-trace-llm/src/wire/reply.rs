use std::fmt;

use serde::Deserialize;

use crate::wire::any::{Api, BodyFormat, read};
use crate::{LlmResponse, Provider, ResponseInfo};

/// A whole response body: its bytes for the application, and for the span what they say of the reply.
///
/// For functions that speak HTTP themselves and whose callers need the text of the reply, which the
/// responses of the APIs' own modules do not keep. The body of an error is one too, and says so. The
/// bytes are content, and `Debug` leaves them out.
///
/// ```
/// use agent_trace_llm::LlmResponse;
/// use agent_trace_llm::wire::{Api, Reply};
///
/// // #[llm_call(provider = "anthropic")]
/// fn ask() -> Result<Reply, std::io::Error> {
///     let bytes = br#"{ "id": "msg_1", "content": [{ "type": "text", "text": "Hi." }], "stop_reason": "end_turn" }"#;
///     Ok(Reply::new(Api::AnthropicMessages, bytes.to_vec()))
/// }
///
/// let reply = ask()?;
/// assert_eq!(reply.json::<serde_json::Value>()?["content"][0]["text"], "Hi.");
/// assert_eq!(reply.info().finish_reasons, ["end_turn"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Reply<B = Vec<u8>> {
    api: Api,
    provider: Option<Provider>,
    bytes: B,
}

impl<B: AsRef<[u8]>> Reply<B> {
    /// The bytes of a response of that API, as the HTTP client has them.
    pub fn new(api: Api, bytes: B) -> Self {
        Self {
            api,
            provider: None,
            bytes,
        }
    }

    /// Whose OpenAI-compatible server it is: some count tokens in ways of their own.
    #[must_use]
    pub fn with_provider(mut self, provider: Provider) -> Self {
        self.provider = Some(provider);
        self
    }

    /// The bytes.
    pub fn data(&self) -> &[u8] {
        self.bytes.as_ref()
    }

    /// The bytes, as they were given.
    pub fn into_data(self) -> B {
        self.bytes
    }

    /// The body, read as JSON into a type of your own.
    ///
    /// # Errors
    ///
    /// If the body is not JSON, or not of that type.
    pub fn json<'de, T: Deserialize<'de>>(&'de self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(self.data())
    }
}

impl<B: AsRef<[u8]>> LlmResponse for Reply<B> {
    fn info(&self) -> ResponseInfo {
        let provider = self.provider.as_ref();
        read(self.api, BodyFormat::Json, provider, self.data()).info
    }
}

impl<B> fmt::Debug for Reply<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("api", &self.api)
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_and_what_they_say() {
        let text = r#"{"choices":[{"index":0,"finish_reason":"stop","message":{"content":"secret"}}],
            "usage":{"prompt_tokens":9,"completion_tokens":1,"total_tokens":15,
                     "completion_tokens_details":{"reasoning_tokens":5}}}"#;
        let body = Reply::new(Api::OpenAiChat, text).with_provider(Provider::X_AI);
        let info = body.info();
        assert_eq!(info.finish_reasons, ["stop"]);
        assert_eq!(info.usage.and_then(|usage| usage.output_tokens), Some(6));
        assert!(!format!("{body:?}").contains("secret"));
        let value: serde_json::Value = body.json().expect("JSON");
        assert_eq!(value["choices"][0]["message"]["content"], "secret");
        assert_eq!(body.into_data(), text);
    }

    #[test]
    fn a_body_that_says_nothing() {
        for bytes in ["", "{", "<html>", "[]"] {
            let body = Reply::new(Api::AnthropicMessages, bytes);
            assert_eq!(body.info(), ResponseInfo::default(), "{bytes}");
        }
        assert!(
            Reply::new(Api::AnthropicMessages, "{")
                .json::<bool>()
                .is_err()
        );
    }
}
