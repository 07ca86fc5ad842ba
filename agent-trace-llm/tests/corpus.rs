//! Recorded bodies of real providers, against what an independent script made of them.
//!
//! The bodies are not a part of the repository. They are looked for in `shared/corpus` beside it,
//! or where `AGENT_TRACE_CORPUS` says; without them there is nothing to compare.
#![allow(clippy::print_stderr)]

use std::path::PathBuf;
use std::{env, fs};

use agent_trace_llm::ResponseInfo;
use agent_trace_llm::wire::openai::{ChatResponse, ChatStream, EmbeddingsResponse};
use serde_json::Value;

fn corpus() -> Option<(PathBuf, Vec<Value>)> {
    let folder = match env::var_os("AGENT_TRACE_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        // Asked for when the test runs, as the checkout may not be where it was compiled.
        None => PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default())
            .join("../../shared/corpus"),
    };
    let Ok(index) = fs::read(folder.join("index.json")) else {
        eprintln!("NOTHING WAS COMPARED: there is no corpus of recorded bodies in {folder:?}");
        return None;
    };
    let mut index: Value = serde_json::from_slice(&index).expect("the index is JSON");
    let Value::Array(cases) = index["cases"].take() else {
        panic!("the index has cases")
    };
    Some((folder, cases))
}

/// What the adapter makes of a body, and whether it took it to be complete.
fn read(case: &Value, body: &[u8]) -> Option<(ResponseInfo, bool)> {
    match (case["api"].as_str()?, case["body_format"].as_str()?) {
        ("openai.chat", "json") => Some((
            ChatResponse::from_slice(body)
                .expect("a whole body")
                .into_info(),
            true,
        )),
        ("openai.embeddings", "json") => Some((
            EmbeddingsResponse::from_slice(body)
                .expect("a whole body")
                .into_info(),
            true,
        )),
        ("openai.chat", "sse") => Some(stream(body)),
        ("openai.chat", "chunks-jsonl") => {
            let lines = body
                .split(|byte| *byte == b'\n')
                .filter(|line| !line.is_empty());
            let body: Vec<u8> = lines
                .flat_map(|line| [b"data: ", line, b"\n\n"].concat())
                .collect();
            Some(stream(&body))
        }
        _ => None,
    }
}

fn stream(body: &[u8]) -> (ResponseInfo, bool) {
    let read = |step: usize| {
        let mut stream = ChatStream::new();
        for bytes in body.chunks(step) {
            stream.push(bytes);
        }
        assert_eq!(stream.skipped(), 0, "every event was read");
        stream.finish()
    };
    let whole = read(body.len().max(1));
    for step in [1, 2, 7, 100] {
        assert_eq!(read(step), whole, "in steps of {step}");
    }
    whole
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

#[test]
fn recorded_bodies_of_openai_and_azure() {
    let Some((folder, cases)) = corpus() else {
        return;
    };
    let mut compared = 0;
    let mut streams = 0;
    for case in &cases {
        let file = case["file"].as_str().expect("a case has a file");
        let body = fs::read(folder.join(file)).expect(file);
        let Some((reply, complete)) = read(case, &body) else {
            continue;
        };
        let provider = case["provider"].as_str().expect("a case has a provider");
        if !matches!(provider, "openai" | "azure_openai") {
            // Read without harm; what these providers do otherwise is for their own adapters.
            continue;
        }
        let expected = &case["expected"];
        compare(file, &reply, expected);
        if case["streaming"] == true {
            assert!(complete, "{file}");
            streams += 1;
        }
        compared += 1;
    }
    assert!(
        compared >= 21 && streams >= 7,
        "only {compared} bodies, {streams} streams of them"
    );
    eprintln!("compared {compared} recorded bodies, {streams} streams of them");
}

fn compare(file: &str, reply: &ResponseInfo, expected: &Value) {
    assert_eq!(
        reply.id.as_deref(),
        text(&expected["response_id"]),
        "{file}"
    );
    assert_eq!(
        reply.model.as_deref(),
        text(&expected["response_model"]),
        "{file}"
    );
    let reasons: Vec<&str> = list(&expected["finish_reasons"]);
    assert_eq!(reply.finish_reasons, reasons, "{file}");
    let tools: Vec<&str> = reply
        .tool_calls
        .iter()
        .filter_map(|call| call.name.as_deref())
        .collect();
    assert_eq!(tools, list(&expected["tool_calls"]), "{file}");
    assert!(
        reply.tool_calls.iter().all(|call| call.id.is_some()),
        "{file}"
    );
    assert_eq!(
        reply.error_type.is_some(),
        expected.get("error").is_some(),
        "{file}"
    );

    let usage = &expected["usage"];
    assert_eq!(reply.usage.is_some(), usage.is_object(), "{file}");
    let reported = reply.usage.unwrap_or_default();
    for (name, count) in [
        ("input_tokens", reported.input_tokens),
        ("output_tokens", reported.output_tokens),
        ("cache_read_input_tokens", reported.cache_read_input_tokens),
        (
            "cache_creation_input_tokens",
            reported.cache_write_input_tokens,
        ),
        ("reasoning_output_tokens", reported.reasoning_output_tokens),
        ("audio_input_tokens", reported.audio_input_tokens),
        ("audio_output_tokens", reported.audio_output_tokens),
    ] {
        assert_eq!(count, usage[name].as_u64(), "{name} of {file}");
    }
}

fn list(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}
