//! `error.type` of a request that got no answer.

/// What an HTTP client that failed without an answer was doing. The flags are reqwest's, of which
/// SDKs use different versions.
macro_rules! http_failure {
    ($error:expr) => {{
        let error = $error;
        // A request that timed out while connecting is both, so the order matters.
        if error.is_timeout() {
            Cow::Borrowed("timeout")
        } else if let Some(status) = error.status() {
            Cow::Owned(status.as_u16().to_string())
        } else if error.is_builder() {
            Cow::Borrowed("invalid_argument")
        } else if error.is_redirect() {
            Cow::Borrowed("redirect")
        } else {
            Cow::Borrowed("connection")
        }
    }};
}
pub(super) use http_failure;
