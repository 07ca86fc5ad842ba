//! The `genai` adapter on the crate's own types.

use agent_trace_llm::{LlmChunk, LlmError, LlmRequest, LlmResponse, Provider, StreamInfo};
use genai::ModelIden;
use genai::adapter::AdapterKind;
use genai::chat::{
    CacheCreationDetails, ChatOptions, ChatRequest, ChatResponse, ChatResponseFormat,
    ChatStreamEvent, CompletionTokensDetails, MessageContent, PromptTokensDetails, ReasoningEffort,
    ServiceTier, StopReason, StreamChunk, StreamEnd, ToolCall, ToolChunk, Usage,
};
use genai::embed::{EmbedOptions, EmbedResponse};
use serde_json::json;

fn call(id: &str, name: &str) -> ToolCall {
    serde_json::from_value(json!({ "call_id": id, "fn_name": name, "fn_arguments": {} }))
        .expect("a call")
}

fn counts(total: i32) -> Usage {
    Usage {
        prompt_tokens: Some(100),
        completion_tokens: Some(50),
        total_tokens: Some(total),
        prompt_tokens_details: Some(PromptTokensDetails {
            cached_tokens: Some(40),
            cache_creation_tokens: Some(10),
            cache_creation_details: Some(CacheCreationDetails::default()),
            audio_tokens: Some(3),
        }),
        completion_tokens_details: Some(CompletionTokensDetails {
            reasoning_tokens: Some(20),
            ..CompletionTokensDetails::default()
        }),
    }
}

fn response(usage: Usage) -> ChatResponse {
    ChatResponse {
        content: MessageContent::from_tool_calls(vec![call("a", "search"), call("b", "fetch")]),
        reasoning_content: None,
        model_iden: ModelIden::new(AdapterKind::OpenAI, "gpt-4o"),
        provider_model_iden: ModelIden::new(AdapterKind::OpenAI, "gpt-4o-2024-11-20"),
        stop_reason: Some(StopReason::from("tool_calls".to_owned())),
        usage,
        captured_raw_body: None,
        response_id: Some("resp_1".to_owned()),
    }
}

#[test]
fn requests() {
    let mut request = ChatRequest::from_user("secret");
    request.previous_response_id = Some("resp_0".to_owned());
    assert_eq!(request.model(), None);
    assert_eq!(
        request.info().previous_response_id.as_deref(),
        Some("resp_0")
    );

    let options = ChatOptions::default()
        .with_temperature(0.2)
        .with_top_p(0.9)
        .with_max_tokens(64)
        .with_seed(u64::MAX)
        .with_stop_sequence("END")
        .with_reasoning_effort(ReasoningEffort::Zero)
        .with_service_tier(ServiceTier::Flex)
        .with_response_format(ChatResponseFormat::JsonMode);
    let info = options.info();
    assert_eq!(info.temperature, Some(0.2));
    assert_eq!(info.top_p, Some(0.9));
    assert_eq!(info.max_tokens, Some(64));
    assert_eq!(info.seed, Some(i64::MAX));
    assert_eq!(info.stop_sequences, ["END"]);
    assert_eq!(info.reasoning_level.as_deref(), Some("none"));
    assert_eq!(info.service_tier.as_deref(), Some("flex"));
    assert_eq!(info.output_type.as_deref(), Some("json"));
    let options = ChatOptions::default()
        .with_reasoning_effort(ReasoningEffort::Budget(9))
        .with_service_tier(ServiceTier::Auto);
    assert_eq!(options.info(), ChatOptions::default().info());

    let options = EmbedOptions {
        dimensions: Some(256),
        encoding_format: Some("float".to_owned()),
        ..EmbedOptions::default()
    };
    assert_eq!(options.info().dimensions, Some(256));
    assert_eq!(options.info().encoding_formats, ["float"]);
}

#[test]
fn the_model_names_its_provider() {
    for (kind, name, provider, model) in [
        (AdapterKind::OpenAIResp, "gpt-5", Provider::OPENAI, "gpt-5"),
        (AdapterKind::Xai, "grok-4", Provider::X_AI, "grok-4"),
        (
            AdapterKind::BedrockApi,
            "nova",
            Provider::AWS_BEDROCK,
            "nova",
        ),
        (
            AdapterKind::OpenRouter,
            "open_router::openai/gpt-4.1",
            Provider::from_static("open_router"),
            "openai/gpt-4.1",
        ),
        (
            AdapterKind::Ollama,
            "llama",
            Provider::from_static("ollama"),
            "llama",
        ),
    ] {
        let iden = ModelIden::new(kind, name);
        assert_eq!(LlmRequest::provider(&iden), Some(provider));
        assert_eq!(iden.model(), Some(model));
    }
}

#[test]
fn responses() {
    let info = response(counts(150)).info();
    assert_eq!(info.id.as_deref(), Some("resp_1"));
    assert_eq!(info.model.as_deref(), Some("gpt-4o-2024-11-20"));
    assert_eq!(info.finish_reasons, ["tool_calls"]);
    let names: Vec<_> = info
        .tool_calls
        .iter()
        .map(|call| call.name.as_deref())
        .collect();
    assert_eq!(names, [Some("search"), Some("fetch")]);
    assert_eq!(info.tool_calls[0].id.as_deref(), Some("a"));
    let usage = info.usage.expect("usage");
    assert_eq!(usage.input_tokens, Some(100));
    assert_eq!(usage.output_tokens, Some(50));
    assert_eq!(usage.cache_read_input_tokens, Some(40));
    assert_eq!(usage.cache_write_input_tokens, Some(10));
    assert_eq!(usage.reasoning_output_tokens, Some(20));
    assert_eq!(usage.audio_input_tokens, Some(3));
}

