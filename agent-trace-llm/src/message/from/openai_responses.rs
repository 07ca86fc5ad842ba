//! OpenAI Responses: a conversation is a list of items, of which messages are one kind.

use std::borrow::Cow;

use serde_json::Value;

use super::openai_chat::{block as chat_block, file, input_audio, tool_call};
use super::read::{
    content, details, function, generic, list, owned, provider_tool, push_reasoning, response,
    role, text,
};
use crate::message::{
    FinishReason, InputMessage, Modality, OutputMessage, Part, Role, ToolDefinition, ToolDetail,
};

pub(in crate::message) fn input(request: &Value) -> Vec<InputMessage<'_>> {
    match request.get("input") {
        Some(Value::String(said)) => vec![InputMessage::new(Role::User, vec![Part::text(said)])],
        Some(Value::Array(items)) => items.iter().filter_map(message).collect(),
        _ => Vec::new(),
    }
}

/// All items of a reply are one message: a reply has one choice.
pub(in crate::message) fn output(response: &Value) -> Vec<OutputMessage<'_>> {
    let mut parts = Vec::new();
    for said in list(response, "output") {
        item(&mut parts, said);
    }
    let reason = finish_reason(response, &parts);
    if parts.is_empty() && reason.is_none() {
        return Vec::new();
    }
    vec![OutputMessage::new(parts, reason)]
}

pub(in crate::message) fn system_instructions(request: &Value) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    if let Some(instructions) = request.get("instructions") {
        // Text, or a list of items.
        content(&mut parts, instructions, item);
    }
    parts
}

pub(in crate::message) fn tool_definitions(
    request: &Value,
    detail: ToolDetail,
) -> Vec<ToolDefinition<'_>> {
    let tool = |tool| {
        let kind = text(tool, "type")?;
        if kind == "function" {
            return function(tool, Value::get(tool, "parameters"), detail);
        }
        let name = text(tool, "name").or_else(|| text(tool, "server_label"));
        let said = text(tool, "description").or_else(|| text(tool, "server_description"));
        Some(provider_tool(kind, name.unwrap_or(kind), said, detail))
    };
    list(request, "tools").iter().filter_map(tool).collect()
}

/// The API has a status in place of a finish reason.
pub(in crate::message) fn finish_reason<'a>(
    response: &'a Value,
    parts: &[Part<'_>],
) -> Option<FinishReason<'a>> {
    let calls = |part: &Part<'_>| matches!(part, Part::ToolCall { .. });
    match text(response, "status")? {
        "completed" if parts.iter().any(calls) => Some(FinishReason::ToolCall),
        "incomplete" => {
            let why = response.get("incomplete_details");
            let why = why.and_then(|why| text(why, "reason"));
            Some(FinishReason::from(why.unwrap_or("incomplete")))
        }
        "in_progress" | "queued" => None,
        status => Some(FinishReason::from(status)),
    }
}

fn message(said: &Value) -> Option<InputMessage<'_>> {
    let mut parts = Vec::new();
    item(&mut parts, said);
    let answers = |part: &Part<'_>| matches!(part, Part::ToolCallResponse { .. });
    let role = match text(said, "type") {
        None | Some("message") => role(said),
        _ if parts.iter().any(answers) => Role::Tool,
        // An answer to what the model asked to be allowed.
        Some("mcp_approval_response") => Role::User,
        _ => Role::Assistant,
    };
    (!parts.is_empty()).then(|| InputMessage::new(role, parts))
}

