//! Functions of the `rig-core` crate.

use agent_trace::llm_call;
use agent_trace::testing::FinishedSpan;
use futures_util::{Stream, StreamExt};
use opentelemetry::trace::SpanKind;
use rig_core::completion::{CompletionRequest, CompletionResponse};
use rig_core::providers::openai::OpenAIConfig;
use rig_core::providers::openai::wire::Chat;
use rig_core::streaming::{CompletionStream, Item, StreamEvent, StreamEvents};
use rig_core::{Model, ProviderError};

use crate::async_openai::samples::{chunks, completion, refusal};
use crate::server::{Reply, Server};
use crate::{CANARY, assert_streamed, captured};

#[llm_call(provider = "openai")]
async fn complete(
    model: &Model<Chat>,
    request: CompletionRequest,
) -> Result<CompletionResponse, ProviderError> {
    model.call(request).await
}

/// As the crate relays it.
#[expect(clippy::result_large_err, reason = "the error is the crate's")]
#[llm_call(provider = "openai")]
fn relay(model: &Model<Chat>, request: CompletionRequest) -> Result<StreamEvents, ProviderError> {
    Ok(model.stream(request)?.into_relay())
}

/// The bare events.
#[expect(clippy::result_large_err, reason = "the error is the crate's")]
#[llm_call(provider = "openai")]
fn events(
    model: &Model<Chat>,
    request: CompletionRequest,
) -> Result<impl Stream<Item = Result<Item<StreamEvent>, ProviderError>> + use<>, ProviderError> {
    model.stream(request)
}

fn model(server: &Server) -> Model<Chat> {
    let config = OpenAIConfig::new(CANARY).with_base_url(format!("http://{}/v1", server.address));
    config.client().chat("gpt-4o")
}

fn request() -> CompletionRequest {
    let mut request = CompletionRequest::new(CANARY);
    request.temperature = Some(0.2);
    request.max_tokens = Some(800);
    request.options.top_p = Some(0.9);
    request.options.stop = vec!["END".to_owned()];
    request
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
        .assert_attr("gen_ai.request.stop_sequences", ["END"]);
}

fn assert_reply(span: &FinishedSpan) {
    span.assert_unset()
        .assert_attr("gen_ai.response.id", "chatcmpl-123")
        .assert_attr("gen_ai.response.model", "gpt-4o-2024-08-06")
        .assert_attr("gen_ai.response.finish_reasons", ["stop"])
        .assert_attr("gen_ai.usage.input_tokens", 19)
        .assert_attr("gen_ai.usage.output_tokens", 10)
        .assert_attr("gen_ai.usage.cache_read.input_tokens", 4)
        .assert_attr("gen_ai.usage.reasoning.output_tokens", 6);
}

#[tokio::test]
async fn a_reply() {
    let server = Server::start(completion()).await;
    let model = model(&server);
    let captured = captured(async { complete(&model, request()).await }).await;
    captured.value.expect("a reply");
    let span = captured.spans.only();
    assert_call(span);
    assert_reply(span);
    span.assert_no_attr("gen_ai.request.stream");
}

#[tokio::test]
async fn a_stream() {
    let server = Server::start(Reply::events(&chunks())).await;
    let model = model(&server);
    let captured = captured(async {
        let items = relay(&model, request()).expect("a stream");
        items.collect::<Vec<_>>().await
    })
    .await;
    let items = futures_util::stream::iter(captured.value).boxed();
    let reply = CompletionStream::relay("relay", items).finish().await;
    assert_eq!(reply.expect("a reply").usage.output_tokens, Some(10));
    let span = captured.spans.only();
    assert_call(span);
    assert_reply(span);
    assert_streamed(span);
    span.assert_no_attr("agent_trace.outcome");
}

/// What the crate says with the whole response, its events do not.
#[tokio::test]
async fn a_stream_of_events() {
    let server = Server::start(Reply::events(&chunks())).await;
    let model = model(&server);
    let captured = captured(async {
        let items = events(&model, request()).expect("a stream");
        items
            .filter(|item| std::future::ready(item.is_err()))
            .count()
            .await
    })
    .await;
    assert_eq!(captured.value, 0);
    let span = captured.spans.only();
    assert_call(span);
    assert_streamed(span);
    span.assert_unset()
        .assert_no_attr("gen_ai.response.id")
        .assert_no_attr("gen_ai.response.finish_reasons")
        .assert_no_attr("gen_ai.usage.input_tokens");
}

#[tokio::test]
async fn a_stream_that_is_cut() {
    let mut some = chunks();
    some.truncate(3);
    let server = Server::start(Reply::events(&some).cut()).await;
    let model = model(&server);
    let captured = captured(async {
        let items: Vec<_> = events(&model, request()).expect("a stream").collect().await;
        items.last().is_some_and(Result::is_err)
    })
    .await;
    assert!(captured.value);
    let span = captured.spans.only();
    assert_streamed(span);
    span.assert_error("connection")
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
        let model = model(&server);
        let captured = captured(async {
            let whole = complete(&model, request()).await.is_err();
            let items: Vec<_> = relay(&model, request()).expect("a stream").collect().await;
            whole && items.last().is_some_and(Result::is_err)
        })
        .await;
        assert!(captured.value);
        assert_eq!(captured.spans.len(), 2);
        for span in captured.spans.iter() {
            assert_call(span);
            span.assert_error(expected);
        }
    }
}
