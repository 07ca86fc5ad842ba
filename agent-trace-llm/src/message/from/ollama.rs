//! Ollama chat.

use serde_json::Value;

use super::completions::images;
use super::openai_chat::tool_calls;
use super::read::{list, owned, push_reasoning, push_text, response, role, text};
use crate::message::{FinishReason, InputMessage, OutputMessage, Part, Role};

pub(in crate::message) fn input(request: &Value) -> Vec<InputMessage<'_>> {
    let message = |message| {
        let role = role(message);
        let parts = if role == Role::Tool {
            vec![Part::ToolCallResponse {
                // Calls have no id, so the tool is what ties call and answer together.
                id: owned(message, "tool_call_id").or_else(|| owned(message, "tool_name")),
                response: response(message.get("content")),
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
    let reason = text(response, "done_reason").map(FinishReason::from);
    vec![OutputMessage::new(said(message), reason)]
}

fn said(message: &Value) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    push_reasoning(&mut parts, text(message, "thinking").unwrap_or_default());
    push_text(&mut parts, text(message, "content").unwrap_or_default());
    images(&mut parts, message);
    tool_calls(&mut parts, message);
    parts
}
