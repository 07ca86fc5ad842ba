use std::fmt;

use crate::wire::any::{Api, BOM, BodyFormat, document, events};
use crate::wire::error_detail::ErrorDetail;
use crate::wire::events::Events;
use crate::wire::read::Read;
use crate::{Provider, event_stream, ndjson, sse};

/// The largest document that is kept.
const MAX_BODY: usize = 256 * 1024 * 1024;

/// Reads a response body as it arrives; [`read`](super::read) bit by bit.
///
/// ```
/// use agent_trace_llm::wire::{Api, BodyFormat, Reader};
///
/// let mut reader = Reader::new(Api::OpenAiChat, BodyFormat::Sse, None);
/// for bytes in [&b"data: {\"choices\":[{\"delta\":{\"content\":\"H"[..], b"i\"}}]}\n\ndata: [DO"] {
///     reader.push(bytes);
/// }
/// let read = reader.finish();
/// assert_eq!((read.text_chars, read.complete), (2, false));
/// ```
pub struct Reader {
    api: Api,
    provider: Option<Provider>,
    framing: Framing,
    /// Nothing but space has arrived.
    blank: bool,
    sink: Sink,
}

enum Framing {
    Document(Vec<u8>),
    /// A document where a stream was expected: a server refuses in one, whatever it was asked for.
    Unexpected(Vec<u8>),
    Sse(sse::Decoder),
    Lines(ndjson::Decoder),
    Frames(event_stream::Decoder),
}

/// Where the events go.
struct Sink {
    events: Box<dyn Events + Send>,
    /// The first event that may tell of a failure.
    error: Option<ErrorDetail>,
}

impl Reader {
    /// A reader of which nothing has arrived.
    pub fn new(api: Api, format: BodyFormat, provider: Option<&Provider>) -> Self {
        Self {
            api,
            provider: provider.cloned(),
            framing: match format {
                BodyFormat::Json => Framing::Document(Vec::new()),
                BodyFormat::Sse => Framing::Sse(sse::Decoder::new()),
                BodyFormat::NdJson | BodyFormat::JsonChunks => {
                    Framing::Lines(ndjson::Decoder::new())
                }
                BodyFormat::AwsEventStream => Framing::Frames(event_stream::Decoder::new()),
            },
            blank: true,
            sink: Sink {
                events: events(api, format, provider),
                error: None,
            },
        }
    }

    /// Takes the next bytes, split anywhere. Of a document, more than 256 MiB are not kept.
    pub fn push(&mut self, mut bytes: &[u8]) {
        if self.blank {
            let space = |byte: &&u8| byte.is_ascii_whitespace() || BOM.contains(*byte);
            let rest = &bytes[bytes.iter().take_while(space).count()..];
            self.blank = rest.is_empty();
            let framed = matches!(self.framing, Framing::Sse(_) | Framing::Frames(_));
            // No line of an SSE stream begins like that, and no length of a frame.
            if framed && matches!(rest.first(), Some(b'{' | b'[')) {
                self.framing = Framing::Unexpected(Vec::new());
                bytes = rest;
            }
        }
        let sink = &mut self.sink;
        match &mut self.framing {
            Framing::Document(body) | Framing::Unexpected(body) => {
                let room = MAX_BODY - body.len();
                body.extend_from_slice(&bytes[..bytes.len().min(room)]);
            }
            Framing::Sse(decoder) => {
                decoder.push(bytes, |event| sink.event(event.name, event.data.as_bytes()));
            }
            Framing::Lines(decoder) => decoder.push(bytes, |line| sink.event("", line)),
            Framing::Frames(decoder) => decoder.push(bytes, |message| sink.message(message)),
        }
    }

    /// The body has ended, or will not be read on: what it said.
    pub fn finish(self) -> Read {
        let mut sink = self.sink;
        let framed = match self.framing {
            Framing::Document(body) => return document(self.api, self.provider.as_ref(), &body),
            Framing::Unexpected(body) => {
                let mut read = document(self.api, self.provider.as_ref(), &body);
                read.complete &= read.info.error_type.is_none();
                return read;
            }
            Framing::Sse(mut decoder) => {
                decoder.finish(|event| sink.event(event.name, event.data.as_bytes()));
                true
            }
            Framing::Lines(mut decoder) => {
                decoder.finish(|line| sink.event("", line));
                true
            }
            Framing::Frames(mut decoder) => decoder.finish().is_ok(),
        };
        let mut read = sink.events.finish();
        read.complete &= framed && read.info.error_type.is_none();
        if read.info.error_type.is_some() {
            read.error = sink.error;
        }
        read
    }
}

impl Sink {
    fn event(&mut self, name: &str, data: &[u8]) {
        if self.error.is_none() && (name == "error" || mentions_error(data)) {
            self.error = ErrorDetail::of_event(name, data);
        }
        self.events.event(name, data);
    }

    fn message(&mut self, message: event_stream::Message<'_>) {
        if message.is_exception() && self.error.is_none() {
            self.error = ErrorDetail::of_exception(message.exception_type(), message.payload);
        }
        self.events.event(message.name(), message.payload);
    }
}

/// Whether there can be a failure in an event: most have none, and are not read twice. Searching
/// text is many times as fast as searching bytes.
fn mentions_error(data: &[u8]) -> bool {
    std::str::from_utf8(data).is_ok_and(|text| text.contains("\"error\""))
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("api", &self.api)
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}
