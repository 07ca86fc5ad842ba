//! Wire adapters: from the bytes a provider sends to the vocabulary of this crate.
//!
//! One module per API. Each reads only the fields that it needs, skips the rest without copying it,
//! and is lenient: a field of an unexpected type counts as absent and costs nothing else, the last
//! of duplicate keys wins, and numbers that cannot be a count are no count. What is not JSON is an
//! [`Error`] value. Nothing here panics, whatever the bytes.
//!
//! # Under `#[llm_call]`
//!
//! A function that speaks HTTP itself gives its span the request as JSON, and returns a [`Reply`]: the
//! bytes for its caller, and for the span what they say of the reply. The body of an error is one too, so
//! that the span has its `error.type` without a look at the status.
//!
//! ```
//! use agent_trace_llm::wire::anthropic::MessagesRequest;
//! use agent_trace_llm::wire::{Api, Reply};
//! # fn post(body: &serde_json::Value) -> std::io::Result<Vec<u8>> { Ok(b"{}".to_vec()) }
//!
//! // #[llm_call(provider = "anthropic", request = MessagesRequest::from_value(body))]
//! fn ask(body: &serde_json::Value) -> Result<Reply, std::io::Error> {
//!     Ok(Reply::new(Api::AnthropicMessages, post(body)?))
//! }
//! # ask(&serde_json::json!({})).expect("a body");
//! ```
//!
//! A streamed reply is returned as `Chunks`, with the feature `stream`, whose items have both as well.
//! The responses of the APIs' own modules (`anthropic::MessagesResponse`) are for callers that need
//! nothing of the text.

pub mod anthropic;
mod any;
pub mod bedrock;
mod bits;
#[cfg(feature = "stream")]
mod chunk;
#[cfg(feature = "stream")]
mod chunks;
pub mod cohere;
mod counts;
mod error;
mod fold;
mod forms;
pub mod gemini;
mod head;
mod json;
mod lenient;
pub mod ollama;
pub mod openai;
mod reply;
pub(crate) mod report;
mod stream;
pub mod voyage;
pub mod watsonx;
mod with_body;

pub use any::{Api, BodyFormat, ErrorDetail, Read, Reader, read};
#[cfg(feature = "stream")]
pub use chunk::Chunk;
#[cfg(feature = "stream")]
pub use chunks::Chunks;
pub use error::Error;
pub use reply::Reply;
pub use with_body::{Body, WithBody};
