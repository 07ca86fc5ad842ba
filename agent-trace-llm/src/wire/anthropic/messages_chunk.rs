use std::borrow::Cow;

use serde_json::Value;

use crate::text::{MAX_NAME, cap};
use crate::wire::Error;
use crate::wire::anthropic::block::{Block, Blocks};
use crate::wire::anthropic::stop_reason;
use crate::wire::anthropic::usage::UsageBody;
use crate::wire::counts::Counts;
use crate::wire::fold::{CallStart, Content, Folded};
use crate::wire::json;
use crate::wire::lenient::{Chars, Count, Something, Text, object};
use crate::wire::openai::error_body::ErrorBody;
use crate::{LlmChunk, StreamInfo, Usage};

/// The data of one event of a streamed message.
///
/// For code that splits the stream itself; [`MessagesStream`](super::MessagesStream) takes it as it
/// comes from the network. Borrows from the event; [`into_owned`](MessagesChunk::into_owned) ends
/// that.
///
/// Counts are running totals that `message_start` and every `message_delta` may repeat: the last
/// one of each wins and none is ever added.
///
/// ```
/// use agent_trace_llm::wire::anthropic::MessagesChunk;
/// use agent_trace_llm::{LlmChunk, StreamInfo};
///
/// let mut stream = StreamInfo::default();
/// for data in [
///     r#"{ "type": "message_start", "message": { "id": "msg_1", "usage": { "input_tokens": 9, "output_tokens": 1 } } }"#,
///     r#"{ "type": "content_block_delta", "index": 0, "delta": { "type": "text_delta", "text": "Hi" } }"#,
///     r#"{ "type": "message_delta", "delta": { "stop_reason": "end_turn" }, "usage": { "output_tokens": 4 } }"#,
/// ] {
///     stream.begin_chunk();
///     MessagesChunk::from_slice(data.as_bytes())?.accumulate(&mut stream);
/// }
/// let usage = stream.finish().usage.expect("reported");
/// assert_eq!((usage.input_tokens, usage.output_tokens), (Some(9), Some(4)));
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessagesChunk<'a> {
    event: Event,
    id: Option<Cow<'a, str>>,
    model: Option<Cow<'a, str>>,
    service_tier: Option<Cow<'a, str>>,
    stop_reason: Option<Cow<'static, str>>,
    counts: Counts,
    billed: Option<Usage>,
    error_type: Option<Cow<'static, str>>,
    index: u32,
    tool_call: Option<CallStart<'a>>,
    /// What a message that begins has in it already.
    content: Content,
}

/// The events that end or begin something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Event {
    MessageStart,
    MessageStop,
    #[default]
    Other,
}

object! {
    Body<'de> {
        kind: Text<'de> = "type",
        index: Count = "index",
        message: Message<'de> = "message",
        block: Block<'de> = "content_block",
        delta: Delta<'de> = "delta",
        usage: UsageBody<'de> = "usage",
        error: ErrorBody = "error",
    }
}

object! {
    Message<'de> {
        id: Text<'de> = "id",
        model: Text<'de> = "model",
        content: Folded<Blocks> = "content",
        usage: UsageBody<'de> = "usage",
    }
}

object! {
    Delta<'de> {
        kind: Text<'de> = "type",
        text: Chars = "text",
        thinking: Something = "thinking",
        partial_json: Something = "partial_json",
        stop_reason: Text<'de> = "stop_reason",
    }
}

impl<'a> MessagesChunk<'a> {
    /// Reads the data of one event.
    ///
    /// # Errors
    ///
    /// If the bytes are not one JSON document.
    pub fn from_slice(data: &'a [u8]) -> Result<Self, Error> {
        Ok(Self::new(json::from_slice(data)?))
    }

    /// Reads the data of an event that is already parsed. What is no object says nothing.
    pub fn from_value(data: &'a Value) -> Self {
        Self::new(serde::Deserialize::deserialize(data).unwrap_or_default())
    }

    /// The same chunk, borrowing from nothing.
    pub fn into_owned(self) -> MessagesChunk<'static> {
        let own = |text: Option<Cow<'a, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        MessagesChunk {
            event: self.event,
            id: own(self.id),
            model: own(self.model),
            service_tier: own(self.service_tier),
            stop_reason: self.stop_reason,
            counts: self.counts,
            billed: self.billed,
            error_type: self.error_type,
            index: self.index,
            tool_call: self.tool_call.map(CallStart::into_owned),
            content: self.content,
        }
    }

    /// Unicode code points of text in this chunk, thinking left out.
    pub fn text_chars(&self) -> u64 {
        self.content.text_chars
    }

    pub(crate) fn event(&self) -> Event {
        self.event
    }

    fn new(body: Body<'a>) -> Self {
        let event = match body.kind.0.as_deref() {
            Some("message_start") => Event::MessageStart,
            Some("message_stop") => Event::MessageStop,
            _ => Event::Other,
        };
        let mut content = body.message.content.0.0;
        let delta = body.delta;
        if matches!(delta.kind.0.as_deref(), None | Some("text_delta")) {
            content.text(delta.text.0);
        }
        content.text(body.block.text_chars());
        content.any |= body.block.opens_with_content();
        content.any |= delta.thinking.0 || delta.partial_json.0;
        let tool_call = body.block.is_tool_use().then_some(CallStart {
            id: body.block.id.0,
            name: body.block.name.0,
        });
        let error_type = match body.kind.0.as_deref() {
            // The name of the event says it, whatever the shape of the rest.
            Some("error") => body.error.error_type().or(Some("_OTHER".into())),
            _ => body.error.error_type(),
        };
        let tier = body.message.usage.service_tier.0.clone();
        Self {
            event,
            id: body.message.id.0,
            model: body.message.model.0,
            service_tier: body.usage.service_tier.0.clone().or(tier),
            stop_reason: delta.stop_reason.0.as_deref().map(stop_reason),
            counts: body.message.usage.counts().then(body.usage.counts()),
            billed: body.usage.billed().or(body.message.usage.billed()),
            error_type,
            index: index(body.index),
            tool_call,
            content,
        }
    }

    /// The same as [`accumulate`](LlmChunk::accumulate), for bodies in which several messages follow
    /// one another: `message` is the place of the one that this chunk belongs to.
    pub(crate) fn accumulate_into(&self, message: u32, stream: &mut StreamInfo) {
        if self.content.any {
            stream.content();
        }
        if let Some(id) = &self.id {
            stream.response_id(id);
        }
        if let Some(model) = &self.model {
            stream.model(model);
        }
        if let Some(tier) = &self.service_tier {
            stream.service_tier(cap(tier, MAX_NAME));
        }
        if let Some(reason) = &self.stop_reason {
            stream.finish_reason(message, reason.clone());
        }
        self.counts.accumulate(stream);
        if let Some(billed) = self.billed {
            stream.billed_usage(billed.into());
        }
        if let Some(error_type) = &self.error_type {
            stream.error(error_type.clone());
        }
        for (index, call) in (0..).zip(&self.content.tool_calls) {
            stream.choice_tool_call(message, index, call.id.as_deref(), call.name.as_deref());
        }
        if let Some(CallStart { id, name }) = &self.tool_call {
            stream.choice_tool_call(message, self.index, id.as_deref(), name.as_deref());
        }
    }
}

