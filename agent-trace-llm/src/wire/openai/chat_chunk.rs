use std::borrow::Cow;

use serde_json::Value;

use crate::text::finish_reason;
use crate::wire::Error;
use crate::wire::head::Head;
use crate::wire::json;
use crate::wire::lenient::{Count, List, Parts, Reported, Something, Text, object};
use crate::wire::openai::dialect::{Dialect, STANDARD};
use crate::wire::openai::error_body::ErrorBody;
use crate::wire::openai::tool_call::{Function, ToolCallBody};
use crate::wire::openai::usage::{UsageBody, XGroq};
use crate::{LlmChunk, StreamInfo};

/// The data of one event of a streamed chat completion.
///
/// For code that splits the stream itself; [`ChatStream`](super::ChatStream) takes it as it comes
/// from the network. Borrows from the event; [`into_owned`](ChatChunk::into_owned) ends that.
///
/// ```
/// use agent_trace_llm::wire::openai::ChatChunk;
/// use agent_trace_llm::{LlmChunk, StreamInfo};
///
/// let mut stream = StreamInfo::default();
/// for data in [
///     r#"{ "id": "chatcmpl-1", "choices": [{ "index": 0, "delta": { "content": "Hi" } }] }"#,
///     r#"{ "id": "chatcmpl-1", "choices": [{ "index": 0, "delta": {}, "finish_reason": "stop" }] }"#,
/// ] {
///     stream.begin_chunk();
///     ChatChunk::from_slice(data.as_bytes())?.accumulate(&mut stream);
/// }
/// assert_eq!(stream.content_chunks(), 1);
/// assert_eq!(stream.finish().finish_reasons, ["stop"]);
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChatChunk<'a> {
    head: Head<'a>,
    system_fingerprint: Option<Cow<'a, str>>,
    /// There is a place for usage that has none in it, so another chunk will.
    usage_promised: bool,
    /// The choices that this chunk belongs to, each with its finish reason if it ends here.
    choices: Vec<(u32, Option<Cow<'static, str>>)>,
    tool_calls: Vec<Piece<'a>>,
}

/// A piece of a tool call.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece<'a> {
    choice: u32,
    index: u32,
    id: Option<Cow<'a, str>>,
    name: Option<Cow<'a, str>>,
}

object! {
    Body<'de> {
        id: Text<'de> = "id",
        model: Text<'de> = "model",
        choices: List<Choice<'de>> = "choices",
        usage: Reported<UsageBody<'de>> = "usage",
        x_groq: XGroq<'de> = "x_groq",
        service_tier: Text<'de> = "service_tier",
        system_fingerprint: Text<'de> = "system_fingerprint",
        error: ErrorBody = "error",
    }
}

object! {
    Choice<'de> {
        index: Count = "index",
        finish_reason: Text<'de> = "finish_reason",
        delta: Delta<'de> = "delta",
        // What a legacy completion has in place of a delta.
        text: Parts = "text",
        // Where Moonshot has it.
        usage: UsageBody<'de> = "usage",
    }
}

object! {
    Delta<'de> {
        content: Parts = "content",
        refusal: Something = "refusal",
        audio: Audio<'de> = "audio",
        // What servers that stream their reasoning call it.
        reasoning_content: Something = "reasoning_content",
        reasoning: Something = "reasoning",
        tool_calls: List<ToolCallBody<'de>> = "tool_calls",
        function_call: Function<'de> = "function_call",
    }
}

object! {
    Audio<'de> {
        data: Something = "data",
        transcript: Something = "transcript",
    }
}

impl Delta<'_> {
    fn has_content(&self) -> bool {
        self.content.some
            || self.refusal.0
            || self.audio.data.0
            || self.audio.transcript.0
            || self.reasoning_content.0
            || self.reasoning.0
            || !self.tool_calls.0.is_empty()
            || self.function_call.is_some()
    }
}

