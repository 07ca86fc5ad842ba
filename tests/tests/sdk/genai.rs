//! Functions of the `genai` crate.

use agent_trace::llm_call;
use agent_trace::testing::FinishedSpan;
use futures_util::{Stream, StreamExt};
use genai::adapter::AdapterKind;
use genai::chat::{ChatOptions, ChatRequest, ChatResponse, ChatStreamEvent, ReasoningEffort};
use genai::resolver::{AuthData, Endpoint, ServiceTargetResolver};
use genai::{Client, ModelIden, ServiceTarget};
use opentelemetry::trace::SpanKind;
use serde_json::{Value, json};

use crate::async_openai::samples::{chunk, chunks, completion, refusal};
use crate::server::{Reply, Server};
use crate::{CANARY, assert_streamed, captured};

#[llm_call(provider = "openai")]
async fn chat(
    client: &Client,
    model: &ModelIden,
    request: ChatRequest,
    options: &ChatOptions,
) -> genai::Result<ChatResponse> {
    client.exec_chat(model, request, Some(options)).await
}

#[llm_call(provider = "openai")]
async fn stream(
    client: &Client,
    model: &ModelIden,
    request: ChatRequest,
    options: &ChatOptions,
) -> genai::Result<impl Stream<Item = genai::Result<ChatStreamEvent>> + use<>> {
    let opened = client.exec_chat_stream(model, request, Some(options));
    Ok(opened.await?.stream)
}

/// The model says who the provider is.
#[llm_call]
async fn chat_without_options(
    client: &Client,
    model: &ModelIden,
    request: ChatRequest,
) -> Result<ChatResponse, genai::Error> {
    client.exec_chat(model, request, None).await
}

fn client(server: &Server) -> Client {
    let endpoint = format!("http://{}/v1/", server.address);
    let resolver = ServiceTargetResolver::from_resolver_fn(
        move |target: ServiceTarget| -> Result<ServiceTarget, genai::resolver::Error> {
            Ok(ServiceTarget {
                endpoint: Endpoint::from_owned(endpoint.clone()),
                auth: AuthData::from_single(CANARY),
                model: target.model,
            })
        },
    );
    Client::builder()
        .with_service_target_resolver(resolver)
        .build()
        .expect("a client")
}

fn model() -> ModelIden {
    ModelIden::new(AdapterKind::OpenAI, "gpt-4o")
}

fn options() -> ChatOptions {
    let mut options = ChatOptions::default()
        .with_temperature(0.2)
        .with_top_p(0.9)
        .with_max_tokens(800)
        .with_reasoning_effort(ReasoningEffort::Low)
        .with_capture_usage(true);
    options.stop_sequences = vec!["END".to_owned()];
    options
}

fn assert_call(span: &FinishedSpan) {
    assert_eq!(
        (span.name(), span.kind()),
        ("chat gpt-4o", SpanKind::Client)
    );
    span.assert_attr("gen_ai.operation.name", "chat")
        .assert_attr("gen_ai.provider.name", "openai")
        .assert_attr("gen_ai.request.model", "gpt-4o")
        .assert_attr("gen_ai.request.temperature", 0.2)
        .assert_attr("gen_ai.request.top_p", 0.9)
        .assert_attr("gen_ai.request.max_tokens", 800)
        .assert_attr("gen_ai.request.reasoning.level", "low")
        .assert_attr("gen_ai.request.stop_sequences", ["END"]);
}

fn assert_usage(span: &FinishedSpan) {
    span.assert_attr("gen_ai.usage.input_tokens", 19)
        .assert_attr("gen_ai.usage.output_tokens", 10)
        .assert_attr("gen_ai.usage.cache_read.input_tokens", 4)
        .assert_attr("gen_ai.usage.reasoning.output_tokens", 6);
}

#[tokio::test]
async fn a_reply() {
    let server = Server::start(completion()).await;
    let client = client(&server);
    let captured = captured(async {
        chat(
            &client,
            &model(),
            ChatRequest::from_user(CANARY),
            &options(),
        )
        .await
    })
    .await;
    captured.value.expect("a reply");
    let span = captured.spans.only();
    assert_call(span);
    assert_usage(span);
    // Only the first of two choices, and no id.
    span.assert_unset()
        .assert_attr("gen_ai.response.model", "gpt-4o-2024-08-06")
        .assert_attr("gen_ai.response.finish_reasons", ["stop"])
        .assert_no_attr("gen_ai.response.id")
        .assert_no_attr("gen_ai.request.stream");
}

