use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, MapAccess};

use crate::text::is_code;
use crate::wire::lenient::{Key, Lenient, Number, TextOrNumber, lenient, object};

/// The conventions' name for an error of which no type is known.
const OTHER: &str = "_OTHER";

/// The value of an `error` key: `{"type": "..", "code": "..", "message": ".."}`.
#[derive(Debug, Default)]
pub(crate) struct ErrorBody {
    present: bool,
    error_type: Option<String>,
}

object! {
    /// What of an error is not content.
    Fields<'de> {
        code: TextOrNumber<'de> = "code",
        kind: TextOrNumber<'de> = "type",
        status: TextOrNumber<'de> = "status",
    }
}

impl ErrorBody {
    /// `error.type`: the provider's code, else its type, else that there was an error. A code that
    /// has not the form of one is a message in disguise and is passed over.
    pub(crate) fn error_type(&self) -> Option<Cow<'static, str>> {
        match &self.error_type {
            Some(error_type) => Some(Cow::Owned(error_type.clone())),
            None => self.present.then_some(Cow::Borrowed(OTHER)),
        }
    }
}

impl<'de> Lenient<'de> for ErrorBody {
    // Some servers write only a code here, and some only a message. The latter says that there was
    // an error, and no more.
    fn text(text: Cow<'de, str>) -> Self {
        Self {
            present: !text.is_empty(),
            error_type: is_code(&text).then(|| text.into_owned()),
        }
    }

    fn number(number: Number<'_>) -> Self {
        Self {
            present: true,
            error_type: number.as_count().map(|code| code.to_string()),
        }
    }

    fn object<A: MapAccess<'de>>(first: Option<Key<'de>>, object: A) -> Result<Self, A::Error> {
        let present = first.is_some();
        let fields = Fields::object(first, object)?;
        let error_type = [fields.code, fields.kind, fields.status]
            .into_iter()
            .filter_map(|TextOrNumber(text)| text)
            .find(|text| is_code(text));
        Ok(Self {
            present,
            error_type: error_type.map(Cow::into_owned),
        })
    }
}

impl<'de> Deserialize<'de> for ErrorBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient(deserializer)
    }
}

#[cfg(any(feature = "async-openai", test))]
object! {
    /// A body that is nothing but an error.
    Envelope<'de> {
        error: ErrorBody = "error",
    }
}

/// `error.type` of a body that reports an error, `None` if it is not one.
#[cfg(any(feature = "async-openai", test))]
pub(crate) fn error_type_of(body: &str) -> Option<Cow<'static, str>> {
    serde_json::from_str::<Envelope<'_>>(body)
        .ok()?
        .error
        .error_type()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_then_type_then_that_there_was_one() {
        let cases = [
            (
                r#"{"error": {"code": "invalid_api_key", "type": "invalid_request_error"}}"#,
                "invalid_api_key",
            ),
            (
                r#"{"error": {"code": null, "type": "server_error", "message": "Sorry."}}"#,
                "server_error",
            ),
            (
                r#"{"error": {"code": 429, "message": "Slow down."}}"#,
                "429",
            ),
            (
                r#"{"error": {"code": "The key sk-1 is wrong", "type": "auth_error"}}"#,
                "auth_error",
            ),
            (
                r#"{"error": {"message": "The key sk-1 is wrong"}}"#,
                "_OTHER",
            ),
            (r#"{"error": "The key sk-1 is wrong"}"#, "_OTHER"),
            (r#"{"error": "overloaded_error"}"#, "overloaded_error"),
            (r#"{"error": 503}"#, "503"),
        ];
        for (body, expected) in cases {
            assert_eq!(error_type_of(body).as_deref(), Some(expected), "{body}");
        }
    }

    #[test]
    fn no_error() {
        for body in [
            "{}",
            r#"{"error": null}"#,
            r#"{"error": {}}"#,
            r#"{"error": ""}"#,
            "[",
            "",
        ] {
            assert_eq!(error_type_of(body), None, "{body}");
        }
    }
}
