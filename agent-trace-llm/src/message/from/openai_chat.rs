//! OpenAI chat completions and everything compatible.

use std::borrow::Cow;

use serde_json::Value;

use super::read::{
    content, function, generic, items, list, owned, provider_tool, push_reasoning, push_text,
    response, role, text,
};
use crate::message::{
    FinishReason, InputMessage, Json, Modality, OutputMessage, Part, Role, ToolDefinition,
    ToolDetail,
};

pub(in crate::message) fn input(request: &Value) -> Vec<InputMessage<'_>> {
    list(request, "messages").iter().map(message).collect()
}

pub(in crate::message) fn output(response: &Value) -> Vec<OutputMessage<'_>> {
    let mut choices: Vec<&Value> = list(response, "choices").iter().collect();
    choices.sort_by_key(|choice| choice.get("index").and_then(Value::as_u64));
    let message = |choice| {
        let parts = said(Value::get(choice, "message")?);
        let reason = text(choice, "finish_reason").map(FinishReason::from);
        Some(OutputMessage::new(parts, reason))
    };
    choices.into_iter().filter_map(message).collect()
}

pub(in crate::message) fn tool_definitions(
    request: &Value,
    detail: ToolDetail,
) -> Vec<ToolDefinition<'_>> {
    let tool = |tool| {
        let said = |key| Value::get(tool, key).filter(|value| value.is_object());
        if let Some(f) = said("function") {
            return function(f, f.get("parameters"), detail);
        }
        let kind = text(tool, "type")?;
        let named = said(kind).unwrap_or(tool);
        let name = text(named, "name").unwrap_or(kind);
        Some(provider_tool(
            kind,
            name,
            text(named, "description"),
            detail,
        ))
    };
    let tools = list(request, "tools").iter().filter_map(tool);
    // The predecessor of tools.
    let functions = list(request, "functions").iter();
    tools
        .chain(functions.filter_map(|f| function(f, f.get("parameters"), detail)))
        .collect()
}

fn message(message: &Value) -> InputMessage<'_> {
    let role = role(message);
    let name = owned(message, "name");
    let parts = if role == Role::Tool {
        vec![Part::ToolCallResponse {
            id: owned(message, "tool_call_id"),
            response: response(message.get("content")),
        }]
    } else {
        said(message)
    };
    InputMessage { role, parts, name }
}

/// The parts of a message that is no tool's.
pub(super) fn said(message: &Value) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    // DeepSeek and most servers have the first name, OpenRouter, Groq and Cerebras the second.
    // Some send both, with the same text.
    let thought = text(message, "reasoning_content").or_else(|| text(message, "reasoning"));
    if let Some(thought) = thought {
        push_reasoning(&mut parts, thought);
    }
    if let Some(said) = message.get("content") {
        content(&mut parts, said, block);
    }
    if let Some(refusal) = text(message, "refusal") {
        parts.push(Part::refusal(refusal));
    }
    audio(&mut parts, message.get("audio"));
    // OpenRouter's generated pictures.
    for image in list(message, "images") {
        block(&mut parts, image);
    }
    tool_calls(&mut parts, message);
    parts
}

pub(in crate::message) fn tool_calls<'a>(parts: &mut Vec<Part<'a>>, message: &'a Value) {
    for call in list(message, "tool_calls") {
        let id = owned(call, "id");
        if let Some(called) = call.get("function") {
            parts.extend(tool_call(id, called, "arguments"));
        } else if let Some(called) = call.get("custom") {
            parts.extend(tool_call(id, called, "input"));
        }
    }
    if let Some(called) = message.get("function_call") {
        parts.extend(tool_call(None, called, "arguments"));
    }
}

pub(super) fn tool_call<'a>(
    id: Option<Cow<'a, str>>,
    called: &'a Value,
    arguments: &str,
) -> Option<Part<'a>> {
    Some(Part::ToolCall {
        id,
        name: Cow::Borrowed(text(called, "name")?),
        arguments: called
            .get(arguments)
            .filter(|arguments| !arguments.is_null())
            .map(Json::from_value),
    })
}

