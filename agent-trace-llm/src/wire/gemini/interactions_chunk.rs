use std::borrow::Cow;

use serde_json::Value;

use crate::wire::Error;
use crate::wire::fold::{CallStart, Content};
use crate::wire::gemini::interactions_response::{Interaction, failure, final_status};
use crate::wire::gemini::step::Step;
use crate::wire::head::Head;
use crate::wire::json;
use crate::wire::lenient::{Chars, Count, Text, object};
use crate::wire::openai::error_body::ErrorBody;
use crate::{LlmChunk, StreamInfo};

/// The data of one event of a streamed interaction.
///
/// For code that splits the stream itself; [`InteractionsStream`](super::InteractionsStream) takes
/// it as it comes from the network. Borrows from the event;
/// [`into_owned`](InteractionsChunk::into_owned) ends that.
///
/// ```
/// use agent_trace_llm::wire::gemini::InteractionsChunk;
/// use agent_trace_llm::{LlmChunk, StreamInfo};
///
/// let mut stream = StreamInfo::default();
/// for data in [
///     r#"{ "event_type": "step.delta", "index": 0, "delta": { "type": "text", "text": "Hi" } }"#,
///     r#"{ "event_type": "interaction.completed", "interaction": { "id": "v1_1", "status": "completed" } }"#,
/// ] {
///     stream.begin_chunk();
///     InteractionsChunk::from_slice(data.as_bytes())?.accumulate(&mut stream);
/// }
/// assert_eq!(stream.finish().finish_reasons, ["completed"]);
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InteractionsChunk<'a> {
    head: Head<'a>,
    status: Option<Cow<'a, str>>,
    index: u32,
    tool_call: Option<CallStart<'a>>,
    last: bool,
}

object! {
    Body<'de> {
        kind: Text<'de> = "event_type",
        interaction: Interaction<'de> = "interaction",
        interaction_id: Text<'de> = "interaction_id",
        status: Text<'de> = "status",
        index: Count = "index",
        step: Step<'de> = "step",
        // What the first version of the API opens.
        content: Step<'de> = "content",
        delta: Delta<'de> = "delta",
        error: ErrorBody = "error",
    }
}

object! {
    Delta<'de> {
        kind: Text<'de> = "type",
        text: Chars = "text",
        id: Text<'de> = "id",
        name: Text<'de> = "name",
    }
}

impl<'a> InteractionsChunk<'a> {
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
    pub fn into_owned(self) -> InteractionsChunk<'static> {
        InteractionsChunk {
            head: self.head.into_owned(),
            status: self.status.map(|status| Cow::Owned(status.into_owned())),
            index: self.index,
            tool_call: self.tool_call.map(CallStart::into_owned),
            last: self.last,
        }
    }

    /// Unicode code points of text in this chunk, thoughts left out.
    pub fn text_chars(&self) -> u64 {
        self.head.text_chars
    }

    /// Whether the interaction has ended with this event.
    pub(crate) fn is_last(&self) -> bool {
        self.last
    }

    fn new(body: Body<'a>) -> Self {
        let kind = body.kind.0.as_deref();
        let interaction = body.interaction;
        let opened = match body.step.kind.0 {
            Some(_) => body.step,
            None => body.content,
        };
        let delta = body.delta;
        let mut content = Content::default();
        content.text(opened.text_chars());
        let delta_is_call = match delta.kind.0.as_deref() {
            None | Some("thought_signature") => false,
            Some("text") => {
                content.text(delta.text.0);
                false
            }
            Some(kind) => {
                content.any = true;
                kind == "function_call"
            }
        };
        content.any |= opened.is_call();
        let tool_call = if opened.is_call() {
            Some(CallStart {
                id: opened.id.0,
                name: opened.name.0,
            })
        } else if delta_is_call {
            Some(CallStart {
                id: delta.id.0,
                name: delta.name.0,
            })
        } else {
            None
        };
        let status = interaction.status.0.or(body.status.0);
        let error_type = match kind {
            // The name of the event says it, whatever the shape of the rest.
            Some("error") => body.error.error_type().or(Some("_OTHER".into())),
            _ => body
                .error
                .error_type()
                .or(failure(&interaction.error, status.as_deref())),
        };
        Self {
            last: kind.is_some_and(|kind| {
                // `complete` in the first version of the API.
                kind.strip_prefix("interaction.").is_some_and(|event| {
                    !matches!(event, "created" | "start" | "status_update")
                        && status
                            .as_deref()
                            .is_none_or(|status| final_status(status).is_some())
                })
            }),
            head: Head {
                id: interaction.id.0.or(body.interaction_id.0),
                model: interaction.model.0,
                service_tier: interaction.service_tier.0,
                usage: interaction.usage.report(),
                error_type,
                content: content.any,
                text_chars: content.text_chars,
            },
            status,
            index: body
                .index
                .0
                .and_then(|index| u32::try_from(index).ok())
                .unwrap_or_default(),
            tool_call,
        }
    }
}

impl LlmChunk for InteractionsChunk<'_> {
    fn accumulate(&self, stream: &mut StreamInfo) {
        self.head.accumulate(stream);
        if let Some(status) = &self.status {
            stream.status(status);
            if let Some(reason) = final_status(status) {
                stream.finish_reason(0, reason);
            }
        }
        if let Some(CallStart { id, name }) = &self.tool_call {
            stream.tool_call(self.index, id.as_deref(), name.as_deref());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_counts_as_content() {
        let delta =
            |delta: Value| json!({ "event_type": "step.delta", "index": 1, "delta": delta });
        for (content, chars, chunk) in [
            (true, 2, delta(json!({ "type": "text", "text": "é🦀" }))),
            (
                true,
                0,
                delta(json!({ "type": "thought_summary", "content": { "text": "secret" } })),
            ),
            (
                true,
                0,
                delta(json!({ "type": "function_call", "id": "a", "name": "f" })),
            ),
            (
                true,
                0,
                json!({ "event_type": "step.start", "step": { "type": "function_call", "id": "a" } }),
            ),
            (
                false,
                0,
                json!({ "event_type": "step.start", "step": { "type": "model_output" } }),
            ),
            (
                false,
                0,
                delta(json!({ "type": "thought_signature", "signature": "a" })),
            ),
            (false, 0, json!({ "event_type": "step.stop", "index": 1 })),
        ] {
            let chunk = InteractionsChunk::from_value(&chunk).into_owned();
            let mut stream = StreamInfo::default();
            stream.begin_chunk();
            chunk.accumulate(&mut stream);
            assert_eq!(stream.has_content(), content, "{chunk:?}");
            assert_eq!(chunk.text_chars(), chars, "{chunk:?}");
        }
    }

    #[test]
    fn the_last_event() {
        let last = |body: Value| InteractionsChunk::from_value(&body).is_last();
        let event = |kind: &str, status: &str| json!({ "event_type": kind, "interaction": { "status": status } });
        assert!(last(event("interaction.completed", "completed")));
        assert!(last(event("interaction.complete", "requires_action")));
        assert!(!last(event("interaction.created", "in_progress")));
        assert!(!last(
            json!({ "event_type": "interaction.status_update", "status": "completed" })
        ));
        assert!(!last(json!({ "event_type": "step.stop" })));
    }
}
