use serde_json::Value;

use crate::wire::Error;
use crate::wire::bedrock::InvokeChunk;
use crate::wire::bedrock::headers::Headers;
use crate::wire::counts::Counts;
use crate::{LlmChunk, LlmResponse, ResponseInfo, StreamInfo};

/// The body of an InvokeModel reply of any model family, or of the error that came in its place.
///
/// Most families count their tokens in the body, the others only AWS does, in headers of the
/// response: see [`with_headers`](InvokeResponse::with_headers).
///
/// ```
/// use agent_trace_llm::LlmResponse;
/// use agent_trace_llm::wire::bedrock::InvokeResponse;
///
/// let cohere = br#"{ "generations": [{ "text": "Hi.", "finish_reason": "COMPLETE" }] }"#;
/// let info = InvokeResponse::from_slice(cohere)?
///     .with_headers([
///         ("x-amzn-bedrock-input-token-count", "9"),
///         ("x-amzn-bedrock-output-token-count", "3"),
///     ])
///     .info();
/// assert_eq!(info.finish_reasons, ["COMPLETE"]);
/// assert_eq!(info.usage.and_then(|usage| usage.input_tokens), Some(9));
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InvokeResponse {
    info: ResponseInfo,
    text_chars: u64,
}

impl InvokeResponse {
    /// Reads a response body.
    ///
    /// # Errors
    ///
    /// If the bytes are not one JSON document.
    pub fn from_slice(body: &[u8]) -> Result<Self, Error> {
        Ok(Self::new(&InvokeChunk::from_slice(body)?))
    }

    /// Reads a response body that is already parsed. What is no object says nothing.
    pub fn from_value(body: &Value) -> Self {
        Self::new(&InvokeChunk::from_value(body))
    }

    /// Adds what the headers of the response say, where the body says nothing of it: the
    /// `x-amzn-bedrock-*-token-count` headers and `x-amzn-errortype`. Their names may be in any case.
    #[must_use]
    pub fn with_headers<'a>(
        mut self,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let headers = Headers::new(headers);
        let written = self.info.provider_usage.as_ref();
        let usage = self.info.usage.as_ref();
        let body = usage.map(|usage| Counts::of(usage, written));
        let merged = headers.counts.then(body.unwrap_or_default());
        merged.report().tell(&mut self.info);
        self.info.error_type = headers.error_type.or(self.info.error_type);
        self
    }

    // A whole reply is a stream of one chunk.
    fn new(body: &InvokeChunk) -> Self {
        let mut stream = StreamInfo::default();
        stream.begin_chunk();
        body.accumulate(&mut stream);
        Self {
            info: stream.finish(),
            text_chars: body.text_chars(),
        }
    }

    /// What the reply says, without a copy.
    pub fn into_info(self) -> ResponseInfo {
        self.info
    }

    /// Unicode code points of the text in the reply, reasoning left out.
    pub fn text_chars(&self) -> u64 {
        self.text_chars
    }
}

