use std::rc::Rc;
use std::sync::Arc;

use crate::StreamInfo;
use crate::message::OutputAccumulator;

/// A type that is one item of a streamed reply.
///
/// A stream of such items, also as the `Ok` of `Result` items, is followed to its end, and the
/// model call's span gets what they say together. Implement it for the chunk type of an SDK or of
/// your own client:
///
/// ```
/// use agent_trace_llm::{LlmChunk, StreamInfo};
///
/// enum Event {
///     Started { id: String },
///     Text(String),
///     Stopped { reason: String },
/// }
///
/// impl LlmChunk for Event {
///     fn accumulate(&self, stream: &mut StreamInfo) {
///         match self {
///             Event::Started { id } => stream.response_id(id),
///             Event::Text(_) => stream.content(),
///             Event::Stopped { reason } => stream.finish_reason(0, reason.clone().into()),
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known as an item of a streamed model reply",
    label = "does not implement `LlmChunk`",
    note = "enable the feature of the crate that defines this type, if there is one (for example `async-openai`)",
    note = "or implement `agent_trace::llm::LlmChunk` for it"
)]
pub trait LlmChunk {
    /// Adds what this chunk says to what the chunks before it said. Called once per item, in the
    /// order of the stream, and on the stream's own poll: it has to be cheap.
    fn accumulate(&self, stream: &mut StreamInfo);

    /// Adds what the model says in this chunk to the messages made of the chunks before it. Does
    /// nothing, unless the type says otherwise. Called, after [`accumulate`](Self::accumulate), only
    /// when content is captured; otherwise there is no accumulator and nothing is built.
    ///
    /// ```
    /// use agent_trace_llm::message::OutputAccumulator;
    /// use agent_trace_llm::{LlmChunk, StreamInfo};
    ///
    /// struct Piece(String);
    ///
    /// impl LlmChunk for Piece {
    ///     fn accumulate(&self, stream: &mut StreamInfo) {
    ///         stream.content();
    ///     }
    ///
    ///     fn accumulate_messages(&self, output: &mut OutputAccumulator) {
    ///         output.text(0, &self.0);
    ///     }
    /// }
    /// ```
    fn accumulate_messages(&self, output: &mut OutputAccumulator) {
        let _ = output;
    }
}

macro_rules! forward {
    ($($pointer:ty),*) => {$(
        impl<T: LlmChunk + ?Sized> LlmChunk for $pointer {
            fn accumulate(&self, stream: &mut StreamInfo) {
                (**self).accumulate(stream);
            }

            fn accumulate_messages(&self, output: &mut OutputAccumulator) {
                (**self).accumulate_messages(output);
            }
        }
    )*};
}

forward!(&T, &mut T, Box<T>, Arc<T>, Rc<T>);
