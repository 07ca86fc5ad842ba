// Generated from agent-trace/semconv by `cargo run -p agent-trace-tests --bin semconv`.
// Do not edit: change the data and run it again.

//! The span types of the conventions.

use super::requirement::{conditional, opt_in, recommended, required};
use super::{
    AttributeSet, NameFormat, NameSegment, Refinement, SignalAttribute, SpanKind, SpanType,
    Stability, id,
};

/// Every span type.
#[rustfmt::skip]
pub static ALL: [&SpanType; 13] = [
    &INFERENCE,
    &EMBEDDINGS,
    &RETRIEVAL,
    &FETCH_RESPONSE,
    &MEMORY,
    &CREATE_AGENT,
    &INVOKE_AGENT_CLIENT,
    &INVOKE_AGENT_INTERNAL,
    &EXECUTE_TOOL,
    &INVOKE_WORKFLOW,
    &PLAN,
    &MCP_CLIENT,
    &MCP_SERVER,
];

/// `gen_ai.client.inference`: a CLIENT (may be INTERNAL) span named `{gen_ai.operation.name}
/// {gen_ai.request.model}`.
///
/// Operations: `chat`, `generate_content`, `text_completion`.
///
/// Refinements: `openai.gen_ai.client.inference`, `azure.ai.gen_ai.client.inference`,
/// `anthropic.gen_ai.client.inference`, `aws.bedrock.gen_ai.client.inference`.
#[rustfmt::skip]
pub static INFERENCE: SpanType = SpanType {
    id: "gen_ai.client.inference",
    stability: Stability::Development,
    kind: SpanKind::Client,
    kind_may_be: Some(SpanKind::Internal),
    selector: id::GEN_AI_OPERATION_NAME,
    operations: &["chat", "generate_content", "text_completion"],
    name_formats: INFERENCE_NAMES,
    attributes: INFERENCE_ATTRIBUTES,
    refinements: &[
        Refinement {
            id: "openai.gen_ai.client.inference",
            provider: Some("openai"),
            name_formats: INFERENCE_NAMES,
            attributes: INFERENCE_OPENAI,
            listed: AttributeSet::of(INFERENCE_ATTRIBUTES).and(INFERENCE_OPENAI),
        },
        Refinement {
            id: "azure.ai.gen_ai.client.inference",
            provider: Some("azure.ai.inference"),
            name_formats: INFERENCE_NAMES,
            attributes: INFERENCE_AZURE_AI,
            listed: AttributeSet::of(INFERENCE_ATTRIBUTES).and(INFERENCE_AZURE_AI),
        },
        Refinement {
            id: "anthropic.gen_ai.client.inference",
            provider: Some("anthropic"),
            name_formats: INFERENCE_NAMES,
            attributes: INFERENCE_ANTHROPIC,
            listed: AttributeSet::of(INFERENCE_ATTRIBUTES).and(INFERENCE_ANTHROPIC),
        },
        Refinement {
            id: "aws.bedrock.gen_ai.client.inference",
            provider: Some("aws.bedrock"),
            name_formats: INFERENCE_NAMES,
            attributes: INFERENCE_AWS_BEDROCK,
            listed: AttributeSet::of(INFERENCE_ATTRIBUTES).and(INFERENCE_AWS_BEDROCK),
        },
    ],
    entities: &[],
    listed: AttributeSet::of(INFERENCE_ATTRIBUTES),
    sampling: AttributeSet::sampling(INFERENCE_ATTRIBUTES),
};

#[rustfmt::skip]
const INFERENCE_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "{gen_ai.operation.name} {gen_ai.request.model}",
        segments: &[
            NameSegment::Attribute(id::GEN_AI_OPERATION_NAME),
            NameSegment::Attribute(id::GEN_AI_REQUEST_MODEL),
        ],
    },
];

#[rustfmt::skip]
const INFERENCE_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME).sampling(),
    required(id::GEN_AI_PROVIDER_NAME).sampling(),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_CONVERSATION_ID).when("the library or the application knows it"),
    conditional(id::GEN_AI_OUTPUT_TYPE).when("the request includes an output format"),
    conditional(id::GEN_AI_PROMPT_NAME).when("a named prompt template is used"),
    conditional(id::GEN_AI_PROMPT_VERSION).when("`gen_ai.prompt.name` is set and a version is available"),
    conditional(id::GEN_AI_REQUEST_CHOICE_COUNT).when("in the request and not 1"),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available").sampling(),
    conditional(id::GEN_AI_REQUEST_SEED).when("the request includes a seed"),
    conditional(id::GEN_AI_REQUEST_STREAM).when("the request is streaming"),
    conditional(id::GEN_AI_REQUEST_TOP_K).when("applicable"),
    conditional(id::SERVER_PORT).when("`server.address` is set").sampling(),
    recommended(id::GEN_AI_CONVERSATION_COMPACTED).when("available"),
    recommended(id::GEN_AI_REQUEST_FREQUENCY_PENALTY),
    recommended(id::GEN_AI_REQUEST_MAX_TOKENS),
    recommended(id::GEN_AI_REQUEST_PRESENCE_PENALTY),
    recommended(id::GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID).when("the request references a previous response"),
    recommended(id::GEN_AI_REQUEST_REASONING_LEVEL).when("applicable"),
    recommended(id::GEN_AI_REQUEST_STOP_SEQUENCES),
    recommended(id::GEN_AI_REQUEST_TEMPERATURE),
    recommended(id::GEN_AI_REQUEST_TOP_P),
    recommended(id::GEN_AI_RESPONSE_FINISH_REASONS),
    recommended(id::GEN_AI_RESPONSE_ID),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK).when("the request is streaming"),
    recommended(id::GEN_AI_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_AUDIO_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_IMAGE_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_INPUT_TOKENS),
    recommended(id::GEN_AI_USAGE_OUTPUT_TOKENS),
    recommended(id::GEN_AI_USAGE_REASONING_OUTPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_TEXT_CACHE_READ_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_TEXT_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_TEXT_OUTPUT_TOKENS).when("applicable"),
    recommended(id::SERVER_ADDRESS).sampling(),
    opt_in(id::GEN_AI_INPUT_MESSAGES),
    opt_in(id::GEN_AI_OUTPUT_MESSAGES),
    opt_in(id::GEN_AI_PROMPT_VARIABLE),
    opt_in(id::GEN_AI_SYSTEM_INSTRUCTIONS),
    opt_in(id::GEN_AI_TOOL_DEFINITIONS),
];

