//! Anthropic: the Messages API, whole and streamed.
//!
//! Also what Claude on Vertex AI speaks; on Bedrock it is wrapped, see [`bedrock`](super::bedrock).
//!
//! Cached tokens come on top of Anthropic's input count, and are added here. Thinking is a part of
//! its output count. Tools that the server runs itself (`server_tool_use`) are no tool calls: nobody
//! else is asked to run them.
//!
//! Where the server sampled several times, as for the compaction of a long conversation, the usage of the
//! reply leaves those passes out, and [`ResponseInfo::billed_usage`](crate::ResponseInfo::billed_usage) is
//! the sum of all.
//!
//! ```
//! use agent_trace_llm::LlmResponse;
//! use agent_trace_llm::wire::anthropic::MessagesResponse;
//!
//! let body = br#"{
//!     "id": "msg_1",
//!     "type": "message",
//!     "model": "claude-sonnet-4-5-20250929",
//!     "content": [{ "type": "text", "text": "Hi." }],
//!     "stop_reason": "end_turn",
//!     "usage": { "input_tokens": 4, "cache_read_input_tokens": 1000, "output_tokens": 9 }
//! }"#;
//! let usage = MessagesResponse::from_slice(body)?.info().usage.expect("reported");
//! assert_eq!(usage.input_tokens, Some(1004));
//! # Ok::<(), agent_trace_llm::wire::Error>(())
//! ```

mod block;
mod messages_chunk;
mod messages_request;
mod messages_response;
mod messages_stream;
mod usage;

use std::borrow::Cow;

use crate::wire::Error;
use crate::wire::events::Events;
use crate::wire::read::Read;

pub(crate) use block::Blocks;
pub(crate) use messages_chunk::Event;
pub use messages_chunk::MessagesChunk;
pub use messages_request::MessagesRequest;
pub(crate) use messages_request::stop_sequences;
pub use messages_response::MessagesResponse;
pub use messages_stream::MessagesStream;
pub(crate) use messages_stream::State;
pub(crate) use usage::CacheCreation;

/// Reads a whole body.
pub(crate) fn read(body: &[u8]) -> Result<Read, Error> {
    Ok(MessagesResponse::from_slice(body)?.into_read())
}

/// What follows a streamed body.
pub(crate) fn events() -> Box<dyn Events + Send> {
    Box::<State>::default()
}

/// A stop reason that does not allocate when it is one of the usual ones.
pub(crate) fn stop_reason(text: &str) -> Cow<'static, str> {
    Cow::Borrowed(match text {
        "end_turn" => "end_turn",
        "max_tokens" => "max_tokens",
        "stop_sequence" => "stop_sequence",
        "tool_use" => "tool_use",
        "pause_turn" => "pause_turn",
        "refusal" => "refusal",
        other => return crate::text::finish_reason(other),
    })
}
