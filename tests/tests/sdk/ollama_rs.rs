//! Functions of the `ollama-rs` crate.

use agent_trace::llm_call;
use agent_trace::testing::{FinishedSpan, Spans};
use futures_util::StreamExt;
use ollama_rs::Ollama;
use ollama_rs::error::OllamaError;
use ollama_rs::generation::chat::request::ChatMessageRequest;
use ollama_rs::generation::chat::{ChatMessage, ChatMessageResponse, ChatMessageResponseStream};
use ollama_rs::generation::completion::GenerationResponseStream;
use ollama_rs::generation::completion::request::GenerationRequest;
use ollama_rs::models::ModelOptions;
use opentelemetry::trace::SpanKind;
use serde_json::{Value, json};

use crate::server::{Reply, Server};
use crate::{CANARY, assert_server, assert_streamed, captured};

#[llm_call(provider = "ollama")]
async fn chat(
    ollama: &Ollama,
    request: ChatMessageRequest,
) -> Result<ChatMessageResponse, OllamaError> {
    ollama.send_chat_messages(request).await
}

#[llm_call(provider = "ollama")]
async fn stream(
    ollama: &Ollama,
    request: ChatMessageRequest,
) -> Result<ChatMessageResponseStream, OllamaError> {
    ollama.send_chat_messages_stream(request).await
}

#[llm_call(provider = "ollama", operation = "text_completion")]
async fn complete(
    ollama: &Ollama,
    request: GenerationRequest<'_>,
) -> Result<GenerationResponseStream, OllamaError> {
    ollama.generate_stream(request).await
}

fn ollama(server: &Server) -> Ollama {
    Ollama::try_new(format!("http://{}", server.address)).expect("a URL")
}

fn options() -> ModelOptions {
    ModelOptions::default()
        .temperature(0.2)
        .top_p(0.9)
        .top_k(40)
        .seed(7)
        .num_predict(64)
        .stop(vec!["END".to_owned()])
}

fn request() -> ChatMessageRequest {
    let messages = vec![ChatMessage::user(CANARY.to_owned())];
    ChatMessageRequest::new("llama3.2".to_owned(), messages).options(options())
}

fn line(message: &Value, done: bool) -> Value {
    let mut line = json!({
        "model": "llama3.2", "created_at": "2025-01-01T00:00:00Z", "message": message, "done": done,
    });
    if done {
        let counts = json!({
            "done_reason": "stop", "total_duration": 9, "load_duration": 1,
            "prompt_eval_count": 19, "prompt_eval_duration": 3, "eval_count": 10, "eval_duration": 4,
        });
        let counts = counts.as_object().expect("an object").clone();
        line.as_object_mut().expect("an object").extend(counts);
    }
    line
}

fn said(text: &str) -> Value {
    json!({ "role": "assistant", "content": text })
}

fn assert_call(span: &FinishedSpan, server: &Server) {
    assert_eq!(
        (span.name(), span.kind()),
        ("chat llama3.2", SpanKind::Client)
    );
    assert_server(span, server);
    span.assert_attr("gen_ai.provider.name", "ollama")
        .assert_attr("gen_ai.request.model", "llama3.2")
        .assert_attr("gen_ai.request.temperature", 0.2)
        .assert_attr("gen_ai.request.top_p", 0.9)
        .assert_attr("gen_ai.request.top_k", 40)
        .assert_attr("gen_ai.request.seed", 7)
        .assert_attr("gen_ai.request.max_tokens", 64)
        .assert_attr("gen_ai.request.stop_sequences", ["END"]);
}

/// Why the model stopped, the crate drops.
fn assert_reply(span: &FinishedSpan) {
    span.assert_unset()
        .assert_attr("gen_ai.response.model", "llama3.2")
        .assert_attr("gen_ai.usage.input_tokens", 19)
        .assert_attr("gen_ai.usage.output_tokens", 10)
        .assert_no_attr("gen_ai.response.finish_reasons");
}

#[tokio::test]
async fn a_reply() {
    let server = Server::start(Reply::json("200 OK", &line(&said(CANARY), true))).await;
    let ollama = ollama(&server);
    let captured = captured(async { chat(&ollama, request()).await }).await;
    captured.value.expect("a reply");
    let span = captured.spans.only();
    assert_call(span, &server);
    assert_reply(span);
    span.assert_no_attr("gen_ai.request.stream");
}

async fn drained(reply: Reply) -> (Vec<bool>, Spans, Server) {
    let server = Server::start(reply).await;
    let ollama = ollama(&server);
    let captured = captured(async {
        let items = stream(&ollama, request()).await.expect("a stream");
        items.map(|item| item.is_ok()).collect().await
    })
    .await;
    (captured.value, captured.spans, server)
}

#[tokio::test]
async fn a_stream() {
    let called = json!({ "role": "assistant", "content": "",
                         "tool_calls": [{ "function": { "name": "weather", "arguments": {} } }] });
    let lines = [
        line(&said(CANARY), false),
        line(&said(CANARY), false),
        line(&called, false),
        line(&said(""), true),
    ];
    let (items, spans, server) = drained(Reply::lines(&lines)).await;
    assert_eq!(items, [true; 4]);
    let span = spans.only();
    assert_call(span, &server);
    assert_reply(span);
    assert_streamed(span);
    span.assert_no_attr("agent_trace.outcome")
        .assert_attr("agent_trace.stream.chunks", 4);
}

#[tokio::test]
async fn a_stream_that_is_cut() {
    let lines = [line(&said(CANARY), false)];
    let (items, spans, _server) = drained(Reply::lines(&lines).cut()).await;
    assert_eq!(items, [true, false]);
    let span = spans.only();
    assert_streamed(span);
    // The crate's error of a stream is `()`.
    span.assert_error("_OTHER")
        .assert_attr("gen_ai.response.model", "llama3.2")
        .assert_no_attr("gen_ai.usage.input_tokens");
}

#[tokio::test]
async fn a_streamed_completion() {
    let line = |text: &str, done: bool| {
        let mut line = line(&json!(null), done);
        line["response"] = json!(text);
        line
    };
    let server = Server::start(Reply::lines(&[line(CANARY, false), line("", true)])).await;
    let ollama = ollama(&server);
    let captured = captured(async {
        let request = GenerationRequest::new("llama3.2".to_owned(), CANARY);
        let items = complete(&ollama, request).await.expect("a stream");
        items.count().await
    })
    .await;
    assert!(captured.value > 0);
    let span = captured.spans.find("text_completion llama3.2");
    assert_server(span, &server);
    assert_reply(span);
    assert_streamed(span);
}

#[tokio::test]
async fn a_model_that_is_not_there() {
    let reply = json!({ "error": "model not found" });
    let server = Server::start(Reply::json("404 Not Found", &reply)).await;
    let ollama = ollama(&server);
    let captured = captured(async { chat(&ollama, request()).await.is_err() }).await;
    assert!(captured.value);
    let span = captured.spans.only();
    assert_call(span, &server);
    // The crate keeps nothing of the answer but its text.
    span.assert_error("Other");
}
