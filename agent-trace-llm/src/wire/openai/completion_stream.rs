use crate::wire::openai::ChatStream;
use crate::{ResponseInfo, StreamInfo};

/// A streamed legacy completion, fed with the bytes of the response body as they arrive.
///
/// Its events are read by [`ChatChunk`](super::ChatChunk), which knows where they have their text.
///
/// ```
/// use agent_trace_llm::wire::openai::CompletionStream;
///
/// let mut stream = CompletionStream::new();
/// stream.push(b"data: {\"id\":\"cmpl-1\",\"choices\":[{\"index\":0,\"text\":\"Hi\",\"finish_reason\":\"stop\"}]}\n\n");
/// stream.push(b"data: [DONE]\n\n");
/// assert_eq!(stream.text_chars(), 2);
/// let (reply, complete) = stream.finish();
/// assert!(complete);
/// assert_eq!(reply.id.as_deref(), Some("cmpl-1"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct CompletionStream {
    inner: ChatStream,
}

impl CompletionStream {
    /// A stream of which nothing has arrived.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes, split anywhere.
    pub fn push(&mut self, bytes: &[u8]) {
        self.inner.push(bytes);
    }

    /// What the stream has said so far.
    pub fn info(&self) -> &StreamInfo {
        self.inner.info()
    }

    /// Events so far that said nothing, because they were too large or not JSON.
    pub fn skipped(&self) -> u64 {
        self.inner.skipped()
    }

    /// How many Unicode code points of text have arrived, of all choices.
    pub fn text_chars(&self) -> u64 {
        self.inner.text_chars()
    }

    /// The body has ended, or will not be read on: what the reply said, and whether it is complete,
    /// by the rules of [`ChatStream::finish`].
    pub fn finish(self) -> (ResponseInfo, bool) {
        self.inner.finish()
    }
}
