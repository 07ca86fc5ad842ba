use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, SeqAccess};

use super::{Lenient, Text, lenient, object};

/// How many Unicode code points a text has. The text itself is not kept.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Chars(pub(crate) u64);

impl<'de> Lenient<'de> for Chars {
    fn text(text: Cow<'de, str>) -> Self {
        Self::escaped(&text)
    }

    fn escaped(text: &str) -> Self {
        Chars(count(text))
    }
}

/// The content of a message: a text, or a list of parts of which some are text.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Parts {
    /// Whether there is anything.
    pub(crate) some: bool,
    /// The code points of what is text, reasoning left out.
    pub(crate) chars: u64,
}

object! {
    Part<'de> {
        kind: Text<'de> = "type",
        text: Chars = "text",
    }
}

impl Part<'_> {
    fn chars(&self) -> u64 {
        match self.kind.0.as_deref() {
            None | Some("text" | "output_text") => self.text.0,
            Some(_) => 0,
        }
    }
}

/// A part, or a text in the place of one.
#[derive(Default)]
struct PartOrText(u64);

impl<'de> Lenient<'de> for PartOrText {
    fn text(text: Cow<'de, str>) -> Self {
        Self::escaped(&text)
    }

    fn escaped(text: &str) -> Self {
        Self(count(text))
    }

    fn object<A: serde::de::MapAccess<'de>>(
        first: Option<super::Key<'de>>,
        object: A,
    ) -> Result<Self, A::Error> {
        Ok(Self(Part::object(first, object)?.chars()))
    }
}

impl<'de> Lenient<'de> for Parts {
    fn text(text: Cow<'de, str>) -> Self {
        Self::escaped(&text)
    }

    fn escaped(text: &str) -> Self {
        Self {
            some: !text.is_empty(),
            chars: count(text),
        }
    }

    // All of them are counted, as none is kept.
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut parts = Self::default();
        while let Some(PartOrText(chars)) = list.next_element()? {
            parts.some = true;
            parts.chars = parts.chars.saturating_add(chars);
        }
        Ok(parts)
    }

    // A single part that is not in a list.
    fn object<A: serde::de::MapAccess<'de>>(
        first: Option<super::Key<'de>>,
        object: A,
    ) -> Result<Self, A::Error> {
        let some = first.is_some();
        let PartOrText(chars) = PartOrText::object(first, object)?;
        Ok(Self { some, chars })
    }
}

fn count(text: &str) -> u64 {
    u64::try_from(text.chars().count()).unwrap_or(u64::MAX)
}

/// A value, and whether its key is there at all, be it with `null`.
#[derive(Debug, Default)]
pub(crate) struct Reported<T> {
    pub(crate) there: bool,
    pub(crate) value: T,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Reported<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = T::deserialize(deserializer)?;
        Ok(Self { there: true, value })
    }
}

macro_rules! deserialize {
    ($($name:ty),* $(,)?) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                lenient(deserializer)
            }
        }
    )*};
}

deserialize!(Chars, Parts, PartOrText);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points() {
        let chars = |json: &str| serde_json::from_str::<Chars>(json).expect("JSON").0;
        assert_eq!(chars(r#""a\u00e9\ud83d\ude00 \n""#), 5);
        assert_eq!(chars(r#""é😀""#), 2);
        for none in ["null", "\"\"", "3", "[\"a\"]", "{}"] {
            assert_eq!(chars(none), 0, "{none}");
        }
    }

    #[test]
    fn parts_of_content() {
        let parts = |json: &str| {
            let parts: Parts = serde_json::from_str(json).expect("JSON");
            (parts.some, parts.chars)
        };
        assert_eq!(parts("\"héllo\""), (true, 5));
        assert_eq!(parts("\"\""), (false, 0));
        assert_eq!(parts("null"), (false, 0));
        assert_eq!(parts("[]"), (false, 0));
        let list = r#"[
            {"type": "thinking", "thinking": [{"type": "text", "text": "secret"}]},
            {"type": "text", "text": "ab"}, {"type": "output_text", "text": "c"}, "d",
            {"type": "reference", "text": "secret"}, {"text": "e"}, null, 3
        ]"#;
        assert_eq!(parts(list), (true, 5));
        assert_eq!(parts(r#"{"type": "text", "text": "ab"}"#), (true, 2));
    }
}
