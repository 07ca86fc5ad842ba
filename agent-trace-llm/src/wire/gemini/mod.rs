//! Gemini and Vertex AI: `generateContent`, whole and streamed, and the interactions API.
//!
//! Cached tokens are a part of the prompt count; what tools that the server runs put into the prompt
//! comes on top of it, and so do thoughts on top of the candidates' count. The sums are made here.
//!
//! ```
//! use agent_trace_llm::LlmResponse;
//! use agent_trace_llm::wire::gemini::GenerateContentResponse;
//!
//! let body = br#"{
//!     "responseId": "id-1",
//!     "modelVersion": "gemini-2.5-flash",
//!     "candidates": [{ "content": { "parts": [{ "text": "Hi." }] }, "finishReason": "STOP" }],
//!     "usageMetadata": {
//!         "promptTokenCount": 5, "toolUsePromptTokenCount": 20,
//!         "candidatesTokenCount": 2, "thoughtsTokenCount": 30
//!     }
//! }"#;
//! let usage = GenerateContentResponse::from_slice(body)?.info().usage.expect("reported");
//! assert_eq!((usage.input_tokens, usage.output_tokens), (Some(25), Some(32)));
//! # Ok::<(), agent_trace_llm::wire::Error>(())
//! ```

mod array;
mod candidate;
mod counts;
mod generate_content_chunk;
mod generate_content_request;
mod generate_content_response;
mod generate_content_stream;
mod interactions_chunk;
mod interactions_request;
mod interactions_response;
mod interactions_stream;
mod interactions_usage;
mod modality;
mod step;
mod usage;

use crate::wire::Error;
use crate::wire::events::Events;
use crate::wire::read::Read;

pub use generate_content_chunk::GenerateContentChunk;
pub use generate_content_request::GenerateContentRequest;
pub use generate_content_response::GenerateContentResponse;
pub use generate_content_stream::GenerateContentStream;
pub use interactions_chunk::InteractionsChunk;
pub use interactions_request::InteractionsRequest;
pub use interactions_response::InteractionsResponse;
pub use interactions_stream::InteractionsStream;

/// Reads a whole body of `generateContent`, or of `streamGenerateContent` as a JSON array.
pub(crate) fn generate_content_read(body: &[u8]) -> Result<Read, Error> {
    let reply = GenerateContentResponse::from_slice(body)?;
    let text_chars = reply.text_chars();
    Ok(Read::new(reply.into_info(), text_chars, true))
}

/// What follows a streamed body of `streamGenerateContent`.
pub(crate) fn generate_content_events() -> Box<dyn Events + Send> {
    Box::<generate_content_stream::State>::default()
}

/// Reads a whole body of the interactions API.
pub(crate) fn interactions_read(body: &[u8]) -> Result<Read, Error> {
    Ok(InteractionsResponse::from_slice(body)?.into_read())
}

/// What follows a streamed body of the interactions API.
pub(crate) fn interactions_events() -> Box<dyn Events + Send> {
    Box::<interactions_stream::State>::default()
}
