// Generated from agent-trace/semconv by `cargo run -p agent-trace-tests --bin semconv`.
// Do not edit: change the data and run it again.

//! The metrics of the conventions.

use super::requirement::{conditional, opt_in, recommended, required};
use super::{
    AttributeSet, Instrument, MetricInfo, MetricRefinement, Requirement, SignalAttribute,
    Stability, ValueType, id,
};

/// Every metric.
#[rustfmt::skip]
pub static ALL: [&MetricInfo; 23] = [
    &CLIENT_OPERATION_DURATION,
    &CLIENT_INFERENCE_DURATION,
    &CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK,
    &CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK,
    &SERVER_REQUEST_DURATION,
    &SERVER_TIME_PER_OUTPUT_TOKEN,
    &SERVER_TIME_TO_FIRST_TOKEN,
    &INVOKE_WORKFLOW_DURATION,
    &INVOKE_AGENT_DURATION,
    &INVOKE_AGENT_INFERENCE_CALLS,
    &INVOKE_AGENT_TOOL_CALLS,
    &EXECUTE_TOOL_DURATION,
    &CLIENT_INFERENCE_USAGE_INPUT_TOKENS,
    &CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS,
    &CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS,
    &CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS,
    &CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS,
    &CLIENT_INFERENCE_OPERATION_INPUT_TOKENS,
    &CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS,
    &MCP_CLIENT_OPERATION_DURATION,
    &MCP_SERVER_OPERATION_DURATION,
    &MCP_CLIENT_SESSION_DURATION,
    &MCP_SERVER_SESSION_DURATION,
];

/// `gen_ai.client.operation.duration`: a histogram of double in `s`.
#[rustfmt::skip]
pub static CLIENT_OPERATION_DURATION: MetricInfo = MetricInfo {
    name: "gen_ai.client.operation.duration",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "s",
    value_type: ValueType::Double,
    boundaries: &[0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    attributes: CLIENT_OPERATION_DURATION_ATTRIBUTES,
    listed: AttributeSet::of(CLIENT_OPERATION_DURATION_ATTRIBUTES),
    refinements: &[
        MetricRefinement {
            id: "openai.client.operation.duration",
            provider: Some("openai"),
            attributes: CLIENT_OPERATION_DURATION_REFINED_0,
        },
    ],
};

#[rustfmt::skip]
const CLIENT_OPERATION_DURATION_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_PROVIDER_NAME).when("the operation involves a call to a GenAI provider"),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::SERVER_ADDRESS),
];

#[rustfmt::skip]
const CLIENT_OPERATION_DURATION_REFINED_0: &[SignalAttribute] = &[
    recommended(id::OPENAI_RESPONSE_SERVICE_TIER),
    recommended(id::OPENAI_RESPONSE_SYSTEM_FINGERPRINT),
];

/// `gen_ai.client.inference.duration`: a histogram of double in `s`.
#[rustfmt::skip]
pub static CLIENT_INFERENCE_DURATION: MetricInfo = MetricInfo {
    name: "gen_ai.client.inference.duration",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "s",
    value_type: ValueType::Double,
    boundaries: &[0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    attributes: CLIENT_INFERENCE_DURATION_ATTRIBUTES,
    listed: AttributeSet::of(CLIENT_INFERENCE_DURATION_ATTRIBUTES),
    refinements: &[
        MetricRefinement {
            id: "openai.gen_ai.client.inference.duration",
            provider: Some("openai"),
            attributes: CLIENT_INFERENCE_DURATION_REFINED_0,
        },
    ],
};

#[rustfmt::skip]
const CLIENT_INFERENCE_DURATION_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    required(id::GEN_AI_PROVIDER_NAME),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::SERVER_ADDRESS),
];

#[rustfmt::skip]
const CLIENT_INFERENCE_DURATION_REFINED_0: &[SignalAttribute] = &[
    recommended(id::OPENAI_RESPONSE_SERVICE_TIER),
    recommended(id::OPENAI_RESPONSE_SYSTEM_FINGERPRINT),
];

/// `gen_ai.client.inference.time_to_first_chunk`: a histogram of double in `s`.
#[rustfmt::skip]
pub static CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK: MetricInfo = MetricInfo {
    name: "gen_ai.client.inference.time_to_first_chunk",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "s",
    value_type: ValueType::Double,
    boundaries: &[0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    attributes: CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK_ATTRIBUTES,
    listed: AttributeSet::of(CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK_ATTRIBUTES),
    refinements: &[
    ],
};

#[rustfmt::skip]
const CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    required(id::GEN_AI_PROVIDER_NAME),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::SERVER_ADDRESS),
];

