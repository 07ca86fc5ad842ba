//! Messages of every wire shape, from bodies written after the documented shapes.

mod compact;
mod conformance;
mod schema;
mod streams;

use agent_trace_llm::message::{RetrievalDocument, Shape, ToolDetail};
use serde::Serialize;
use serde_json::{Value, json};

/// What `made` serialises as, which fits the schema of the attribute: our form of it, and the
/// schema itself where that is at hand.
fn fits(attribute: &str, made: impl Serialize) -> Value {
    let made = serde_json::to_value(made).expect("JSON");
    if let Err(error) = compact::check(attribute, &made) {
        panic!("{attribute}: {error}");
    }
    if let Some(schema) = schema::load(attribute) {
        if let Err(error) = schema::check(schema, schema, &made) {
            panic!("{attribute}: {error}");
        }
    }
    made
}

#[track_caller]
fn input(shape: Shape, request: Value, expected: Value) {
    assert_eq!(fits("input-messages", shape.input(&request)), expected);
}

#[track_caller]
fn output(shape: Shape, response: Value, expected: Value) {
    assert_eq!(fits("output-messages", shape.output(&response)), expected);
}

#[track_caller]
fn system(shape: Shape, request: Value, expected: Value) {
    let made = shape.system_instructions(&request);
    assert_eq!(fits("system-instructions", made), expected);
}

#[track_caller]
fn tools(shape: Shape, request: Value, names: Value, full: Value) {
    let made = shape.tool_definitions(&request, ToolDetail::Names);
    assert_eq!(fits("tool-definitions", made), names);
    let made = shape.tool_definitions(&request, ToolDetail::Full);
    assert_eq!(fits("tool-definitions", made), full);
}

#[test]
fn openai_chat_input() {
    input(
        Shape::OpenAiChat,
        json!({ "messages": [
            { "role": "developer", "content": "Be brief." },
            { "role": "user", "name": "ann", "content": [
                { "type": "text", "text": "What is this?" },
                { "type": "image_url", "image_url": { "url": "https://example.com/a.png" } },
                { "type": "image_url", "image_url": { "url": "data:image/jpeg;base64,AAAA" } },
                { "type": "input_audio", "input_audio": { "data": "BBBB", "format": "mp3" } },
                { "type": "file", "file": { "file_id": "file-1" } },
                { "type": "file", "file": { "filename": "a.pdf",
                    "file_data": "data:application/pdf;base64,CCCC" } },
                { "type": "something_new", "x": 1 },
            ] },
            { "role": "assistant", "content": null, "reasoning_content": "Hm.", "tool_calls": [
                { "id": "c1", "type": "function",
                  "function": { "name": "look", "arguments": "{\"at\":[1,2]}" } },
                { "id": "c2", "type": "custom", "custom": { "name": "sql", "input": "select 1" } },
            ] },
            { "role": "tool", "tool_call_id": "c1", "content": "{\"found\":true}" },
            { "role": "tool", "tool_call_id": "c2", "content": [{ "type": "text", "text": "1" }] },
            { "role": "assistant", "audio": { "id": "audio_1" }, "refusal": "No." },
        ] }),
        json!([
            { "role": "developer", "parts": [{ "type": "text", "content": "Be brief." }] },
            { "role": "user", "name": "ann", "parts": [
                { "type": "text", "content": "What is this?" },
                { "type": "uri", "modality": "image", "uri": "https://example.com/a.png" },
                { "type": "blob", "mime_type": "image/jpeg", "modality": "image", "content": "AAAA" },
                { "type": "blob", "mime_type": "audio/mpeg", "modality": "audio", "content": "BBBB" },
                { "type": "file", "modality": "document", "file_id": "file-1" },
                { "type": "blob", "mime_type": "application/pdf", "modality": "document",
                  "content": "CCCC" },
                { "type": "something_new", "x": 1 },
            ] },
            { "role": "assistant", "parts": [
                { "type": "reasoning", "content": "Hm." },
                { "type": "tool_call", "id": "c1", "name": "look", "arguments": { "at": [1, 2] } },
                { "type": "tool_call", "id": "c2", "name": "sql", "arguments": "select 1" },
            ] },
            { "role": "tool", "parts": [
                { "type": "tool_call_response", "id": "c1", "response": { "found": true } } ] },
            { "role": "tool", "parts": [
                { "type": "tool_call_response", "id": "c2", "response": "1" } ] },
            { "role": "assistant", "parts": [
                { "type": "refusal", "content": "No." },
                { "type": "file", "modality": "audio", "file_id": "audio_1" },
            ] },
        ]),
    );
}

