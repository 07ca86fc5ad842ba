// Generated from agent-trace/semconv by `cargo run -p agent-trace-tests --bin semconv`.
// Do not edit: change the data and run it again.

//! Attribute names: the GenAI conventions' own, those they borrow, and `agent_trace.*`.

/// Which attempt at its operation this is, from 1.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_ATTEMPT_NUMBER: &str = "agent_trace.attempt.number";

/// Why the attempt before this one was not enough, as its `error.type`.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_ATTEMPT_REASON: &str = "agent_trace.attempt.reason";

/// Attempts made directly beneath the span, first ones included.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_ATTEMPTS: &str = "agent_trace.attempts";

/// The agents that have told of a goal, a plan, a state or a history.
///
/// At most 128 of them; the count says how many there are.
///
/// Type: `string[]`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_COLLECTIVE_AGENTS: &str = "agent_trace.collective.agents";

/// How many agents there are.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_COLLECTIVE_COUNT: &str = "agent_trace.collective.count";

/// The last goal of each agent, empty where it told none.
///
/// Type: `string[]`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_COLLECTIVE_GOALS: &str = "agent_trace.collective.goals";

/// The last history digest of each agent, empty where it told none.
///
/// Type: `string[]`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_COLLECTIVE_HISTORIES: &str = "agent_trace.collective.histories";

/// The size in bytes of the last state of each agent.
///
/// Type: `int[]`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_COLLECTIVE_STATE_SIZES: &str = "agent_trace.collective.state_sizes";

/// For each agent `running` or `ended`.
///
/// Type: `string[]`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_COLLECTIVE_STATUSES: &str = "agent_trace.collective.statuses";

/// The last step of the plan of each agent, empty where it told none.
///
/// Type: `string[]`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_COLLECTIVE_STEPS: &str = "agent_trace.collective.steps";

/// The status description was cut to the configured length.
///
/// Type: `boolean`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_ERROR_TRUNCATED: &str = "agent_trace.error.truncated";

/// How many of the subtasks were dropped or aborted before they were done.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_FAN_IN_CANCELLED: &str = "agent_trace.fan_in.cancelled";

/// How many of the subtasks failed.
///
/// Panicked and cancelled ones are counted apart.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_FAN_IN_FAILED: &str = "agent_trace.fan_in.failed";

/// The fan-outs, by `agent_trace.fan_out.id`, whose subtasks the span consumed.
///
/// The first 16 of them.
///
/// Type: `string[]`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_FAN_IN_IDS: &str = "agent_trace.fan_in.ids";

/// How many spans of subtasks are not linked because the span has as many links as it may have.
///
/// Spans of subtasks that did not return are linked before the others.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_FAN_IN_LINKS_LEFT_OUT: &str = "agent_trace.fan_in.links_left_out";

/// How many of the subtasks panicked.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_FAN_IN_PANICKED: &str = "agent_trace.fan_in.panicked";

/// How many subtasks the span consumed, of all its fan-outs.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_FAN_IN_SUBTASKS: &str = "agent_trace.fan_in.subtasks";

/// How many of the subtasks were still running when their fan-out was over.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_FAN_IN_UNFINISHED: &str = "agent_trace.fan_in.unfinished";

/// How many of the subtasks have no span that a link could go to.
///
/// No instrumented call ran in them, or none that was recorded.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_FAN_IN_WITHOUT_SPAN: &str = "agent_trace.fan_in.without_span";

/// Identifies one fan-out within its trace.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_FAN_OUT_ID: &str = "agent_trace.fan_out.id";

/// The place of the subtask in its fan-out, from 0.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_FAN_OUT_INDEX: &str = "agent_trace.fan_out.index";

/// What the application calls the subtask.
///
/// On the subtask's spans and on the links from and to them.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_FAN_OUT_LABEL: &str = "agent_trace.fan_out.label";

/// How the subtask ended, as seen by the span that consumed it.
///
/// An attribute of `fan_in` links, not of spans.
///
/// Type: `string`. Stability: development; of agent-trace itself.
///
/// Values:
///
/// - `returned`: It gave a value, and the span that the link goes to did not fail.
/// - `failed`: The span that the link goes to failed, or the subtask gave an error.
/// - `panicked`: The subtask panicked.
/// - `cancelled`: The subtask was dropped or aborted before it was done.
/// - `unfinished`: The subtask was still running when its fan-out was over.
pub const AGENT_TRACE_FAN_OUT_OUTCOME: &str = "agent_trace.fan_out.outcome";

