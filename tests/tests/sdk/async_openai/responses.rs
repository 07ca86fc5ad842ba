//! The Responses API.

use agent_trace::llm_call;
use async_openai::Client;
use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::types::responses::{CreateResponse, Response, ResponseStream};
use futures_util::StreamExt;
use opentelemetry::trace::SpanKind;
use serde_json::{Value, json};

use super::samples::{client, refusal};
use crate::server::{Reply, Server};
use crate::{CANARY, assert_server, assert_streamed, captured};

#[llm_call(provider = "openai")]
async fn respond(
    client: &Client<OpenAIConfig>,
    request: CreateResponse,
) -> Result<Response, OpenAIError> {
    client.responses().create(request).await
}

#[llm_call(provider = "openai")]
async fn stream(
    client: &Client<OpenAIConfig>,
    request: CreateResponse,
) -> Result<ResponseStream, OpenAIError> {
    client.responses().create_stream(request).await
}

fn request() -> CreateResponse {
    serde_json::from_value(json!({
        "model": "gpt-5", "input": CANARY, "temperature": 0.2, "top_p": 0.9, "max_output_tokens": 64,
        "reasoning": { "effort": "low" }, "service_tier": "flex", "previous_response_id": "resp_0",
        "text": { "format": { "type": "json_object" } },
    }))
    .expect("a request")
}

fn reply(status: &str) -> Value {
    json!({
        "id": "resp_1", "object": "response", "created_at": 1, "model": "gpt-5-2025-08-07",
        "status": status, "service_tier": "flex",
        "output": [
            { "type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
              "content": [{ "type": "output_text", "text": CANARY, "annotations": [] }] },
            call(),
        ],
        "usage": {
            "input_tokens": 19, "output_tokens": 10, "total_tokens": 29,
            "input_tokens_details": { "cached_tokens": 4 },
            "output_tokens_details": { "reasoning_tokens": 6 },
        },
    })
}

fn call() -> Value {
    json!({ "type": "function_call", "id": "fc_1", "call_id": "call_1", "name": "weather",
            "arguments": CANARY, "status": "completed" })
}

fn assert_call(span: &agent_trace::testing::FinishedSpan, server: &Server) {
    assert_eq!((span.name(), span.kind()), ("chat gpt-5", SpanKind::Client));
    assert_server(span, server);
    span.assert_attr("gen_ai.operation.name", "chat")
        .assert_attr("gen_ai.provider.name", "openai")
        .assert_attr("gen_ai.request.model", "gpt-5")
        .assert_attr("gen_ai.request.temperature", 0.2)
        .assert_attr("gen_ai.request.top_p", 0.9)
        .assert_attr("gen_ai.request.max_tokens", 64)
        .assert_attr("gen_ai.request.reasoning.level", "low")
        .assert_attr("gen_ai.output.type", "json")
        .assert_attr("openai.api.type", "responses")
        .assert_attr("openai.request.service_tier", "flex");
}

fn assert_reply(span: &agent_trace::testing::FinishedSpan) {
    span.assert_attr("gen_ai.response.id", "resp_1")
        .assert_attr("gen_ai.response.model", "gpt-5-2025-08-07")
        .assert_attr("gen_ai.response.finish_reasons", ["completed"])
        .assert_attr("openai.response.service_tier", "flex")
        .assert_attr("gen_ai.usage.input_tokens", 19)
        .assert_attr("gen_ai.usage.output_tokens", 10)
        .assert_attr("gen_ai.usage.cache_read.input_tokens", 4)
        .assert_attr("gen_ai.usage.reasoning.output_tokens", 6);
}

#[tokio::test]
async fn a_reply() {
    let server = Server::start(Reply::json("200 OK", &reply("completed"))).await;
    let client = client(&server);
    let captured = captured(async { respond(&client, request()).await }).await;
    captured.value.expect("a reply");
    let span = captured.spans.only();
    assert_call(span, &server);
    assert_reply(span);
    span.assert_unset().assert_no_attr("gen_ai.request.stream");
}

fn events(last: Value) -> Vec<Value> {
    let mut open = reply("in_progress");
    open["output"] = json!([]);
    open["usage"] = json!(null);
    let delta = json!({ "type": "response.output_text.delta", "sequence_number": 2, "item_id": "msg_1",
                        "output_index": 0, "content_index": 0, "delta": CANARY, "logprobs": [] });
    vec![
        json!({ "type": "response.created", "sequence_number": 0, "response": open }),
        json!({ "type": "response.output_item.added", "sequence_number": 1, "output_index": 1, "item": call() }),
        delta.clone(),
        delta,
        last,
    ]
}

async fn drained(reply: Reply) -> (Vec<bool>, agent_trace::testing::Spans, Server) {
    let server = Server::start(reply).await;
    let client = client(&server);
    let captured = captured(async {
        let items = stream(&client, request()).await.expect("a stream");
        items.map(|item| item.is_ok()).collect().await
    })
    .await;
    (captured.value, captured.spans, server)
}

#[tokio::test]
async fn a_stream() {
    let done = json!({ "type": "response.completed", "sequence_number": 3, "response": reply("completed") });
    let (items, spans, server) = drained(Reply::named_events(&events(done))).await;
    assert_eq!(items, [true; 5]);
    let span = spans.only();
    assert_call(span, &server);
    assert_reply(span);
    assert_streamed(span);
    span.assert_unset().assert_no_attr("agent_trace.outcome");
}

#[tokio::test]
async fn a_stream_that_is_cut() {
    let done = json!({ "type": "response.completed", "sequence_number": 3, "response": reply("completed") });
    let mut events = events(done);
    events.pop();
    let (items, spans, _server) = drained(Reply::named_events(&events).cut()).await;
    assert_eq!(items, [true, true, true, true, false]);
    spans
        .only()
        .assert_error("stream")
        .assert_attr("gen_ai.response.id", "resp_1")
        .assert_no_attr("gen_ai.usage.input_tokens");
}

#[tokio::test]
async fn a_reply_that_fails_within_the_stream() {
    let mut failed = reply("failed");
    failed["error"] = json!({ "code": "server_error", "message": CANARY });
    let failed = json!({ "type": "response.failed", "sequence_number": 3, "response": failed });
    let (items, spans, _server) = drained(Reply::named_events(&events(failed))).await;
    assert_eq!(items, [true; 5]);
    spans
        .only()
        .assert_error("server_error")
        .assert_attr("gen_ai.usage.input_tokens", 19);
}

#[tokio::test]
async fn a_rate_limit() {
    let reply = refusal(
        "429 Too Many Requests",
        "requests",
        Some("rate_limit_exceeded"),
    );
    let server = Server::start(reply).await;
    let client = client(&server);
    let captured = captured(async { respond(&client, request()).await.is_err() }).await;
    assert!(captured.value);
    let span = captured.spans.only();
    assert_call(span, &server);
    span.assert_error("rate_limit_exceeded");
}
