//! Events of OpenAI Responses. An item that is done, and the reply at the end, come whole: pieces
//! count only until then.

use serde_json::Value;

use super::read::{number, said};
use crate::message::OutputAccumulator;
use crate::message::building::Kind;
use crate::message::from::openai_responses::{finish_reason, item};
use crate::message::from::read::{list, text};

pub(in crate::message) fn event(output: &mut OutputAccumulator, event: &Value) {
    let kind = text(event, "type").unwrap_or_default();
    let at = number(event, "output_index").unwrap_or_default();
    let piece = || said(event, "delta").unwrap_or_default();
    let sub = || {
        let sub = number(event, "content_index").or_else(|| number(event, "summary_index"));
        sub.unwrap_or_default()
    };
    match kind {
        // Recordings of agents have one reply after another in a file.
        "response.created" if output.is_finished(0) => output.forget(0, None),
        "response.output_text.delta" => output.piece_at(0, (at, sub()), Kind::Text, piece()),
        "response.refusal.delta" => output.piece_at(0, (at, sub()), Kind::Refusal, piece()),
        "response.reasoning_text.delta" | "response.reasoning_summary_text.delta" => {
            output.piece_at(0, (at, sub()), Kind::Reasoning, piece());
        }
        "response.function_call_arguments.delta"
        | "response.custom_tool_call_input.delta"
        | "response.mcp_call_arguments.delta" => output.arguments(0, at, piece()),
        "response.output_item.added" | "response.output_item.done" => {
            if let Some(said) = event.get("item") {
                let mut parts = Vec::new();
                item(&mut parts, said);
                output.replace(0, at, parts);
            }
        }
        "response.completed" | "response.incomplete" | "response.failed" | "response.cancelled" => {
            if let Some(response) = event.get("response") {
                end(output, response);
            }
        }
        _ => {}
    }
}

fn end(output: &mut OutputAccumulator, response: &Value) {
    let items = list(response, "output");
    if !items.is_empty() {
        output.forget(0, None);
        let mut parts = Vec::new();
        for said in items {
            item(&mut parts, said);
        }
        output.replace(0, 0, parts);
    }
    let reason = match text(response, "status") {
        Some("completed") if output.has_tool_call(0) => Some("tool_call".to_owned()),
        _ => finish_reason(response, &[]).map(|reason| reason.as_str().to_owned()),
    };
    output.finish_reason(0, reason.as_deref().unwrap_or_default());
}
