// Generated from agent-trace/semconv by `cargo run -p agent-trace-tests --bin semconv`.
// Do not edit: change the data and run it again.

//! Values of `gen_ai.operation.name`.

/// `chat`: [`span::INFERENCE`](super::span::INFERENCE), by `#[llm_call]`.
pub const CHAT: &str = "chat";

/// `generate_content`: [`span::INFERENCE`](super::span::INFERENCE), by `#[llm_call]`.
pub const GENERATE_CONTENT: &str = "generate_content";

/// `text_completion`: [`span::INFERENCE`](super::span::INFERENCE), by `#[llm_call]`.
pub const TEXT_COMPLETION: &str = "text_completion";

/// `embeddings`: [`span::EMBEDDINGS`](super::span::EMBEDDINGS), by `#[llm_call]`.
pub const EMBEDDINGS: &str = "embeddings";

/// `retrieval`: [`span::RETRIEVAL`](super::span::RETRIEVAL), by `#[tool_call]`.
pub const RETRIEVAL: &str = "retrieval";

/// `fetch_response`: [`span::FETCH_RESPONSE`](super::span::FETCH_RESPONSE), by `#[llm_call]`.
pub const FETCH_RESPONSE: &str = "fetch_response";

/// `create_agent`: [`span::CREATE_AGENT`](super::span::CREATE_AGENT), by `#[agent_span]`.
pub const CREATE_AGENT: &str = "create_agent";

/// `invoke_agent`: [`span::INVOKE_AGENT_CLIENT`](super::span::INVOKE_AGENT_CLIENT) or
/// [`span::INVOKE_AGENT_INTERNAL`](super::span::INVOKE_AGENT_INTERNAL), by `#[agent_span]`.
pub const INVOKE_AGENT: &str = "invoke_agent";

/// `execute_tool`: [`span::EXECUTE_TOOL`](super::span::EXECUTE_TOOL), by `#[tool_call]`.
pub const EXECUTE_TOOL: &str = "execute_tool";

/// `invoke_workflow`: [`span::INVOKE_WORKFLOW`](super::span::INVOKE_WORKFLOW), by `#[agent_span]`.
pub const INVOKE_WORKFLOW: &str = "invoke_workflow";

/// `plan`: [`span::PLAN`](super::span::PLAN), by `#[agent_span]`.
pub const PLAN: &str = "plan";

/// `search_memory`: [`span::MEMORY`](super::span::MEMORY), by `#[tool_call]`.
pub const SEARCH_MEMORY: &str = "search_memory";

/// `create_memory`: [`span::MEMORY`](super::span::MEMORY), by `#[tool_call]`.
pub const CREATE_MEMORY: &str = "create_memory";

/// `update_memory`: [`span::MEMORY`](super::span::MEMORY), by `#[tool_call]`.
pub const UPDATE_MEMORY: &str = "update_memory";

/// `upsert_memory`: [`span::MEMORY`](super::span::MEMORY), by `#[tool_call]`.
pub const UPSERT_MEMORY: &str = "upsert_memory";

/// `delete_memory`: [`span::MEMORY`](super::span::MEMORY), by `#[tool_call]`.
pub const DELETE_MEMORY: &str = "delete_memory";

/// `create_memory_store`: [`span::MEMORY`](super::span::MEMORY), by `#[tool_call]`.
pub const CREATE_MEMORY_STORE: &str = "create_memory_store";

/// `delete_memory_store`: [`span::MEMORY`](super::span::MEMORY), by `#[tool_call]`.
pub const DELETE_MEMORY_STORE: &str = "delete_memory_store";

/// Every value here.
#[rustfmt::skip]
pub const ALL: &[&str] = &["chat", "generate_content", "text_completion", "embeddings", "retrieval", "fetch_response", "create_agent", "invoke_agent", "execute_tool", "invoke_workflow", "plan", "search_memory", "create_memory", "update_memory", "upsert_memory", "delete_memory", "create_memory_store", "delete_memory_store"];
