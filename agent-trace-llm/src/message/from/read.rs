//! Reading a body whose every field may be missing or of another type.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::message::{GenericPart, Json, Part, Role, ToolDefinition, ToolDetail};

/// The text in field `key`, unless it is empty.
pub(in crate::message) fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str().filter(|text| !text.is_empty())
}

/// The same as a field of a part.
pub(in crate::message) fn owned<'a>(value: &'a Value, key: &str) -> Option<Cow<'a, str>> {
    text(value, key).map(Cow::Borrowed)
}

/// The list in field `key`, empty if there is none.
pub(in crate::message) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).map_or(&[], items)
}

/// The items of a list, none if it is no list.
pub(in crate::message) fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The role of a message. One without is the user's, as providers have it.
pub(in crate::message) fn role(message: &Value) -> Role<'_> {
    text(message, "role").map_or(Role::User, Role::from)
}

/// The content of a message: text, a list of blocks, or one block.
pub(in crate::message) fn content<'a>(
    parts: &mut Vec<Part<'a>>,
    content: &'a Value,
    mut block: impl FnMut(&mut Vec<Part<'a>>, &'a Value),
) {
    match content {
        Value::String(text) => push_text(parts, text),
        Value::Array(blocks) => {
            for item in blocks {
                match item {
                    Value::String(text) => push_text(parts, text),
                    item => block(parts, item),
                }
            }
        }
        Value::Object(_) => block(parts, content),
        _ => {}
    }
}

pub(in crate::message) fn push_text<'a>(parts: &mut Vec<Part<'a>>, text: &'a str) {
    if !text.is_empty() {
        parts.push(Part::text(text));
    }
}

pub(in crate::message) fn push_reasoning<'a>(parts: &mut Vec<Part<'a>>, text: &'a str) {
    if !text.is_empty() {
        parts.push(Part::reasoning(text));
    }
}

/// A block of a kind that nobody here knows: as it is.
pub(in crate::message) fn generic(block: &Value) -> Option<Part<'_>> {
    let object = block.as_object()?;
    let kind = text(block, "type").unwrap_or_default();
    let mut part = GenericPart::of_block(kind);
    let fields = object.iter().filter(|(name, _)| *name != "type");
    for (name, value) in fields {
        part = part.with(name.as_str(), value);
    }
    Some(Part::Generic(part))
}

/// The answer of a tool: text, or a list of text blocks that are its pieces, parsed if it is JSON;
/// anything else is passed on as it is.
pub(in crate::message) fn response<'a>(content: Option<&'a Value>) -> Json<'a> {
    let Some(content) = content else {
        return Json::Text(Cow::Borrowed(""));
    };
    let piece = |block: &'a Value| text(block, "text").or_else(|| block.as_str());
    match content {
        Value::Array(blocks) if !blocks.is_empty() => {
            let Some(texts) = blocks.iter().map(piece).collect::<Option<Vec<_>>>() else {
                return Json::Borrowed(content);
            };
            match texts.as_slice() {
                [text] => Json::from_text(text),
                texts => Json::from(texts.concat()),
            }
        }
        content => Json::from_value(content),
    }
}

/// Where every part is a tool's answer, the tool speaks, whatever the role field says.
pub(in crate::message) fn tool_speaks<'a>(role: Role<'a>, parts: &[Part<'a>]) -> Role<'a> {
    let answers = |part: &Part<'_>| matches!(part, Part::ToolCallResponse { .. });
    if role == Role::User && !parts.is_empty() && parts.iter().all(answers) {
        return Role::Tool;
    }
    role
}

/// A function as a tool definition.
pub(in crate::message) fn function<'a>(
    function: &'a Value,
    parameters: Option<&'a Value>,
    detail: ToolDetail,
) -> Option<ToolDefinition<'a>> {
    let mut tool = ToolDefinition::function(text(function, "name")?);
    if detail == ToolDetail::Full {
        tool.description = owned(function, "description");
        // A schema is an object, or true or false.
        let schema = parameters.filter(|p| p.is_object() || p.is_boolean());
        tool.parameters = schema.map(Json::Borrowed);
    }
    Some(tool)
}

/// A tool of the provider's own, with its configuration where all is wanted.
pub(in crate::message) fn provider_tool<'a>(
    kind: &'a str,
    name: &'a str,
    description: Option<&'a str>,
    detail: ToolDetail,
) -> ToolDefinition<'a> {
    let mut tool = ToolDefinition::of_kind(kind, name);
    if detail == ToolDetail::Full {
        tool.description = description.map(Cow::Borrowed);
    }
    tool
}

/// The details of a provider's own tool call.
pub(in crate::message) fn details<'a>(
    kind: &'a str,
    object: &'a Map<String, Value>,
    fields: &[&str],
) -> GenericPart<'a> {
    let mut part = GenericPart::new(kind);
    for (name, value) in object {
        if fields.contains(&name.as_str()) && !value.is_null() {
            part = part.with(name.as_str(), Json::from_value(value));
        }
    }
    part
}