impl LlmResponse for InvokeResponse {
    fn info(&self) -> ResponseInfo {
        self.info.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_family() {
        let cases = [
            // Anthropic: messages, and the text completions before them.
            (
                json!({ "id": "msg_1", "type": "message", "model": "claude", "stop_reason": "end_turn",
                    "content": [{ "type": "text", "text": "Hi." }, { "type": "tool_use", "id": "a", "name": "f" }],
                    "usage": { "input_tokens": 4, "cache_read_input_tokens": 5, "output_tokens": 2 } }),
                (Some(9), Some(2), 3, "end_turn", 1),
            ),
            (
                json!({ "completion": "Hi.", "stop_reason": "stop_sequence", "stop": "\n\nHuman:" }),
                (None, None, 3, "stop_sequence", 0),
            ),
            // Nova.
            (
                json!({ "output": { "message": { "content": [{ "text": "Hi." }, { "toolUse": { "toolUseId": "a", "name": "f" } }] } },
                    "stopReason": "tool_use",
                    "usage": { "inputTokens": 4, "outputTokens": 2, "cacheReadInputTokenCount": 5 } }),
                (Some(9), Some(2), 3, "tool_use", 1),
            ),
            // Titan.
            (
                json!({ "inputTextTokenCount": 9, "results": [{ "tokenCount": 2, "outputText": "Hi.", "completionReason": "FINISH" }] }),
                (Some(9), Some(2), 3, "FINISH", 0),
            ),
            // Llama.
            (
                json!({ "generation": "Hi.", "prompt_token_count": 9, "generation_token_count": 2, "stop_reason": "stop" }),
                (Some(9), Some(2), 3, "stop", 0),
            ),
            // Mistral: text, and chat.
            (
                json!({ "outputs": [{ "text": "Hi.", "stop_reason": "length" }] }),
                (None, None, 3, "length", 0),
            ),
            (
                json!({ "choices": [{ "index": 0, "stop_reason": "tool_calls", "message": { "role": "assistant",
                    "content": "Hi.", "tool_calls": [{ "id": "a", "function": { "name": "f", "arguments": "{}" } }] } }] }),
                (None, None, 3, "tool_calls", 1),
            ),
            // Cohere: Command, and Command R.
            (
                json!({ "id": "g1", "generations": [{ "id": "g2", "text": "Hi.", "finish_reason": "COMPLETE" }], "prompt": "Hello" }),
                (None, None, 3, "COMPLETE", 0),
            ),
            (
                json!({ "response_id": "r1", "generation_id": "g1", "text": "Hi.", "finish_reason": "COMPLETE",
                    "tool_calls": [{ "name": "f", "parameters": {} }] }),
                (None, None, 3, "COMPLETE", 1),
            ),
            // AI21: Jurassic, and Jamba.
            (
                json!({ "id": 1234, "prompt": { "text": "Hello" },
                    "completions": [{ "data": { "text": "Hi." }, "finishReason": { "reason": "endoftext" } }] }),
                (None, None, 3, "endoftext", 0),
            ),
            (
                json!({ "id": "c1", "model": "jamba", "choices": [{ "index": 0, "finish_reason": "stop", "message": { "content": "Hi." } }],
                    "usage": { "prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11 } }),
                (Some(9), Some(2), 3, "stop", 0),
            ),
        ];
        for (body, expected) in cases {
            let reply = InvokeResponse::from_value(&body);
            assert_eq!(
                InvokeResponse::from_slice(body.to_string().as_bytes()),
                Ok(reply.clone())
            );
            let chars = reply.text_chars();
            let info = reply.into_info();
            let usage = info.usage.unwrap_or_default();
            let reason = info.finish_reasons.first().cloned().unwrap_or_default();
            let said = (
                usage.input_tokens,
                usage.output_tokens,
                chars,
                &*reason,
                info.tool_calls.len(),
            );
            assert_eq!(said, expected, "{body}");
            assert_eq!(info.finish_reasons.len(), 1, "{body}");
            assert_eq!(info.error_type, None, "{body}");
        }
    }

    #[test]
    fn headers_fill_in_what_the_body_leaves_out() {
        let headers = [
            ("X-Amzn-Bedrock-Input-Token-Count", "16"),
            ("x-amzn-bedrock-output-token-count", " 27 "),
            ("x-amzn-bedrock-cache-read-input-token-count", "4"),
            ("x-amzn-bedrock-cache-write-input-token-count", "many"),
            ("content-type", "application/json"),
        ];
        let usage = |body: Value| {
            let reply = InvokeResponse::from_value(&body).with_headers(headers);
            reply.into_info().usage.expect("reported")
        };
        let bare = usage(json!({ "generations": [] }));
        assert_eq!(
            (bare.input_tokens, bare.output_tokens),
            (Some(20), Some(27))
        );
        assert_eq!(bare.cache_read_input_tokens, Some(4));
        assert_eq!(bare.cache_write_input_tokens, None);
        let own = usage(
            json!({ "usage": { "input_tokens": 16, "output_tokens": 27, "cache_read_input_tokens": 4 } }),
        );
        assert_eq!(own, bare);
        let none = InvokeResponse::default().with_headers([]);
        assert_eq!(none.into_info().usage, None);
    }
}