impl<'a> ChatChunk<'a> {
    /// Reads the data of one event. `[DONE]`, which ends a stream, is not JSON and no chunk.
    ///
    /// # Errors
    ///
    /// If the bytes are not one JSON document.
    pub fn from_slice(data: &'a [u8]) -> Result<Self, Error> {
        Ok(Self::new(json::from_slice(data)?, &STANDARD))
    }

    /// Reads the data of one event by the rules of a dialect.
    pub(crate) fn from_dialect(dialect: &Dialect, data: &'a [u8]) -> Result<Self, Error> {
        Ok(Self::new(json::from_slice(data)?, dialect))
    }

    /// Reads a chunk that is already parsed. What is no object says nothing.
    pub fn from_value(data: &'a Value) -> Self {
        let body = serde::Deserialize::deserialize(data).unwrap_or_default();
        Self::new(body, &STANDARD)
    }

    /// The same chunk, borrowing from nothing.
    pub fn into_owned(self) -> ChatChunk<'static> {
        let own = |text: Option<Cow<'a, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        ChatChunk {
            head: self.head.into_owned(),
            system_fingerprint: own(self.system_fingerprint),
            tool_calls: self
                .tool_calls
                .into_iter()
                .map(|piece| Piece {
                    choice: piece.choice,
                    index: piece.index,
                    id: own(piece.id),
                    name: own(piece.name),
                })
                .collect(),
            usage_promised: self.usage_promised,
            choices: self.choices,
        }
    }

    /// The choices that this chunk belongs to.
    pub(crate) fn choices(&self) -> impl Iterator<Item = u32> {
        self.choices.iter().map(|(choice, _)| *choice)
    }

    /// How many Unicode code points of text this chunk brings, to all choices together. Reasoning and
    /// refusals are left out.
    pub fn text_chars(&self) -> u64 {
        self.head.text_chars
    }

    /// Whether it reports usage.
    pub(crate) fn has_usage(&self) -> bool {
        self.head.usage.is_some()
    }

    /// Whether its place for usage is empty.
    pub(crate) fn promises_usage(&self) -> bool {
        self.usage_promised
    }

    fn new(body: Body<'a>, dialect: &Dialect) -> Self {
        // In whichever place it is, it is the same usage: never added up.
        let in_choice = || body.choices.0.iter().find_map(|c| c.usage.report(dialect));
        let usage = body.usage.value.report(dialect);
        let usage = usage
            .or_else(|| body.x_groq.usage.report(dialect))
            .or_else(in_choice);
        let mut chunk = Self {
            head: Head {
                id: body.id.0,
                model: body.model.0,
                service_tier: body.service_tier.0,
                usage,
                error_type: body.error.error_type(),
                ..Head::default()
            },
            system_fingerprint: body.system_fingerprint.0,
            usage_promised: body.usage.there && usage.is_none(),
            ..Self::default()
        };
        for (position, body) in body.choices.0.into_iter().enumerate() {
            let choice = index(body.index, position);
            chunk.head.content |= body.delta.has_content() || body.text.some;
            let chars = body.delta.content.chars.saturating_add(body.text.chars);
            chunk.head.text_chars = chunk.head.text_chars.saturating_add(chars);
            chunk
                .choices
                .push((choice, body.finish_reason.0.as_deref().map(finish_reason)));
            for (position, mut call) in body.delta.tool_calls.0.into_iter().enumerate() {
                let name = call.name();
                let index = index(call.index, position);
                chunk.tool_calls.push(Piece {
                    choice,
                    index,
                    id: call.id.0,
                    name,
                });
            }
            if let Some(name) = body.delta.function_call.name.0 {
                chunk.tool_calls.push(Piece {
                    choice,
                    index: 0,
                    id: None,
                    name: Some(name),
                });
            }
        }
        chunk
    }
}

