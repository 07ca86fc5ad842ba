//! Lines of Ollama chat and generate.

use serde_json::Value;

use super::read::said;
use crate::message::OutputAccumulator;
use crate::message::building::Kind;
use crate::message::from::completions::images;
use crate::message::from::openai_chat::tool_calls;
use crate::message::from::read::text;

// A whole message has its parts in this order.
const THINKING: u32 = 0;
const CONTENT: u32 = 1;
const IMAGES: u32 = 2;
const CALLS: u32 = 3;

pub(in crate::message) fn chat(output: &mut OutputAccumulator, event: &Value) {
    if let Some(message) = event.get("message").filter(|said| said.is_object()) {
        output.choice_begins(0);
        let piece = |key| said(message, key).unwrap_or_default();
        output.piece(0, THINKING, Kind::Reasoning, piece("thinking"));
        output.piece(0, CONTENT, Kind::Text, piece("content"));
        let (mut pictures, mut calls) = (Vec::new(), Vec::new());
        images(&mut pictures, message);
        // A call comes whole, and several may share an index or have none.
        tool_calls(&mut calls, message);
        for (group, parts) in [(IMAGES, pictures), (CALLS, calls)] {
            for part in parts {
                output.part_at(0, (group, 0), part);
            }
        }
    }
    output.finish_reason(0, text(event, "done_reason").unwrap_or_default());
}

pub(in crate::message) fn generate(output: &mut OutputAccumulator, event: &Value) {
    let piece = |key| said(event, key).unwrap_or_default();
    if event.get("response").is_some() {
        output.choice_begins(0);
    }
    output.piece(0, THINKING, Kind::Reasoning, piece("thinking"));
    output.piece(0, CONTENT, Kind::Text, piece("response"));
    output.finish_reason(0, text(event, "done_reason").unwrap_or_default());
}
