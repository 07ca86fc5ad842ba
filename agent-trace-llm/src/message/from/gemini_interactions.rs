//! Gemini interactions: a conversation is a list of steps.

use std::borrow::Cow;

use serde_json::Value;

use super::read::{
    content, details, generic, list, owned, push_reasoning, push_text, response, role, text,
};
use crate::message::{FinishReason, InputMessage, Json, Modality, OutputMessage, Part, Role};

pub(in crate::message) fn input(request: &Value) -> Vec<InputMessage<'_>> {
    match request.get("input") {
        Some(Value::String(said)) => vec![InputMessage::new(Role::User, vec![Part::text(said)])],
        Some(Value::Array(steps)) => steps.iter().filter_map(message).collect(),
        Some(step) => message(step).into_iter().collect(),
        None => Vec::new(),
    }
}

/// All steps of a reply are one message.
pub(in crate::message) fn output(response: &Value) -> Vec<OutputMessage<'_>> {
    let mut parts = Vec::new();
    // The first version of the API had contents in place of steps.
    for key in ["steps", "outputs"] {
        for said in list(response, key) {
            step(&mut parts, said);
        }
    }
    let calls = |part: &Part<'_>| matches!(part, Part::ToolCall { .. });
    let reason = finish_reason(response, parts.iter().any(calls));
    if parts.is_empty() && reason.is_none() {
        return Vec::new();
    }
    vec![OutputMessage::new(parts, reason)]
}

/// The API has a status in place of a finish reason.
pub(in crate::message) fn finish_reason(response: &Value, calls: bool) -> Option<FinishReason<'_>> {
    match text(response, "status") {
        Some("requires_action") => Some(FinishReason::ToolCall),
        Some("completed") if calls => Some(FinishReason::ToolCall),
        Some("in_progress") | None => None,
        Some(status) => Some(FinishReason::from(status)),
    }
}

pub(in crate::message) fn system_instructions(request: &Value) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    if let Some(said) = request.get("system_instruction") {
        content(&mut parts, said, block);
    }
    parts
}

fn message(said: &Value) -> Option<InputMessage<'_>> {
    let mut parts = Vec::new();
    step(&mut parts, said);
    let role = match text(said, "type").unwrap_or_default() {
        "function_result" => Role::Tool,
        "model_output" | "thought" | "function_call" => Role::Assistant,
        kind if kind.ends_with("_call") || kind.ends_with("_result") => Role::Assistant,
        _ => role(said),
    };
    (!parts.is_empty()).then(|| InputMessage::new(role, parts))
}

pub(in crate::message) fn step<'a>(parts: &mut Vec<Part<'a>>, step: &'a Value) {
    let kind = text(step, "type").unwrap_or_default();
    match kind {
        "thought" => {
            for summary in list(step, "summary") {
                push_reasoning(parts, text(summary, "text").unwrap_or_default());
            }
        }
        "function_call" => parts.extend(text(step, "name").map(|name| Part::ToolCall {
            id: owned(step, "id"),
            name: Cow::Borrowed(name),
            arguments: step.get("arguments").map(Json::from_value),
        })),
        "function_result" => parts.push(Part::ToolCallResponse {
            id: owned(step, "call_id"),
            response: response(step.get("result")),
        }),
        _ if kind.ends_with("_call") => {
            let tool = kind.trim_end_matches("_call");
            parts.extend(step.as_object().map(|object| Part::ServerToolCall {
                id: owned(step, "id"),
                name: Cow::Borrowed(text(step, "name").unwrap_or(tool)),
                server_tool_call: details(tool, object, &["arguments", "server_name"]),
            }));
        }
        _ if kind.ends_with("_result") => {
            let tool = kind.trim_end_matches("_result");
            parts.extend(step.as_object().map(|object| Part::ServerToolCallResponse {
                id: owned(step, "call_id"),
                server_tool_call_response: details(tool, object, &["result", "is_error"]),
            }));
        }
        // `user_input`, `model_output`, and messages with a role.
        _ => match step.get("content") {
            Some(said) => content(parts, said, block),
            None => block(parts, step),
        },
    }
}

pub(in crate::message) fn block<'a>(parts: &mut Vec<Part<'a>>, block: &'a Value) {
    let modality = match text(block, "type").unwrap_or_default() {
        "text" => return push_text(parts, text(block, "text").unwrap_or_default()),
        "image" => Modality::Image,
        "audio" => Modality::Audio,
        "video" => Modality::Video,
        "document" => Modality::Document,
        _ => return parts.extend(generic(block)),
    };
    let mime_type = owned(block, "mime_type");
    let part = match (owned(block, "data"), owned(block, "uri")) {
        (Some(content), _) => Some(Part::Blob {
            mime_type,
            modality,
            content,
        }),
        (None, Some(uri)) => Some(Part::Uri {
            mime_type,
            modality,
            uri,
        }),
        (None, None) => generic(block),
    };
    parts.extend(part);
}