#[test]
fn openai_chat_output_and_tools() {
    output(
        Shape::OpenAiChat,
        json!({ "choices": [
            { "index": 1, "finish_reason": "length", "message": { "role": "assistant",
              "content": [
                { "type": "thinking", "thinking": [{ "type": "text", "text": "Hm." }] },
                { "type": "text", "text": "Hi" },
              ] } },
            { "index": 0, "finish_reason": "tool_calls", "message": { "role": "assistant",
              "content": "", "tool_calls": [
                { "id": "c1", "type": "function",
                  "function": { "name": "look", "arguments": "{\"at\":" } } ] } },
            { "index": 2, "finish_reason": "stop", "message": { "role": "assistant",
              "content": null, "audio": { "id": "a", "data": "AAAA", "transcript": "Yes" } } },
        ] }),
        json!([
            { "role": "assistant", "finish_reason": "tool_call", "parts": [
                { "type": "tool_call", "id": "c1", "name": "look", "arguments": "{\"at\":" } ] },
            { "role": "assistant", "finish_reason": "length", "parts": [
                { "type": "reasoning", "content": "Hm." },
                { "type": "text", "content": "Hi" },
            ] },
            { "role": "assistant", "finish_reason": "stop", "parts": [
                { "type": "blob", "modality": "audio", "content": "AAAA" },
                { "type": "text", "content": "Yes" },
            ] },
        ]),
    );
    let parameters = json!({ "type": "object", "properties": { "at": { "type": "array" } } });
    tools(
        Shape::OpenAiChat,
        json!({ "tools": [
            { "type": "function", "function": {
                "name": "look", "description": "Looks.", "parameters": parameters } },
            { "type": "custom", "custom": { "name": "sql", "description": "Asks." } },
            { "type": "web_search" },
            { "type": "function", "function": {} },
        ] }),
        json!([
            { "type": "function", "name": "look" },
            { "type": "custom", "name": "sql" },
            { "type": "web_search", "name": "web_search" },
        ]),
        json!([
            { "type": "function", "name": "look", "description": "Looks.",
              "parameters": parameters },
            { "type": "custom", "name": "sql", "description": "Asks." },
            { "type": "web_search", "name": "web_search" },
        ]),
    );
}

