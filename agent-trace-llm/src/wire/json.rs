//! Reading JSON from bytes.

use serde::de::Deserialize;

/// Reads one JSON document.
///
/// What is UTF-8 is found to be so at once instead of string by string, which is many times as fast.
/// Of what is not, only the strings that are looked at have to be.
pub(crate) fn from_slice<'de, T: Deserialize<'de>>(body: &'de [u8]) -> serde_json::Result<T> {
    match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(body),
    }
}