/// How many subtasks the fan-out has, where that is known at dispatch.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_FAN_OUT_SIZE: &str = "agent_trace.fan_out.size";

/// What kind of goal it is, of low cardinality.
///
/// Never the user's words, which are content.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_GOAL_NAME: &str = "agent_trace.goal.name";

/// What became of the goal.
///
/// Type: `string`. Stability: development; of agent-trace itself.
///
/// Values:
///
/// - `set`: The agent took it up.
/// - `revised`: The agent understood it anew.
/// - `achieved`: It was reached.
/// - `abandoned`: It was given up.
pub const AGENT_TRACE_GOAL_STATUS: &str = "agent_trace.goal.status";

/// Which guardrail it is.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_GUARDRAIL_NAME: &str = "agent_trace.guardrail.name";

/// The category of what was found, of low cardinality.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_GUARDRAIL_REASON: &str = "agent_trace.guardrail.reason";

/// What was checked.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_GUARDRAIL_STAGE: &str = "agent_trace.guardrail.stage";

/// What it said.
///
/// Type: `string`. Stability: development; of agent-trace itself.
///
/// Values:
///
/// - `passed`: Nothing was found.
/// - `flagged`: Something was found and let through.
/// - `modified`: Something was found and changed.
/// - `blocked`: Something was found and stopped.
pub const AGENT_TRACE_GUARDRAIL_VERDICT: &str = "agent_trace.guardrail.verdict";

/// The span that handed the work over.
///
/// On a span, of its first `handoff` link; on an `agent_trace.task` event, of the step before.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_HANDOFF_SPAN_ID: &str = "agent_trace.handoff.span_id";

/// The trace of the span that handed the work over.
///
/// On a span, of its first `handoff` link; on an `agent_trace.task` event, of the step before.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_HANDOFF_TRACE_ID: &str = "agent_trace.handoff.trace_id";

/// A digest of the whole message history (128-bit FNV-1a, in hexadecimal digits).
///
/// Equal histories have equal digests, in every process. It tells histories apart; it does not keep
/// a short one secret.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_HISTORY_DIGEST: &str = "agent_trace.history.digest";

/// How many messages the history has.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_HISTORY_MESSAGES: &str = "agent_trace.history.messages";

/// How many bytes the history has.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_HISTORY_SIZE: &str = "agent_trace.history.size";

/// Model calls of the agent itself, failed ones included.
///
/// Calls of sub-agents count at the sub-agent.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_INFERENCE_CALLS: &str = "agent_trace.inference_calls";

/// The causal relation a span link stands for.
///
/// An attribute of links, not of spans.
///
/// Type: `string`. Stability: development; of agent-trace itself.
///
/// Values:
///
/// - `fan_out`: From a subtask to the span that dispatched it.
/// - `fan_in`: From the span that consumes results to each subtask.
/// - `tool_cause`: From a tool span to the model call that asked for it.
/// - `retry_of`: From an attempt to the attempt before it.
/// - `handoff`: From an agent's span to that of the agent that handed its work over.
/// - `triggered_by`: From the work to the message, webhook or span that set it off.
/// - `resumed_from`: From a continued run to the run it continues.
pub const AGENT_TRACE_LINK_TYPE: &str = "agent_trace.link.type";

/// Model calls made directly inside this one that have no span of their own.
///
/// A wrapper around an instrumented client, or a retry loop. What they learnt is on this span, so
/// that nothing is counted twice.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_NESTED_CALLS: &str = "agent_trace.nested_calls";

/// How the call ended when it neither succeeded nor failed in the ordinary way.
///
/// Absent on a call that returned a value, was drained to its end, or failed.
///
/// Type: `string`. Stability: development; of agent-trace itself.
///
/// Values:
///
/// - `cancelled`: The future was dropped before it was ready, or the stream before its first item.
/// - `abandoned`: The stream was dropped after its first item, or never polled. Not a failure.
/// - `expected`: An error value that the application declared to be an expected result.
pub const AGENT_TRACE_OUTCOME: &str = "agent_trace.outcome";

/// Why the plan was changed, of low cardinality.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_PLAN_REASON: &str = "agent_trace.plan.reason";

/// The place of a step in its plan, from 0.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_PLAN_STEP_INDEX: &str = "agent_trace.plan.step.index";