/// `gen_ai.client.inference.time_per_output_chunk`: a histogram of double in `s`.
#[rustfmt::skip]
pub static CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK: MetricInfo = MetricInfo {
    name: "gen_ai.client.inference.time_per_output_chunk",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "s",
    value_type: ValueType::Double,
    boundaries: &[0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    attributes: CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK_ATTRIBUTES,
    listed: AttributeSet::of(CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK_ATTRIBUTES),
    refinements: &[
    ],
};

#[rustfmt::skip]
const CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    required(id::GEN_AI_PROVIDER_NAME),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::SERVER_ADDRESS),
];

/// `gen_ai.server.request.duration`: a histogram of double in `s`.
#[rustfmt::skip]
pub static SERVER_REQUEST_DURATION: MetricInfo = MetricInfo {
    name: "gen_ai.server.request.duration",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "s",
    value_type: ValueType::Double,
    boundaries: &[0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    attributes: SERVER_REQUEST_DURATION_ATTRIBUTES,
    listed: AttributeSet::of(SERVER_REQUEST_DURATION_ATTRIBUTES),
    refinements: &[
    ],
};

#[rustfmt::skip]
const SERVER_REQUEST_DURATION_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    required(id::GEN_AI_PROVIDER_NAME),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::SERVER_ADDRESS),
];

/// `gen_ai.server.time_per_output_token`: a histogram of double in `s`.
#[rustfmt::skip]
pub static SERVER_TIME_PER_OUTPUT_TOKEN: MetricInfo = MetricInfo {
    name: "gen_ai.server.time_per_output_token",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "s",
    value_type: ValueType::Double,
    boundaries: &[0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5],
    attributes: SERVER_TIME_PER_OUTPUT_TOKEN_ATTRIBUTES,
    listed: AttributeSet::of(SERVER_TIME_PER_OUTPUT_TOKEN_ATTRIBUTES),
    refinements: &[
    ],
};

#[rustfmt::skip]
const SERVER_TIME_PER_OUTPUT_TOKEN_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    required(id::GEN_AI_PROVIDER_NAME),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::SERVER_ADDRESS),
];

/// `gen_ai.server.time_to_first_token`: a histogram of double in `s`.
#[rustfmt::skip]
pub static SERVER_TIME_TO_FIRST_TOKEN: MetricInfo = MetricInfo {
    name: "gen_ai.server.time_to_first_token",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "s",
    value_type: ValueType::Double,
    boundaries: &[0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0],
    attributes: SERVER_TIME_TO_FIRST_TOKEN_ATTRIBUTES,
    listed: AttributeSet::of(SERVER_TIME_TO_FIRST_TOKEN_ATTRIBUTES),
    refinements: &[
    ],
};

#[rustfmt::skip]
const SERVER_TIME_TO_FIRST_TOKEN_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    required(id::GEN_AI_PROVIDER_NAME),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::SERVER_ADDRESS),
];

/// `gen_ai.invoke_workflow.duration`: a histogram of double in `s`.
#[rustfmt::skip]
pub static INVOKE_WORKFLOW_DURATION: MetricInfo = MetricInfo {
    name: "gen_ai.invoke_workflow.duration",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "s",
    value_type: ValueType::Double,
    boundaries: &[1.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0, 7200.0],
    attributes: INVOKE_WORKFLOW_DURATION_ATTRIBUTES,
    listed: AttributeSet::of(INVOKE_WORKFLOW_DURATION_ATTRIBUTES),
    refinements: &[
    ],
};

#[rustfmt::skip]
const INVOKE_WORKFLOW_DURATION_ATTRIBUTES: &[SignalAttribute] = &[
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_WORKFLOW_NAME).when("available"),
];

/// `gen_ai.invoke_agent.duration`: a histogram of double in `s`.
#[rustfmt::skip]
pub static INVOKE_AGENT_DURATION: MetricInfo = MetricInfo {
    name: "gen_ai.invoke_agent.duration",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "s",
    value_type: ValueType::Double,
    boundaries: &[0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6],
    attributes: INVOKE_AGENT_DURATION_ATTRIBUTES,
    listed: AttributeSet::of(INVOKE_AGENT_DURATION_ATTRIBUTES),
    refinements: &[
    ],
};

