use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess};

use super::usage::UsageBody;
use super::{finish_reason, is_failure};
use crate::sse::Decoder;
use crate::wire::bits::{Bits, OTHER, Piece, Reply};
use crate::wire::forms::{chunk, response, stream};
use crate::wire::lenient::{
    Chars, Count, Key, Lenient, List, Something, Text, TextOrNumber, lenient, object,
};

response! {
    /// The body of a chat reply of the v2 API, or of the error that came in its place.
    ///
    /// ```
    /// use agent_trace_llm::LlmResponse;
    /// use agent_trace_llm::wire::cohere::ChatResponse;
    ///
    /// let reply = ChatResponse::from_slice(br#"{ "id": "1", "message": "invalid api token" }"#)?;
    /// assert_eq!(reply.info().error_type.as_deref(), Some("_OTHER"));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    ChatResponse from Body
}

chunk! {
    /// The data of one event of a streamed chat reply of the v2 API.
    ///
    /// ```
    /// use agent_trace_llm::wire::cohere::ChatChunk;
    /// use agent_trace_llm::{LlmChunk, StreamInfo};
    ///
    /// let mut stream = StreamInfo::default();
    /// stream.begin_chunk();
    /// let data = br#"{ "type": "message-end", "delta": { "finish_reason": "COMPLETE" } }"#;
    /// let chunk = ChatChunk::from_slice(data)?;
    /// chunk.accumulate(&mut stream);
    /// assert!(chunk.is_last());
    /// assert_eq!(stream.finish().finish_reasons, ["COMPLETE"]);
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    ChatChunk from Body
}

stream! {
    /// A streamed chat reply of the v2 API (server-sent events), fed with the bytes of the response
    /// body as they arrive. Usage comes with the last event, `message-end`, and not before.
    ///
    /// ```
    /// use agent_trace_llm::wire::cohere::ChatStream;
    ///
    /// let body = concat!(
    ///     "event: content-delta\n",
    ///     "data: {\"type\":\"content-delta\",\"delta\":{\"message\":{\"content\":{\"text\":\"Hi\"}}}}\n\n",
    ///     "event: message-end\n",
    ///     "data: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\",",
    ///     "\"usage\":{\"tokens\":{\"input_tokens\":9,\"output_tokens\":2}}}}\n\n",
    /// );
    /// let mut stream = ChatStream::new();
    /// for bytes in body.as_bytes().chunks(7) {
    ///     stream.push(bytes);
    /// }
    /// assert_eq!(stream.text_chars(), 2);
    /// let (reply, complete) = stream.finish();
    /// assert!(complete);
    /// assert_eq!(reply.usage.and_then(|usage| usage.output_tokens), Some(2));
    /// ```
    ChatStream of ChatChunk, Decoder, |event| (event.name, event.data.as_bytes())
}

object! {
    /// A reply, or an event of one: the latter has a `type`, and what a reply has under `delta`.
    Body<'de> {
        id: Text<'de> = "id",
        kind: Text<'de> = "type",
        index: Count = "index",
        message: Message<'de> = "message",
        finish_reason: Text<'de> = "finish_reason",
        usage: UsageBody<'de> = "usage",
        delta: Delta<'de> = "delta",
        error: Something = "error",
        code: TextOrNumber<'de> = "code",
    }
}

object! {
    Delta<'de> {
        message: Message<'de> = "message",
        finish_reason: Text<'de> = "finish_reason",
        usage: UsageBody<'de> = "usage",
        error: Something = "error",
    }
}

/// The message of a reply; a mere text in its place is that of an error.
#[derive(Debug, Default)]
pub(crate) struct Message<'de> {
    is_error: bool,
    fields: Fields<'de>,
}

object! {
    Fields<'de> {
        content: Content = "content",
        tool_plan: Something = "tool_plan",
        tool_calls: Calls<'de> = "tool_calls",
    }
}

/// A text, one part, or a list of parts: how much of it is text, and whether there is anything.
#[derive(Debug, Default)]
pub(crate) struct Content {
    chars: u64,
    any: bool,
}

object! {
    Part<'de> {
        text: Chars = "text",
        thinking: Something = "thinking",
    }
}