/// What kind of step it is, of low cardinality.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_PLAN_STEP_NAME: &str = "agent_trace.plan.step.name";

/// What became of a step.
///
/// Type: `string`. Stability: development; of agent-trace itself.
///
/// Values:
///
/// - `started`: It was begun.
/// - `completed`: It was done.
/// - `failed`: It was tried in vain.
/// - `skipped`: It was left out.
pub const AGENT_TRACE_PLAN_STEP_STATUS: &str = "agent_trace.plan.step.status";

/// How many steps the plan has.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_PLAN_STEPS: &str = "agent_trace.plan.steps";

/// Which version of the plan holds, from 1.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_PLAN_VERSION: &str = "agent_trace.plan.version";

/// What follows from it.
///
/// Type: `string`. Stability: development; of agent-trace itself.
///
/// Values:
///
/// - `accept`: It will do.
/// - `revise`: It is to be done better.
/// - `replan`: The plan is to be changed.
/// - `stop`: There is nothing to be gained by going on.
pub const AGENT_TRACE_REFLECTION_DECISION: &str = "agent_trace.reflection.decision";

/// What was looked at, of low cardinality.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_REFLECTION_SUBJECT: &str = "agent_trace.reflection.subject";

/// Attempts made directly beneath the span that were not the first at their operation.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_RETRIES: &str = "agent_trace.retries";

/// The span of the attempt before this one.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_RETRY_OF_SPAN_ID: &str = "agent_trace.retry_of.span_id";

/// The trace of the attempt before this one.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_RETRY_OF_TRACE_ID: &str = "agent_trace.retry_of.trace_id";

/// How many keys a state has.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_STATE_COUNT: &str = "agent_trace.state.count";

/// The keys of a state, in order.
///
/// At most 128 of them; the count says how many there are. Values are content and never here.
///
/// Type: `string[]`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_STATE_KEYS: &str = "agent_trace.state.keys";

/// Which state was looked at, of low cardinality.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_STATE_NAME: &str = "agent_trace.state.name";

/// How many bytes all values of a state have.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_STATE_SIZE: &str = "agent_trace.state.size";

/// The size in bytes of the value under each key, in the order of the keys.
///
/// Type: `int[]`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_STATE_SIZES: &str = "agent_trace.state.sizes";

/// Items of the stream that carried content.
///
/// Text, reasoning, tool-call and refusal deltas; not role, usage or keep-alive items.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_STREAM_CHUNKS: &str = "agent_trace.stream.chunks";

/// Agents and workflows beneath the span, failed ones included.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_SUBTREE_AGENT_CALLS: &str = "agent_trace.subtree.agent_calls";

/// Spans beneath the span that failed.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_SUBTREE_ERRORS: &str = "agent_trace.subtree.errors";

/// Model calls beneath the span, failed ones included.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_SUBTREE_INFERENCE_CALLS: &str = "agent_trace.subtree.inference_calls";

/// Input tokens of all model calls beneath the span.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_SUBTREE_INPUT_TOKENS: &str = "agent_trace.subtree.input_tokens";

/// Output tokens of all model calls beneath the span.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_SUBTREE_OUTPUT_TOKENS: &str = "agent_trace.subtree.output_tokens";

/// Tool calls beneath the span, failed ones included.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_SUBTREE_TOOL_CALLS: &str = "agent_trace.subtree.tool_calls";

/// Words the application put on a piece of work, to find it again.
///
/// Type: `string[]`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_TAGS: &str = "agent_trace.tags";

/// What the bidder rates itself, by the measure of the application.
///
/// Type: `double`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_TASK_BID: &str = "agent_trace.task.bid";

/// Seconds from the announcement of the task to its result.
///
/// By the clocks of the hosts that said the two.
///
/// Type: `double`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_TASK_DURATION: &str = "agent_trace.task.duration";

/// Identifies the task, in every trace and process it passes through.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_TASK_ID: &str = "agent_trace.task.id";

/// What kind of task it is, of low cardinality.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_TASK_NAME: &str = "agent_trace.task.name";

/// How far the task has come.
///
/// Type: `string`. Stability: development; of agent-trace itself.
///
/// Values:
///
/// - `announced`: Somebody asked who would do it.
/// - `bid`: An agent offered to do it.
/// - `awarded`: An agent was chosen to do it.
/// - `executed`: The agent took it up.
/// - `reported`: The agent gave its result.
pub const AGENT_TRACE_TASK_STAGE: &str = "agent_trace.task.stage";

