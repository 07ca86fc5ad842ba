//! AWS event-stream frames (`application/vnd.amazon.eventstream`), as they come from the network.

mod crc32;

use std::fmt;

use crc32::crc32;

/// The largest message that AWS allows, and the largest that is kept unless said otherwise.
const DEFAULT_LIMIT: usize = 24 * 1024 * 1024;

/// Less than this has no room for the headers that every message has.
const MIN_LIMIT: usize = 256;

/// Total length, length of the headers, checksum of the two.
const PRELUDE: usize = 12;

const CHECKSUM: usize = 4;

/// An incremental decoder of AWS event-stream frames.
///
/// Takes the bytes of a body in whatever pieces they arrive and hands out the messages, the same
/// ones for every way of splitting. Both checksums of a message are verified before anything of it
/// is handed out.
///
/// Frames carry no mark by which the next one could be found, so after a checksum or a length that
/// is wrong the decoder **stops**: [`error`](Decoder::error) says why, and what arrives from then on
/// is ignored. Memory is bounded: a message beyond the limit is skipped by its (verified) length and
/// counted, and decoding goes on with the next.
///
/// ```
/// use agent_trace_llm::event_stream::{Decoder, Error};
///
/// // Two lengths and their checksum, one header, a payload, and the checksum of it all.
/// let frame = b"\0\0\0\x3d\0\0\0\x20\x07\xfd\x83\x96\
///     \x0ccontent-type\x07\0\x10application/json{'foo':'bar'}\x8d\x9c\x08\xb1";
/// let mut decoder = Decoder::new();
/// for bytes in frame.chunks(10) {
///     decoder.push(bytes, |message| {
///         assert_eq!(message.header("content-type"), Some("application/json"));
///         assert_eq!(message.payload, b"{'foo':'bar'}");
///     });
/// }
/// assert_eq!(decoder.messages(), 1);
///
/// decoder.push(&frame[..20], |_| unreachable!("the rest has not arrived"));
/// assert_eq!(decoder.finish(), Err(Error::Truncated));
/// ```
#[derive(Clone)]
pub struct Decoder {
    limit: usize,
    /// A frame whose end has not arrived.
    frame: Vec<u8>,
    /// How long that frame has to become before it can be looked at again.
    need: usize,
    /// Bytes still to come of a message that is too large.
    skipping: usize,
    error: Option<Error>,
    messages: u64,
    skipped: u64,
}

/// One message: headers and a payload.
#[derive(Clone, Copy)]
pub struct Message<'a> {
    headers: &'a [u8],
    /// What the message carries, mostly JSON.
    pub payload: &'a [u8],
}

/// Why the frames of a body could not be read on.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// The checksum over the lengths is wrong: what arrived is no frame.
    PreludeChecksum,
    /// The checksum over the message is wrong: it was damaged on its way.
    MessageChecksum,
    /// The lengths contradict each other.
    Length,
    /// The body ended within a message.
    Truncated,
}

/// What can be done with the bytes that are there.
enum Step<'a> {
    /// Wait until there are so many.
    Need(usize),
    /// Pass over so many.
    Skip(usize),
    /// The message of so many bytes is whole.
    Whole(Message<'a>, usize),
}

impl Decoder {
    /// A decoder at the start of a body.
    pub fn new() -> Self {
        Self::with_limit(DEFAULT_LIMIT)
    }

    /// A decoder that skips messages of more than `bytes` bytes. The default is 24 MiB, the largest
    /// that AWS allows; a limit below 256 bytes is raised to that.
    pub fn with_limit(bytes: usize) -> Self {
        Self {
            limit: bytes.max(MIN_LIMIT),
            frame: Vec::new(),
            need: PRELUDE,
            skipping: 0,
            error: None,
            messages: 0,
            skipped: 0,
        }
    }

