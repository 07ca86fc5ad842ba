//! A prompt and its completion: OpenAI's legacy completions, and Ollama generate.

use std::borrow::Cow;

use serde_json::Value;

use super::read::{items, list, push_reasoning, push_text, text};
use crate::message::{FinishReason, InputMessage, Modality, OutputMessage, Part, Role};

fn user(prompt: &str) -> InputMessage<'_> {
    InputMessage::new(Role::User, vec![Part::text(prompt)])
}

/// One message for each prompt; a prompt that is tokens has no text.
pub(in crate::message) fn openai_input(request: &Value) -> Vec<InputMessage<'_>> {
    match request.get("prompt") {
        Some(Value::String(prompt)) => vec![user(prompt)],
        Some(prompts) => {
            let prompts = items(prompts).iter().filter_map(Value::as_str);
            prompts.map(user).collect()
        }
        None => Vec::new(),
    }
}

pub(in crate::message) fn openai_output(response: &Value) -> Vec<OutputMessage<'_>> {
    let mut choices: Vec<&Value> = list(response, "choices").iter().collect();
    choices.sort_by_key(|choice| choice.get("index").and_then(Value::as_u64));
    let message = |choice| {
        let mut parts = Vec::new();
        push_text(&mut parts, text(choice, "text").unwrap_or_default());
        OutputMessage::new(parts, text(choice, "finish_reason").map(FinishReason::from))
    };
    choices.into_iter().map(message).collect()
}

pub(in crate::message) fn ollama_input(request: &Value) -> Vec<InputMessage<'_>> {
    let mut parts = Vec::new();
    push_text(&mut parts, text(request, "prompt").unwrap_or_default());
    images(&mut parts, request);
    if parts.is_empty() {
        return Vec::new();
    }
    vec![InputMessage::new(Role::User, parts)]
}

pub(in crate::message) fn ollama_output(response: &Value) -> Vec<OutputMessage<'_>> {
    if response.get("response").is_none() {
        return Vec::new();
    }
    let mut parts = Vec::new();
    push_reasoning(&mut parts, text(response, "thinking").unwrap_or_default());
    push_text(&mut parts, text(response, "response").unwrap_or_default());
    let reason = text(response, "done_reason").map(FinishReason::from);
    vec![OutputMessage::new(parts, reason)]
}

pub(in crate::message) fn ollama_system(request: &Value) -> Vec<Part<'_>> {
    text(request, "system")
        .map(Part::text)
        .into_iter()
        .collect()
}

/// Ollama's pictures, in base64.
pub(in crate::message) fn images<'a>(parts: &mut Vec<Part<'a>>, message: &'a Value) {
    for image in list(message, "images").iter().filter_map(Value::as_str) {
        parts.push(Part::Blob {
            mime_type: None,
            modality: Modality::Image,
            content: Cow::Borrowed(image),
        });
    }
}
