// Generated from agent-trace/semconv by `cargo run -p agent-trace-tests --bin semconv`.
// Do not edit: change the data and run it again.

//! Values of the other enumerations, one module per attribute. Values that are not here are
//! permitted.

/// Values of `agent_trace.fan_out.outcome`.
pub mod fan_out_outcome {
    /// `returned`: It gave a value, and the span that the link goes to did not fail.
    pub const RETURNED: &str = "returned";

    /// `failed`: The span that the link goes to failed, or the subtask gave an error.
    pub const FAILED: &str = "failed";

    /// `panicked`: The subtask panicked.
    pub const PANICKED: &str = "panicked";

    /// `cancelled`: The subtask was dropped or aborted before it was done.
    pub const CANCELLED: &str = "cancelled";

    /// `unfinished`: The subtask was still running when its fan-out was over.
    pub const UNFINISHED: &str = "unfinished";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["returned", "failed", "panicked", "cancelled", "unfinished"];
}

/// Values of `agent_trace.goal.status`.
pub mod goal_status {
    /// `set`: The agent took it up.
    pub const SET: &str = "set";

    /// `revised`: The agent understood it anew.
    pub const REVISED: &str = "revised";

    /// `achieved`: It was reached.
    pub const ACHIEVED: &str = "achieved";

    /// `abandoned`: It was given up.
    pub const ABANDONED: &str = "abandoned";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["set", "revised", "achieved", "abandoned"];
}

/// Values of `agent_trace.guardrail.verdict`.
pub mod guardrail_verdict {
    /// `passed`: Nothing was found.
    pub const PASSED: &str = "passed";

    /// `flagged`: Something was found and let through.
    pub const FLAGGED: &str = "flagged";

    /// `modified`: Something was found and changed.
    pub const MODIFIED: &str = "modified";

    /// `blocked`: Something was found and stopped.
    pub const BLOCKED: &str = "blocked";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["passed", "flagged", "modified", "blocked"];
}

/// Values of `agent_trace.link.type`.
pub mod link_type {
    /// `fan_out`: From a subtask to the span that dispatched it.
    pub const FAN_OUT: &str = "fan_out";

    /// `fan_in`: From the span that consumes results to each subtask.
    pub const FAN_IN: &str = "fan_in";

    /// `tool_cause`: From a tool span to the model call that asked for it.
    pub const TOOL_CAUSE: &str = "tool_cause";

    /// `retry_of`: From an attempt to the attempt before it.
    pub const RETRY_OF: &str = "retry_of";

    /// `handoff`: From an agent's span to that of the agent that handed its work over.
    pub const HANDOFF: &str = "handoff";

    /// `triggered_by`: From the work to the message, webhook or span that set it off.
    pub const TRIGGERED_BY: &str = "triggered_by";

    /// `resumed_from`: From a continued run to the run it continues.
    pub const RESUMED_FROM: &str = "resumed_from";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["fan_out", "fan_in", "tool_cause", "retry_of", "handoff", "triggered_by", "resumed_from"];
}

/// Values of `agent_trace.outcome`.
pub mod outcome {
    /// `cancelled`: The future was dropped before it was ready, or the stream before its first
    /// item.
    pub const CANCELLED: &str = "cancelled";

    /// `abandoned`: The stream was dropped after its first item, or never polled. Not a failure.
    pub const ABANDONED: &str = "abandoned";

    /// `expected`: An error value that the application declared to be an expected result.
    pub const EXPECTED: &str = "expected";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["cancelled", "abandoned", "expected"];
}

/// Values of `agent_trace.plan.step.status`.
pub mod plan_step_status {
    /// `started`: It was begun.
    pub const STARTED: &str = "started";

    /// `completed`: It was done.
    pub const COMPLETED: &str = "completed";

    /// `failed`: It was tried in vain.
    pub const FAILED: &str = "failed";

    /// `skipped`: It was left out.
    pub const SKIPPED: &str = "skipped";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["started", "completed", "failed", "skipped"];
}

