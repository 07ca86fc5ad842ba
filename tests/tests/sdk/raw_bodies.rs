//! Functions that speak HTTP themselves, with `reqwest`, and read what comes with `wire`.

use agent_trace::llm::wire::anthropic::{MessagesRequest, MessagesResponse};
use agent_trace::llm::wire::{self, Api, Chunk, Chunks, Reply as WireReply, openai};
use agent_trace::llm_call;
use agent_trace::testing::{FinishedSpan, Spans};
use futures_util::{Stream, StreamExt};
use opentelemetry::trace::SpanKind;
use serde_json::{Value, json};

use crate::async_openai::samples::{chunks, completion};
use crate::server::{Reply, Server};
use crate::{CANARY, assert_server, assert_streamed, captured};

/// What can go wrong, and what it is called.
#[derive(Debug)]
enum AskError {
    Http(reqwest::Error),
    Body(wire::Error),
}

impl std::fmt::Display for AskError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Http(error) => error.fmt(f),
            Self::Body(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AskError {}

impl From<reqwest::Error> for AskError {
    fn from(error: reqwest::Error) -> Self {
        Self::Http(error)
    }
}

impl From<wire::Error> for AskError {
    fn from(error: wire::Error) -> Self {
        Self::Body(error)
    }
}

/// The body of the request and of the reply as JSON. The reply says itself whether it is an error.
#[llm_call(provider = "anthropic", request = MessagesRequest::from_value(body), server = url)]
async fn ask(url: &str, body: &Value) -> Result<MessagesResponse, AskError> {
    let sent = reqwest::Client::new().post(url).json(body).send().await?;
    Ok(MessagesResponse::from_slice(&sent.bytes().await?)?)
}

#[llm_call(provider = "anthropic", request = MessagesRequest::from_value(body), server = url)]
async fn stream(
    url: &str,
    body: &Value,
) -> Result<impl Stream<Item = Result<Chunk, reqwest::Error>> + use<>, reqwest::Error> {
    let sent = reqwest::Client::new().post(url).json(body).send().await?;
    let bytes = sent.error_for_status()?.bytes_stream();
    Ok(Chunks::new(Api::AnthropicMessages, bytes))
}

/// The type of the adapter itself.
#[llm_call(provider = "openai", request = openai::ChatRequest::from_value(&body), server = &url)]
fn stream_at_once(
    url: String,
    body: Value,
) -> impl Stream<Item = Result<Chunk, reqwest::Error>> + Send {
    let sent = reqwest::Client::new().post(url).json(&body).send();
    futures_util::stream::once(sent).flat_map(|sent| match sent {
        Ok(sent) => Chunks::new(Api::OpenAiChat, sent.bytes_stream()).boxed(),
        Err(error) => futures_util::stream::iter([Err(error)]).boxed(),
    })
}

/// The request by type, and nothing but the provider.
#[llm_call(provider = "openai")]
async fn ask_by_type(
    url: &str,
    request: openai::ChatRequest,
    body: Value,
) -> Result<openai::ChatResponse, AskError> {
    drop(request);
    let sent = reqwest::Client::new().post(url).json(&body).send().await?;
    Ok(openai::ChatResponse::from_slice(&sent.bytes().await?)?)
}

fn url(server: &Server) -> String {
    format!("http://user:{CANARY}@{}/v1/messages", server.address)
}

fn request() -> Value {
    json!({
        "model": "claude-sonnet-4-5", "max_tokens": 64, "temperature": 0.2, "top_k": 40,
        "stop_sequences": ["END"], "messages": [{ "role": "user", "content": CANARY }],
    })
}

fn usage() -> Value {
    json!({ "input_tokens": 20, "output_tokens": 50,
            "cache_read_input_tokens": 80, "cache_creation_input_tokens": 10 })
}

fn events() -> Vec<Value> {
    let call = json!({ "type": "tool_use", "id": "toolu_1", "name": "weather", "input": {} });
    let delta = |index: u32, delta: Value| json!({ "type": "content_block_delta", "index": index, "delta": delta });
    vec![
        json!({ "type": "message_start", "message": {
            "id": "msg_1", "model": "claude-sonnet-4-5-20250929", "content": [],
            "usage": { "input_tokens": 20, "output_tokens": 1, "cache_read_input_tokens": 80,
                       "cache_creation_input_tokens": 10 } } }),
        delta(0, json!({ "type": "text_delta", "text": CANARY })),
        json!({ "type": "content_block_start", "index": 1, "content_block": call }),
        delta(
            1,
            json!({ "type": "input_json_delta", "partial_json": CANARY }),
        ),
        json!({ "type": "message_delta", "delta": { "stop_reason": "tool_use" }, "usage": { "output_tokens": 50 } }),
        json!({ "type": "message_stop" }),
    ]
}

fn assert_call(span: &FinishedSpan, server: &Server) {
    assert_eq!(
        (span.name(), span.kind()),
        ("chat claude-sonnet-4-5", SpanKind::Client)
    );
    assert_server(span, server);
    span.assert_attr("gen_ai.provider.name", "anthropic")
        .assert_attr("gen_ai.request.model", "claude-sonnet-4-5")
        .assert_attr("gen_ai.request.temperature", 0.2)
        .assert_attr("gen_ai.request.top_k", 40)
        .assert_attr("gen_ai.request.max_tokens", 64)
        .assert_attr("gen_ai.request.stop_sequences", ["END"]);
}

fn assert_reply(span: &FinishedSpan) {
    span.assert_unset()
        .assert_attr("gen_ai.response.id", "msg_1")
        .assert_attr("gen_ai.response.model", "claude-sonnet-4-5-20250929")
        .assert_attr("gen_ai.response.finish_reasons", ["tool_use"])
        .assert_attr("gen_ai.usage.input_tokens", 110)
        .assert_attr("gen_ai.usage.output_tokens", 50)
        .assert_attr("gen_ai.usage.cache_read.input_tokens", 80)
        .assert_attr("gen_ai.usage.cache_write.input_tokens", 10);
}

/// The bytes go on to the caller.
#[llm_call(provider = "anthropic", request = MessagesRequest::from_value(body), server = url)]
async fn ask_for_bytes(url: &str, body: &Value) -> reqwest::Result<WireReply> {
    let sent = reqwest::Client::new().post(url).json(body).send().await?;
    Ok(WireReply::new(
        Api::AnthropicMessages,
        sent.bytes().await?.into(),
    ))
}

#[tokio::test]
async fn a_reply() {
    let reply = json!({
        "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-sonnet-4-5-20250929",
        "content": [{ "type": "text", "text": CANARY }, { "type": "tool_use", "id": "toolu_1", "name": "weather" }],
        "stop_reason": "tool_use", "usage": usage(),
    });
    let server = Server::start(Reply::json("200 OK", &reply)).await;
    let captured = captured(async {
        let url = url(&server);
        ask(&url, &request()).await.expect("a reply");
        ask_for_bytes(&url, &request()).await
    })
    .await;
    let text: Value = captured.value.expect("a reply").json().expect("JSON");
    assert_eq!(text["content"][0]["text"], CANARY);
    assert_eq!(captured.spans.len(), 2);
    for span in captured.spans.iter() {
        assert_call(span, &server);
        assert_reply(span);
        span.assert_no_attr("gen_ai.request.stream");
    }
}

/// The body of a refusal is a reply that reports a failure: no status has to be looked at.
#[tokio::test]
async fn a_refusal() {
    for (status, kind) in [
        ("429 Too Many Requests", "rate_limit_error"),
        ("529 Overloaded", "overloaded_error"),
    ] {
        let reply = json!({ "type": "error", "error": { "type": kind, "message": CANARY } });
        let server = Server::start(Reply::json(status, &reply)).await;
        let captured = captured(async { ask(&url(&server), &request()).await }).await;
        captured.value.expect("a reply");
        let span = captured.spans.only();
        assert_call(span, &server);
        span.assert_error(kind);
    }
}

async fn drained(reply: Reply) -> (Vec<bool>, Spans, Server) {
    let server = Server::start(reply).await;
    let captured = captured(async {
        let items = stream(&url(&server), &request()).await.expect("a stream");
        items.map(|item| item.is_ok()).collect().await
    })
    .await;
    (captured.value, captured.spans, server)
}

#[tokio::test]
async fn a_stream() {
    let (items, spans, server) = drained(Reply::named_events(&events())).await;
    assert_eq!(items, [true; 6]);
    let span = spans.only();
    assert_call(span, &server);
    assert_reply(span);
    assert_streamed(span);
    span.assert_attr("agent_trace.stream.chunks", 6)
        .assert_no_attr("agent_trace.outcome");
}

#[tokio::test]
async fn a_stream_that_is_cut() {
    let mut events = events();
    events.truncate(2);
    let (items, spans, _server) = drained(Reply::named_events(&events).cut()).await;
    assert_eq!(items, [true, true, false]);
    let span = spans.only();
    assert_streamed(span);
    // What had been said until then stays.
    span.assert_attr("gen_ai.usage.input_tokens", 110);
    assert!(span.error().is_some(), "{span:?}");
}

#[tokio::test]
async fn an_error_within_a_stream() {
    let mut events = events();
    events.truncate(2);
    events.push(
        json!({ "type": "error", "error": { "type": "overloaded_error", "message": CANARY } }),
    );
    let (items, spans, _server) = drained(Reply::named_events(&events)).await;
    assert_eq!(items, [true; 3]);
    spans.only().assert_error("overloaded_error");
}

#[tokio::test]
async fn a_stream_that_is_returned_at_once() {
    let server = Server::start(Reply::events(&chunks())).await;
    let url = url(&server);
    let body = json!({ "model": "gpt-4o", "stream": true, "temperature": 0.2, "messages": [] });
    let captured = captured(async {
        let chunks = stream_at_once(url, body).filter_map(|item| async { item.ok() });
        // The application reads the same events.
        let text = chunks.filter_map(|chunk| async move {
            let value: Value = chunk.json().ok()?;
            Some(value["choices"][0]["delta"]["content"].as_str()?.len())
        });
        text.fold(0, |sum, len| async move { sum + len }).await
    })
    .await;
    assert_eq!(captured.value, 2 * CANARY.len());
    let span = captured.spans.find("chat gpt-4o");
    assert_server(span, &server);
    assert_streamed(span);
    span.assert_unset()
        .assert_attr("gen_ai.request.temperature", 0.2)
        .assert_attr("gen_ai.response.id", "chatcmpl-123")
        .assert_attr("gen_ai.usage.input_tokens", 19)
        .assert_attr("gen_ai.usage.reasoning.output_tokens", 6)
        .assert_attr("agent_trace.stream.chunks", 5);
}

#[tokio::test]
async fn nothing_but_the_provider() {
    let server = Server::start(completion()).await;
    let body = json!({ "model": "gpt-4o", "top_p": 0.9, "messages": [CANARY] });
    let captured = captured(async {
        let request = openai::ChatRequest::from_value(&body);
        ask_by_type(&url(&server), request, body).await
    })
    .await;
    captured.value.expect("a reply");
    captured
        .spans
        .find("chat gpt-4o")
        .assert_unset()
        .assert_attr("gen_ai.request.top_p", 0.9)
        .assert_attr("gen_ai.response.finish_reasons", ["stop", "length"])
        .assert_attr("gen_ai.usage.output_tokens", 10);
}
