use crate::sse;
use crate::wire::events::Events;
use crate::wire::gemini::GenerateContentChunk;
use crate::wire::gemini::array;
use crate::wire::read::Read;
use crate::wire::stream::{Progress, follow};
use crate::{LlmChunk, ResponseInfo};

/// Candidates whose end is watched for.
const MAX_CANDIDATES: usize = 128;

/// A reply of `streamGenerateContent`, fed with the bytes of the response body as they arrive.
///
/// Takes both forms that there are: server-sent events (`alt=sse`), and the JSON array that is sent
/// without it.
///
/// It is complete when every candidate that began has a finish reason, or the prompt was blocked, no
/// error was reported, and the array was closed if it is one. The API has no other mark of its end.
///
/// ```
/// use agent_trace_llm::wire::gemini::GenerateContentStream;
///
/// let body = concat!(
///     "[{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}]}\n,\r\n",
///     "{\"candidates\":[{\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":3}}]",
/// );
/// let mut stream = GenerateContentStream::new();
/// for bytes in body.as_bytes().chunks(7) {
///     stream.push(bytes);
/// }
/// assert_eq!(stream.text_chars(), 2);
/// let (reply, complete) = stream.finish();
/// assert!(complete);
/// assert_eq!(reply.finish_reasons, ["STOP"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct GenerateContentStream {
    framing: Framing,
    state: State,
}

#[derive(Debug, Clone, Default)]
enum Framing {
    /// Nothing but white space has arrived.
    #[default]
    Unknown,
    Events(sse::Decoder),
    Array(array::Decoder),
}

impl GenerateContentStream {
    /// A stream of which nothing has arrived.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes, split anywhere.
    pub fn push(&mut self, bytes: &[u8]) {
        let Self { framing, state } = self;
        if matches!(framing, Framing::Unknown) {
            *framing = match bytes.trim_ascii_start().first() {
                None => return,
                // A lone object is an error that came in place of the array.
                Some(b'[' | b'{') => Framing::Array(array::Decoder::default()),
                Some(_) => Framing::Events(sse::Decoder::new()),
            };
        }
        match framing {
            Framing::Unknown => {}
            Framing::Events(decoder) => {
                decoder.push(bytes, |event| {
                    state.event(event.name, event.data.as_bytes());
                });
            }
            Framing::Array(decoder) => decoder.push(bytes, |value| state.event("", value)),
        }
    }

    /// Events so far that said nothing, because they were too large or not JSON.
    pub fn skipped(&self) -> u64 {
        let skipped = match &self.framing {
            Framing::Unknown => 0,
            Framing::Events(decoder) => decoder.skipped(),
            Framing::Array(decoder) => decoder.skipped(),
        };
        self.state
            .progress
            .malformed_events()
            .saturating_add(skipped)
    }

    /// The body has ended, or will not be read on: what the reply said, and whether it is complete.
    /// Of an incomplete reply, usage is what had been reported until then.
    pub fn finish(self) -> (ResponseInfo, bool) {
        let Self { framing, mut state } = self;
        let closed = match framing {
            Framing::Unknown => false,
            Framing::Events(mut decoder) => {
                decoder.finish(|event| {
                    state.event(event.name, event.data.as_bytes());
                });
                true
            }
            Framing::Array(decoder) => decoder.is_closed(),
        };
        let read = Box::new(state).finish();
        (read.info, closed && read.complete)
    }
}

follow!(GenerateContentStream);

#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    progress: Progress,
    /// The candidates that have begun.
    candidates: Vec<u32>,
}

impl State {
    pub(crate) fn progress(&self) -> &Progress {
        &self.progress
    }

    pub(crate) fn chunk(&mut self, chunk: &GenerateContentChunk<'_>) {
        for candidate in chunk.candidates() {
            if !self.candidates.contains(&candidate) && self.candidates.len() < MAX_CANDIDATES {
                self.candidates.push(candidate);
            }
        }
        self.progress.text(chunk.text_chars());
        self.progress.info.begin_chunk();
        chunk.accumulate(&mut self.progress.info);
    }

    pub(crate) fn into_info(self) -> ResponseInfo {
        self.progress.info.finish()
    }

    /// Whether every candidate that began has ended.
    fn ended(&self) -> bool {
        let reasons = || self.progress.info.finish_reasons();
        let ended = |candidate| reasons().any(|(ended, _)| ended == candidate);
        !self.candidates.is_empty() && self.candidates.iter().all(|candidate| ended(*candidate))
    }
}

impl Events for State {
    fn event(&mut self, name: &str, data: &[u8]) {
        let data = data.trim_ascii();
        if data.is_empty() || data == b"[DONE]" {
            return;
        }
        match GenerateContentChunk::from_slice(data) {
            Ok(chunk) => self.chunk(&chunk),
            Err(_) => self.progress.malformed(),
        }
        if name == "error" {
            self.progress.failed(data);
        }
    }

    fn finish(self: Box<Self>) -> Read {
        let ended = self.ended();
        self.progress.finish(ended)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"candidates":[{"content":{"parts":[{"text":"Hi"}]}}],"usageMetadata":{"promptTokenCount":3}}"#;
    const STOP: &str = r#"{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":1}}"#;

    fn read(body: &str) -> (ResponseInfo, bool) {
        let mut stream = GenerateContentStream::new();
        stream.push(body.as_bytes());
        stream.finish()
    }

    #[test]
    fn both_forms_say_the_same() {
        let events = format!("data: {TEXT}\r\n\r\ndata: {STOP}\r\n\r\n");
        let array = format!("\n[{TEXT}\n,\r\n{STOP}\n]\n");
        let (reply, complete) = read(&events);
        assert!(complete);
        assert_eq!(reply.usage.and_then(|usage| usage.output_tokens), Some(1));
        assert_eq!(read(&array), (reply, true));
    }

    #[test]
    fn complete_and_not() {
        assert!(!read("").1);
        assert!(!read(" \n").1);
        assert!(!read("[").1);
        assert!(!read("[]").1);
        assert!(!read(&format!("data: {TEXT}\n\n")).1);
        assert!(!read(&format!("data: {TEXT}\n\ndata: {}\n\n", &STOP[..40])).1);
        assert!(!read(&format!("[{TEXT},{STOP}")).1);
        assert!(read(&format!("[{TEXT},{STOP}]")).1);
        let blocked = r#"{"promptFeedback":{"blockReason":"SAFETY"}}"#;
        assert!(read(&format!("data: {blocked}\n\n")).1);
    }

    #[test]
    fn errors_within_the_stream() {
        let error = r#"{"error":{"code":503,"message":"secret","status":"UNAVAILABLE"}}"#;
        for body in [
            format!("data: {TEXT}\n\ndata: {error}\n\n"),
            format!("[{TEXT},{error}]"),
            error.to_owned(),
        ] {
            let (reply, complete) = read(&body);
            assert_eq!(reply.error_type.as_deref(), Some("503"));
            assert!(!complete);
        }
    }
}
