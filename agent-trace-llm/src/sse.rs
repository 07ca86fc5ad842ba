//! Server-sent events, as they come from the network.

use std::borrow::Cow;
use std::fmt;

use memchr::{memchr, memchr2};

/// The longest event that is kept unless said otherwise: room for a chunk with audio in it.
const DEFAULT_LIMIT: usize = 4 * 1024 * 1024;

/// Less than this could not tell one field from another.
const MIN_LIMIT: usize = 64;

/// The longest event name that is kept.
const MAX_EVENT_NAME: usize = 256;

const BOM: &[u8] = "\u{feff}".as_bytes();

/// An incremental decoder of `text/event-stream`.
///
/// Takes the bytes of a body in whatever pieces they arrive and hands out the events, the same ones
/// for every way of splitting: lines may end in LF, CR or CRLF, characters and line ends may be
/// split between two reads, a byte order mark and comments are passed over, several `data` lines
/// are one event, and what is not UTF-8 is replaced. An event that the end of the body leaves
/// without its blank line is handed out by [`finish`](Decoder::finish), which is where a decoder
/// for browsers would discard it.
///
/// Memory is bounded: an event beyond the limit is skipped and counted, and decoding goes on. A name
/// of more than 256 bytes is taken for none.
///
/// ```
/// use agent_trace_llm::sse::Decoder;
///
/// let mut decoder = Decoder::new();
/// let mut events = Vec::new();
/// decoder.push(b": hello\r\nevent: delta\r\nda", |_| unreachable!("no event is whole yet"));
/// decoder.push(b"ta: one\r\n\r\ndata: two", |event| {
///     events.push((event.name.to_owned(), event.data.to_owned()));
/// });
/// decoder.finish(|event| events.push((event.name.to_owned(), event.data.to_owned())));
///
/// assert_eq!(events, [("delta".to_owned(), "one".to_owned()), (String::new(), "two".to_owned())]);
/// ```
#[derive(Clone)]
pub struct Decoder {
    limit: usize,
    /// A line whose end has not arrived.
    line: Vec<u8>,
    /// Whether that line is longer than the limit, so that only its start is kept.
    line_cut: bool,
    /// The last byte was a CR that ended a line; an LF right after it belongs to it.
    after_cr: bool,
    /// No line has ended yet, so the next may begin with a byte order mark.
    at_start: bool,
    event: Pending,
    events: u64,
    skipped: u64,
}

/// What came of the event whose blank line has not arrived, in the bytes that are being read: it is
/// copied when they end before it does.
#[derive(Clone, Copy, Default)]
struct Seen<'b> {
    name: Option<&'b [u8]>,
    /// The data, if it is one line.
    data: Option<&'b [u8]>,
}

/// The same in the bytes before, and data of several lines.
#[derive(Clone, Default)]
struct Pending {
    name: Vec<u8>,
    data: Vec<u8>,
    has_data: bool,
    oversized: bool,
}

/// One event.
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Event<'a> {
    /// The `event` field, empty if there was none.
    pub name: &'a str,
    /// The `data` fields, joined by line feeds.
    pub data: &'a str,
}

impl Decoder {
    /// A decoder at the start of a body.
    pub fn new() -> Self {
        Self::with_limit(DEFAULT_LIMIT)
    }

    /// A decoder that skips events of more than `bytes` bytes. The default is 4 MiB; a limit below
    /// 64 bytes is raised to that.
    pub fn with_limit(bytes: usize) -> Self {
        Self {
            limit: bytes.max(MIN_LIMIT),
            line: Vec::new(),
            line_cut: false,
            after_cr: false,
            at_start: true,
            event: Pending::default(),
            events: 0,
            skipped: 0,
        }
    }

