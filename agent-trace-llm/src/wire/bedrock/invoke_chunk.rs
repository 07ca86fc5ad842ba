use serde_json::Value;

use crate::wire::Error;
use crate::wire::anthropic::{Event, MessagesChunk};
use crate::wire::bedrock::base64;
use crate::wire::bedrock::converse_chunk::ConverseChunk;
use crate::wire::bedrock::family::{Body, Family};
use crate::wire::counts::Counts;
use crate::wire::json;
use crate::wire::lenient::{Text, object};
use crate::{LlmChunk, StreamInfo};

/// What the model says in one chunk of a streamed InvokeModel reply.
///
/// For code that splits the stream itself; [`InvokeStream`](super::InvokeStream) takes it as it comes
/// from the network.
///
/// Where the last chunk has `amazon-bedrock-invocationMetrics`, these counts win: they are AWS's own,
/// and what the model said before may differ.
///
/// ```
/// use agent_trace_llm::wire::bedrock::InvokeChunk;
/// use agent_trace_llm::{LlmChunk, StreamInfo};
///
/// let mut stream = StreamInfo::default();
/// for data in [
///     r#"{ "generation": "Hi", "prompt_token_count": 9, "generation_token_count": 1 }"#,
///     r#"{ "generation": "", "stop_reason": "stop",
///          "amazon-bedrock-invocationMetrics": { "inputTokenCount": 9, "outputTokenCount": 2 } }"#,
/// ] {
///     stream.begin_chunk();
///     InvokeChunk::from_slice(data.as_bytes())?.accumulate(&mut stream);
/// }
/// let usage = stream.finish().usage.expect("reported");
/// assert_eq!((usage.input_tokens, usage.output_tokens), (Some(9), Some(2)));
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InvokeChunk {
    said: Said,
    metrics: Counts,
    intervened: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    /// An event of Anthropic's stream.
    Messages(Box<MessagesChunk<'static>>),
    /// An event of Nova's.
    Converse(Box<ConverseChunk>),
    /// Any other.
    Family(Box<Family>),
}

impl Default for Said {
    fn default() -> Self {
        Said::Family(Box::default())
    }
}

object! {
    /// The payload of a `chunk` message.
    Envelope<'de> {
        bytes: Text<'de> = "bytes",
    }
}

impl InvokeChunk {
    /// Reads what the model said: the JSON that is in the `bytes` of a chunk, already decoded. This
    /// is also what the SDKs hand out.
    ///
    /// # Errors
    ///
    /// If the bytes are not one JSON document.
    pub fn from_slice(data: &[u8]) -> Result<Self, Error> {
        let body: Body<'_> = json::from_slice(data)?;
        Ok(Self::new(body, || MessagesChunk::from_slice(data).ok()))
    }

    /// Reads what the model said, already parsed. What is no object says nothing.
    pub fn from_value(data: &Value) -> Self {
        let body: Body<'_> = serde::Deserialize::deserialize(data).unwrap_or_default();
        Self::new(body, || Some(MessagesChunk::from_value(data)))
    }

    /// Reads the payload of a `chunk` message, `{"bytes": ".."}`. `None` if what is in it is not
    /// base64 of JSON.
    pub fn from_payload(payload: &[u8]) -> Option<Self> {
        let envelope: Envelope<'_> = json::from_slice(payload).ok()?;
        let data = base64::decode(envelope.bytes.0?.as_bytes())?;
        Self::from_slice(&data).ok()
    }

    /// Unicode code points of text in this chunk, reasoning left out.
    pub fn text_chars(&self) -> u64 {
        match &self.said {
            Said::Messages(chunk) => chunk.text_chars(),
            Said::Converse(chunk) => chunk.text_chars(),
            Said::Family(chunk) => chunk.text_chars(),
        }
    }

    /// Whether the reply has ended with this chunk.
    pub(crate) fn is_last(&self) -> bool {
        self.metrics != Counts::default()
            || self.intervened
            || match &self.said {
                Said::Messages(chunk) => chunk.event() == Event::MessageStop,
                Said::Converse(chunk) => chunk.is_last(),
                Said::Family(chunk) => chunk.has_reason(),
            }
    }

