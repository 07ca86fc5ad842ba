// Generated from agent-trace/semconv by `cargo run -p agent-trace-tests --bin semconv`.
// Do not edit: change the data and run it again.

//! Names that were once the conventions' and must no longer be used. They are here to be
//! recognised.

use super::{DeprecatedName, Signal};

/// `anthropic.inference.client` (span): no successor.
#[rustfmt::skip]
#[deprecated(note = "it has no successor")]
pub const ANTHROPIC_INFERENCE_CLIENT: &str = "anthropic.inference.client";

/// `aws.bedrock.client` (span): no successor.
#[rustfmt::skip]
#[deprecated(note = "it has no successor")]
pub const AWS_BEDROCK_CLIENT: &str = "aws.bedrock.client";

/// `azure.ai.inference.client` (span): no successor.
#[rustfmt::skip]
#[deprecated(note = "it has no successor")]
pub const AZURE_AI_INFERENCE_CLIENT: &str = "azure.ai.inference.client";

/// `gen_ai.assistant.message` (event): replaced by `gen_ai.input.messages`,
/// `gen_ai.client.inference.operation.details`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.input.messages, gen_ai.client.inference.operation.details")]
pub const GEN_AI_ASSISTANT_MESSAGE: &str = "gen_ai.assistant.message";

/// `gen_ai.choice` (event): replaced by `gen_ai.output.messages`,
/// `gen_ai.client.inference.operation.details`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.output.messages, gen_ai.client.inference.operation.details")]
pub const GEN_AI_CHOICE: &str = "gen_ai.choice";

/// `gen_ai.client.operation.time_per_output_chunk` (metric): replaced by
/// `gen_ai.client.inference.time_per_output_chunk`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.client.inference.time_per_output_chunk")]
pub const GEN_AI_CLIENT_OPERATION_TIME_PER_OUTPUT_CHUNK: &str =
    "gen_ai.client.operation.time_per_output_chunk";

/// `gen_ai.client.operation.time_to_first_chunk` (metric): replaced by
/// `gen_ai.client.inference.time_to_first_chunk`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.client.inference.time_to_first_chunk")]
pub const GEN_AI_CLIENT_OPERATION_TIME_TO_FIRST_CHUNK: &str =
    "gen_ai.client.operation.time_to_first_chunk";

/// `gen_ai.client.token.usage` (metric): replaced by `gen_ai.client.inference.usage.input_tokens`,
/// `gen_ai.client.inference.usage.output_tokens`, `gen_ai.client.inference.operation.input_tokens`,
/// `gen_ai.client.inference.operation.output_tokens`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.client.inference.usage.input_tokens, gen_ai.client.inference.usage.output_tokens, gen_ai.client.inference.operation.input_tokens, gen_ai.client.inference.operation.output_tokens")]
pub const GEN_AI_CLIENT_TOKEN_USAGE: &str = "gen_ai.client.token.usage";

/// `gen_ai.completion` (attribute): no successor.
#[rustfmt::skip]
#[deprecated(note = "it has no successor")]
pub const GEN_AI_COMPLETION: &str = "gen_ai.completion";

/// `gen_ai.inference.client` (span): replaced by `gen_ai.client.inference`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.client.inference")]
pub const GEN_AI_INFERENCE_CLIENT: &str = "gen_ai.inference.client";

/// `gen_ai.openai.request.response_format` (attribute): replaced by `gen_ai.output.type`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.output.type")]
pub const GEN_AI_OPENAI_REQUEST_RESPONSE_FORMAT: &str = "gen_ai.openai.request.response_format";

/// `gen_ai.openai.request.seed` (attribute): replaced by `gen_ai.request.seed`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.request.seed")]
pub const GEN_AI_OPENAI_REQUEST_SEED: &str = "gen_ai.openai.request.seed";

/// `gen_ai.openai.request.service_tier` (attribute): replaced by `openai.request.service_tier`.
#[rustfmt::skip]
#[deprecated(note = "use openai.request.service_tier")]
pub const GEN_AI_OPENAI_REQUEST_SERVICE_TIER: &str = "gen_ai.openai.request.service_tier";