#[test]
fn usage_of_the_odd_ones() {
    // Bedrock: the total has the cached tokens on top.
    let usage = response(counts(200)).info().usage.expect("usage");
    assert_eq!(usage.input_tokens, Some(150));
    // Gemini with thoughts only.
    let mut gemini = counts(120);
    gemini.completion_tokens = None;
    gemini.prompt_tokens_details = None;
    let usage = response(gemini).info().usage.expect("usage");
    assert_eq!(
        (usage.input_tokens, usage.output_tokens),
        (Some(100), Some(20))
    );
    // Nothing reported is no zero, and neither is a negative number.
    assert_eq!(response(Usage::default()).info().usage, None);
    let negative = Usage {
        prompt_tokens: Some(-1),
        ..Usage::default()
    };
    assert_eq!(response(negative).info().usage, None);
}

#[test]
fn embeddings() {
    let iden = ModelIden::new(AdapterKind::OpenAI, "text-embedding-3-small");
    let usage = Usage {
        prompt_tokens: Some(4),
        completion_tokens: Some(0),
        total_tokens: Some(4),
        ..Usage::default()
    };
    let info = EmbedResponse::new(Vec::new(), iden.clone(), iden, usage).info();
    assert_eq!(info.model.as_deref(), Some("text-embedding-3-small"));
    let usage = info.usage.expect("usage");
    assert_eq!((usage.input_tokens, usage.output_tokens), (Some(4), None));
}

#[test]
fn streams() {
    let text = |content: &str| StreamChunk {
        content: content.to_owned(),
    };
    let tool = |id, name| {
        ChatStreamEvent::ToolCallChunk(ToolChunk {
            tool_call: call(id, name),
        })
    };
    let end = StreamEnd {
        captured_usage: Some(counts(150)),
        captured_stop_reason: Some(StopReason::from("STOP".to_owned())),
        captured_content: Some(MessageContent::from_tool_calls(vec![
            call("a", "search"),
            call("b", "search"),
        ])),
        captured_reasoning_content: None,
        captured_response_id: Some("resp_1".to_owned()),
    };
    let mut stream = StreamInfo::default();
    for event in [
        ChatStreamEvent::Start,
        ChatStreamEvent::ReasoningChunk(text("Hm.")),
        ChatStreamEvent::Chunk(text("")),
        ChatStreamEvent::Heartbeat,
        ChatStreamEvent::Chunk(text("Hi")),
        tool("a", "search"),
        tool("b", "search"),
        tool("a", "search"),
        ChatStreamEvent::End(end),
    ] {
        stream.begin_chunk();
        event.accumulate(&mut stream);
    }
    assert_eq!((stream.chunks(), stream.content_chunks()), (9, 5));
    let info = stream.finish();
    assert_eq!(info.id.as_deref(), Some("resp_1"));
    assert_eq!(info.finish_reasons, ["STOP"]);
    assert_eq!(info.tool_calls.len(), 2);
    assert_eq!(info.usage.and_then(|usage| usage.output_tokens), Some(50));
}

#[test]
fn errors() {
    let iden = || ModelIden::new(AdapterKind::OpenAI, "gpt-4o");
    let http = |status: u16, body: &str| genai::Error::HttpError {
        status: status.try_into().expect("a status"),
        canonical_reason: "secret".to_owned(),
        body: body.to_owned(),
        headers: Box::default(),
    };
    for (error, expected) in [
        (
            http(429, r#"{"error":{"code":"rate_limit_exceeded"}}"#),
            Some("rate_limit_exceeded"),
        ),
        (
            http(529, r#"{"error":{"type":"overloaded_error"}}"#),
            Some("overloaded_error"),
        ),
        (http(503, "<html>secret</html>"), Some("503")),
        (
            genai::Error::WebModelCall {
                model_iden: iden(),
                webc_error: genai::webc::Error::ResponseFailedStatus {
                    status: 400.try_into().expect("a status"),
                    body: r#"{"message":"secret"}"#.to_owned(),
                    headers: Box::default(),
                },
            },
            Some("400"),
        ),
        (
            genai::Error::ChatResponse {
                model_iden: iden(),
                body: json!({ "error": { "code": 500, "status": "INTERNAL" } }),
            },
            Some("INTERNAL"),
        ),
        (
            genai::Error::WebStream {
                model_iden: iden(),
                cause: "secret".to_owned(),
                error: Box::new(http(500, "")),
            },
            Some("500"),
        ),
        (
            genai::Error::RequiresApiKey { model_iden: iden() },
            Some("no_credentials"),
        ),
        (
            genai::Error::ChatReqHasNoMessages { model_iden: iden() },
            Some("invalid_argument"),
        ),
        (
            genai::Error::NoChatResponse { model_iden: iden() },
            Some("invalid_response"),
        ),
        (genai::Error::Internal("secret".to_owned()), None),
    ] {
        assert_eq!(error.error_type().as_deref(), expected, "{error}");
    }
}