#[test]
fn openai_responses() {
    let shape = Shape::OpenAiResponses;
    input(
        shape,
        json!({ "input": "Hi" }),
        json!([{ "role": "user", "parts": [{ "type": "text", "content": "Hi" }] }]),
    );
    input(
        shape,
        json!({ "input": [
            { "role": "user", "content": [
                { "type": "input_text", "text": "Look" },
                { "type": "input_image", "image_url": "data:image/png;base64,AAAA" },
                { "type": "input_image", "file_id": "file-1" },
                { "type": "input_file", "file_url": "https://example.com/a.pdf" },
            ] },
            { "type": "reasoning", "id": "rs_1", "encrypted_content": "x",
              "summary": [{ "type": "summary_text", "text": "Hm." }] },
            { "type": "function_call", "id": "fc_1", "call_id": "c1", "name": "look",
              "arguments": "{}" },
            { "type": "function_call_output", "call_id": "c1", "output": "{\"a\":1}" },
            { "type": "computer_call", "call_id": "c2", "action": { "type": "click" } },
            { "type": "compaction", "id": "cmp_1", "encrypted_content": "x" },
            { "type": "item_reference", "id": "msg_1" },
        ] }),
        json!([
            { "role": "user", "parts": [
                { "type": "text", "content": "Look" },
                { "type": "blob", "mime_type": "image/png", "modality": "image", "content": "AAAA" },
                { "type": "file", "modality": "image", "file_id": "file-1" },
                { "type": "uri", "modality": "document", "uri": "https://example.com/a.pdf" },
            ] },
            { "role": "assistant", "parts": [{ "type": "reasoning", "content": "Hm." }] },
            { "role": "assistant", "parts": [
                { "type": "tool_call", "id": "c1", "name": "look", "arguments": {} } ] },
            { "role": "tool", "parts": [
                { "type": "tool_call_response", "id": "c1", "response": { "a": 1 } } ] },
            { "role": "assistant", "parts": [
                { "type": "tool_call", "id": "c2", "name": "computer",
                  "arguments": { "type": "click" } } ] },
            { "role": "assistant", "parts": [{ "type": "compaction", "id": "cmp_1" }] },
            { "role": "assistant", "parts": [{ "type": "item_reference", "id": "msg_1" }] },
        ]),
    );
    output(
        shape,
        json!({ "status": "completed", "output": [
            { "type": "web_search_call", "id": "ws_1", "status": "completed",
              "action": { "type": "search", "query": "x" } },
            { "type": "mcp_call", "id": "mcp_1", "server_label": "s", "name": "roll",
              "arguments": "{\"n\":2}", "output": "7" },
            { "type": "message", "role": "assistant", "content": [
                { "type": "output_text", "text": "Seven", "annotations": [] },
                { "type": "refusal", "refusal": "No." },
            ] },
            { "type": "function_call", "call_id": "c1", "name": "look", "arguments": "" },
        ] }),
        json!([{ "role": "assistant", "finish_reason": "tool_call", "parts": [
            { "type": "server_tool_call", "id": "ws_1", "name": "web_search", "server_tool_call":
                { "type": "web_search", "action": { "type": "search", "query": "x" } } },
            { "type": "server_tool_call", "id": "mcp_1", "name": "roll", "server_tool_call":
                { "type": "mcp", "server_label": "s", "name": "roll", "arguments": { "n": 2 } } },
            { "type": "server_tool_call_response", "id": "mcp_1",
              "server_tool_call_response": { "type": "mcp", "output": "7" } },
            { "type": "text", "content": "Seven" },
            { "type": "refusal", "content": "No." },
            { "type": "tool_call", "id": "c1", "name": "look", "arguments": "" },
        ] }]),
    );
    output(
        shape,
        json!({ "status": "incomplete", "incomplete_details": { "reason": "max_output_tokens" },
            "output": [{ "type": "image_generation_call", "id": "ig_1", "result": "AAAA",
                         "output_format": "webp" }] }),
        json!([{ "role": "assistant", "finish_reason": "length", "parts": [
            { "type": "server_tool_call", "id": "ig_1", "name": "image_generation",
              "server_tool_call": { "type": "image_generation" } },
            { "type": "blob", "mime_type": "image/webp", "modality": "image", "content": "AAAA" },
        ] }]),
    );
    output(
        shape,
        json!({ "status": "completed", "output": [
            { "type": "shell_call", "id": "sh_1", "call_id": "c1", "action": { "commands": ["ls"] },
              "environment": { "type": "container_reference" } },
            { "type": "shell_call_output", "id": "sho_1", "call_id": "c1",
              "output": [{ "stdout": "a" }] },
        ] }),
        json!([{ "role": "assistant", "finish_reason": "stop", "parts": [
            { "type": "server_tool_call", "id": "c1", "name": "shell", "server_tool_call":
                { "type": "shell", "action": { "commands": ["ls"] },
                  "environment": { "type": "container_reference" } } },
            { "type": "server_tool_call_response", "id": "c1", "server_tool_call_response":
                { "type": "shell", "output": [{ "stdout": "a" }] } },
        ] }]),
    );
    system(
        shape,
        json!({ "instructions": "Be brief." }),
        json!([{ "type": "text", "content": "Be brief." }]),
    );
    tools(
        shape,
        json!({ "tools": [
            { "type": "function", "name": "look", "description": "Looks.", "strict": true,
              "parameters": { "type": "object" } },
            { "type": "mcp", "server_label": "dice", "server_url": "https://example.com" },
            { "type": "web_search" },
        ] }),
        json!([
            { "type": "function", "name": "look" },
            { "type": "mcp", "name": "dice" },
            { "type": "web_search", "name": "web_search" },
        ]),
        json!([
            { "type": "function", "name": "look", "description": "Looks.",
              "parameters": { "type": "object" } },
            { "type": "mcp", "name": "dice" },
            { "type": "web_search", "name": "web_search" },
        ]),
    );
}