#[rustfmt::skip]
const INFERENCE_OPENAI: &[SignalAttribute] = &[
    required(id::GEN_AI_REQUEST_MODEL).sampling(),
    conditional(id::GEN_AI_OUTPUT_TYPE).when("the request includes an output format"),
    conditional(id::OPENAI_REQUEST_SERVICE_TIER).when("the request includes a service_tier and the value is not 'auto'"),
    conditional(id::OPENAI_RESPONSE_SERVICE_TIER).when("the response was received and includes a service_tier"),
    recommended(id::GEN_AI_REQUEST_REASONING_LEVEL).when("applicable"),
    recommended(id::GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_INPUT_TOKENS),
    recommended(id::GEN_AI_USAGE_REASONING_OUTPUT_TOKENS).when("applicable"),
    recommended(id::OPENAI_API_TYPE),
    recommended(id::OPENAI_RESPONSE_SYSTEM_FINGERPRINT),
];

#[rustfmt::skip]
const INFERENCE_AZURE_AI: &[SignalAttribute] = &[
    conditional(id::GEN_AI_OUTPUT_TYPE).when("the request includes an output format"),
    conditional(id::SERVER_PORT).when("not default (443)").sampling(),
    recommended(id::AZURE_RESOURCE_PROVIDER_NAMESPACE),
    recommended(id::GEN_AI_USAGE_INPUT_TOKENS),
    recommended(id::GEN_AI_USAGE_OUTPUT_TOKENS),
];

#[rustfmt::skip]
const INFERENCE_ANTHROPIC: &[SignalAttribute] = &[
    recommended(id::GEN_AI_REQUEST_REASONING_LEVEL).when("applicable"),
    recommended(id::GEN_AI_REQUEST_TOP_K),
    recommended(id::GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_INPUT_TOKENS),
];

#[rustfmt::skip]
const INFERENCE_AWS_BEDROCK: &[SignalAttribute] = &[
    required(id::AWS_BEDROCK_GUARDRAIL_ID),
    recommended(id::AWS_BEDROCK_KNOWLEDGE_BASE_ID),
    recommended(id::GEN_AI_REQUEST_TOP_K),
];

/// `gen_ai.embeddings.client`: a CLIENT span named `{gen_ai.operation.name}
/// {gen_ai.request.model}`.
///
/// Operations: `embeddings`.
#[rustfmt::skip]
pub static EMBEDDINGS: SpanType = SpanType {
    id: "gen_ai.embeddings.client",
    stability: Stability::Development,
    kind: SpanKind::Client,
    kind_may_be: None,
    selector: id::GEN_AI_OPERATION_NAME,
    operations: &["embeddings"],
    name_formats: EMBEDDINGS_NAMES,
    attributes: EMBEDDINGS_ATTRIBUTES,
    refinements: &[
    ],
    entities: &[],
    listed: AttributeSet::of(EMBEDDINGS_ATTRIBUTES),
    sampling: AttributeSet::sampling(EMBEDDINGS_ATTRIBUTES),
};

#[rustfmt::skip]
const EMBEDDINGS_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "{gen_ai.operation.name} {gen_ai.request.model}",
        segments: &[
            NameSegment::Attribute(id::GEN_AI_OPERATION_NAME),
            NameSegment::Attribute(id::GEN_AI_REQUEST_MODEL),
        ],
    },
];

#[rustfmt::skip]
const EMBEDDINGS_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME).sampling(),
    required(id::GEN_AI_PROVIDER_NAME).sampling(),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available").sampling(),
    conditional(id::SERVER_PORT).when("`server.address` is set").sampling(),
    recommended(id::GEN_AI_EMBEDDINGS_DIMENSION_COUNT),
    recommended(id::GEN_AI_REQUEST_ENCODING_FORMATS),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::GEN_AI_USAGE_INPUT_TOKENS),
    recommended(id::SERVER_ADDRESS).sampling(),
];