/// The place of a block in its message.
fn index(Count(index): Count) -> u32 {
    index
        .and_then(|index| u32::try_from(index).ok())
        .unwrap_or_default()
}

impl LlmChunk for MessagesChunk<'_> {
    fn accumulate(&self, stream: &mut StreamInfo) {
        self.accumulate_into(0, stream);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ToolCallRef;
    use serde_json::json;

    fn follow(chunks: &[Value]) -> StreamInfo {
        let mut stream = StreamInfo::default();
        for chunk in chunks {
            stream.begin_chunk();
            MessagesChunk::from_value(chunk)
                .into_owned()
                .accumulate(&mut stream);
        }
        stream
    }

    #[test]
    fn what_counts_as_content() {
        let delta =
            |delta: Value| json!({ "type": "content_block_delta", "index": 0, "delta": delta });
        let start = |block: Value| json!({ "type": "content_block_start", "index": 0, "content_block": block });
        for (content, chars, chunk) in [
            (
                true,
                2,
                delta(json!({ "type": "text_delta", "text": "é🦀" })),
            ),
            (
                true,
                0,
                delta(json!({ "type": "thinking_delta", "thinking": "a" })),
            ),
            (
                true,
                0,
                delta(json!({ "type": "input_json_delta", "partial_json": "{" })),
            ),
            (
                true,
                0,
                start(json!({ "type": "tool_use", "id": "a", "name": "f", "input": {} })),
            ),
            (
                true,
                0,
                start(json!({ "type": "server_tool_use", "id": "a", "name": "f" })),
            ),
            (true, 1, start(json!({ "type": "text", "text": "a" }))),
            (false, 0, delta(json!({ "type": "text_delta", "text": "" }))),
            (
                false,
                0,
                delta(json!({ "type": "input_json_delta", "partial_json": "" })),
            ),
            (
                false,
                0,
                delta(json!({ "type": "signature_delta", "signature": "a" })),
            ),
            (false, 0, start(json!({ "type": "text", "text": "" }))),
            (
                false,
                0,
                start(json!({ "type": "thinking", "thinking": "" })),
            ),
            (false, 0, json!({ "type": "ping" })),
            (
                false,
                0,
                json!({ "type": "content_block_stop", "index": 0 }),
            ),
        ] {
            assert_eq!(
                follow(std::slice::from_ref(&chunk)).has_content(),
                content,
                "{chunk}"
            );
            assert_eq!(
                MessagesChunk::from_value(&chunk).text_chars(),
                chars,
                "{chunk}"
            );
        }
    }

    #[test]
    fn counts_are_cumulative_and_the_last_one_given_wins() {
        let delta = |usage: Value| json!({ "type": "message_delta", "delta": {}, "usage": usage });
        let stream = follow(&[
            json!({ "type": "message_start", "message": { "usage": {
                "input_tokens": 2050, "cache_read_input_tokens": 100, "output_tokens": 3,
            } } }),
            delta(json!({ "output_tokens": 10 })),
            delta(
                json!({ "input_tokens": 31772, "cache_read_input_tokens": null, "output_tokens": 40 }),
            ),
            json!({ "type": "message_stop" }),
        ]);
        let usage = stream.finish().usage.expect("reported");
        assert_eq!(usage.input_tokens, Some(31_872));
        assert_eq!(usage.cache_read_input_tokens, Some(100));
        assert_eq!(usage.output_tokens, Some(40));
    }

    #[test]
    fn tool_calls_are_told_apart_by_index() {
        let start = |index: u32, kind: &str, id: &str, name: &str| {
            json!({
                "type": "content_block_start", "index": index,
                "content_block": { "type": kind, "id": id, "name": name, "input": {} },
            })
        };
        let reply = follow(&[
            start(1, "tool_use", "toolu_a", "search"),
            start(2, "server_tool_use", "srvtoolu_b", "web_search"),
            start(3, "tool_use", "toolu_c", "search"),
        ])
        .finish();
        let calls = [
            ToolCallRef::new("toolu_a", "search"),
            ToolCallRef::new("toolu_c", "search"),
        ];
        assert_eq!(reply.tool_calls, calls);
    }
}