/// `gen_ai.openai.response.service_tier` (attribute): replaced by `openai.response.service_tier`.
#[rustfmt::skip]
#[deprecated(note = "use openai.response.service_tier")]
pub const GEN_AI_OPENAI_RESPONSE_SERVICE_TIER: &str = "gen_ai.openai.response.service_tier";

/// `gen_ai.openai.response.system_fingerprint` (attribute): replaced by
/// `openai.response.system_fingerprint`.
#[rustfmt::skip]
#[deprecated(note = "use openai.response.system_fingerprint")]
pub const GEN_AI_OPENAI_RESPONSE_SYSTEM_FINGERPRINT: &str =
    "gen_ai.openai.response.system_fingerprint";

/// `gen_ai.prompt` (attribute): no successor.
#[rustfmt::skip]
#[deprecated(note = "it has no successor")]
pub const GEN_AI_PROMPT: &str = "gen_ai.prompt";

/// `gen_ai.system` (attribute): replaced by `gen_ai.provider.name`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.provider.name")]
pub const GEN_AI_SYSTEM: &str = "gen_ai.system";

/// `gen_ai.system.message` (event): replaced by `gen_ai.system_instructions`,
/// `gen_ai.client.inference.operation.details`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.system_instructions, gen_ai.client.inference.operation.details")]
pub const GEN_AI_SYSTEM_MESSAGE: &str = "gen_ai.system.message";

/// `gen_ai.token.type` (attribute): replaced by `gen_ai.token.modality`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.token.modality")]
pub const GEN_AI_TOKEN_TYPE: &str = "gen_ai.token.type";

/// `gen_ai.tool.message` (event): replaced by `gen_ai.input.messages`,
/// `gen_ai.client.inference.operation.details`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.input.messages, gen_ai.client.inference.operation.details")]
pub const GEN_AI_TOOL_MESSAGE: &str = "gen_ai.tool.message";

/// `gen_ai.usage.cache_creation.input_tokens` (attribute): replaced by
/// `gen_ai.usage.cache_write.input_tokens`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.usage.cache_write.input_tokens")]
pub const GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS: &str =
    "gen_ai.usage.cache_creation.input_tokens";

/// `gen_ai.usage.completion_tokens` (attribute): replaced by `gen_ai.usage.output_tokens`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.usage.output_tokens")]
pub const GEN_AI_USAGE_COMPLETION_TOKENS: &str = "gen_ai.usage.completion_tokens";

/// `gen_ai.usage.prompt_tokens` (attribute): replaced by `gen_ai.usage.input_tokens`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.usage.input_tokens")]
pub const GEN_AI_USAGE_PROMPT_TOKENS: &str = "gen_ai.usage.prompt_tokens";

/// `gen_ai.user.message` (event): replaced by `gen_ai.input.messages`,
/// `gen_ai.client.inference.operation.details`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.input.messages, gen_ai.client.inference.operation.details")]
pub const GEN_AI_USER_MESSAGE: &str = "gen_ai.user.message";

/// `gen_ai.workflow.duration` (metric): replaced by `gen_ai.invoke_workflow.duration`.
#[rustfmt::skip]
#[deprecated(note = "use gen_ai.invoke_workflow.duration")]
pub const GEN_AI_WORKFLOW_DURATION: &str = "gen_ai.workflow.duration";

/// `openai.inference.client` (span): no successor.
#[rustfmt::skip]
#[deprecated(note = "it has no successor")]
pub const OPENAI_INFERENCE_CLIENT: &str = "openai.inference.client";