/// `gen_ai.retrieval.client`: a CLIENT span named `{gen_ai.operation.name}
/// {gen_ai.data_source.id}`.
///
/// Operations: `retrieval`.
#[rustfmt::skip]
pub static RETRIEVAL: SpanType = SpanType {
    id: "gen_ai.retrieval.client",
    stability: Stability::Development,
    kind: SpanKind::Client,
    kind_may_be: None,
    selector: id::GEN_AI_OPERATION_NAME,
    operations: &["retrieval"],
    name_formats: RETRIEVAL_NAMES,
    attributes: RETRIEVAL_ATTRIBUTES,
    refinements: &[
    ],
    entities: &[],
    listed: AttributeSet::of(RETRIEVAL_ATTRIBUTES),
    sampling: AttributeSet::sampling(RETRIEVAL_ATTRIBUTES),
};

#[rustfmt::skip]
const RETRIEVAL_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "{gen_ai.operation.name} {gen_ai.data_source.id}",
        segments: &[
            NameSegment::Attribute(id::GEN_AI_OPERATION_NAME),
            NameSegment::Attribute(id::GEN_AI_DATA_SOURCE_ID),
        ],
    },
];

#[rustfmt::skip]
const RETRIEVAL_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_DATA_SOURCE_ID).when("applicable"),
    conditional(id::GEN_AI_PROVIDER_NAME).when("applicable"),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_RETRIEVAL_TOP_K),
    recommended(id::SERVER_ADDRESS),
    opt_in(id::GEN_AI_RETRIEVAL_DOCUMENTS),
    opt_in(id::GEN_AI_RETRIEVAL_QUERY_TEXT),
];

/// `gen_ai.fetch_response.client`: a CLIENT span named `{gen_ai.operation.name}`.
///
/// Operations: `fetch_response`.
///
/// Refinements: `openai.fetch_response.client`.
#[rustfmt::skip]
pub static FETCH_RESPONSE: SpanType = SpanType {
    id: "gen_ai.fetch_response.client",
    stability: Stability::Development,
    kind: SpanKind::Client,
    kind_may_be: None,
    selector: id::GEN_AI_OPERATION_NAME,
    operations: &["fetch_response"],
    name_formats: FETCH_RESPONSE_NAMES,
    attributes: FETCH_RESPONSE_ATTRIBUTES,
    refinements: &[
        Refinement {
            id: "openai.fetch_response.client",
            provider: Some("openai"),
            name_formats: FETCH_RESPONSE_NAMES,
            attributes: FETCH_RESPONSE_OPENAI,
            listed: AttributeSet::of(FETCH_RESPONSE_ATTRIBUTES).and(FETCH_RESPONSE_OPENAI),
        },
    ],
    entities: &[],
    listed: AttributeSet::of(FETCH_RESPONSE_ATTRIBUTES),
    sampling: AttributeSet::sampling(FETCH_RESPONSE_ATTRIBUTES),
};

#[rustfmt::skip]
const FETCH_RESPONSE_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "{gen_ai.operation.name}",
        segments: &[
            NameSegment::Attribute(id::GEN_AI_OPERATION_NAME),
        ],
    },
];

#[rustfmt::skip]
const FETCH_RESPONSE_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME).sampling(),
    required(id::GEN_AI_PROVIDER_NAME).sampling(),
    required(id::GEN_AI_RESPONSE_ID),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_REQUEST_STREAM_CURSOR).when("the fetch resumes a streamed response from a prior position"),
    conditional(id::SERVER_PORT).when("`server.address` is set").sampling(),
    recommended(id::GEN_AI_RESPONSE_FINISH_REASONS),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::GEN_AI_RESPONSE_STATUS),
    recommended(id::SERVER_ADDRESS).sampling(),
    opt_in(id::GEN_AI_OUTPUT_MESSAGES),
    opt_in(id::GEN_AI_SYSTEM_INSTRUCTIONS),
    opt_in(id::GEN_AI_TOOL_DEFINITIONS),
];

#[rustfmt::skip]
const FETCH_RESPONSE_OPENAI: &[SignalAttribute] = &[
    conditional(id::OPENAI_RESPONSE_SERVICE_TIER).when("the response was received and includes a service_tier"),
    recommended(id::GEN_AI_RESPONSE_FINISH_REASONS),
    recommended(id::GEN_AI_RESPONSE_STATUS),
    recommended(id::OPENAI_API_TYPE),
];

/// `gen_ai.memory.client`: a CLIENT (may be INTERNAL) span named `{gen_ai.operation.name}`.
///
/// Operations: `create_memory_store`, `search_memory`, `create_memory`, `update_memory`,
/// `upsert_memory`, `delete_memory`, `delete_memory_store`.
#[rustfmt::skip]
pub static MEMORY: SpanType = SpanType {
    id: "gen_ai.memory.client",
    stability: Stability::Development,
    kind: SpanKind::Client,
    kind_may_be: Some(SpanKind::Internal),
    selector: id::GEN_AI_OPERATION_NAME,
    operations: &["create_memory_store", "search_memory", "create_memory", "update_memory", "upsert_memory", "delete_memory", "delete_memory_store"],
    name_formats: MEMORY_NAMES,
    attributes: MEMORY_ATTRIBUTES,
    refinements: &[
    ],
    entities: &[],
    listed: AttributeSet::of(MEMORY_ATTRIBUTES),
    sampling: AttributeSet::sampling(MEMORY_ATTRIBUTES),
};

#[rustfmt::skip]
const MEMORY_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "{gen_ai.operation.name}",
        segments: &[
            NameSegment::Attribute(id::GEN_AI_OPERATION_NAME),
        ],
    },
];

