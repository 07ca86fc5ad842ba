use std::borrow::Cow;

use serde_json::Value;

use crate::text::{MAX_NAME, cap_owned};
use crate::wire::Error;
use crate::wire::bedrock::exception;
use crate::wire::bedrock::message::{ServiceTier, ToolUse, stop_reason};
use crate::wire::bedrock::usage::TokenUsage;
use crate::wire::counts::Counts;
use crate::wire::json;
use crate::wire::lenient::{Chars, Count, Something, Text, object};
use crate::{LlmChunk, StreamInfo, ToolCallRef};

/// One message of a streamed Converse reply.
///
/// For code that splits the stream itself; [`ConverseStream`](super::ConverseStream) takes it as it
/// comes from the network.
///
/// ```
/// use agent_trace_llm::wire::bedrock::ConverseChunk;
/// use agent_trace_llm::{LlmChunk, StreamInfo};
///
/// let mut stream = StreamInfo::default();
/// for (event_type, payload) in [
///     ("contentBlockDelta", r#"{ "contentBlockIndex": 0, "delta": { "text": "Hi" } }"#),
///     ("messageStop", r#"{ "stopReason": "end_turn" }"#),
///     ("metadata", r#"{ "usage": { "inputTokens": 9, "outputTokens": 1 } }"#),
/// ] {
///     stream.begin_chunk();
///     ConverseChunk::from_slice(event_type, payload.as_bytes())?.accumulate(&mut stream);
/// }
/// assert_eq!(stream.finish().finish_reasons, ["end_turn"]);
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConverseChunk {
    stop_reason: Option<Cow<'static, str>>,
    service_tier: Option<String>,
    counts: Counts,
    error_type: Option<Cow<'static, str>>,
    index: u32,
    tool_call: Option<ToolCallRef>,
    text_chars: u64,
    content: bool,
    last: bool,
}

object! {
    /// The payloads of all messages: what they have in them does not overlap.
    Payload<'de> {
        index: Count = "contentBlockIndex",
        start: Start<'de> = "start",
        delta: Delta<'de> = "delta",
        stop_reason: Text<'de> = "stopReason",
        usage: TokenUsage<'de> = "usage",
        service_tier: ServiceTier<'de> = "serviceTier",
    }
}

object! {
    Start<'de> {
        tool_use: ToolUse<'de> = "toolUse",
    }
}

object! {
    Delta<'de> {
        text: Chars = "text",
        tool_use: Something = "toolUse",
        reasoning: Something = "reasoningContent",
        image: Something = "image",
    }
}

impl ConverseChunk {
    /// Reads a message: its `:event-type`, or its `:exception-type`, and its payload.
    ///
    /// # Errors
    ///
    /// If the payload is not one JSON document.
    pub fn from_slice(event_type: &str, payload: &[u8]) -> Result<Self, Error> {
        Ok(Self::new(event_type, json::from_slice(payload)?))
    }

    /// Reads a message whose payload is already parsed. What is no object says nothing.
    pub fn from_value(event_type: &str, payload: &Value) -> Self {
        Self::new(
            event_type,
            serde::Deserialize::deserialize(payload).unwrap_or_default(),
        )
    }

    /// Unicode code points of text in this chunk, reasoning left out.
    pub fn text_chars(&self) -> u64 {
        self.text_chars
    }

    /// Whether the reply has ended with this message.
    pub(crate) fn is_last(&self) -> bool {
        self.last
    }

    pub(crate) fn new(event_type: &str, payload: Payload<'_>) -> Self {
        let tool_use = payload.start.tool_use;
        let delta = payload.delta;
        let begins = tool_use.id.0.is_some() || tool_use.name.0.is_some();
        Self {
            stop_reason: payload.stop_reason.0.as_deref().map(stop_reason),
            service_tier: payload
                .service_tier
                .kind
                .0
                .map(|tier| cap_owned(tier, MAX_NAME)),
            counts: payload.usage.counts(),
            error_type: exception(event_type),
            index: payload
                .index
                .0
                .and_then(|index| u32::try_from(index).ok())
                .unwrap_or_default(),
            tool_call: tool_use.is_call().then(|| tool_use.reference()),
            text_chars: delta.text.0,
            content: begins
                || delta.text.0 > 0
                || delta.tool_use.0
                || delta.reasoning.0
                || delta.image.0,
            last: event_type == "metadata",
        }
    }
}

impl LlmChunk for ConverseChunk {
    fn accumulate(&self, stream: &mut StreamInfo) {
        if self.content {
            stream.content();
        }
        if let Some(reason) = &self.stop_reason {
            stream.finish_reason(0, reason.clone());
        }
        if let Some(tier) = &self.service_tier {
            stream.service_tier(tier);
        }
        self.counts.accumulate(stream);
        if let Some(error_type) = &self.error_type {
            stream.error(error_type.clone());
        }
        if let Some(call) = &self.tool_call {
            stream.tool_call(self.index, call.id.as_deref(), call.name.as_deref());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_counts_as_content() {
        let delta = |delta: Value| {
            (
                "contentBlockDelta",
                json!({ "contentBlockIndex": 0, "delta": delta }),
            )
        };
        let start = |start: Value| {
            (
                "contentBlockStart",
                json!({ "contentBlockIndex": 1, "start": start }),
            )
        };
        for (content, chars, (name, payload)) in [
            (true, 2, delta(json!({ "text": "é🦀" }))),
            (true, 0, delta(json!({ "toolUse": { "input": "{" } }))),
            (
                true,
                0,
                delta(json!({ "reasoningContent": { "text": "secret" } })),
            ),
            (
                true,
                0,
                start(json!({ "toolUse": { "toolUseId": "a", "name": "f" } })),
            ),
            (false, 0, delta(json!({ "text": "" }))),
            (false, 0, ("messageStart", json!({ "role": "assistant" }))),
            (
                false,
                0,
                ("contentBlockStop", json!({ "contentBlockIndex": 0 })),
            ),
            (
                false,
                0,
                ("metadata", json!({ "usage": { "inputTokens": 1 } })),
            ),
        ] {
            let chunk = ConverseChunk::from_value(name, &payload);
            let mut stream = StreamInfo::default();
            stream.begin_chunk();
            chunk.accumulate(&mut stream);
            assert_eq!(stream.has_content(), content, "{payload}");
            assert_eq!(chunk.text_chars(), chars, "{payload}");
        }
    }
}