#[rustfmt::skip]
const INVOKE_AGENT_DURATION_ATTRIBUTES: &[SignalAttribute] = &[
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_AGENT_NAME).when("available"),
    recommended(id::GEN_AI_REQUEST_MODEL).when("applicable"),
];

/// `gen_ai.invoke_agent.inference_calls`: a histogram of int in `{inference_call}`.
#[rustfmt::skip]
pub static INVOKE_AGENT_INFERENCE_CALLS: MetricInfo = MetricInfo {
    name: "gen_ai.invoke_agent.inference_calls",
    stability: Stability::Development,
    requirement: None,
    instrument: Instrument::Histogram,
    unit: "{inference_call}",
    value_type: ValueType::Int,
    boundaries: &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0],
    attributes: INVOKE_AGENT_INFERENCE_CALLS_ATTRIBUTES,
    listed: AttributeSet::of(INVOKE_AGENT_INFERENCE_CALLS_ATTRIBUTES),
    refinements: &[
    ],
};

#[rustfmt::skip]
const INVOKE_AGENT_INFERENCE_CALLS_ATTRIBUTES: &[SignalAttribute] = &[
    recommended(id::GEN_AI_AGENT_NAME),
];

/// `gen_ai.invoke_agent.tool_calls`: a histogram of int in `{tool_call}`.
#[rustfmt::skip]
pub static INVOKE_AGENT_TOOL_CALLS: MetricInfo = MetricInfo {
    name: "gen_ai.invoke_agent.tool_calls",
    stability: Stability::Development,
    requirement: None,
    instrument: Instrument::Histogram,
    unit: "{tool_call}",
    value_type: ValueType::Int,
    boundaries: &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0],
    attributes: INVOKE_AGENT_TOOL_CALLS_ATTRIBUTES,
    listed: AttributeSet::of(INVOKE_AGENT_TOOL_CALLS_ATTRIBUTES),
    refinements: &[
    ],
};

#[rustfmt::skip]
const INVOKE_AGENT_TOOL_CALLS_ATTRIBUTES: &[SignalAttribute] = &[
    recommended(id::GEN_AI_AGENT_NAME),
];

/// `gen_ai.execute_tool.duration`: a histogram of double in `s`.
#[rustfmt::skip]
pub static EXECUTE_TOOL_DURATION: MetricInfo = MetricInfo {
    name: "gen_ai.execute_tool.duration",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "s",
    value_type: ValueType::Double,
    boundaries: &[0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    attributes: EXECUTE_TOOL_DURATION_ATTRIBUTES,
    listed: AttributeSet::of(EXECUTE_TOOL_DURATION_ATTRIBUTES),
    refinements: &[
    ],
};

#[rustfmt::skip]
const EXECUTE_TOOL_DURATION_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_TOOL_NAME),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_AGENT_NAME).when("applicable"),
    recommended(id::GEN_AI_TOOL_TYPE).when("available"),
];

/// `gen_ai.client.inference.usage.input_tokens`: a counter of int in `{token}`.
#[rustfmt::skip]
pub static CLIENT_INFERENCE_USAGE_INPUT_TOKENS: MetricInfo = MetricInfo {
    name: "gen_ai.client.inference.usage.input_tokens",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Counter,
    unit: "{token}",
    value_type: ValueType::Int,
    boundaries: &[],
    attributes: CLIENT_INFERENCE_USAGE_INPUT_TOKENS_ATTRIBUTES,
    listed: AttributeSet::of(CLIENT_INFERENCE_USAGE_INPUT_TOKENS_ATTRIBUTES),
    refinements: &[
        MetricRefinement {
            id: "openai.gen_ai.client.inference.usage.input_tokens",
            provider: Some("openai"),
            attributes: CLIENT_INFERENCE_USAGE_INPUT_TOKENS_REFINED_0,
        },
    ],
};

#[rustfmt::skip]
const CLIENT_INFERENCE_USAGE_INPUT_TOKENS_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    required(id::GEN_AI_PROVIDER_NAME),
    required(id::GEN_AI_TOKEN_MODALITY),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::SERVER_ADDRESS),
];

#[rustfmt::skip]
const CLIENT_INFERENCE_USAGE_INPUT_TOKENS_REFINED_0: &[SignalAttribute] = &[
    recommended(id::OPENAI_RESPONSE_SERVICE_TIER),
    recommended(id::OPENAI_RESPONSE_SYSTEM_FINGERPRINT),
];