    /// Takes the next bytes and hands out the events that they complete.
    pub fn push(&mut self, bytes: &[u8], mut on_event: impl FnMut(Event<'_>)) {
        let mut rest = bytes;
        if self.after_cr && !rest.is_empty() {
            self.after_cr = false;
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        }
        let mut seen = Seen::default();
        while let Some(end) = memchr2(b'\n', b'\r', rest) {
            let (line, after) = rest.split_at(end);
            let (ending, after) = after.split_at(1);
            rest = after;
            if ending == b"\r" {
                self.after_cr = rest.is_empty();
                rest = rest.strip_prefix(b"\n").unwrap_or(rest);
            }
            if self.line.is_empty() {
                // The line is whole in the input and need not be copied.
                let cut = line.len() > self.limit;
                let line = &line[..line.len().min(self.limit)];
                self.line(line, cut, &mut seen, &mut on_event);
            } else {
                self.end_kept(line, &mut on_event);
            }
        }
        self.keep(rest);
        self.event.keep(seen, self.limit);
    }

    /// The body has ended: hands out the event that was left without its blank line, if there is
    /// one. The decoder is then at the start of another body; its counters go on.
    pub fn finish(&mut self, mut on_event: impl FnMut(Event<'_>)) {
        if !self.line.is_empty() {
            self.end_kept(b"", &mut on_event);
        }
        self.dispatch(&mut Seen::default(), &mut on_event);
        self.after_cr = false;
        self.at_start = true;
    }

    /// Events handed out so far.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Events skipped so far because they were larger than the limit.
    pub fn skipped(&self) -> u64 {
        self.skipped
    }

    /// Keeps a part of a line whose end has not arrived, as far as the limit allows.
    fn keep(&mut self, part: &[u8]) {
        let room = self.limit - self.line.len();
        self.line_cut |= part.len() > room;
        self.line.extend_from_slice(&part[..part.len().min(room)]);
    }

    /// The line that was kept has ended with `part`.
    fn end_kept(&mut self, part: &[u8], on_event: &mut impl FnMut(Event<'_>)) {
        self.keep(part);
        let mut line = std::mem::take(&mut self.line);
        let cut = std::mem::take(&mut self.line_cut);
        let mut seen = Seen::default();
        self.line(&line, cut, &mut seen, on_event);
        self.event.keep(seen, self.limit);
        line.clear();
        self.line = line;
    }

    /// A whole line, or the start of one that was cut.
    fn line<'b>(
        &mut self,
        line: &'b [u8],
        cut: bool,
        seen: &mut Seen<'b>,
        on_event: &mut impl FnMut(Event<'_>),
    ) {
        let line = match std::mem::take(&mut self.at_start) {
            true => line.strip_prefix(BOM).unwrap_or(line),
            false => line,
        };
        if line.is_empty() {
            self.dispatch(seen, on_event);
            return;
        }
        let colon = memchr(b':', line).unwrap_or(line.len());
        let (field, value) = line.split_at(colon);
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match field {
            b"data" => {
                let first = seen.data.is_none() && self.event.is_empty();
                if first && !cut {
                    seen.data = Some(value);
                } else {
                    self.event.keep(std::mem::take(seen), self.limit);
                    self.event.data(value, cut, self.limit);
                }
            }
            b"event" => {
                let kept = !cut && value.len() <= MAX_EVENT_NAME;
                seen.name = Some(if kept { value } else { b"" });
            }
            // Comments have no field name; `id` and `retry` are for reconnecting.
            _ => {}
        }
    }

    fn dispatch(&mut self, seen: &mut Seen<'_>, on_event: &mut impl FnMut(Event<'_>)) {
        let event = &mut self.event;
        let Seen { name, data } = std::mem::take(seen);
        let data = data.or(event.has_data.then_some(&event.data));
        if event.oversized {
            self.skipped = self.skipped.saturating_add(1);
        } else if let Some(data) = data {
            self.events = self.events.saturating_add(1);
            let (name, data) = (text(name.unwrap_or(&event.name)), text(data));
            on_event(Event {
                name: &name,
                data: &data,
            });
        }
        event.name.clear();
        event.data.clear();
        event.has_data = false;
        event.oversized = false;
    }
}

impl Pending {
    /// Whether nothing came of the data.
    fn is_empty(&self) -> bool {
        !self.has_data && !self.oversized
    }

    /// Copies what would be lost with the bytes that are being read.
    fn keep(&mut self, seen: Seen<'_>, limit: usize) {
        if let Some(name) = seen.name {
            self.name.clear();
            self.name.extend_from_slice(name);
        }
        if let Some(data) = seen.data {
            self.data(data, false, limit);
        }
    }

    fn data(&mut self, value: &[u8], cut: bool, limit: usize) {
        let separator = usize::from(self.has_data);
        if cut || value.len() + separator > limit - self.data.len() {
            self.oversized = true;
            self.data.clear();
        }
        if self.oversized {
            return;
        }
        if self.has_data {
            self.data.push(b'\n');
        }
        self.data.extend_from_slice(value);
        self.has_data = true;
    }
}

/// Line ends are never inside a character, so decoding an event at a time is decoding the body.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    // Many times as fast for what is UTF-8.
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}

// Events are content, so neither type prints them.
impl fmt::Debug for Decoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder")
            .field("limit", &self.limit)
            .field("events", &self.events)
            .field("skipped", &self.skipped)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("name", &self.name)
            .field("data", &format_args!("{} bytes", self.data.len()))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(body: &[u8]) -> Vec<(String, String)> {
        let mut decoder = Decoder::new();
        let mut events = Vec::new();
        let mut keep = |event: Event<'_>| {
            events.push((event.name.to_owned(), event.data.to_owned()));
        };
        decoder.push(body, &mut keep);
        decoder.finish(&mut keep);
        events
    }

    fn data(body: &[u8]) -> Vec<String> {
        decode(body).into_iter().map(|(_, data)| data).collect()
    }

    #[test]
    fn line_endings() {
        for end in ["\n", "\r", "\r\n"] {
            let body = format!("data: a{end}data: b{end}{end}data:c{end}{end}{end}data{end}{end}");
            assert_eq!(data(body.as_bytes()), ["a\nb", "c", ""], "{end:?}");
        }
    }

    #[test]
    fn fields() {
        let body = b"\xef\xbb\xbf: comment\nid: 1\nretry: 10\nevent: delta\ndata:  two spaces\n\
            unknown: x\ndatum: y\ndata: a:b\n\nevent: alone\n\ndata: after\n\n";
        assert_eq!(
            decode(body),
            [
                ("delta".to_owned(), " two spaces\na:b".to_owned()),
                (String::new(), "after".to_owned()),
            ]
        );
    }

    #[test]
    fn the_last_event_may_lack_its_blank_line() {
        assert_eq!(data(b"data: a\n\ndata: b"), ["a", "b"]);
        assert_eq!(data(b"data: a\n"), ["a"]);
        assert_eq!(data(b"data: a\r"), ["a"]);
        assert_eq!(data(b"event: a\n: b"), [""; 0]);
    }

    #[test]
    fn invalid_utf8_is_replaced() {
        assert_eq!(data(b"data: a\xffb\n\n"), ["a\u{fffd}b"]);
    }

    #[test]
    fn oversized_events_are_skipped_and_counted() {
        let long = "x".repeat(200);
        let many = "data: 0123456789\n".repeat(20);
        let body = format!(
            "data: a\n\ndata: {long}\n\ndata: b\n\n{many}\ndata: c\n\n: {long}\nid: {long}\ndata: d\n\n"
        );
        for step in [1, 7, 64, body.len()] {
            let mut decoder = Decoder::with_limit(0);
            let mut events = Vec::new();
            for bytes in body.as_bytes().chunks(step) {
                decoder.push(bytes, |event| events.push(event.data.to_owned()));
                assert!(decoder.line.capacity() <= 4 * MIN_LIMIT);
                assert!(decoder.event.data.capacity() <= 4 * MIN_LIMIT);
            }
            decoder.finish(|event| events.push(event.data.to_owned()));
            assert_eq!(events, ["a", "b", "c", "d"], "in steps of {step}");
            assert_eq!((decoder.events(), decoder.skipped()), (4, 2));
        }
    }

    #[test]
    fn nothing_of_an_event_is_printed() {
        let mut decoder = Decoder::new();
        let mut printed = String::new();
        decoder.push(b"data: secret\n\ndata: sec", |event| {
            printed.push_str(&format!("{event:?}"));
        });
        printed.push_str(&format!("{decoder:?}"));
        assert!(!printed.contains("sec"), "{printed}");
    }
}
