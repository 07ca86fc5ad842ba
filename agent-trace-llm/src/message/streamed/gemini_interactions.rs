//! Events of Gemini interactions: a step, or in the first version of the API a content, has its
//! index.

use serde_json::Value;

use super::read::{number, said};
use crate::message::OutputAccumulator;
use crate::message::building::Kind;
use crate::message::from::gemini_interactions::{block, finish_reason, step};
use crate::message::from::read::{list, text};

pub(in crate::message) fn event(output: &mut OutputAccumulator, event: &Value) {
    let at = number(event, "index").unwrap_or_default();
    match text(event, "event_type").unwrap_or_default() {
        "step.start" | "content.start" => {
            let opened = event.get("step").or_else(|| event.get("content"));
            let has_more = |opened: &&Value| opened.as_object().is_some_and(|o| o.len() > 1);
            // One that has only its type is still to come.
            if let Some(opened) = opened.filter(has_more) {
                let mut parts = Vec::new();
                step(&mut parts, opened);
                output.replace(0, at, parts);
            }
        }
        "step.delta" | "content.delta" => {
            if let Some(change) = event.get("delta") {
                delta(output, at, change);
            }
        }
        _ => {}
    }
    let Some(interaction) = event.get("interaction") else {
        return;
    };
    // The last event may repeat the whole reply.
    for key in ["steps", "outputs"] {
        let steps = list(interaction, key);
        if !steps.is_empty() {
            output.forget(0, None);
            for (said, at) in steps.iter().zip(0..) {
                let mut parts = Vec::new();
                step(&mut parts, said);
                output.replace(0, at, parts);
            }
        }
    }
    let reason = finish_reason(interaction, output.has_tool_call(0));
    let reason = reason.map(|reason| reason.as_str().to_owned());
    output.finish_reason(0, reason.as_deref().unwrap_or_default());
}

fn delta(output: &mut OutputAccumulator, at: u32, delta: &Value) {
    match text(delta, "type").unwrap_or_default() {
        "text" => {
            let piece = said(delta, "text").unwrap_or_default();
            output.piece(0, at, Kind::Text, piece);
        }
        "thought_summary" => {
            let summary = delta.get("content").unwrap_or(delta);
            let piece = said(summary, "text").unwrap_or_default();
            output.piece(0, at, Kind::Reasoning, piece);
        }
        "image" | "audio" | "video" | "document" => {
            let mut parts = Vec::new();
            block(&mut parts, delta);
            for part in parts {
                output.part_at(0, (at, u32::MAX), part);
            }
        }
        kind if kind.ends_with("_call") || kind.ends_with("_result") => {
            // Whole, or the arguments of what the step began with.
            let mut parts = Vec::new();
            step(&mut parts, delta);
            match said(delta, "arguments").filter(|_| delta.get("name").is_none()) {
                Some(piece) => output.arguments(0, at, piece),
                None => output.replace(0, at, parts),
            }
        }
        "arguments_delta" => {
            let piece = said(delta, "partial_arguments").or_else(|| said(delta, "arguments"));
            output.arguments(0, at, piece.unwrap_or_default());
        }
        _ => {}
    }
}
