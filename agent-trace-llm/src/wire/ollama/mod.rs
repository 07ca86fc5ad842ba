//! Ollama: chat, generate and embed, whole and streamed (a JSON object a line).
//!
//! The counts are on the last object, the one with `"done": true`. `prompt_eval_count` is left out
//! when the whole prompt was in the cache; the input count is then absent, not zero. Ollama's
//! replies have no id.
//!
//! ```
//! use agent_trace_llm::wire::ollama::ChatStream;
//!
//! let mut stream = ChatStream::new();
//! stream.push(b"{\"model\":\"qwen3\",\"message\":{\"content\":\"Hi\"},\"done\":false}\n");
//! stream.push(b"{\"model\":\"qwen3\",\"message\":{\"content\":\"\"},\"done\":true,");
//! stream.push(b"\"done_reason\":\"stop\",\"eval_count\":2}\n");
//! let (reply, complete) = stream.finish();
//! assert!(complete);
//! let usage = reply.usage.expect("reported");
//! assert_eq!((usage.input_tokens, usage.output_tokens), (None, Some(2)));
//! ```

mod chat;
mod embed;
mod generate;
mod request;
mod usage;

pub use chat::{ChatChunk, ChatResponse, ChatStream};
pub use embed::EmbedResponse;
pub use generate::{GenerateChunk, GenerateResponse, GenerateStream};
pub use request::Request;

use crate::wire::Error;
use crate::wire::bits::State;
use crate::wire::events::Events;
use crate::wire::read::Read;

pub(crate) fn chat_read(body: &[u8]) -> Result<Read, Error> {
    Ok(ChatResponse::from_slice(body)?.into_read())
}

pub(crate) fn chat_events() -> Box<dyn Events + Send> {
    Box::new(State::<ChatChunk<'static>>::default())
}

pub(crate) fn generate_read(body: &[u8]) -> Result<Read, Error> {
    Ok(GenerateResponse::from_slice(body)?.into_read())
}

pub(crate) fn generate_events() -> Box<dyn Events + Send> {
    Box::new(State::<GenerateChunk<'static>>::default())
}

pub(crate) fn embed_read(body: &[u8]) -> Result<Read, Error> {
    Ok(EmbedResponse::from_slice(body)?.into_read())
}
