//! Messages of bodies that are anything: nothing panics, and every body that has been damaged still
//! gives JSON. A second test reads every recorded reply there is.

// A check that does not take place has to say so.
#![allow(clippy::print_stderr)]

use std::path::PathBuf;

#[path = "messages/compact.rs"]
#[allow(dead_code)]
mod compact;

use agent_trace_llm::message::{
    MemoryRecord, OutputAccumulator, OutputLimits, RetrievalDocument, Shape, ToolDetail,
};
use agent_trace_llm::{event_stream, ndjson, sse};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

const SHAPES: [Shape; 13] = [
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
    Shape::BedrockInvoke,
    Shape::WatsonxGeneration,
];

/// What is made serialises, and fits the schema of its attribute.
fn fits(attribute: &str, made: impl Serialize, body: &Value) {
    let made = serde_json::to_value(made).expect("JSON");
    if let Err(error) = compact::check(attribute, &made) {
        panic!("{attribute} of {body}: {error}");
    }
}

fn read_all(body: &Value) {
    for shape in SHAPES {
        fits("input-messages", shape.input(body), body);
        fits("output-messages", shape.output(body), body);
        fits("system-instructions", shape.system_instructions(body), body);
        for detail in [ToolDetail::Names, ToolDetail::Full] {
            let tools = shape.tool_definitions(body, detail);
            fits("tool-definitions", tools, body);
        }
    }
    fits(
        "retrieval-documents",
        RetrievalDocument::of_search(body),
        body,
    );
    fits("memory-records", MemoryRecord::of_search(body), body);
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
        // The types of the schema's own parts, in bodies that mean something else.
        "file",
        "blob",
        "uri",
        "refusal",
        "compaction",
        "server_tool_call",
        // The events of streams.
        "message_start",
        "content_block_start",
        "content_block_delta",
        "text_delta",
        "input_json_delta",
        "response.output_item.added",
        "response.output_text.delta",
        "response.function_call_arguments.delta",
        "response.completed",
        "step.start",
        "step.delta",
        "arguments_delta",
        "text-generation",
        "tool-calls-chunk",
        "stream-end",
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
        "refusal",
        "metadata",
        "memory",
        "score",
        "outputText",
        "outputs",
        "generation",
        "event_type",
        "delta",
        "content_block",
        "output_index",
        "item",
        "response",
        "step",
        "interaction",
        "contentBlockDelta",
        "contentBlockIndex",
        "partialArgs",
        "jsonPath",
        "stringValue",
        "tool_call_delta",
        "partial_json",
        "input_schema",
        "finish_reason",
        "delta",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0u32..4).prop_map(Value::from),
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

/// A short stream of every kind of event.
fn streams() -> Vec<(Shape, Vec<Value>)> {
    let call = json!({ "index": 0, "id": "a", "function": { "name": "f", "arguments": "{}" } });
    vec![
        (
            Shape::OpenAiChat,
            vec![
                json!({ "choices": [{ "index": 0, "delta": { "content": "a", "refusal": "b",
                    "reasoning": "c", "tool_calls": [call], "audio": { "data": "AAAA" },
                    "images": [{ "type": "image_url", "image_url": { "url": "https://a" } }] } }] }),
                json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": "stop" }] }),
            ],
        ),
        (
            Shape::OpenAiResponses,
            vec![
                json!({ "type": "response.output_item.added", "output_index": 0,
                    "item": { "type": "function_call", "call_id": "a", "name": "f", "arguments": "" } }),
                json!({ "type": "response.function_call_arguments.delta", "output_index": 0, "delta": "{" }),
                json!({ "type": "response.output_text.delta", "output_index": 1, "delta": "a" }),
                json!({ "type": "response.completed", "response": { "status": "completed", "output": [
                    { "type": "message", "content": [{ "type": "output_text", "text": "a" }] } ] } }),
            ],
        ),
        (
            Shape::AnthropicMessages,
            vec![
                json!({ "type": "message_start", "message": { "content": [] } }),
                json!({ "type": "content_block_start", "index": 0, "content_block":
                    { "type": "server_tool_use", "id": "a", "name": "f", "input": {} } }),
                json!({ "type": "content_block_delta", "index": 0, "delta":
                    { "type": "input_json_delta", "partial_json": "{}" } }),
                json!({ "type": "message_delta", "delta": { "stop_reason": "end_turn" } }),
            ],
        ),
        (
            Shape::GeminiGenerateContent,
            vec![
                json!({ "candidates": [{ "content": { "parts": [{ "text": "a" },
                    { "functionCall": { "name": "f", "willContinue": true } },
                    { "functionCall": { "partialArgs": [
                        { "jsonPath": "$.a[0].b", "stringValue": "c" } ] } }] } }] }),
            ],
        ),
        (
            Shape::GeminiInteractions,
            vec![
                json!({ "event_type": "step.start", "index": 0,
                    "step": { "type": "function_call", "id": "a", "name": "f", "arguments": {} } }),
                json!({ "event_type": "step.delta", "index": 0,
                    "delta": { "type": "arguments_delta", "arguments": "{}" } }),
                json!({ "event_type": "interaction.completed", "interaction": { "status": "completed",
                    "steps": [{ "type": "model_output", "content": [{ "type": "text", "text": "a" }] }] } }),
            ],
        ),
        (
            Shape::BedrockInvoke,
            vec![
                json!({ "contentBlockStart": { "contentBlockIndex": 0,
                    "start": { "toolUse": { "toolUseId": "a", "name": "f" } } } }),
                json!({ "contentBlockDelta": { "contentBlockIndex": 0,
                    "delta": { "toolUse": { "input": "{}" } } } }),
                json!({ "outputText": "a", "completionReason": "FINISH" }),
            ],
        ),
        (
            Shape::CohereChat,
            vec![
                json!({ "type": "tool-call-start", "index": 0, "delta": { "message": { "tool_calls": call } } }),
                json!({ "type": "content-delta", "index": 0,
                    "delta": { "message": { "content": { "text": "a", "thinking": "b" } } } }),
            ],
        ),
        (
            Shape::CohereChatV1,
            vec![
                json!({ "event_type": "tool-calls-chunk",
                    "tool_call_delta": { "index": 0, "name": "f", "parameters": "{}" } }),
                json!({ "event_type": "stream-end", "response": { "text": "a",
                    "tool_calls": [{ "name": "f", "parameters": {} }] } }),
            ],
        ),
        (
            Shape::OllamaChat,
            vec![
                json!({ "message": { "content": "a", "tool_calls": [call] }, "done_reason": "stop" }),
            ],
        ),
    ]
}

