use crate::sse::Decoder;
use crate::wire::events::Events;
use crate::wire::json;
use crate::wire::openai::ChatChunk;
use crate::wire::openai::dialect::{Dialect, STANDARD};
use crate::wire::openai::error_body::ErrorBody;
use crate::wire::openai::tell_tale::provider_of;
use crate::wire::read::Read;
use crate::{LlmChunk, Provider, ResponseInfo, StreamInfo};

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
    /// The provider's, if that is known.
    dialect: Option<&'static Dialect>,
    /// The framing has no `[DONE]`.
    unmarked: bool,
    info: StreamInfo,
    text_chars: u64,
    /// A chunk said that another one will bring usage.
    usage_promised: bool,
    /// The choices that have begun.
    choices: Vec<u32>,
    malformed: u64,
    /// The last event was not JSON, which a cut within it would explain.
    damaged: bool,
    done: bool,
}

impl ChatStream {
    /// A stream of which nothing has arrived.
    pub fn new() -> Self {
        Self::default()
    }

    /// A stream of a compatible provider, read by its rules. Without it, the fields that give a
    /// provider away are looked for.
    pub fn from_provider(provider: &Provider) -> Self {
        let mut stream = Self::default();
        stream.state.dialect = Some(Dialect::of(provider));
        stream
    }

    /// Takes the next bytes, split anywhere.
    pub fn push(&mut self, bytes: &[u8]) {
        let Self { decoder, state } = self;
        decoder.push(bytes, |event| {
            state.event(event.name, event.data.as_bytes());
        });
    }

    /// How many Unicode code points of text have arrived, of all choices. Reasoning and refusals are
    /// left out.
    pub fn text_chars(&self) -> u64 {
        self.state.text_chars
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
    /// It is complete when the provider said so (`[DONE]`; a finish reason for every choice that
    /// began and the usage that was promised, with the few who never send that), reported no error,
    /// and the last event was whole. Of an incomplete reply, usage is what had been reported until
    /// then, which for this API is mostly nothing.
    pub fn finish(mut self) -> (ResponseInfo, bool) {
        let Self { decoder, state } = &mut self;
        decoder.finish(|event| state.event(event.name, event.data.as_bytes()));
        let complete = self.state.complete();
        (self.state.info.finish(), complete)
    }
}

/// The accumulator for [`wire::read`](crate::wire::read). `marked`: the framing has `[DONE]`.
pub(crate) fn chat_events(provider: Option<&Provider>, marked: bool) -> Box<dyn Events + Send> {
    Box::new(State {
        dialect: provider.map(Dialect::of),
        unmarked: !marked,
        ..State::default()
    })
}

impl Events for State {
    fn event(&mut self, name: &str, data: &[u8]) {
        if self.done {
            return;
        }
        let data = data.trim_ascii();
        if data == b"[DONE]" {
            self.done = true;
            self.damaged = false;
            return;
        }
        if data.is_empty() {
            return;
        }
        match ChatChunk::from_dialect(self.dialect.unwrap_or(&STANDARD), data) {
            Ok(chunk) => {
                self.chunk(&chunk);
                if self.dialect.is_none() && chunk.has_usage() {
                    self.dialect = provider_of(data).as_ref().map(Dialect::of);
                }
                self.damaged = false;
            }
            Err(_) => {
                self.malformed = self.malformed.saturating_add(1);
                self.damaged = true;
            }
        }
        if name == "error" {
            // The name says it, whatever the shape of the data. What the chunk said stays.
            let bare: ErrorBody = json::from_slice(data).unwrap_or_default();
            self.info
                .error(bare.error_type().unwrap_or("_OTHER".into()));
        }
    }

    fn finish(self: Box<Self>) -> Read {
        let complete = self.complete();
        Read::new(self.info.finish(), self.text_chars, complete)
    }
}

impl State {
    fn chunk(&mut self, chunk: &ChatChunk<'_>) {
        self.info.begin_chunk();
        for choice in chunk.choices() {
            if !self.choices.contains(&choice) && self.choices.len() < MAX_CHOICES {
                self.choices.push(choice);
            }
        }
        self.text_chars = self.text_chars.saturating_add(chunk.text_chars());
        self.usage_promised |= chunk.promises_usage();
        chunk.accumulate(&mut self.info);
    }

    fn complete(&self) -> bool {
        let marked = !self.unmarked && self.dialect.unwrap_or(&STANDARD).marked;
        let ended = self.done || (!marked && self.ended());
        ended && !self.damaged && self.info.error_type().is_none()
    }

    /// Whether every choice that began has ended, and what was promised has come.
    fn ended(&self) -> bool {
        let ended = |choice| self.info.finish_reasons().any(|(ended, _)| ended == choice);
        !self.choices.is_empty()
            && self.choices.iter().all(|choice| ended(*choice))
            && (!self.usage_promised || self.info.current_usage().is_some())
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
        assert!(!complete(&[TEXT, STOP, USAGE]));
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
        assert!(!complete);
        assert_eq!(reply.usage, None);
    }

    #[test]
    fn those_who_never_send_the_mark() {
        let complete = |parts: &[&str]| {
            let mut stream = ChatStream::from_provider(&Provider::PERPLEXITY);
            stream.push(parts.concat().as_bytes());
            stream.finish().1
        };
        assert!(complete(&[TEXT, STOP, USAGE]));
        assert!(complete(&[TEXT, STOP]));
        assert!(!complete(&[TEXT]));
        // A place for usage that is empty promises that it will come.
        let promise = STOP.replace("\"choices\"", "\"usage\":null,\"choices\"");
        assert!(!complete(&[TEXT, &promise]));
        assert!(complete(&[TEXT, &promise, USAGE]));
        // A field that gives the provider away does as well.
        let citations = STOP.replace(
            "\"choices\"",
            "\"citations\":[],\"usage\":{\"prompt_tokens\":9},\"choices\"",
        );
        assert!(read(&[TEXT, &citations].concat()).1);
    }

    #[test]
    fn usage_in_several_places_is_counted_once() {
        let usage = "{\"prompt_tokens\":12,\"completion_tokens\":26}";
        for body in [
            format!("\"x_groq\":{{\"usage\":{usage}}}"),
            format!("\"usage\":{usage}"),
            format!("\"x_groq\":{{\"usage\":{usage}}},\"usage\":{usage}"),
            format!("\"choices\":[{{\"usage\":{usage}}}]"),
        ] {
            let event = format!("data: {{{body}}}\n\n");
            let (reply, _) = read(&[&event, &event, DONE].concat());
            let usage = reply.usage.expect("reported");
            assert_eq!(
                (usage.input_tokens, usage.output_tokens),
                (Some(12), Some(26)),
                "{body}"
            );
        }
    }

    #[test]
    fn text_is_counted_and_not_kept() {
        let mut stream = ChatStream::new();
        let event = "data: {\"choices\":[{\"delta\":{\"content\":\"h\u{e9}\u{1f600}\",\"reasoning_content\":\"secret\"}}]}\n\n";
        stream.push(event.as_bytes());
        stream.push(
            event
                .replace("\"delta\":{\"content\"", "\"delta\":{\"refusal\"")
                .as_bytes(),
        );
        assert_eq!(stream.text_chars(), 3);
        assert!(!format!("{stream:?}").contains("secret"));
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
