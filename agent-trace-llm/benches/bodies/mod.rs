//! The bodies that are measured: those of the tests, grown to the sizes that are met.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "shared by two benchmarks"
)]

#[path = "../../tests/support/frame.rs"]
mod frame;

use serde_json::{Value, json};
use std::fmt::Write;

/// What every reply of the tests says.
const SENTENCE: &str = "Paris is mild in May.";

/// How long a stream is.
const STREAM: usize = 1024 * 1024;

macro_rules! body {
    ($name:literal) => {
        include_str!(concat!("../tests/bodies/", $name))
    };
}
pub(crate) use body;

/// Prose of so many bytes, as a model writes it: paragraphs, quotes, a letter outside ASCII here and
/// there.
pub fn prose(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 100);
    let mut n = 0;
    while text.len() < bytes {
        n += 1;
        let _ = write!(
            text,
            "The {n}th café on the left serves a “menu du jour” at noon, which is "
        );
        text.push_str("what \"locals\" take; ask for the terrace and the wine list.");
        text.push_str(if n % 3 == 0 { "\n\n" } else { " " });
    }
    let end = (0..=bytes).rev().find(|at| text.is_char_boundary(*at));
    text.truncate(end.unwrap_or_default());
    text
}

/// A body of the tests with so much text in place of its sentence.
pub fn reply(body: &str, bytes: usize) -> Vec<u8> {
    let body: Value = serde_json::from_str(body).expect("a body");
    let body = body.to_string();
    assert!(body.contains(SENTENCE), "{body}");
    let quoted = Value::from(prose(bytes)).to_string();
    body.replacen(SENTENCE, &quoted[1..quoted.len() - 1], 1)
        .into_bytes()
}

/// A reply of 40 kB: 8 kB of text and eight calls with 4 kB of arguments each, which replace the
/// list at `calls` (a JSON pointer) if there is one, and are added to it otherwise.
pub fn with_calls(body: &str, calls: &str, call: impl Fn(usize, Value) -> Value) -> Vec<u8> {
    let mut body: Value = serde_json::from_slice(&reply(body, 8 * 1024)).expect("a body");
    let list = body.pointer_mut(calls).and_then(Value::as_array_mut);
    let list = list.expect("a list of calls");
    for n in 0..8 {
        list.push(call(
            n,
            json!({ "path": format!("src/{n}.rs"), "content": prose(4 * 1024) }),
        ));
    }
    body.to_string().into_bytes()
}

/// Embeddings of four texts, 1,536 numbers each, in place of the list at `list`.
pub fn embeddings(body: &str, list: &str, item: impl Fn(Vec<f64>) -> Value) -> Vec<u8> {
    let mut body: Value = serde_json::from_str(body).expect("a body");
    let vector = |n: i32| {
        let at = |i: i32| f64::from((n * 1536 + i) * 7919 % 20_011 - 10_005) / 131_071.0;
        (0..1536).map(at).collect()
    };
    let vectors = (0..4).map(|n| item(vector(n))).collect();
    *body.pointer_mut(list).expect("a list") = Value::Array(vectors);
    body.to_string().into_bytes()
}

/// A stream of a megabyte: the events of a body, of which those that carry text come again and again
/// with another word each. `separator` ends an event.
fn grow(body: &str, separator: &str) -> Vec<u8> {
    let events: Vec<&str> = body.split_inclusive(separator).collect();
    let text = events.iter().position(|event| event.contains(" mild"));
    let text = text.expect("an event with text");
    let words = prose(64 * 1024);
    let mut words = words.split_inclusive(' ').cycle();
    let mut stream = events[..text].concat();
    let rest = events[text + 1..].concat();
    while stream.len() + rest.len() < STREAM {
        let word = Value::from(words.next().unwrap_or_default()).to_string();
        stream.push_str(&events[text].replace("\" mild\"", &word));
    }
    (stream + &rest).into_bytes()
}

pub fn sse(body: &str) -> Vec<u8> {
    grow(body, "\n\n")
}

pub fn lines(body: &str) -> Vec<u8> {
    grow(body, "\n")
}

pub fn frames(body: &str) -> Vec<u8> {
    let text = String::from_utf8(lines(body)).expect("text");
    frame::messages(&text)
}
