//! The `aws-sdk-bedrockruntime` adapter on the crate's own types.

use agent_trace_llm::{LlmChunk, LlmError, LlmRequest, LlmResponse, Provider, StreamInfo};
use aws_sdk_bedrockruntime::config::retry::RetryConfig;
use aws_sdk_bedrockruntime::config::timeout::TimeoutConfig;
use aws_sdk_bedrockruntime::config::{
    BehaviorVersion, IdentityCache, StalledStreamProtectionConfig,
};
use aws_sdk_bedrockruntime::error::{ErrorMetadata, SdkError};
use aws_sdk_bedrockruntime::operation::converse::{ConverseError, ConverseInput, ConverseOutput};
use aws_sdk_bedrockruntime::operation::converse_stream::ConverseStreamInput;
use aws_sdk_bedrockruntime::operation::invoke_model::InvokeModelInput;
use aws_sdk_bedrockruntime::types::error::ThrottlingException;
use aws_sdk_bedrockruntime::types::{
    ContentBlock, ContentBlockDelta, ContentBlockDeltaEvent, ContentBlockStart,
    ContentBlockStartEvent, ConversationRole, ConverseOutput as Output,
    ConverseStreamMetadataEvent, ConverseStreamOutput, InferenceConfiguration, Message,
    MessageStartEvent, MessageStopEvent, ServiceTier, ServiceTierType, StopReason, TokenUsage,
    ToolUseBlock, ToolUseBlockDelta, ToolUseBlockStart,
};
use aws_sdk_bedrockruntime::{Client, Config};

const MODEL: &str = "anthropic.claude-sonnet-4-5-20250929-v1:0";

fn config() -> InferenceConfiguration {
    InferenceConfiguration::builder()
        .max_tokens(64)
        .temperature(0.2)
        .top_p(0.9)
        .stop_sequences("END")
        .build()
}

fn tier() -> ServiceTier {
    let tier = ServiceTier::builder().r#type(ServiceTierType::Flex);
    tier.build().expect("a tier")
}

fn counts() -> TokenUsage {
    TokenUsage::builder()
        .input_tokens(20)
        .output_tokens(50)
        .total_tokens(160)
        .cache_read_input_tokens(80)
        .cache_write_input_tokens(10)
        .build()
        .expect("counts")
}

#[test]
fn requests() {
    let request = ConverseInput::builder()
        .model_id(MODEL)
        .inference_config(config())
        .service_tier(tier())
        .build()
        .expect("a request");
    assert_eq!(request.provider(), Some(Provider::AWS_BEDROCK));
    assert_eq!(request.model(), Some(MODEL));
    let info = request.info();
    assert_eq!(info.max_tokens, Some(64));
    assert_eq!(info.temperature, Some(0.2));
    assert_eq!(info.top_p, Some(0.9));
    assert_eq!(info.stop_sequences, ["END"]);
    assert_eq!(info.service_tier.as_deref(), Some("flex"));
    assert_eq!(info.stream, None);

    let stream = ConverseStreamInput::builder().model_id(MODEL).build();
    let stream = stream.expect("a request");
    assert_eq!(stream.model(), Some(MODEL));
    assert_eq!(stream.info().stream, Some(true));

    let invoke = InvokeModelInput::builder().model_id(MODEL).build();
    assert_eq!(invoke.expect("a request").model(), Some(MODEL));
}

#[test]
fn requests_being_built() {
    // Nothing is sent, so that there is no need of a runtime that sleeps.
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::disabled())
        .identity_cache(IdentityCache::no_cache())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build();
    let client = Client::from_conf(config);
    let request = client
        .converse()
        .model_id(MODEL)
        .inference_config(self::config());
    assert_eq!(request.model(), Some(MODEL));
    assert_eq!(request.info().temperature, Some(0.2));
    let request = client.converse_stream().model_id(MODEL);
    assert_eq!(request.model(), Some(MODEL));
    assert_eq!(request.info().stream, Some(true));
}

