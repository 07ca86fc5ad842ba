use std::borrow::Cow;
use std::sync::Arc;

/// A type that says why a model call failed.
///
/// An `Err` of such a type gives the span its `error.type`.
///
/// ```
/// use std::borrow::Cow;
///
/// use agent_trace_llm::LlmError;
///
/// enum AskError {
///     Refused { status: u16 },
///     TimedOut,
/// }
///
/// impl LlmError for AskError {
///     fn error_type(&self) -> Option<Cow<'static, str>> {
///         Some(match self {
///             AskError::Refused { status } => status.to_string().into(),
///             AskError::TimedOut => "timeout".into(),
///         })
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known as the error of a model call",
    label = "does not implement `LlmError`",
    note = "implement `agent_trace::llm::LlmError` for it",
    note = "or classify it by hand: `#[llm_call(error = path::to::function)]`"
)]
pub trait LlmError {
    /// `error.type`: the provider's error code, an HTTP status, or another name of low cardinality.
    /// Never a message: those are content, and no two of them are alike. `None` when nothing of the
    /// kind is known.
    fn error_type(&self) -> Option<Cow<'static, str>>;
}

macro_rules! forward {
    ($($pointer:ty),*) => {$(
        impl<T: LlmError + ?Sized> LlmError for $pointer {
            fn error_type(&self) -> Option<Cow<'static, str>> {
                (**self).error_type()
            }
        }
    )*};
}

forward!(&T, Box<T>, Arc<T>);
