use std::borrow::Cow;

use ::rig_core::error::EncodeError;
use ::rig_core::{ErrorKind, ErrorReport, ProviderError, ProviderResponseError};

use crate::LlmError;
use crate::sdk::failure::error_type_of;
use crate::text::is_code;

/// The provider's code, else the HTTP status; for failures on the way a name of the stage.
impl LlmError for ProviderError {
    fn error_type(&self) -> Option<Cow<'static, str>> {
        if let Self::Relayed(report) = self {
            return report.error_type();
        }
        if let Some(response) = self.provider_response() {
            return Some(answered(response));
        }
        match self {
            // The reply ended too soon.
            Self::Truncated => Some(Cow::Borrowed("stream")),
            error => stage(error.kind()),
        }
    }
}

impl LlmError for ErrorReport {
    fn error_type(&self) -> Option<Cow<'static, str>> {
        if let Some(code) = self.code.as_deref().filter(|code| is_code(code)) {
            return Some(Cow::Owned(code.to_owned()));
        }
        if let Some(response) = &self.provider_response {
            return Some(answered(response));
        }
        match self.http_status {
            Some(status) => Some(Cow::Owned(status.to_string())),
            None => stage(self.kind),
        }
    }
}

impl LlmError for EncodeError {
    fn error_type(&self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed("invalid_argument"))
    }
}

fn answered(response: &ProviderResponseError) -> Cow<'static, str> {
    // What the transport says, else the body: a gRPC status, an AWS exception, a provider's code.
    let code = response.code.as_deref().filter(|code| is_code(code));
    if let Some(code) = code {
        return Cow::Owned(code.to_owned());
    }
    let status = || response.status.map(|status| status.as_u16().to_string());
    match error_type_of(&response.body) {
        Some(code) => code,
        None => status().map_or(Cow::Borrowed("provider_response"), Cow::Owned),
    }
}

fn stage(kind: ErrorKind) -> Option<Cow<'static, str>> {
    Some(Cow::Borrowed(match kind {
        ErrorKind::Http => "connection",
        ErrorKind::Timeout => "timeout",
        ErrorKind::Json | ErrorKind::Response => "invalid_response",
        ErrorKind::Url | ErrorKind::Request => "invalid_argument",
        ErrorKind::Other => return None,
        kind => kind.code(),
    }))
}
