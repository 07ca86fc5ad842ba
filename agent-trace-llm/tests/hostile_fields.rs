//! Bodies with one value that is something else: none of them panics, each says the same however it
//! is split, and what is wrong in one field costs no other.

mod support;

use agent_trace_llm::wire::{BodyFormat, Read, read};
use proptest::prelude::*;
use serde_json::Value;
use support::{Body, bodies, in_pieces, read_the_rest};

/// Stands for the value that is replaced, since a tree cannot hold every text that is put there.
const MARK: &str = "@@mark@@";

const ODD: [&str; 22] = [
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "1e400",
    "18446744073709551616",
    "9e18",
    "NaN",
    "\"\"",
    "\"text\"",
    "\"-7\"",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "[]",
    "{}",
    "[null]",
    "[{}]",
    "{\"a\":[{\"type\":\"text\"}]}",
    "[[[[[[[[]]]]]]]]",
    "{\"$serde_json::private::Number\":\"1e400\"}",
];

/// Every node of a tree, as the path to it.
fn paths(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                paths(
                    value,
                    &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
                    found,
                );
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                paths(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// A body as text around each of its JSON values: the whole of a document, the data of each event.
fn documents(body: &Body) -> Vec<(String, Value, String)> {
    let text = String::from_utf8_lossy(&body.bytes).into_owned();
    if body.name.ends_with(".json") {
        let value = serde_json::from_str(&text).expect("JSON");
        return vec![(String::new(), value, String::new())];
    }
    let mut documents = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.strip_prefix("data: ").unwrap_or(line).len();
        at += line.len();
        let end = at - (line.len() - line.trim_end().len());
        if let Ok(value) = serde_json::from_str::<Value>(&text[start..end]) {
            documents.push((text[..start].to_owned(), value, text[end..].to_owned()));
        }
    }
    documents
}

/// The body with another text in place of the value at `path`.
fn replaced(document: &(String, Value, String), path: &str, odd: &str) -> Vec<u8> {
    let (before, value, after) = document;
    let mut value = value.clone();
    *value.pointer_mut(path).expect("a node") = Value::from(MARK);
    let text = value.to_string().replace(&format!("\"{MARK}\""), odd);
    format!("{before}{text}{after}").into_bytes()
}

fn check(body: &Body, bytes: &[u8]) {
    if let Some((api, format)) = body.reply {
        let whole = read(api, format, None, bytes);
        assert_eq!(in_pieces(api, format, bytes, 7), whole, "{}", body.name);
        assert!(whole.info.tool_calls.len() <= 1000);
    }
    read_the_rest(bytes);
}

#[test]
fn any_node_may_be_anything() {
    for body in bodies() {
        for document in documents(&body) {
            let mut nodes = Vec::new();
            paths(&document.1, "", &mut nodes);
            for path in nodes {
                for odd in ODD {
                    check(&body, &replaced(&document, &path, odd));
                }
            }
        }
    }
}

/// What is said by fields that one which is wrong does not take part in.
fn said(read: &Read) -> impl PartialEq + std::fmt::Debug + use<> {
    let info = read.info.clone();
    (
        info.id,
        info.model,
        info.finish_reasons,
        info.usage,
        info.tool_calls,
        info.service_tier,
    )
}

/// A field of a type that it cannot have counts as absent.
#[test]
fn a_wrong_type_costs_no_other_field() {
    let mut fields = 0;
    for body in bodies() {
        let Some((api, BodyFormat::Json)) = body.reply else {
            continue;
        };
        let value: Value = serde_json::from_slice(&body.bytes).expect("JSON");
        for key in value.as_object().expect("an object").keys() {
            let mut without = value.clone();
            without.as_object_mut().expect("an object").remove(key);
            let mut wrong = value.clone();
            wrong[key] = Value::Bool(false);
            let read =
                |value: Value| read(api, BodyFormat::Json, None, value.to_string().as_bytes());
            assert_eq!(
                said(&read(wrong)),
                said(&read(without)),
                "{}, {key}",
                body.name
            );
            fields += 1;
        }
    }
    assert!(fields > 100);
}

/// Of duplicate keys the last one wins, wherever they are.
#[test]
fn the_last_of_duplicate_keys_wins() {
    for body in bodies() {
        let Some((api, BodyFormat::Json)) = body.reply else {
            continue;
        };
        let original = read(api, BodyFormat::Json, None, &body.bytes);
        let text = String::from_utf8_lossy(&body.bytes);
        let value: Value = serde_json::from_str(&text).expect("JSON");
        for key in value.as_object().expect("an object").keys() {
            for odd in ODD
                .iter()
                .filter(|odd| serde_json::from_str::<Value>(odd).is_ok())
            {
                let twice = text.replacen('{', &format!("{{\"{key}\":{odd},"), 1);
                let read = read(api, BodyFormat::Json, None, twice.as_bytes());
                assert_eq!(read, original, "{}: {key} {odd}", body.name);
            }
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(vec![
            "",
            "text",
            "stop",
            "tool_use",
            "function",
            "a\"\\\n\u{1f600}",
            "data:,",
            "\u{0}"
        ])
        .prop_map(Value::from),
    ];
    let keys = prop::sample::select(vec![
        "type",
        "text",
        "content",
        "id",
        "name",
        "function",
        "arguments",
        "input",
        "parts",
        "role",
        "tokens",
        "index",
    ]);
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((keys.clone(), inner), 0..4).prop_map(|fields| {
                Value::Object(
                    fields
                        .into_iter()
                        .map(|(key, value)| (key.to_owned(), value))
                        .collect(),
                )
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_random_node_by_a_random_value(
        body in any::<prop::sample::Index>(),
        document in any::<prop::sample::Index>(),
        node in any::<prop::sample::Index>(),
        value in any_json(),
    ) {
        let bodies = bodies();
        let body = &bodies[body.index(bodies.len())];
        let documents = documents(body);
        if !documents.is_empty() {
            let document = &documents[document.index(documents.len())];
            let mut nodes = Vec::new();
            paths(&document.1, "", &mut nodes);
            check(body, &replaced(document, &nodes[node.index(nodes.len())], &value.to_string()));
        }
    }

    #[test]
    fn a_byte_that_is_wrong(body in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte: u8) {
        let bodies = bodies();
        let body = &bodies[body.index(bodies.len())];
        let mut bytes = body.bytes.clone();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        check(body, &bytes);
        check(body, &bytes[..at]);
    }
}
