// Generated from agent-trace/semconv by `cargo run -p agent-trace-tests --bin semconv`.
// Do not edit: change the data and run it again.

//! The events of the conventions.

use super::requirement::{conditional, opt_in, recommended, required};
use super::{AttributeSet, EventInfo, Requirement, Severity, SignalAttribute, Stability, id};

/// Every event.
#[rustfmt::skip]
pub static ALL: [&EventInfo; 3] = [
    &CLIENT_INFERENCE_OPERATION_DETAILS,
    &EVALUATION_RESULT,
    &CLIENT_OPERATION_EXCEPTION,
];

/// `gen_ai.client.inference.operation.details`: severity DEBUG (5).
#[rustfmt::skip]
pub static CLIENT_INFERENCE_OPERATION_DETAILS: EventInfo = EventInfo {
    name: "gen_ai.client.inference.operation.details",
    stability: Stability::Development,
    requirement: Requirement::Recommended,
    severity: Some(Severity { text: "DEBUG", number: 5 }),
    attributes: CLIENT_INFERENCE_OPERATION_DETAILS_ATTRIBUTES,
    listed: AttributeSet::of(CLIENT_INFERENCE_OPERATION_DETAILS_ATTRIBUTES),
};

#[rustfmt::skip]
const CLIENT_INFERENCE_OPERATION_DETAILS_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_OPERATION_NAME),
    required(id::GEN_AI_PROVIDER_NAME),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_CONVERSATION_ID).when("the library or the application knows it"),
    conditional(id::GEN_AI_OUTPUT_TYPE).when("the request includes an output format"),
    conditional(id::GEN_AI_PROMPT_NAME).when("a named prompt template is used"),
    conditional(id::GEN_AI_PROMPT_VERSION).when("`gen_ai.prompt.name` is set and a version is available"),
    conditional(id::GEN_AI_REQUEST_CHOICE_COUNT).when("in the request and not 1"),
    conditional(id::GEN_AI_REQUEST_MODEL).when("available"),
    conditional(id::GEN_AI_REQUEST_SEED).when("the request includes a seed"),
    conditional(id::GEN_AI_REQUEST_STREAM).when("the request is streaming"),
    conditional(id::GEN_AI_REQUEST_TOP_K).when("applicable"),
    conditional(id::SERVER_PORT).when("`server.address` is set"),
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
    recommended(id::SERVER_ADDRESS),
    opt_in(id::GEN_AI_INPUT_MESSAGES),
    opt_in(id::GEN_AI_OUTPUT_MESSAGES),
    opt_in(id::GEN_AI_PROMPT_VARIABLE),
    opt_in(id::GEN_AI_SYSTEM_INSTRUCTIONS),
    opt_in(id::GEN_AI_TOOL_DEFINITIONS),
];

/// `gen_ai.evaluation.result`: no severity given.
#[rustfmt::skip]
pub static EVALUATION_RESULT: EventInfo = EventInfo {
    name: "gen_ai.evaluation.result",
    stability: Stability::Development,
    requirement: Requirement::Recommended,
    severity: None,
    attributes: EVALUATION_RESULT_ATTRIBUTES,
    listed: AttributeSet::of(EVALUATION_RESULT_ATTRIBUTES),
};

#[rustfmt::skip]
const EVALUATION_RESULT_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::GEN_AI_EVALUATION_NAME),
    conditional(id::ERROR_TYPE).when("the operation failed"),
    conditional(id::GEN_AI_EVALUATION_SCORE_LABEL).when("applicable"),
    conditional(id::GEN_AI_EVALUATION_SCORE_VALUE).when("applicable"),
    recommended(id::GEN_AI_EVALUATION_EXPLANATION),
    recommended(id::GEN_AI_RESPONSE_ID).when("available"),
];

/// `gen_ai.client.operation.exception`: severity WARN (13).
#[rustfmt::skip]
pub static CLIENT_OPERATION_EXCEPTION: EventInfo = EventInfo {
    name: "gen_ai.client.operation.exception",
    stability: Stability::Development,
    requirement: Requirement::Recommended,
    severity: Some(Severity { text: "WARN", number: 13 }),
    attributes: CLIENT_OPERATION_EXCEPTION_ATTRIBUTES,
    listed: AttributeSet::of(CLIENT_OPERATION_EXCEPTION_ATTRIBUTES),
};

#[rustfmt::skip]
const CLIENT_OPERATION_EXCEPTION_ATTRIBUTES: &[SignalAttribute] = &[
    conditional(id::EXCEPTION_MESSAGE).when("`exception.type` is not set"),
    conditional(id::EXCEPTION_TYPE).when("`exception.message` is not set"),
    recommended(id::EXCEPTION_STACKTRACE),
];
