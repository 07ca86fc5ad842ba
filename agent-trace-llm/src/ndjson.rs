//! JSON lines, as they come from the network.

use std::fmt;

use memchr::memchr;

/// The longest line that is kept unless said otherwise, as for [server-sent events](crate::sse).
const DEFAULT_LIMIT: usize = 4 * 1024 * 1024;

/// The shortest limit that can be set.
const MIN_LIMIT: usize = 64;

const BOM: &[u8] = "\u{feff}".as_bytes();

/// An incremental decoder of newline-delimited JSON (`application/x-ndjson`, `application/jsonl`).
///
/// Takes the bytes of a body in whatever pieces they arrive and hands out its lines, the same ones
/// for every way of splitting. White space around a line, a carriage return before its end, empty
/// lines and a byte order mark are passed over. The last line need not be ended:
/// [`finish`](Decoder::finish) hands it out. Whether a line is JSON is for the reader to find out.
///
/// Memory is bounded: a line beyond the limit is skipped and counted, and decoding goes on with the
/// next.
///
/// ```
/// use agent_trace_llm::ndjson::Decoder;
///
/// let mut decoder = Decoder::new();
/// let mut lines = Vec::new();
/// for bytes in [&b"{\"done\":fal"[..], b"se}\r\n\n{\"done\"", b":true}"] {
///     decoder.push(bytes, |line| lines.push(line.to_vec()));
/// }
/// decoder.finish(|line| lines.push(line.to_vec()));
/// assert_eq!(lines, [b"{\"done\":false}".to_vec(), b"{\"done\":true}".to_vec()]);
/// ```
#[derive(Clone)]
pub struct Decoder {
    limit: usize,
    /// A line whose end has not arrived.
    line: Vec<u8>,
    /// Whether that line is longer than the limit; none of it is kept then.
    oversized: bool,
    /// No line has ended yet, so the next may begin with a byte order mark.
    at_start: bool,
    lines: u64,
    skipped: u64,
}

impl Decoder {
    /// A decoder at the start of a body.
    pub fn new() -> Self {
        Self::with_limit(DEFAULT_LIMIT)
    }

    /// A decoder that skips lines of more than `bytes` bytes, line end and white space included. The
    /// default is 4 MiB; a limit below 64 bytes is raised to that.
    pub fn with_limit(bytes: usize) -> Self {
        Self {
            limit: bytes.max(MIN_LIMIT),
            line: Vec::new(),
            oversized: false,
            at_start: true,
            lines: 0,
            skipped: 0,
        }
    }

    /// Takes the next bytes and hands out the lines that they complete.
    pub fn push(&mut self, bytes: &[u8], mut on_line: impl FnMut(&[u8])) {
        let mut rest = bytes;
        while let Some(end) = memchr(b'\n', rest) {
            let (line, after) = rest.split_at(end);
            rest = &after[1..];
            self.end_line(line, &mut on_line);
        }
        self.keep(rest);
    }

    /// The body has ended: hands out the line that was left without an end, if there is one. The
    /// decoder is then at the start of another body; its counters go on.
    pub fn finish(&mut self, mut on_line: impl FnMut(&[u8])) {
        self.end_line(b"", &mut on_line);
        self.at_start = true;
    }

    /// Lines handed out so far.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// Lines skipped so far because they were longer than the limit.
    pub fn skipped(&self) -> u64 {
        self.skipped
    }

    /// Keeps a part of a line whose end has not arrived, as far as the limit allows.
    fn keep(&mut self, part: &[u8]) {
        if part.len() > self.limit - self.line.len() {
            self.oversized = true;
        }
        if self.oversized {
            self.line.clear();
        } else {
            self.line.extend_from_slice(part);
        }
    }

    /// A line has ended with `part`, what came before being kept.
    fn end_line(&mut self, part: &[u8], on_line: &mut impl FnMut(&[u8])) {
        if self.line.is_empty() && !self.oversized && part.len() <= self.limit {
            // The line is whole in the input and need not be copied.
            self.line(part, on_line);
            return;
        }
        self.keep(part);
        if std::mem::take(&mut self.oversized) {
            self.at_start = false;
            self.skipped = self.skipped.saturating_add(1);
            return;
        }
        let mut line = std::mem::take(&mut self.line);
        self.line(&line, on_line);
        line.clear();
        self.line = line;
    }

    fn line(&mut self, line: &[u8], on_line: &mut impl FnMut(&[u8])) {
        let line = match std::mem::take(&mut self.at_start) {
            true => line.strip_prefix(BOM).unwrap_or(line),
            false => line,
        };
        let line = line.trim_ascii();
        if !line.is_empty() {
            self.lines = self.lines.saturating_add(1);
            on_line(line);
        }
    }
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}

// Lines are content.
impl fmt::Debug for Decoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder")
            .field("limit", &self.limit)
            .field("lines", &self.lines)
            .field("skipped", &self.skipped)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(body: &[u8], step: usize, decoder: &mut Decoder) -> Vec<String> {
        let mut lines = Vec::new();
        let mut keep = |line: &[u8]| lines.push(String::from_utf8_lossy(line).into_owned());
        for bytes in body.chunks(step) {
            decoder.push(bytes, &mut keep);
        }
        decoder.finish(&mut keep);
        lines
    }

    #[test]
    fn every_split_gives_the_same_lines() {
        let body = "\u{feff}{\"a\":\"é\"}\r\n\n  \n {\"b\":1} \n{\"c\"\n\u{feff}\n{}".as_bytes();
        for step in 1..=body.len() {
            assert_eq!(
                decode(body, step, &mut Decoder::new()),
                ["{\"a\":\"é\"}", "{\"b\":1}", "{\"c\"", "\u{feff}", "{}"],
                "in steps of {step}"
            );
        }
    }

    #[test]
    fn oversized_lines_are_skipped_and_counted() {
        let body = format!("a\n{}\nb\n{}", "x".repeat(200), "y".repeat(65));
        for step in 1..=body.len() {
            let mut decoder = Decoder::with_limit(0);
            assert_eq!(
                decode(body.as_bytes(), step, &mut decoder),
                ["a", "b"],
                "in steps of {step}"
            );
            assert_eq!((decoder.lines(), decoder.skipped()), (2, 2));
            assert!(decoder.line.capacity() <= 4 * MIN_LIMIT);
        }
    }

    #[test]
    fn nothing_of_a_line_is_printed() {
        let mut decoder = Decoder::new();
        decoder.push(b"secret", |_| {});
        assert!(!format!("{decoder:?}").contains("secret"));
    }
}
