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
mod tests;
