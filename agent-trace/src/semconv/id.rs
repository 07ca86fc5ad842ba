// Generated from agent-trace/semconv by `cargo run -p agent-trace-tests --bin semconv`.
// Do not edit: change the data and run it again.

//! The attributes of [`attribute`](super::attribute) as numbers, under the same names.

use super::AttributeId;

/// `agent_trace.attempt.number`.
pub const AGENT_TRACE_ATTEMPT_NUMBER: AttributeId = AttributeId::new(0);

/// `agent_trace.attempt.reason`.
pub const AGENT_TRACE_ATTEMPT_REASON: AttributeId = AttributeId::new(1);

/// `agent_trace.attempts`.
pub const AGENT_TRACE_ATTEMPTS: AttributeId = AttributeId::new(2);

/// `agent_trace.collective.agents`.
pub const AGENT_TRACE_COLLECTIVE_AGENTS: AttributeId = AttributeId::new(3);

/// `agent_trace.collective.count`.
pub const AGENT_TRACE_COLLECTIVE_COUNT: AttributeId = AttributeId::new(4);

/// `agent_trace.collective.goals`.
pub const AGENT_TRACE_COLLECTIVE_GOALS: AttributeId = AttributeId::new(5);

/// `agent_trace.collective.histories`.
pub const AGENT_TRACE_COLLECTIVE_HISTORIES: AttributeId = AttributeId::new(6);

/// `agent_trace.collective.state_sizes`.
pub const AGENT_TRACE_COLLECTIVE_STATE_SIZES: AttributeId = AttributeId::new(7);

/// `agent_trace.collective.statuses`.
pub const AGENT_TRACE_COLLECTIVE_STATUSES: AttributeId = AttributeId::new(8);

/// `agent_trace.collective.steps`.
pub const AGENT_TRACE_COLLECTIVE_STEPS: AttributeId = AttributeId::new(9);

/// `agent_trace.error.truncated`.
pub const AGENT_TRACE_ERROR_TRUNCATED: AttributeId = AttributeId::new(10);

/// `agent_trace.fan_in.cancelled`.
pub const AGENT_TRACE_FAN_IN_CANCELLED: AttributeId = AttributeId::new(11);

/// `agent_trace.fan_in.failed`.
pub const AGENT_TRACE_FAN_IN_FAILED: AttributeId = AttributeId::new(12);

/// `agent_trace.fan_in.ids`.
pub const AGENT_TRACE_FAN_IN_IDS: AttributeId = AttributeId::new(13);

/// `agent_trace.fan_in.links_left_out`.
pub const AGENT_TRACE_FAN_IN_LINKS_LEFT_OUT: AttributeId = AttributeId::new(14);

/// `agent_trace.fan_in.panicked`.
pub const AGENT_TRACE_FAN_IN_PANICKED: AttributeId = AttributeId::new(15);

/// `agent_trace.fan_in.subtasks`.
pub const AGENT_TRACE_FAN_IN_SUBTASKS: AttributeId = AttributeId::new(16);

/// `agent_trace.fan_in.unfinished`.
pub const AGENT_TRACE_FAN_IN_UNFINISHED: AttributeId = AttributeId::new(17);

/// `agent_trace.fan_in.without_span`.
pub const AGENT_TRACE_FAN_IN_WITHOUT_SPAN: AttributeId = AttributeId::new(18);

/// `agent_trace.fan_out.id`.
pub const AGENT_TRACE_FAN_OUT_ID: AttributeId = AttributeId::new(19);

/// `agent_trace.fan_out.index`.
pub const AGENT_TRACE_FAN_OUT_INDEX: AttributeId = AttributeId::new(20);

/// `agent_trace.fan_out.label`.
pub const AGENT_TRACE_FAN_OUT_LABEL: AttributeId = AttributeId::new(21);

/// `agent_trace.fan_out.outcome`.
pub const AGENT_TRACE_FAN_OUT_OUTCOME: AttributeId = AttributeId::new(22);