/// The tenant the work is done for.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_TENANT_ID: &str = "agent_trace.tenant.id";

/// Mean time between two content items of the stream, in seconds.
///
/// Type: `double`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_TIME_PER_OUTPUT_CHUNK: &str = "agent_trace.time_per_output_chunk";

/// Tool calls of the agent itself, failed ones included.
///
/// Calls of sub-agents count at the sub-agent.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_TOOL_CALLS: &str = "agent_trace.tool_calls";

/// The span of the model call that asked for this tool call.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_TOOL_CAUSE_SPAN_ID: &str = "agent_trace.tool_cause.span_id";

/// The trace of the model call that asked for this tool call.
///
/// With the span's id below the same fact as the link, for backends that do not show links.
///
/// Type: `string`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_TOOL_CAUSE_TRACE_ID: &str = "agent_trace.tool_cause.trace_id";

/// How many tools the agent may use.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_TOOLS_COUNT: &str = "agent_trace.tools.count";

/// The tools that the agent may use.
///
/// At most 128 of them; the count says how many there are.
///
/// Type: `string[]`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_TOOLS_NAMES: &str = "agent_trace.tools.names";

/// Bytes that were cut out of the span because it was larger than a batch may be.
///
/// Its longest texts were cut first, each with a marker that says how much of it went; after them
/// events, links and attributes, which count as dropped.
///
/// Type: `int`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_TRUNCATED_BYTES: &str = "agent_trace.truncated_bytes";

/// The token usage on this span covers only part of the call.
///
/// Set to true when a stream ended before the provider sent its final usage. Never false.
///
/// Type: `boolean`. Stability: development; of agent-trace itself.
pub const AGENT_TRACE_USAGE_INCOMPLETE: &str = "agent_trace.usage.incomplete";

/// The Bedrock guardrail applied to the call.
///
/// Type: `string`. Stability: development.
pub const AWS_BEDROCK_GUARDRAIL_ID: &str = "aws.bedrock.guardrail.id";

/// The Bedrock knowledge base the call draws on.
///
/// Type: `string`. Stability: development.
pub const AWS_BEDROCK_KNOWLEDGE_BASE_ID: &str = "aws.bedrock.knowledge_base.id";

/// The Azure resource provider namespace of the service that is called.
///
/// Type: `string`. Stability: development; of the general conventions.
pub const AZURE_RESOURCE_PROVIDER_NAMESPACE: &str = "azure.resource_provider.namespace";

/// Address of the client: a host name, an IP address or a socket name.
///
/// Type: `string`. Stability: stable; of the general conventions.
pub const CLIENT_ADDRESS: &str = "client.address";

/// Port of the client.
///
/// Type: `int`. Stability: stable; of the general conventions.
pub const CLIENT_PORT: &str = "client.port";

/// Class of the failure, of low cardinality. Absent on success.
///
/// Type: `string`. Stability: stable; of the general conventions.
///
/// Well-known values: `_OTHER`.
pub const ERROR_TYPE: &str = "error.type";

/// The message of an exception.
///
/// Type: `string`. Stability: stable; of the general conventions.
pub const EXCEPTION_MESSAGE: &str = "exception.message";

/// The stack trace of an exception, in the language's own form.
///
/// Type: `string`. Stability: stable; of the general conventions.
pub const EXCEPTION_STACKTRACE: &str = "exception.stacktrace";

/// The type of an exception.
///
/// Type: `string`. Stability: stable; of the general conventions.
pub const EXCEPTION_TYPE: &str = "exception.type";

/// What the agent is for, as the application describes it.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_AGENT_DESCRIPTION: &str = "gen_ai.agent.description";

/// The provider's stable id of a hosted agent. Not a process-local id.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_AGENT_ID: &str = "gen_ai.agent.id";

/// The agent's name, as a person would know it.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_AGENT_NAME: &str = "gen_ai.agent.name";

/// The version of the agent.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_AGENT_VERSION: &str = "gen_ai.agent.version";

/// Whether earlier turns were summarised or dropped to fit the context.
///
/// Type: `boolean`. Stability: development.
pub const GEN_AI_CONVERSATION_COMPACTED: &str = "gen_ai.conversation.compacted";