/// `gen_ai.client.inference.usage.output_tokens`: a counter of int in `{token}`.
#[rustfmt::skip]
pub static CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS: MetricInfo = MetricInfo {
    name: "gen_ai.client.inference.usage.output_tokens",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Counter,
    unit: "{token}",
    value_type: ValueType::Int,
    boundaries: &[],
    attributes: CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS_ATTRIBUTES,
    listed: AttributeSet::of(CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS_ATTRIBUTES),
    refinements: &[
        MetricRefinement {
            id: "openai.gen_ai.client.inference.usage.output_tokens",
            provider: Some("openai"),
            attributes: CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS_REFINED_0,
        },
    ],
};

#[rustfmt::skip]
const CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    required(id::GEN_AI_PROVIDER_NAME),
    required(id::GEN_AI_TOKEN_MODALITY),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::SERVER_ADDRESS),
];

#[rustfmt::skip]
const CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS_REFINED_0: &[SignalAttribute] = &[
    recommended(id::OPENAI_RESPONSE_SERVICE_TIER),
    recommended(id::OPENAI_RESPONSE_SYSTEM_FINGERPRINT),
];

/// `gen_ai.client.inference.usage.cache_read.input_tokens`: a counter of int in `{token}`.
#[rustfmt::skip]
pub static CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS: MetricInfo = MetricInfo {
    name: "gen_ai.client.inference.usage.cache_read.input_tokens",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Counter,
    unit: "{token}",
    value_type: ValueType::Int,
    boundaries: &[],
    attributes: CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS_ATTRIBUTES,
    listed: AttributeSet::of(CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS_ATTRIBUTES),
    refinements: &[
        MetricRefinement {
            id: "openai.gen_ai.client.inference.usage.cache_read.input_tokens",
            provider: Some("openai"),
            attributes: CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS_REFINED_0,
        },
    ],
};

#[rustfmt::skip]
const CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    required(id::GEN_AI_PROVIDER_NAME),
    required(id::GEN_AI_TOKEN_MODALITY),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::SERVER_ADDRESS),
];

#[rustfmt::skip]
const CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS_REFINED_0: &[SignalAttribute] = &[
    recommended(id::OPENAI_RESPONSE_SERVICE_TIER),
    recommended(id::OPENAI_RESPONSE_SYSTEM_FINGERPRINT),
];

/// `gen_ai.client.inference.usage.cache_write.input_tokens`: a counter of int in `{token}`.
#[rustfmt::skip]
pub static CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS: MetricInfo = MetricInfo {
    name: "gen_ai.client.inference.usage.cache_write.input_tokens",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Counter,
    unit: "{token}",
    value_type: ValueType::Int,
    boundaries: &[],
    attributes: CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS_ATTRIBUTES,
    listed: AttributeSet::of(CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS_ATTRIBUTES),
    refinements: &[
        MetricRefinement {
            id: "openai.gen_ai.client.inference.usage.cache_write.input_tokens",
            provider: Some("openai"),
            attributes: CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS_REFINED_0,
        },
    ],
};

#[rustfmt::skip]
const CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    required(id::GEN_AI_PROVIDER_NAME),
    required(id::GEN_AI_TOKEN_MODALITY),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::SERVER_ADDRESS),
];

#[rustfmt::skip]
const CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS_REFINED_0: &[SignalAttribute] = &[
    recommended(id::OPENAI_RESPONSE_SERVICE_TIER),
    recommended(id::OPENAI_RESPONSE_SYSTEM_FINGERPRINT),
];

/// `gen_ai.client.inference.usage.reasoning.output_tokens`: a counter of int in `{token}`.
#[rustfmt::skip]
pub static CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS: MetricInfo = MetricInfo {
    name: "gen_ai.client.inference.usage.reasoning.output_tokens",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Counter,
    unit: "{token}",
    value_type: ValueType::Int,
    boundaries: &[],
    attributes: CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS_ATTRIBUTES,
    listed: AttributeSet::of(CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS_ATTRIBUTES),
    refinements: &[
        MetricRefinement {
            id: "openai.gen_ai.client.inference.usage.reasoning.output_tokens",
            provider: Some("openai"),
            attributes: CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS_REFINED_0,
        },
    ],
};

#[rustfmt::skip]
const CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    required(id::GEN_AI_PROVIDER_NAME),
    required(id::GEN_AI_TOKEN_MODALITY),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::SERVER_ADDRESS),
];

