//! Gemini and Vertex `generateContent`. Both spellings of a field occur: camel case on the wire,
//! snake case in bodies that SDKs and proxies write.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::read::{
    content as blocks, details, function, generic, list, owned, provider_tool, push_reasoning,
    push_text, role, text, tool_speaks,
};
use crate::message::{
    FinishReason, InputMessage, Json, Modality, OutputMessage, Part, Role, ToolDefinition,
    ToolDetail,
};

/// How deep a schema is followed when its types are rewritten.
const MAX_DEPTH: usize = 64;

pub(in crate::message) fn input(request: &Value) -> Vec<InputMessage<'_>> {
    match request.get("contents") {
        Some(Value::Array(contents)) => contents.iter().map(content).collect(),
        Some(contents @ (Value::Object(_) | Value::String(_))) => vec![content(contents)],
        _ => Vec::new(),
    }
}

pub(in crate::message) fn output(response: &Value) -> Vec<OutputMessage<'_>> {
    let message = |candidate| {
        let parts = Value::get(candidate, "content").map(said);
        let reason = either(candidate, "finishReason", "finish_reason");
        let reason = reason.and_then(Value::as_str).map(FinishReason::from);
        OutputMessage::new(parts.unwrap_or_default(), reason)
    };
    list(response, "candidates").iter().map(message).collect()
}

pub(in crate::message) fn system_instructions(request: &Value) -> Vec<Part<'_>> {
    either(request, "systemInstruction", "system_instruction").map_or_else(Vec::new, said)
}

pub(in crate::message) fn tool_definitions(
    request: &Value,
    detail: ToolDetail,
) -> Vec<ToolDefinition<'_>> {
    let mut definitions = Vec::new();
    for (key, value) in list(request, "tools")
        .iter()
        .filter_map(Value::as_object)
        .flatten()
    {
        if matches!(
            key.as_str(),
            "functionDeclarations" | "function_declarations"
        ) {
            let declared = value.as_array().into_iter().flatten();
            definitions.extend(declared.filter_map(|f| declaration(f, detail)));
        } else {
            // `{ "googleSearch": {} }`: the key is the tool.
            definitions.push(provider_tool(key, key, None, detail));
        }
    }
    definitions
}

fn declaration(declared: &Value, detail: ToolDetail) -> Option<ToolDefinition<'_>> {
    let schema = either(declared, "parametersJsonSchema", "parameters_json_schema");
    let own = declared.get("parameters").filter(|own| own.is_object());
    let mut tool = function(declared, schema, detail)?;
    if let (None, Some(own), ToolDetail::Full) = (schema, own, detail) {
        tool.parameters = Some(Json::Owned(json_schema(own, 0)));
    }
    Some(tool)
}

/// Gemini's own schema language is JSON schema but for its types, which are in upper case.
fn json_schema(schema: &Value, depth: usize) -> Value {
    let Value::Object(fields) = schema else {
        return schema.clone();
    };
    if depth > MAX_DEPTH {
        return Value::Object(Map::new());
    }
    let each = |fields: &Map<String, Value>| {
        let schemas = fields.iter();
        let schemas = schemas.map(|(name, schema)| (name.clone(), json_schema(schema, depth + 1)));
        Value::Object(schemas.collect())
    };
    let field = |(name, value): (&String, &Value)| {
        let value = match (name.as_str(), value) {
            ("type", Value::String(kind)) => Value::String(kind.to_ascii_lowercase()),
            ("properties", Value::Object(properties)) => each(properties),
            ("items", items) => json_schema(items, depth + 1),
            ("anyOf" | "any_of", Value::Array(schemas)) => {
                let schemas = schemas.iter();
                Value::Array(
                    schemas
                        .map(|schema| json_schema(schema, depth + 1))
                        .collect(),
                )
            }
            (_, value) => value.clone(),
        };
        (name.clone(), value)
    };
    Value::Object(fields.iter().map(field).collect())
}

pub(in crate::message) fn either<'a>(
    value: &'a Value,
    camel: &str,
    snake: &str,
) -> Option<&'a Value> {
    let found = value.get(camel).or_else(|| value.get(snake));
    found.filter(|value| !value.is_null())
}

fn content(content: &Value) -> InputMessage<'_> {
    let parts = said(content);
    let role = if content.is_object() {
        role(content)
    } else {
        Role::User
    };
    InputMessage::new(tool_speaks(role, &parts), parts)
}

fn said(content: &Value) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    // `{ "parts": [..] }`, or the parts alone.
    blocks(&mut parts, content.get("parts").unwrap_or(content), part);
    parts
}

pub(in crate::message) fn part<'a>(parts: &mut Vec<Part<'a>>, part: &'a Value) {
    if let Some(said) = part.get("text").and_then(Value::as_str) {
        if part.get("thought").and_then(Value::as_bool) == Some(true) {
            push_reasoning(parts, said);
        } else {
            push_text(parts, said);
        }
        return;
    }
    parts.extend(other(part).or_else(|| generic(part)));
}

fn other(part: &Value) -> Option<Part<'_>> {
    if let Some(call) = either(part, "functionCall", "function_call") {
        return Some(Part::ToolCall {
            id: owned(call, "id"),
            name: Cow::Borrowed(text(call, "name")?),
            arguments: call.get("args").map(Json::Borrowed),
        });
    }
    if let Some(answer) = either(part, "functionResponse", "function_response") {
        return Some(Part::ToolCallResponse {
            // There is an id only where the call had one.
            id: owned(answer, "id").or_else(|| owned(answer, "name")),
            response: answer.get("response").map_or("".into(), Json::Borrowed),
        });
    }
    if let Some(data) = either(part, "inlineData", "inline_data") {
        let mime_type = mime_type(data);
        return Some(Part::Blob {
            modality: modality(mime_type),
            mime_type: mime_type.map(Cow::Borrowed),
            content: owned(data, "data")?,
        });
    }
    if let Some(data) = either(part, "fileData", "file_data") {
        let mime_type = mime_type(data);
        let uri = either(data, "fileUri", "file_uri")?.as_str()?;
        return Some(Part::Uri {
            modality: modality(mime_type),
            mime_type: mime_type.map(Cow::Borrowed),
            uri: Cow::Borrowed(uri),
        });
    }
    if let Some(code) = either(part, "executableCode", "executable_code") {
        return Some(Part::ServerToolCall {
            id: owned(code, "id"),
            name: Cow::Borrowed(CODE),
            server_tool_call: details(CODE, code.as_object()?, &["language", "code"]),
        });
    }
    let result = either(part, "codeExecutionResult", "code_execution_result")?;
    Some(Part::ServerToolCallResponse {
        id: owned(result, "id"),
        server_tool_call_response: details(CODE, result.as_object()?, &["outcome", "output"]),
    })
}

/// The provider's own tool that runs code.
const CODE: &str = "code_execution";

fn mime_type(data: &Value) -> Option<&str> {
    either(data, "mimeType", "mime_type")?.as_str()
}

fn modality(mime_type: Option<&str>) -> Modality<'static> {
    mime_type.map_or(Modality::Document, Modality::of_mime_type)
}
