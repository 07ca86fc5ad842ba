use crate::wire::anthropic::MessagesChunk;
use crate::wire::anthropic::messages_chunk::Event;
use crate::wire::events::Events;
use crate::wire::read::Read;
use crate::wire::stream::{Progress, sse_stream};

sse_stream! {
    /// A streamed message, fed with the bytes of the response body as they arrive.
    ///
    /// It is complete when its `message_stop` has come and no error was reported. Bodies in which
    /// several messages follow one another, as some servers relay them, are one reply with one
    /// finish reason a message.
    ///
    /// ```
    /// use agent_trace_llm::wire::anthropic::MessagesStream;
    ///
    /// let body = concat!(
    ///     "event: message_start\n",
    ///     "data: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"usage\":{\"input_tokens\":9}}}\n\n",
    ///     "event: content_block_delta\n",
    ///     "data: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}\n\n",
    ///     "event: message_delta\n",
    ///     "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":1}}\n\n",
    ///     "event: message_stop\n",
    ///     "data: {\"type\":\"message_stop\"}\n\n",
    /// );
    /// let mut stream = MessagesStream::new();
    /// for bytes in body.as_bytes().chunks(7) {
    ///     stream.push(bytes);
    /// }
    /// assert_eq!(stream.text_chars(), 2);
    /// let (reply, complete) = stream.finish();
    /// assert!(complete);
    /// assert_eq!(reply.finish_reasons, ["end_turn"]);
    /// ```
    MessagesStream(State)
}

#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    progress: Progress,
    /// Messages that have begun.
    messages: u32,
    /// The last one that began has ended.
    stopped: bool,
}

impl State {
    pub(crate) fn progress(&self) -> &Progress {
        &self.progress
    }

    pub(crate) fn chunk(&mut self, chunk: &MessagesChunk<'_>) {
        match chunk.event() {
            Event::MessageStart => {
                self.messages = self.messages.saturating_add(1);
                self.stopped = false;
            }
            Event::MessageStop => self.stopped = true,
            Event::Other => {}
        }
        let message = self.messages.saturating_sub(1);
        self.progress.text(chunk.text_chars());
        self.progress.info.begin_chunk();
        chunk.accumulate_into(message, &mut self.progress.info);
    }
}

impl Events for State {
    fn event(&mut self, name: &str, data: &[u8]) {
        let data = data.trim_ascii();
        // Some relays end the stream as OpenAI does.
        if data.is_empty() || data == b"[DONE]" {
            return;
        }
        match MessagesChunk::from_slice(data) {
            Ok(chunk) => self.chunk(&chunk),
            Err(_) => self.progress.malformed(),
        }
        if name == "error" {
            self.progress.failed(data);
        }
    }

    fn finish(self: Box<Self>) -> Read {
        let complete = self.stopped;
        self.progress.finish(complete)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ResponseInfo;

    const START: &str = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude\",\"content\":[],\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\n";
    const TEXT: &str = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}\n\n";
    const DELTA: &str = "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":5}}\n\n";
    const STOP: &str = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    fn read(parts: &[&str]) -> (ResponseInfo, bool) {
        let mut stream = MessagesStream::new();
        stream.push(parts.concat().as_bytes());
        stream.finish()
    }

    #[test]
    fn complete_and_not() {
        assert!(read(&[START, TEXT, DELTA, STOP]).1);
        assert!(read(&[START, TEXT, DELTA, STOP.trim_end()]).1);
        assert!(!read(&[]).1);
        assert!(!read(&[START]).1);
        assert!(!read(&[START, TEXT, DELTA]).1);
        assert!(!read(&[START, TEXT, DELTA, &STOP[..STOP.len() - 10]]).1);
        assert!(!read(&[START, TEXT, DELTA, STOP, START]).1);
    }

    #[test]
    fn a_cut_stream_gives_what_was_seen() {
        let (reply, _) = read(&[START, TEXT]);
        let usage = reply.usage.expect("the start has counts");
        assert_eq!(
            (usage.input_tokens, usage.output_tokens),
            (Some(9), Some(1))
        );
        assert!(reply.finish_reasons.is_empty());
    }

    #[test]
    fn messages_in_a_row() {
        let (reply, complete) = read(&[START, DELTA, STOP, START, DELTA, STOP]);
        assert!(complete);
        assert_eq!(reply.finish_reasons, ["end_turn", "end_turn"]);
        assert_eq!(reply.usage.and_then(|usage| usage.output_tokens), Some(5));
        let (reply, _) = read(&[START, DELTA, DELTA, STOP]);
        assert_eq!(reply.finish_reasons, ["end_turn"]);
    }

    #[test]
    fn errors_within_the_stream() {
        let error = "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"secret\"}}\n\n";
        let (reply, complete) = read(&[START, TEXT, error]);
        assert_eq!(reply.error_type.as_deref(), Some("overloaded_error"));
        assert!(!complete);
        let named = "event: error\ndata: all is lost\n\n";
        let (reply, complete) = read(&[START, named, STOP]);
        assert_eq!(reply.error_type.as_deref(), Some("_OTHER"));
        assert!(!complete);
    }
}
