use std::borrow::Cow;

use async_openai::error::{ApiErrorResponse, OpenAIError, StreamError};

use crate::LlmError;
use crate::text::is_code;
use crate::wire::openai::error_type_of;

impl LlmError for OpenAIError {
    /// The provider's code, else its type, else the HTTP status; for failures on the way a name of
    /// the stage: `timeout`, `connection`, `stream`, `invalid_response`, `invalid_argument`.
    fn error_type(&self) -> Option<Cow<'static, str>> {
        let stage = match self {
            OpenAIError::ApiError(error) => return Some(api_error(error)),
            OpenAIError::Reqwest(error) => {
                // A request that timed out while connecting is both, so the order matters.
                if error.is_timeout() {
                    "timeout"
                } else if let Some(status) = error.status() {
                    return Some(Cow::Owned(status.as_u16().to_string()));
                } else if error.is_builder() {
                    "invalid_argument"
                } else if error.is_redirect() {
                    "redirect"
                } else {
                    // Connecting, sending, or a body that was cut off, which the HTTP client calls
                    // a failure to decode.
                    "connection"
                }
            }
            // An error that the crate could not read as one ends up here with its body: an event
            // within a stream, or a code that is a number.
            OpenAIError::JSONDeserialize(_, body) => {
                return Some(error_type_of(body).unwrap_or(Cow::Borrowed("invalid_response")));
            }
            OpenAIError::StreamError(error) => match **error {
                StreamError::UnknownEvent(_) => "invalid_response",
                StreamError::EventStream(_) => "stream",
            },
            OpenAIError::InvalidArgument(_) => "invalid_argument",
            // Files, and what middleware made of it: nothing is known that is not in the text.
            _ => return None,
        };
        Some(Cow::Borrowed(stage))
    }
}

fn api_error(error: &ApiErrorResponse) -> Cow<'static, str> {
    let said = [&error.api_error.code, &error.api_error.r#type];
    match said.into_iter().flatten().find(|code| is_code(code)) {
        Some(code) => Cow::Owned(code.clone()),
        None => Cow::Owned(error.status_code.as_u16().to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_openai::error::ApiError;

    fn refused(status: u16, code: Option<&str>, kind: Option<&str>) -> OpenAIError {
        OpenAIError::ApiError(ApiErrorResponse {
            status_code: status.try_into().expect("a status"),
            api_error: ApiError {
                message: "The key sk-secret is wrong.".to_owned(),
                r#type: kind.map(str::to_owned),
                code: code.map(str::to_owned),
                ..ApiError::default()
            },
        })
    }

    fn unreadable(body: &str) -> OpenAIError {
        let error = serde_json::from_str::<bool>(body).expect_err("no boolean");
        OpenAIError::JSONDeserialize(error, body.to_owned())
    }

    #[test]
    fn code_then_type_then_status() {
        let cases = [
            (
                refused(401, Some("invalid_api_key"), Some("invalid_request_error")),
                "invalid_api_key",
            ),
            (refused(500, None, Some("server_error")), "server_error"),
            (refused(503, None, None), "503"),
            (refused(429, Some("Please slow down."), None), "429"),
            (refused(429, Some(""), Some("")), "429"),
            (
                unreadable(r#"{"error": {"code": 401, "message": "secret"}}"#),
                "401",
            ),
            (unreadable(r#"{"choices": "secret"}"#), "invalid_response"),
            (unreadable("<html>secret</html>"), "invalid_response"),
            (
                OpenAIError::InvalidArgument("secret".to_owned()),
                "invalid_argument",
            ),
            (
                OpenAIError::StreamError(Box::new(StreamError::EventStream("secret".to_owned()))),
                "stream",
            ),
        ];
        for (error, expected) in cases {
            assert_eq!(error.error_type().as_deref(), Some(expected), "{error}");
            assert_eq!(Box::new(error).error_type().as_deref(), Some(expected));
        }
        assert_eq!(
            OpenAIError::FileReadError("secret".to_owned()).error_type(),
            None
        );
    }
}
