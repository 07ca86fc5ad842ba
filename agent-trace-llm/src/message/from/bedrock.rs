//! Bedrock Converse: blocks are objects whose only key says what they are.

use std::borrow::Cow;

use serde_json::Value;

use super::read::{
    content, function, list, owned, provider_tool, push_reasoning, push_text, role, text,
    tool_speaks,
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
    let Some(message) = response.get("output").and_then(|out| out.get("message")) else {
        return Vec::new();
    };
    let reason = text(response, "stopReason").map(FinishReason::from);
    vec![OutputMessage::new(said(message), reason)]
}

pub(in crate::message) fn system_instructions(request: &Value) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for system in list(request, "system") {
        block(&mut parts, system);
    }
    parts
}

pub(in crate::message) fn tool_definitions(
    request: &Value,
    detail: ToolDetail,
) -> Vec<ToolDefinition<'_>> {
    let tool = |tool| {
        if let Some(spec) = Value::get(tool, "toolSpec") {
            let schema = spec
                .get("inputSchema")
                .and_then(|schema| schema.get("json"));
            return function(spec, schema, detail);
        }
        let system = tool.get("systemTool")?;
        Some(provider_tool(
            "systemTool",
            text(system, "name")?,
            None,
            detail,
        ))
    };
    let tools = request
        .get("toolConfig")
        .map(|config| list(config, "tools"));
    tools.into_iter().flatten().filter_map(tool).collect()
}

fn said(message: &Value) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    if let Some(said) = message.get("content") {
        content(&mut parts, said, block);
    }
    parts
}

pub(in crate::message) fn block<'a>(parts: &mut Vec<Part<'a>>, block: &'a Value) {
    // The only key; a union never has two.
    for (kind, value) in block.as_object().into_iter().flatten() {
        let part = match kind.as_str() {
            "text" => return push_text(parts, value.as_str().unwrap_or_default()),
            "reasoningContent" => {
                let thought = value
                    .get("reasoningText")
                    .and_then(|said| text(said, "text"));
                match thought {
                    Some(thought) => return push_reasoning(parts, thought),
                    None => Some(Part::Generic(GenericPart::new("redactedContent"))),
                }
            }
            "image" => media(value, Modality::Image),
            "document" => media(value, Modality::Document),
            "video" => media(value, Modality::Video),
            "audio" => media(value, Modality::Audio),
            "toolUse" => text(value, "name").map(|name| Part::ToolCall {
                id: owned(value, "toolUseId"),
                name: Cow::Borrowed(name),
                arguments: value.get("input").map(Json::from_value),
            }),
            "toolResult" => Some(Part::ToolCallResponse {
                id: owned(value, "toolUseId"),
                response: result(value.get("content")),
            }),
            "citationsContent" => {
                for cited in list(value, "content") {
                    push_text(parts, text(cited, "text").unwrap_or_default());
                }
                return;
            }
            "guardContent" => match value.get("text").and_then(|said| text(said, "text")) {
                Some(said) => Some(Part::text(said)),
                None => value
                    .get("image")
                    .and_then(|image| media(image, Modality::Image)),
            },
            // Where to cache: nothing is said.
            "cachePoint" => return,
            _ => None,
        };
        let unknown = || Part::Generic(GenericPart::of_block(kind).with("content", value));
        parts.push(part.unwrap_or_else(unknown));
    }
}

/// The answer of a tool: its text or its JSON where that is all, else the blocks as they are.
fn result(content: Option<&Value>) -> Json<'_> {
    match content {
        Some(Value::Array(blocks)) => match blocks.as_slice() {
            [only] => match only.get("json") {
                Some(json) => Json::Borrowed(json),
                None => super::read::response(content),
            },
            _ => super::read::response(content),
        },
        content => super::read::response(content),
    }
}

/// `{ "format": "png", "source": { "bytes": ".." } }`, or an S3 location in place of the bytes.
fn media<'a>(value: &'a Value, modality: Modality<'a>) -> Option<Part<'a>> {
    let source = value.get("source")?;
    let mime_type = text(value, "format").map(|format| mime_type(&modality, format));
    if let Some(content) = owned(source, "bytes") {
        return Some(Part::Blob {
            mime_type,
            modality,
            content,
        });
    }
    if let Some(said) = text(source, "text") {
        return Some(Part::text(said));
    }
    Some(Part::Uri {
        mime_type,
        modality,
        uri: owned(source.get("s3Location")?, "uri")?,
    })
}

fn mime_type(modality: &Modality<'_>, format: &str) -> Cow<'static, str> {
    Cow::Owned(match (modality, format) {
        (Modality::Document, "txt") => "text/plain".to_owned(),
        (Modality::Document, "md") => "text/markdown".to_owned(),
        (Modality::Document, "csv" | "html") => format!("text/{format}"),
        (Modality::Document, "pdf") => "application/pdf".to_owned(),
        (Modality::Document, "doc") => "application/msword".to_owned(),
        (Modality::Document, "xls") => "application/vnd.ms-excel".to_owned(),
        (Modality::Document, "docx") => {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document".to_owned()
        }
        (Modality::Document, "xlsx") => {
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned()
        }
        (Modality::Audio, "mp3") => "audio/mpeg".to_owned(),
        (Modality::Video, "mov") => "video/quicktime".to_owned(),
        (Modality::Video, "mkv") => "video/x-matroska".to_owned(),
        (Modality::Video, "three_gp") => "video/3gpp".to_owned(),
        (modality, format) => match modality {
            Modality::Image | Modality::Video | Modality::Audio => {
                format!("{}/{format}", modality.as_str())
            }
            _ => "application/octet-stream".to_owned(),
        },
    })
}
