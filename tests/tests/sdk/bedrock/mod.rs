//! Functions of the `aws-sdk-bedrockruntime` crate.

mod frames;

use agent_trace::llm_call;
use agent_trace::testing::{FinishedSpan, Spans};
use aws_sdk_bedrockruntime::config::retry::RetryConfig;
use aws_sdk_bedrockruntime::config::{Credentials, Region};
use aws_sdk_bedrockruntime::error::SdkError;
use aws_sdk_bedrockruntime::operation::converse::builders::ConverseFluentBuilder;
use aws_sdk_bedrockruntime::operation::converse::{ConverseError, ConverseOutput};
use aws_sdk_bedrockruntime::operation::converse_stream::ConverseStreamError;
use aws_sdk_bedrockruntime::operation::converse_stream::builders::ConverseStreamFluentBuilder;
use aws_sdk_bedrockruntime::operation::invoke_model::builders::InvokeModelFluentBuilder;
use aws_sdk_bedrockruntime::operation::invoke_model::{InvokeModelError, InvokeModelOutput};
use aws_sdk_bedrockruntime::operation::invoke_model_with_response_stream::InvokeModelWithResponseStreamError;
use aws_sdk_bedrockruntime::operation::invoke_model_with_response_stream::builders::InvokeModelWithResponseStreamFluentBuilder;
use aws_sdk_bedrockruntime::primitives::Blob;
use aws_sdk_bedrockruntime::types::error::{ConverseStreamOutputError, ResponseStreamError};
use aws_sdk_bedrockruntime::types::{
    ContentBlock, ConversationRole, ConverseStreamOutput, InferenceConfiguration, Message,
    ResponseStream,
};
use aws_sdk_bedrockruntime::{Client, Config};
use futures_util::{Stream, StreamExt, stream};
use opentelemetry::trace::SpanKind;
use serde_json::{Value, json};

use self::frames::{base64, frames};
use crate::server::{Reply, Server};
use crate::{CANARY, assert_streamed, captured};

const MODEL: &str = "anthropic.claude-sonnet-4-5-20250929-v1:0";

#[llm_call(provider = "aws.bedrock")]
async fn converse(
    request: ConverseFluentBuilder,
) -> Result<ConverseOutput, SdkError<ConverseError>> {
    request.send().await
}

#[llm_call(provider = "aws.bedrock")]
async fn converse_stream(
    request: ConverseStreamFluentBuilder,
) -> Result<
    impl Stream<Item = Result<ConverseStreamOutput, ConverseStreamOutputError>>,
    SdkError<ConverseStreamError>,
> {
    let events = request.send().await?.stream;
    Ok(stream::unfold(events, |mut events| async {
        let event = events.recv().await.map_err(SdkError::into_service_error);
        Some((event.transpose()?, events))
    }))
}

#[llm_call(provider = "aws.bedrock")]
async fn invoke(
    request: InvokeModelFluentBuilder,
) -> Result<InvokeModelOutput, SdkError<InvokeModelError>> {
    request.send().await
}

#[llm_call(provider = "aws.bedrock")]
async fn invoke_stream(
    request: InvokeModelWithResponseStreamFluentBuilder,
) -> Result<
    impl Stream<Item = Result<ResponseStream, ResponseStreamError>>,
    SdkError<InvokeModelWithResponseStreamError>,
> {
    let events = request.send().await?.body;
    Ok(stream::unfold(events, |mut events| async {
        let event = events.recv().await.map_err(SdkError::into_service_error);
        Some((event.transpose()?, events))
    }))
}

