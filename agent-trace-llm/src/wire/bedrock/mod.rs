//! Amazon Bedrock: Converse and InvokeModel, whole and streamed.
//!
//! Converse has one shape for all models. InvokeModel passes on what each model family says, and
//! adds AWS's own count where it can: in the last chunk of a stream, and in headers of the response.
//! Cached tokens come on top of AWS's input count, and are added here.
//!
//! ```
//! use agent_trace_llm::LlmResponse;
//! use agent_trace_llm::wire::bedrock::ConverseResponse;
//!
//! let body = br#"{
//!     "output": { "message": { "role": "assistant", "content": [{ "text": "Hi." }] } },
//!     "stopReason": "end_turn",
//!     "usage": { "inputTokens": 22, "cacheWriteInputTokens": 2492, "outputTokens": 13 }
//! }"#;
//! let usage = ConverseResponse::from_slice(body)?.info().usage.expect("reported");
//! assert_eq!(usage.input_tokens, Some(2514));
//! # Ok::<(), agent_trace_llm::wire::Error>(())
//! ```

mod base64;
mod converse_chunk;
mod converse_request;
mod converse_response;
mod converse_stream;
mod family;
mod headers;
mod invoke_chunk;
mod invoke_request;
mod invoke_response;
mod invoke_stream;
mod message;
mod usage;

use std::borrow::Cow;

use crate::text::is_code;
use crate::wire::Error;
use crate::wire::events::Events;
use crate::wire::read::Read;

pub use converse_chunk::ConverseChunk;
pub use converse_request::ConverseRequest;
pub use converse_response::ConverseResponse;
pub use converse_stream::ConverseStream;
pub use invoke_chunk::InvokeChunk;
pub use invoke_request::InvokeRequest;
pub use invoke_response::InvokeResponse;
pub use invoke_stream::InvokeStream;

/// Reads a whole body of Converse.
pub(crate) fn converse_read(body: &[u8]) -> Result<Read, Error> {
    Ok(ConverseResponse::from_slice(body)?.into_read())
}

/// What follows a streamed body of Converse.
pub(crate) fn converse_events() -> Box<dyn Events + Send> {
    Box::<converse_stream::State>::default()
}

/// Reads a whole body of InvokeModel.
pub(crate) fn invoke_read(body: &[u8]) -> Result<Read, Error> {
    let reply = InvokeResponse::from_slice(body)?;
    let text_chars = reply.text_chars();
    Ok(Read::new(reply.into_info(), text_chars, true))
}

/// What follows a streamed body of InvokeModel.
pub(crate) fn invoke_events() -> Box<dyn Events + Send> {
    Box::<invoke_stream::State>::default()
}

/// The failure that a message of an event stream is by its name, if it is one.
pub(super) fn exception(name: &str) -> Option<Cow<'static, str>> {
    let failed = ["Exception", "Error", "Failure", "Fault"]
        .iter()
        .any(|suffix| name.ends_with(suffix));
    failed.then(|| match is_code(name) {
        true => Cow::Owned(name.to_owned()),
        false => Cow::Borrowed("_OTHER"),
    })
}

/// The type of an error without the namespace before it and the documentation behind it, as in
/// `com.amazon.coral.service#ValidationException:http://..`.
fn error_type(text: &str) -> Option<Cow<'static, str>> {
    let name = text.split(':').next().unwrap_or_default();
    let name = name.rsplit('#').next().unwrap_or_default();
    is_code(name).then(|| Cow::Owned(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_errors() {
        let header = "ValidationException:http://internal.amazon.com/coral/com.amazon.bedrock/";
        assert_eq!(error_type(header).as_deref(), Some("ValidationException"));
        let field = "com.amazon.coral.service#ThrottlingException";
        assert_eq!(error_type(field).as_deref(), Some("ThrottlingException"));
        assert_eq!(error_type("all is lost"), None);
        assert_eq!(error_type(""), None);
        assert_eq!(
            exception("modelStreamErrorException").as_deref(),
            Some("modelStreamErrorException")
        );
        assert_eq!(exception("contentBlockDelta"), None);
    }
}