/// `agent_trace.fan_out.size`.
pub const AGENT_TRACE_FAN_OUT_SIZE: AttributeId = AttributeId::new(23);

/// `agent_trace.goal.name`.
pub const AGENT_TRACE_GOAL_NAME: AttributeId = AttributeId::new(24);

/// `agent_trace.goal.status`.
pub const AGENT_TRACE_GOAL_STATUS: AttributeId = AttributeId::new(25);

/// `agent_trace.guardrail.name`.
pub const AGENT_TRACE_GUARDRAIL_NAME: AttributeId = AttributeId::new(26);

/// `agent_trace.guardrail.reason`.
pub const AGENT_TRACE_GUARDRAIL_REASON: AttributeId = AttributeId::new(27);

/// `agent_trace.guardrail.stage`.
pub const AGENT_TRACE_GUARDRAIL_STAGE: AttributeId = AttributeId::new(28);

/// `agent_trace.guardrail.verdict`.
pub const AGENT_TRACE_GUARDRAIL_VERDICT: AttributeId = AttributeId::new(29);

/// `agent_trace.handoff.span_id`.
pub const AGENT_TRACE_HANDOFF_SPAN_ID: AttributeId = AttributeId::new(30);

/// `agent_trace.handoff.trace_id`.
pub const AGENT_TRACE_HANDOFF_TRACE_ID: AttributeId = AttributeId::new(31);

/// `agent_trace.history.digest`.
pub const AGENT_TRACE_HISTORY_DIGEST: AttributeId = AttributeId::new(32);

/// `agent_trace.history.messages`.
pub const AGENT_TRACE_HISTORY_MESSAGES: AttributeId = AttributeId::new(33);

/// `agent_trace.history.size`.
pub const AGENT_TRACE_HISTORY_SIZE: AttributeId = AttributeId::new(34);

/// `agent_trace.inference_calls`.
pub const AGENT_TRACE_INFERENCE_CALLS: AttributeId = AttributeId::new(35);

/// `agent_trace.link.type`.
pub const AGENT_TRACE_LINK_TYPE: AttributeId = AttributeId::new(36);

/// `agent_trace.nested_calls`.
pub const AGENT_TRACE_NESTED_CALLS: AttributeId = AttributeId::new(37);

/// `agent_trace.outcome`.
pub const AGENT_TRACE_OUTCOME: AttributeId = AttributeId::new(38);

/// `agent_trace.plan.reason`.
pub const AGENT_TRACE_PLAN_REASON: AttributeId = AttributeId::new(39);

/// `agent_trace.plan.step.index`.
pub const AGENT_TRACE_PLAN_STEP_INDEX: AttributeId = AttributeId::new(40);

/// `agent_trace.plan.step.name`.
pub const AGENT_TRACE_PLAN_STEP_NAME: AttributeId = AttributeId::new(41);

/// `agent_trace.plan.step.status`.
pub const AGENT_TRACE_PLAN_STEP_STATUS: AttributeId = AttributeId::new(42);

/// `agent_trace.plan.steps`.
pub const AGENT_TRACE_PLAN_STEPS: AttributeId = AttributeId::new(43);

/// `agent_trace.plan.version`.
pub const AGENT_TRACE_PLAN_VERSION: AttributeId = AttributeId::new(44);

/// `agent_trace.reflection.decision`.
pub const AGENT_TRACE_REFLECTION_DECISION: AttributeId = AttributeId::new(45);

/// `agent_trace.reflection.subject`.
pub const AGENT_TRACE_REFLECTION_SUBJECT: AttributeId = AttributeId::new(46);

/// `agent_trace.retries`.
pub const AGENT_TRACE_RETRIES: AttributeId = AttributeId::new(47);

/// `agent_trace.retry_of.span_id`.
pub const AGENT_TRACE_RETRY_OF_SPAN_ID: AttributeId = AttributeId::new(48);

