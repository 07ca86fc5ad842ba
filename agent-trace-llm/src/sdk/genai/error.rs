use std::borrow::Cow;

use ::genai::{Error, webc};

use crate::LlmError;
use crate::sdk::failure::{error_type, error_type_of};
use crate::sdk::http_failure::http_failure;

/// The provider's code from the body of the answer, else the HTTP status; for failures on the way a
/// name of the stage.
impl LlmError for Error {
    fn error_type(&self) -> Option<Cow<'static, str>> {
        let stage = match self {
            Error::WebModelCall { webc_error, .. } | Error::WebAdapterCall { webc_error, .. } => {
                return Some(web(webc_error));
            }
            Error::HttpError { status, body, .. } => return Some(answered(status.as_u16(), body)),
            // An error event within a stream.
            Error::ChatResponse { body, .. } => {
                return Some(error_type(body).unwrap_or(Cow::Borrowed("stream")));
            }
            Error::WebStream { error, .. } => {
                // Some adapters pass the crate's own error through the stream.
                return match error.downcast_ref::<Error>() {
                    Some(error) => error.error_type(),
                    None => Some(match error.downcast_ref::<webc::Error>() {
                        Some(error) => web(error),
                        None => Cow::Borrowed("stream"),
                    }),
                };
            }
            Error::NoChatResponse { .. }
            | Error::InvalidJsonResponseElement { .. }
            | Error::ChatResponseGeneration { .. }
            | Error::StreamParse { .. }
            | Error::JsonValueExt(_)
            | Error::SerdeJson(_) => "invalid_response",
            Error::RequiresApiKey { .. }
            | Error::NoAuthResolver { .. }
            | Error::NoAuthData { .. } => "no_credentials",
            Error::ChatReqHasNoMessages { .. }
            | Error::LastChatMessageIsNotUser { .. }
            | Error::MessageRoleNotSupported { .. }
            | Error::MessageContentTypeNotSupported { .. }
            | Error::JsonModeWithoutInstruction
            | Error::VerbosityParsing { .. }
            | Error::ReasoningParsingError { .. }
            | Error::ServiceTierParsing { .. }
            | Error::PromptCacheRetentionParsing { .. }
            | Error::AdapterNotSupported { .. }
            | Error::AdapterKindMismatch { .. } => "invalid_argument",
            // What the crate may add, and what says nothing but a text.
            _ => return None,
        };
        Some(Cow::Borrowed(stage))
    }
}

fn web(error: &webc::Error) -> Cow<'static, str> {
    match error {
        webc::Error::ResponseFailedStatus { status, body, .. } => answered(status.as_u16(), body),
        webc::Error::Reqwest(error) => http_failure!(error),
        _ => Cow::Borrowed("invalid_response"),
    }
}

fn answered(status: u16, body: &str) -> Cow<'static, str> {
    error_type_of(body).unwrap_or_else(|| Cow::Owned(status.to_string()))
}