/// The conversation, thread or session that groups the calls.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_CONVERSATION_ID: &str = "gen_ai.conversation.id";

/// The data source an agent or a retrieval draws on.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_DATA_SOURCE_ID: &str = "gen_ai.data_source.id";

/// Number of dimensions of the embeddings asked for.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_EMBEDDINGS_DIMENSION_COUNT: &str = "gen_ai.embeddings.dimension.count";

/// Why the evaluator gave its score.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_EVALUATION_EXPLANATION: &str = "gen_ai.evaluation.explanation";

/// The name of the metric that was evaluated.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_EVALUATION_NAME: &str = "gen_ai.evaluation.name";

/// The score as a word.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_EVALUATION_SCORE_LABEL: &str = "gen_ai.evaluation.score.label";

/// The score as a number.
///
/// Type: `double`. Stability: development.
pub const GEN_AI_EVALUATION_SCORE_VALUE: &str = "gen_ai.evaluation.score.value";

/// The messages sent to the model. Content.
///
/// Type: structured; JSON text on spans. Stability: development. JSON schema:
/// `gen-ai-input-messages`.
pub const GEN_AI_INPUT_MESSAGES: &str = "gen_ai.input.messages";

/// What the main agent of the process is for.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_MAIN_AGENT_DESCRIPTION: &str = "gen_ai.main_agent.description";

/// Identifies the main agent of the process.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_MAIN_AGENT_ID: &str = "gen_ai.main_agent.id";

/// The name of the main agent of the process.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_MAIN_AGENT_NAME: &str = "gen_ai.main_agent.name";

/// The query of a memory search. Content.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_MEMORY_QUERY_TEXT: &str = "gen_ai.memory.query.text";

/// Number of memory records the operation touched or returned.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_MEMORY_RECORD_COUNT: &str = "gen_ai.memory.record.count";

/// The memory record the operation is about.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_MEMORY_RECORD_ID: &str = "gen_ai.memory.record.id";

/// The memory records written or returned. Content.
///
/// Type: structured; JSON text on spans. Stability: development. JSON schema:
/// `gen-ai-memory-records`.
pub const GEN_AI_MEMORY_RECORDS: &str = "gen_ai.memory.records";

/// The memory store the operation works on.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_MEMORY_STORE_ID: &str = "gen_ai.memory.store.id";

/// What kind of GenAI operation the span is.
///
/// Type: `string`. Stability: development.
///
/// Well-known values: `chat`, `generate_content`, `text_completion`, `embeddings`, `retrieval`,
/// `fetch_response`, `create_agent`, `invoke_agent`, `execute_tool`, `invoke_workflow`, `plan`,
/// `search_memory`, `create_memory`, `update_memory`, `upsert_memory`, `delete_memory`,
/// `create_memory_store`, `delete_memory_store`.
pub const GEN_AI_OPERATION_NAME: &str = "gen_ai.operation.name";

/// The messages the model returned. Content.
///
/// Type: structured; JSON text on spans. Stability: development. JSON schema:
/// `gen-ai-output-messages`.
pub const GEN_AI_OUTPUT_MESSAGES: &str = "gen_ai.output.messages";

/// The kind of output asked for.
///
/// Type: `string`. Stability: development.
///
/// Well-known values: `text`, `json`, `image`, `speech`.
pub const GEN_AI_OUTPUT_TYPE: &str = "gen_ai.output.type";

/// The name of the prompt template.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_PROMPT_NAME: &str = "gen_ai.prompt.name";

/// The value of one variable of the prompt template. Content.
///
/// Type: text under the name `gen_ai.prompt.variable.<key>`. Stability: development.
pub const GEN_AI_PROMPT_VARIABLE: &str = "gen_ai.prompt.variable";

/// The version of the prompt template.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_PROMPT_VERSION: &str = "gen_ai.prompt.version";

/// The GenAI provider, as the instrumentation knows it.
///
/// Type: `string`. Stability: development.
///
/// Well-known values: `openai`, `gcp.gen_ai`, `gcp.vertex_ai`, `gcp.gemini`, `anthropic`, `cohere`,
/// `azure.ai.inference`, `azure.ai.openai`, `ibm.watsonx.ai`, `aws.bedrock`, `perplexity`, `x_ai`,
/// `deepseek`, `groq`, `mistral_ai`, `moonshot_ai`.
pub const GEN_AI_PROVIDER_NAME: &str = "gen_ai.provider.name";

