use crate::sse::Decoder;
use crate::text::{MAX_ID, cap};
use crate::wire::events::Events;
use crate::wire::openai::ResponsesEvent;
use crate::wire::read::Read;
use crate::{LlmChunk, ResponseInfo, StreamInfo};

/// Custom tool calls that are told from functions.
const MAX_CUSTOM: usize = 128;

/// A streamed reply of the Responses API, fed with the bytes of the response body as they arrive.
///
/// ```
/// use agent_trace_llm::wire::openai::ResponsesStream;
///
/// let mut stream = ResponsesStream::new();
/// stream.push(b"event: response.output_text.delta\n");
/// stream.push(b"data: {\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}\n\n");
/// stream.push(b"data: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_1\",");
/// stream.push(b"\"status\":\"completed\",\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\n");
/// assert_eq!(stream.text_chars(), 2);
/// let (reply, complete) = stream.finish();
/// assert!(complete);
/// assert_eq!(reply.id.as_deref(), Some("resp_1"));
/// assert_eq!(reply.usage.and_then(|usage| usage.input_tokens), Some(9));
/// ```
#[derive(Debug, Clone, Default)]
pub struct ResponsesStream {
    decoder: Decoder,
    state: State,
}

#[derive(Debug, Clone, Default)]
struct State {
    info: StreamInfo,
    text_chars: u64,
    /// The ids of calls of custom tools.
    custom: Vec<String>,
    malformed: u64,
    /// The last event was not JSON, which a cut within it would explain.
    damaged: bool,
    ended: bool,
}

impl ResponsesStream {
    /// A stream of which nothing has arrived.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes, split anywhere.
    pub fn push(&mut self, bytes: &[u8]) {
        let Self { decoder, state } = self;
        decoder.push(bytes, |event| {
            state.event(event.name, event.data.as_bytes());
        });
    }

    /// What the stream has said so far. Where several replies follow one another in it, of the last.
    pub fn info(&self) -> &StreamInfo {
        &self.state.info
    }

    /// Events so far that said nothing, because they were too large or not JSON.
    pub fn skipped(&self) -> u64 {
        self.state.malformed.saturating_add(self.decoder.skipped())
    }

    /// How many Unicode code points of text have arrived. Reasoning and refusals are left out.
    pub fn text_chars(&self) -> u64 {
        self.state.text_chars
    }

    /// The body has ended, or will not be read on: what the reply said, and whether it is complete.
    ///
    /// It is complete when the event came that ends it (`response.completed` or
    /// `response.incomplete`: the reply may stop short, the stream did not), and it reported no
    /// error. Usage comes with that event, so an incomplete reply has none.
    pub fn finish(mut self) -> (ResponseInfo, bool) {
        let Self { decoder, state } = &mut self;
        decoder.finish(|event| state.event(event.name, event.data.as_bytes()));
        let complete = self.state.complete();
        (self.state.info.finish(), complete)
    }
}

/// The accumulator for [`wire::read`](crate::wire::read).
pub(crate) fn responses_events() -> Box<dyn Events + Send> {
    Box::new(State::default())
}

impl Events for State {
    fn event(&mut self, _: &str, data: &[u8]) {
        let data = data.trim_ascii();
        if data.is_empty() || data == b"[DONE]" {
            return;
        }
        match ResponsesEvent::from_slice(data) {
            Ok(event) => {
                self.damaged = false;
                self.take(&event);
            }
            Err(_) => {
                self.malformed = self.malformed.saturating_add(1);
                self.damaged = true;
            }
        }
    }

    fn finish(self: Box<Self>) -> Read {
        let complete = self.complete();
        let mut read = Read::new(self.info.finish(), self.text_chars, complete);
        let is_function = |call: &&crate::ToolCallRef| match &call.id {
            Some(id) => !self.custom.contains(id),
            None => true,
        };
        let calls = read.info.tool_calls.iter().filter(is_function);
        read.tool_calls = calls.filter_map(|call| call.name.clone()).collect();
        read
    }
}

impl State {
    fn take(&mut self, event: &ResponsesEvent<'_>) {
        if event.begins() && self.ended {
            // Recordings of agents have one reply after another in a file.
            *self = Self {
                malformed: self.malformed,
                ..Self::default()
            };
        }
        self.info.begin_chunk();
        self.text_chars = self.text_chars.saturating_add(event.text_chars());
        for (_, item) in event.calls() {
            let call = item.call().filter(|call| !call.function);
            if let Some(id) = call.and_then(|call| call.id) {
                let id = cap(id, MAX_ID);
                if self.custom.len() < MAX_CUSTOM && !self.custom.iter().any(|known| known == id) {
                    self.custom.push(id.to_owned());
                }
            }
        }
        event.accumulate(&mut self.info);
        if let Some(reply) = event.end() {
            self.ended = true;
            // Whoever listens to few events may have seen no delta.
            if self.text_chars == 0 {
                self.text_chars = reply.text_chars();
            }
        }
    }