/// Values of `agent_trace.reflection.decision`.
pub mod reflection_decision {
    /// `accept`: It will do.
    pub const ACCEPT: &str = "accept";

    /// `revise`: It is to be done better.
    pub const REVISE: &str = "revise";

    /// `replan`: The plan is to be changed.
    pub const REPLAN: &str = "replan";

    /// `stop`: There is nothing to be gained by going on.
    pub const STOP: &str = "stop";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["accept", "revise", "replan", "stop"];
}

/// Values of `agent_trace.task.stage`.
pub mod task_stage {
    /// `announced`: Somebody asked who would do it.
    pub const ANNOUNCED: &str = "announced";

    /// `bid`: An agent offered to do it.
    pub const BID: &str = "bid";

    /// `awarded`: An agent was chosen to do it.
    pub const AWARDED: &str = "awarded";

    /// `executed`: The agent took it up.
    pub const EXECUTED: &str = "executed";

    /// `reported`: The agent gave its result.
    pub const REPORTED: &str = "reported";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["announced", "bid", "awarded", "executed", "reported"];
}

/// Values of `error.type`.
pub mod error_type {
    /// `_OTHER`.
    pub const OTHER: &str = "_OTHER";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["_OTHER"];
}

/// Values of `gen_ai.output.type`.
pub mod output_type {
    /// `text`.
    pub const TEXT: &str = "text";

    /// `json`.
    pub const JSON: &str = "json";

    /// `image`.
    pub const IMAGE: &str = "image";

    /// `speech`.
    pub const SPEECH: &str = "speech";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["text", "json", "image", "speech"];
}

/// Values of `gen_ai.response.finish_reasons`.
pub mod response_finish_reasons {
    /// `stop`.
    pub const STOP: &str = "stop";

    /// `length`.
    pub const LENGTH: &str = "length";

    /// `content_filter`.
    pub const CONTENT_FILTER: &str = "content_filter";

    /// `tool_call`.
    pub const TOOL_CALL: &str = "tool_call";

    /// `compaction`.
    pub const COMPACTION: &str = "compaction";

    /// `error`.
    pub const ERROR: &str = "error";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["stop", "length", "content_filter", "tool_call", "compaction", "error"];
}

/// Values of `gen_ai.response.status`.
pub mod response_status {
    /// `queued`.
    pub const QUEUED: &str = "queued";

    /// `in_progress`.
    pub const IN_PROGRESS: &str = "in_progress";

    /// `completed`.
    pub const COMPLETED: &str = "completed";

    /// `incomplete`.
    pub const INCOMPLETE: &str = "incomplete";

    /// `failed`.
    pub const FAILED: &str = "failed";

    /// `cancelled`.
    pub const CANCELLED: &str = "cancelled";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["queued", "in_progress", "completed", "incomplete", "failed", "cancelled"];
}

/// Values of `gen_ai.token.modality`.
pub mod token_modality {
    /// `text`.
    pub const TEXT: &str = "text";

    /// `image`.
    pub const IMAGE: &str = "image";

    /// `audio`.
    pub const AUDIO: &str = "audio";

    /// `unknown`.
    pub const UNKNOWN: &str = "unknown";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["text", "image", "audio", "unknown"];
}

/// Values of `gen_ai.tool.type`.
pub mod tool_type {
    /// `function`.
    pub const FUNCTION: &str = "function";

    /// `extension`.
    pub const EXTENSION: &str = "extension";

    /// `datastore`.
    pub const DATASTORE: &str = "datastore";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["function", "extension", "datastore"];
}

/// Values of `mcp.method.name`.
pub mod mcp_method_name {
    /// `notifications/cancelled`.
    pub const NOTIFICATIONS_CANCELLED: &str = "notifications/cancelled";

    /// `initialize`.
    pub const INITIALIZE: &str = "initialize";

    /// `notifications/initialized`.
    pub const NOTIFICATIONS_INITIALIZED: &str = "notifications/initialized";

    /// `notifications/progress`.
    pub const NOTIFICATIONS_PROGRESS: &str = "notifications/progress";