#[rustfmt::skip]
const MEMORY_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_MEMORY_RECORD_ID).when("the operation applies to a specific memory record"),
    conditional(id::GEN_AI_MEMORY_STORE_ID).when("applicable"),
    conditional(id::GEN_AI_PROVIDER_NAME).when("the operation is handled by a named external GenAI provider or service"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_MEMORY_RECORD_COUNT).when("the operation involves memory records and the count is available"),
    recommended(id::SERVER_ADDRESS),
    opt_in(id::GEN_AI_MEMORY_QUERY_TEXT),
    opt_in(id::GEN_AI_MEMORY_RECORDS),
];

/// `gen_ai.create_agent.client`: a CLIENT span named `create_agent {gen_ai.agent.name}`.
///
/// Operations: `create_agent`.
#[rustfmt::skip]
pub static CREATE_AGENT: SpanType = SpanType {
    id: "gen_ai.create_agent.client",
    stability: Stability::Development,
    kind: SpanKind::Client,
    kind_may_be: None,
    selector: id::GEN_AI_OPERATION_NAME,
    operations: &["create_agent"],
    name_formats: CREATE_AGENT_NAMES,
    attributes: CREATE_AGENT_ATTRIBUTES,
    refinements: &[
    ],
    entities: &[],
    listed: AttributeSet::of(CREATE_AGENT_ATTRIBUTES),
    sampling: AttributeSet::sampling(CREATE_AGENT_ATTRIBUTES),
};

#[rustfmt::skip]
const CREATE_AGENT_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "create_agent {gen_ai.agent.name}",
        segments: &[
            NameSegment::Literal("create_agent"),
            NameSegment::Attribute(id::GEN_AI_AGENT_NAME),
        ],
    },
];

#[rustfmt::skip]
const CREATE_AGENT_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME).sampling(),
    required(id::GEN_AI_PROVIDER_NAME).sampling(),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_AGENT_DESCRIPTION).when("provided by the application"),
    conditional(id::GEN_AI_AGENT_ID).when("applicable"),
    conditional(id::GEN_AI_AGENT_NAME).when("provided by the application").sampling(),
    conditional(id::GEN_AI_AGENT_VERSION).when("provided by the application"),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available").sampling(),
    conditional(id::SERVER_PORT).when("`server.address` is set").sampling(),
    recommended(id::SERVER_ADDRESS).sampling(),
    opt_in(id::GEN_AI_SYSTEM_INSTRUCTIONS),
];

/// `gen_ai.invoke_agent.client`: a CLIENT span named `invoke_agent {gen_ai.agent.name}`, else
/// `invoke_agent`.
///
/// Operations: `invoke_agent`.
#[rustfmt::skip]
pub static INVOKE_AGENT_CLIENT: SpanType = SpanType {
    id: "gen_ai.invoke_agent.client",
    stability: Stability::Development,
    kind: SpanKind::Client,
    kind_may_be: None,
    selector: id::GEN_AI_OPERATION_NAME,
    operations: &["invoke_agent"],
    name_formats: INVOKE_AGENT_CLIENT_NAMES,
    attributes: INVOKE_AGENT_CLIENT_ATTRIBUTES,
    refinements: &[
    ],
    entities: &[],
    listed: AttributeSet::of(INVOKE_AGENT_CLIENT_ATTRIBUTES),
    sampling: AttributeSet::sampling(INVOKE_AGENT_CLIENT_ATTRIBUTES),
};

#[rustfmt::skip]
const INVOKE_AGENT_CLIENT_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "invoke_agent {gen_ai.agent.name}",
        segments: &[
            NameSegment::Literal("invoke_agent"),
            NameSegment::Attribute(id::GEN_AI_AGENT_NAME),
        ],
    },
    NameFormat {
        text: "invoke_agent",
        segments: &[
            NameSegment::Literal("invoke_agent"),
        ],
    },
];

#[rustfmt::skip]
const INVOKE_AGENT_CLIENT_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME).sampling(),
    required(id::GEN_AI_PROVIDER_NAME).sampling(),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_AGENT_DESCRIPTION).when("available"),
    conditional(id::GEN_AI_AGENT_ID).when("applicable"),
    conditional(id::GEN_AI_AGENT_NAME).when("available").sampling(),
    conditional(id::GEN_AI_AGENT_VERSION).when("available"),
    conditional(id::GEN_AI_CONVERSATION_ID).when("the library or the application knows it"),
    conditional(id::GEN_AI_DATA_SOURCE_ID).when("applicable"),
    conditional(id::GEN_AI_OUTPUT_TYPE).when("the request includes an output format"),
    conditional(id::GEN_AI_REQUEST_CHOICE_COUNT).when("in the request and not 1"),
    conditional(id::GEN_AI_REQUEST_SEED).when("the request includes a seed"),
    conditional(id::SERVER_PORT).when("`server.address` is set").sampling(),
    recommended(id::GEN_AI_REQUEST_FREQUENCY_PENALTY),
    recommended(id::GEN_AI_REQUEST_MAX_TOKENS),
    recommended(id::GEN_AI_REQUEST_MODEL).when("applicable").sampling(),
    recommended(id::GEN_AI_REQUEST_PRESENCE_PENALTY),
    recommended(id::GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID).when("the request references a previous response"),
    recommended(id::GEN_AI_REQUEST_STOP_SEQUENCES),
    recommended(id::GEN_AI_REQUEST_TEMPERATURE),
    recommended(id::GEN_AI_REQUEST_TOP_P),
    recommended(id::GEN_AI_RESPONSE_FINISH_REASONS),
    recommended(id::GEN_AI_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_AUDIO_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_IMAGE_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_INPUT_TOKENS),
    recommended(id::GEN_AI_USAGE_OUTPUT_TOKENS),
    recommended(id::GEN_AI_USAGE_TEXT_CACHE_READ_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_TEXT_INPUT_TOKENS).when("applicable"),
    recommended(id::GEN_AI_USAGE_TEXT_OUTPUT_TOKENS).when("applicable"),
    recommended(id::SERVER_ADDRESS).sampling(),
    opt_in(id::GEN_AI_INPUT_MESSAGES),
    opt_in(id::GEN_AI_OUTPUT_MESSAGES),
    opt_in(id::GEN_AI_SYSTEM_INSTRUCTIONS),
    opt_in(id::GEN_AI_TOOL_DEFINITIONS),
];

