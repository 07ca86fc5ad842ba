//! The `rig-core` adapter on the crate's own types.

use agent_trace_llm::{LlmChunk, LlmError, LlmRequest, LlmResponse, StreamInfo};
use rig_core::completion::options::{Effort, GenerationOptions, ServiceTier};
use rig_core::completion::{CompletionRequest, CompletionResponse, FinishReason, Usage};
use rig_core::message::{AssistantContent, CallId, Origin, ToolCall, ToolFunction, ToolName};
use rig_core::streaming::{Item, PartKind, Relayed, StreamEvent};
use rig_core::{ErrorKind, ErrorReport, ProviderError, ProviderResponseError};
use serde_json::json;

fn counts() -> Usage {
    Usage::new()
        .input_tokens(100)
        .output_tokens(50)
        .total_tokens(150)
        .cached_input_tokens(40)
        .cache_creation_input_tokens(10)
        .reasoning_tokens(20)
}

fn call(id: CallId) -> AssistantContent {
    let name = ToolName::try_from("search".to_owned()).expect("a name");
    AssistantContent::ToolCall(ToolCall::new(id, ToolFunction::new(name, json!({}))))
}

fn response() -> CompletionResponse {
    let mut origin = Origin::new("openai".to_owned(), "openai", "gpt-4o");
    origin.response_model = Some("gpt-4o-2024-11-20".to_owned());
    origin.response_id = Some("chatcmpl-1".to_owned());
    let choice = vec![call(CallId::from_wire("a")), call(CallId::from_wire(""))];
    CompletionResponse::new(choice, counts(), origin, json!({}))
        .with_finish_reason(FinishReason::Stop)
}

#[test]
fn requests() {
    let mut request = CompletionRequest::new("secret");
    assert_eq!(LlmRequest::model(&request), None);
    assert_eq!(request.info(), Default::default());
    request.model = Some("gpt-4o".to_owned());
    request.temperature = Some(0.2);
    request.max_tokens = Some(64);
    request.options = GenerationOptions::new()
        .reasoning(Effort::XHigh)
        .service_tier(ServiceTier::Flex);
    request.options.top_p = Some(0.9);
    request.options.seed = Some(u64::MAX);
    request.options.stop = vec!["END".to_owned()];
    assert_eq!(LlmRequest::model(&request), Some("gpt-4o"));
    let info = request.info();
    assert_eq!(info.temperature, Some(0.2));
    assert_eq!(info.max_tokens, Some(64));
    assert_eq!(info.top_p, Some(0.9));
    assert_eq!(info.seed, Some(i64::MAX));
    assert_eq!(info.stop_sequences, ["END"]);
    assert_eq!(info.reasoning_level.as_deref(), Some("xhigh"));
    assert_eq!(info.service_tier.as_deref(), Some("flex"));
    request.options = GenerationOptions::new().service_tier(ServiceTier::Auto);
    assert_eq!(request.info().service_tier, None);
}

#[test]
fn responses() {
    let info = response().info();
    assert_eq!(info.id.as_deref(), Some("chatcmpl-1"));
    assert_eq!(info.model.as_deref(), Some("gpt-4o-2024-11-20"));
    // The crate makes this of `stop` where there are calls.
    assert_eq!(info.finish_reasons, ["tool_calls"]);
    let ids: Vec<_> = info
        .tool_calls
        .iter()
        .map(|call| call.id.as_deref())
        .collect();
    assert_eq!(ids, [Some("a"), None]);
    assert_eq!(info.tool_calls[1].name.as_deref(), Some("search"));
    assert_eq!(info.error_type, None);
    let usage = info.usage.expect("usage");
    assert_eq!(usage.input_tokens, Some(100));
    assert_eq!(usage.output_tokens, Some(50));
    assert_eq!(usage.cache_read_input_tokens, Some(40));
    assert_eq!(usage.cache_write_input_tokens, Some(10));
    assert_eq!(usage.reasoning_output_tokens, Some(20));

    let origin = Origin::new("gemini".to_owned(), "gemini", "g");
    let mut silent = CompletionResponse::new(Vec::new(), Usage::new(), origin, json!({}))
        .with_finish_reason(FinishReason::Other("RECITATION".to_owned()));
    silent.error = Some("secret".to_owned());
    let info = silent.info();
    assert_eq!((info.usage, info.id, info.model), (None, None, None));
    assert_eq!(info.finish_reasons, ["RECITATION"]);
    assert_eq!(info.error_type.as_deref(), Some("failed"));
}

