//! Functions of the `async-openai` crate.

mod calls;
mod responses;
pub(crate) mod samples;

use agent_trace::agent_span;
use agent_trace::testing::{FinishedSpan, Spans};
use async_openai::Client;
use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::types::embeddings::{CreateEmbeddingRequest, EmbeddingInput};
use futures_util::StreamExt;
use opentelemetry::trace::SpanKind;
use serde_json::json;
use tokio::net::TcpStream;

use self::calls::{
    complete, complete_as_said, complete_without_options, embed, stream, stream_at_once,
};
use self::samples::{chunk, chunks, client, completion, refusal, request, streamed};
use crate::server::{Reply, Server};
use crate::{CANARY, captured};

fn assert_request(span: &FinishedSpan, server: &Server) {
    assert_eq!(span.kind(), SpanKind::Client);
    assert_eq!(span.name(), "chat gpt-4o");
    span.assert_attr("gen_ai.operation.name", "chat")
        .assert_attr("gen_ai.provider.name", "openai")
        .assert_attr("gen_ai.request.model", "gpt-4o")
        .assert_attr("server.address", "127.0.0.1")
        .assert_attr("server.port", i64::from(server.address.port()))
        .assert_attr("gen_ai.request.temperature", 0.2)
        .assert_attr("gen_ai.request.top_p", 0.9)
        .assert_attr("gen_ai.request.frequency_penalty", 0.3)
        .assert_attr("gen_ai.request.presence_penalty", -0.1)
        .assert_attr("gen_ai.request.max_tokens", 800)
        .assert_attr("gen_ai.request.choice.count", 2)
        .assert_attr("gen_ai.request.stop_sequences", ["END", "STOP"])
        .assert_attr("gen_ai.request.reasoning.level", "low")
        .assert_attr("openai.request.service_tier", "flex");
}

fn assert_reply(span: &FinishedSpan) {
    span.assert_unset()
        .assert_attr("gen_ai.response.id", "chatcmpl-123")
        .assert_attr("gen_ai.response.model", "gpt-4o-2024-08-06")
        .assert_attr("gen_ai.usage.input_tokens", 19)
        .assert_attr("gen_ai.usage.output_tokens", 10)
        .assert_attr("gen_ai.usage.cache_read.input_tokens", 4)
        .assert_attr("gen_ai.usage.reasoning.output_tokens", 6)
        .assert_attr("openai.response.service_tier", "flex")
        .assert_attr("openai.response.system_fingerprint", "fp_1");
}

#[tokio::test]
async fn a_completion() {
    let server = Server::start(completion()).await;
    let client = client(&server);
    let captured = captured(async { complete(&client, request()).await }).await;
    assert_eq!(captured.value.expect("a reply").choices.len(), 2);
    let span = captured.spans.only();
    assert_request(span, &server);
    assert_reply(span);
    span.assert_attr("gen_ai.response.finish_reasons", ["stop", "length"])
        .assert_no_attr("gen_ai.request.stream")
        .assert_no_attr("agent_trace.stream.chunks");
}

#[tokio::test]
async fn what_is_said_wins() {
    let server = Server::start(completion()).await;
    let client = client(&server);
    let captured = captured(async { complete_as_said(client, &request()).await }).await;
    captured.value.expect("a reply");
    let span = captured.spans.find("chat said");
    assert_reply(span);
    span.assert_attr("gen_ai.request.model", "said")
        .assert_attr("gen_ai.request.max_tokens", 1)
        .assert_attr("gen_ai.request.temperature", 0.2)
        .assert_attr("server.address", "said.example")
        .assert_attr("server.port", 1);
}

#[tokio::test]
async fn no_option_is_needed() {
    let server = Server::start(completion()).await;
    let client = client(&server);
    let captured = captured(async { complete_without_options(&client, request()).await }).await;
    captured.value.expect("a reply");
    let span = captured.spans.only();
    assert_request(span, &server);
    assert_reply(span);
}