/// Number of alternative completions asked for, where it is not 1.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_REQUEST_CHOICE_COUNT: &str = "gen_ai.request.choice.count";

/// Encodings asked for, for embeddings.
///
/// Type: `string[]`. Stability: development.
pub const GEN_AI_REQUEST_ENCODING_FORMATS: &str = "gen_ai.request.encoding_formats";

/// Frequency penalty asked for.
///
/// Type: `double`. Stability: development.
pub const GEN_AI_REQUEST_FREQUENCY_PENALTY: &str = "gen_ai.request.frequency_penalty";

/// Most output tokens the request allows.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_REQUEST_MAX_TOKENS: &str = "gen_ai.request.max_tokens";

/// The model the request names.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_REQUEST_MODEL: &str = "gen_ai.request.model";

/// Presence penalty asked for.
///
/// Type: `double`. Stability: development.
pub const GEN_AI_REQUEST_PRESENCE_PENALTY: &str = "gen_ai.request.presence_penalty";

/// The earlier response the request continues.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID: &str = "gen_ai.request.previous_response.id";

/// How much reasoning the request asks for, in the provider's own words.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_REQUEST_REASONING_LEVEL: &str = "gen_ai.request.reasoning.level";

/// Seed asked for.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_REQUEST_SEED: &str = "gen_ai.request.seed";

/// Sequences at which the model is to stop.
///
/// Type: `string[]`. Stability: development.
pub const GEN_AI_REQUEST_STOP_SEQUENCES: &str = "gen_ai.request.stop_sequences";

/// True when the reply is streamed; absent otherwise.
///
/// Type: `boolean`. Stability: development.
pub const GEN_AI_REQUEST_STREAM: &str = "gen_ai.request.stream";

/// The position from which a streamed response is fetched again.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_REQUEST_STREAM_CURSOR: &str = "gen_ai.request.stream_cursor";

/// Sampling temperature asked for.
///
/// Type: `double`. Stability: development.
pub const GEN_AI_REQUEST_TEMPERATURE: &str = "gen_ai.request.temperature";

/// Top-k sampling asked for.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_REQUEST_TOP_K: &str = "gen_ai.request.top_k";

/// Nucleus (top-p) sampling asked for.
///
/// Type: `double`. Stability: development.
pub const GEN_AI_REQUEST_TOP_P: &str = "gen_ai.request.top_p";

/// Why the model stopped, one entry per generation; `error` for one that was cut short.
///
/// Type: `string[]`. Stability: development.
///
/// Well-known values: `stop`, `length`, `content_filter`, `tool_call`, `compaction`, `error`.
pub const GEN_AI_RESPONSE_FINISH_REASONS: &str = "gen_ai.response.finish_reasons";

/// The provider's id of the reply.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_RESPONSE_ID: &str = "gen_ai.response.id";

/// The model that answered.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_RESPONSE_MODEL: &str = "gen_ai.response.model";

/// The state of a response that is processed in the background.
///
/// Type: `string`. Stability: development.
///
/// Well-known values: `queued`, `in_progress`, `completed`, `incomplete`, `failed`, `cancelled`.
pub const GEN_AI_RESPONSE_STATUS: &str = "gen_ai.response.status";

/// Seconds from issuing the request to the first item of the stream.
///
/// Type: `double`. Stability: development.
pub const GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK: &str = "gen_ai.response.time_to_first_chunk";

/// The documents found. Content.
///
/// Type: structured; JSON text on spans. Stability: development. JSON schema:
/// `gen-ai-retrieval-documents`.
pub const GEN_AI_RETRIEVAL_DOCUMENTS: &str = "gen_ai.retrieval.documents";

/// The query of a retrieval. Content.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_RETRIEVAL_QUERY_TEXT: &str = "gen_ai.retrieval.query.text";

/// Number of documents asked for.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_RETRIEVAL_TOP_K: &str = "gen_ai.retrieval.top_k";

/// What the skill is for. Content.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_SKILL_DESCRIPTION: &str = "gen_ai.skill.description";

/// The name of the skill.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_SKILL_NAME: &str = "gen_ai.skill.name";

/// The resource of the skill that is read or run.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_SKILL_RESOURCE_NAME: &str = "gen_ai.skill.resource.name";

/// Where the skill comes from. May be sensitive.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_SKILL_SOURCE_URI: &str = "gen_ai.skill.source.uri";

