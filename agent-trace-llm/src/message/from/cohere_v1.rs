//! Cohere chat v1: the last message stands apart from the history, and calls have no id.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::read::{function, list, push_text, role, text};
use crate::message::{
    FinishReason, InputMessage, Json, OutputMessage, Part, Role, ToolDefinition, ToolDetail,
};

pub(in crate::message) fn input(request: &Value) -> Vec<InputMessage<'_>> {
    let history = list(request, "chat_history").iter().map(|message| {
        let mut parts = said(message, "message");
        parts.extend(results(message));
        InputMessage::new(role(message), parts)
    });
    let mut messages: Vec<_> = history.collect();
    let answers: Vec<_> = results(request).collect();
    if !answers.is_empty() {
        messages.push(InputMessage::new(Role::Tool, answers));
    }
    let last = said(request, "message");
    if !last.is_empty() {
        messages.push(InputMessage::new(Role::User, last));
    }
    messages
}

pub(in crate::message) fn output(response: &Value) -> Vec<OutputMessage<'_>> {
    if response.get("text").is_none() {
        return Vec::new();
    }
    let reason = text(response, "finish_reason").map(FinishReason::from);
    vec![OutputMessage::new(said(response, "text"), reason)]
}

pub(in crate::message) fn system_instructions(request: &Value) -> Vec<Part<'_>> {
    text(request, "preamble")
        .map(Part::text)
        .into_iter()
        .collect()
}

pub(in crate::message) fn tool_definitions(
    request: &Value,
    detail: ToolDetail,
) -> Vec<ToolDefinition<'_>> {
    // The parameters are described in a language of their own, and the schema asks for JSON schema.
    let tools = list(request, "tools").iter();
    tools
        .filter_map(|tool| function(tool, None, detail))
        .collect()
}

pub(in crate::message) fn said<'a>(message: &'a Value, key: &str) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    push_text(&mut parts, text(message, key).unwrap_or_default());
    let call = |call| {
        Some(Part::ToolCall {
            id: None,
            name: Cow::Borrowed(text(call, "name")?),
            arguments: Value::get(call, "parameters").map(Json::Borrowed),
        })
    };
    parts.extend(list(message, "tool_calls").iter().filter_map(call));
    parts
}

/// A result repeats its call, whose name ties them together.
fn results(message: &Value) -> impl Iterator<Item = Part<'_>> {
    list(message, "tool_results").iter().map(|result| {
        let call = result.get("call");
        let outputs = result.get("outputs").map(Json::Borrowed);
        Part::ToolCallResponse {
            id: call.and_then(|call| text(call, "name")).map(Cow::Borrowed),
            response: outputs.unwrap_or(Json::Owned(Value::Object(Map::new()))),
        }
    })
}