    /// Takes the next bytes and hands out the messages that they complete.
    pub fn push(&mut self, bytes: &[u8], mut on_message: impl FnMut(Message<'_>)) {
        let mut rest = bytes;
        while !rest.is_empty() && self.error.is_none() {
            if self.skipping > 0 {
                let skip = self.skipping.min(rest.len());
                self.skipping -= skip;
                rest = &rest[skip..];
            } else if self.frame.is_empty() {
                rest = self.in_place(rest, &mut on_message);
            } else {
                let part = (self.need - self.frame.len()).min(rest.len());
                self.frame.extend_from_slice(&rest[..part]);
                rest = &rest[part..];
                self.kept(&mut on_message);
            }
        }
    }

    /// The body has ended. The decoder is then at the start of another one; its counters go on.
    ///
    /// # Errors
    ///
    /// What stopped the decoder, or that the body ended within a message.
    pub fn finish(&mut self) -> Result<(), Error> {
        let within = !self.frame.is_empty() || self.skipping > 0;
        self.frame.clear();
        self.need = PRELUDE;
        self.skipping = 0;
        match self.error.take() {
            Some(error) => Err(error),
            None if within => Err(Error::Truncated),
            None => Ok(()),
        }
    }

    /// What stopped the decoder, if something did.
    pub fn error(&self) -> Option<Error> {
        self.error
    }

    /// Messages handed out so far.
    pub fn messages(&self) -> u64 {
        self.messages
    }

    /// Messages skipped so far because they were larger than the limit.
    pub fn skipped(&self) -> u64 {
        self.skipped
    }

    /// Looks at a frame where it arrived, so that a whole one need not be copied. Returns what is
    /// left of the input.
    fn in_place<'b>(
        &mut self,
        rest: &'b [u8],
        on_message: &mut impl FnMut(Message<'_>),
    ) -> &'b [u8] {
        match step(rest, self.limit) {
            Ok(Step::Need(need)) => {
                self.need = need;
                self.frame.extend_from_slice(rest);
                &[]
            }
            Ok(Step::Skip(length)) => {
                self.skip(length);
                rest
            }
            Ok(Step::Whole(message, length)) => {
                self.messages = self.messages.saturating_add(1);
                on_message(message);
                &rest[length..]
            }
            Err(error) => {
                self.error = Some(error);
                &[]
            }
        }
    }

    /// Looks at the frame that was kept, if enough of it is there.
    fn kept(&mut self, on_message: &mut impl FnMut(Message<'_>)) {
        if self.frame.len() < self.need {
            return;
        }
        let mut frame = std::mem::take(&mut self.frame);
        match step(&frame, self.limit) {
            Ok(Step::Need(need)) => {
                self.need = need;
                self.frame = frame;
                return;
            }
            Ok(Step::Skip(length)) => self.skip(length - frame.len()),
            Ok(Step::Whole(message, _)) => {
                self.messages = self.messages.saturating_add(1);
                on_message(message);
            }
            Err(error) => self.error = Some(error),
        }
        frame.clear();
        self.frame = frame;
        self.need = PRELUDE;
    }

    fn skip(&mut self, length: usize) {
        self.skipping = length;
        self.skipped = self.skipped.saturating_add(1);
    }
}

/// Looks at the start of a frame.
fn step(bytes: &[u8], limit: usize) -> Result<Step<'_>, Error> {
    let Some(prelude) = bytes.get(..PRELUDE) else {
        return Ok(Step::Need(PRELUDE));
    };
    if crc32(&prelude[..8]) != number(&prelude[8..]) {
        return Err(Error::PreludeChecksum);
    }
    let (total, headers) = (length(prelude), length(&prelude[4..]));
    // Never negative, for a message that is shorter than its own frame is refused first.
    let body = total.checked_sub(PRELUDE + CHECKSUM).ok_or(Error::Length)?;
    if headers > body {
        return Err(Error::Length);
    }
    if total > limit {
        return Ok(Step::Skip(total));
    }
    let Some(frame) = bytes.get(..total) else {
        return Ok(Step::Need(total));
    };
    let (message, checksum) = frame.split_at(total - CHECKSUM);
    if crc32(message) != number(checksum) {
        return Err(Error::MessageChecksum);
    }
    let (headers, payload) = message[PRELUDE..].split_at(headers);
    Ok(Step::Whole(Message { headers, payload }, total))
}

