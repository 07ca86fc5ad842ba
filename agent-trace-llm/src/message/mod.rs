//! Messages: what was said to a model and what it said, in the conventions' JSON shapes.
//!
//! This is the only part of the crate that touches content, and it builds nothing unless asked: a
//! [`Shape`] turns a body that the application already has as a [`Value`] into the conventions'
//! messages, which borrow their text from it and are written out only when they are serialised.
//!
//! | attribute | made by | serialises as |
//! | --- | --- | --- |
//! | `gen_ai.input.messages` | [`Shape::input`] | [`InputMessage`]s |
//! | `gen_ai.output.messages` | [`Shape::output`] | [`OutputMessage`]s |
//! | `gen_ai.system_instructions` | [`Shape::system_instructions`] | [`Part`]s |
//! | `gen_ai.tool.definitions` | [`Shape::tool_definitions`] | [`ToolDefinition`]s |
//! | `gen_ai.retrieval.documents` | [`RetrievalDocument::of_search`] | [`RetrievalDocument`]s |
//! | `gen_ai.tool.call.arguments`, `gen_ai.tool.call.result` | [`Json::from_text`] | any JSON |
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

mod document;
mod finish_reason;
mod from;
mod json;
mod modality;
mod part;
mod role;
mod shape;
mod tool_definition;
mod turn;

pub use document::RetrievalDocument;
pub use finish_reason::FinishReason;
pub use json::Json;
pub use modality::Modality;
pub use part::{GenericPart, Part};
pub use role::Role;
pub use shape::Shape;
pub use tool_definition::{ToolDefinition, ToolDetail};
pub use turn::{InputMessage, OutputMessage};
