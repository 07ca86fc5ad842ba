use std::borrow::Cow;

use ::ollama_rs::error::OllamaError;

use crate::LlmError;
use crate::sdk::http_failure::http_failure;

/// The crate keeps neither the HTTP status nor a code of an answer that reports an error, only its
/// text: such an error is of an unknown type.
impl LlmError for OllamaError {
    fn error_type(&self) -> Option<Cow<'static, str>> {
        match self {
            OllamaError::ReqwestError(error) => Some(http_failure!(error)),
            OllamaError::JsonError(_) => Some(Cow::Borrowed("invalid_response")),
            OllamaError::ToolCallError(_) => Some(Cow::Borrowed("tool_call")),
            OllamaError::InternalError(_) | OllamaError::Other(_) => None,
        }
    }
}
