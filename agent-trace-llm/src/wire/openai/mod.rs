//! OpenAI: chat completions, legacy completions, Responses, each whole and streamed, and embeddings.
//!
//! Also what Azure OpenAI and most servers that call themselves compatible speak. Where these differ
//! ([`from_provider`](ChatResponse::from_provider)), the differences are data in one table.
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
mod completion_request;
mod completion_response;
mod completion_stream;
pub(crate) mod dialect;
mod embeddings_request;
mod embeddings_response;
pub(crate) mod error_body;
mod responses_event;
mod responses_request;
mod responses_response;
mod responses_stream;
mod tell_tale;
mod tool_call;
mod usage;

pub use chat_chunk::ChatChunk;
pub use chat_request::ChatRequest;
pub use chat_response::ChatResponse;
pub use chat_stream::ChatStream;
pub use completion_request::CompletionRequest;
pub use completion_response::CompletionResponse;
pub use completion_stream::CompletionStream;
pub use embeddings_request::EmbeddingsRequest;
pub use embeddings_response::EmbeddingsResponse;
pub use responses_event::ResponsesEvent;
pub use responses_request::ResponsesRequest;
pub use responses_response::ResponsesResponse;
pub use responses_stream::ResponsesStream;

pub(crate) use chat_stream::chat_events;
#[cfg(feature = "async-openai")]
pub(crate) use error_body::error_type_of;

pub(crate) use responses_stream::responses_events;
pub(crate) use tell_tale::provider_of;

use crate::wire::Error;
use crate::wire::read::Read;
use crate::{Provider, ResponseInfo};

/// `openai.api.type` of the Responses API.
pub(crate) const RESPONSES: &str = "responses";

/// `openai.api.type` of chat completions.
pub(crate) const CHAT_COMPLETIONS: &str = "chat_completions";

/// A whole chat completion, for [`wire::read`](crate::wire::read).
pub(crate) fn chat_read(provider: Option<&Provider>, body: &[u8]) -> Result<Read, Error> {
    let response = match provider {
        Some(provider) => ChatResponse::from_provider(provider, body)?,
        None => ChatResponse::from_slice(body)?,
    };
    let chars = response.text_chars();
    Ok(whole(response.into_info(), chars))
}

/// A whole Responses reply, for [`wire::read`](crate::wire::read).
pub(crate) fn responses_read(body: &[u8]) -> Result<Read, Error> {
    let response = ResponsesResponse::from_slice(body)?;
    let functions = response.function_names().map(str::to_owned).collect();
    let chars = response.text_chars();
    let mut read = whole(response.into_info(), chars);
    read.tool_calls = functions;
    Ok(read)
}

/// An embeddings response, for [`wire::read`](crate::wire::read).
pub(crate) fn embeddings_read(body: &[u8]) -> Result<Read, Error> {
    Ok(whole(EmbeddingsResponse::from_slice(body)?.into_info(), 0))
}

fn whole(info: ResponseInfo, text_chars: u64) -> Read {
    Read::new(info, text_chars, true)
}
