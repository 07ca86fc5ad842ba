//! Chunks of Gemini's and Vertex's `streamGenerateContent`. Nothing has an index: what follows
//! something of its kind continues it, and a call is one of its own.

use serde_json::Value;

use super::argument;
use super::read::{index, said};
use crate::message::from::gemini::{either, part};
use crate::message::from::read::{items, list};
use crate::message::{OutputAccumulator, Part};

pub(in crate::message) fn event(output: &mut OutputAccumulator, event: &Value) {
    for (place, candidate) in list(event, "candidates").iter().enumerate() {
        let number = index(candidate, place);
        output.choice_begins(number);
        let blocks = candidate.get("content").and_then(|said| said.get("parts"));
        for block in blocks.map_or(&[][..], items) {
            piece(output, number, block);
        }
        let reason = either(candidate, "finishReason", "finish_reason");
        let reason = reason.and_then(Value::as_str);
        output.finish_reason(number, reason.unwrap_or_default());
    }
}

fn piece(output: &mut OutputAccumulator, choice: u32, block: &Value) {
    let call = either(block, "functionCall", "function_call");
    // A call without a name goes on with the one before it.
    if call.is_none_or(|call| said(call, "name").is_some_and(|name| !name.is_empty())) {
        let mut parts = Vec::new();
        match block {
            Value::String(piece) => output.text(choice, piece),
            block => part(&mut parts, block),
        }
        for part in parts {
            match part {
                Part::Text { content } => output.text(choice, &content),
                Part::Reasoning { content } => output.reasoning(choice, &content),
                part => output.part(choice, part),
            }
        }
    }
    let partial = call.and_then(|call| either(call, "partialArgs", "partial_args"));
    for partial in partial.map_or(&[][..], items) {
        let path = either(partial, "jsonPath", "json_path").and_then(Value::as_str);
        let value = [
            ("stringValue", "string_value"),
            ("numberValue", "number_value"),
            ("boolValue", "bool_value"),
        ];
        let value = value
            .into_iter()
            .find_map(|(camel, snake)| either(partial, camel, snake));
        let is_null = partial.get("nullValue").is_some() || partial.get("null_value").is_some();
        let value = value.or(is_null.then_some(&Value::Null));
        if let (Some(path), Some(value)) = (path, value) {
            let bytes = path.len() + value.as_str().map_or(8, str::len);
            output.argument(choice, bytes, |root| argument::set(root, path, value));
        }
    }
}
