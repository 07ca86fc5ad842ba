//! OpenAI: chat completions, whole and streamed, and embeddings.
//!
//! Also what Azure OpenAI and most servers that call themselves compatible speak.
//!
//! ```
//! use agent_trace_llm::LlmResponse;
//! use agent_trace_llm::wire::openai::ChatResponse;
//!
//! let body = br#"{
//!     "id": "chatcmpl-1",
//!     "model": "gpt-4o-2024-11-20",
//!     "choices": [{ "index": 0, "finish_reason": "stop", "message": { "content": "Hi." } }],
//!     "usage": {
//!         "prompt_tokens": 14,
//!         "completion_tokens": 9,
//!         "prompt_tokens_details": { "cached_tokens": 4 }
//!     }
//! }"#;
//! let info = ChatResponse::from_slice(body)?.info();
//! let usage = info.usage.expect("reported");
//! assert_eq!(info.finish_reasons, ["stop"]);
//! assert_eq!((usage.input_tokens, usage.cache_read_input_tokens), (Some(14), Some(4)));
//! # Ok::<(), agent_trace_llm::wire::Error>(())
//! ```

mod chat_chunk;
mod chat_request;
mod chat_response;
mod chat_stream;
mod embeddings_request;
mod embeddings_response;
mod error_body;
mod tool_call;
mod usage;

pub use chat_chunk::ChatChunk;
pub use chat_request::ChatRequest;
pub use chat_response::ChatResponse;
pub use chat_stream::ChatStream;
pub use embeddings_request::EmbeddingsRequest;
pub use embeddings_response::EmbeddingsResponse;
#[cfg(feature = "async-openai")]
pub(crate) use error_body::error_type_of;

/// `openai.api.type` of this API.
pub(crate) const CHAT_COMPLETIONS: &str = "chat_completions";
