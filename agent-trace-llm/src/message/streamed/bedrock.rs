//! Messages of Bedrock ConverseStream: their payload, alone or under the name of the event.

use serde_json::Value;

use super::read::{number, said};
use crate::message::building::Kind;
use crate::message::from::bedrock::block;
use crate::message::from::read::{owned, text};
use crate::message::{GenericPart, Json, OutputAccumulator, Part};

/// The names of the events, which are the keys of their payloads where the frames are gone.
pub(super) const EVENTS: [&str; 6] = [
    "messageStart",
    "contentBlockStart",
    "contentBlockDelta",
    "contentBlockStop",
    "messageStop",
    "metadata",
];

pub(in crate::message) fn event(output: &mut OutputAccumulator, event: &Value) {
    let payload = EVENTS.into_iter().find_map(|name| event.get(name));
    let payload = payload.filter(|payload| payload.is_object());
    let payload = payload.unwrap_or(event);
    if payload.get("role").is_some() {
        output.choice_begins(0);
    }
    let at = number(payload, "contentBlockIndex").unwrap_or_default();
    let call = payload.get("start").and_then(|start| start.get("toolUse"));
    if let Some((call, name)) = call.and_then(|call| Some((call, text(call, "name")?))) {
        let call = Part::ToolCall {
            id: owned(call, "toolUseId"),
            name: name.into(),
            // What a call without arguments has.
            arguments: Some(Json::Owned(Value::Object(serde_json::Map::new()))),
        };
        output.replace(0, at, vec![call]);
    }
    if let Some(change) = payload.get("delta") {
        delta(output, at, change);
    }
    output.finish_reason(0, text(payload, "stopReason").unwrap_or_default());
}

fn delta(output: &mut OutputAccumulator, at: u32, delta: &Value) {
    if let Some(piece) = said(delta, "text") {
        output.piece(0, at, Kind::Text, piece);
    }
    if let Some(call) = delta.get("toolUse") {
        output.arguments(0, at, said(call, "input").unwrap_or_default());
    }
    if let Some(thought) = delta.get("reasoningContent") {
        if let Some(piece) = said(thought, "text") {
            output.piece(0, at, Kind::Reasoning, piece);
        } else if thought.get("redactedContent").is_some() {
            let redacted = Part::Generic(GenericPart::new("redactedContent"));
            output.replace(0, at, vec![redacted]);
        }
    }
    if delta.get("image").is_some() {
        let mut parts = Vec::new();
        block(&mut parts, delta);
        output.replace(0, at, parts);
    }
}