/// A short body of every kind, requests and replies.
fn bodies() -> Vec<Value> {
    let call = json!({ "id": "a", "function": { "name": "f", "arguments": "{}" } });
    let schema = json!({ "type": "object", "properties": {} });
    let said =
        json!([{ "type": "text", "text": "a" }, { "type": "image_url", "image_url": "https://a" }]);
    vec![
        json!({
            "messages": [{ "role": "user", "content": said, "tool_calls": [call], "refusal": "a" }],
            "tools": [{ "type": "function", "function": { "name": "f", "parameters": schema } }],
        }),
        json!({
            "input": [{ "type": "message", "role": "user", "content": said },
                { "type": "function_call", "call_id": "a", "name": "f", "arguments": "{}" },
                { "type": "function_call_output", "call_id": "a", "output": "{}" }],
            "instructions": [{ "type": "message", "content": said }],
            "tools": [{ "type": "function", "name": "f", "parameters": schema }],
        }),
        json!({
            "system": said,
            "messages": [{ "role": "user", "content": [{ "type": "tool_result", "tool_use_id": "a" }] }],
            "tools": [{ "name": "f", "input_schema": schema }],
        }),
        json!({
            "systemInstruction": { "parts": [{ "text": "a" }] },
            "contents": [{ "role": "user", "parts": [{ "text": "a" }, { "functionCall": { "name": "f" } }] }],
            "tools": [{ "functionDeclarations": [{ "name": "f", "parameters": schema }] }],
        }),
        json!({
            "system": [{ "text": "a" }],
            "messages": [{ "role": "user", "content": [{ "text": "a" }, { "toolUse": { "name": "f" } }] }],
            "toolConfig": { "tools": [{ "toolSpec": { "name": "f", "inputSchema": { "json": schema } } }] },
        }),
        json!({ "message": "a", "chat_history": [{ "role": "USER", "message": "a" }], "preamble": "a",
            "tool_results": [{ "call": { "name": "f" }, "outputs": [{}] }] }),
        json!({ "choices": [{ "index": 0, "finish_reason": "stop", "message": { "content": said } }] }),
        json!({ "status": "completed", "output": [{ "type": "web_search_call", "id": "a", "action": {} },
            { "type": "message", "content": said }] }),
        json!({ "content": [{ "type": "tool_use", "name": "f", "input": {} }], "stop_reason": "a" }),
        json!({ "candidates": [{ "content": { "parts": [{ "inlineData": { "data": "AA" } }] } }] }),
        json!({ "output": { "message": { "content": [{ "reasoningContent": {} }] } }, "stopReason": "a" }),
        json!({ "steps": [{ "type": "model_output", "content": said }], "status": "completed" }),
        json!({ "results": [{ "id": "a", "score": 0.5, "content": "a", "metadata": {} }] }),
    ]
}

/// Replaces the value at a place, counted from the root. Returns how many there are.
fn nodes(value: &mut Value, at: usize, with: &Value) -> usize {
    if at == 0 {
        *value = with.clone();
        return 1;
    }
    let mut count = 1;
    let inner: Box<dyn Iterator<Item = &mut Value>> = match value {
        Value::Array(items) => Box::new(items.iter_mut()),
        Value::Object(fields) => Box::new(fields.values_mut()),
        _ => return 1,
    };
    for value in inner {
        count += nodes(value, at.wrapping_sub(count), with);
    }
    count
}

