mod places;
mod room;

use super::building::{Building, Kind};
use super::{FinishReason, GenericPart, Json, OutputLimits, OutputMessage, Part};
use crate::text::{MAX_NAME, cap, present};

/// Choices that are kept.
const MAX_CHOICES: usize = 128;

/// Parts that are kept, of all choices together.
const MAX_PARTS: usize = 4096;

/// What a part costs besides its content.
const PART_BYTES: usize = 64;

/// The messages of a streamed reply, put together from its chunks.
///
/// It is for those who record content, and nobody else has one: whoever follows a stream hands it to
/// [`LlmChunk::accumulate_messages`](crate::LlmChunk::accumulate_messages) beside
/// [`accumulate`](crate::LlmChunk::accumulate) if content is wanted, and otherwise no chunk is asked.
/// For streams read by hand, [`Shape::accumulate`](super::Shape::accumulate) takes the JSON of an
/// event.
///
/// Pieces of one choice are joined whatever comes between them, and choices are told apart. Memory is
/// [bounded](OutputLimits): of what is too long the beginning is kept, followed by how many bytes were
/// cut, and a part that cannot be cut (a picture, a provider's own tool) is replaced by one of the type
/// `truncated`, with its size. The messages are whole JSON in every case.
///
/// ```
/// use agent_trace_llm::message::OutputAccumulator;
///
/// let mut output = OutputAccumulator::new();
/// output.text(0, "It ra");
/// output.tool_call(0, 0, Some("call_1"), Some("umbrella"), Some("{\"si"));
/// output.text(1, "Sun.");
/// output.tool_call(0, 0, None, None, Some("ze\":2}"));
/// output.finish_reason(0, "tool_calls");
/// assert_eq!(
///     serde_json::to_value(output.finish())?,
///     serde_json::json!([
///         { "role": "assistant", "finish_reason": "tool_call", "parts": [
///             { "type": "text", "content": "It ra" },
///             { "type": "tool_call", "id": "call_1", "name": "umbrella", "arguments": { "size": 2 } },
///         ] },
///         { "role": "assistant", "parts": [{ "type": "text", "content": "Sun." }] },
///     ])
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct OutputAccumulator {
    limits: OutputLimits,
    /// Bytes that are kept.
    bytes: usize,
    parts: usize,
    lost: u64,
    /// Sorted by number.
    choices: Vec<Choice>,
}

#[derive(Debug, Clone, Default)]
struct Choice {
    number: u32,
    slots: Vec<Slot>,
    finish_reason: Option<String>,
    /// Bytes of parts of which nothing is kept.
    lost: u64,
}

#[derive(Debug, Clone)]
struct Slot {
    place: Place,
    bytes: usize,
    part: Building,
}

/// Where a part stands in its message: its group, and its place in the group. Parts of one place
/// stand in the order in which they came.
pub(super) type Place = (u32, u32);

impl OutputAccumulator {
    /// One with the usual limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// One with limits of your own.
    pub fn with_limits(limits: OutputLimits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    /// The next piece of a choice's text. Continues the last part of the choice if that is text.
    pub fn text(&mut self, choice: u32, piece: &str) {
        self.next(choice, Kind::Text, piece);
    }

    /// The next piece of a choice's reasoning. Continues the last part if that is reasoning.
    pub fn reasoning(&mut self, choice: u32, piece: &str) {
        self.next(choice, Kind::Reasoning, piece);
    }

    /// The next piece of a choice's refusal. Continues the last part if that is a refusal.
    pub fn refusal(&mut self, choice: u32, piece: &str) {
        self.next(choice, Kind::Refusal, piece);
    }

    /// The next piece of a tool call, told apart by choice and index: see
    /// [`StreamInfo::choice_tool_call`](crate::StreamInfo::choice_tool_call). The pieces of the
    /// arguments are joined.
    pub fn tool_call(
        &mut self,
        choice: u32,
        index: u32,
        id: Option<&str>,
        name: Option<&str>,
        arguments: Option<&str>,
    ) {
        let place = self.end(choice);
        self.call_piece(choice, place, index, id, name, arguments);
    }

    /// A part that comes whole, after those that have come.
    pub fn part(&mut self, choice: u32, part: Part<'_>) {
        let place = self.end(choice);
        self.part_at(choice, place, part);
    }

    /// Why a choice ended, as the provider spells it. The last one of a choice wins, and an empty one
    /// is none.
    pub fn finish_reason(&mut self, choice: u32, reason: &str) {
        if let (Some(reason), Some(choice)) = (present(reason), self.choice(choice)) {
            choice.finish_reason = Some(cap(reason, MAX_NAME).to_owned());
        }
    }

    /// Bytes that have come and are not kept.
    pub fn lost_bytes(&self) -> u64 {
        let slots = self.choices.iter().flat_map(|choice| &choice.slots);
        let cut = slots.map(|slot| slot.part.lost());
        cut.fold(self.lost, u64::saturating_add)
    }

    /// `gen_ai.output.messages`: a message for each choice that was seen, in the order of their
    /// numbers.
    pub fn finish(self) -> Vec<OutputMessage<'static>> {
        self.choices.into_iter().map(Choice::finish).collect()
    }
}

impl OutputAccumulator {
    fn next(&mut self, choice: u32, kind: Kind, piece: &str) {
        let slots = self.seen(choice).map_or(&[][..], |choice| &choice.slots);
        let place = match slots.last() {
            Some(last) if last.part.is(kind) => last.place,
            _ => self.end(choice),
        };
        self.piece_at(choice, place, kind, piece);
    }

    fn find(&self, choice: u32) -> Result<usize, usize> {
        self.choices
            .binary_search_by_key(&choice, |choice| choice.number)
    }

    fn seen(&self, choice: u32) -> Option<&Choice> {
        self.choices.get(self.find(choice).ok()?)
    }

    fn choice(&mut self, number: u32) -> Option<&mut Choice> {
        let at = match self.find(number) {
            Ok(at) => at,
            Err(_) if self.choices.len() >= MAX_CHOICES => return None,
            Err(at) => {
                let choice = Choice {
                    number,
                    ..Choice::default()
                };
                self.choices.insert(at, choice);
                at
            }
        };
        self.choices.get_mut(at)
    }
}

impl Choice {
    fn finish(mut self) -> OutputMessage<'static> {
        self.slots.sort_by_key(|slot| slot.place);
        let parts = self.slots.into_iter();
        let mut parts: Vec<_> = parts.filter_map(|slot| slot.part.finish()).collect();
        if self.lost > 0 {
            let bytes = Json::Owned(self.lost.into());
            parts.push(Part::Generic(
                GenericPart::new("truncated").with("bytes", bytes),
            ));
        }
        let reason = self.finish_reason.as_deref().map(FinishReason::from);
        OutputMessage::new(parts, reason.map(FinishReason::into_owned))
    }
}