/// Every such name.
#[rustfmt::skip]
pub static ALL: [DeprecatedName; 26] = [
    DeprecatedName {
        name: "anthropic.inference.client",
        signal: Signal::Span,
        replacements: &[],
    },
    DeprecatedName {
        name: "aws.bedrock.client",
        signal: Signal::Span,
        replacements: &[],
    },
    DeprecatedName {
        name: "azure.ai.inference.client",
        signal: Signal::Span,
        replacements: &[],
    },
    DeprecatedName {
        name: "gen_ai.assistant.message",
        signal: Signal::Event,
        replacements: &["gen_ai.input.messages", "gen_ai.client.inference.operation.details"],
    },
    DeprecatedName {
        name: "gen_ai.choice",
        signal: Signal::Event,
        replacements: &["gen_ai.output.messages", "gen_ai.client.inference.operation.details"],
    },
    DeprecatedName {
        name: "gen_ai.client.operation.time_per_output_chunk",
        signal: Signal::Metric,
        replacements: &["gen_ai.client.inference.time_per_output_chunk"],
    },
    DeprecatedName {
        name: "gen_ai.client.operation.time_to_first_chunk",
        signal: Signal::Metric,
        replacements: &["gen_ai.client.inference.time_to_first_chunk"],
    },
    DeprecatedName {
        name: "gen_ai.client.token.usage",
        signal: Signal::Metric,
        replacements: &["gen_ai.client.inference.usage.input_tokens", "gen_ai.client.inference.usage.output_tokens", "gen_ai.client.inference.operation.input_tokens", "gen_ai.client.inference.operation.output_tokens"],
    },
    DeprecatedName {
        name: "gen_ai.completion",
        signal: Signal::Attribute,
        replacements: &[],
    },
    DeprecatedName {
        name: "gen_ai.inference.client",
        signal: Signal::Span,
        replacements: &["gen_ai.client.inference"],
    },
    DeprecatedName {
        name: "gen_ai.openai.request.response_format",
        signal: Signal::Attribute,
        replacements: &["gen_ai.output.type"],
    },
    DeprecatedName {
        name: "gen_ai.openai.request.seed",
        signal: Signal::Attribute,
        replacements: &["gen_ai.request.seed"],
    },
    DeprecatedName {
        name: "gen_ai.openai.request.service_tier",
        signal: Signal::Attribute,
        replacements: &["openai.request.service_tier"],
    },
    DeprecatedName {
        name: "gen_ai.openai.response.service_tier",
        signal: Signal::Attribute,
        replacements: &["openai.response.service_tier"],
    },
    DeprecatedName {
        name: "gen_ai.openai.response.system_fingerprint",
        signal: Signal::Attribute,
        replacements: &["openai.response.system_fingerprint"],
    },
    DeprecatedName {
        name: "gen_ai.prompt",
        signal: Signal::Attribute,
        replacements: &[],
    },
    DeprecatedName {
        name: "gen_ai.system",
        signal: Signal::Attribute,
        replacements: &["gen_ai.provider.name"],
    },
    DeprecatedName {
        name: "gen_ai.system.message",
        signal: Signal::Event,
        replacements: &["gen_ai.system_instructions", "gen_ai.client.inference.operation.details"],
    },
    DeprecatedName {
        name: "gen_ai.token.type",
        signal: Signal::Attribute,
        replacements: &["gen_ai.token.modality"],
    },
    DeprecatedName {
        name: "gen_ai.tool.message",
        signal: Signal::Event,
        replacements: &["gen_ai.input.messages", "gen_ai.client.inference.operation.details"],
    },
    DeprecatedName {
        name: "gen_ai.usage.cache_creation.input_tokens",
        signal: Signal::Attribute,
        replacements: &["gen_ai.usage.cache_write.input_tokens"],
    },
    DeprecatedName {
        name: "gen_ai.usage.completion_tokens",
        signal: Signal::Attribute,
        replacements: &["gen_ai.usage.output_tokens"],
    },
    DeprecatedName {
        name: "gen_ai.usage.prompt_tokens",
        signal: Signal::Attribute,
        replacements: &["gen_ai.usage.input_tokens"],
    },
    DeprecatedName {
        name: "gen_ai.user.message",
        signal: Signal::Event,
        replacements: &["gen_ai.input.messages", "gen_ai.client.inference.operation.details"],
    },
    DeprecatedName {
        name: "gen_ai.workflow.duration",
        signal: Signal::Metric,
        replacements: &["gen_ai.invoke_workflow.duration"],
    },
    DeprecatedName {
        name: "openai.inference.client",
        signal: Signal::Span,
        replacements: &[],
    },
];
