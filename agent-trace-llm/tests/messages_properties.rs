//! Messages of bodies that are anything: nothing panics, and every body that has been damaged still
//! gives JSON. A second test reads every recorded reply there is.

// A check that does not take place has to say so.
#![allow(clippy::print_stderr)]

use std::path::PathBuf;

use agent_trace_llm::message::{RetrievalDocument, Shape, ToolDetail};
use proptest::prelude::*;
use serde_json::{Value, json};

const SHAPES: [Shape; 11] = [
    Shape::OpenAiChat,
    Shape::OpenAiResponses,
    Shape::AnthropicMessages,
    Shape::GeminiGenerateContent,
    Shape::BedrockConverse,
    Shape::CohereChat,
    Shape::OllamaChat,
    Shape::OllamaGenerate,
    Shape::OpenAiCompletions,
    Shape::CohereChatV1,
    Shape::GeminiInteractions,
];

fn read_all(body: &Value) {
    for shape in SHAPES {
        serde_json::to_string(&shape.input(body)).expect("JSON");
        serde_json::to_string(&shape.output(body)).expect("JSON");
        serde_json::to_string(&shape.system_instructions(body)).expect("JSON");
        for detail in [ToolDetail::Names, ToolDetail::Full] {
            serde_json::to_string(&shape.tool_definitions(body, detail)).expect("JSON");
        }
    }
    serde_json::to_string(&RetrievalDocument::of_search(body)).expect("JSON");
}

/// Keys and values that the shapes know, in any arrangement.
fn body() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "text",
        "image_url",
        "tool_use",
        "tool_result",
        "function_call",
        "function",
        "thinking",
        "message",
        "web_search_call",
        "mcp_call",
        "reasoning",
        "assistant",
        "tool",
        "completed",
        "data:image/png;base64,AA",
        "{\"a\":1}",
        "",
        "é",
        "base64",
    ]);
    let keys = prop::sample::select(vec![
        "messages",
        "input",
        "output",
        "contents",
        "content",
        "parts",
        "choices",
        "candidates",
        "message",
        "type",
        "role",
        "text",
        "tool_calls",
        "function",
        "name",
        "arguments",
        "source",
        "system",
        "instructions",
        "tools",
        "toolConfig",
        "functionDeclarations",
        "parameters",
        "image_url",
        "toolUse",
        "toolResult",
        "inlineData",
        "reasoningContent",
        "results",
        "document",
        "status",
        "summary",
        "data",
        "index",
        "id",
        "custom",
        "audio",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        words.prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 48, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(keys.clone(), inner, 0..5).prop_map(|fields| {
                let fields = fields.into_iter();
                Value::Object(fields.map(|(key, value)| (key.to_owned(), value)).collect())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn anything_gives_json(body in body()) {
        read_all(&body);
    }
}

#[test]
fn a_schema_nested_deeply_ends() {
    let mut schema = json!({ "type": "STRING" });
    for _ in 0..100 {
        schema = json!({ "type": "ARRAY", "items": schema });
    }
    let body = json!({ "tools": [{ "functionDeclarations": [
        { "name": "f", "parameters": schema } ] }] });
    read_all(&body);
    let tools = Shape::GeminiGenerateContent.tool_definitions(&body, ToolDetail::Full);
    let text = serde_json::to_string(&tools).expect("JSON");
    assert!(text.contains("\"items\":{}"), "{text}");
}

/// Every recorded reply that is one JSON document: its text is as long as the index says, and its
/// tool calls are the index's.
#[test]
fn the_corpus_says_the_same() {
    let folder = std::env::var_os("AGENT_TRACE_CORPUS").map(PathBuf::from);
    let folder = folder
        .unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus"));
    let Ok(index) = std::fs::read_to_string(folder.join("index.json")) else {
        eprintln!("NOT CHECKED: no corpus at {}", folder.display());
        return;
    };
    let index: Value = serde_json::from_str(&index).expect("an index");
    let (mut checked, mut wrong) = (0, Vec::new());
    for case in index["cases"].as_array().expect("cases") {
        let shape = match case["api"].as_str().unwrap_or_default() {
            "openai.chat" => Shape::OpenAiChat,
            "openai.responses" => Shape::OpenAiResponses,
            "anthropic.messages" => Shape::AnthropicMessages,
            "gemini.generate_content" => Shape::GeminiGenerateContent,
            "bedrock.converse" => Shape::BedrockConverse,
            "cohere.chat_v2" => Shape::CohereChat,
            "cohere.chat_v1" => Shape::CohereChatV1,
            "gemini.interactions" => Shape::GeminiInteractions,
            "ollama.chat" => Shape::OllamaChat,
            "openai.completions" => Shape::OpenAiCompletions,
            _ => continue,
        };
        if case["body_format"] != "json" {
            continue;
        }
        let file = case["file"].as_str().expect("a file");
        let body = std::fs::read(folder.join(file)).expect("a body");
        let body: Value = serde_json::from_slice(&body).expect("JSON");
        read_all(&body);
        checked += 1;
        let made = serde_json::to_value(shape.output(&body)).expect("JSON");
        // The index does not count the text of these.
        let uncounted = matches!(shape, Shape::CohereChatV1 | Shape::GeminiInteractions);
        if uncounted && made[0]["parts"][0].is_null() {
            wrong.push(format!("{file}: nothing is said"));
        }
        let parts = || {
            let messages = made.as_array().into_iter().flatten();
            messages.flat_map(|message| message["parts"].as_array().into_iter().flatten())
        };
        let chars: usize = parts()
            .filter(|part| part["type"] == "text")
            .map(|part| part["content"].as_str().expect("text").chars().count())
            .sum();
        if let Some(expected) = case["expected"]["text_chars"].as_u64() {
            if chars as u64 != expected {
                wrong.push(format!("{file}: {chars} characters, expected {expected}"));
            }
        }
        let calls: Vec<&Value> = parts()
            .filter(|part| part["type"] == "tool_call")
            .map(|part| &part["name"])
            .collect();
        // The index has no list where its reader looks for none, and leaves custom tools out.
        let Some(expected) = case["expected"]["tool_calls"].as_array() else {
            continue;
        };
        let output = body["output"].as_array().into_iter().flatten();
        let custom = output.filter(|item| item["type"] == "custom_tool_call");
        let custom: Vec<&Value> = custom.map(|item| &item["name"]).collect();
        let calls: Vec<&Value> = calls
            .into_iter()
            .filter(|name| !custom.contains(name))
            .collect();
        let expected: Vec<&Value> = expected.iter().collect();
        if calls != expected {
            wrong.push(format!("{file}: calls {calls:?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked > 20, "only {checked} bodies");
}
