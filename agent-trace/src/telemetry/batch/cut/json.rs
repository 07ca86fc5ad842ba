//! JSON text is cut inside: its longest strings lose their ends, and it stays JSON.

use std::ops::Range;

use super::level;
use super::text::{MARKER, marker};

/// No string inside is made shorter than this.
const SHORTEST: usize = MARKER + 12;

/// JSON text cut to `longest` bytes at most, or `None` where the text is no JSON object, array or string. Where it is
/// not its strings that make it long, a string that says so stands in its place.
pub(super) fn cut(text: &str, longest: usize) -> Option<String> {
    let strings = strings(text)?;
    let lengths = strings.iter().map(Range::len).collect();
    let level = level::level(lengths, text.len().saturating_sub(longest), SHORTEST);
    let mut cut = String::with_capacity(longest);
    let mut copied = 0;
    for string in strings {
        if string.len() > level {
            let end = string.start + boundary(&text[string.clone()], level - MARKER);
            cut.push_str(&text[copied..end]);
            cut.push_str(&marker(string.end - end));
            copied = string.end;
        }
    }
    cut.push_str(&text[copied..]);
    if cut.len() > longest {
        cut = format!("\"{}\"", marker(text.len()));
    }
    Some(cut)
}

/// The last place at or before `end` in what stands between quotes that parts neither a character nor an escape.
fn boundary(string: &str, end: usize) -> usize {
    let mut at = 0;
    let mut last = 0;
    // An escape that is none may end within a character.
    while let Some(rest) = string.get(at..) {
        last = at;
        let length = match rest.as_bytes() {
            // A character outside the basic plane is two escapes.
            [
                b'\\',
                b'u',
                b'd' | b'D',
                b'8' | b'9' | b'a' | b'b' | b'A' | b'B',
                ..,
            ] => 12,
            [b'\\', b'u', ..] => 6,
            [b'\\', ..] => 2,
            _ => rest.chars().next().map_or(0, char::len_utf8),
        };
        if length == 0 || at + length > end.min(string.len()) {
            break;
        }
        at += length;
    }
    last
}

/// What stands between the quotes of each string that is a value, or `None` where the text is no JSON.
fn strings(text: &str) -> Option<Vec<Range<usize>>> {
    let bytes = text.as_bytes();
    if !matches!(
        text.trim_start().as_bytes().first(),
        Some(b'{' | b'[' | b'"')
    ) {
        return None;
    }
    let mut strings = Vec::new();
    // The brackets that are open, and what may come next.
    let mut open = Vec::new();
    let mut next = Next::Value;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        next = match (byte, next) {
            (b' ' | b'\t' | b'\n' | b'\r', next) => next,
            (b'{', Next::Value | Next::ValueOrEnd) => {
                open.push(b'}');
                Next::KeyOrEnd
            }
            (b'[', Next::Value | Next::ValueOrEnd) => {
                open.push(b']');
                Next::ValueOrEnd
            }
            (b'}', Next::KeyOrEnd | Next::CommaOrEnd)
            | (b']', Next::ValueOrEnd | Next::CommaOrEnd) => {
                if open.pop() != Some(*byte) {
                    return None;
                }
                Next::CommaOrEnd
            }
            (b',', Next::CommaOrEnd) => match open.last()? {
                b'}' => Next::Key,
                _ => Next::Value,
            },
            (b':', Next::Colon) => Next::Value,
            (b'"', next) => {
                at = end_of_string(bytes, at)?;
                match next {
                    Next::Key | Next::KeyOrEnd => Next::Colon,
                    Next::Value | Next::ValueOrEnd => {
                        strings.push(start + 1..at - 1);
                        Next::CommaOrEnd
                    }
                    _ => return None,
                }
            }
            (b'-' | b'0'..=b'9' | b't' | b'f' | b'n', Next::Value | Next::ValueOrEnd) => {
                let scalar = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                at += bytes[at..].iter().take_while(|byte| scalar(byte)).count();
                is_scalar(&text[start..at]).then_some(Next::CommaOrEnd)?
            }
            _ => return None,
        };
        if open.is_empty() && matches!(next, Next::CommaOrEnd) {
            break;
        }
    }
    let is_whole = open.is_empty() && matches!(next, Next::CommaOrEnd);
    (is_whole && text[at..].trim_ascii().is_empty()).then_some(strings)
}

#[derive(Clone, Copy)]
enum Next {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
}

/// The place after the closing quote of a string whose text begins here.
fn end_of_string(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            0..0x20 => return None,
            _ => at += 1,
        }
    }
}

fn is_scalar(text: &str) -> bool {
    matches!(text, "true" | "false" | "null") || text.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[a-z\"\\\\\u{1f600}\n]{0,300}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
                prop::collection::hash_map(any::<String>(), inner, 0..8)
                    .prop_map(|object| Value::from(serde_json::Map::from_iter(object))),
            ]
        })
    }

    /// Characters outside ASCII as escapes, the other way in which JSON is written.
    fn escaped(text: &str) -> String {
        let mut escaped = String::new();
        for character in text.chars() {
            if character.is_ascii() {
                escaped.push(character);
            } else {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    escaped.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
        escaped
    }

    proptest! {
        #[test]
        fn it_stays_json_of_the_length_asked_for(value in value(), pretty in any::<bool>(), ascii in any::<bool>(), longest in 128..2_000_usize) {
            let mut text = if pretty { format!("{value:#}") } else { value.to_string() };
            if ascii {
                text = escaped(&text);
            }
            if !value.is_object() && !value.is_array() && !value.is_string() {
                prop_assert_eq!(cut(&text, longest), None);
                return Ok(());
            }
            let cut = cut(&text, longest).expect("it is JSON");
            prop_assert!(serde_json::from_str::<Value>(&cut).is_ok(), "{}", cut);
            prop_assert!(cut.len() <= longest.max(text.len()));
            if text.len() > longest {
                prop_assert!(cut.len() <= longest, "{} of {}", cut.len(), longest);
            } else {
                prop_assert_eq!(cut, text);
            }
        }

        #[test]
        fn what_is_taken_for_json_is_json(text in "[\\[\\]{}:,\"a1\\\\ tn.-]{0,12}") {
            if strings(&text).is_some() && !text.contains('\\') {
                // Numbers and escapes are read leniently: they are copied as they are.
                let numbers = text.contains(|character: char| character.is_ascii_digit());
                prop_assert!(numbers || serde_json::from_str::<Value>(&text).is_ok(), "{}", text);
            }
        }
    }

    #[test]
    fn the_longest_strings_are_cut() {
        let value = json!([
            {"role": "user", "parts": [{"type": "text", "content": "x".repeat(5_000)}]},
            {"role": "assistant", "parts": [{"type": "text", "content": "short"}]},
        ]);
        let cut: Value = serde_json::from_str(&cut(&value.to_string(), 1_000).unwrap()).unwrap();
        assert_eq!(cut[1], value[1]);
        assert_eq!(cut[0]["role"], "user");
        let content = cut[0]["parts"][0]["content"].as_str().unwrap();
        assert!(
            content.len() > 800 && content.ends_with(" bytes cut]"),
            "{content}"
        );
    }

    #[test]
    fn what_is_long_without_strings_is_replaced_by_a_string() {
        let numbers = Value::from(vec![1; 1_000]).to_string();
        assert_eq!(
            cut(&numbers, 500).unwrap(),
            format!("\"…[{} bytes cut]\"", numbers.len())
        );
        assert_eq!(cut("{not json at all", 500), None);
        assert_eq!(cut("[1] and more", 500), None);
    }
}