proptest! {
    #[test]
    fn anything_gives_json(body in body()) {
        read_all(&body);
    }

    /// Bodies of which one field is replaced by anything.
    #[test]
    fn a_damaged_body_gives_json(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        with in body(),
    ) {
        let mut bodies = bodies();
        let mut body = bodies.swap_remove(which.index(bodies.len()));
        let count = nodes(&mut body, usize::MAX, &Value::Null);
        nodes(&mut body, at.index(count), &with);
        read_all(&body);
    }

    #[test]
    fn a_stream_of_anything_gives_json(
        events in prop::collection::vec(body(), 0..8),
        total in 0usize..4000,
        part in 0usize..200,
    ) {
        for shape in SHAPES {
            let mut limits = OutputLimits::default();
            (limits.total_bytes, limits.part_bytes) = (total, part);
            let mut output = OutputAccumulator::with_limits(limits);
            for event in &events {
                shape.accumulate(event, &mut output);
            }
            fits("output-messages", output.finish(), &Value::from(events.clone()));
        }
    }

    /// Events of which one field is replaced by anything.
    #[test]
    fn a_damaged_stream_gives_json(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        with in body(),
    ) {
        let streams = streams();
        let (shape, events) = &streams[which.index(streams.len())];
        let mut events = Value::from(events.clone());
        let count = nodes(&mut events, usize::MAX, &Value::Null);
        nodes(&mut events, at.index(count), &with);
        let mut output = OutputAccumulator::new();
        for event in events.as_array().into_iter().flatten() {
            shape.accumulate(event, &mut output);
        }
        fits("output-messages", output.finish(), &events);
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

/// What is in the `bytes` of a frame of InvokeModel.
fn decoded(payload: &[u8]) -> Option<Vec<u8>> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let payload: Value = serde_json::from_slice(payload).ok()?;
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0u32, 0);
    for digit in payload["bytes"].as_str()?.trim_end_matches('=').bytes() {
        let value = DIGITS.iter().position(|known| *known == digit)?;
        bits = (bits << 6) | u32::try_from(value).ok()?;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// The messages of a recorded stream.
fn streamed(shape: Shape, format: &str, body: &[u8]) -> Value {
    let mut output = OutputAccumulator::new();
    let mut take = |data: &[u8]| {
        if let Ok(event) = serde_json::from_slice::<Value>(data) {
            // Gemini's array, if it is recorded as one.
            match event.as_array() {
                Some(events) => events
                    .iter()
                    .for_each(|event| shape.accumulate(event, &mut output)),
                None => shape.accumulate(&event, &mut output),
            }
        }
    };
    match format {
        "sse" if body.trim_ascii_start().starts_with(b"[") => take(body),
        "sse" => {
            let mut decoder = sse::Decoder::new();
            decoder.push(body, |event| take(event.data.as_bytes()));
            decoder.finish(|event| take(event.data.as_bytes()));
        }
        "aws-eventstream" => {
            let mut decoder = event_stream::Decoder::new();
            decoder.push(body, |message| {
                let payload = match shape {
                    Shape::BedrockInvoke => decoded(message.payload),
                    _ => Some(message.payload.to_vec()),
                };
                take(&payload.unwrap_or_default());
            });
        }
        _ => {
            let mut decoder = ndjson::Decoder::new();
            decoder.push(body, &mut take);
            decoder.finish(&mut take);
        }
    }
    assert_eq!(output.lost_bytes(), 0);
    let made = serde_json::to_value(output.finish()).expect("JSON");
    fits("output-messages", &made, &Value::Null);
    made
}

/// Every recorded reply, whole and streamed: its text is as long as the index says, and its
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
    let (mut checked, mut streams, mut wrong) = (0, 0, Vec::new());
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
            "bedrock.invoke" => Shape::BedrockInvoke,
            _ => continue,
        };
        let file = case["file"].as_str().expect("a file");
        let body = std::fs::read(folder.join(file)).expect("a body");
        let format = case["body_format"].as_str().expect("a format");
        let (body, made) = if format == "json" {
            let body: Value = serde_json::from_slice(&body).expect("JSON");
            read_all(&body);
            let made = serde_json::to_value(shape.output(&body)).expect("JSON");
            (body, made)
        } else {
            streams += 1;
            let made = streamed(shape, format, &body);
            let mut custom = Vec::new();
            for line in String::from_utf8_lossy(&body).lines() {
                let event: Value = serde_json::from_str(line).unwrap_or_default();
                custom.push(event["item"].clone());
            }
            (json!({ "output": custom }), made)
        };
        checked += 1;
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
        // It counts the pieces of Gemini's calls.
        let expected: Vec<&Value> = expected.iter().filter(|name| !name.is_null()).collect();
        if calls != expected {
            wrong.push(format!("{file}: calls {calls:?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        checked > 20 && streams > 20,
        "only {checked} bodies, {streams} streams"
    );
    eprintln!("{checked} bodies, {streams} of them streams");
}
