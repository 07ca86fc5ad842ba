//! What the shapes of streams say: pieces and parts that have a place.

use std::borrow::Cow;

use serde_json::Value;

use super::{Choice, OutputAccumulator, Place, Slot};
use crate::message::building::{Building, Call, Kind};
use crate::message::clipped::Clipped;
use crate::message::{Json, Part};
use crate::text::{MAX_ID, MAX_NAME, cap, present};

impl OutputAccumulator {
    /// The choice is one, even if it should say nothing.
    pub(in crate::message) fn choice_begins(&mut self, choice: u32) {
        self.choice(choice);
    }

    /// The number of the last choice that was seen.
    pub(in crate::message) fn last_choice(&self) -> Option<u32> {
        self.choices.last().map(|choice| choice.number)
    }

    pub(in crate::message) fn is_finished(&self, choice: u32) -> bool {
        let choice = self.seen(choice);
        choice.is_some_and(|choice| choice.finish_reason.is_some())
    }

    /// Whether there is anything of the choice.
    pub(in crate::message) fn has_said(&self, choice: u32) -> bool {
        let said = |choice: &Choice| !choice.slots.is_empty() || choice.finish_reason.is_some();
        self.seen(choice).is_some_and(said)
    }

    pub(in crate::message) fn has_tool_call(&self, choice: u32) -> bool {
        let slots = self.seen(choice).map_or(&[][..], |choice| &choice.slots);
        slots.iter().any(|slot| match &slot.part {
            Building::Call(call) => matches!(call.part, Part::ToolCall { .. }),
            _ => false,
        })
    }

    /// The group after the last one of a choice.
    pub(in crate::message) fn end(&self, choice: u32) -> Place {
        let slots = self.seen(choice).map_or(&[][..], |choice| &choice.slots);
        let last = slots.iter().map(|slot| slot.place.0).max();
        (last.map_or(0, |last| last.saturating_add(1)), 0)
    }

    /// The next piece of a text that stands at the end of its group.
    pub(in crate::message) fn piece(&mut self, choice: u32, group: u32, kind: Kind, piece: &str) {
        let slots = self.seen(choice).map_or(&[][..], |choice| &choice.slots);
        let last = slots.iter().filter(|slot| slot.place.0 == group);
        let sub = match last.max_by_key(|slot| slot.place.1) {
            Some(last) if last.part.is(kind) => last.place.1,
            Some(last) => last.place.1.saturating_add(1),
            None => 0,
        };
        self.piece_at(choice, (group, sub), kind, piece);
    }

    /// The next piece of a text that has a place of its own.
    pub(in crate::message) fn piece_at(
        &mut self,
        choice: u32,
        place: Place,
        kind: Kind,
        piece: &str,
    ) {
        if piece.is_empty() {
            return;
        }
        let is_it = |slot: &Slot| slot.place == place && slot.part.is(kind);
        let new = || Building::Growing(kind, Clipped::default());
        self.grow(choice, place, is_it, new, |_| (), piece);
    }

    /// A piece of the arguments of the call at a place.
    pub(in crate::message) fn arguments(&mut self, choice: u32, group: u32, piece: &str) {
        let slots = self.seen(choice).map_or(&[][..], |choice| &choice.slots);
        let calls = |slot: &&Slot| slot.place.0 == group && matches!(slot.part, Building::Call(_));
        if let Some(place) = slots.iter().find(calls).map(|slot| slot.place) {
            let is_it = |slot: &Slot| slot.place == place && matches!(slot.part, Building::Call(_));
            let new = || Building::Growing(Kind::Text, Clipped::default());
            self.grow(choice, place, is_it, new, |_| (), piece);
        }
    }

