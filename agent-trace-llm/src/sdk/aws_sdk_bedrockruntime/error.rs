use std::borrow::Cow;

use ::aws_sdk_bedrockruntime::error::{ProvideErrorMetadata, SdkError};
use ::aws_sdk_bedrockruntime::operation::converse::ConverseError;
use ::aws_sdk_bedrockruntime::operation::converse_stream::ConverseStreamError;
use ::aws_sdk_bedrockruntime::operation::invoke_model::InvokeModelError;
use ::aws_sdk_bedrockruntime::operation::invoke_model_with_response_stream::InvokeModelWithResponseStreamError;
use ::aws_sdk_bedrockruntime::types::error::{ConverseStreamOutputError, ResponseStreamError};

use crate::LlmError;
use crate::text::is_code;

/// The exception's name (`ThrottlingException`); for failures on the way a name of the stage.
impl<E: ProvideErrorMetadata, R> LlmError for SdkError<E, R> {
    fn error_type(&self) -> Option<Cow<'static, str>> {
        let stage = match self {
            SdkError::ServiceError(error) => return code(error.err()),
            SdkError::ConstructionFailure(_) => "invalid_argument",
            SdkError::TimeoutError(_) => "timeout",
            SdkError::DispatchFailure(failure) if failure.is_timeout() => "timeout",
            SdkError::DispatchFailure(failure) if failure.is_user() => "invalid_argument",
            SdkError::DispatchFailure(_) => "connection",
            SdkError::ResponseError(_) => "invalid_response",
            // What the crate may add.
            _ => return None,
        };
        Some(Cow::Borrowed(stage))
    }
}

macro_rules! exceptions {
    ($($error:ty),* $(,)?) => {$(
        /// The exception's name (`ThrottlingException`).
        impl LlmError for $error {
            fn error_type(&self) -> Option<Cow<'static, str>> {
                code(self)
            }
        }
    )*};
}

exceptions!(
    ConverseError,
    ConverseStreamError,
    ConverseStreamOutputError,
    InvokeModelError,
    InvokeModelWithResponseStreamError,
    ResponseStreamError,
    ::aws_sdk_bedrockruntime::Error,
);

fn code(error: &impl ProvideErrorMetadata) -> Option<Cow<'static, str>> {
    let code = error.code().filter(|code| is_code(code))?;
    Some(Cow::Owned(code.to_owned()))
}
