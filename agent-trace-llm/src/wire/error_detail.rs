use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess};

use crate::text::{MAX_NAME, cap_owned, is_code};
use crate::wire::json;
use crate::wire::lenient::{Key, Lenient, List, Number, Text, TextOrNumber, lenient, object};

/// The longest message that is kept, in bytes.
const MAX_MESSAGE: usize = 4096;

/// What a provider says of a failure, as it says it.
///
/// `error.type` of the conventions is [`ResponseInfo::error_type`](crate::ResponseInfo::error_type);
/// this is what it was made of. The message may quote the request, so it is content, and `Debug`
/// leaves it out.
///
/// ```
/// use agent_trace_llm::wire::ErrorDetail;
///
/// let body = br#"{ "error": { "type": "requests", "code": "rate_limit_exceeded", "message": "Slow down." } }"#;
/// let error = ErrorDetail::from_slice(body).expect("an error body");
/// assert_eq!(error.kind.as_deref(), Some("requests"));
/// assert_eq!(error.code.as_deref(), Some("rate_limit_exceeded"));
/// assert_eq!(error.message.as_deref(), Some("Slow down."));
/// ```
#[non_exhaustive]
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ErrorDetail {
    /// The class of the failure: `invalid_request_error`, `ThrottlingException`.
    pub kind: Option<String>,
    /// The code of the failure, which is a number with some providers.
    pub code: Option<String>,
    /// The status: `INVALID_ARGUMENT`, of Google's APIs.
    pub status: Option<String>,
    /// What happened, in words, at most 4 KiB of it.
    pub message: Option<String>,
}

object! {
    /// A body, or the `error` of one: providers put the same fields into either.
    Fields<'de> {
        kind: TextOrNumber<'de> = "type",
        aws_kind: TextOrNumber<'de> = "__type",
        code: TextOrNumber<'de> = "code",
        status: TextOrNumber<'de> = "status",
        message: Text<'de> = "message",
        aws_message: Text<'de> = "Message",
        detail: Text<'de> = "detail",
        error: Nested = "error",
        errors: List<Nested> = "errors",
        response: Holder = "response",
        delta: Holder = "delta",
    }
}

/// The value of an `error` key.
#[derive(Debug, Default)]
pub(crate) struct Nested(Option<ErrorDetail>);

/// `response.error`, as events of OpenAI's Responses API have it, or `delta.error` of Cohere's.
#[derive(Debug, Default)]
pub(crate) struct Holder(Option<ErrorDetail>);

object! {
    HolderFields<'de> {
        error: Nested = "error",
    }
}

impl ErrorDetail {
    /// Reads an error body, or an event that reports a failure. `None` if it says nothing of one,
    /// or is not JSON.
    pub fn from_slice(body: &[u8]) -> Option<Self> {
        let Document(mut fields) = json::from_slice(body).ok()?;
        fields.within().or_else(|| fields.own())
    }

    /// Reads an event of a stream. Unless it is an error by its name, it has to have one within: the
    /// `type` of an event is no class of failures.
    pub(crate) fn of_event(event: &str, data: &[u8]) -> Option<Self> {
        let Document(mut fields) = json::from_slice(data).ok()?;
        let is_error = event == "error" || fields.kind.0.as_deref() == Some("error");
        let within = fields.within();
        within.or_else(|| fields.own().filter(|_| is_error))
    }

    /// `error.type`: the code, else the class, else that there was a failure.
    pub(crate) fn error_type(&self) -> Cow<'static, str> {
        let named = [&self.code, &self.kind, &self.status];
        let code = named.into_iter().flatten().find(|text| is_code(text));
        code.map_or(Cow::Borrowed("_OTHER"), |text| Cow::Owned(text.clone()))
    }

    /// A failure whose class is known from elsewhere, as with AWS exceptions.
    pub(crate) fn of_exception(kind: &str, payload: &[u8]) -> Option<Self> {
        let mut error = Self::from_slice(payload).unwrap_or_default();
        if !kind.is_empty() {
            error.kind = Some(cap_owned(Cow::Borrowed(kind), MAX_NAME));
        }
        (error != Self::default()).then_some(error)
    }
}

impl Fields<'_> {
    /// The error that is in a place of its own.
    fn within(&mut self) -> Option<ErrorDetail> {
        let places = [&mut self.error.0, &mut self.response.0, &mut self.delta.0];
        let listed = self.errors.0.iter_mut().map(|Nested(error)| error);
        places.into_iter().chain(listed).find_map(Option::take)
    }

    /// The error that the body itself is.
    fn own(self) -> Option<ErrorDetail> {
        let error = ErrorDetail {
            // That it is one says nothing of its class.
            kind: name(self.kind)
                .filter(|kind| kind != "error")
                .or(name(self.aws_kind)),
            code: name(self.code),
            status: name(self.status),
            message: words(self.message)
                .or(words(self.aws_message))
                .or(words(self.detail)),
        };
        (error != ErrorDetail::default()).then_some(error)
    }
}

fn name(TextOrNumber(text): TextOrNumber<'_>) -> Option<String> {
    text.map(|text| cap_owned(text, MAX_NAME))
}

fn words(Text(text): Text<'_>) -> Option<String> {
    text.map(|text| cap_owned(text, MAX_MESSAGE))
}

/// A body, or the first of a list of them, as Google's APIs send for a stream that never began.
#[derive(Default)]
struct Document<'de>(Fields<'de>);

