//! What the streams have in common.

use serde_json::Value;

use crate::message::building::Kind;
use crate::message::{OutputAccumulator, Part};

/// The number in field `key`.
pub(super) fn number(value: &Value, key: &str) -> Option<u32> {
    let number = value.get(key)?.as_u64()?;
    Some(u32::try_from(number).unwrap_or(u32::MAX))
}

/// The number in field `key`, else the place in the list.
pub(super) fn index(value: &Value, place: usize) -> u32 {
    let place = || u32::try_from(place).unwrap_or(u32::MAX);
    number(value, "index").unwrap_or_else(place)
}

/// The text in field `key`, which may be empty.
pub(super) fn said<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

/// Parts of a group: text and reasoning are pieces of what is at its end, all others come whole.
pub(super) fn pieces(
    output: &mut OutputAccumulator,
    choice: u32,
    group: u32,
    parts: Vec<Part<'_>>,
) {
    for part in parts {
        match part {
            Part::Text { content } => output.piece(choice, group, Kind::Text, &content),
            Part::Reasoning { content } => output.piece(choice, group, Kind::Reasoning, &content),
            part => output.part_at(choice, (group, u32::MAX), part),
        }
    }
}
