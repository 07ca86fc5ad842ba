// Generated from agent-trace/semconv by `cargo run -p agent-trace-tests --bin semconv`.
// Do not edit: change the data and run it again.

//! The events of the conventions, and our own.

use super::requirement::{conditional, opt_in, recommended, required};
use super::{AttributeSet, EventInfo, Requirement, Severity, SignalAttribute, Stability, id};

/// Every event.
#[rustfmt::skip]
pub static ALL: [&EventInfo; 3] = [
    &CLIENT_INFERENCE_OPERATION_DETAILS,
    &EVALUATION_RESULT,
    &CLIENT_OPERATION_EXCEPTION,
];

/// Every event of our own: `agent_trace.*`, on spans.
#[rustfmt::skip]
pub static OWN: [&EventInfo; 11] = [
    &AGENT_TRACE_ATTEMPT_FAILED,
    &AGENT_TRACE_GOAL,
    &AGENT_TRACE_PLAN,
    &AGENT_TRACE_PLAN_STEP,
    &AGENT_TRACE_REFLECTION,
    &AGENT_TRACE_TOOLS,
    &AGENT_TRACE_HISTORY,
    &AGENT_TRACE_GUARDRAIL,
    &AGENT_TRACE_STATE,
    &AGENT_TRACE_COLLECTIVE,
    &AGENT_TRACE_TASK,
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

/// `agent_trace.attempt.failed`: An attempt that is part of another call failed.
#[rustfmt::skip]
pub static AGENT_TRACE_ATTEMPT_FAILED: EventInfo = EventInfo {
    name: "agent_trace.attempt.failed",
    stability: Stability::Development,
    requirement: Requirement::Recommended,
    severity: None,
    attributes: AGENT_TRACE_ATTEMPT_FAILED_ATTRIBUTES,
    listed: AttributeSet::of(AGENT_TRACE_ATTEMPT_FAILED_ATTRIBUTES),
};

#[rustfmt::skip]
const AGENT_TRACE_ATTEMPT_FAILED_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::AGENT_TRACE_ATTEMPT_NUMBER),
    required(id::ERROR_TYPE),
];

/// `agent_trace.goal`: What became of an agent's goal.
#[rustfmt::skip]
pub static AGENT_TRACE_GOAL: EventInfo = EventInfo {
    name: "agent_trace.goal",
    stability: Stability::Development,
    requirement: Requirement::Recommended,
    severity: None,
    attributes: AGENT_TRACE_GOAL_ATTRIBUTES,
    listed: AttributeSet::of(AGENT_TRACE_GOAL_ATTRIBUTES),
};

#[rustfmt::skip]
const AGENT_TRACE_GOAL_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::AGENT_TRACE_GOAL_NAME),
    required(id::AGENT_TRACE_GOAL_STATUS),
];

/// `agent_trace.plan`: An agent made a plan or changed it.
#[rustfmt::skip]
pub static AGENT_TRACE_PLAN: EventInfo = EventInfo {
    name: "agent_trace.plan",
    stability: Stability::Development,
    requirement: Requirement::Recommended,
    severity: None,
    attributes: AGENT_TRACE_PLAN_ATTRIBUTES,
    listed: AttributeSet::of(AGENT_TRACE_PLAN_ATTRIBUTES),
};

#[rustfmt::skip]
const AGENT_TRACE_PLAN_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::AGENT_TRACE_PLAN_VERSION),
    required(id::AGENT_TRACE_PLAN_STEPS),
    conditional(id::AGENT_TRACE_PLAN_REASON).when("the plan was changed and a reason is known"),
];

/// `agent_trace.plan.step`: What became of one step of a plan.
#[rustfmt::skip]
pub static AGENT_TRACE_PLAN_STEP: EventInfo = EventInfo {
    name: "agent_trace.plan.step",
    stability: Stability::Development,
    requirement: Requirement::Recommended,
    severity: None,
    attributes: AGENT_TRACE_PLAN_STEP_ATTRIBUTES,
    listed: AttributeSet::of(AGENT_TRACE_PLAN_STEP_ATTRIBUTES),
};

#[rustfmt::skip]
const AGENT_TRACE_PLAN_STEP_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::AGENT_TRACE_PLAN_STEP_NAME),
    required(id::AGENT_TRACE_PLAN_STEP_STATUS),
    conditional(id::AGENT_TRACE_PLAN_STEP_INDEX).when("known"),
    conditional(id::AGENT_TRACE_PLAN_VERSION).when("known"),
];

/// `agent_trace.reflection`: An agent looked at its own work.
#[rustfmt::skip]
pub static AGENT_TRACE_REFLECTION: EventInfo = EventInfo {
    name: "agent_trace.reflection",
    stability: Stability::Development,
    requirement: Requirement::Recommended,
    severity: None,
    attributes: AGENT_TRACE_REFLECTION_ATTRIBUTES,
    listed: AttributeSet::of(AGENT_TRACE_REFLECTION_ATTRIBUTES),
};

#[rustfmt::skip]
const AGENT_TRACE_REFLECTION_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::AGENT_TRACE_REFLECTION_SUBJECT),
    required(id::AGENT_TRACE_REFLECTION_DECISION),
];

/// `agent_trace.tools`: The tools an agent may use from now on.
#[rustfmt::skip]
pub static AGENT_TRACE_TOOLS: EventInfo = EventInfo {
    name: "agent_trace.tools",
    stability: Stability::Development,
    requirement: Requirement::Recommended,
    severity: None,
    attributes: AGENT_TRACE_TOOLS_ATTRIBUTES,
    listed: AttributeSet::of(AGENT_TRACE_TOOLS_ATTRIBUTES),
};

