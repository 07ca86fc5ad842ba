use crate::LlmChunk;
use crate::wire::events::Events;
use crate::wire::gemini::InteractionsChunk;
use crate::wire::read::Read;
use crate::wire::stream::{Progress, sse_stream};

sse_stream! {
    /// A streamed interaction, fed with the bytes of the response body as they arrive.
    ///
    /// It is complete when the event has come that ends the interaction and no error was reported.
    ///
    /// ```
    /// use agent_trace_llm::wire::gemini::InteractionsStream;
    ///
    /// let body = concat!(
    ///     "data: {\"event_type\":\"step.delta\",\"delta\":{\"type\":\"text\",\"text\":\"Hi\"}}\n\n",
    ///     "data: {\"event_type\":\"interaction.completed\",\"interaction\":{\"id\":\"v1_1\",",
    ///     "\"status\":\"completed\",\"usage\":{\"total_input_tokens\":7,\"total_output_tokens\":1}}}\n\n",
    /// );
    /// let mut stream = InteractionsStream::new();
    /// for bytes in body.as_bytes().chunks(7) {
    ///     stream.push(bytes);
    /// }
    /// let (reply, complete) = stream.finish();
    /// assert!(complete);
    /// assert_eq!(reply.usage.and_then(|usage| usage.output_tokens), Some(1));
    /// ```
    InteractionsStream(State)
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
        let data = data.trim_ascii();
        if data.is_empty() || data == b"[DONE]" {
            return;
        }
        match InteractionsChunk::from_slice(data) {
            Ok(chunk) => {
                self.ended |= chunk.is_last();
                self.progress.text(chunk.text_chars());
                self.progress.info.begin_chunk();
                chunk.accumulate(&mut self.progress.info);
            }
            Err(_) => self.progress.malformed(),
        }
        if name == "error" {
            self.progress.failed(data);
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
    use crate::ResponseInfo;

    fn read(events: &[&str]) -> (ResponseInfo, bool) {
        let mut stream = InteractionsStream::new();
        for event in events {
            stream.push(format!("data: {event}\n\n").as_bytes());
        }
        stream.finish()
    }

    const CREATED: &str = r#"{"interaction":{"id":"v1_1","status":"in_progress","model":"gemini-2.5-flash"},"event_type":"interaction.created"}"#;
    const CALL: &str = r#"{"index":1,"step":{"type":"function_call","id":"call_1","name":"f","arguments":{}},"event_type":"step.start"}"#;
    const DONE: &str = r#"{"interaction":{"id":"v1_1","status":"requires_action","usage":{"total_input_tokens":7}},"event_type":"interaction.completed"}"#;

    #[test]
    fn complete_and_not() {
        let (reply, complete) = read(&[CREATED, CALL, DONE, "[DONE]"]);
        assert!(complete);
        assert_eq!(reply.model.as_deref(), Some("gemini-2.5-flash"));
        assert_eq!(reply.finish_reasons, ["requires_action"]);
        assert_eq!(reply.tool_calls.len(), 1);
        let (reply, complete) = read(&[CREATED, CALL]);
        assert!(!complete);
        assert_eq!(reply.status.as_deref(), Some("in_progress"));
        assert!(reply.finish_reasons.is_empty());
        assert!(!read(&[CREATED, &DONE[..50]]).1);
    }

    #[test]
    fn errors_within_the_stream() {
        let error =
            r#"{"event_type":"error","error":{"code":"gateway_timeout","message":"secret"}}"#;
        let (reply, complete) = read(&[CREATED, error, DONE]);
        assert_eq!(reply.error_type.as_deref(), Some("gateway_timeout"));
        assert!(!complete);
    }
}
