//! Wire adapters: from the bytes a provider sends to the vocabulary of this crate.
//!
//! One module per API. Each reads only the fields that it needs, skips the rest without copying it,
//! and is lenient: a field of an unexpected type counts as absent and costs nothing else, the last
//! of duplicate keys wins, and numbers that cannot be a count are no count. What is not JSON is an
//! [`Error`] value. Nothing here panics, whatever the bytes. Beside the body, reading takes memory that
//! does not depend on its size, but for text with escapes that is counted or kept, which `serde_json`
//! puts together first, and a byte for each bracket that is open in what is skipped.
//!
//! How fast a stream is read depends on how many fields its events have, not on their bytes: every
//! key is looked at. Chat completions come to 500 MB/s on one core; the shorter events of Anthropic's
//! API, in which a third of the bytes is names of fields, to 400. The decoders take ten times as much
//! ([`sse`](crate::sse), [`ndjson`](crate::ndjson)), or five times, since they verify checksums
//! ([`event_stream`](crate::event_stream)). `cargo bench -p agent-trace-llm --bench streams` has the
//! figures of a machine.
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
mod error_detail;
mod events;
mod fold;
mod forms;
pub mod gemini;
mod head;
mod json;
mod lenient;
pub mod ollama;
pub mod openai;
mod read;
mod reply;
pub(crate) mod report;
mod stream;
pub mod voyage;
pub mod watsonx;
mod with_body;

pub use any::{Api, BodyFormat, Reader, read};
#[cfg(feature = "stream")]
pub use chunk::Chunk;
#[cfg(feature = "stream")]
pub use chunks::Chunks;
pub use error::Error;
pub use error_detail::ErrorDetail;
pub use read::Read;
pub use reply::Reply;
pub use with_body::{Body, WithBody};
