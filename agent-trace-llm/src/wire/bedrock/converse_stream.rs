use crate::LlmChunk;
use crate::wire::bedrock::{ConverseChunk, InvokeChunk, exception};
use crate::wire::events::Events;
use crate::wire::read::Read;
use crate::wire::stream::{Progress, event_stream};

event_stream! {
    /// A streamed Converse reply, fed with the bytes of the response body as they arrive.
    ///
    /// It is complete when its `metadata` has come, which is the last message, no exception was
    /// reported, and every checksum was right.
    ///
    /// ```
    /// use agent_trace_llm::wire::bedrock::ConverseStream;
    ///
    /// let mut stream = ConverseStream::new();
    /// # let network: [&[u8]; 0] = [];
    /// for bytes in network {
    ///     stream.push(bytes);
    /// }
    /// let (reply, complete) = stream.finish();
    /// assert!(!complete, "nothing has arrived");
    /// assert_eq!(reply.usage, None);
    /// ```
    ConverseStream(State)
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

    /// Where the frames have been taken off already, the name of an event is the key of its payload,
    /// as with Nova.
    fn keyed(&mut self, data: &[u8]) {
        match InvokeChunk::from_slice(data) {
            Ok(chunk) => {
                self.ended |= chunk.is_last();
                self.progress.text(chunk.text_chars());
                self.progress.info.begin_chunk();
                chunk.accumulate(&mut self.progress.info);
            }
            Err(_) => self.progress.malformed(),
        }
    }
}

impl Events for State {
    fn event(&mut self, name: &str, data: &[u8]) {
        if name.is_empty() {
            self.keyed(data);
            return;
        }
        match ConverseChunk::from_slice(name, data) {
            Ok(chunk) => {
                self.ended |= chunk.is_last();
                self.progress.text(chunk.text_chars());
                self.progress.info.begin_chunk();
                chunk.accumulate(&mut self.progress.info);
            }
            Err(_) => {
                // An exception is one whatever its payload.
                match exception(name) {
                    Some(error) => self.progress.info.error(error),
                    None => self.progress.malformed(),
                }
            }
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

    const TEXT: (&str, &str) = (
        "contentBlockDelta",
        r#"{"contentBlockIndex":0,"delta":{"text":"Hi"}}"#,
    );
    const CALL: (&str, &str) = (
        "contentBlockStart",
        r#"{"contentBlockIndex":1,"start":{"toolUse":{"toolUseId":"tooluse_1","name":"f"}}}"#,
    );
    const STOP: (&str, &str) = ("messageStop", r#"{"stopReason":"tool_use"}"#);
    const USAGE: (&str, &str) = (
        "metadata",
        r#"{"usage":{"inputTokens":9,"outputTokens":1,"cacheReadInputTokens":90}}"#,
    );

    #[test]
    fn complete_and_not() {
        let whole = read(&[("messageStart", "{}"), TEXT, CALL, STOP, USAGE]);
        assert!(whole.complete);
        assert_eq!(whole.text_chars, 2);
        assert_eq!(whole.info.finish_reasons, ["tool_use"]);
        assert_eq!(whole.info.tool_calls.len(), 1);
        assert_eq!(
            whole.info.usage.and_then(|usage| usage.input_tokens),
            Some(99)
        );
        assert!(!read(&[TEXT, STOP]).complete);
        assert!(!read(&[]).complete);
    }

    #[test]
    fn events_without_frames() {
        let events = [TEXT, CALL, STOP, USAGE];
        let keyed: Vec<String> = events
            .iter()
            .map(|(name, data)| format!("{{\"{name}\":{data}}}"))
            .collect();
        let keyed: Vec<_> = keyed.iter().map(|event| ("", event.as_str())).collect();
        assert_eq!(read(&keyed), read(&events));
    }

    #[test]
    fn exceptions_within_the_stream() {
        for payload in [r#"{"message":"secret"}"#, ""] {
            let read = read(&[TEXT, ("throttlingException", payload)]);
            assert_eq!(read.info.error_type.as_deref(), Some("throttlingException"));
            assert!(!read.complete);
        }
    }
}