/// The audio of a reply, or in a request the reference to that of an earlier one.
fn audio<'a>(parts: &mut Vec<Part<'a>>, audio: Option<&'a Value>) {
    let Some(audio) = audio else { return };
    if let Some(data) = owned(audio, "data") {
        parts.push(Part::Blob {
            mime_type: None,
            modality: Modality::Audio,
            content: data,
        });
    } else if let Some(id) = owned(audio, "id") {
        parts.push(Part::File {
            mime_type: None,
            modality: Modality::Audio,
            file_id: id,
        });
    }
    if let Some(transcript) = text(audio, "transcript") {
        push_text(parts, transcript);
    }
}

/// One block of a content list.
pub(in crate::message) fn block<'a>(parts: &mut Vec<Part<'a>>, block: &'a Value) {
    let kind = text(block, "type").unwrap_or_default();
    let part = match kind {
        "text" | "input_text" | "output_text" => text(block, "text").map(Part::text),
        "refusal" => text(block, "refusal").map(Part::refusal),
        "image_url" => url(block, kind, Modality::Image),
        "video_url" => url(block, kind, Modality::Video),
        "audio_url" => url(block, kind, Modality::Audio),
        "document_url" => url(block, kind, Modality::Document),
        "input_audio" => block.get(kind).and_then(input_audio),
        "file" => block.get(kind).and_then(file),
        // Mistral's and Cohere's: a list of text blocks, or text.
        "thinking" => {
            match block.get(kind) {
                Some(Value::String(thought)) => push_reasoning(parts, thought),
                Some(blocks) => {
                    for thought in items(blocks).iter().filter_map(|block| text(block, "text")) {
                        push_reasoning(parts, thought);
                    }
                }
                None => {}
            }
            return;
        }
        _ => None,
    };
    // A block that does not have the fields of its kind is passed on as it is; only text that is
    // empty says nothing.
    parts.extend(part.or_else(|| generic(block).filter(|_| block.get("text").is_none())));
}

/// `{ "image_url": { "url": ".." } }`, or Mistral's `{ "image_url": ".." }`.
fn url<'a>(block: &'a Value, key: &str, modality: Modality<'a>) -> Option<Part<'a>> {
    let url = block.get(key)?;
    let url = url.as_str().or_else(|| text(url, "url"))?;
    Some(Part::at(url, modality))
}

pub(super) fn input_audio(audio: &Value) -> Option<Part<'_>> {
    let mime_type = text(audio, "format").map(|format| match format {
        "mp3" => Cow::Borrowed("audio/mpeg"),
        format => Cow::Owned(format!("audio/{format}")),
    });
    // Mistral has the data, or a URL, in place of the object.
    let data = audio.as_str().or_else(|| text(audio, "data"))?;
    if data.starts_with("http") || data.starts_with("data:") {
        return Some(Part::at(data, Modality::Audio));
    }
    Some(Part::Blob {
        mime_type,
        modality: Modality::Audio,
        content: Cow::Borrowed(data),
    })
}

/// A file by id, by URL, or with its data: a data URL, or base64 alone.
pub(super) fn file(file: &Value) -> Option<Part<'_>> {
    if let Some(file_id) = owned(file, "file_id") {
        return Some(Part::File {
            mime_type: None,
            modality: Modality::Document,
            file_id,
        });
    }
    if let Some(url) = text(file, "file_url") {
        return Some(Part::at(url, Modality::Document));
    }
    let data = text(file, "file_data")?;
    if data.starts_with("data:") || data.starts_with("http") {
        return Some(Part::at(data, Modality::Document));
    }
    Some(Part::Blob {
        mime_type: None,
        modality: Modality::Document,
        content: Cow::Borrowed(data),
    })
}