/// `agent_trace.retry_of.trace_id`.
pub const AGENT_TRACE_RETRY_OF_TRACE_ID: AttributeId = AttributeId::new(49);

/// `agent_trace.state.count`.
pub const AGENT_TRACE_STATE_COUNT: AttributeId = AttributeId::new(50);

/// `agent_trace.state.keys`.
pub const AGENT_TRACE_STATE_KEYS: AttributeId = AttributeId::new(51);

/// `agent_trace.state.name`.
pub const AGENT_TRACE_STATE_NAME: AttributeId = AttributeId::new(52);

/// `agent_trace.state.size`.
pub const AGENT_TRACE_STATE_SIZE: AttributeId = AttributeId::new(53);

/// `agent_trace.state.sizes`.
pub const AGENT_TRACE_STATE_SIZES: AttributeId = AttributeId::new(54);

/// `agent_trace.stream.chunks`.
pub const AGENT_TRACE_STREAM_CHUNKS: AttributeId = AttributeId::new(55);

/// `agent_trace.subtree.agent_calls`.
pub const AGENT_TRACE_SUBTREE_AGENT_CALLS: AttributeId = AttributeId::new(56);

/// `agent_trace.subtree.errors`.
pub const AGENT_TRACE_SUBTREE_ERRORS: AttributeId = AttributeId::new(57);

/// `agent_trace.subtree.inference_calls`.
pub const AGENT_TRACE_SUBTREE_INFERENCE_CALLS: AttributeId = AttributeId::new(58);

/// `agent_trace.subtree.input_tokens`.
pub const AGENT_TRACE_SUBTREE_INPUT_TOKENS: AttributeId = AttributeId::new(59);

/// `agent_trace.subtree.output_tokens`.
pub const AGENT_TRACE_SUBTREE_OUTPUT_TOKENS: AttributeId = AttributeId::new(60);

/// `agent_trace.subtree.tool_calls`.
pub const AGENT_TRACE_SUBTREE_TOOL_CALLS: AttributeId = AttributeId::new(61);

/// `agent_trace.tags`.
pub const AGENT_TRACE_TAGS: AttributeId = AttributeId::new(62);

/// `agent_trace.task.bid`.
pub const AGENT_TRACE_TASK_BID: AttributeId = AttributeId::new(63);

/// `agent_trace.task.duration`.
pub const AGENT_TRACE_TASK_DURATION: AttributeId = AttributeId::new(64);

/// `agent_trace.task.id`.
pub const AGENT_TRACE_TASK_ID: AttributeId = AttributeId::new(65);

/// `agent_trace.task.name`.
pub const AGENT_TRACE_TASK_NAME: AttributeId = AttributeId::new(66);

/// `agent_trace.task.stage`.
pub const AGENT_TRACE_TASK_STAGE: AttributeId = AttributeId::new(67);

/// `agent_trace.tenant.id`.
pub const AGENT_TRACE_TENANT_ID: AttributeId = AttributeId::new(68);

/// `agent_trace.time_per_output_chunk`.
pub const AGENT_TRACE_TIME_PER_OUTPUT_CHUNK: AttributeId = AttributeId::new(69);

/// `agent_trace.tool_calls`.
pub const AGENT_TRACE_TOOL_CALLS: AttributeId = AttributeId::new(70);

/// `agent_trace.tool_cause.span_id`.
pub const AGENT_TRACE_TOOL_CAUSE_SPAN_ID: AttributeId = AttributeId::new(71);

/// `agent_trace.tool_cause.trace_id`.
pub const AGENT_TRACE_TOOL_CAUSE_TRACE_ID: AttributeId = AttributeId::new(72);

/// `agent_trace.tools.count`.
pub const AGENT_TRACE_TOOLS_COUNT: AttributeId = AttributeId::new(73);

/// `agent_trace.tools.names`.
pub const AGENT_TRACE_TOOLS_NAMES: AttributeId = AttributeId::new(74);

