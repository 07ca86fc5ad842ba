//! Cohere: chat (v2 and v1), generate, embed and rerank.
//!
//! Cohere counts twice: `tokens` is what the model used, `billed_units` what is charged for it. They
//! differ in practice, by a factor of ten where the provider's own preamble is long. Here
//! [`ResponseInfo::usage`](crate::ResponseInfo::usage) has what was **used**, as with every other
//! provider, and [`ResponseInfo::billed_usage`](crate::ResponseInfo::billed_usage) has what is
//! **billed**. The conventions want the billed counts where both are known and money is meant (metrics,
//! prices): [`ResponseInfo::charged_usage`](crate::ResponseInfo::charged_usage) takes these. Embed and
//! rerank report billed units alone, so there is no usage of their replies, as opposed to one of zero.
//!
//! A chat reply has no model in it: `gen_ai.response.model` stays absent.
//!
//! ```
//! use agent_trace_llm::LlmResponse;
//! use agent_trace_llm::wire::cohere::ChatResponse;
//!
//! let body = br#"{
//!     "id": "5f2c",
//!     "finish_reason": "COMPLETE",
//!     "message": { "role": "assistant", "content": [{ "type": "text", "text": "Hi." }] },
//!     "usage": {
//!         "billed_units": { "input_tokens": 8, "output_tokens": 2 },
//!         "tokens": { "input_tokens": 1394, "output_tokens": 6 },
//!         "cached_tokens": 1344
//!     }
//! }"#;
//! let reply = ChatResponse::from_slice(body)?;
//! let info = reply.info();
//! let usage = info.usage.expect("reported");
//! assert_eq!((usage.input_tokens, usage.cache_read_input_tokens), (Some(1394), Some(1344)));
//! assert_eq!(info.billed_usage.and_then(|billed| billed.tokens.input_tokens), Some(8));
//! # Ok::<(), agent_trace_llm::wire::Error>(())
//! ```

mod chat;
mod chat_request;
mod chat_v1;
mod embed;
mod error;
mod generate;
mod rerank;
mod usage;

pub use chat::{ChatChunk, ChatResponse, ChatStream};
pub use chat_request::ChatRequest;
pub use chat_v1::{ChatV1Chunk, ChatV1Response, ChatV1Stream};
pub use embed::{EmbedRequest, EmbedResponse};
pub use generate::GenerateResponse;
pub use rerank::{RerankRequest, RerankResponse};

use crate::wire::Error;
use crate::wire::bits::State;
use crate::wire::events::Events;
use crate::wire::read::Read;

pub(crate) fn chat_v1_read(body: &[u8]) -> Result<Read, Error> {
    Ok(ChatV1Response::from_slice(body)?.into_read())
}

pub(crate) fn chat_v1_events() -> Box<dyn Events + Send> {
    Box::new(State::<ChatV1Chunk<'static>>::default())
}

pub(crate) fn chat_v2_read(body: &[u8]) -> Result<Read, Error> {
    Ok(ChatResponse::from_slice(body)?.into_read())
}

pub(crate) fn chat_v2_events() -> Box<dyn Events + Send> {
    Box::new(State::<ChatChunk<'static>>::default())
}

pub(crate) fn embed_read(body: &[u8]) -> Result<Read, Error> {
    Ok(EmbedResponse::from_slice(body)?.into_read())
}

pub(crate) fn rerank_read(body: &[u8]) -> Result<Read, Error> {
    Ok(RerankResponse::from_slice(body)?.into_read())
}

pub(crate) fn generate_read(body: &[u8]) -> Result<Read, Error> {
    Ok(GenerateResponse::from_slice(body)?.into_read())
}

/// Streams of the generate API end with the same `response` object as those of chat v1.
pub(crate) fn generate_events() -> Box<dyn Events + Send> {
    Box::new(State::<ChatV1Chunk<'static>>::default())
}

/// A finish reason that does not allocate when it is one of the usual ones.
fn finish_reason(text: &str) -> std::borrow::Cow<'static, str> {
    std::borrow::Cow::Borrowed(match text {
        "COMPLETE" => "COMPLETE",
        "TOOL_CALL" => "TOOL_CALL",
        "MAX_TOKENS" => "MAX_TOKENS",
        "STOP_SEQUENCE" => "STOP_SEQUENCE",
        other => return crate::text::finish_reason(other),
    })
}

/// Whether a finish reason says that the reply failed.
fn is_failure(reason: &str) -> bool {
    matches!(reason, "ERROR" | "ERROR_TOXIC" | "ERROR_LIMIT" | "TIMEOUT")
}