    fn new<'a>(mut body: Body<'a>, messages: impl FnOnce() -> Option<MessagesChunk<'a>>) -> Self {
        let metrics = body.metrics.counts();
        let action = body.guardrail_action.0.as_deref();
        let intervened = action.is_some_and(|action| action.ends_with("INTERVENED"));
        let nova = [
            ("messageStart", body.message_start.take()),
            ("contentBlockStart", body.block_start.take()),
            ("contentBlockDelta", body.block_delta.take()),
            ("contentBlockStop", body.block_stop.take()),
            ("messageStop", body.message_stop.take()),
            ("metadata", body.metadata.take()),
        ];
        let nova = nova
            .into_iter()
            .find_map(|(name, payload)| Some((name, payload?)));
        let said = if let Some((name, payload)) = nova {
            Said::Converse(Box::new(ConverseChunk::new(name, payload)))
        } else if is_anthropic(body.kind.0.as_deref()) {
            Said::Messages(Box::new(messages().unwrap_or_default().into_owned()))
        } else {
            Said::Family(Box::new(Family::new(body)))
        };
        Self {
            said,
            metrics,
            intervened,
        }
    }
}

/// Whether an event of this type is one of Anthropic's stream.
fn is_anthropic(kind: Option<&str>) -> bool {
    kind.is_some_and(|kind| {
        kind.starts_with("message_")
            || kind.starts_with("content_block_")
            || matches!(kind, "ping" | "error")
    })
}

impl LlmChunk for InvokeChunk {
    fn accumulate(&self, stream: &mut StreamInfo) {
        match &self.said {
            Said::Messages(chunk) => chunk.accumulate(stream),
            Said::Converse(chunk) => chunk.accumulate(stream),
            Said::Family(chunk) => chunk.accumulate(stream),
        }
        self.metrics.accumulate(stream);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ResponseInfo, ToolCallRef};
    use serde_json::json;

    fn follow(chunks: &[Value]) -> (ResponseInfo, u64) {
        let mut stream = StreamInfo::default();
        let mut chars = 0;
        for value in chunks {
            let chunk = InvokeChunk::from_value(value);
            assert_eq!(
                InvokeChunk::from_slice(value.to_string().as_bytes()),
                Ok(chunk.clone())
            );
            stream.begin_chunk();
            chunk.accumulate(&mut stream);
            chars += chunk.text_chars();
        }
        let last = chunks.last().expect("a chunk");
        assert!(InvokeChunk::from_value(last).is_last(), "{last}");
        (stream.finish(), chars)
    }

    fn counts(info: &ResponseInfo) -> (Option<u64>, Option<u64>) {
        let usage = info.usage.expect("reported");
        (usage.input_tokens, usage.output_tokens)
    }

    #[test]
    fn anthropic() {
        let (info, chars) = follow(&[
            json!({ "type": "message_start", "message": { "id": "msg_bdrk_1", "model": "claude",
                "usage": { "input_tokens": 702, "output_tokens": 1, "cache_read_input_tokens": 8 } } }),
            json!({ "type": "content_block_start", "index": 1, "content_block": { "type": "tool_use", "id": "toolu_1", "name": "f" } }),
            json!({ "type": "content_block_delta", "index": 0, "delta": { "type": "text_delta", "text": "Hi" } }),
            json!({ "type": "message_delta", "delta": { "stop_reason": "tool_use" }, "usage": { "output_tokens": 130 } }),
            json!({ "type": "message_stop", "amazon-bedrock-invocationMetrics":
                { "inputTokenCount": 702, "outputTokenCount": 98, "invocationLatency": 3042 } }),
        ]);
        assert_eq!(counts(&info), (Some(710), Some(98)));
        assert_eq!(info.id.as_deref(), Some("msg_bdrk_1"));
        assert_eq!(info.finish_reasons, ["tool_use"]);
        assert_eq!(info.tool_calls, [ToolCallRef::new("toolu_1", "f")]);
        assert_eq!(chars, 2);
    }

    #[test]
    fn nova() {
        let (info, chars) = follow(&[
            json!({ "messageStart": { "role": "assistant" } }),
            json!({ "contentBlockDelta": { "delta": { "text": "Hi" }, "contentBlockIndex": 0 } }),
            json!({ "contentBlockStart": { "start": { "toolUse": { "toolUseId": "a", "name": "f" } }, "contentBlockIndex": 1 } }),
            json!({ "messageStop": { "stopReason": "tool_use" } }),
            json!({ "metadata": { "usage": { "inputTokens": 5, "outputTokens": 10, "cacheReadInputTokenCount": 2 } } }),
        ]);
        assert_eq!(counts(&info), (Some(7), Some(10)));
        assert_eq!(info.finish_reasons, ["tool_use"]);
        assert_eq!(info.tool_calls, [ToolCallRef::new("a", "f")]);
        assert_eq!(chars, 2);
    }