/// `agent_trace.truncated_bytes`.
pub const AGENT_TRACE_TRUNCATED_BYTES: AttributeId = AttributeId::new(75);

/// `agent_trace.usage.incomplete`.
pub const AGENT_TRACE_USAGE_INCOMPLETE: AttributeId = AttributeId::new(76);

/// `aws.bedrock.guardrail.id`.
pub const AWS_BEDROCK_GUARDRAIL_ID: AttributeId = AttributeId::new(77);

/// `aws.bedrock.knowledge_base.id`.
pub const AWS_BEDROCK_KNOWLEDGE_BASE_ID: AttributeId = AttributeId::new(78);

/// `azure.resource_provider.namespace`.
pub const AZURE_RESOURCE_PROVIDER_NAMESPACE: AttributeId = AttributeId::new(79);

/// `client.address`.
pub const CLIENT_ADDRESS: AttributeId = AttributeId::new(80);

/// `client.port`.
pub const CLIENT_PORT: AttributeId = AttributeId::new(81);

/// `error.type`.
pub const ERROR_TYPE: AttributeId = AttributeId::new(82);

/// `exception.message`.
pub const EXCEPTION_MESSAGE: AttributeId = AttributeId::new(83);

/// `exception.stacktrace`.
pub const EXCEPTION_STACKTRACE: AttributeId = AttributeId::new(84);

/// `exception.type`.
pub const EXCEPTION_TYPE: AttributeId = AttributeId::new(85);

/// `gen_ai.agent.description`.
pub const GEN_AI_AGENT_DESCRIPTION: AttributeId = AttributeId::new(86);

/// `gen_ai.agent.id`.
pub const GEN_AI_AGENT_ID: AttributeId = AttributeId::new(87);

/// `gen_ai.agent.name`.
pub const GEN_AI_AGENT_NAME: AttributeId = AttributeId::new(88);

/// `gen_ai.agent.version`.
pub const GEN_AI_AGENT_VERSION: AttributeId = AttributeId::new(89);

/// `gen_ai.conversation.compacted`.
pub const GEN_AI_CONVERSATION_COMPACTED: AttributeId = AttributeId::new(90);

/// `gen_ai.conversation.id`.
pub const GEN_AI_CONVERSATION_ID: AttributeId = AttributeId::new(91);

/// `gen_ai.data_source.id`.
pub const GEN_AI_DATA_SOURCE_ID: AttributeId = AttributeId::new(92);

/// `gen_ai.embeddings.dimension.count`.
pub const GEN_AI_EMBEDDINGS_DIMENSION_COUNT: AttributeId = AttributeId::new(93);

/// `gen_ai.evaluation.explanation`.
pub const GEN_AI_EVALUATION_EXPLANATION: AttributeId = AttributeId::new(94);

/// `gen_ai.evaluation.name`.
pub const GEN_AI_EVALUATION_NAME: AttributeId = AttributeId::new(95);

/// `gen_ai.evaluation.score.label`.
pub const GEN_AI_EVALUATION_SCORE_LABEL: AttributeId = AttributeId::new(96);

/// `gen_ai.evaluation.score.value`.
pub const GEN_AI_EVALUATION_SCORE_VALUE: AttributeId = AttributeId::new(97);

/// `gen_ai.input.messages`.
pub const GEN_AI_INPUT_MESSAGES: AttributeId = AttributeId::new(98);

/// `gen_ai.main_agent.description`.
pub const GEN_AI_MAIN_AGENT_DESCRIPTION: AttributeId = AttributeId::new(99);

/// `gen_ai.main_agent.id`.
pub const GEN_AI_MAIN_AGENT_ID: AttributeId = AttributeId::new(100);

/// `gen_ai.main_agent.name`.
pub const GEN_AI_MAIN_AGENT_NAME: AttributeId = AttributeId::new(101);

/// `gen_ai.memory.query.text`.
pub const GEN_AI_MEMORY_QUERY_TEXT: AttributeId = AttributeId::new(102);

