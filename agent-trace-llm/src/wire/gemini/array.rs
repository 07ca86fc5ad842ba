/// The longest value that is kept unless said otherwise: room for an image.
const DEFAULT_LIMIT: usize = 16 * 1024 * 1024;

/// Takes a JSON array of objects apart as it arrives, in whatever pieces.
///
/// What is between the objects does not matter to it, so objects in a row without an array are read
/// too. It looks no further into an object than it needs to find its end. Memory is bounded: an
/// object beyond the limit is skipped and counted.
#[derive(Debug, Clone)]
pub(crate) struct Decoder {
    limit: usize,
    /// An object whose end has not arrived.
    value: Vec<u8>,
    oversized: bool,
    /// Brackets that are open, the outermost of the array left out.
    depth: u64,
    in_string: bool,
    escaped: bool,
    /// The array that has been opened has not been closed.
    open: bool,
    skipped: u64,
}

impl Default for Decoder {
    fn default() -> Self {
        Self {
            limit: DEFAULT_LIMIT,
            value: Vec::new(),
            oversized: false,
            depth: 0,
            in_string: false,
            escaped: false,
            open: false,
            skipped: 0,
        }
    }
}

impl Decoder {
    /// Takes the next bytes and hands out the objects that they complete.
    pub(crate) fn push(&mut self, bytes: &[u8], mut on_value: impl FnMut(&[u8])) {
        let mut start = 0;
        for (at, byte) in bytes.iter().enumerate() {
            if self.depth == 0 {
                match byte {
                    b'{' => {
                        self.depth = 1;
                        start = at;
                    }
                    b'[' => self.open = true,
                    b']' => self.open = false,
                    _ => {}
                }
                continue;
            }
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        self.end(&bytes[start..=at], &mut on_value);
                    }
                }
                _ => {}
            }
        }
        if self.depth > 0 {
            self.keep(&bytes[start..]);
        }
    }

    /// Whether everything that was opened has been closed.
    pub(crate) fn is_closed(&self) -> bool {
        self.depth == 0 && !self.open
    }

    /// Objects skipped so far because they were larger than the limit.
    pub(crate) fn skipped(&self) -> u64 {
        self.skipped
    }

    fn keep(&mut self, part: &[u8]) {
        if self.oversized || part.len() > self.limit - self.value.len() {
            self.oversized = true;
            self.value = Vec::new();
        } else {
            self.value.extend_from_slice(part);
        }
    }

    /// An object has ended with `part`, what came before being kept.
    fn end(&mut self, part: &[u8], on_value: &mut impl FnMut(&[u8])) {
        let whole = self.value.is_empty() && !self.oversized && part.len() <= self.limit;
        if whole {
            // It is whole in the input and need not be copied.
            on_value(part);
            return;
        }
        self.keep(part);
        if std::mem::take(&mut self.oversized) {
            self.skipped = self.skipped.saturating_add(1);
        } else {
            on_value(&self.value);
            self.value.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(limit: usize, body: &[u8], step: usize) -> (Vec<String>, u64, bool) {
        let mut decoder = Decoder {
            limit,
            ..Decoder::default()
        };
        let mut values = Vec::new();
        for bytes in body.chunks(step) {
            decoder.push(bytes, |value| {
                values.push(String::from_utf8_lossy(value).into_owned());
            });
        }
        (values, decoder.skipped(), decoder.is_closed())
    }

    #[test]
    fn objects_are_found_however_the_body_is_split() {
        let body = r#" [{"a": "]}\"\\"}, {"b": [{"c": "é[{"}]}
            , {}]"#;
        let expected = [r#"{"a": "]}\"\\"}"#, r#"{"b": [{"c": "é[{"}]}"#, "{}"];
        for step in [1, 2, 3, 7, body.len()] {
            let (values, skipped, closed) = decode(1 << 20, body.as_bytes(), step);
            assert_eq!(values, expected);
            assert_eq!((skipped, closed), (0, true));
        }
        for end in 2..body.len() {
            assert!(!decode(1 << 20, &body.as_bytes()[..end], 5).2);
        }
    }

    #[test]
    fn what_is_too_large_is_skipped() {
        let body = br#"[{"a": 1}, {"large": "xxxxxxxxxxxxxxxxxxxxxxxx"}, {"b": 2}]"#;
        for step in [1, 2, 3, 7, body.len()] {
            let (values, skipped, closed) = decode(10, body, step);
            assert_eq!(values, [r#"{"a": 1}"#, r#"{"b": 2}"#]);
            assert_eq!((skipped, closed), (1, true));
        }
    }
}