    #[test]
    fn the_families_that_repeat_one_object() {
        let titan = follow(&[
            json!({ "outputText": "Hi", "index": 0, "totalOutputTextTokenCount": null, "completionReason": null, "inputTextTokenCount": 5 }),
            json!({ "outputText": "!", "index": 0, "totalOutputTextTokenCount": 10, "completionReason": "FINISH", "inputTextTokenCount": null }),
        ]);
        assert_eq!((counts(&titan.0), titan.1), ((Some(5), Some(10)), 3));
        assert_eq!(titan.0.finish_reasons, ["FINISH"]);
        let llama = follow(&[
            json!({ "generation": "Hi", "prompt_token_count": 8, "generation_token_count": 1, "stop_reason": null }),
            json!({ "generation": "", "prompt_token_count": null, "generation_token_count": 3, "stop_reason": "stop" }),
        ]);
        assert_eq!((counts(&llama.0), llama.1), ((Some(8), Some(3)), 2));
        let mistral = follow(&[
            json!({ "outputs": [{ "text": "Hi", "stop_reason": null }] }),
            json!({ "outputs": [{ "text": "", "stop_reason": "length" }],
                "amazon-bedrock-invocationMetrics": { "inputTokenCount": 4, "outputTokenCount": 2 } }),
        ]);
        assert_eq!((counts(&mistral.0), mistral.1), ((Some(4), Some(2)), 2));
        assert_eq!(mistral.0.finish_reasons, ["length"]);
        let cohere = follow(&[
            json!({ "event_type": "text-generation", "is_finished": false, "text": "Hi" }),
            json!({ "event_type": "stream-end", "is_finished": true, "finish_reason": "COMPLETE",
                "response": { "text": "Hi" },
                "amazon-bedrock-invocationMetrics": { "inputTokenCount": 4, "outputTokenCount": 2 } }),
        ]);
        assert_eq!((counts(&cohere.0), cohere.1), ((Some(4), Some(2)), 2));
        assert_eq!(cohere.0.finish_reasons, ["COMPLETE"]);
        let openai = follow(&[
            json!({ "id": "c1", "model": "m", "choices": [{ "index": 0, "delta": { "content": "Hi",
                "tool_calls": [{ "index": 0, "id": "a", "function": { "name": "f", "arguments": "" } }] } }] }),
            json!({ "choices": [{ "index": 0, "delta": { "tool_calls": [{ "index": 0, "function": { "arguments": "{}" } }] } }] }),
            json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": "tool_calls" }],
                "usage": { "prompt_tokens": 4, "completion_tokens": 2 } }),
        ]);
        assert_eq!((counts(&openai.0), openai.1), ((Some(4), Some(2)), 2));
        assert_eq!(openai.0.tool_calls, [ToolCallRef::new("a", "f")]);
        assert_eq!(openai.0.finish_reasons, ["tool_calls"]);
    }

    #[test]
    fn a_guardrail_ends_the_reply() {
        let (info, chars) = follow(&[json!({
            "outputText": "Input blocked", "totalOutputTextTokenCount": 3.0, "inputTextTokenCount": 6.0,
            "amazon-bedrock-guardrailAction": "INTERVENED",
        })]);
        assert_eq!(counts(&info), (Some(6), Some(3)));
        assert_eq!(chars, 13);
        assert!(info.finish_reasons.is_empty());
    }

    #[test]
    fn payloads() {
        // {"generation":"Hi"}
        let chunk =
            InvokeChunk::from_payload(br#"{"bytes":"eyJnZW5lcmF0aW9uIjoiSGkifQ==","p":"abc"}"#);
        assert_eq!(chunk.map(|chunk| chunk.text_chars()), Some(2));
        for none in [
            "{}",
            "[",
            r#"{"bytes":"!"}"#,
            r#"{"bytes":"eyI="}"#,
            r#"{"bytes":3}"#,
        ] {
            assert_eq!(InvokeChunk::from_payload(none.as_bytes()), None, "{none}");
        }
    }
}
