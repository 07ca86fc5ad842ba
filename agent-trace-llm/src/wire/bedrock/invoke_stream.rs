use crate::LlmChunk;
use crate::wire::bedrock::{InvokeChunk, exception};
use crate::wire::events::Events;
use crate::wire::read::Read;
use crate::wire::stream::{Progress, event_stream};

event_stream! {
    /// A streamed InvokeModel reply of any model family, fed with the bytes of the response body as
    /// they arrive.
    ///
    /// It is complete when the chunk has come that ends it (the one with AWS's own counts, or what
    /// ends a stream of that family), no exception was reported, and every checksum was right.
    ///
    /// ```
    /// use agent_trace_llm::wire::bedrock::InvokeStream;
    ///
    /// let mut stream = InvokeStream::new();
    /// # let network: [&[u8]; 0] = [];
    /// for bytes in network {
    ///     stream.push(bytes);
    /// }
    /// let (reply, complete) = stream.finish();
    /// assert!(!complete, "nothing has arrived");
    /// assert_eq!(reply.usage, None);
    /// ```
    InvokeStream(State)
}

#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    progress: Progress,
    ended: bool,
}

impl State {
    fn progress(&self) -> &Progress {
        &self.progress
    }
}

impl Events for State {
    fn event(&mut self, name: &str, data: &[u8]) {
        if let Some(error) = exception(name) {
            self.progress.info.begin_chunk();
            self.progress.info.error(error);
            return;
        }
        // Where the frames have been taken off already, the JSON within is all there is.
        let chunk = InvokeChunk::from_payload(data).or_else(|| match name {
            "" => InvokeChunk::from_slice(data).ok(),
            _ => None,
        });
        match chunk {
            Some(chunk) => {
                self.ended |= chunk.is_last();
                self.progress.text(chunk.text_chars());
                self.progress.info.begin_chunk();
                chunk.accumulate(&mut self.progress.info);
            }
            None => self.progress.malformed(),
        }
    }

    fn finish(self: Box<Self>) -> Read {
        let ended = self.ended;
        self.progress.finish(ended)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(events: &[(&str, &str)]) -> Read {
        let mut state = State::default();
        for (name, data) in events {
            state.event(name, data.as_bytes());
        }
        Box::new(state).finish()
    }

    // {"generation":"Hi"}
    const TEXT: (&str, &str) = ("chunk", r#"{"bytes":"eyJnZW5lcmF0aW9uIjoiSGkifQ=="}"#);
    // {"stop_reason":"stop"}
    const STOP: (&str, &str) = ("chunk", r#"{"bytes":"eyJzdG9wX3JlYXNvbiI6InN0b3AifQ=="}"#);

    #[test]
    fn complete_and_not() {
        let whole = read(&[TEXT, STOP]);
        assert!(whole.complete);
        assert_eq!(whole.text_chars, 2);
        assert_eq!(whole.info.finish_reasons, ["stop"]);
        assert!(!read(&[TEXT]).complete);
        assert!(!read(&[TEXT, STOP, ("chunk", "{}")]).complete);
        assert!(read(&[("", r#"{"generation":"Hi","stop_reason":"stop"}"#)]).complete);
    }

    #[test]
    fn exceptions_within_the_stream() {
        let read = read(&[TEXT, ("modelTimeoutException", r#"{"message":"secret"}"#)]);
        assert_eq!(
            read.info.error_type.as_deref(),
            Some("modelTimeoutException")
        );
        assert!(!read.complete);
    }
}
