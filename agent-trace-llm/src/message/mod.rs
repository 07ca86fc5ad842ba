//! Messages: what was said to a model and what it said, in the conventions' JSON shapes.
//!
//! This is the only part of the crate that touches content, and it builds nothing unless asked: a
//! [`Shape`] turns a body that the application already has as a [`Value`] into the conventions'
//! messages, which borrow their text from it and are written out only when they are serialised.
//! Requests, replies and chunks are asked for theirs by [`LlmRequest::messages`],
//! [`LlmResponse::messages`] and [`LlmChunk::accumulate_messages`]; those of [`wire`](crate::wire)
//! have them [with their body](crate::wire::WithBody). Of the SDK adapters, `async-openai` (chat
//! completions) and `ollama-rs` have them.
//!
//! | attribute | made by | serialises as |
//! | --- | --- | --- |
//! | `gen_ai.input.messages` | [`Shape::input`] | [`InputMessage`]s |
//! | `gen_ai.output.messages` | [`Shape::output`] | [`OutputMessage`]s |
//! | the same, streamed | [`Shape::accumulate`], [`OutputAccumulator`] | [`OutputMessage`]s |
//! | `gen_ai.system_instructions` | [`Shape::system_instructions`] | [`Part`]s |
//! | `gen_ai.tool.definitions` | [`Shape::tool_definitions`] | [`ToolDefinition`]s |
//! | `gen_ai.retrieval.documents` | [`RetrievalDocument::of_search`] | [`RetrievalDocument`]s |
//! | `gen_ai.memory.records` | [`MemoryRecord::of_search`] | [`MemoryRecord`]s |
//! | `gen_ai.tool.call.arguments`, `gen_ai.tool.call.result` | [`Json::from_text`], [`Json::into_object`] | an object |
//!
//! ```
//! use agent_trace_llm::message::Shape;
//! use serde_json::json;
//!
//! let request = json!({
//!     "model": "gpt-4o",
//!     "messages": [
//!         { "role": "user", "content": "Weather in Paris?" },
//!         { "role": "assistant", "tool_calls": [
//!             { "id": "call_1", "type": "function",
//!               "function": { "name": "weather", "arguments": "{\"city\":\"Paris\"}" } },
//!         ] },
//!         { "role": "tool", "tool_call_id": "call_1", "content": "rainy, 57 F" },
//!     ],
//! });
//! assert_eq!(
//!     serde_json::to_value(Shape::OpenAiChat.input(&request))?,
//!     json!([
//!         { "role": "user", "parts": [{ "type": "text", "content": "Weather in Paris?" }] },
//!         { "role": "assistant", "parts": [
//!             { "type": "tool_call", "id": "call_1", "name": "weather",
//!               "arguments": { "city": "Paris" } },
//!         ] },
//!         { "role": "tool", "parts": [
//!             { "type": "tool_call_response", "id": "call_1", "response": "rainy, 57 F" },
//!         ] },
//!     ])
//! );
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Nothing here panics or fails, whatever the body: what has an unexpected type is left out, and a
//! part of a kind that the conventions do not name is passed on as a [`GenericPart`].
//!
//! [`Value`]: serde_json::Value
//! [`LlmRequest::messages`]: crate::LlmRequest::messages
//! [`LlmResponse::messages`]: crate::LlmResponse::messages
//! [`LlmChunk::accumulate_messages`]: crate::LlmChunk::accumulate_messages

mod accumulator;
mod building;
mod clipped;
mod document;
mod finish_reason;
mod from;
mod json;
mod limits;
mod memory;
mod modality;
mod part;
mod request_messages;
mod response_messages;
mod role;
mod shape;
mod streamed;
mod tool_definition;
mod turn;

pub use accumulator::OutputAccumulator;
pub use document::RetrievalDocument;
pub use finish_reason::FinishReason;
pub use json::Json;
pub use limits::OutputLimits;
pub use memory::MemoryRecord;
pub use modality::Modality;
pub use part::{GenericPart, Part};
pub use request_messages::RequestMessages;
pub use response_messages::ResponseMessages;
pub use role::Role;
pub use shape::Shape;
pub use tool_definition::{ToolDefinition, ToolDetail};
pub use turn::{InputMessage, OutputMessage};
