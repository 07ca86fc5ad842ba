//! Bedrock InvokeModel: whichever family of models it is, its own shape. The fields of one do not
//! collide with those of another, so the family need not be said.

use serde_json::Value;

use super::read::{items, list, push_text, text};
use super::{anthropic, bedrock, cohere_v1, completions, openai_chat};
use crate::message::{
    FinishReason, InputMessage, OutputMessage, Part, Role, ToolDefinition, ToolDetail,
};

/// Those that have taken over a shape that there is already.
enum Like {
    Anthropic,
    Converse,
    OpenAi,
    Cohere,
    /// A prompt and its completion.
    Completion,
}

fn like(request: &Value) -> Like {
    let has = |key| request.get(key).is_some();
    let first = list(request, "messages").first();
    let blocks = first.and_then(|message| message.get("content"));
    let block = blocks.and_then(|blocks| items(blocks).first());
    if has("anthropic_version") {
        Like::Anthropic
    } else if has("schemaVersion")
        || has("inferenceConfig")
        || has("toolConfig")
        // Blocks of Nova have a key in place of a type.
        || block.is_some_and(|block| block.is_object() && block.get("type").is_none())
    {
        Like::Converse
    } else if has("messages") {
        Like::OpenAi
    } else if has("message") || has("chat_history") {
        Like::Cohere
    } else {
        Like::Completion
    }
}

pub(in crate::message) fn input(request: &Value) -> Vec<InputMessage<'_>> {
    match like(request) {
        Like::Anthropic => anthropic::input(request),
        Like::Converse => bedrock::input(request),
        Like::OpenAi => openai_chat::input(request),
        Like::Cohere => cohere_v1::input(request),
        Like::Completion => {
            // Titan has the first of them, all others the second.
            let prompt = text(request, "inputText").or_else(|| text(request, "prompt"));
            let message = |prompt| InputMessage::new(Role::User, vec![Part::text(prompt)]);
            prompt.map(message).into_iter().collect()
        }
    }
}

pub(in crate::message) fn system_instructions(request: &Value) -> Vec<Part<'_>> {
    match like(request) {
        Like::Anthropic => anthropic::system_instructions(request),
        Like::Converse => bedrock::system_instructions(request),
        Like::Cohere => cohere_v1::system_instructions(request),
        Like::OpenAi | Like::Completion => Vec::new(),
    }
}

pub(in crate::message) fn tool_definitions(
    request: &Value,
    detail: ToolDetail,
) -> Vec<ToolDefinition<'_>> {
    match like(request) {
        Like::Anthropic => anthropic::tool_definitions(request, detail),
        Like::Converse => bedrock::tool_definitions(request, detail),
        Like::OpenAi => openai_chat::tool_definitions(request, detail),
        Like::Cohere => cohere_v1::tool_definitions(request, detail),
        Like::Completion => Vec::new(),
    }
}

pub(in crate::message) fn output(response: &Value) -> Vec<OutputMessage<'_>> {
    let choices = list(response, "choices");
    if choices.iter().any(|choice| choice.get("message").is_some()) {
        return openai_chat::output(response);
    }
    if !choices.is_empty() {
        return completions::openai_output(response);
    }
    if response.get("output").is_some() {
        return bedrock::output(response);
    }
    if response.get("content").is_some() {
        return anthropic::output(response);
    }
    // A generation is Cohere's in its v1 API, and a text alone too.
    if response.get("text").is_some() {
        return cohere_v1::output(response);
    }
    let messages = completions_of(response).into_iter();
    messages
        .map(|(said, reason)| {
            let mut parts = Vec::new();
            push_text(&mut parts, said);
            OutputMessage::new(parts, reason.map(FinishReason::from))
        })
        .collect()
}

/// The texts of a body of the families that complete a prompt, whole or a chunk, each with why it
/// ended if it did.
pub(in crate::message) fn completions_of(body: &Value) -> Vec<(&str, Option<&str>)> {
    // Titan, Llama, Claude 2, Cohere: the text beside its reason.
    for (key, why) in [
        ("outputText", "completionReason"),
        ("generation", "stop_reason"),
        ("completion", "stop_reason"),
        ("text", "finish_reason"),
    ] {
        if let Some(said) = body.get(key).and_then(Value::as_str) {
            return vec![(said, text(body, why))];
        }
    }
    // Titan, Mistral, Cohere: a list of such.
    for (list_key, key, why) in [
        ("results", "outputText", "completionReason"),
        ("outputs", "text", "stop_reason"),
        ("generations", "text", "finish_reason"),
    ] {
        let found = list(body, list_key);
        if !found.is_empty() {
            let one = |one| (text(one, key).unwrap_or_default(), text(one, why));
            return found.iter().map(one).collect();
        }
    }
    // AI21 Jurassic.
    list(body, "completions").iter().map(jurassic).collect()
}

fn jurassic(completion: &Value) -> (&str, Option<&str>) {
    let said = completion.get("data").and_then(|data| text(data, "text"));
    let why = completion.get("finishReason");
    let why = why.and_then(|why| text(why, "reason"));
    (said.unwrap_or_default(), why)
}