#[test]
fn responses() {
    let tool = ToolUseBlock::builder()
        .tool_use_id("t1")
        .name("look")
        .input(Default::default())
        .build()
        .expect("a call");
    let message = Message::builder()
        .role(ConversationRole::Assistant)
        .content(ContentBlock::Text("secret".to_owned()))
        .content(ContentBlock::ToolUse(tool))
        .build()
        .expect("a message");
    let info = ConverseOutput::builder()
        .output(Output::Message(message))
        .stop_reason(StopReason::ToolUse)
        .usage(counts())
        .service_tier(tier())
        .build()
        .expect("a response")
        .info();
    assert_eq!(info.finish_reasons, ["tool_use"]);
    assert_eq!(info.service_tier.as_deref(), Some("flex"));
    assert_eq!(info.tool_calls.len(), 1);
    assert_eq!(info.tool_calls[0].id.as_deref(), Some("t1"));
    assert_eq!(info.tool_calls[0].name.as_deref(), Some("look"));
    let usage = info.usage.expect("usage");
    // The cached tokens are on top.
    assert_eq!(usage.input_tokens, Some(110));
    assert_eq!(usage.output_tokens, Some(50));
    assert_eq!(usage.cache_read_input_tokens, Some(80));
    assert_eq!(usage.cache_write_input_tokens, Some(10));

    let silent = ConverseOutput::builder().stop_reason(StopReason::from("brand_new"));
    let info = silent.build().expect("a response").info();
    assert_eq!(info.finish_reasons, ["brand_new"]);
    assert_eq!(info.usage, None);
}

#[test]
fn streams() {
    let delta = |delta: ContentBlockDelta| {
        let event = ContentBlockDeltaEvent::builder().content_block_index(0);
        ConverseStreamOutput::ContentBlockDelta(event.delta(delta).build().expect("an event"))
    };
    let tool = ToolUseBlockStart::builder().tool_use_id("t1").name("look");
    let events = [
        ConverseStreamOutput::MessageStart(
            MessageStartEvent::builder()
                .role(ConversationRole::Assistant)
                .build()
                .expect("an event"),
        ),
        delta(ContentBlockDelta::Text("Hi".to_owned())),
        delta(ContentBlockDelta::Text(String::new())),
        ConverseStreamOutput::ContentBlockStart(
            ContentBlockStartEvent::builder()
                .content_block_index(1)
                .start(ContentBlockStart::ToolUse(tool.build().expect("a call")))
                .build()
                .expect("an event"),
        ),
        delta(ContentBlockDelta::ToolUse(
            ToolUseBlockDelta::builder()
                .input("{}")
                .build()
                .expect("a delta"),
        )),
        ConverseStreamOutput::MessageStop(
            MessageStopEvent::builder()
                .stop_reason(StopReason::ToolUse)
                .build()
                .expect("an event"),
        ),
        ConverseStreamOutput::Metadata(
            ConverseStreamMetadataEvent::builder()
                .usage(counts())
                .service_tier(tier())
                .build(),
        ),
    ];
    let mut stream = StreamInfo::default();
    for event in events {
        stream.begin_chunk();
        event.accumulate(&mut stream);
    }
    assert_eq!((stream.chunks(), stream.content_chunks()), (7, 3));
    let info = stream.finish();
    assert_eq!(info.finish_reasons, ["tool_use"]);
    assert_eq!(info.service_tier.as_deref(), Some("flex"));
    assert_eq!(info.tool_calls.len(), 1);
    assert_eq!(info.usage.and_then(|usage| usage.input_tokens), Some(110));
}

#[test]
fn errors() {
    let throttled = || {
        let code = ErrorMetadata::builder()
            .code("ThrottlingException")
            .message("secret");
        let error = ThrottlingException::builder().meta(code.build()).build();
        ConverseError::ThrottlingException(error)
    };
    assert_eq!(
        throttled().error_type().as_deref(),
        Some("ThrottlingException")
    );
    let unknown = ConverseError::generic(ErrorMetadata::builder().message("secret").build());
    assert_eq!(unknown.error_type(), None);
    for (error, expected) in [
        (
            SdkError::service_error(throttled(), ()),
            "ThrottlingException",
        ),
        (SdkError::timeout_error("secret"), "timeout"),
        (SdkError::construction_failure("secret"), "invalid_argument"),
        (SdkError::response_error("secret", ()), "invalid_response"),
    ] {
        assert_eq!(error.error_type().as_deref(), Some(expected));
    }
}