#[test]
fn other_operations() {
    let embedding: rig_core::embeddings::EmbeddingResponse = serde_json::from_value(json!({
        "embeddings": [], "usage": { "input_tokens": 4 }, "provider": "openai",
        "model": "text-embedding-3-small", "response_id": "e1",
    }))
    .expect("a response");
    let info = embedding.info();
    assert_eq!(info.model.as_deref(), Some("text-embedding-3-small"));
    assert_eq!(info.id.as_deref(), Some("e1"));
    assert_eq!(info.usage.and_then(|usage| usage.input_tokens), Some(4));

    let rerank: rig_core::rerank::RerankResponse = serde_json::from_value(json!({
        "results": [], "provider": "voyageai", "model": "rerank-2",
    }))
    .expect("a response");
    assert_eq!(rerank.info().model.as_deref(), Some("rerank-2"));
    assert_eq!(rerank.info().usage, None);
}

#[test]
fn streams() {
    let part = |index: u32| serde_json::from_value(json!(index)).expect("a part");
    let search = ToolName::try_from("search".to_owned()).expect("a name");
    let text = |text: &str| StreamEvent::Text {
        part: part(0),
        text: text.to_owned(),
    };
    let events = [
        StreamEvent::Start {
            part: part(0),
            kind: PartKind::Text,
            name: None,
        },
        text("Hi"),
        text(""),
        StreamEvent::Start {
            part: part(1),
            kind: PartKind::ToolCall,
            name: Some(search),
        },
        StreamEvent::Arguments {
            part: part(1),
            json: "{}".to_owned(),
        },
        StreamEvent::End {
            part: part(1),
            content: call(CallId::from_wire("a")),
        },
    ];
    let mut stream = StreamInfo::default();
    for event in &events {
        stream.begin_chunk();
        Item::Event(event.clone()).accumulate(&mut stream);
    }
    assert_eq!((stream.chunks(), stream.content_chunks()), (6, 3));
    let info = stream.finish();
    assert_eq!(info.tool_calls.len(), 1);
    assert_eq!(info.tool_calls[0].id.as_deref(), Some("a"));
    assert_eq!(info.usage, None);

    let origin = Relayed::Origin(Origin::new("openai".to_owned(), "openai", "gpt-4o"));
    let items = events
        .into_iter()
        .map(|event| Relayed::Item(Item::Event(event)));
    let mut stream = StreamInfo::default();
    for item in [origin].into_iter().chain(items) {
        stream.begin_chunk();
        item.accumulate(&mut stream);
    }
    stream.begin_chunk();
    Relayed::Done(Box::new(response())).accumulate(&mut stream);
    assert_eq!((stream.chunks(), stream.content_chunks()), (8, 3));
    let info = stream.finish();
    assert_eq!(info.id.as_deref(), Some("chatcmpl-1"));
    assert_eq!(info.finish_reasons, ["tool_calls"]);
    assert_eq!(info.tool_calls.len(), 1);
    assert_eq!(info.usage.and_then(|usage| usage.output_tokens), Some(50));
}

#[test]
fn errors() {
    let answered = |body: &str| ProviderResponseError::without_status(body);
    for (error, expected) in [
        (
            ProviderError::from_provider_body(r#"{"error":{"type":"overloaded_error"}}"#),
            Some("overloaded_error"),
        ),
        (
            ProviderError::ProviderResponse(
                answered("secret").with_code(Some("ThrottlingException".to_owned())),
            ),
            Some("ThrottlingException"),
        ),
        (
            ProviderError::ProviderResponse(
                answered("secret").with_status(Some(503.try_into().expect("a status"))),
            ),
            Some("503"),
        ),
        (
            ProviderError::from_provider_body("secret"),
            Some("provider_response"),
        ),
        (ProviderError::Truncated, Some("stream")),
        (ProviderError::request("secret"), Some("invalid_argument")),
        (
            ProviderError::Response("secret".to_owned()),
            Some("invalid_response"),
        ),
        (
            ProviderError::Relayed(Box::new(
                ErrorReport::new(ErrorKind::ProviderResponse, "secret").with_http_status(429),
            )),
            Some("429"),
        ),
    ] {
        assert_eq!(error.error_type().as_deref(), expected, "{error}");
    }
    let report = ErrorReport::new(ErrorKind::Timeout, "secret");
    assert_eq!(report.error_type().as_deref(), Some("timeout"));
    let coded = report.with_code("rate_limit_exceeded");
    assert_eq!(coded.error_type().as_deref(), Some("rate_limit_exceeded"));
    assert_eq!(
        ErrorReport::new(ErrorKind::Other, "secret").error_type(),
        None
    );
}