/// `gen_ai.invoke_agent.internal`: a INTERNAL span named `invoke_agent {gen_ai.agent.name}`, else
/// `invoke_agent`.
///
/// Operations: `invoke_agent`.
#[rustfmt::skip]
pub static INVOKE_AGENT_INTERNAL: SpanType = SpanType {
    id: "gen_ai.invoke_agent.internal",
    stability: Stability::Development,
    kind: SpanKind::Internal,
    kind_may_be: None,
    selector: id::GEN_AI_OPERATION_NAME,
    operations: &["invoke_agent"],
    name_formats: INVOKE_AGENT_INTERNAL_NAMES,
    attributes: INVOKE_AGENT_INTERNAL_ATTRIBUTES,
    refinements: &[
    ],
    entities: &["gen_ai.main_agent"],
    listed: AttributeSet::of(INVOKE_AGENT_INTERNAL_ATTRIBUTES),
    sampling: AttributeSet::sampling(INVOKE_AGENT_INTERNAL_ATTRIBUTES),
};

#[rustfmt::skip]
const INVOKE_AGENT_INTERNAL_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "invoke_agent {gen_ai.agent.name}",
        segments: &[
            NameSegment::Literal("invoke_agent"),
            NameSegment::Attribute(id::GEN_AI_AGENT_NAME),
        ],
    },
    NameFormat {
        text: "invoke_agent",
        segments: &[
            NameSegment::Literal("invoke_agent"),
        ],
    },
];

#[rustfmt::skip]
const INVOKE_AGENT_INTERNAL_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME).sampling(),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_AGENT_DESCRIPTION).when("available"),
    conditional(id::GEN_AI_AGENT_NAME).when("available").sampling(),
    conditional(id::GEN_AI_CONVERSATION_ID).when("the library or the application knows it"),
    conditional(id::GEN_AI_DATA_SOURCE_ID).when("applicable"),
    conditional(id::GEN_AI_OUTPUT_TYPE).when("the request includes an output format"),
    conditional(id::GEN_AI_REQUEST_CHOICE_COUNT).when("in the request and not 1"),
    conditional(id::GEN_AI_REQUEST_SEED).when("the request includes a seed"),
    recommended(id::GEN_AI_REQUEST_FREQUENCY_PENALTY),
    recommended(id::GEN_AI_REQUEST_MAX_TOKENS),
    recommended(id::GEN_AI_REQUEST_MODEL).when("applicable").sampling(),
    recommended(id::GEN_AI_REQUEST_PRESENCE_PENALTY),
    recommended(id::GEN_AI_REQUEST_STOP_SEQUENCES),
    recommended(id::GEN_AI_REQUEST_TEMPERATURE),
    recommended(id::GEN_AI_REQUEST_TOP_P),
    recommended(id::GEN_AI_RESPONSE_FINISH_REASONS),
    recommended(id::GEN_AI_USAGE_INPUT_TOKENS),
    recommended(id::GEN_AI_USAGE_OUTPUT_TOKENS),
    opt_in(id::GEN_AI_INPUT_MESSAGES),
    opt_in(id::GEN_AI_OUTPUT_MESSAGES),
    opt_in(id::GEN_AI_SYSTEM_INSTRUCTIONS),
    opt_in(id::GEN_AI_TOOL_DEFINITIONS),
];

