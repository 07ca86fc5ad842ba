use crate::sse::{Decoder, Event};
use crate::wire::openai::ChatChunk;
use crate::wire::openai::error_body::ErrorBody;
use crate::{LlmChunk, ResponseInfo, StreamInfo};

/// Choices whose end is watched for.
const MAX_CHOICES: usize = 128;

/// A streamed chat completion, fed with the bytes of the response body as they arrive.
///
/// ```
/// use agent_trace_llm::wire::openai::ChatStream;
///
/// let body = concat!(
///     "data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n",
///     "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
///     "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1}}\n\n",
///     "data: [DONE]\n\n",
/// );
/// let mut stream = ChatStream::default();
/// for bytes in body.as_bytes().chunks(7) {
///     stream.push(bytes);
/// }
/// let (reply, complete) = stream.finish();
/// assert!(complete);
/// assert_eq!(reply.finish_reasons, ["stop"]);
/// assert_eq!(reply.usage.and_then(|usage| usage.output_tokens), Some(1));
/// ```
#[derive(Debug, Clone, Default)]
pub struct ChatStream {
    decoder: Decoder,
    state: State,
}

#[derive(Debug, Clone, Default)]
struct State {
    info: StreamInfo,
    /// The choices that have begun.
    choices: Vec<u32>,
    malformed: u64,
    done: bool,
}

impl ChatStream {
    /// A stream of which nothing has arrived.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes, split anywhere.
    pub fn push(&mut self, bytes: &[u8]) {
        let Self { decoder, state } = self;
        decoder.push(bytes, |event| state.event(event));
    }

    /// What the stream has said so far.
    pub fn info(&self) -> &StreamInfo {
        &self.state.info
    }

    /// Events so far that said nothing, because they were too large or not JSON.
    pub fn skipped(&self) -> u64 {
        self.state.malformed.saturating_add(self.decoder.skipped())
    }

    /// The body has ended, or will not be read on: what the reply said, and whether it is complete.
    ///
    /// It is complete when the provider said so (`[DONE]`, or a finish reason for every choice that
    /// began), reported no error, and was not cut within an event. Of an incomplete reply, usage is
    /// what had been reported until then, which for this API is mostly nothing.
    pub fn finish(mut self) -> (ResponseInfo, bool) {
        let malformed = self.state.malformed;
        let Self { decoder, state } = &mut self;
        decoder.finish(|event| state.event(event));
        let cut = state.malformed > malformed;
        let complete = !cut && state.info.error_type().is_none() && (state.done || state.ended());
        (self.state.info.finish(), complete)
    }
}

impl State {
    fn event(&mut self, event: Event<'_>) {
        if self.done {
            return;
        }
        let data = event.data.trim();
        if data == "[DONE]" {
            self.done = true;
            return;
        }
        if data.is_empty() {
            return;
        }
        match ChatChunk::from_slice(data.as_bytes()) {
            Ok(chunk) => self.chunk(&chunk),
            Err(_) => self.malformed = self.malformed.saturating_add(1),
        }
        if event.name == "error" {
            // The name says it, whatever the shape of the data. What the chunk said stays.
            let bare: ErrorBody = serde_json::from_str(data).unwrap_or_default();
            self.info
                .error(bare.error_type().unwrap_or("_OTHER".into()));
        }
    }

    fn chunk(&mut self, chunk: &ChatChunk<'_>) {
        self.info.begin_chunk();
        for choice in chunk.choices() {
            if !self.choices.contains(&choice) && self.choices.len() < MAX_CHOICES {
                self.choices.push(choice);
            }
        }
        chunk.accumulate(&mut self.info);
    }

    /// Whether every choice that began has ended.
    fn ended(&self) -> bool {
        let ended = |choice| self.info.finish_reasons().any(|(ended, _)| ended == choice);
        !self.choices.is_empty() && self.choices.iter().all(|choice| ended(*choice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> (ResponseInfo, bool) {
        let mut stream = ChatStream::new();
        stream.push(body.as_bytes());
        stream.finish()
    }

    const TEXT: &str = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n";
    const STOP: &str =
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    const USAGE: &str =
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1}}\n\n";
    const DONE: &str = "data: [DONE]\n\n";

    #[test]
    fn complete_and_not() {
        let complete = |parts: &[&str]| read(&parts.concat()).1;
        assert!(complete(&[TEXT, STOP, USAGE, DONE]));
        assert!(complete(&[TEXT, STOP, DONE]));
        assert!(complete(&[TEXT, STOP, USAGE]));
        // Without the last blank line the event still counts.
        assert!(complete(&[TEXT, STOP, DONE.trim_end()]));
        assert!(!complete(&[]));
        assert!(!complete(&[TEXT]));
        assert!(!complete(&[TEXT, &STOP[..STOP.len() - 10]]));
        assert!(!complete(&[TEXT, STOP, &USAGE[..20]]));
        assert!(!complete(&[
            TEXT,
            "data: {\"error\":{\"code\":\"server_error\"}}\n\n",
            DONE
        ]));
        let other_choice = TEXT.replace("\"index\":0", "\"index\":1");
        assert!(!complete(&[TEXT, &other_choice, STOP]));
    }

    #[test]
    fn a_cut_stream_reports_no_usage() {
        let (reply, complete) = read(&[TEXT, STOP].concat());
        assert!(complete);
        assert_eq!(reply.usage, None);
    }

    #[test]
    fn errors_within_the_stream() {
        let named = "event: error\ndata: {\"message\":\"secret\"}\n\n";
        assert_eq!(read(named).0.error_type.as_deref(), Some("_OTHER"));
        let bare = "event: error\ndata: {\"code\":\"server_error\",\"message\":\"secret\"}\n\n";
        assert_eq!(read(bare).0.error_type.as_deref(), Some("server_error"));
        let text = "event: error\ndata: all is lost\n\n";
        assert_eq!(read(text).0.error_type.as_deref(), Some("_OTHER"));
        let typed = "event: error\ndata: {\"error\":{\"type\":\"overloaded_error\"}}\n\n";
        assert_eq!(
            read(typed).0.error_type.as_deref(),
            Some("overloaded_error")
        );
        let in_band = "data: {\"error\":{\"message\":\"secret\",\"code\":502},\"choices\":[]}\n\n";
        assert_eq!(read(in_band).0.error_type.as_deref(), Some("502"));
    }

    #[test]
    fn what_is_not_json_is_skipped_and_counted() {
        let mut stream = ChatStream::new();
        let body = [
            ": keep-alive\n\n",
            "data: oops\n\n",
            TEXT,
            "data:\n\n",
            STOP,
            DONE,
            TEXT,
        ];
        stream.push(body.concat().as_bytes());
        assert_eq!(stream.skipped(), 1);
        assert_eq!(
            (stream.info().chunks(), stream.info().content_chunks()),
            (2, 1)
        );
        assert!(stream.finish().1);
    }
}