/// `gen_ai.memory.record.count`.
pub const GEN_AI_MEMORY_RECORD_COUNT: AttributeId = AttributeId::new(103);

/// `gen_ai.memory.record.id`.
pub const GEN_AI_MEMORY_RECORD_ID: AttributeId = AttributeId::new(104);

/// `gen_ai.memory.records`.
pub const GEN_AI_MEMORY_RECORDS: AttributeId = AttributeId::new(105);

/// `gen_ai.memory.store.id`.
pub const GEN_AI_MEMORY_STORE_ID: AttributeId = AttributeId::new(106);

/// `gen_ai.operation.name`.
pub const GEN_AI_OPERATION_NAME: AttributeId = AttributeId::new(107);

/// `gen_ai.output.messages`.
pub const GEN_AI_OUTPUT_MESSAGES: AttributeId = AttributeId::new(108);

/// `gen_ai.output.type`.
pub const GEN_AI_OUTPUT_TYPE: AttributeId = AttributeId::new(109);

/// `gen_ai.prompt.name`.
pub const GEN_AI_PROMPT_NAME: AttributeId = AttributeId::new(110);

/// `gen_ai.prompt.variable`.
pub const GEN_AI_PROMPT_VARIABLE: AttributeId = AttributeId::new(111);

/// `gen_ai.prompt.version`.
pub const GEN_AI_PROMPT_VERSION: AttributeId = AttributeId::new(112);

/// `gen_ai.provider.name`.
pub const GEN_AI_PROVIDER_NAME: AttributeId = AttributeId::new(113);

/// `gen_ai.request.choice.count`.
pub const GEN_AI_REQUEST_CHOICE_COUNT: AttributeId = AttributeId::new(114);

/// `gen_ai.request.encoding_formats`.
pub const GEN_AI_REQUEST_ENCODING_FORMATS: AttributeId = AttributeId::new(115);

/// `gen_ai.request.frequency_penalty`.
pub const GEN_AI_REQUEST_FREQUENCY_PENALTY: AttributeId = AttributeId::new(116);

/// `gen_ai.request.max_tokens`.
pub const GEN_AI_REQUEST_MAX_TOKENS: AttributeId = AttributeId::new(117);

/// `gen_ai.request.model`.
pub const GEN_AI_REQUEST_MODEL: AttributeId = AttributeId::new(118);

/// `gen_ai.request.presence_penalty`.
pub const GEN_AI_REQUEST_PRESENCE_PENALTY: AttributeId = AttributeId::new(119);

/// `gen_ai.request.previous_response.id`.
pub const GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID: AttributeId = AttributeId::new(120);

/// `gen_ai.request.reasoning.level`.
pub const GEN_AI_REQUEST_REASONING_LEVEL: AttributeId = AttributeId::new(121);

/// `gen_ai.request.seed`.
pub const GEN_AI_REQUEST_SEED: AttributeId = AttributeId::new(122);

/// `gen_ai.request.stop_sequences`.
pub const GEN_AI_REQUEST_STOP_SEQUENCES: AttributeId = AttributeId::new(123);

/// `gen_ai.request.stream`.
pub const GEN_AI_REQUEST_STREAM: AttributeId = AttributeId::new(124);

/// `gen_ai.request.stream_cursor`.
pub const GEN_AI_REQUEST_STREAM_CURSOR: AttributeId = AttributeId::new(125);

/// `gen_ai.request.temperature`.
pub const GEN_AI_REQUEST_TEMPERATURE: AttributeId = AttributeId::new(126);

/// `gen_ai.request.top_k`.
pub const GEN_AI_REQUEST_TOP_K: AttributeId = AttributeId::new(127);

/// `gen_ai.request.top_p`.
pub const GEN_AI_REQUEST_TOP_P: AttributeId = AttributeId::new(128);

/// `gen_ai.response.finish_reasons`.
pub const GEN_AI_RESPONSE_FINISH_REASONS: AttributeId = AttributeId::new(129);

