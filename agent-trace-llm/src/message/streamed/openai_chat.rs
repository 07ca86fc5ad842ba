//! Chunks of chat completions, legacy completions, and everything compatible.

use serde_json::Value;

use super::read::{index, pieces, said};
use crate::message::OutputAccumulator;
use crate::message::building::Kind;
use crate::message::from::openai_chat::block;
use crate::message::from::read::{content, list, text};

// A whole message has its parts in this order, whichever of them arrives first.
const REASONING: u32 = 0;
const CONTENT: u32 = 1;
const REFUSAL: u32 = 2;
const AUDIO: u32 = 3;
const TRANSCRIPT: u32 = 4;
const IMAGES: u32 = 5;
const CALLS: u32 = 6;
const FUNCTION: u32 = 7;

pub(in crate::message) fn event(output: &mut OutputAccumulator, event: &Value) {
    for (place, choice) in list(event, "choices").iter().enumerate() {
        let number = index(choice, place);
        output.choice_begins(number);
        if let Some(piece) = said(choice, "text") {
            output.piece(number, CONTENT, Kind::Text, piece);
        }
        if let Some(change) = choice.get("delta") {
            delta(output, number, change);
        }
        if let Some(reason) = text(choice, "finish_reason") {
            output.finish_reason(number, reason);
        }
    }
}

fn delta(output: &mut OutputAccumulator, choice: u32, delta: &Value) {
    let thought = text(delta, "reasoning_content").or_else(|| text(delta, "reasoning"));
    if let Some(thought) = thought {
        output.piece(choice, REASONING, Kind::Reasoning, thought);
    }
    match delta.get("content") {
        Some(Value::String(piece)) => output.piece(choice, CONTENT, Kind::Text, piece),
        Some(blocks) => {
            let mut parts = Vec::new();
            content(&mut parts, blocks, block);
            pieces(output, choice, CONTENT, parts);
        }
        None => {}
    }
    if let Some(piece) = text(delta, "refusal") {
        output.piece(choice, REFUSAL, Kind::Refusal, piece);
    }
    if let Some(audio) = delta.get("audio") {
        if let Some(piece) = text(audio, "data") {
            output.piece(choice, AUDIO, Kind::Audio, piece);
        }
        if let Some(piece) = text(audio, "transcript") {
            output.piece(choice, TRANSCRIPT, Kind::Text, piece);
        }
    }
    for image in list(delta, "images") {
        let mut parts = Vec::new();
        block(&mut parts, image);
        for part in parts {
            output.part_at(choice, (IMAGES, 0), part);
        }
    }
    for (place, call) in list(delta, "tool_calls").iter().enumerate() {
        let index = index(call, place);
        call_piece(output, choice, (CALLS, index), index, call);
    }
    if let Some(called) = delta.get("function_call").filter(|call| call.is_object()) {
        let (name, arguments) = (text(called, "name"), said(called, "arguments"));
        output.call_piece(choice, (FUNCTION, 0), u32::MAX, None, name, arguments);
    }
}

/// A piece of a call, also of Cohere's.
pub(super) fn call_piece(
    output: &mut OutputAccumulator,
    choice: u32,
    place: (u32, u32),
    index: u32,
    call: &Value,
) {
    let id = text(call, "id");
    let (called, key) = match call.get("custom") {
        Some(called) => (called, "input"),
        None => (call.get("function").unwrap_or(&Value::Null), "arguments"),
    };
    let name = text(called, "name");
    match called.get(key) {
        // Some servers send the value in place of its text.
        Some(value @ (Value::Object(_) | Value::Array(_))) => {
            let value = value.to_string();
            output.call_piece(choice, place, index, id, name, Some(&value));
        }
        arguments => {
            let arguments = arguments.and_then(Value::as_str);
            output.call_piece(choice, place, index, id, name, arguments);
        }
    }
}