/// `gen_ai.execute_tool.internal`: a INTERNAL span named `execute_tool {gen_ai.tool.name}`.
///
/// Operations: `execute_tool`.
///
/// Refinements: `gen_ai.execute_tool.load_skill.internal`,
/// `gen_ai.execute_tool.read_skill_resource.internal`, `gen_ai.execute_tool.command.internal`.
#[rustfmt::skip]
pub static EXECUTE_TOOL: SpanType = SpanType {
    id: "gen_ai.execute_tool.internal",
    stability: Stability::Development,
    kind: SpanKind::Internal,
    kind_may_be: None,
    selector: id::GEN_AI_OPERATION_NAME,
    operations: &["execute_tool"],
    name_formats: EXECUTE_TOOL_NAMES,
    attributes: EXECUTE_TOOL_ATTRIBUTES,
    refinements: &[
        Refinement {
            id: "gen_ai.execute_tool.load_skill.internal",
            provider: None,
            name_formats: EXECUTE_TOOL_LOAD_SKILL_NAMES,
            attributes: EXECUTE_TOOL_LOAD_SKILL,
            listed: AttributeSet::of(EXECUTE_TOOL_ATTRIBUTES).and(EXECUTE_TOOL_LOAD_SKILL),
        },
        Refinement {
            id: "gen_ai.execute_tool.read_skill_resource.internal",
            provider: None,
            name_formats: EXECUTE_TOOL_READ_SKILL_RESOURCE_NAMES,
            attributes: EXECUTE_TOOL_READ_SKILL_RESOURCE,
            listed: AttributeSet::of(EXECUTE_TOOL_ATTRIBUTES).and(EXECUTE_TOOL_READ_SKILL_RESOURCE),
        },
        Refinement {
            id: "gen_ai.execute_tool.command.internal",
            provider: None,
            name_formats: EXECUTE_TOOL_COMMAND_NAMES,
            attributes: EXECUTE_TOOL_COMMAND,
            listed: AttributeSet::of(EXECUTE_TOOL_ATTRIBUTES).and(EXECUTE_TOOL_COMMAND),
        },
    ],
    entities: &["gen_ai.main_agent"],
    listed: AttributeSet::of(EXECUTE_TOOL_ATTRIBUTES),
    sampling: AttributeSet::sampling(EXECUTE_TOOL_ATTRIBUTES),
};

#[rustfmt::skip]
const EXECUTE_TOOL_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "execute_tool {gen_ai.tool.name}",
        segments: &[
            NameSegment::Literal("execute_tool"),
            NameSegment::Attribute(id::GEN_AI_TOOL_NAME),
        ],
    },
];

#[rustfmt::skip]
const EXECUTE_TOOL_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME).sampling(),
    required(id::GEN_AI_TOOL_NAME).sampling(),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_AGENT_NAME).when("applicable").sampling(),
    conditional(id::GEN_AI_CONVERSATION_ID).when("available"),
    recommended(id::GEN_AI_TOOL_CALL_ID).when("available"),
    recommended(id::GEN_AI_TOOL_DESCRIPTION).when("available"),
    recommended(id::GEN_AI_TOOL_TYPE).when("available").sampling(),
    opt_in(id::GEN_AI_TOOL_CALL_ARGUMENTS),
    opt_in(id::GEN_AI_TOOL_CALL_RESULT),
];

#[rustfmt::skip]
const EXECUTE_TOOL_LOAD_SKILL_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "execute_tool {gen_ai.tool.name} {gen_ai.skill.name}",
        segments: &[
            NameSegment::Literal("execute_tool"),
            NameSegment::Attribute(id::GEN_AI_TOOL_NAME),
            NameSegment::Attribute(id::GEN_AI_SKILL_NAME),
        ],
    },
    NameFormat {
        text: "execute_tool {gen_ai.tool.name}",
        segments: &[
            NameSegment::Literal("execute_tool"),
            NameSegment::Attribute(id::GEN_AI_TOOL_NAME),
        ],
    },
];

#[rustfmt::skip]
const EXECUTE_TOOL_LOAD_SKILL: &[SignalAttribute] = &[
    conditional(id::GEN_AI_SKILL_NAME).when("the skill name is available").sampling(),
    recommended(id::GEN_AI_SKILL_DESCRIPTION).when("the skill description is available"),
    recommended(id::GEN_AI_SKILL_SOURCE_URI).when("the skill source URI is available"),
];

#[rustfmt::skip]
const EXECUTE_TOOL_READ_SKILL_RESOURCE_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "execute_tool {gen_ai.tool.name} {gen_ai.skill.name} {gen_ai.skill.resource.name}",
        segments: &[
            NameSegment::Literal("execute_tool"),
            NameSegment::Attribute(id::GEN_AI_TOOL_NAME),
            NameSegment::Attribute(id::GEN_AI_SKILL_NAME),
            NameSegment::Attribute(id::GEN_AI_SKILL_RESOURCE_NAME),
        ],
    },
    NameFormat {
        text: "execute_tool {gen_ai.tool.name} {gen_ai.skill.resource.name}",
        segments: &[
            NameSegment::Literal("execute_tool"),
            NameSegment::Attribute(id::GEN_AI_TOOL_NAME),
            NameSegment::Attribute(id::GEN_AI_SKILL_RESOURCE_NAME),
        ],
    },
    NameFormat {
        text: "execute_tool {gen_ai.tool.name}",
        segments: &[
            NameSegment::Literal("execute_tool"),
            NameSegment::Attribute(id::GEN_AI_TOOL_NAME),
        ],
    },
];

#[rustfmt::skip]
const EXECUTE_TOOL_READ_SKILL_RESOURCE: &[SignalAttribute] = &[
    conditional(id::GEN_AI_SKILL_NAME).when("the skill name is available").sampling(),
    conditional(id::GEN_AI_SKILL_RESOURCE_NAME).when("the skill resource name is available").sampling(),
    recommended(id::GEN_AI_SKILL_DESCRIPTION).when("the skill description is available"),
    recommended(id::GEN_AI_SKILL_SOURCE_URI).when("the skill source URI is available"),
];