/// `gen_ai.response.id`.
pub const GEN_AI_RESPONSE_ID: AttributeId = AttributeId::new(130);

/// `gen_ai.response.model`.
pub const GEN_AI_RESPONSE_MODEL: AttributeId = AttributeId::new(131);

/// `gen_ai.response.status`.
pub const GEN_AI_RESPONSE_STATUS: AttributeId = AttributeId::new(132);

/// `gen_ai.response.time_to_first_chunk`.
pub const GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK: AttributeId = AttributeId::new(133);

/// `gen_ai.retrieval.documents`.
pub const GEN_AI_RETRIEVAL_DOCUMENTS: AttributeId = AttributeId::new(134);

/// `gen_ai.retrieval.query.text`.
pub const GEN_AI_RETRIEVAL_QUERY_TEXT: AttributeId = AttributeId::new(135);

/// `gen_ai.retrieval.top_k`.
pub const GEN_AI_RETRIEVAL_TOP_K: AttributeId = AttributeId::new(136);

/// `gen_ai.skill.description`.
pub const GEN_AI_SKILL_DESCRIPTION: AttributeId = AttributeId::new(137);

/// `gen_ai.skill.name`.
pub const GEN_AI_SKILL_NAME: AttributeId = AttributeId::new(138);

/// `gen_ai.skill.resource.name`.
pub const GEN_AI_SKILL_RESOURCE_NAME: AttributeId = AttributeId::new(139);

/// `gen_ai.skill.source.uri`.
pub const GEN_AI_SKILL_SOURCE_URI: AttributeId = AttributeId::new(140);

/// `gen_ai.system_instructions`.
pub const GEN_AI_SYSTEM_INSTRUCTIONS: AttributeId = AttributeId::new(141);

/// `gen_ai.token.modality`.
pub const GEN_AI_TOKEN_MODALITY: AttributeId = AttributeId::new(142);

/// `gen_ai.tool.call.arguments`.
pub const GEN_AI_TOOL_CALL_ARGUMENTS: AttributeId = AttributeId::new(143);

/// `gen_ai.tool.call.id`.
pub const GEN_AI_TOOL_CALL_ID: AttributeId = AttributeId::new(144);

/// `gen_ai.tool.call.result`.
pub const GEN_AI_TOOL_CALL_RESULT: AttributeId = AttributeId::new(145);

/// `gen_ai.tool.definitions`.
pub const GEN_AI_TOOL_DEFINITIONS: AttributeId = AttributeId::new(146);

/// `gen_ai.tool.description`.
pub const GEN_AI_TOOL_DESCRIPTION: AttributeId = AttributeId::new(147);

/// `gen_ai.tool.name`.
pub const GEN_AI_TOOL_NAME: AttributeId = AttributeId::new(148);

/// `gen_ai.tool.type`.
pub const GEN_AI_TOOL_TYPE: AttributeId = AttributeId::new(149);

/// `gen_ai.usage.audio.cache_read.input_tokens`.
pub const GEN_AI_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS: AttributeId = AttributeId::new(150);

/// `gen_ai.usage.audio.input_tokens`.
pub const GEN_AI_USAGE_AUDIO_INPUT_TOKENS: AttributeId = AttributeId::new(151);

/// `gen_ai.usage.audio.output_tokens`.
pub const GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS: AttributeId = AttributeId::new(152);

/// `gen_ai.usage.cache_read.input_tokens`.
pub const GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS: AttributeId = AttributeId::new(153);

/// `gen_ai.usage.cache_write.input_tokens`.
pub const GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS: AttributeId = AttributeId::new(154);

/// `gen_ai.usage.image.cache_read.input_tokens`.
pub const GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS: AttributeId = AttributeId::new(155);

/// `gen_ai.usage.image.input_tokens`.
pub const GEN_AI_USAGE_IMAGE_INPUT_TOKENS: AttributeId = AttributeId::new(156);