    /// Changes the arguments of the last call of a choice, which makes them longer by at most so many
    /// bytes.
    pub(in crate::message) fn argument(
        &mut self,
        choice: u32,
        bytes: usize,
        set: impl FnOnce(&mut Value),
    ) {
        let room = self.limits.total_bytes.saturating_sub(self.bytes);
        let room = room.min(self.limits.part_bytes);
        let Ok(at) = self.find(choice) else { return };
        let slots = self.choices[at].slots.iter_mut().rev();
        let mut calls = slots.filter_map(|slot| match &mut slot.part {
            Building::Call(call) => Some((&mut slot.bytes, call)),
            _ => None,
        });
        let Some((slot_bytes, call)) = calls.next() else {
            return;
        };
        let Part::ToolCall { arguments, .. } = &mut call.part else {
            return;
        };
        match &mut call.arguments {
            // They were too long before.
            Some(text) => text.lose(bytes),
            None if slot_bytes.saturating_add(bytes) > room => {
                // As text, which can say that something is missing.
                let before = arguments.take();
                let before = before.and_then(|value| serde_json::to_string(&value).ok());
                let before = before.unwrap_or_default();
                let mut text = Clipped::default();
                text.push(&before, before.len());
                text.lose(bytes);
                call.arguments = Some(text);
            }
            None => {
                let empty = || Json::Owned(Value::Object(serde_json::Map::new()));
                if let Json::Owned(value) = arguments.get_or_insert_with(empty) {
                    set(value);
                    *slot_bytes = slot_bytes.saturating_add(bytes);
                    self.bytes = self.bytes.saturating_add(bytes);
                }
            }
        }
    }

    /// A piece of a tool call with an index, which stands at `place` if it is new.
    pub(in crate::message) fn call_piece(
        &mut self,
        choice: u32,
        place: Place,
        index: u32,
        id: Option<&str>,
        name: Option<&str>,
        arguments: Option<&str>,
    ) {
        let id = id.and_then(present).map(|id| cap(id, MAX_ID));
        let name = name.and_then(present).map(|name| cap(name, MAX_NAME));
        // Some servers give every call the same index: see `StreamInfo::choice_tool_call`.
        let slots = self.seen(choice).map_or(&[][..], |choice| &choice.slots);
        let mut known = slots.iter().rev().filter_map(|slot| match &slot.part {
            Building::Call(call) if call.index == Some(index) => Some(call),
            _ => None,
        });
        let begins = match known.next() {
            Some(call) => match (call.id(), id) {
                (Some(known), Some(id)) => name.is_some() && known != id,
                _ => false,
            },
            None => true,
        };
        let is_it = |slot: &Slot| match &slot.part {
            Building::Call(call) => !begins && call.index == Some(index),
            _ => false,
        };
        let new = || {
            let part = Part::ToolCall {
                id: None,
                name: Cow::Borrowed(""),
                arguments: None,
            };
            Building::Call(Call {
                index: Some(index),
                part,
                arguments: None,
            })
        };
        let learn = |part: &mut Building| {
            if let Building::Call(call) = part {
                call.learn(id, name);
                if arguments.is_some() {
                    call.arguments.get_or_insert_with(Clipped::default);
                }
            }
        };
        let piece = arguments.unwrap_or_default();
        self.grow(choice, place, is_it, new, learn, piece);
    }

    /// The whole parts of a group, in place of all that was said of it before.
    pub(in crate::message) fn replace(&mut self, choice: u32, group: u32, parts: Vec<Part<'_>>) {
        self.forget(choice, Some(group));
        for (part, sub) in parts.into_iter().zip(0..) {
            self.part_at(choice, (group, sub), part);
        }
    }

    /// Forgets what was said of a group, or of all of them.
    pub(in crate::message) fn forget(&mut self, choice: u32, group: Option<u32>) {
        let goes = |slot: &Slot| group.is_none_or(|group| slot.place.0 == group);
        let Ok(at) = self.find(choice) else { return };
        let slots = &mut self.choices[at].slots;
        let freed = slots.iter().filter(|slot| goes(slot)).map(|s| s.bytes);
        self.bytes = self.bytes.saturating_sub(freed.sum());
        let before = slots.len();
        slots.retain(|slot| !goes(slot));
        self.parts = self.parts.saturating_sub(before - slots.len());
        if group.is_none() {
            let choice = &mut self.choices[at];
            self.lost = self.lost.saturating_sub(choice.lost);
            choice.lost = 0;
            choice.finish_reason = None;
        }
    }
}