impl<'de> Lenient<'de> for Document<'de> {
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let first = list.next_element()?.unwrap_or_default();
        while list.next_element::<serde::de::IgnoredAny>()?.is_some() {}
        Ok(Self(first))
    }

    fn object<A: MapAccess<'de>>(first: Option<Key<'de>>, object: A) -> Result<Self, A::Error> {
        Fields::object(first, object).map(Self)
    }
}

impl<'de> Lenient<'de> for Nested {
    fn text(text: Cow<'de, str>) -> Self {
        Self(words(Text::text(text)).map(|message| ErrorDetail {
            message: Some(message),
            ..ErrorDetail::default()
        }))
    }

    fn number(number: Number<'_>) -> Self {
        Self(name(TextOrNumber::number(number)).map(|code| ErrorDetail {
            code: Some(code),
            ..ErrorDetail::default()
        }))
    }

    fn object<A: MapAccess<'de>>(first: Option<Key<'de>>, object: A) -> Result<Self, A::Error> {
        let fields = Inner::object(first, object)?;
        let error = ErrorDetail {
            kind: name(fields.kind),
            code: name(fields.code),
            status: name(fields.status),
            message: words(fields.message).or(words(fields.description)),
        };
        Ok(Self((error != ErrorDetail::default()).then_some(error)))
    }
}

object! {
    Inner<'de> {
        kind: TextOrNumber<'de> = "type",
        code: TextOrNumber<'de> = "code",
        status: TextOrNumber<'de> = "status",
        message: Text<'de> = "message",
        // As Writer has it.
        description: Text<'de> = "description",
    }
}

impl<'de> Lenient<'de> for Holder {
    fn object<A: MapAccess<'de>>(first: Option<Key<'de>>, object: A) -> Result<Self, A::Error> {
        HolderFields::object(first, object).map(|fields| Self(fields.error.0))
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

deserialize!(Document<'de>, Nested, Holder);

impl fmt::Debug for ErrorDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorDetail")
            .field("kind", &self.kind)
            .field("code", &self.code)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detail(body: &str) -> Option<[Option<String>; 4]> {
        ErrorDetail::from_slice(body.as_bytes())
            .map(|error| [error.kind, error.code, error.status, error.message])
    }

    fn expected(fields: [&str; 4]) -> Option<[Option<String>; 4]> {
        Some(fields.map(|field| (!field.is_empty()).then(|| field.to_owned())))
    }

    #[test]
    fn wherever_it_is_said() {
        for (body, fields) in [
            (
                r#"{"type":"error","error":{"type":"overloaded_error","message":"Sorry."}}"#,
                ["overloaded_error", "", "", "Sorry."],
            ),
            (
                r#"{"error":{"code":404,"status":"NOT_FOUND","message":"Gone."}}"#,
                ["", "404", "NOT_FOUND", "Gone."],
            ),
            (
                r#"[{"error":{"code":400,"status":"INVALID_ARGUMENT"}}]"#,
                ["", "400", "INVALID_ARGUMENT", ""],
            ),
            (
                r#"{"error":"no such model"}"#,
                ["", "", "", "no such model"],
            ),
            (r#"{"error":503}"#, ["", "503", "", ""]),
            (
                r#"{"message":"invalid token"}"#,
                ["", "", "", "invalid token"],
            ),
            (
                r#"{"object":"error","type":"invalid_request","code":1500,"message":"x"}"#,
                ["invalid_request", "1500", "", "x"],
            ),
            (
                r#"{"__type":"ThrottlingException","Message":"x"}"#,
                ["ThrottlingException", "", "", "x"],
            ),
            (
                r#"{"type":"response.failed","response":{"error":{"code":"server_error","message":"x"}}}"#,
                ["", "server_error", "", "x"],
            ),
            (
                r#"{"errors":[{"code":"invalid","message":"x"}],"trace":"1"}"#,
                ["", "invalid", "", "x"],
            ),
        ] {
            assert_eq!(detail(body), expected(fields), "{body}");
        }
        for none in [
            "{}",
            "[]",
            "null",
            "{",
            "",
            r#"{"error":null}"#,
            r#"{"error":{}}"#,
        ] {
            assert_eq!(detail(none), None, "{none}");
        }
    }

    #[test]
    fn the_message_is_bounded_and_not_printed() {
        let body = format!(r#"{{"error":{{"message":"{}"}}}}"#, "secret".repeat(10_000));
        let error = ErrorDetail::from_slice(body.as_bytes()).expect("an error");
        assert!(
            error
                .message
                .as_ref()
                .is_some_and(|text| text.len() <= MAX_MESSAGE)
        );
        assert!(!format!("{error:?}").contains("secret"));
    }

    #[test]
    fn the_error_type_is_a_code() {
        let error_type = |body: &str| {
            let error = ErrorDetail::from_slice(body.as_bytes()).expect("an error");
            error.error_type().into_owned()
        };
        assert_eq!(error_type(r#"{"message":"secret"}"#), "_OTHER");
        assert_eq!(
            error_type(r#"{"code":"The key is wrong","type":"auth_error"}"#),
            "auth_error"
        );
        assert_eq!(
            error_type(r#"{"error":{"code":404,"status":"NOT_FOUND"}}"#),
            "404"
        );
    }

    #[test]
    fn the_type_of_an_exception() {
        let error = ErrorDetail::of_exception("throttlingException", b"{\"message\":\"x\"}");
        let error = error.expect("an error");
        assert_eq!(error.kind.as_deref(), Some("throttlingException"));
        assert_eq!(error.message.as_deref(), Some("x"));
        assert_eq!(ErrorDetail::of_exception("", b""), None);
    }
}