/// `gen_ai.usage.image.output_tokens`.
pub const GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS: AttributeId = AttributeId::new(157);

/// `gen_ai.usage.input_tokens`.
pub const GEN_AI_USAGE_INPUT_TOKENS: AttributeId = AttributeId::new(158);

/// `gen_ai.usage.output_tokens`.
pub const GEN_AI_USAGE_OUTPUT_TOKENS: AttributeId = AttributeId::new(159);

/// `gen_ai.usage.reasoning.output_tokens`.
pub const GEN_AI_USAGE_REASONING_OUTPUT_TOKENS: AttributeId = AttributeId::new(160);

/// `gen_ai.usage.text.cache_read.input_tokens`.
pub const GEN_AI_USAGE_TEXT_CACHE_READ_INPUT_TOKENS: AttributeId = AttributeId::new(161);

/// `gen_ai.usage.text.input_tokens`.
pub const GEN_AI_USAGE_TEXT_INPUT_TOKENS: AttributeId = AttributeId::new(162);

/// `gen_ai.usage.text.output_tokens`.
pub const GEN_AI_USAGE_TEXT_OUTPUT_TOKENS: AttributeId = AttributeId::new(163);

/// `gen_ai.workflow.name`.
pub const GEN_AI_WORKFLOW_NAME: AttributeId = AttributeId::new(164);

/// `jsonrpc.protocol.version`.
pub const JSONRPC_PROTOCOL_VERSION: AttributeId = AttributeId::new(165);

/// `jsonrpc.request.id`.
pub const JSONRPC_REQUEST_ID: AttributeId = AttributeId::new(166);

/// `mcp.method.name`.
pub const MCP_METHOD_NAME: AttributeId = AttributeId::new(167);

/// `mcp.protocol.version`.
pub const MCP_PROTOCOL_VERSION: AttributeId = AttributeId::new(168);

/// `mcp.resource.uri`.
pub const MCP_RESOURCE_URI: AttributeId = AttributeId::new(169);

/// `mcp.session.id`.
pub const MCP_SESSION_ID: AttributeId = AttributeId::new(170);

/// `network.protocol.name`.
pub const NETWORK_PROTOCOL_NAME: AttributeId = AttributeId::new(171);

/// `network.protocol.version`.
pub const NETWORK_PROTOCOL_VERSION: AttributeId = AttributeId::new(172);

/// `network.transport`.
pub const NETWORK_TRANSPORT: AttributeId = AttributeId::new(173);

/// `openai.api.type`.
pub const OPENAI_API_TYPE: AttributeId = AttributeId::new(174);

/// `openai.request.service_tier`.
pub const OPENAI_REQUEST_SERVICE_TIER: AttributeId = AttributeId::new(175);

/// `openai.response.service_tier`.
pub const OPENAI_RESPONSE_SERVICE_TIER: AttributeId = AttributeId::new(176);

/// `openai.response.system_fingerprint`.
pub const OPENAI_RESPONSE_SYSTEM_FINGERPRINT: AttributeId = AttributeId::new(177);

/// `process.executable.name`.
pub const PROCESS_EXECUTABLE_NAME: AttributeId = AttributeId::new(178);

/// `process.executable.path`.
pub const PROCESS_EXECUTABLE_PATH: AttributeId = AttributeId::new(179);

/// `process.exit.code`.
pub const PROCESS_EXIT_CODE: AttributeId = AttributeId::new(180);

/// `rpc.response.status_code`.
pub const RPC_RESPONSE_STATUS_CODE: AttributeId = AttributeId::new(181);

/// `server.address`.
pub const SERVER_ADDRESS: AttributeId = AttributeId::new(182);

/// `server.port`.
pub const SERVER_PORT: AttributeId = AttributeId::new(183);

/// `session.id`.
pub const SESSION_ID: AttributeId = AttributeId::new(184);

/// `user.id`.
pub const USER_ID: AttributeId = AttributeId::new(185);