/// The first four bytes as a number, big end first; zero if there are fewer.
fn number(bytes: &[u8]) -> u32 {
    bytes
        .first_chunk()
        .map_or(0, |bytes| u32::from_be_bytes(*bytes))
}

/// The same as a length.
fn length(bytes: &[u8]) -> usize {
    usize::try_from(number(bytes)).unwrap_or(usize::MAX)
}

impl<'a> Message<'a> {
    /// `:message-type`: `event`, `exception` or `error`. Empty if there is none.
    pub fn message_type(&self) -> &'a str {
        self.header(":message-type").unwrap_or_default()
    }

    /// `:event-type`: which event this is. Empty if there is none.
    pub fn event_type(&self) -> &'a str {
        self.header(":event-type").unwrap_or_default()
    }

    /// `:exception-type`, or `:error-code` of an error outside the model. Empty if there is none.
    pub fn exception_type(&self) -> &'a str {
        self.header(":exception-type")
            .or_else(|| self.header(":error-code"))
            .unwrap_or_default()
    }

    /// Whether this message reports a failure.
    pub fn is_exception(&self) -> bool {
        matches!(self.message_type(), "exception" | "error")
    }

    /// The event's type, or the failure's if it is one.
    pub fn name(&self) -> &'a str {
        match self.is_exception() {
            true => self.exception_type(),
            false => self.event_type(),
        }
    }

    /// A header whose value is text. Headers after one that cannot be read are not found.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.headers;
        while let Some((key, value, after)) = split_header(rest) {
            if key == name.as_bytes() {
                return value.and_then(|value| std::str::from_utf8(value).ok());
            }
            rest = after;
        }
        None
    }
}

/// A header's name, its value if that is text, and what follows it.
type Header<'a> = (&'a [u8], Option<&'a [u8]>, &'a [u8]);

fn split_header(bytes: &[u8]) -> Option<Header<'_>> {
    let (length, rest) = bytes.split_first()?;
    let (name, rest) = rest.split_at_checked(usize::from(*length))?;
    let (kind, rest) = rest.split_first()?;
    // Boolean true and false, byte, short, integer, long, bytes, text, timestamp, UUID.
    let (length, rest) = match kind {
        0 | 1 => (0, rest),
        2 => (1, rest),
        3 => (2, rest),
        4 => (4, rest),
        5 | 8 => (8, rest),
        9 => (16, rest),
        6 | 7 => {
            let (length, rest) = rest.split_first_chunk()?;
            (usize::from(u16::from_be_bytes(*length)), rest)
        }
        _ => return None,
    };
    let (value, rest) = rest.split_at_checked(length)?;
    Some((name, (*kind == 7).then_some(value), rest))
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}

