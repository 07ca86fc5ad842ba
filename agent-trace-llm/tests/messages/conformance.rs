//! That our form of the schemas is theirs, and that every list there is fits.

use agent_trace_llm::message::{Json, MemoryRecord, RetrievalDocument};
use serde_json::{Value, json};

use crate::compact::{self, Field, Is};
use crate::{fits, schema};

/// Fields of a definition: the names of those that have to be there, sorted, and of all.
fn theirs(definition: &Value) -> (Vec<String>, Vec<String>) {
    let required = definition["required"].as_array().into_iter().flatten();
    let mut required: Vec<String> = required
        .map(|name| name.as_str().expect("a name").to_owned())
        .collect();
    required.sort();
    let fields = definition["properties"].as_object().expect("an object");
    (required, fields.keys().cloned().collect())
}

fn ours(fields: &[Field], kind: bool) -> (Vec<String>, Vec<String>) {
    let kind = kind.then_some(("type", Is::Text, true));
    let fields: Vec<_> = fields.iter().copied().chain(kind).collect();
    let mut all: Vec<String> = fields.iter().map(|field| field.0.to_owned()).collect();
    let required = fields.iter().filter(|field| field.2);
    let mut required: Vec<String> = required.map(|field| field.0.to_owned()).collect();
    all.sort();
    required.sort();
    (required, all)
}

#[test]
fn the_compact_form_is_the_schemas() {
    for (name, fields) in compact::LISTS {
        let Some(schema) = schema::load(name) else {
            return;
        };
        let definitions = schema["$defs"].as_object().expect("definitions");
        let item = match schema["items"]["$ref"].as_str() {
            Some(path) => path.trim_start_matches("#/$defs/"),
            None => "FunctionToolDefinition",
        };
        assert_eq!(theirs(&definitions[item]), ours(fields, false), "{name}");
        let mut parts = 0;
        for (part, definition) in definitions {
            let Some(kind) = definition["properties"]["type"]["const"].as_str() else {
                continue;
            };
            if kind == "function" {
                continue;
            }
            let known = compact::PARTS.iter().find(|(name, _)| *name == kind);
            let (_, fields) = known.unwrap_or_else(|| panic!("{part} is not known"));
            assert_eq!(theirs(definition), ours(fields, true), "{name}: {part}");
            parts += 1;
        }
        let expected = if name.ends_with("messages") {
            compact::PARTS.len()
        } else {
            0
        };
        assert_eq!(parts, expected, "{name}");
    }
}

#[test]
fn the_compact_form_finds_mistakes() {
    for (attribute, wrong) in [
        ("output-messages", json!({})),
        ("output-messages", json!([{ "role": "user" }])),
        (
            "output-messages",
            json!([{ "role": "user", "parts": [{ "type": "text" }] }]),
        ),
        (
            "input-messages",
            json!([{ "role": "user", "parts": [{ "content": "x" }] }]),
        ),
        (
            "input-messages",
            json!([{ "role": "a", "parts": [
                { "type": "server_tool_call", "name": "x", "server_tool_call": {} }] }]),
        ),
        (
            "output-messages",
            json!([{ "role": "user", "parts": [], "finish_reason": 1 }]),
        ),
        ("system-instructions", json!([{ "type": "reasoning" }])),
        ("tool-definitions", json!([{ "type": "function" }])),
        (
            "tool-definitions",
            json!([{ "type": "function", "name": "f", "parameters": 3 }]),
        ),
        ("retrieval-documents", json!([{ "score": "high" }])),
        ("memory-records", json!([{ "id": "m" }])),
        (
            "memory-records",
            json!([{ "content": "x", "metadata": "y" }]),
        ),
        ("tool-call-result", json!("57 F")),
    ] {
        assert!(compact::check(attribute, &wrong).is_err(), "{wrong}");
    }
}

#[test]
fn memories() {
    let search = |response: Value, expected: Value| {
        let records = MemoryRecord::of_search(&response);
        assert_eq!(fits("memory-records", records), expected, "{response}");
    };
    search(
        json!({ "results": [
            { "id": "m1", "memory": "Prefers trains.", "score": 0.5, "metadata": { "from": "chat" } },
            { "id": "m2" },
        ] }),
        json!([{ "id": "m1", "content": "Prefers trains.", "score": 0.5, "metadata": { "from": "chat" } }]),
    );
    search(
        json!([{ "uuid": "e1", "fact": "Lives in Graz.", "metadata": "none" }]),
        json!([{ "id": "e1", "content": "Lives in Graz." }]),
    );
    search(
        json!({ "memoryRecordSummaries": [
            { "memoryRecordId": "r1", "content": { "text": "Vegan." }, "score": 1 },
        ] }),
        json!([{ "id": "r1", "content": "Vegan.", "score": 1.0 }]),
    );
    search(
        json!({ "items": [{ "key": "k", "value": { "diet": "vegan", "text": "x" } }] }),
        json!([{ "id": "k", "content": { "diet": "vegan", "text": "x" } }]),
    );
    search(json!({ "results": "none" }), json!([]));
    let made = MemoryRecord::new("x")
        .with_id("m")
        .with_score(f64::NAN)
        .with_metadata("no object");
    assert_eq!(
        fits("memory-records", [made]),
        json!([{ "id": "m", "content": "x" }])
    );
}

#[test]
fn documents_and_tools() {
    let made = RetrievalDocument::new()
        .with_id("d")
        .with_score(f64::INFINITY);
    assert_eq!(
        fits("retrieval-documents", [made.with_content("x")]),
        json!([{ "id": "d", "content": "x" }])
    );
    for (text, object) in [
        ("{\"a\":1}", json!({ "a": 1 })),
        ("[1]", json!({ "value": [1] })),
        ("57 F", json!({ "value": "57 F" })),
        ("", json!({ "value": "" })),
    ] {
        for attribute in ["tool-call-arguments", "tool-call-result"] {
            assert_eq!(fits(attribute, Json::from_text(text).into_object()), object);
        }
    }
    let number = json!(7);
    assert_eq!(
        fits("tool-call-result", Json::from(&number).into_object()),
        json!({ "value": 7 })
    );
}
