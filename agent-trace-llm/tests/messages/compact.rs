//! The conventions' schemas in a form of our own, so that every test can check against them.

use serde_json::Value;

/// What a field holds.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Is {
    Text,
    Number,
    Object,
    Any,
    /// An object with a `type`.
    Typed,
    /// A JSON schema: an object, or true or false.
    Schema,
    Parts,
}
use Is::{Any, Number, Object, Parts, Schema, Text, Typed};

/// A field, and whether it has to be there. One that need not be may be null.
pub(crate) type Field = (&'static str, Is, bool);

/// The parts that have a type of their own. Any other type is fine with any fields.
pub(crate) const PARTS: &[(&str, &[Field])] = &[
    ("text", &[("content", Text, true)]),
    ("reasoning", &[("content", Text, true)]),
    (
        "tool_call",
        &[
            ("id", Text, false),
            ("name", Text, true),
            ("arguments", Any, false),
        ],
    ),
    (
        "tool_call_response",
        &[("id", Text, false), ("response", Any, true)],
    ),
    (
        "server_tool_call",
        &[
            ("id", Text, false),
            ("name", Text, true),
            ("server_tool_call", Typed, true),
        ],
    ),
    (
        "server_tool_call_response",
        &[
            ("id", Text, false),
            ("server_tool_call_response", Typed, true),
        ],
    ),
    (
        "blob",
        &[
            ("mime_type", Text, false),
            ("modality", Text, true),
            ("content", Text, true),
        ],
    ),
    (
        "file",
        &[
            ("mime_type", Text, false),
            ("modality", Text, true),
            ("file_id", Text, true),
        ],
    ),
    (
        "uri",
        &[
            ("mime_type", Text, false),
            ("modality", Text, true),
            ("uri", Text, true),
        ],
    ),
    (
        "compaction",
        &[("id", Text, false), ("content", Text, false)],
    ),
];

const INPUT: &[Field] = &[
    ("role", Text, true),
    ("parts", Parts, true),
    ("name", Text, false),
];
const OUTPUT: &[Field] = &[
    ("role", Text, true),
    ("parts", Parts, true),
    ("name", Text, false),
    ("finish_reason", Text, false),
];
const TOOL: &[Field] = &[
    ("type", Text, true),
    ("name", Text, true),
    ("description", Text, false),
    ("parameters", Schema, false),
];
const DOCUMENT: &[Field] = &[("id", Text, false), ("score", Number, false)];
const RECORD: &[Field] = &[
    ("content", Any, true),
    ("id", Text, false),
    ("metadata", Object, false),
    ("score", Number, false),
];

/// The attributes whose values are lists of objects of one kind, by the name of their schema.
pub(crate) const LISTS: &[(&str, &[Field])] = &[
    ("input-messages", INPUT),
    ("output-messages", OUTPUT),
    ("tool-definitions", TOOL),
    ("retrieval-documents", DOCUMENT),
    ("memory-records", RECORD),
];

/// What is wrong with the value of an attribute, nothing if it fits.
pub(crate) fn check(attribute: &str, value: &Value) -> Result<(), String> {
    if let Some((_, fields)) = LISTS.iter().find(|(name, _)| *name == attribute) {
        let items = value.as_array().ok_or(format!("{value} is no list"))?;
        return items.iter().try_for_each(|item| object(fields, item));
    }
    match attribute {
        "system-instructions" => is(Parts, value),
        "tool-call-arguments" | "tool-call-result" => is(Object, value),
        other => Err(format!("no schema {other}")),
    }
}

fn object(fields: &[Field], value: &Value) -> Result<(), String> {
    is(Object, value)?;
    for (name, kind, required) in fields {
        match value.get(name) {
            Some(Value::Null) if !required => {}
            Some(field) => is(*kind, field).map_err(|error| format!("{name}: {error}"))?,
            None if *required => return Err(format!("{name} is not in {value}")),
            None => {}
        }
    }
    Ok(())
}

fn is(kind: Is, value: &Value) -> Result<(), String> {
    let fits = match kind {
        Any => true,
        Text => value.is_string(),
        Number => value.is_number(),
        Object => value.is_object(),
        Schema => value.is_object() || value.is_boolean(),
        Typed => value["type"].is_string(),
        Parts => {
            let parts = value.as_array().ok_or(format!("{value} is no list"))?;
            return parts.iter().try_for_each(part);
        }
    };
    fits.then_some(()).ok_or(format!("{value} does not fit"))
}

fn part(part: &Value) -> Result<(), String> {
    is(Typed, part)?;
    let own = PARTS.iter().find(|(name, _)| part["type"] == *name);
    own.map_or(Ok(()), |(_, fields)| object(fields, part))
}