/// The index that was given, else the place in the list.
fn index(given: Count, position: usize) -> u32 {
    given
        .0
        .and_then(|index| u32::try_from(index).ok())
        .or_else(|| u32::try_from(position).ok())
        .unwrap_or(u32::MAX)
}

impl LlmChunk for ChatChunk<'_> {
    fn accumulate(&self, stream: &mut StreamInfo) {
        self.head.accumulate(stream);
        if let Some(fingerprint) = &self.system_fingerprint {
            stream.system_fingerprint(fingerprint);
        }
        for (choice, reason) in &self.choices {
            if let Some(reason) = reason {
                stream.finish_reason(*choice, reason.clone());
            }
        }
        for piece in &self.tool_calls {
            let (id, name) = (piece.id.as_deref(), piece.name.as_deref());
            stream.choice_tool_call(piece.choice, piece.index, id, name);
        }
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
            ChatChunk::from_value(chunk)
                .into_owned()
                .accumulate(&mut stream);
        }
        stream
    }

    fn delta(delta: Value) -> Value {
        json!({ "choices": [{ "index": 0, "delta": delta }] })
    }

    #[test]
    fn what_counts_as_content() {
        for (content, chunk) in [
            (true, json!({ "content": "a" })),
            (true, json!({ "refusal": "a" })),
            (true, json!({ "reasoning_content": "a" })),
            (true, json!({ "audio": { "transcript": "a" } })),
            (
                true,
                json!({ "tool_calls": [{ "index": 0, "function": { "arguments": "{" } }] }),
            ),
            (true, json!({ "function_call": { "arguments": "{" } })),
            (false, json!({ "role": "assistant", "content": "" })),
            (
                false,
                json!({ "content": null, "tool_calls": [], "audio": { "id": "audio_1" } }),
            ),
            (false, json!({})),
        ] {
            assert_eq!(
                follow(&[delta(chunk.clone())]).has_content(),
                content,
                "{chunk}"
            );
        }
    }

    #[test]
    fn choices_and_calls_interleave() {
        let call = |index: u32, id: Value, name: Value| json!({ "index": index, "id": id, "function": { "name": name, "arguments": "" } });
        let stream = follow(&[
            json!({ "id": "", "model": "", "choices": [] }),
            json!({ "id": "chatcmpl-1", "model": "gpt-4o", "choices": [
                { "index": 0, "delta": { "tool_calls": [call(0, json!("a"), json!("search"))] } },
                { "index": 1, "delta": { "content": "Hi" } },
            ] }),
            delta(json!({ "tool_calls": [call(1, json!("b"), json!("fetch"))] })),
            delta(json!({ "tool_calls": [call(0, json!(null), json!(null))] })),
            json!({ "choices": [{ "index": 1, "delta": {}, "finish_reason": "stop" }] }),
            json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": "tool_calls" }] }),
            json!({ "choices": [], "usage": { "prompt_tokens": 3, "completion_tokens": 2 } }),
        ]);
        assert_eq!(stream.chunks(), 7);
        let reply = stream.finish();
        assert_eq!(reply.id.as_deref(), Some("chatcmpl-1"));
        assert_eq!(reply.model.as_deref(), Some("gpt-4o"));
        assert_eq!(reply.finish_reasons, ["tool_calls", "stop"]);
        let calls = [
            ToolCallRef::new("a", "search"),
            ToolCallRef::new("b", "fetch"),
        ];
        assert_eq!(reply.tool_calls, calls);
        assert_eq!(reply.usage.and_then(|usage| usage.input_tokens), Some(3));
    }

    #[test]
    fn usage_on_every_chunk_is_a_running_total() {
        let usage = |n: u64| json!({ "usage": { "prompt_tokens": 3, "completion_tokens": n } });
        let reply = follow(&[usage(1), usage(2), json!({ "usage": null })]).finish();
        assert_eq!(reply.usage.and_then(|usage| usage.output_tokens), Some(2));
    }
}