#[rustfmt::skip]
const AGENT_TRACE_TOOLS_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::AGENT_TRACE_TOOLS_NAMES),
    required(id::AGENT_TRACE_TOOLS_COUNT),
];

/// `agent_trace.history`: The message history as it is now.
#[rustfmt::skip]
pub static AGENT_TRACE_HISTORY: EventInfo = EventInfo {
    name: "agent_trace.history",
    stability: Stability::Development,
    requirement: Requirement::Recommended,
    severity: None,
    attributes: AGENT_TRACE_HISTORY_ATTRIBUTES,
    listed: AttributeSet::of(AGENT_TRACE_HISTORY_ATTRIBUTES),
};

#[rustfmt::skip]
const AGENT_TRACE_HISTORY_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::AGENT_TRACE_HISTORY_DIGEST),
    required(id::AGENT_TRACE_HISTORY_MESSAGES),
    required(id::AGENT_TRACE_HISTORY_SIZE),
];

/// `agent_trace.guardrail`: What a guardrail said.
#[rustfmt::skip]
pub static AGENT_TRACE_GUARDRAIL: EventInfo = EventInfo {
    name: "agent_trace.guardrail",
    stability: Stability::Development,
    requirement: Requirement::Recommended,
    severity: None,
    attributes: AGENT_TRACE_GUARDRAIL_ATTRIBUTES,
    listed: AttributeSet::of(AGENT_TRACE_GUARDRAIL_ATTRIBUTES),
};

#[rustfmt::skip]
const AGENT_TRACE_GUARDRAIL_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::AGENT_TRACE_GUARDRAIL_NAME),
    required(id::AGENT_TRACE_GUARDRAIL_VERDICT),
    conditional(id::AGENT_TRACE_GUARDRAIL_STAGE).when("known"),
    conditional(id::AGENT_TRACE_GUARDRAIL_REASON).when("something was found and a category is known"),
];

/// `agent_trace.state`: An agent's state by keys and sizes.
#[rustfmt::skip]
pub static AGENT_TRACE_STATE: EventInfo = EventInfo {
    name: "agent_trace.state",
    stability: Stability::Development,
    requirement: Requirement::Recommended,
    severity: None,
    attributes: AGENT_TRACE_STATE_ATTRIBUTES,
    listed: AttributeSet::of(AGENT_TRACE_STATE_ATTRIBUTES),
};

#[rustfmt::skip]
const AGENT_TRACE_STATE_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::AGENT_TRACE_STATE_NAME),
    required(id::AGENT_TRACE_STATE_KEYS),
    required(id::AGENT_TRACE_STATE_SIZES),
    required(id::AGENT_TRACE_STATE_COUNT),
    required(id::AGENT_TRACE_STATE_SIZE),
];

/// `agent_trace.collective`: What the agents of a workflow knew at one moment.
#[rustfmt::skip]
pub static AGENT_TRACE_COLLECTIVE: EventInfo = EventInfo {
    name: "agent_trace.collective",
    stability: Stability::Development,
    requirement: Requirement::Recommended,
    severity: None,
    attributes: AGENT_TRACE_COLLECTIVE_ATTRIBUTES,
    listed: AttributeSet::of(AGENT_TRACE_COLLECTIVE_ATTRIBUTES),
};

#[rustfmt::skip]
const AGENT_TRACE_COLLECTIVE_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::AGENT_TRACE_COLLECTIVE_AGENTS),
    required(id::AGENT_TRACE_COLLECTIVE_COUNT),
    required(id::AGENT_TRACE_COLLECTIVE_STATUSES),
    required(id::AGENT_TRACE_COLLECTIVE_GOALS),
    required(id::AGENT_TRACE_COLLECTIVE_STEPS),
    required(id::AGENT_TRACE_COLLECTIVE_HISTORIES),
    required(id::AGENT_TRACE_COLLECTIVE_STATE_SIZES),
];

/// `agent_trace.task`: A delegated task came one step further.
#[rustfmt::skip]
pub static AGENT_TRACE_TASK: EventInfo = EventInfo {
    name: "agent_trace.task",
    stability: Stability::Development,
    requirement: Requirement::Recommended,
    severity: None,
    attributes: AGENT_TRACE_TASK_ATTRIBUTES,
    listed: AttributeSet::of(AGENT_TRACE_TASK_ATTRIBUTES),
};

#[rustfmt::skip]
const AGENT_TRACE_TASK_ATTRIBUTES: &[SignalAttribute] = &[
    required(id::AGENT_TRACE_TASK_ID),
    required(id::AGENT_TRACE_TASK_NAME),
    required(id::AGENT_TRACE_TASK_STAGE),
    conditional(id::GEN_AI_AGENT_NAME).when("an agent is known"),
    conditional(id::AGENT_TRACE_TASK_BID).when("the stage is `bid` and the bidder rated itself"),
    conditional(id::AGENT_TRACE_TASK_DURATION).when("the stage is `reported`"),
    conditional(id::AGENT_TRACE_HANDOFF_TRACE_ID).when("there was a step before that is recorded"),
    conditional(id::AGENT_TRACE_HANDOFF_SPAN_ID).when("there was a step before that is recorded"),
    conditional(id::ERROR_TYPE).when("the task failed"),
];
