//! The `ollama-rs` adapter on the crate's own types.

use agent_trace_llm::message::{OutputAccumulator, ToolDetail};
use agent_trace_llm::{
    LlmChunk, LlmClient, LlmError, LlmRequest, LlmResponse, Provider, StreamInfo,
};
use ollama_rs::Ollama;
use ollama_rs::error::{OllamaError, ToolCallError};
use ollama_rs::generation::chat::request::ChatMessageRequest;
use ollama_rs::generation::chat::{ChatMessage, ChatMessageResponse};
use ollama_rs::generation::completion::GenerationResponse;
use ollama_rs::generation::completion::request::GenerationRequest;
use ollama_rs::generation::embeddings::GenerateEmbeddingsResponse;
use ollama_rs::generation::embeddings::request::GenerateEmbeddingsRequest;
use ollama_rs::generation::parameters::{FormatType, ThinkType};
use ollama_rs::models::ModelOptions;
use serde_json::{Value, json};

const OLLAMA: Provider = Provider::from_static("ollama");

fn options() -> ModelOptions {
    ModelOptions::default()
        .temperature(0.2)
        .top_p(0.9)
        .top_k(40)
        .seed(-7)
        .num_predict(64)
        .stop(vec!["END".to_owned()])
}

fn reply(body: Value) -> ChatMessageResponse {
    serde_json::from_value(body).expect("a response")
}

fn line(message: Value, last: Value) -> ChatMessageResponse {
    let mut body = json!({ "model": "llama3.2", "created_at": "", "message": message,
        "done": !last.is_null() });
    for (key, value) in last.as_object().into_iter().flatten() {
        body[key] = value.clone();
    }
    reply(body)
}

fn numbers() -> Value {
    json!({
        "done_reason": "stop", "total_duration": 5, "load_duration": 1, "prompt_eval_count": 26,
        "prompt_eval_duration": 1, "eval_count": 298, "eval_duration": 3,
    })
}

#[test]
fn requests() {
    let chat = ChatMessageRequest::new(
        "llama3.2".to_owned(),
        vec![ChatMessage::user("secret".to_owned())],
    );
    assert_eq!(LlmRequest::provider(&chat), Some(OLLAMA));
    assert_eq!(chat.model(), Some("llama3.2"));
    assert_eq!(chat.info(), Default::default());
    let info = chat
        .options(options())
        .format(FormatType::Json)
        .think(ThinkType::High)
        .info();
    assert_eq!(info.temperature, Some(0.2));
    assert_eq!(info.top_p, Some(0.9));
    assert_eq!(info.top_k, Some(40));
    assert_eq!(info.seed, Some(-7));
    assert_eq!(info.max_tokens, Some(64));
    assert_eq!(info.stop_sequences, ["END"]);
    assert_eq!(info.output_type.as_deref(), Some("json"));
    assert_eq!(info.reasoning_level.as_deref(), Some("high"));

    let completion = GenerationRequest::new("llama3.2".to_owned(), "secret")
        .options(options().num_predict(-1))
        .think(true);
    assert_eq!(completion.model(), Some("llama3.2"));
    assert_eq!(completion.info().temperature, Some(0.2));
    assert_eq!(completion.info().max_tokens, None);
    assert_eq!(completion.info().reasoning_level, None);

    let embed = GenerateEmbeddingsRequest::new("nomic".to_owned(), "secret".into()).dimensions(256);
    assert_eq!(embed.model(), Some("nomic"));
    assert_eq!(embed.info().dimensions, Some(256));
}

#[test]
fn responses() {
    let info = LlmResponse::info(&line(
        json!({ "role": "assistant", "content": "", "tool_calls": [
            { "function": { "name": "look", "arguments": {} } } ] }),
        numbers(),
    ));
    assert_eq!(info.model.as_deref(), Some("llama3.2"));
    assert_eq!(info.tool_calls[0].name.as_deref(), Some("look"));
    let usage = info.usage.expect("usage");
    assert_eq!(
        (usage.input_tokens, usage.output_tokens),
        (Some(26), Some(298))
    );

    // A full cache hit: the crate cannot read the numbers, and they are not zero.
    let mut cached = numbers();
    cached
        .as_object_mut()
        .expect("an object")
        .remove("prompt_eval_count");
    let info = LlmResponse::info(&line(
        json!({ "role": "assistant", "content": "Hi" }),
        cached,
    ));
    assert_eq!(info.usage, None);

    let completion: GenerationResponse = serde_json::from_value(json!({
        "model": "llama3.2", "created_at": "", "response": "Hi", "done": true, "eval_count": 3,
    }))
    .expect("a response");
    let usage = LlmResponse::info(&completion).usage.expect("usage");
    assert_eq!((usage.input_tokens, usage.output_tokens), (None, Some(3)));

    let embeddings = GenerateEmbeddingsResponse {
        embeddings: Vec::new(),
    };
    assert_eq!(embeddings.info(), Default::default());
}