#[test]
fn anthropic() {
    let shape = Shape::AnthropicMessages;
    input(
        shape,
        json!({ "messages": [
            { "role": "user", "content": [
                { "type": "text", "text": "Look" },
                { "type": "image", "source":
                    { "type": "base64", "media_type": "image/png", "data": "AAAA" } },
                { "type": "document", "source": { "type": "url", "url": "https://example.com/a" } },
                { "type": "document", "source": { "type": "file", "file_id": "file_1" } },
                { "type": "document", "source":
                    { "type": "text", "media_type": "text/plain", "data": "Plain" } },
            ] },
            { "role": "assistant", "content": [
                { "type": "thinking", "thinking": "Hm.", "signature": "x" },
                { "type": "redacted_thinking", "data": "secret" },
                { "type": "tool_use", "id": "t1", "name": "look", "input": { "a": 1 } },
            ] },
            { "role": "user", "content": [
                { "type": "tool_result", "tool_use_id": "t1",
                  "content": [{ "type": "text", "text": "{\"b\":2}" }] },
            ] },
            { "role": "assistant", "content": "Done" },
        ] }),
        json!([
            { "role": "user", "parts": [
                { "type": "text", "content": "Look" },
                { "type": "blob", "mime_type": "image/png", "modality": "image", "content": "AAAA" },
                { "type": "uri", "modality": "document", "uri": "https://example.com/a" },
                { "type": "file", "modality": "document", "file_id": "file_1" },
                { "type": "text", "content": "Plain" },
            ] },
            { "role": "assistant", "parts": [
                { "type": "reasoning", "content": "Hm." },
                { "type": "redacted_thinking" },
                { "type": "tool_call", "id": "t1", "name": "look", "arguments": { "a": 1 } },
            ] },
            { "role": "tool", "parts": [
                { "type": "tool_call_response", "id": "t1", "response": { "b": 2 } } ] },
            { "role": "assistant", "parts": [{ "type": "text", "content": "Done" }] },
        ]),
    );
    output(
        shape,
        json!({ "role": "assistant", "stop_reason": "end_turn", "content": [
            { "type": "server_tool_use", "id": "s1", "name": "web_search",
              "input": { "query": "x" } },
            { "type": "web_search_tool_result", "tool_use_id": "s1", "content": [] },
            { "type": "compaction", "content": "So far." },
            { "type": "text", "text": "Hi" },
        ] }),
        json!([{ "role": "assistant", "finish_reason": "stop", "parts": [
            { "type": "server_tool_call", "id": "s1", "name": "web_search",
              "server_tool_call": { "type": "web_search", "input": { "query": "x" } } },
            { "type": "server_tool_call_response", "id": "s1",
              "server_tool_call_response": { "type": "web_search", "content": [] } },
            { "type": "compaction", "content": "So far." },
            { "type": "text", "content": "Hi" },
        ] }]),
    );
    system(
        shape,
        json!({ "system": [{ "type": "text", "text": "Be brief.", "cache_control": {} }] }),
        json!([{ "type": "text", "content": "Be brief." }]),
    );
    tools(
        shape,
        json!({ "tools": [
            { "name": "look", "description": "Looks.", "input_schema": { "type": "object" } },
            { "type": "web_search_20250305", "name": "web_search" },
        ] }),
        json!([
            { "type": "function", "name": "look" },
            { "type": "web_search_20250305", "name": "web_search" },
        ]),
        json!([
            { "type": "function", "name": "look", "description": "Looks.",
              "parameters": { "type": "object" } },
            { "type": "web_search_20250305", "name": "web_search" },
        ]),
    );
}

