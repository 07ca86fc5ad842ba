//! Just enough of JSON schema for the conventions' schemas.

// A check that does not take place has to say so.
#![allow(clippy::print_stderr)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

/// The schemas lie beside the corpus of recorded bodies, outside the repository.
fn folder() -> PathBuf {
    let corpus = std::env::var_os("AGENT_TRACE_CORPUS").map(PathBuf::from);
    let corpus = corpus.unwrap_or_else(|| {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        root.join("../../shared/corpus")
    });
    corpus.join("../semconv/schemas")
}

/// The schema of an attribute, if the folder is there. Each is read once.
pub(crate) fn load(name: &str) -> Option<&'static Value> {
    static LOADED: Mutex<BTreeMap<String, Option<&'static Value>>> = Mutex::new(BTreeMap::new());
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    let read = || read(name).map(|schema| &*Box::leak(Box::new(schema)));
    *loaded.entry(name.to_owned()).or_insert_with(read)
}

fn read(name: &str) -> Option<Value> {
    let path = folder().join(format!("gen-ai-{name}.json"));
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("NOT CHECKED against the schema {}: {error}", path.display());
            return None;
        }
    };
    Some(serde_json::from_str(&text).expect("a schema"))
}

/// What is wrong with `value`, nothing if it fits. A part that has the type of one of the schema's
/// own has to fit that one: the generic part takes anything.
pub(crate) fn check(root: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    if let Some(path) = schema["$ref"].as_str() {
        let Some(name) = path.strip_prefix("#/$defs/") else {
            // The meta-schema of JSON schema.
            return meta(value);
        };
        return check(root, &root["$defs"][name], value);
    }
    if let Some(options) = schema["anyOf"].as_array() {
        return any_of(root, options, value);
    }
    if let Some(expected) = schema.get("const") {
        return fits(expected == value, schema, value);
    }
    if let Some(values) = schema["enum"].as_array() {
        return fits(values.contains(value), schema, value);
    }
    let typed = match schema["type"].as_str() {
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("null") => value.is_null(),
        Some(other) => return Err(format!("the test does not know the type {other}")),
        None => true,
    };
    fits(typed, schema, value)?;
    for name in schema["required"].as_array().into_iter().flatten() {
        let name = name.as_str().expect("a name");
        fits(
            value.get(name).is_some(),
            &Value::from(format!("required: {name}")),
            value,
        )?;
    }
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(name) {
            check(root, schema, value)?;
        }
    }
    if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        for value in values {
            check(root, items, value)?;
        }
    }
    Ok(())
}

fn any_of(root: &Value, options: &[Value], value: &Value) -> Result<(), String> {
    let resolve = |option: &'_ Value| -> Value {
        let path = option["$ref"].as_str().unwrap_or_default();
        root["$defs"][path.trim_start_matches("#/$defs/")].clone()
    };
    let kind = &value["type"];
    let own = |option: &&Value| {
        let named = &resolve(option)["properties"]["type"]["const"];
        kind.is_string() && named == kind
    };
    if let Some(option) = options.iter().find(own) {
        return check(root, option, value);
    }
    let errors = options.iter().map(|option| check(root, option, value));
    let errors: Result<Vec<String>, ()> = errors.map(|r| r.err().ok_or(())).collect();
    match errors {
        Ok(errors) => Err(errors.join("; ")),
        Err(()) => Ok(()),
    }
}

/// The types of a JSON schema are spelled as the draft has them, at every depth that tests use.
fn meta(value: &Value) -> Result<(), String> {
    const TYPES: [&str; 7] = [
        "array", "boolean", "integer", "null", "number", "object", "string",
    ];
    if let Some(kind) = value["type"].as_str() {
        fits(
            TYPES.contains(&kind),
            &Value::from("a type of JSON schema"),
            value,
        )?;
    }
    for property in value["properties"].as_object().into_iter().flatten() {
        meta(property.1)?;
    }
    value.get("items").map_or(Ok(()), meta)
}

fn fits(ok: bool, schema: &Value, value: &Value) -> Result<(), String> {
    if ok {
        Ok(())
    } else {
        Err(format!("{value} does not fit {schema}"))
    }
}

#[test]
fn the_checker_finds_mistakes() {
    let Some(schema) = load("output-messages") else {
        return;
    };
    for wrong in [
        serde_json::json!({}),
        serde_json::json!([{ "role": "user" }]),
        serde_json::json!([{ "role": "user", "parts": [{ "type": "text" }] }]),
        serde_json::json!([{ "role": "user", "parts": [{ "content": "x" }] }]),
        serde_json::json!([{ "role": "user", "parts": [{ "type": "blob", "content": "x" }] }]),
        serde_json::json!([{ "role": "user", "parts": [], "finish_reason": 1 }]),
        serde_json::json!([{ "role": "a", "parts": [
            { "type": "server_tool_call", "name": "x", "server_tool_call": {} }] }]),
    ] {
        assert!(check(schema, schema, &wrong).is_err(), "{wrong}");
    }
}
