//! Events of Cohere chat v1. The last one repeats the whole reply.

use serde_json::Value;

use super::read::{number, said};
use crate::message::OutputAccumulator;
use crate::message::building::Kind;
use crate::message::from::cohere_v1::said as whole;
use crate::message::from::read::text;

const TEXT: u32 = 0;
const CALLS: u32 = 1;

pub(in crate::message) fn event(output: &mut OutputAccumulator, event: &Value) {
    let kind = text(event, "event_type").unwrap_or_default();
    match kind {
        "text-generation" => {
            let piece = said(event, "text").unwrap_or_default();
            output.piece(0, TEXT, Kind::Text, piece);
        }
        "tool-calls-chunk" => {
            if let Some(delta) = event.get("tool_call_delta") {
                let index = number(delta, "index").unwrap_or_default();
                let (name, arguments) = (text(delta, "name"), said(delta, "parameters"));
                output.call_piece(0, (CALLS, index), index, None, name, arguments);
            }
        }
        // The calls again, whole. Their text is the plan, which a reply does not have.
        "tool-calls-generation" => {
            let calls = whole(event, "");
            if !calls.is_empty() {
                output.replace(0, CALLS, calls);
            }
        }
        "stream-end" => {
            let response = event.get("response").unwrap_or(&Value::Null);
            if response.get("text").is_some() {
                output.choice_begins(0);
                output.forget(0, None);
                output.replace(0, TEXT, whole(response, "text"));
            }
            let reason = text(event, "finish_reason").or_else(|| text(response, "finish_reason"));
            output.finish_reason(0, reason.unwrap_or_default());
        }
        _ => {}
    }
}