#[test]
fn gemini() {
    let shape = Shape::GeminiGenerateContent;
    input(
        shape,
        json!({ "contents": [
            { "parts": [
                { "text": "Look" },
                { "inlineData": { "mimeType": "image/png", "data": "AAAA" } },
                { "file_data": { "mime_type": "video/mp4", "file_uri": "gs://b/a.mp4" } },
            ] },
            { "role": "model", "parts": [
                { "functionCall": { "name": "look", "args": { "a": 1 } } } ] },
            { "role": "user", "parts": [
                { "functionResponse": { "name": "look", "response": { "b": 2 } } } ] },
        ] }),
        json!([
            { "role": "user", "parts": [
                { "type": "text", "content": "Look" },
                { "type": "blob", "mime_type": "image/png", "modality": "image", "content": "AAAA" },
                { "type": "uri", "mime_type": "video/mp4", "modality": "video",
                  "uri": "gs://b/a.mp4" },
            ] },
            { "role": "assistant", "parts": [
                { "type": "tool_call", "name": "look", "arguments": { "a": 1 } } ] },
            { "role": "tool", "parts": [
                { "type": "tool_call_response", "id": "look", "response": { "b": 2 } } ] },
        ]),
    );
    output(
        shape,
        json!({ "candidates": [
            { "index": 0, "finishReason": "STOP", "content": { "role": "model", "parts": [
                { "text": "Hm.", "thought": true },
                { "executableCode": { "language": "PYTHON", "code": "1+1" } },
                { "codeExecutionResult": { "outcome": "OUTCOME_OK", "output": "2" } },
                { "text": "Two" },
            ] } },
            { "index": 1, "finishReason": "SAFETY" },
        ] }),
        json!([
            { "role": "assistant", "finish_reason": "stop", "parts": [
                { "type": "reasoning", "content": "Hm." },
                { "type": "server_tool_call", "name": "code_execution", "server_tool_call":
                    { "type": "code_execution", "language": "PYTHON", "code": "1+1" } },
                { "type": "server_tool_call_response", "server_tool_call_response":
                    { "type": "code_execution", "outcome": "OUTCOME_OK", "output": "2" } },
                { "type": "text", "content": "Two" },
            ] },
            { "role": "assistant", "finish_reason": "content_filter", "parts": [] },
        ]),
    );
    system(
        shape,
        json!({ "systemInstruction": { "parts": [{ "text": "Be brief." }] } }),
        json!([{ "type": "text", "content": "Be brief." }]),
    );
    tools(
        shape,
        json!({ "tools": [
            { "functionDeclarations": [{ "name": "look", "description": "Looks.", "parameters": {
                "type": "OBJECT", "properties": {
                    "type": { "type": "STRING", "description": "STAYS" },
                    "at": { "type": "ARRAY", "items": { "type": "INTEGER" } },
                } } }] },
            { "googleSearch": {} },
        ] }),
        json!([
            { "type": "function", "name": "look" },
            { "type": "googleSearch", "name": "googleSearch" },
        ]),
        json!([
            { "type": "function", "name": "look", "description": "Looks.", "parameters": {
                "type": "object", "properties": {
                    "type": { "type": "string", "description": "STAYS" },
                    "at": { "type": "array", "items": { "type": "integer" } },
                } } },
            { "type": "googleSearch", "name": "googleSearch" },
        ]),
    );
}