#[rustfmt::skip]
const EXECUTE_TOOL_COMMAND_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "execute_tool {gen_ai.tool.name} {gen_ai.skill.name} {gen_ai.skill.resource.name}",
        segments: &[
            NameSegment::Literal("execute_tool"),
            NameSegment::Attribute(id::GEN_AI_TOOL_NAME),
            NameSegment::Attribute(id::GEN_AI_SKILL_NAME),
            NameSegment::Attribute(id::GEN_AI_SKILL_RESOURCE_NAME),
        ],
    },
    NameFormat {
        text: "execute_tool {gen_ai.tool.name} {gen_ai.skill.resource.name}",
        segments: &[
            NameSegment::Literal("execute_tool"),
            NameSegment::Attribute(id::GEN_AI_TOOL_NAME),
            NameSegment::Attribute(id::GEN_AI_SKILL_RESOURCE_NAME),
        ],
    },
    NameFormat {
        text: "execute_tool {gen_ai.tool.name} {process.executable.name}",
        segments: &[
            NameSegment::Literal("execute_tool"),
            NameSegment::Attribute(id::GEN_AI_TOOL_NAME),
            NameSegment::Attribute(id::PROCESS_EXECUTABLE_NAME),
        ],
    },
    NameFormat {
        text: "execute_tool {gen_ai.tool.name}",
        segments: &[
            NameSegment::Literal("execute_tool"),
            NameSegment::Attribute(id::GEN_AI_TOOL_NAME),
        ],
    },
];

#[rustfmt::skip]
const EXECUTE_TOOL_COMMAND: &[SignalAttribute] = &[
    conditional(id::GEN_AI_SKILL_NAME).when("the command is associated with a skill and its name is available").sampling(),
    conditional(id::GEN_AI_SKILL_RESOURCE_NAME).when("the command executes a named skill resource and the name is available").sampling(),
    conditional(id::PROCESS_EXECUTABLE_NAME).when("the tool directly executes a single process and the executable name is available"),
    conditional(id::PROCESS_EXIT_CODE).when("the tool reports a single command or process exit code"),
    recommended(id::GEN_AI_SKILL_DESCRIPTION).when("the command is associated with a skill and its description is available"),
    recommended(id::GEN_AI_SKILL_SOURCE_URI).when("the command is associated with a skill and its source URI is available"),
    recommended(id::PROCESS_EXECUTABLE_PATH).when("the tool directly executes a single process and the executable path is available"),
];

/// `gen_ai.invoke_workflow.internal`: a INTERNAL span named `invoke_workflow
/// {gen_ai.workflow.name}`.
///
/// Operations: `invoke_workflow`.
#[rustfmt::skip]
pub static INVOKE_WORKFLOW: SpanType = SpanType {
    id: "gen_ai.invoke_workflow.internal",
    stability: Stability::Development,
    kind: SpanKind::Internal,
    kind_may_be: None,
    selector: id::GEN_AI_OPERATION_NAME,
    operations: &["invoke_workflow"],
    name_formats: INVOKE_WORKFLOW_NAMES,
    attributes: INVOKE_WORKFLOW_ATTRIBUTES,
    refinements: &[
    ],
    entities: &["gen_ai.main_agent"],
    listed: AttributeSet::of(INVOKE_WORKFLOW_ATTRIBUTES),
    sampling: AttributeSet::sampling(INVOKE_WORKFLOW_ATTRIBUTES),
};

#[rustfmt::skip]
const INVOKE_WORKFLOW_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "invoke_workflow {gen_ai.workflow.name}",
        segments: &[
            NameSegment::Literal("invoke_workflow"),
            NameSegment::Attribute(id::GEN_AI_WORKFLOW_NAME),
        ],
    },
];

#[rustfmt::skip]
const INVOKE_WORKFLOW_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME).sampling(),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_CONVERSATION_ID).when("the library or the application knows it"),
    conditional(id::GEN_AI_WORKFLOW_NAME).when("available"),
    opt_in(id::GEN_AI_INPUT_MESSAGES),
    opt_in(id::GEN_AI_OUTPUT_MESSAGES),
];

/// `gen_ai.plan.internal`: a INTERNAL span named `plan {gen_ai.agent.name}`, else `plan`.
///
/// Operations: `plan`.
#[rustfmt::skip]
pub static PLAN: SpanType = SpanType {
    id: "gen_ai.plan.internal",
    stability: Stability::Development,
    kind: SpanKind::Internal,
    kind_may_be: None,
    selector: id::GEN_AI_OPERATION_NAME,
    operations: &["plan"],
    name_formats: PLAN_NAMES,
    attributes: PLAN_ATTRIBUTES,
    refinements: &[
    ],
    entities: &["gen_ai.main_agent"],
    listed: AttributeSet::of(PLAN_ATTRIBUTES),
    sampling: AttributeSet::sampling(PLAN_ATTRIBUTES),
};

#[rustfmt::skip]
const PLAN_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "plan {gen_ai.agent.name}",
        segments: &[
            NameSegment::Literal("plan"),
            NameSegment::Attribute(id::GEN_AI_AGENT_NAME),
        ],
    },
    NameFormat {
        text: "plan",
        segments: &[
            NameSegment::Literal("plan"),
        ],
    },
];

#[rustfmt::skip]
const PLAN_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME).sampling(),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_AGENT_NAME).when("available").sampling(),
];

