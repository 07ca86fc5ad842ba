//! Cohere chat v2, which is OpenAI's shape but for a plan before the tool calls.

use serde_json::Value;

use super::openai_chat::{block, tool_calls};
use super::read::{content, list, owned, push_reasoning, response, role, text};
use crate::message::{FinishReason, InputMessage, OutputMessage, Part, Role};

pub(in crate::message) fn input(request: &Value) -> Vec<InputMessage<'_>> {
    let message = |message| {
        let role = role(message);
        let parts = if role == Role::Tool {
            vec![Part::ToolCallResponse {
                id: owned(message, "tool_call_id"),
                response: answer(message),
            }]
        } else {
            said(message)
        };
        InputMessage::new(role, parts)
    };
    list(request, "messages").iter().map(message).collect()
}

pub(in crate::message) fn output(response: &Value) -> Vec<OutputMessage<'_>> {
    let Some(message) = response.get("message").filter(|said| said.is_object()) else {
        return Vec::new();
    };
    let reason = text(response, "finish_reason").map(FinishReason::from);
    vec![OutputMessage::new(said(message), reason)]
}

fn said(message: &Value) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    if let Some(plan) = text(message, "tool_plan") {
        push_reasoning(&mut parts, plan);
    }
    if let Some(said) = message.get("content") {
        content(&mut parts, said, block);
    }
    tool_calls(&mut parts, message);
    parts
}

/// A tool answers with text, or with documents.
fn answer(message: &Value) -> crate::message::Json<'_> {
    let said = message.get("content");
    if let Some([only]) = said.and_then(Value::as_array).map(Vec::as_slice) {
        if let Some(data) = only
            .get("document")
            .and_then(|document| document.get("data"))
        {
            return crate::message::Json::from_value(data);
        }
    }
    response(said)
}