#[test]
fn bedrock_converse() {
    let shape = Shape::BedrockConverse;
    input(
        shape,
        json!({ "messages": [
            { "role": "user", "content": [
                { "text": "Look" },
                { "image": { "format": "png", "source": { "bytes": "AAAA" } } },
                { "document": { "format": "pdf", "name": "a",
                    "source": { "s3Location": { "uri": "s3://b/a.pdf" } } } },
                { "cachePoint": { "type": "default" } },
                { "somethingNew": { "x": 1 } },
            ] },
            { "role": "assistant", "content": [
                { "reasoningContent": { "reasoningText": { "text": "Hm.", "signature": "x" } } },
                { "toolUse": { "toolUseId": "t1", "name": "look", "input": { "a": 1 } } },
            ] },
            { "role": "user", "content": [
                { "toolResult": { "toolUseId": "t1", "content": [{ "json": { "b": 2 } }],
                                  "status": "success" } },
            ] },
        ] }),
        json!([
            { "role": "user", "parts": [
                { "type": "text", "content": "Look" },
                { "type": "blob", "mime_type": "image/png", "modality": "image", "content": "AAAA" },
                { "type": "uri", "mime_type": "application/pdf", "modality": "document",
                  "uri": "s3://b/a.pdf" },
                { "type": "somethingNew", "content": { "x": 1 } },
            ] },
            { "role": "assistant", "parts": [
                { "type": "reasoning", "content": "Hm." },
                { "type": "tool_call", "id": "t1", "name": "look", "arguments": { "a": 1 } },
            ] },
            { "role": "tool", "parts": [
                { "type": "tool_call_response", "id": "t1", "response": { "b": 2 } } ] },
        ]),
    );
    output(
        shape,
        json!({ "stopReason": "guardrail_intervened", "output": { "message":
            { "role": "assistant", "content": [{ "text": "Hi" }] } } }),
        json!([{ "role": "assistant", "finish_reason": "content_filter",
                 "parts": [{ "type": "text", "content": "Hi" }] }]),
    );
    system(
        shape,
        json!({ "system": [{ "text": "Be brief." }, { "cachePoint": { "type": "default" } }] }),
        json!([{ "type": "text", "content": "Be brief." }]),
    );
    tools(
        shape,
        json!({ "toolConfig": { "tools": [
            { "toolSpec": { "name": "look", "description": "Looks.",
                "inputSchema": { "json": { "type": "object" } } } },
            { "systemTool": { "name": "nova_grounding" } },
            { "cachePoint": { "type": "default" } },
        ] } }),
        json!([
            { "type": "function", "name": "look" },
            { "type": "systemTool", "name": "nova_grounding" },
        ]),
        json!([
            { "type": "function", "name": "look", "description": "Looks.",
              "parameters": { "type": "object" } },
            { "type": "systemTool", "name": "nova_grounding" },
        ]),
    );
}

#[test]
fn cohere() {
    let shape = Shape::CohereChat;
    input(
        shape,
        json!({ "messages": [
            { "role": "system", "content": "Be brief." },
            { "role": "user", "content": [{ "type": "text", "text": "Look" }] },
            { "role": "assistant", "tool_plan": "I will look.", "tool_calls": [
                { "id": "t1", "type": "function",
                  "function": { "name": "look", "arguments": "{\"a\":1}" } } ] },
            { "role": "tool", "tool_call_id": "t1", "content": [
                { "type": "document", "document": { "id": "1", "data": "{\"b\":2}" } } ] },
        ] }),
        json!([
            { "role": "system", "parts": [{ "type": "text", "content": "Be brief." }] },
            { "role": "user", "parts": [{ "type": "text", "content": "Look" }] },
            { "role": "assistant", "parts": [
                { "type": "reasoning", "content": "I will look." },
                { "type": "tool_call", "id": "t1", "name": "look", "arguments": { "a": 1 } },
            ] },
            { "role": "tool", "parts": [
                { "type": "tool_call_response", "id": "t1", "response": { "b": 2 } } ] },
        ]),
    );
    output(
        shape,
        json!({ "finish_reason": "COMPLETE", "message": { "role": "assistant", "content": [
            { "type": "thinking", "thinking": "Hm." }, { "type": "text", "text": "Hi" } ] } }),
        json!([{ "role": "assistant", "finish_reason": "stop", "parts": [
            { "type": "reasoning", "content": "Hm." },
            { "type": "text", "content": "Hi" },
        ] }]),
    );
}