pub(in crate::message) fn item<'a>(parts: &mut Vec<Part<'a>>, item: &'a Value) {
    let kind = text(item, "type").unwrap_or("message");
    match kind {
        "message" => {
            if let Some(said) = item.get("content") {
                content(parts, said, block);
            }
        }
        "function_call" => parts.extend(tool_call(call_id(item), item, "arguments")),
        "custom_tool_call" => parts.extend(tool_call(call_id(item), item, "input")),
        "reasoning" => {
            // The thoughts themselves where they are open, else their summary.
            let thoughts = list(item, "content").iter();
            let mut said = thoughts
                .filter_map(|thought| text(thought, "text"))
                .peekable();
            if said.peek().is_some() {
                said.for_each(|thought| push_reasoning(parts, thought));
            } else {
                for summary in list(item, "summary") {
                    push_reasoning(parts, text(summary, "text").unwrap_or_default());
                }
            }
        }
        "compaction" | "compaction_summary" => parts.push(Part::Compaction {
            id: owned(item, "id"),
            content: None,
        }),
        // Blocks that stand for a message of their own.
        "input_text" | "output_text" | "text" => block(parts, item),
        // A shell in a container of the provider's.
        "shell_call" if item.get("environment").is_some_and(is_container) => {
            if let Some(object) = item.as_object() {
                parts.push(Part::ServerToolCall {
                    id: call_id(item),
                    name: Cow::Borrowed("shell"),
                    server_tool_call: details("shell", object, &["action", "environment"]),
                });
            }
        }
        // Tools that the application runs, though the provider has defined them.
        "computer_call" | "local_shell_call" | "shell_call" | "apply_patch_call" => {
            let arguments = item.get("action").or_else(|| item.get("operation"));
            parts.push(Part::ToolCall {
                id: call_id(item),
                name: Cow::Borrowed(kind.trim_end_matches("_call")),
                arguments: arguments.map(Into::into),
            });
        }
        _ if kind.ends_with("_call_output") => parts.push(answer(parts, item, kind)),
        _ if kind.ends_with("_call") => server_tool(parts, item, kind),
        _ => parts.extend(generic(item)),
    }
}

fn is_container(environment: &Value) -> bool {
    text(environment, "type").is_some_and(|kind| kind.starts_with("container"))
}

/// The answer of a tool: the provider's own if the provider made the call.
fn answer<'a>(before: &[Part<'a>], item: &'a Value, kind: &'a str) -> Part<'a> {
    let id = call_id(item);
    let is_its_call = |part: &Part<'_>| match part {
        Part::ServerToolCall { id: called, .. } => called.is_some() && *called == id,
        _ => false,
    };
    match item.as_object() {
        Some(object) if before.iter().any(is_its_call) => Part::ServerToolCallResponse {
            id,
            server_tool_call_response: details(
                kind.trim_end_matches("_call_output"),
                object,
                &["output"],
            ),
        },
        _ => Part::ToolCallResponse {
            id,
            response: response(item.get("output")),
        },
    }
}

/// The id that the answer refers to; `id` is the item's own.
fn call_id(item: &Value) -> Option<Cow<'_, str>> {
    owned(item, "call_id").or_else(|| owned(item, "id"))
}

/// `web_search_call` and its like: one item is both the call and, once it is done, its result.
fn server_tool<'a>(parts: &mut Vec<Part<'a>>, item: &'a Value, kind: &'a str) {
    const CALL: &[&str] = &[
        "action",
        "queries",
        "code",
        "container_id",
        "arguments",
        "server_label",
        "name",
    ];
    const RESULT: &[&str] = &["results", "outputs", "output", "error", "result"];
    let Some(object) = item.as_object() else {
        return;
    };
    let tool = kind.trim_end_matches("_call");
    parts.push(Part::ServerToolCall {
        id: owned(item, "id"),
        name: Cow::Borrowed(text(item, "name").unwrap_or(tool)),
        server_tool_call: details(tool, object, CALL),
    });
    // A generated picture is content of the reply.
    if let (Some(image), "image_generation") = (owned(item, "result"), tool) {
        let format = text(item, "output_format").unwrap_or("png");
        parts.push(Part::Blob {
            mime_type: Some(Cow::Owned(format!("image/{format}"))),
            modality: Modality::Image,
            content: image,
        });
        return;
    }
    let result = details(tool, object, RESULT);
    if !result.fields.is_empty() {
        parts.push(Part::ServerToolCallResponse {
            id: owned(item, "id"),
            server_tool_call_response: result,
        });
    }
}

fn block<'a>(parts: &mut Vec<Part<'a>>, block: &'a Value) {
    let part = match text(block, "type").unwrap_or_default() {
        "input_image" => match owned(block, "file_id") {
            Some(file_id) => Some(Part::File {
                mime_type: None,
                modality: Modality::Image,
                file_id,
            }),
            None => text(block, "image_url").map(|url| Part::at(url, Modality::Image)),
        },
        "input_file" => file(block),
        "input_audio" => block.get("input_audio").and_then(input_audio),
        "summary_text" | "reasoning_text" => {
            push_reasoning(parts, text(block, "text").unwrap_or_default());
            return;
        }
        _ => return chat_block(parts, block),
    };
    match part {
        Some(part) => parts.push(part),
        None => parts.extend(generic(block)),
    }
}