// Messages are content, so neither type prints them.
impl fmt::Debug for Decoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder")
            .field("limit", &self.limit)
            .field("messages", &self.messages)
            .field("skipped", &self.skipped)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("name", &self.name())
            .field("payload", &format_args!("{} bytes", self.payload.len()))
            .finish()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Error::PreludeChecksum => "the checksum of a prelude is wrong",
            Error::MessageChecksum => "the checksum of a message is wrong",
            Error::Length => "the lengths of a message contradict each other",
            Error::Truncated => "the body ended within a message",
        })
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame with text headers.
    fn frame(headers: &[(&str, &str)], payload: &[u8]) -> Vec<u8> {
        let mut block = Vec::new();
        for (name, value) in headers {
            block.push(u8::try_from(name.len()).expect("short"));
            block.extend_from_slice(name.as_bytes());
            block.push(7);
            block.extend_from_slice(&u16::try_from(value.len()).expect("short").to_be_bytes());
            block.extend_from_slice(value.as_bytes());
        }
        raw(&block, payload)
    }

    fn raw(headers: &[u8], payload: &[u8]) -> Vec<u8> {
        let word = |n: usize| u32::try_from(n).expect("short").to_be_bytes();
        let mut frame = Vec::new();
        frame.extend(word(PRELUDE + headers.len() + payload.len() + CHECKSUM));
        frame.extend(word(headers.len()));
        frame.extend(crc32(&frame).to_be_bytes());
        frame.extend(headers);
        frame.extend(payload);
        frame.extend(crc32(&frame).to_be_bytes());
        frame
    }

    fn event(name: &str, payload: &str) -> Vec<u8> {
        let headers = [
            (":event-type", name),
            (":content-type", "application/json"),
            (":message-type", "event"),
        ];
        frame(&headers, payload.as_bytes())
    }

    type Messages = Vec<(String, Vec<u8>)>;

    fn decode(body: &[u8], step: usize, decoder: &mut Decoder) -> (Messages, Result<(), Error>) {
        let mut messages = Vec::new();
        for bytes in body.chunks(step) {
            decoder.push(bytes, |message| {
                messages.push((message.name().to_owned(), message.payload.to_vec()));
            });
        }
        (messages, decoder.finish())
    }

    /// The example of the format's documentation in the SDKs, checksums included.
    #[test]
    fn a_known_frame() {
        let bytes = [
            0x00, 0x00, 0x00, 0x3d, 0x00, 0x00, 0x00, 0x20, 0x07, 0xfd, 0x83, 0x96, 0x0c, b'c',
            b'o', b'n', b't', b'e', b'n', b't', b'-', b't', b'y', b'p', b'e', 0x07, 0x00, 0x10,
            b'a', b'p', b'p', b'l', b'i', b'c', b'a', b't', b'i', b'o', b'n', b'/', b'j', b's',
            b'o', b'n', b'{', b'\'', b'f', b'o', b'o', b'\'', b':', b'\'', b'b', b'a', b'r', b'\'',
            b'}', 0x8d, 0x9c, 0x08, 0xb1,
        ];
        let mut seen = false;
        Decoder::new().push(&bytes, |message| {
            assert_eq!(message.header("content-type"), Some("application/json"));
            assert_eq!(message.payload, b"{'foo':'bar'}");
            seen = true;
        });
        assert!(seen);
    }

    #[test]
    fn every_split_gives_the_same_messages() {
        let exception = [
            (":exception-type", "throttlingException"),
            (":message-type", "exception"),
        ];
        let body = [
            event("messageStart", "{\"role\":\"assistant\"}"),
            event("empty", ""),
            frame(&exception, b"{}"),
        ]
        .concat();
        let expected = [
            (
                "messageStart".to_owned(),
                b"{\"role\":\"assistant\"}".to_vec(),
            ),
            ("empty".to_owned(), Vec::new()),
            ("throttlingException".to_owned(), b"{}".to_vec()),
        ];
        for step in 1..=body.len() {
            let (messages, end) = decode(&body, step, &mut Decoder::new());
            assert_eq!(messages, expected, "in steps of {step}");
            assert_eq!(end, Ok(()));
        }
    }

    #[test]
    fn every_cut_is_noticed() {
        let first = event("a", "{}");
        let body = [first.clone(), event("b", "{}")].concat();
        for end in 0..body.len() {
            for step in [1, 5, body.len()] {
                let (messages, result) = decode(&body[..end], step, &mut Decoder::new());
                assert_eq!(messages.len(), usize::from(end >= first.len()), "{end}");
                let at_boundary = end == 0 || end == first.len();
                assert_eq!(result.is_ok(), at_boundary, "{end}");
            }
        }
    }

    #[test]
    fn every_flipped_bit_stops_the_decoder() {
        let body = [event("a", "{\"x\":1}"), event("b", "{}")].concat();
        let first = event("a", "{\"x\":1}").len();
        for at in 0..first {
            for bit in 0..8 {
                let mut damaged = body.clone();
                damaged[at] ^= 1 << bit;
                let mut decoder = Decoder::new();
                decoder.push(&damaged, |_| panic!("byte {at} is damaged"));
                let expected = match at {
                    0..PRELUDE => Error::PreludeChecksum,
                    _ => Error::MessageChecksum,
                };
                assert_eq!(decoder.error(), Some(expected));
                assert_eq!(decoder.finish(), Err(expected));
            }
        }
    }

    #[test]
    fn lengths_that_contradict_each_other() {
        for (total, headers) in [(0u32, 0u32), (15, 0), (16, 1), (20, u32::MAX)] {
            let mut bytes = [total.to_be_bytes(), headers.to_be_bytes()].concat();
            bytes.extend(crc32(&bytes).to_be_bytes());
            let mut decoder = Decoder::new();
            decoder.push(&bytes, |_| panic!("no message"));
            assert_eq!(decoder.error(), Some(Error::Length), "{total} {headers}");
        }
    }

    #[test]
    fn oversized_messages_are_skipped_and_counted() {
        let body = [
            event("a", "{}"),
            event("large", &"x".repeat(5000)),
            event("b", "{}"),
        ]
        .concat();
        for step in [1, 11, 12, 13, 100, body.len()] {
            let mut decoder = Decoder::with_limit(0);
            let (messages, end) = decode(&body, step, &mut decoder);
            let names: Vec<&str> = messages.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, ["a", "b"], "in steps of {step}");
            assert_eq!(end, Ok(()));
            assert_eq!((decoder.messages(), decoder.skipped()), (2, 1));
            assert!(decoder.frame.capacity() <= 4 * MIN_LIMIT);
        }
    }

    #[test]
    fn a_claimed_length_reserves_nothing() {
        let mut bytes = [u32::MAX.to_be_bytes(), 0u32.to_be_bytes()].concat();
        bytes.extend(crc32(&bytes).to_be_bytes());
        let mut decoder = Decoder::with_limit(usize::MAX);
        decoder.push(&bytes, |_| panic!("no message"));
        assert!(decoder.frame.capacity() < 1024);
        assert_eq!(decoder.finish(), Err(Error::Truncated));
    }

    #[test]
    fn headers_of_every_kind() {
        let mut headers = Vec::new();
        for (kind, value) in [
            (0u8, &[][..]),
            (1, &[]),
            (2, &[1]),
            (3, &[1; 2]),
            (4, &[1; 4]),
            (5, &[1; 8]),
            (6, &[0, 3, 1, 1, 1]),
            (8, &[1; 8]),
            (9, &[1; 16]),
            (7, &[0, 1, b'v']),
        ] {
            headers.extend([1, b'0' + kind, kind]);
            headers.extend(value);
        }
        let whole = raw(&headers, b"");
        Decoder::new().push(&whole, |message| {
            assert_eq!(message.header("7"), Some("v"));
            assert_eq!(message.header("6"), None, "no text");
            assert_eq!(message.header("8"), None);
            assert_eq!(message.name(), "");
        });
        for end in 0..headers.len() {
            Decoder::new().push(&raw(&headers[..end], b""), |message| {
                assert_eq!(message.header("7"), None);
            });
        }
        Decoder::new().push(&raw(&[1, b'x', 99, 1, b'y', 7, 0, 0], b""), |message| {
            assert_eq!(message.header("y"), None);
        });
    }

    #[test]
    fn nothing_of_a_message_is_printed() {
        let mut decoder = Decoder::new();
        let mut printed = String::new();
        let body = event("a", "secret");
        decoder.push(&body, |message| printed = format!("{message:?}"));
        decoder.push(&body[..body.len() - 1], |_| {});
        printed.push_str(&format!("{decoder:?}"));
        assert!(!printed.contains("secret"), "{printed}");
    }
}