#[test]
fn ollama() {
    let shape = Shape::OllamaChat;
    input(
        shape,
        json!({ "messages": [
            { "role": "user", "content": "Look", "images": ["AAAA"] },
            { "role": "assistant", "content": "", "tool_calls": [
                { "function": { "name": "look", "arguments": { "a": 1 } } } ] },
            { "role": "tool", "tool_name": "look", "content": "two" },
        ] }),
        json!([
            { "role": "user", "parts": [
                { "type": "text", "content": "Look" },
                { "type": "blob", "modality": "image", "content": "AAAA" },
            ] },
            { "role": "assistant", "parts": [
                { "type": "tool_call", "name": "look", "arguments": { "a": 1 } } ] },
            { "role": "tool", "parts": [
                { "type": "tool_call_response", "id": "look", "response": "two" } ] },
        ]),
    );
    output(
        shape,
        json!({ "done": true, "done_reason": "load", "message":
            { "role": "assistant", "content": "Hi", "thinking": "Hm." } }),
        json!([{ "role": "assistant", "finish_reason": "load", "parts": [
            { "type": "reasoning", "content": "Hm." },
            { "type": "text", "content": "Hi" },
        ] }]),
    );
}

#[test]
fn completions() {
    input(
        Shape::OpenAiCompletions,
        json!({ "prompt": ["One", "Two", [1, 2]] }),
        json!([
            { "role": "user", "parts": [{ "type": "text", "content": "One" }] },
            { "role": "user", "parts": [{ "type": "text", "content": "Two" }] },
        ]),
    );
    output(
        Shape::OpenAiCompletions,
        json!({ "choices": [{ "index": 0, "text": "Three", "finish_reason": "length" }] }),
        json!([{ "role": "assistant", "finish_reason": "length",
                 "parts": [{ "type": "text", "content": "Three" }] }]),
    );
    let request = json!({ "prompt": "Look", "images": ["AAAA"], "system": "Be brief." });
    input(
        Shape::OllamaGenerate,
        request.clone(),
        json!([{ "role": "user", "parts": [
            { "type": "text", "content": "Look" },
            { "type": "blob", "modality": "image", "content": "AAAA" },
        ] }]),
    );
    system(
        Shape::OllamaGenerate,
        request,
        json!([{ "type": "text", "content": "Be brief." }]),
    );
    output(
        Shape::OllamaGenerate,
        json!({ "response": "Hi", "thinking": "Hm.", "done_reason": "stop" }),
        json!([{ "role": "assistant", "finish_reason": "stop", "parts": [
            { "type": "reasoning", "content": "Hm." },
            { "type": "text", "content": "Hi" },
        ] }]),
    );
}

#[test]
fn cohere_v1() {
    let shape = Shape::CohereChatV1;
    let request = json!({
        "preamble": "Be brief.",
        "chat_history": [
            { "role": "USER", "message": "Look" },
            { "role": "CHATBOT", "message": "Looking",
              "tool_calls": [{ "name": "look", "parameters": { "a": 1 } }] },
        ],
        "tool_results": [{ "call": { "name": "look" }, "outputs": [{ "b": 2 }] }],
        "message": "",
        "tools": [{ "name": "look", "description": "Looks.",
                    "parameter_definitions": { "a": { "type": "int" } } }],
    });
    input(
        shape,
        request.clone(),
        json!([
            { "role": "user", "parts": [{ "type": "text", "content": "Look" }] },
            { "role": "assistant", "parts": [
                { "type": "text", "content": "Looking" },
                { "type": "tool_call", "name": "look", "arguments": { "a": 1 } },
            ] },
            { "role": "tool", "parts": [
                { "type": "tool_call_response", "id": "look", "response": [{ "b": 2 }] } ] },
        ]),
    );
    system(
        shape,
        request.clone(),
        json!([{ "type": "text", "content": "Be brief." }]),
    );
    tools(
        shape,
        request,
        json!([{ "type": "function", "name": "look" }]),
        json!([{ "type": "function", "name": "look", "description": "Looks." }]),
    );
    output(
        shape,
        json!({ "text": "Hi", "finish_reason": "MAX_TOKENS" }),
        json!([{ "role": "assistant", "finish_reason": "length",
                 "parts": [{ "type": "text", "content": "Hi" }] }]),
    );
}

