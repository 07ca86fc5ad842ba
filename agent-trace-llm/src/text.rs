//! Bounds on text that comes from outside.

use std::borrow::Cow;

/// The longest identifier that is kept, in bytes. Gateways are known to hide a kilobyte of state in
/// an id; anything much beyond is an attack or a mistake.
pub(crate) const MAX_ID: usize = 1024;

/// The longest name (of a model, a tool, a tier, a finish reason) that is kept, in bytes.
pub(crate) const MAX_NAME: usize = 256;

/// The longest error code that is taken for one, in bytes.
const MAX_CODE: usize = 64;

/// The start of `text`, at most `max` bytes and never half a character.
pub(crate) fn cap(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    let mut end = max;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The same for owned text, without a copy when nothing has to go.
pub(crate) fn cap_owned(text: Cow<'_, str>, max: usize) -> String {
    match text {
        Cow::Borrowed(text) => cap(text, max).to_owned(),
        Cow::Owned(mut text) => {
            let end = cap(&text, max).len();
            text.truncate(end);
            text
        }
    }
}

/// `Some` unless empty: providers write `""` where they mean nothing.
pub(crate) fn present(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// Whether `text` has the form of an error code, so that a message put in its place is not taken
/// for one: it would be content, and of unbounded cardinality.
pub(crate) fn is_code(text: &str) -> bool {
    (1..=MAX_CODE).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
}

/// A finish reason that does not allocate when it is one of the usual ones.
pub(crate) fn finish_reason(text: &str) -> Cow<'static, str> {
    Cow::Borrowed(match text {
        "stop" => "stop",
        "length" => "length",
        "tool_calls" => "tool_calls",
        "content_filter" => "content_filter",
        "function_call" => "function_call",
        other => return Cow::Owned(cap(other, MAX_NAME).to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cap_never_splits_a_character() {
        assert_eq!(cap("aé", 2), "a");
        assert_eq!(cap("aé", 3), "aé");
        assert_eq!(cap("é", 0), "");
        assert_eq!(cap_owned(Cow::Owned("aé".to_owned()), 2), "a");
    }

    #[test]
    fn a_sentence_is_no_code() {
        assert!(is_code("rate_limit_exceeded"));
        assert!(is_code("DeploymentNotFound"));
        assert!(is_code("429"));
        assert!(!is_code("Incorrect API key provided"));
        assert!(!is_code(""));
        assert!(!is_code(&"x".repeat(65)));
    }
}