    /// `ping`.
    pub const PING: &str = "ping";

    /// `resources/list`.
    pub const RESOURCES_LIST: &str = "resources/list";

    /// `resources/templates/list`.
    pub const RESOURCES_TEMPLATES_LIST: &str = "resources/templates/list";

    /// `resources/read`.
    pub const RESOURCES_READ: &str = "resources/read";

    /// `notifications/resources/list_changed`.
    pub const NOTIFICATIONS_RESOURCES_LIST_CHANGED: &str = "notifications/resources/list_changed";

    /// `resources/subscribe`.
    pub const RESOURCES_SUBSCRIBE: &str = "resources/subscribe";

    /// `resources/unsubscribe`.
    pub const RESOURCES_UNSUBSCRIBE: &str = "resources/unsubscribe";

    /// `notifications/resources/updated`.
    pub const NOTIFICATIONS_RESOURCES_UPDATED: &str = "notifications/resources/updated";

    /// `prompts/list`.
    pub const PROMPTS_LIST: &str = "prompts/list";

    /// `prompts/get`.
    pub const PROMPTS_GET: &str = "prompts/get";

    /// `notifications/prompts/list_changed`.
    pub const NOTIFICATIONS_PROMPTS_LIST_CHANGED: &str = "notifications/prompts/list_changed";

    /// `tools/list`.
    pub const TOOLS_LIST: &str = "tools/list";

    /// `tools/call`.
    pub const TOOLS_CALL: &str = "tools/call";

    /// `notifications/tools/list_changed`.
    pub const NOTIFICATIONS_TOOLS_LIST_CHANGED: &str = "notifications/tools/list_changed";

    /// `logging/setLevel`.
    pub const LOGGING_SET_LEVEL: &str = "logging/setLevel";

    /// `notifications/message`.
    pub const NOTIFICATIONS_MESSAGE: &str = "notifications/message";

    /// `sampling/createMessage`.
    pub const SAMPLING_CREATE_MESSAGE: &str = "sampling/createMessage";

    /// `completion/complete`.
    pub const COMPLETION_COMPLETE: &str = "completion/complete";

    /// `roots/list`.
    pub const ROOTS_LIST: &str = "roots/list";

    /// `notifications/roots/list_changed`.
    pub const NOTIFICATIONS_ROOTS_LIST_CHANGED: &str = "notifications/roots/list_changed";

    /// `elicitation/create`.
    pub const ELICITATION_CREATE: &str = "elicitation/create";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["notifications/cancelled", "initialize", "notifications/initialized", "notifications/progress", "ping", "resources/list", "resources/templates/list", "resources/read", "notifications/resources/list_changed", "resources/subscribe", "resources/unsubscribe", "notifications/resources/updated", "prompts/list", "prompts/get", "notifications/prompts/list_changed", "tools/list", "tools/call", "notifications/tools/list_changed", "logging/setLevel", "notifications/message", "sampling/createMessage", "completion/complete", "roots/list", "notifications/roots/list_changed", "elicitation/create"];
}

/// Values of `network.transport`.
pub mod network_transport {
    /// `tcp`.
    pub const TCP: &str = "tcp";

    /// `udp`.
    pub const UDP: &str = "udp";

    /// `pipe`.
    pub const PIPE: &str = "pipe";

    /// `unix`.
    pub const UNIX: &str = "unix";

    /// `quic`.
    pub const QUIC: &str = "quic";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["tcp", "udp", "pipe", "unix", "quic"];
}

/// Values of `openai.api.type`.
pub mod openai_api_type {
    /// `chat_completions`.
    pub const CHAT_COMPLETIONS: &str = "chat_completions";

    /// `responses`.
    pub const RESPONSES: &str = "responses";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["chat_completions", "responses"];
}

/// Values of `openai.request.service_tier`.
pub mod openai_request_service_tier {
    /// `auto`.
    pub const AUTO: &str = "auto";

    /// `default`.
    pub const DEFAULT: &str = "default";

    /// Every value here.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &["auto", "default"];
}