    fn complete(&self) -> bool {
        self.ended && !self.damaged && self.info.error_type().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ToolCallRef;

    const CREATED: &str = "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"model\":\"gpt-5\",\"status\":\"in_progress\",\"output\":[],\"usage\":null}}\n\n";
    const DELTA: &str = "data: {\"type\":\"response.output_text.delta\",\"delta\":\"h\u{e9}\"}\n\n";
    const CALL: &str = "data: {\"type\":\"response.output_item.added\",\"output_index\":1,\"item\":{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"call_1\",\"name\":\"search\"}}\n\n";
    const CUSTOM: &str = "data: {\"type\":\"response.output_item.done\",\"output_index\":2,\"item\":{\"type\":\"custom_tool_call\",\"id\":\"ctc_1\",\"call_id\":\"call_2\",\"name\":\"run\"}}\n\n";
    const REASONING: &str =
        "data: {\"type\":\"response.reasoning_summary_text.delta\",\"delta\":\"secret\"}\n\n";

    fn end(kind: &str, rest: &str) -> String {
        format!(
            "data: {{\"type\":\"response.{kind}\",\"response\":{{\"id\":\"resp_1\",\"status\":\"{kind}\",{rest}\"usage\":{{\"input_tokens\":9,\"output_tokens\":5}}}}}}\n\n"
        )
    }

    fn read(parts: &[&str]) -> Read {
        let mut state = responses_events();
        let mut decoder = Decoder::new();
        for bytes in parts.concat().as_bytes().chunks(7) {
            decoder.push(bytes, |event| {
                state.event(event.name, event.data.as_bytes());
            });
        }
        decoder.finish(|event| state.event(event.name, event.data.as_bytes()));
        state.finish()
    }

    #[test]
    fn a_whole_stream() {
        let output = "\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"h\u{e9}\"}]},{\"type\":\"function_call\",\"call_id\":\"call_1\",\"name\":\"search\"},{\"type\":\"custom_tool_call\",\"call_id\":\"call_2\",\"name\":\"run\"}],";
        let completed = end("completed", output);
        let read = read(&[CREATED, REASONING, DELTA, CALL, CUSTOM, &completed]);
        assert!(read.complete);
        assert_eq!(read.text_chars, 2);
        assert_eq!(read.tool_calls, ["search"]);
        assert_eq!(
            read.info.tool_calls,
            [
                ToolCallRef::new("call_1", "search"),
                ToolCallRef::new("call_2", "run")
            ]
        );
        assert_eq!(read.info.model.as_deref(), Some("gpt-5"));
        assert_eq!(read.info.status.as_deref(), Some("completed"));
        assert_eq!(read.info.finish_reasons, ["completed"]);
        let usage = read.info.usage.expect("reported");
        assert_eq!(
            (usage.input_tokens, usage.output_tokens),
            (Some(9), Some(5))
        );
    }

    #[test]
    fn without_deltas_the_end_has_the_text() {
        let output = "\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"h\u{e9}\"}]}],";
        assert_eq!(read(&[&end("completed", output)]).text_chars, 2);
    }

    #[test]
    fn every_way_to_end() {
        let incomplete = read(&[CREATED, DELTA, &end("incomplete", "")]);
        assert!(incomplete.complete && incomplete.info.usage.is_some());
        assert_eq!(incomplete.info.finish_reasons, ["incomplete"]);

        let error = "\"error\":{\"code\":\"server_error\",\"message\":\"secret\"},";
        let failed = read(&[CREATED, &end("failed", error)]);
        assert!(!failed.complete && failed.info.usage.is_some());
        assert_eq!(failed.info.error_type.as_deref(), Some("server_error"));
        let failed = read(&[CREATED, &end("failed", "")]);
        assert_eq!(failed.info.error_type.as_deref(), Some("_OTHER"));

        let cut = read(&[CREATED, DELTA]);
        assert!(!cut.complete && cut.info.usage.is_none());
        assert_eq!(cut.info.status.as_deref(), Some("in_progress"));
        assert!(cut.info.finish_reasons.is_empty());

        let completed = end("completed", "");
        let within = read(&[CREATED, &completed[..completed.len() - 8]]);
        assert!(!within.complete && within.info.usage.is_none());
    }

    #[test]
    fn error_events() {
        for (data, error) in [
            (
                "{\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"secret\"}",
                "rate_limit_exceeded",
            ),
            (
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\"}}",
                "invalid_request_error",
            ),
            ("{\"type\":\"error\",\"code\":null}", "_OTHER"),
        ] {
            let read = read(&[CREATED, &format!("event: error\ndata: {data}\n\n")]);
            assert_eq!(read.info.error_type.as_deref(), Some(error), "{data}");
            assert!(!read.complete);
        }
    }

    #[test]
    fn one_reply_after_another() {
        let completed = end("completed", "");
        let second = CREATED.replace("resp_1", "resp_2");
        let read = read(&[CREATED, CALL, &completed, &second, DELTA]);
        assert_eq!(read.info.id.as_deref(), Some("resp_2"));
        assert!(!read.complete && read.info.usage.is_none() && read.tool_calls.is_empty());
    }
}