/// One call, or a list of calls.
#[derive(Debug, Default)]
pub(crate) struct Calls<'de>(Vec<Call<'de>>);

object! {
    Call<'de> {
        id: Text<'de> = "id",
        function: Function<'de> = "function",
    }
}

object! {
    Function<'de> {
        name: Text<'de> = "name",
    }
}

impl<'de> Body<'de> {
    fn reply(self) -> Reply {
        self.bits().reply()
    }

    fn bits(self) -> Bits<'de> {
        let is_event = self.kind.0.is_some();
        let reason = self.delta.finish_reason.0.or(self.finish_reason.0);
        let (message, usage) = match is_event {
            true => (self.delta.message, self.delta.usage),
            false => (self.message, self.usage),
        };
        let failed = message.is_error || self.error.0 || self.delta.error.0;
        let code = self.code.0.filter(|code| crate::text::is_code(code));
        let error_type = match (reason.as_deref(), failed) {
            (Some(reason), _) if is_failure(reason) => Some(finish_reason(reason)),
            (_, true) => {
                Some(code.map_or(Cow::Borrowed(OTHER), |code| Cow::Owned(code.into_owned())))
            }
            _ => None,
        };
        let Fields {
            content,
            tool_plan,
            tool_calls,
            ..
        } = message.fields;
        let first = self.index.0.unwrap_or_default();
        let any_call = !tool_calls.0.is_empty();
        let calls = tool_calls.0.into_iter().zip(first..);
        Bits {
            id: self.id.0,
            content: content.any || tool_plan.0 || any_call,
            text_chars: content.chars,
            tool_calls: calls
                .map(|(call, index)| Piece {
                    index: Some(u32::try_from(index).unwrap_or(u32::MAX)),
                    id: call.id.0,
                    name: call.function.name.0,
                })
                .collect(),
            finish_reason: reason.as_deref().map(finish_reason),
            usage: usage.report(),
            billed: usage.billed(),
            last: self.kind.0.as_deref() == Some("message-end"),
            error_type,
            ..Bits::default()
        }
    }
}

impl<'de> Lenient<'de> for Message<'de> {
    fn text(text: Cow<'de, str>) -> Self {
        Self::escaped(&text)
    }

    fn escaped(text: &str) -> Self {
        Self {
            is_error: !text.is_empty(),
            ..Self::default()
        }
    }

    fn object<A: MapAccess<'de>>(first: Option<Key<'de>>, object: A) -> Result<Self, A::Error> {
        Ok(Self {
            is_error: false,
            fields: Fields::object(first, object)?,
        })
    }
}

impl Content {
    fn add(&mut self, part: &Part<'_>) {
        self.chars = self.chars.saturating_add(part.text.0);
        self.any |= part.text.0 > 0 || part.thinking.0;
    }
}

impl<'de> Lenient<'de> for Content {
    fn text(text: Cow<'de, str>) -> Self {
        Self::escaped(&text)
    }

    fn escaped(text: &str) -> Self {
        Self {
            chars: text.chars().count() as u64,
            any: !text.is_empty(),
        }
    }

    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut content = Self::default();
        while let Some(part) = list.next_element::<Part<'de>>()? {
            content.add(&part);
        }
        Ok(content)
    }

    fn object<A: MapAccess<'de>>(first: Option<Key<'de>>, object: A) -> Result<Self, A::Error> {
        let mut content = Self::default();
        content.add(&Part::object(first, object)?);
        Ok(content)
    }
}

impl<'de> Lenient<'de> for Calls<'de> {
    fn list<A: SeqAccess<'de>>(list: A) -> Result<Self, A::Error> {
        Ok(Self(List::list(list)?.0))
    }

    fn object<A: MapAccess<'de>>(first: Option<Key<'de>>, object: A) -> Result<Self, A::Error> {
        Ok(Self(vec![Call::object(first, object)?]))
    }
}

impl<'de> Deserialize<'de> for Message<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient(deserializer)
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient(deserializer)
    }
}

impl<'de> Deserialize<'de> for Calls<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient(deserializer)
    }
}