fn assert_drained(spans: &Spans, server: &Server) {
    let span = spans.only();
    assert_request(span, server);
    assert_reply(span);
    span.assert_attr("gen_ai.request.stream", true)
        .assert_attr("gen_ai.response.finish_reasons", ["stop"])
        .assert_attr("agent_trace.stream.chunks", 5)
        .assert_no_attr("agent_trace.outcome")
        .assert_no_attr("agent_trace.usage.incomplete");
    let first = span.double("gen_ai.response.time_to_first_chunk");
    assert!(first.expect("a first chunk") > 0.0);
}

#[tokio::test]
async fn a_stream() {
    let server = Server::start(Reply::events(&chunks())).await;
    let client = client(&server);
    let captured = captured(async {
        let mut items = stream(&client, streamed()).await.expect("a stream");
        let mut count = 0;
        while let Some(item) = items.next().await {
            item.expect("a chunk");
            count += 1;
        }
        count
    })
    .await;
    assert_eq!(captured.value, 5);
    assert_drained(&captured.spans, &server);
}

#[tokio::test]
async fn a_stream_that_is_returned_at_once() {
    let server = Server::start(Reply::events(&chunks())).await;
    let client = client(&server);
    let captured = captured(async { stream_at_once(client, streamed()).count().await }).await;
    assert_eq!(captured.value, 5);
    assert_drained(&captured.spans, &server);
}

#[tokio::test]
async fn a_stream_that_is_abandoned() {
    let server = Server::start(Reply::events(&chunks())).await;
    let client = client(&server);
    let captured = captured(async {
        let mut items = stream(&client, streamed()).await.expect("a stream");
        items.next().await.expect("an item").expect("a chunk");
    })
    .await;
    captured
        .spans
        .only()
        .assert_unset()
        .assert_attr("agent_trace.outcome", "abandoned")
        .assert_attr("agent_trace.stream.chunks", 1)
        .assert_attr("gen_ai.response.id", "chatcmpl-123")
        .assert_no_attr("gen_ai.usage.input_tokens");
}

#[tokio::test]
async fn tool_calls_in_a_stream() {
    let call = |arguments: &str| {
        json!({ "tool_calls": [{ "index": 0, "id": "call_1", "type": "function",
        "function": { "name": "weather", "arguments": arguments } }] })
    };
    let events = [
        chunk(&call(""), &json!(null)),
        chunk(&call(CANARY), &json!(null)),
        chunk(&json!({}), &json!("tool_calls")),
    ];
    let server = Server::start(Reply::events(&events)).await;
    let client = client(&server);
    let captured = captured(async {
        let items = stream(&client, streamed()).await.expect("a stream");
        items.count().await
    })
    .await;
    assert_eq!(captured.value, 3);
    captured
        .spans
        .only()
        .assert_unset()
        .assert_attr("gen_ai.response.finish_reasons", ["tool_calls"]);
}

#[tokio::test]
async fn an_error_within_a_stream() {
    let mut events = chunks();
    events.truncate(2);
    events.push(
        json!({ "error": { "message": "overloaded", "type": "server_error", "code": null } }),
    );
    let server = Server::start(Reply::events(&events)).await;
    let client = client(&server);
    let captured = captured(async {
        let mut items = stream(&client, streamed()).await.expect("a stream");
        let mut failed = 0;
        while let Some(item) = items.next().await {
            failed += usize::from(item.is_err());
        }
        failed
    })
    .await;
    assert_eq!(captured.value, 1);
    captured
        .spans
        .only()
        .assert_error("server_error")
        .assert_attr("gen_ai.response.finish_reasons", ["error"]);
}

#[tokio::test]
async fn a_rate_limit() {
    let reply = || {
        refusal(
            "429 Too Many Requests",
            "requests",
            Some("rate_limit_exceeded"),
        )
    };
    let server = Server::start(reply()).await;
    let first = client(&server);
    let captured_reply = captured(async { complete(&first, request()).await }).await;
    assert!(matches!(
        captured_reply.value,
        Err(OpenAIError::ApiError(_))
    ));
    let span = captured_reply.spans.only();
    assert_request(span, &server);
    span.assert_error("rate_limit_exceeded")
        .assert_no_attr("gen_ai.response.id")
        .assert_no_attr("gen_ai.usage.input_tokens");
    let message = span.error().expect("a message");
    assert!(message.contains("Rate limit reached"), "{message}");
    assert!(span.event("exception").is_some());

    let server = Server::start(reply()).await;
    let second = client(&server);
    let captured_stream = captured(async { stream(&second, streamed()).await.is_err() }).await;
    assert!(captured_stream.value);
    captured_stream
        .spans
        .only()
        .assert_error("rate_limit_exceeded")
        .assert_attr("gen_ai.request.stream", true);
}

