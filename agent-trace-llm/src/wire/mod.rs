//! Wire adapters: from the bytes a provider sends to the vocabulary of this crate.
//!
//! One module per API. Each reads only the fields that it needs, skips the rest without copying it,
//! and is lenient: a field of an unexpected type counts as absent and costs nothing else, the last
//! of duplicate keys wins, and numbers that cannot be a count are no count. What is not JSON is an
//! [`Error`] value. Nothing here panics, whatever the bytes.

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
mod lenient;
pub mod ollama;
pub mod openai;
mod report;
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
pub use with_body::{Body, WithBody};
