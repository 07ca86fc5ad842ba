//! Events of Anthropic Messages. A block has its index; where several messages follow one another,
//! each is a choice.

use serde_json::Value;

use super::read::{number, said};
use crate::message::building::Kind;
use crate::message::from::anthropic::block;
use crate::message::from::read::{content, text};
use crate::message::{OutputAccumulator, Part};

pub(in crate::message) fn event(output: &mut OutputAccumulator, event: &Value) {
    let message = output.last_choice().unwrap_or_default();
    let at = number(event, "index").unwrap_or_default();
    match text(event, "type").unwrap_or_default() {
        "message_start" => {
            let message = match output.has_said(message) {
                true => message.saturating_add(1),
                false => message,
            };
            output.choice_begins(message);
            if let Some(begun) = event.get("message") {
                start(output, message, begun);
            }
        }
        "content_block_start" => {
            let mut parts = Vec::new();
            if let Some(opened) = event.get("content_block") {
                block(&mut parts, opened);
            }
            output.replace(message, at, parts);
        }
        "content_block_delta" => {
            if let Some(change) = event.get("delta") {
                delta(output, message, at, change);
            }
        }
        "message_delta" => {
            let reason = event.get("delta").and_then(|d| text(d, "stop_reason"));
            output.finish_reason(message, reason.unwrap_or_default());
        }
        _ => {}
    }
}

/// A message that begins is empty, but for calls that a program of the model's makes: those are whole.
fn start(output: &mut OutputAccumulator, message: u32, begun: &Value) {
    let mut parts = Vec::new();
    if let Some(said) = begun.get("content") {
        content(&mut parts, said, block);
    }
    for (part, at) in parts.into_iter().zip(0..) {
        output.part_at(message, (at, 0), part);
    }
    let reason = text(begun, "stop_reason").unwrap_or_default();
    output.finish_reason(message, reason);
}

fn delta(output: &mut OutputAccumulator, message: u32, at: u32, delta: &Value) {
    let piece = |key| said(delta, key).unwrap_or_default();
    match text(delta, "type").unwrap_or_default() {
        "" | "text_delta" => output.piece(message, at, Kind::Text, piece("text")),
        "thinking_delta" => output.piece(message, at, Kind::Reasoning, piece("thinking")),
        "input_json_delta" => output.arguments(message, at, piece("partial_json")),
        "compaction_delta" => {
            let summary = Part::Compaction {
                id: None,
                content: text(delta, "content").map(Into::into),
            };
            output.replace(message, at, vec![summary]);
        }
        _ => {}
    }
}