#[tokio::test]
async fn other_failures_have_types_of_low_cardinality() {
    let html = Reply {
        status: "200 OK",
        content_type: "text/html",
        body: b"<html>no model here</html>".to_vec(),
        missing: 0,
    };
    let cut = Reply {
        missing: 100,
        ..completion()
    };
    for (reply, error_type) in [
        (
            refusal(
                "401 Unauthorized",
                "invalid_request_error",
                Some("invalid_api_key"),
            ),
            "invalid_api_key",
        ),
        // Of a failure of the server's own the client keeps the status only.
        (
            refusal("500 Internal Server Error", "server_error", None),
            "500",
        ),
        (html, "invalid_response"),
        (cut, "connection"),
    ] {
        let server = Server::start(reply).await;
        let client = client(&server);
        let captured = captured(async { complete(&client, request()).await.is_err() }).await;
        assert!(captured.value);
        captured.spans.only().assert_error(error_type);
    }
}

#[tokio::test]
async fn nobody_there() {
    let server = Server::start(completion()).await;
    let client = client(&server);
    let address = server.address;
    server.serving.abort();
    drop(server);
    // The port is free once the task is gone.
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    let captured = captured(async { complete(&client, request()).await.is_err() }).await;
    assert!(captured.value);
    captured.spans.only().assert_error("connection");
}

#[tokio::test]
async fn embeddings() {
    let reply = json!({
        "object": "list", "model": "text-embedding-3-small",
        "data": [{ "object": "embedding", "index": 0, "embedding": [0.1, 0.2] }],
        "usage": { "prompt_tokens": 8, "total_tokens": 8 },
    });
    let server = Server::start(Reply::json("200 OK", &reply)).await;
    let client = client(&server);
    let request = CreateEmbeddingRequest {
        model: "text-embedding-3-small".to_owned(),
        input: EmbeddingInput::String(CANARY.to_owned()),
        dimensions: Some(2),
        ..CreateEmbeddingRequest::default()
    };
    let captured = captured(async { embed(&client, request).await }).await;
    captured.value.expect("a reply");
    let span = captured.spans.only();
    assert_eq!(span.name(), "embeddings text-embedding-3-small");
    assert_eq!(span.kind(), SpanKind::Client);
    span.assert_unset()
        .assert_attr("gen_ai.operation.name", "embeddings")
        .assert_attr("gen_ai.provider.name", "openai")
        .assert_attr("gen_ai.request.model", "text-embedding-3-small")
        .assert_attr("gen_ai.embeddings.dimension.count", 2)
        .assert_attr("gen_ai.response.model", "text-embedding-3-small")
        .assert_attr("server.address", "127.0.0.1")
        .assert_attr("server.port", i64::from(server.address.port()));
}

/// The calls of an agent add up on it, streamed or not.
#[tokio::test]
async fn an_agent_over_both() {
    #[agent_span(name = "asker")]
    async fn asker(whole: &Client<OpenAIConfig>, streaming: &Client<OpenAIConfig>) {
        complete(whole, request()).await.expect("a reply");
        let items = stream(streaming, streamed()).await.expect("a stream");
        assert_eq!(items.count().await, 5);
    }

    let (whole, streaming) = (
        Server::start(completion()).await,
        Server::start(Reply::events(&chunks())).await,
    );
    let (first, second) = (client(&whole), client(&streaming));
    let captured = captured(async { asker(&first, &second).await }).await;
    captured
        .spans
        .find("invoke_agent asker")
        .assert_unset()
        .assert_attr("gen_ai.usage.input_tokens", 38)
        .assert_attr("gen_ai.usage.output_tokens", 20)
        .assert_attr("agent_trace.inference_calls", 2)
        .assert_attr("gen_ai.response.finish_reasons", ["stop"]);
    assert_eq!(captured.spans.len(), 3);
}