fn client(server: &Server) -> Client {
    let config = Config::builder()
        .behavior_version_latest()
        .region(Region::new("us-east-1"))
        .endpoint_url(format!("http://{}", server.address))
        .credentials_provider(Credentials::new(CANARY, CANARY, None, None, "test"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .retry_config(RetryConfig::disabled());
    Client::from_conf(config.build())
}

fn message() -> Message {
    Message::builder()
        .role(ConversationRole::User)
        .content(ContentBlock::Text(CANARY.to_owned()))
        .build()
        .expect("a message")
}

fn parameters() -> InferenceConfiguration {
    InferenceConfiguration::builder()
        .max_tokens(64)
        .temperature(0.2)
        .top_p(0.9)
        .stop_sequences("END")
        .build()
}

fn usage() -> Value {
    json!({ "inputTokens": 20, "outputTokens": 50, "totalTokens": 160,
            "cacheReadInputTokens": 80, "cacheWriteInputTokens": 10 })
}

fn events() -> Vec<(&'static str, &'static str, Value)> {
    let tool = json!({ "toolUse": { "toolUseId": "tool_1", "name": "weather" } });
    let delta = |delta: Value| json!({ "contentBlockIndex": 0, "delta": delta });
    vec![
        ("event", "messageStart", json!({ "role": "assistant" })),
        (
            "event",
            "contentBlockDelta",
            delta(json!({ "text": CANARY })),
        ),
        (
            "event",
            "contentBlockStart",
            json!({ "contentBlockIndex": 1, "start": tool }),
        ),
        (
            "event",
            "contentBlockDelta",
            delta(json!({ "toolUse": { "input": CANARY } })),
        ),
        ("event", "messageStop", json!({ "stopReason": "tool_use" })),
        (
            "event",
            "metadata",
            json!({ "usage": usage(), "metrics": { "latencyMs": 5 } }),
        ),
    ]
}

fn refusal(status: &'static str, name: &str) -> Reply {
    Reply::json(status, &json!({ "__type": name, "message": "Slow down." }))
}

fn assert_call(span: &FinishedSpan) {
    assert_eq!(span.name(), format!("chat {MODEL}"));
    assert_eq!(span.kind(), SpanKind::Client);
    // What the client's endpoint is, the crate tells nobody.
    span.assert_attr("gen_ai.provider.name", "aws.bedrock")
        .assert_attr("gen_ai.request.model", MODEL)
        .assert_attr("gen_ai.request.temperature", 0.2)
        .assert_attr("gen_ai.request.top_p", 0.9)
        .assert_attr("gen_ai.request.max_tokens", 64)
        .assert_attr("gen_ai.request.stop_sequences", ["END"])
        .assert_no_attr("server.address");
}

fn assert_usage(span: &FinishedSpan) {
    span.assert_unset()
        .assert_attr("gen_ai.usage.input_tokens", 110)
        .assert_attr("gen_ai.usage.output_tokens", 50)
        .assert_attr("gen_ai.usage.cache_read.input_tokens", 80)
        .assert_attr("gen_ai.usage.cache_write.input_tokens", 10);
}

fn conversing(client: &Client) -> ConverseFluentBuilder {
    let request = client.converse().model_id(MODEL).messages(message());
    request.inference_config(parameters())
}

#[tokio::test]
async fn a_reply() {
    let content = json!([
        { "text": CANARY },
        { "toolUse": { "toolUseId": "tool_1", "name": "weather", "input": {} } },
    ]);
    let reply = json!({
        "output": { "message": { "role": "assistant", "content": content } },
        "stopReason": "tool_use", "usage": usage(), "metrics": { "latencyMs": 5 },
    });
    let server = Server::start(Reply::json("200 OK", &reply)).await;
    let client = client(&server);
    let captured = captured(async { converse(conversing(&client)).await }).await;
    captured.value.expect("a reply");
    let span = captured.spans.only();
    assert_call(span);
    assert_usage(span);
    span.assert_attr("gen_ai.response.finish_reasons", ["tool_use"])
        .assert_no_attr("gen_ai.response.id")
        .assert_no_attr("gen_ai.request.stream");
}

async fn drained(reply: Reply) -> (Vec<bool>, Spans) {
    let server = Server::start(reply).await;
    let client = client(&server);
    let captured = captured(async {
        let request = client.converse_stream().model_id(MODEL).messages(message());
        let items = converse_stream(request.inference_config(parameters())).await;
        // The crate repeats the error for as long as it is asked.
        let items = items.expect("a stream").map(|item| item.is_ok());
        Box::pin(items).take(7).collect().await
    })
    .await;
    (captured.value, captured.spans)
}

#[tokio::test]
async fn a_stream() {
    let (items, spans) = drained(frames(&events())).await;
    assert_eq!(items, [true; 6]);
    let span = spans.only();
    assert_call(span);
    assert_usage(span);
    assert_streamed(span);
    span.assert_attr("gen_ai.response.finish_reasons", ["tool_use"])
        .assert_attr("agent_trace.stream.chunks", 6)
        .assert_no_attr("agent_trace.outcome");
}

#[tokio::test]
async fn an_exception_within_a_stream() {
    let mut events = events();
    events.truncate(2);
    events.push((
        "exception",
        "throttlingException",
        json!({ "message": "Slow down." }),
    ));
    let (items, spans) = drained(frames(&events)).await;
    assert_eq!(items[..3], [true, true, false]);
    let span = spans.only();
    assert_streamed(span);
    span.assert_error("ThrottlingException")
        .assert_no_attr("gen_ai.usage.input_tokens");
}

#[tokio::test]
async fn a_stream_that_is_cut() {
    let mut events = events();
    events.truncate(2);
    let (items, spans) = drained(frames(&events).cut()).await;
    assert_eq!(items[..3], [true, true, false]);
    let span = spans.only();
    assert_streamed(span);
    assert!(span.error().is_some(), "{span:?}");
}

#[tokio::test]
async fn refusals() {
    for (status, name) in [
        ("429 Too Many Requests", "ThrottlingException"),
        ("500 Internal Server Error", "InternalServerException"),
    ] {
        let server = Server::start(refusal(status, name)).await;
        let client = client(&server);
        let captured = captured(async { converse(conversing(&client)).await.is_err() }).await;
        assert!(captured.value);
        let span = captured.spans.only();
        assert_call(span);
        span.assert_error(name);
    }
}

fn claude() -> Blob {
    let body = json!({
        "anthropic_version": "bedrock-2023-05-31", "max_tokens": 64, "temperature": 0.2, "top_p": 0.9,
        "stop_sequences": ["END"], "messages": [{ "role": "user", "content": CANARY }],
    });
    Blob::new(body.to_string())
}

/// The body is the model family's own.
#[tokio::test]
async fn an_invoked_model() {
    let reply = json!({
        "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-sonnet-4-5-20250929",
        "content": [{ "type": "text", "text": CANARY }], "stop_reason": "end_turn",
        "usage": { "input_tokens": 20, "cache_read_input_tokens": 80,
                   "cache_creation_input_tokens": 10, "output_tokens": 50 },
    });
    let server = Server::start(Reply::json("200 OK", &reply)).await;
    let client = client(&server);
    let captured =
        captured(async { invoke(client.invoke_model().model_id(MODEL).body(claude())).await })
            .await;
    captured.value.expect("a reply");
    let span = captured.spans.only();
    assert_call(span);
    assert_usage(span);
    span.assert_attr("gen_ai.response.id", "msg_1")
        .assert_attr("gen_ai.response.model", "claude-sonnet-4-5-20250929")
        .assert_attr("gen_ai.response.finish_reasons", ["end_turn"])
        .assert_no_attr("gen_ai.request.stream");
}

#[tokio::test]
async fn an_invoked_model_that_streams() {
    let chunk = |event: Value| {
        (
            "event",
            "chunk",
            json!({ "bytes": base64(event.to_string().as_bytes()) }),
        )
    };
    let events = [
        chunk(json!({ "type": "message_start", "message": {
            "id": "msg_1", "model": "claude-sonnet-4-5-20250929", "content": [],
            "usage": { "input_tokens": 20, "cache_read_input_tokens": 80,
                       "cache_creation_input_tokens": 10, "output_tokens": 1 } } })),
        chunk(json!({ "type": "content_block_delta", "index": 0,
                      "delta": { "type": "text_delta", "text": CANARY } })),
        chunk(
            json!({ "type": "message_delta", "delta": { "stop_reason": "end_turn" },
                      "usage": { "output_tokens": 50 } }),
        ),
        chunk(json!({ "type": "message_stop" })),
    ];
    let server = Server::start(frames(&events)).await;
    let client = client(&server);
    let captured = captured(async {
        let request = client.invoke_model_with_response_stream().model_id(MODEL);
        let items = invoke_stream(request.body(claude()))
            .await
            .expect("a stream");
        items.count().await
    })
    .await;
    assert_eq!(captured.value, 4);
    let span = captured.spans.only();
    assert_call(span);
    assert_usage(span);
    assert_streamed(span);
    span.assert_attr("gen_ai.response.id", "msg_1")
        .assert_attr("gen_ai.response.finish_reasons", ["end_turn"]);
}
