//! Events of Cohere chat v2.

use serde_json::Value;

use super::openai_chat::call_piece;
use super::read::{number, said};
use crate::message::OutputAccumulator;
use crate::message::building::Kind;
use crate::message::from::read::text;

// A whole message has its parts in this order. Blocks and calls have indices of their own.
const PLAN: u32 = 0;
const CONTENT: u32 = 1;
const CALLS: u32 = 2;

pub(in crate::message) fn event(output: &mut OutputAccumulator, event: &Value) {
    let Some(delta) = event.get("delta") else {
        return;
    };
    let at = number(event, "index").unwrap_or_default();
    if let Some(message) = delta.get("message").filter(|said| said.is_object()) {
        output.choice_begins(0);
        let plan = said(message, "tool_plan").unwrap_or_default();
        output.piece(0, PLAN, Kind::Reasoning, plan);
        match message.get("content") {
            Some(Value::String(piece)) => output.piece_at(0, (CONTENT, at), Kind::Text, piece),
            Some(block) => {
                let piece = |key| said(block, key).unwrap_or_default();
                output.piece_at(0, (CONTENT, at), Kind::Reasoning, piece("thinking"));
                output.piece_at(0, (CONTENT, at), Kind::Text, piece("text"));
            }
            None => {}
        }
        match message.get("tool_calls") {
            Some(call @ Value::Object(_)) => call_piece(output, 0, (CALLS, at), at, call),
            Some(Value::Array(calls)) => {
                for (call, at) in calls.iter().zip(at..) {
                    call_piece(output, 0, (CALLS, at), at, call);
                }
            }
            _ => {}
        }
    }
    output.finish_reason(0, text(delta, "finish_reason").unwrap_or_default());
}