/// The instructions given apart from the conversation. Content.
///
/// Type: structured; JSON text on spans. Stability: development. JSON schema:
/// `gen-ai-system-instructions`.
pub const GEN_AI_SYSTEM_INSTRUCTIONS: &str = "gen_ai.system_instructions";

/// The modality of the tokens that are counted.
///
/// Type: `string`. Stability: development.
///
/// Well-known values: `text`, `image`, `audio`, `unknown`.
pub const GEN_AI_TOKEN_MODALITY: &str = "gen_ai.token.modality";

/// The arguments of the tool call. Content.
///
/// Type: structured; JSON text on spans. Stability: development. JSON schema:
/// `gen-ai-tool-call-arguments`.
pub const GEN_AI_TOOL_CALL_ARGUMENTS: &str = "gen_ai.tool.call.arguments";

/// The id the model gave the tool call.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_TOOL_CALL_ID: &str = "gen_ai.tool.call.id";

/// What the tool returned. Content.
///
/// Type: structured; JSON text on spans. Stability: development. JSON schema:
/// `gen-ai-tool-call-result`.
pub const GEN_AI_TOOL_CALL_RESULT: &str = "gen_ai.tool.call.result";

/// The tools offered to the model. Content.
///
/// Type: structured; JSON text on spans. Stability: development. JSON schema:
/// `gen-ai-tool-definitions`.
pub const GEN_AI_TOOL_DEFINITIONS: &str = "gen_ai.tool.definitions";

/// What the tool is for. May be sensitive.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_TOOL_DESCRIPTION: &str = "gen_ai.tool.description";

/// The name of the tool.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_TOOL_NAME: &str = "gen_ai.tool.name";

/// What kind of tool it is: run by the client, run by the provider, or a data source.
///
/// Type: `string`. Stability: development.
///
/// Well-known values: `function`, `extension`, `datastore`.
pub const GEN_AI_TOOL_TYPE: &str = "gen_ai.tool.type";

/// Audio input tokens read from the provider's cache.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS: &str =
    "gen_ai.usage.audio.cache_read.input_tokens";

/// Input tokens that stand for audio.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_USAGE_AUDIO_INPUT_TOKENS: &str = "gen_ai.usage.audio.input_tokens";

/// Output tokens that stand for audio.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS: &str = "gen_ai.usage.audio.output_tokens";

/// Input tokens read from the provider's cache; part of the input tokens.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS: &str = "gen_ai.usage.cache_read.input_tokens";

/// Input tokens written to the provider's cache; part of the input tokens.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS: &str = "gen_ai.usage.cache_write.input_tokens";

/// Image input tokens read from the provider's cache.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS: &str =
    "gen_ai.usage.image.cache_read.input_tokens";

/// Input tokens that stand for images.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_USAGE_IMAGE_INPUT_TOKENS: &str = "gen_ai.usage.image.input_tokens";

/// Output tokens that stand for images.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS: &str = "gen_ai.usage.image.output_tokens";

/// All input tokens, cached ones included.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_USAGE_INPUT_TOKENS: &str = "gen_ai.usage.input_tokens";

/// All output tokens, reasoning included.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_USAGE_OUTPUT_TOKENS: &str = "gen_ai.usage.output_tokens";

/// Output tokens spent on reasoning; part of the output tokens.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_USAGE_REASONING_OUTPUT_TOKENS: &str = "gen_ai.usage.reasoning.output_tokens";

/// Text input tokens read from the provider's cache.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_USAGE_TEXT_CACHE_READ_INPUT_TOKENS: &str =
    "gen_ai.usage.text.cache_read.input_tokens";

/// Input tokens that stand for text.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_USAGE_TEXT_INPUT_TOKENS: &str = "gen_ai.usage.text.input_tokens";

/// Output tokens that stand for text.
///
/// Type: `int`. Stability: development.
pub const GEN_AI_USAGE_TEXT_OUTPUT_TOKENS: &str = "gen_ai.usage.text.output_tokens";

/// The name of the workflow.
///
/// Type: `string`. Stability: development.
pub const GEN_AI_WORKFLOW_NAME: &str = "gen_ai.workflow.name";

/// The JSON-RPC version, where it is not 2.0.
///
/// Type: `string`. Stability: development; of the general conventions.
pub const JSONRPC_PROTOCOL_VERSION: &str = "jsonrpc.protocol.version";

