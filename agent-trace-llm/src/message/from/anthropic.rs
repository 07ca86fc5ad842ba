//! Anthropic Messages.

use std::borrow::Cow;

use serde_json::Value;

use super::read::{
    content, details, function, generic, list, owned, provider_tool, push_reasoning, push_text,
    response, role, text, tool_speaks,
};
use crate::message::{
    FinishReason, GenericPart, InputMessage, Json, Modality, OutputMessage, Part, ToolDefinition,
    ToolDetail,
};

pub(in crate::message) fn input(request: &Value) -> Vec<InputMessage<'_>> {
    let message = |message| {
        let parts = said(message);
        InputMessage::new(tool_speaks(role(message), &parts), parts)
    };
    list(request, "messages").iter().map(message).collect()
}

pub(in crate::message) fn output(response: &Value) -> Vec<OutputMessage<'_>> {
    if response.get("content").is_none() {
        return Vec::new();
    }
    let reason = text(response, "stop_reason").map(FinishReason::from);
    vec![OutputMessage::new(said(response), reason)]
}

pub(in crate::message) fn system_instructions(request: &Value) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    if let Some(system) = request.get("system") {
        content(&mut parts, system, block);
    }
    parts
}

pub(in crate::message) fn tool_definitions(
    request: &Value,
    detail: ToolDetail,
) -> Vec<ToolDefinition<'_>> {
    let tool = |tool| match text(tool, "type") {
        None | Some("custom") => function(tool, Value::get(tool, "input_schema"), detail),
        Some(kind) => {
            let name = text(tool, "name").or_else(|| text(tool, "mcp_server_name"));
            Some(provider_tool(kind, name.unwrap_or(kind), None, detail))
        }
    };
    list(request, "tools").iter().filter_map(tool).collect()
}

fn said(message: &Value) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    if let Some(said) = message.get("content") {
        content(&mut parts, said, block);
    }
    parts
}

pub(in crate::message) fn block<'a>(parts: &mut Vec<Part<'a>>, block: &'a Value) {
    let kind = text(block, "type").unwrap_or_default();
    let part = match kind {
        "text" => return push_text(parts, text(block, "text").unwrap_or_default()),
        "thinking" => return push_reasoning(parts, text(block, "thinking").unwrap_or_default()),
        // Encrypted: there is nothing to read in it.
        "redacted_thinking" => Some(Part::Generic(GenericPart::new(kind))),
        "image" => media(block, Modality::Image),
        "document" => media(block, Modality::Document),
        "container_upload" => owned(block, "file_id").map(|file_id| Part::File {
            mime_type: None,
            modality: Modality::Document,
            file_id,
        }),
        "tool_use" => text(block, "name").map(|name| Part::ToolCall {
            id: owned(block, "id"),
            name: Cow::Borrowed(name),
            arguments: block.get("input").map(Json::from_value),
        }),
        "tool_result" => Some(Part::ToolCallResponse {
            id: owned(block, "tool_use_id"),
            response: response(block.get("content")),
        }),
        "server_tool_use" | "mcp_tool_use" => server_tool_call(block, kind),
        "compaction" => Some(Part::Compaction {
            id: None,
            content: owned(block, "content"),
        }),
        // `web_search_tool_result`, `code_execution_tool_result`, `mcp_tool_result` and so on.
        _ if kind.ends_with("_tool_result") => server_tool_result(block, kind),
        _ => None,
    };
    parts.extend(part.or_else(|| generic(block)));
}

fn server_tool_call<'a>(block: &'a Value, kind: &'a str) -> Option<Part<'a>> {
    let name = text(block, "name")?;
    // The type of the details is the tool, which for MCP is not the name.
    let tool = if kind == "mcp_tool_use" { "mcp" } else { name };
    Some(Part::ServerToolCall {
        id: owned(block, "id"),
        name: Cow::Borrowed(name),
        server_tool_call: details(tool, block.as_object()?, &["input", "server_name"]),
    })
}

fn server_tool_result<'a>(block: &'a Value, kind: &'a str) -> Option<Part<'a>> {
    let tool = kind.trim_end_matches("_tool_result");
    Some(Part::ServerToolCallResponse {
        id: owned(block, "tool_use_id"),
        server_tool_call_response: details(tool, block.as_object()?, &["content", "is_error"]),
    })
}

/// An image or a document, by where it comes from.
fn media<'a>(block: &'a Value, modality: Modality<'a>) -> Option<Part<'a>> {
    let source = block.get("source")?;
    let mime_type = owned(source, "media_type");
    match text(source, "type")? {
        "base64" => Some(Part::Blob {
            mime_type,
            modality,
            content: owned(source, "data")?,
        }),
        "url" => Some(Part::at(text(source, "url")?, modality)),
        "file" => Some(Part::File {
            mime_type,
            modality,
            file_id: owned(source, "file_id")?,
        }),
        // A document that is plain text.
        "text" => text(source, "data").map(Part::text),
        _ => None,
    }
}