#[tokio::test]
async fn anthropics_cached_tokens() {
    let reply = json!({
        "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-sonnet-4-5-20250929",
        "content": [{ "type": "text", "text": CANARY }], "stop_reason": "end_turn",
        "usage": {
            "input_tokens": 2, "output_tokens": 40,
            "cache_read_input_tokens": 1590, "cache_creation_input_tokens": 300,
            "cache_creation": { "ephemeral_5m_input_tokens": 100, "ephemeral_1h_input_tokens": 200 },
        },
    });
    let server = Server::start(Reply::json("200 OK", &reply)).await;
    let client = client(&server);
    let model = ModelIden::new(AdapterKind::Anthropic, "claude-sonnet-4-5");
    let captured = captured(async {
        chat_without_options(&client, &model, ChatRequest::from_user(CANARY)).await
    })
    .await;
    captured.value.expect("a reply");
    let span = captured.spans.find("chat claude-sonnet-4-5");
    span.assert_unset()
        .assert_attr("gen_ai.provider.name", "anthropic")
        .assert_attr("gen_ai.response.model", "claude-sonnet-4-5-20250929")
        .assert_attr("gen_ai.response.finish_reasons", ["end_turn"])
        .assert_attr("gen_ai.usage.input_tokens", 1892)
        .assert_attr("gen_ai.usage.output_tokens", 40)
        .assert_attr("gen_ai.usage.cache_read.input_tokens", 1590)
        .assert_attr("gen_ai.usage.cache_write.input_tokens", 300);
}

async fn drained(reply: Reply) -> (Vec<bool>, agent_trace::testing::Spans) {
    let server = Server::start(reply).await;
    let client = client(&server);
    let captured = captured(async {
        let (model, options) = (model(), options());
        let request = ChatRequest::from_user(CANARY);
        let items = stream(&client, &model, request, &options).await;
        let items = items.expect("a stream").map(|item| item.is_ok());
        items.collect().await
    })
    .await;
    (captured.value, captured.spans)
}

#[tokio::test]
async fn a_stream() {
    let (items, spans) = drained(Reply::events(&chunks())).await;
    assert!(items.iter().all(|good| *good));
    let span = spans.only();
    assert_call(span);
    assert_usage(span);
    assert_streamed(span);
    // The crate drops the model that answered.
    span.assert_unset()
        .assert_attr("gen_ai.response.finish_reasons", ["stop"])
        .assert_no_attr("gen_ai.response.model")
        .assert_no_attr("agent_trace.outcome");
}

#[tokio::test]
async fn a_stream_with_a_tool_call() {
    let call = |id: Value, name: Value, arguments: &str| {
        json!({ "tool_calls": [{ "index": 0, "id": id, "type": "function",
                "function": { "name": name, "arguments": arguments } }] })
    };
    let mut events = chunks();
    events.splice(
        1..4,
        [
            chunk(&call(json!("call_1"), json!("weather"), ""), &json!(null)),
            chunk(&call(json!(null), json!(null), "{}"), &json!(null)),
            chunk(&json!({}), &json!("tool_calls")),
        ],
    );
    let (_, spans) = drained(Reply::events(&events)).await;
    let span = spans.only();
    assert_usage(span);
    span.assert_unset()
        .assert_attr("gen_ai.response.finish_reasons", ["tool_calls"]);
}

#[tokio::test]
async fn a_stream_that_is_cut() {
    let mut events = chunks();
    events.truncate(3);
    let (items, spans) = drained(Reply::events(&events).cut()).await;
    assert!(items.contains(&false), "{items:?}");
    let span = spans.only();
    assert_streamed(span);
    span.assert_error("stream")
        .assert_no_attr("gen_ai.usage.input_tokens");
}

#[tokio::test]
async fn refusals() {
    for (status, kind, code, expected) in [
        (
            "429 Too Many Requests",
            "requests",
            Some("rate_limit_exceeded"),
            "rate_limit_exceeded",
        ),
        (
            "500 Internal Server Error",
            "server_error",
            None,
            "server_error",
        ),
    ] {
        let server = Server::start(refusal(status, kind, code)).await;
        let client = client(&server);
        let captured = captured(async {
            let request = ChatRequest::from_user(CANARY);
            chat(&client, &model(), request, &options()).await.is_err()
        })
        .await;
        assert!(captured.value);
        let span = captured.spans.only();
        assert_call(span);
        span.assert_error(expected);
    }
}
