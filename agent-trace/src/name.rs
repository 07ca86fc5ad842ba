//! The name of one span, most often an operation and what it is done with.

use std::str::from_utf8;

/// How long a name may be that is not worth an allocation.
const ROOM: usize = 62;

/// A span's name without control characters, which a terminal would obey.
#[derive(Debug)]
pub(crate) enum Name {
    /// A short one, of ASCII.
    Short {
        bytes: [u8; ROOM],
        len: u8,
    },
    Long(String),
}

impl Name {
    /// `{operation} {object}`.
    pub(crate) fn joined(operation: &str, object: &str) -> Self {
        Self::short(operation.as_bytes(), object.as_bytes())
            .unwrap_or_else(|| Self::from(format!("{operation} {object}")))
    }

    fn short(operation: &[u8], object: &[u8]) -> Option<Self> {
        let mut bytes = [b' '; ROOM];
        let start = operation.len() + 1;
        let len = start + object.len();
        bytes.get_mut(..operation.len())?.copy_from_slice(operation);
        bytes.get_mut(start..len)?.copy_from_slice(object);
        let is_printable = |byte: &u8| matches!(byte, b' '..=b'~');
        if !bytes[..len].iter().all(is_printable) {
            return None;
        }
        let len = u8::try_from(len).ok()?;
        Some(Self::Short { bytes, len })
    }

    pub(crate) fn as_str(&self) -> &str {
        match self {
            // It is ASCII.
            Self::Short { bytes, len } => from_utf8(&bytes[..usize::from(*len)]).unwrap_or(""),
            Self::Long(name) => name,
        }
    }
}

impl From<String> for Name {
    fn from(name: String) -> Self {
        Self::Long(on_one_line(name))
    }
}

/// A span's name without control characters.
pub(crate) fn on_one_line(name: String) -> String {
    if name.contains(char::is_control) {
        name.replace(char::is_control, " ")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn joins_names_of_any_length() {
        for object in [
            "gpt-4o",
            "",
            "größe",
            "a\nb",
            &"x".repeat(57),
            &"x".repeat(300),
        ] {
            let expected = format!("chat {}", object.replace('\n', " "));
            assert_eq!(Name::joined("chat", object).as_str(), expected);
        }
    }
}