#[test]
fn streams() {
    let call = json!([{ "function": { "name": "look", "arguments": {} } }]);
    let mut stream = StreamInfo::default();
    for line in [
        line(
            json!({ "role": "assistant", "content": "", "thinking": "Hm." }),
            Value::Null,
        ),
        line(json!({ "role": "assistant", "content": "Hi" }), Value::Null),
        line(
            json!({ "role": "assistant", "content": "", "tool_calls": call }),
            Value::Null,
        ),
        line(
            json!({ "role": "assistant", "content": "", "tool_calls": call }),
            Value::Null,
        ),
        line(json!({ "role": "assistant", "content": "" }), numbers()),
    ] {
        stream.begin_chunk();
        line.accumulate(&mut stream);
    }
    assert_eq!((stream.chunks(), stream.content_chunks()), (5, 4));
    let info = stream.finish();
    assert_eq!(info.tool_calls.len(), 2);
    assert_eq!(info.usage.and_then(|usage| usage.output_tokens), Some(298));

    let line = |text: &str, count: Option<u64>| -> GenerationResponse {
        serde_json::from_value(
            json!({ "model": "llama3.2", "created_at": "", "response": text,
            "done": count.is_some(), "eval_count": count }),
        )
        .expect("a line")
    };
    let mut stream = StreamInfo::default();
    stream.begin_chunk();
    vec![line("Hi", None), line("", Some(2))].accumulate(&mut stream);
    assert_eq!((stream.chunks(), stream.content_chunks()), (1, 1));
    assert_eq!(
        stream.finish().usage.and_then(|usage| usage.output_tokens),
        Some(2)
    );
}

#[test]
fn client_and_errors() {
    let client = Ollama::builder().build();
    assert_eq!(LlmClient::provider(&client), Some(OLLAMA));
    assert_eq!(
        client.base_url().as_deref(),
        Some("http://127.0.0.1:11434/")
    );

    let json = serde_json::from_str::<bool>("secret").expect_err("no JSON");
    for (error, expected) in [
        (OllamaError::JsonError(json), Some("invalid_response")),
        (
            OllamaError::ToolCallError(ToolCallError::UnknownToolName),
            Some("tool_call"),
        ),
        (OllamaError::Other("secret".to_owned()), None),
    ] {
        assert_eq!(error.error_type().as_deref(), expected, "{error}");
    }
}

#[test]
fn messages() {
    let call = json!([{ "function": { "name": "look", "arguments": { "at": 1 } } }]);
    let request: ChatMessageRequest = serde_json::from_value(json!({
        "model": "llama3.2",
        "messages": [
            { "role": "system", "content": "Be brief." },
            { "role": "user", "content": "What is it?", "images": ["AAAA"] },
            { "role": "assistant", "content": "", "tool_calls": call },
            { "role": "tool", "content": "{\"is\":\"rain\"}" },
        ],
    }))
    .expect("a request");
    let said = LlmRequest::messages(&request).expect("messages");
    assert_eq!(
        serde_json::to_value(said.input()).expect("JSON"),
        json!([
            { "role": "system", "parts": [{ "type": "text", "content": "Be brief." }] },
            { "role": "user", "parts": [
                { "type": "text", "content": "What is it?" },
                { "type": "blob", "modality": "image", "content": "AAAA" } ] },
            { "role": "assistant", "parts": [
                { "type": "tool_call", "name": "look", "arguments": { "at": 1 } } ] },
            { "role": "tool", "parts": [
                { "type": "tool_call_response", "response": { "is": "rain" } } ] },
        ])
    );
    assert!(said.system_instructions().is_empty());
    assert!(said.tool_definitions(ToolDetail::Full).is_empty());

    let request = GenerationRequest::new("llama3.2".to_owned(), "Hi").system("Be brief.");
    let said = LlmRequest::messages(&request).expect("messages");
    let made = |made| serde_json::to_value(made).expect("JSON");
    assert_eq!(
        made(said.system_instructions()),
        json!([{ "type": "text", "content": "Be brief." }])
    );
    assert_eq!(said.input().len(), 1);

    // In pieces and whole.
    let whole = line(
        json!({ "role": "assistant", "content": "Hi there", "thinking": "Hm.", "tool_calls": call }),
        numbers(),
    );
    let mut output = OutputAccumulator::new();
    for line in [
        line(
            json!({ "role": "assistant", "content": "", "thinking": "Hm." }),
            Value::Null,
        ),
        line(
            json!({ "role": "assistant", "content": "Hi " }),
            Value::Null,
        ),
        line(
            json!({ "role": "assistant", "content": "", "tool_calls": call }),
            Value::Null,
        ),
        line(
            json!({ "role": "assistant", "content": "there" }),
            numbers(),
        ),
    ] {
        line.accumulate_messages(&mut output);
    }
    let messages = LlmResponse::messages(&whole).expect("messages");
    assert_eq!(messages.output()[0].parts.len(), 3);
    assert_eq!(output.finish(), *messages.output());

    let line = |text: &str| -> GenerationResponse {
        let line =
            json!({ "model": "llama3.2", "created_at": "", "response": text, "done": false });
        serde_json::from_value(line).expect("a line")
    };
    let mut output = OutputAccumulator::new();
    vec![line("Hi "), line("there")].accumulate_messages(&mut output);
    let whole = line("Hi there");
    assert_eq!(
        output.finish(),
        *LlmResponse::messages(&whole).expect("messages").output()
    );
}