/// `mcp.client`: a CLIENT span named `{mcp.method.name} {target}`, else `{mcp.method.name}`.
///
/// Operation, for tool calls only: `execute_tool`.
#[rustfmt::skip]
pub static MCP_CLIENT: SpanType = SpanType {
    id: "mcp.client",
    stability: Stability::Development,
    kind: SpanKind::Client,
    kind_may_be: None,
    selector: id::MCP_METHOD_NAME,
    operations: &["execute_tool"],
    name_formats: MCP_CLIENT_NAMES,
    attributes: MCP_CLIENT_ATTRIBUTES,
    refinements: &[
    ],
    entities: &[],
    listed: AttributeSet::of(MCP_CLIENT_ATTRIBUTES),
    sampling: AttributeSet::sampling(MCP_CLIENT_ATTRIBUTES),
};

#[rustfmt::skip]
const MCP_CLIENT_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "{mcp.method.name} {target}",
        segments: &[
            NameSegment::Attribute(id::MCP_METHOD_NAME),
            NameSegment::FirstOf(&[id::GEN_AI_TOOL_NAME, id::GEN_AI_PROMPT_NAME]),
        ],
    },
    NameFormat {
        text: "{mcp.method.name}",
        segments: &[
            NameSegment::Attribute(id::MCP_METHOD_NAME),
        ],
    },
];

#[rustfmt::skip]
const MCP_CLIENT_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::MCP_METHOD_NAME),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_PROMPT_NAME).when("the operation is about one prompt"),
    conditional(id::GEN_AI_TOOL_NAME).when("the operation is about one tool"),
    conditional(id::JSONRPC_REQUEST_ID).when("the client executes a request"),
    conditional(id::MCP_RESOURCE_URI).when("the client executes a request type that includes a resource URI parameter"),
    conditional(id::RPC_RESPONSE_STATUS_CODE).when("response contains an error code"),
    recommended(id::GEN_AI_OPERATION_NAME).when("the operation describes a tool call"),
    recommended(id::JSONRPC_PROTOCOL_VERSION).when("not `2.0`"),
    recommended(id::MCP_PROTOCOL_VERSION),
    recommended(id::MCP_SESSION_ID).when("the MCP request or notification is part of a session"),
    recommended(id::NETWORK_PROTOCOL_NAME).when("applicable"),
    recommended(id::NETWORK_PROTOCOL_VERSION).when("applicable"),
    recommended(id::NETWORK_TRANSPORT),
    recommended(id::SERVER_ADDRESS).when("applicable"),
    recommended(id::SERVER_PORT).when("`server.address` is set"),
    opt_in(id::GEN_AI_PROMPT_VARIABLE),
    opt_in(id::GEN_AI_TOOL_CALL_ARGUMENTS),
    opt_in(id::GEN_AI_TOOL_CALL_RESULT),
];

/// `mcp.server`: a SERVER span named `{mcp.method.name} {target}`, else `{mcp.method.name}`.
///
/// Operation, for tool calls only: `execute_tool`.
#[rustfmt::skip]
pub static MCP_SERVER: SpanType = SpanType {
    id: "mcp.server",
    stability: Stability::Development,
    kind: SpanKind::Server,
    kind_may_be: None,
    selector: id::MCP_METHOD_NAME,
    operations: &["execute_tool"],
    name_formats: MCP_SERVER_NAMES,
    attributes: MCP_SERVER_ATTRIBUTES,
    refinements: &[
    ],
    entities: &[],
    listed: AttributeSet::of(MCP_SERVER_ATTRIBUTES),
    sampling: AttributeSet::sampling(MCP_SERVER_ATTRIBUTES),
};

#[rustfmt::skip]
const MCP_SERVER_NAMES: &[NameFormat] = &[
    NameFormat {
        text: "{mcp.method.name} {target}",
        segments: &[
            NameSegment::Attribute(id::MCP_METHOD_NAME),
            NameSegment::FirstOf(&[id::GEN_AI_TOOL_NAME, id::GEN_AI_PROMPT_NAME]),
        ],
    },
    NameFormat {
        text: "{mcp.method.name}",
        segments: &[
            NameSegment::Attribute(id::MCP_METHOD_NAME),
        ],
    },
];

#[rustfmt::skip]
const MCP_SERVER_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::MCP_METHOD_NAME),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_PROMPT_NAME).when("the operation is about one prompt"),
    conditional(id::GEN_AI_TOOL_NAME).when("the operation is about one tool"),
    conditional(id::JSONRPC_REQUEST_ID).when("the client executes a request"),
    conditional(id::MCP_RESOURCE_URI).when("the client executes a request type that includes a resource URI parameter"),
    conditional(id::RPC_RESPONSE_STATUS_CODE).when("response contains an error code"),
    recommended(id::CLIENT_ADDRESS).when("applicable"),
    recommended(id::CLIENT_PORT).when("`client.address` is set"),
    recommended(id::GEN_AI_OPERATION_NAME).when("the operation describes a tool call"),
    recommended(id::JSONRPC_PROTOCOL_VERSION).when("not `2.0`"),
    recommended(id::MCP_PROTOCOL_VERSION),
    recommended(id::MCP_SESSION_ID).when("the MCP request or notification is part of a session"),
    recommended(id::NETWORK_PROTOCOL_NAME).when("applicable"),
    recommended(id::NETWORK_PROTOCOL_VERSION).when("applicable"),
    recommended(id::NETWORK_TRANSPORT),
    opt_in(id::GEN_AI_PROMPT_VARIABLE),
    opt_in(id::GEN_AI_TOOL_CALL_ARGUMENTS),
    opt_in(id::GEN_AI_TOOL_CALL_RESULT),
];