#[rustfmt::skip]
const CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS_REFINED_0: &[SignalAttribute] = &[
    recommended(id::OPENAI_RESPONSE_SERVICE_TIER),
    recommended(id::OPENAI_RESPONSE_SYSTEM_FINGERPRINT),
];

/// `gen_ai.client.inference.operation.input_tokens`: a histogram of int in `{token}`.
#[rustfmt::skip]
pub static CLIENT_INFERENCE_OPERATION_INPUT_TOKENS: MetricInfo = MetricInfo {
    name: "gen_ai.client.inference.operation.input_tokens",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "{token}",
    value_type: ValueType::Int,
    boundaries: &[1.0, 4.0, 16.0, 64.0, 256.0, 1024.0, 4096.0, 16384.0, 65536.0, 262144.0, 1048576.0, 4194304.0, 16777216.0, 67108864.0],
    attributes: CLIENT_INFERENCE_OPERATION_INPUT_TOKENS_ATTRIBUTES,
    listed: AttributeSet::of(CLIENT_INFERENCE_OPERATION_INPUT_TOKENS_ATTRIBUTES),
    refinements: &[
        MetricRefinement {
            id: "openai.gen_ai.client.inference.operation.input_tokens",
            provider: Some("openai"),
            attributes: CLIENT_INFERENCE_OPERATION_INPUT_TOKENS_REFINED_0,
        },
    ],
};

#[rustfmt::skip]
const CLIENT_INFERENCE_OPERATION_INPUT_TOKENS_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    required(id::GEN_AI_PROVIDER_NAME),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::SERVER_ADDRESS),
];

#[rustfmt::skip]
const CLIENT_INFERENCE_OPERATION_INPUT_TOKENS_REFINED_0: &[SignalAttribute] = &[
    recommended(id::OPENAI_RESPONSE_SERVICE_TIER),
    recommended(id::OPENAI_RESPONSE_SYSTEM_FINGERPRINT),
];

/// `gen_ai.client.inference.operation.output_tokens`: a histogram of int in `{token}`.
#[rustfmt::skip]
pub static CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS: MetricInfo = MetricInfo {
    name: "gen_ai.client.inference.operation.output_tokens",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "{token}",
    value_type: ValueType::Int,
    boundaries: &[1.0, 4.0, 16.0, 64.0, 256.0, 1024.0, 4096.0, 16384.0, 65536.0, 262144.0, 1048576.0, 4194304.0, 16777216.0, 67108864.0],
    attributes: CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS_ATTRIBUTES,
    listed: AttributeSet::of(CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS_ATTRIBUTES),
    refinements: &[
        MetricRefinement {
            id: "openai.gen_ai.client.inference.operation.output_tokens",
            provider: Some("openai"),
            attributes: CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS_REFINED_0,
        },
    ],
};

#[rustfmt::skip]
const CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    required(id::GEN_AI_PROVIDER_NAME),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
    recommended(id::GEN_AI_RESPONSE_MODEL),
    recommended(id::SERVER_ADDRESS),
];

#[rustfmt::skip]
const CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS_REFINED_0: &[SignalAttribute] = &[
    recommended(id::OPENAI_RESPONSE_SERVICE_TIER),
    recommended(id::OPENAI_RESPONSE_SYSTEM_FINGERPRINT),
];

/// `mcp.client.operation.duration`: a histogram of double in `s`.
#[rustfmt::skip]
pub static MCP_CLIENT_OPERATION_DURATION: MetricInfo = MetricInfo {
    name: "mcp.client.operation.duration",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "s",
    value_type: ValueType::Double,
    boundaries: &[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0],
    attributes: MCP_CLIENT_OPERATION_DURATION_ATTRIBUTES,
    listed: AttributeSet::of(MCP_CLIENT_OPERATION_DURATION_ATTRIBUTES),
    refinements: &[
    ],
};

#[rustfmt::skip]
const MCP_CLIENT_OPERATION_DURATION_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::MCP_METHOD_NAME),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_PROMPT_NAME).when("the operation is about one prompt"),
    conditional(id::GEN_AI_TOOL_NAME).when("the operation is about one tool"),
    conditional(id::RPC_RESPONSE_STATUS_CODE).when("response contains an error code"),
    recommended(id::GEN_AI_OPERATION_NAME).when("the operation describes a tool call"),
    recommended(id::JSONRPC_PROTOCOL_VERSION).when("not `2.0`"),
    recommended(id::MCP_PROTOCOL_VERSION),
    recommended(id::NETWORK_PROTOCOL_NAME).when("applicable"),
    recommended(id::NETWORK_PROTOCOL_VERSION).when("applicable"),
    recommended(id::NETWORK_TRANSPORT),
    recommended(id::SERVER_ADDRESS).when("applicable"),
    recommended(id::SERVER_PORT).when("`server.address` is set"),
    opt_in(id::GEN_AI_PROMPT_VARIABLE),
    opt_in(id::MCP_RESOURCE_URI),
];