/// The id of the JSON-RPC request, as text.
///
/// Type: `string`. Stability: development; of the general conventions.
pub const JSONRPC_REQUEST_ID: &str = "jsonrpc.request.id";

/// The MCP request or notification method.
///
/// Type: `string`. Stability: development.
///
/// Well-known values: `notifications/cancelled`, `initialize`, `notifications/initialized`,
/// `notifications/progress`, `ping`, `resources/list`, `resources/templates/list`,
/// `resources/read`, `notifications/resources/list_changed`, `resources/subscribe`,
/// `resources/unsubscribe`, `notifications/resources/updated`, `prompts/list`, `prompts/get`,
/// `notifications/prompts/list_changed`, `tools/list`, `tools/call`,
/// `notifications/tools/list_changed`, `logging/setLevel`, `notifications/message`,
/// `sampling/createMessage`, `completion/complete`, `roots/list`,
/// `notifications/roots/list_changed`, `elicitation/create`.
pub const MCP_METHOD_NAME: &str = "mcp.method.name";

/// The version of the Model Context Protocol.
///
/// Type: `string`. Stability: development.
pub const MCP_PROTOCOL_VERSION: &str = "mcp.protocol.version";

/// The MCP resource the request is about.
///
/// Type: `string`. Stability: development.
pub const MCP_RESOURCE_URI: &str = "mcp.resource.uri";

/// The MCP session.
///
/// Type: `string`. Stability: development.
pub const MCP_SESSION_ID: &str = "mcp.session.id";

/// The application-layer protocol.
///
/// Type: `string`. Stability: stable; of the general conventions.
pub const NETWORK_PROTOCOL_NAME: &str = "network.protocol.name";

/// The version of the application-layer protocol.
///
/// Type: `string`. Stability: stable; of the general conventions.
pub const NETWORK_PROTOCOL_VERSION: &str = "network.protocol.version";

/// The transport below the protocol.
///
/// Type: `string`. Stability: stable; of the general conventions.
///
/// Well-known values: `tcp`, `udp`, `pipe`, `unix`, `quic`.
pub const NETWORK_TRANSPORT: &str = "network.transport";

/// Which OpenAI API the call uses.
///
/// Type: `string`. Stability: development.
///
/// Well-known values: `chat_completions`, `responses`.
pub const OPENAI_API_TYPE: &str = "openai.api.type";

/// The service tier asked for.
///
/// Type: `string`. Stability: development.
///
/// Well-known values: `auto`, `default`.
pub const OPENAI_REQUEST_SERVICE_TIER: &str = "openai.request.service_tier";

/// The service tier that served the call.
///
/// Type: `string`. Stability: development.
pub const OPENAI_RESPONSE_SERVICE_TIER: &str = "openai.response.service_tier";

/// OpenAI's fingerprint of the environment that answered.
///
/// Type: `string`. Stability: development.
pub const OPENAI_RESPONSE_SYSTEM_FINGERPRINT: &str = "openai.response.system_fingerprint";

/// The name of the executable.
///
/// Type: `string`. Stability: release candidate; of the general conventions.
pub const PROCESS_EXECUTABLE_NAME: &str = "process.executable.name";

/// The full path of the executable.
///
/// Type: `string`. Stability: release candidate; of the general conventions.
pub const PROCESS_EXECUTABLE_PATH: &str = "process.executable.path";

/// The exit code of the process.
///
/// Type: `int`. Stability: release candidate; of the general conventions.
pub const PROCESS_EXIT_CODE: &str = "process.exit.code";

/// The status code of the RPC reply, as text.
///
/// Type: `string`. Stability: release candidate; of the general conventions.
pub const RPC_RESPONSE_STATUS_CODE: &str = "rpc.response.status_code";

/// Host name or IP address of the server that is called.
///
/// Type: `string`. Stability: stable; of the general conventions.
pub const SERVER_ADDRESS: &str = "server.address";

/// Port of the server that is called.
///
/// Type: `int`. Stability: stable; of the general conventions.
pub const SERVER_PORT: &str = "server.port";

/// The application's session, where it is not the conversation.
///
/// Type: `string`. Stability: development; of the general conventions.
pub const SESSION_ID: &str = "session.id";

/// The user on whose behalf the work is done.
///
/// Type: `string`. Stability: development; of the general conventions.
pub const USER_ID: &str = "user.id";
