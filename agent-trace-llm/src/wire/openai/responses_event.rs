use std::borrow::Cow;

use serde_json::Value;

use crate::wire::Error;
use crate::wire::json;
use crate::wire::lenient::{Count, Parts, Reported, Text, object};
use crate::wire::openai::error_body::ErrorBody;
use crate::wire::openai::responses_response::{Item, ReplyBody};
use crate::{LlmChunk, StreamInfo};

/// The data of one event of a streamed reply of the Responses API.
///
/// For code that splits the stream itself; [`ResponsesStream`](super::ResponsesStream) takes it as
/// it comes from the network. Usage comes with the event that ends the reply, whichever of
/// `response.completed`, `response.incomplete` and `response.failed` that is.
///
/// ```
/// use agent_trace_llm::wire::openai::ResponsesEvent;
/// use agent_trace_llm::{LlmChunk, StreamInfo};
///
/// let mut stream = StreamInfo::default();
/// for data in [
///     r#"{ "type": "response.output_text.delta", "output_index": 0, "delta": "Hi" }"#,
///     r#"{ "type": "response.completed", "response": { "status": "completed", "usage": { "output_tokens": 1 } } }"#,
/// ] {
///     stream.begin_chunk();
///     ResponsesEvent::from_slice(data.as_bytes())?.accumulate(&mut stream);
/// }
/// assert_eq!(stream.content_chunks(), 1);
/// assert_eq!(stream.finish().finish_reasons, ["completed"]);
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct ResponsesEvent<'a> {
    body: Body<'a>,
}

object! {
    Body<'de> {
        kind: Text<'de> = "type",
        response: Reported<ReplyBody<'de>> = "response",
        item: Item<'de> = "item",
        output_index: Count = "output_index",
        delta: Parts = "delta",
        // Of an `error` event, which has its fields at the top.
        code: ErrorBody = "code",
        error: ErrorBody = "error",
    }
}

impl<'a> ResponsesEvent<'a> {
    /// Reads the data of one event.
    ///
    /// # Errors
    ///
    /// If the bytes are not one JSON document.
    pub fn from_slice(data: &'a [u8]) -> Result<Self, Error> {
        let body = json::from_slice(data)?;
        Ok(Self { body })
    }

    /// Reads an event that is already parsed. What is no object says nothing.
    pub fn from_value(data: &'a Value) -> Self {
        let body = serde::Deserialize::deserialize(data).unwrap_or_default();
        Self { body }
    }

    /// How many Unicode code points of text this event brings. Reasoning and refusals are left out.
    pub fn text_chars(&self) -> u64 {
        match self.kind() {
            "response.output_text.delta" => self.body.delta.chars,
            _ => 0,
        }
    }

    fn kind(&self) -> &str {
        self.body.kind.0.as_deref().unwrap_or_default()
    }

    /// Whether a reply begins here.
    pub(crate) fn begins(&self) -> bool {
        self.kind() == "response.created"
    }

    /// The reply, if this event ends it.
    pub(crate) fn end(&self) -> Option<&ReplyBody<'a>> {
        let ends = matches!(
            self.kind(),
            "response.completed" | "response.incomplete" | "response.failed" | "response.cancelled"
        );
        ends.then_some(&self.body.response.value)
    }

    /// The calls that this event tells of, each with its place in the output.
    pub(crate) fn calls(&self) -> impl Iterator<Item = (u32, &Item<'a>)> {
        let place = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        let items = self.end().map_or(&[][..], |reply| &reply.output.0);
        let listed = items.iter().zip(0u32..).map(|(item, index)| (index, item));
        let own = (
            place(self.body.output_index.0.unwrap_or_default()),
            &self.body.item,
        );
        std::iter::once(own)
            .chain(listed)
            .filter(|(_, item)| item.call().is_some())
    }

    fn error_type(&self) -> Option<Cow<'static, str>> {
        if self.kind() != "error" {
            return self.body.error.error_type();
        }
        let named = self.body.error.error_type().or(self.body.code.error_type());
        Some(named.unwrap_or(Cow::Borrowed("_OTHER")))
    }
}

impl LlmChunk for ResponsesEvent<'_> {
    fn accumulate(&self, stream: &mut StreamInfo) {
        if self.kind().ends_with(".delta") && self.body.delta.some {
            stream.content();
        }
        if self.body.response.there {
            self.body.response.value.accumulate(stream);
        }
        for (index, item) in self.calls() {
            if let Some(call) = item.call() {
                stream.tool_call(index, call.id, call.name);
            }
        }
        if let Some(error) = self.error_type() {
            stream.error(error);
        }
        // Of a reply that failed and does not say why, that it did is what there is to say.
        if self.kind() == "response.failed" {
            stream.error(Cow::Borrowed("_OTHER"));
        }
    }
}