/// `mcp.server.operation.duration`: a histogram of double in `s`.
#[rustfmt::skip]
pub static MCP_SERVER_OPERATION_DURATION: MetricInfo = MetricInfo {
    name: "mcp.server.operation.duration",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "s",
    value_type: ValueType::Double,
    boundaries: &[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0],
    attributes: MCP_SERVER_OPERATION_DURATION_ATTRIBUTES,
    listed: AttributeSet::of(MCP_SERVER_OPERATION_DURATION_ATTRIBUTES),
    refinements: &[
    ],
};

#[rustfmt::skip]
const MCP_SERVER_OPERATION_DURATION_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::MCP_METHOD_NAME),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_PROMPT_NAME).when("the operation is about one prompt"),
    conditional(id::GEN_AI_TOOL_NAME).when("the operation is about one tool"),
    conditional(id::RPC_RESPONSE_STATUS_CODE).when("response contains an error code"),
    recommended(id::GEN_AI_OPERATION_NAME).when("the operation describes a tool call"),
    recommended(id::JSONRPC_PROTOCOL_VERSION).when("not `2.0`"),
    recommended(id::MCP_PROTOCOL_VERSION),
    recommended(id::NETWORK_PROTOCOL_NAME).when("applicable"),
    recommended(id::NETWORK_PROTOCOL_VERSION).when("applicable"),
    recommended(id::NETWORK_TRANSPORT),
    opt_in(id::GEN_AI_PROMPT_VARIABLE),
    opt_in(id::MCP_RESOURCE_URI),
];

/// `mcp.client.session.duration`: a histogram of double in `s`.
#[rustfmt::skip]
pub static MCP_CLIENT_SESSION_DURATION: MetricInfo = MetricInfo {
    name: "mcp.client.session.duration",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "s",
    value_type: ValueType::Double,
    boundaries: &[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0],
    attributes: MCP_CLIENT_SESSION_DURATION_ATTRIBUTES,
    listed: AttributeSet::of(MCP_CLIENT_SESSION_DURATION_ATTRIBUTES),
    refinements: &[
    ],
};

#[rustfmt::skip]
const MCP_CLIENT_SESSION_DURATION_ATTRIBUTES: &[SignalAttribute] = &[
    conditional(id::ERROR_TYPE).when("the session failed"),
    recommended(id::JSONRPC_PROTOCOL_VERSION).when("not `2.0`"),
    recommended(id::MCP_PROTOCOL_VERSION),
    recommended(id::NETWORK_PROTOCOL_NAME).when("applicable"),
    recommended(id::NETWORK_PROTOCOL_VERSION).when("applicable"),
    recommended(id::NETWORK_TRANSPORT),
    recommended(id::SERVER_ADDRESS).when("applicable"),
    recommended(id::SERVER_PORT).when("`server.address` is set"),
];

/// `mcp.server.session.duration`: a histogram of double in `s`.
#[rustfmt::skip]
pub static MCP_SERVER_SESSION_DURATION: MetricInfo = MetricInfo {
    name: "mcp.server.session.duration",
    stability: Stability::Development,
    requirement: Some(Requirement::Recommended),
    instrument: Instrument::Histogram,
    unit: "s",
    value_type: ValueType::Double,
    boundaries: &[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0],
    attributes: MCP_SERVER_SESSION_DURATION_ATTRIBUTES,
    listed: AttributeSet::of(MCP_SERVER_SESSION_DURATION_ATTRIBUTES),
    refinements: &[
    ],
};

#[rustfmt::skip]
const MCP_SERVER_SESSION_DURATION_ATTRIBUTES: &[SignalAttribute] = &[
    conditional(id::ERROR_TYPE).when("the session failed"),
    recommended(id::JSONRPC_PROTOCOL_VERSION).when("not `2.0`"),
    recommended(id::MCP_PROTOCOL_VERSION),
    recommended(id::NETWORK_PROTOCOL_NAME).when("applicable"),
    recommended(id::NETWORK_PROTOCOL_VERSION).when("applicable"),
    recommended(id::NETWORK_TRANSPORT),
];
