//! What a part takes up, and what is kept of it.

use std::borrow::Cow;

use super::{MAX_PARTS, OutputAccumulator, PART_BYTES, Place, Slot};
use crate::message::building::{Building, Call, Kind, json_len};
use crate::message::clipped::Clipped;
use crate::message::{GenericPart, Json, Part};
use crate::text::{MAX_ID, MAX_NAME, cap};

impl OutputAccumulator {
    /// A whole part at a place.
    pub(in crate::message) fn part_at(&mut self, choice: u32, place: Place, part: Part<'_>) {
        match part {
            Part::Text { content } => self.new_text(choice, place, Kind::Text, &content),
            Part::Reasoning { content } => self.new_text(choice, place, Kind::Reasoning, &content),
            Part::ToolCall {
                id,
                name,
                arguments,
            } => {
                let room = self.limits.part_bytes.min(self.room());
                let text = match &arguments {
                    Some(Json::Text(text)) => Some(text.clone()),
                    // Arguments that are too large are cut as text.
                    Some(value) if json_len(value) > room => {
                        serde_json::to_string(value).ok().map(Cow::Owned)
                    }
                    _ => None,
                };
                let value = arguments.filter(|_| text.is_none());
                let bytes = value.as_ref().map_or(0, json_len);
                let part = Part::ToolCall {
                    id: id.map(|id| Cow::Owned(cap(&id, MAX_ID).to_owned())),
                    name: Cow::Owned(cap(&name, MAX_NAME).to_owned()),
                    arguments: value.map(Json::into_owned),
                };
                let call = Call {
                    index: None,
                    part,
                    arguments: text.as_ref().map(|_| Clipped::default()),
                };
                let text = text.unwrap_or_default();
                self.add(choice, place, bytes, Building::Call(call), &text);
            }
            Part::Generic(GenericPart { kind, mut fields }) if is_refusal(&kind, &fields) => {
                if let Some((_, Json::Text(text))) = fields.pop() {
                    self.new_text(choice, place, Kind::Refusal, &text);
                }
            }
            part => {
                let bytes = json_len(&part);
                if bytes > self.limits.part_bytes.min(self.room()) {
                    let lost = u64::try_from(bytes).unwrap_or(u64::MAX);
                    let part = Building::Cut(lost, cap(part.kind(), MAX_NAME).to_owned());
                    self.add(choice, place, 0, part, "");
                    return;
                }
                let part = match part.into_owned() {
                    part @ Part::ServerToolCall { .. } => Building::Call(Call {
                        index: None,
                        part,
                        arguments: None,
                    }),
                    part => Building::Whole(part),
                };
                self.add(choice, place, bytes, part, "");
            }
        }
    }

    pub(super) fn new_text(&mut self, choice: u32, place: Place, kind: Kind, text: &str) {
        let part = Building::Growing(kind, Clipped::default());
        self.add(choice, place, 0, part, text);
    }

    pub(super) fn room(&self) -> usize {
        let taken = self.bytes.saturating_add(PART_BYTES);
        self.limits.total_bytes.saturating_sub(taken)
    }

    pub(super) fn add(
        &mut self,
        choice: u32,
        place: Place,
        bytes: usize,
        part: Building,
        text: &str,
    ) {
        let began = self.grow(choice, place, |_| false, || part, |_| (), text);
        // What the part had in it before the text.
        let slots = self.choice(choice).filter(|_| began);
        if let Some(last) = slots.and_then(|choice| choice.slots.last_mut()) {
            last.bytes = last.bytes.saturating_add(bytes);
            self.bytes = self.bytes.saturating_add(bytes);
        }
    }

    /// Adds a piece to the part that it belongs to, the last one that there is of those; to a new one
    /// if there is none. Returns whether that was so, and there was room for it.
    pub(super) fn grow(
        &mut self,
        choice: u32,
        place: Place,
        is_it: impl Fn(&Slot) -> bool,
        new: impl FnOnce() -> Building,
        learn: impl FnOnce(&mut Building),
        piece: &str,
    ) -> bool {
        let left = self.limits.total_bytes.saturating_sub(self.bytes);
        let has_place = left >= PART_BYTES && self.parts < MAX_PARTS;
        let part_bytes = self.limits.part_bytes;
        let mut began = false;
        let Some(choice) = self.choice(choice) else {
            self.lost = self.lost.saturating_add(piece.len() as u64);
            return false;
        };
        let at = match choice.slots.iter().rposition(is_it) {
            Some(at) => at,
            None if has_place => {
                began = true;
                let part = new();
                let bytes = PART_BYTES;
                choice.slots.push(Slot { place, bytes, part });
                choice.slots.len() - 1
            }
            None => {
                let mut part = new();
                learn(&mut part);
                let lost = part.len().saturating_add(piece.len() as u64);
                choice.lost = choice.lost.saturating_add(lost);
                self.lost = self.lost.saturating_add(lost);
                return false;
            }
        };
        let slot = &mut choice.slots[at];
        let names = slot.part.names_len();
        learn(&mut slot.part);
        let names = slot.part.names_len().saturating_sub(names);
        let new = names + if began { PART_BYTES } else { 0 };
        let left = left.saturating_sub(new);
        let text = match &mut slot.part {
            Building::Growing(_, text) => Some(text),
            Building::Call(call) if call.arguments.is_some() || !piece.is_empty() => {
                Some(call.arguments.get_or_insert_with(Clipped::default))
            }
            Building::Call(_) | Building::Whole(_) | Building::Cut(..) => None,
        };
        let kept = text.map_or(0, |text| {
            let room = part_bytes.saturating_sub(text.len());
            text.push(piece, room.min(left))
        });
        slot.bytes = slot.bytes.saturating_add(kept).saturating_add(names);
        self.bytes = self.bytes.saturating_add(kept).saturating_add(new);
        self.parts += usize::from(began);
        began
    }
}

/// Whether it is what [`Part::refusal`] makes.
fn is_refusal(kind: &str, fields: &[(Cow<'_, str>, Json<'_>)]) -> bool {
    let content = matches!(fields, [(name, Json::Text(_))] if name == "content");
    kind == "refusal" && content
}