#[test]
fn gemini_interactions() {
    let shape = Shape::GeminiInteractions;
    let request = json!({
        "system_instruction": "Be brief.",
        "input": [
            { "type": "user_input", "content": [
                { "type": "text", "text": "Look" },
                { "type": "image", "mime_type": "image/png", "data": "AAAA" },
                { "type": "video", "uri": "gs://b/a.mp4" },
            ] },
            { "type": "function_call", "id": "c1", "name": "look", "arguments": { "a": 1 } },
            { "type": "function_result", "call_id": "c1", "name": "look", "result": { "b": 2 } },
        ],
        "tools": [{ "type": "function", "name": "look" }, { "type": "google_search" }],
    });
    input(
        shape,
        request.clone(),
        json!([
            { "role": "user", "parts": [
                { "type": "text", "content": "Look" },
                { "type": "blob", "mime_type": "image/png", "modality": "image", "content": "AAAA" },
                { "type": "uri", "modality": "video", "uri": "gs://b/a.mp4" },
            ] },
            { "role": "assistant", "parts": [
                { "type": "tool_call", "id": "c1", "name": "look", "arguments": { "a": 1 } } ] },
            { "role": "tool", "parts": [
                { "type": "tool_call_response", "id": "c1", "response": { "b": 2 } } ] },
        ]),
    );
    system(
        shape,
        request.clone(),
        json!([{ "type": "text", "content": "Be brief." }]),
    );
    let names = json!([
        { "type": "function", "name": "look" },
        { "type": "google_search", "name": "google_search" },
    ]);
    tools(shape, request, names.clone(), names);
    output(
        shape,
        json!({ "status": "completed", "steps": [
            { "type": "thought", "signature": "x", "summary": [{ "type": "text", "text": "Hm." }] },
            { "type": "google_search_call", "id": "g1", "arguments": { "queries": ["x"] } },
            { "type": "google_search_result", "call_id": "g1", "result": [] },
            { "type": "model_output", "content": [{ "type": "text", "text": "Hi" }] },
        ] }),
        json!([{ "role": "assistant", "finish_reason": "stop", "parts": [
            { "type": "reasoning", "content": "Hm." },
            { "type": "server_tool_call", "id": "g1", "name": "google_search", "server_tool_call":
                { "type": "google_search", "arguments": { "queries": ["x"] } } },
            { "type": "server_tool_call_response", "id": "g1", "server_tool_call_response":
                { "type": "google_search", "result": [] } },
            { "type": "text", "content": "Hi" },
        ] }]),
    );
}

#[test]
fn retrieval_documents() {
    let bedrock = json!({ "retrievalResults": [
        { "content": { "text": "A", "type": "TEXT" }, "score": 0.5 } ] });
    let vector_store = json!({ "data": [
        { "file_id": "file-1", "score": 0.5, "content": [{ "type": "text", "text": "A" }] } ] });
    let rerank = json!({ "results": [
        { "index": 1, "relevance_score": 0.5, "document": { "id": "d1", "text": "A" } },
        { "index": 0, "relevance_score": "high" },
    ] });
    for (response, expected) in [
        (
            bedrock,
            json!([{ "score": 0.5, "content": { "text": "A", "type": "TEXT" } }]),
        ),
        (
            vector_store,
            json!([{ "id": "file-1", "score": 0.5,
                     "content": [{ "type": "text", "text": "A" }] }]),
        ),
        (
            rerank,
            json!([
                { "id": "d1", "score": 0.5, "content": { "id": "d1", "text": "A" } },
                { "id": "0" },
            ]),
        ),
    ] {
        let made = RetrievalDocument::of_search(&response);
        assert_eq!(fits("retrieval-documents", made), expected);
    }
}
