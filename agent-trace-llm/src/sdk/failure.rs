//! `error.type` of a failure that an SDK passes on as the body of the answer.

use std::borrow::Cow;

use serde_json::Value;

use crate::text::is_code;

/// The code in an error body of any provider, never a message: OpenAI's `error.code` and
/// `error.type`, Anthropic's `error.type`, Google's `error.status`, AWS's `__type`.
pub(super) fn error_type(body: &Value) -> Option<Cow<'static, str>> {
    let error = body.get("error").unwrap_or(body);
    let fields = [
        error.get("status"),
        error.get("code"),
        error.get("type"),
        body.get("__type"),
    ];
    let codes = fields.into_iter().flatten();
    // The first one in words: Google has the HTTP status in `code`.
    let said = codes.filter_map(Value::as_str).find(|code| is_code(code));
    if let Some(code) = said.filter(|code| *code != "error") {
        return Some(Cow::Owned(code.to_owned()));
    }
    let number = error.get("code").and_then(Value::as_u64)?;
    Some(Cow::Owned(number.to_string()))
}

/// The same for a body as text.
pub(super) fn error_type_of(body: &str) -> Option<Cow<'static, str>> {
    error_type(&serde_json::from_str(body).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_code_of_any_provider() {
        for (body, expected) in [
            (
                json!({ "error": { "code": "invalid_api_key", "type": "invalid_request_error" } }),
                Some("invalid_api_key"),
            ),
            (
                json!({ "type": "error", "error": { "type": "overloaded_error" } }),
                Some("overloaded_error"),
            ),
            (
                json!({ "error": { "code": 429, "status": "RESOURCE_EXHAUSTED" } }),
                Some("RESOURCE_EXHAUSTED"),
            ),
            (
                json!({ "error": { "code": 429, "message": "secret" } }),
                Some("429"),
            ),
            (
                json!({ "__type": "ThrottlingException" }),
                Some("ThrottlingException"),
            ),
            (json!({ "error": "the secret message" }), None),
            (json!({ "type": "error" }), None),
            (json!("secret"), None),
        ] {
            assert_eq!(error_type(&body).as_deref(), expected, "{body}");
        }
    }
}
