//! What a classifier says of a returned value.

use std::borrow::Cow;

/// What `#[..(error = classify)]` says of a returned value: `classify(&value) -> Verdict`.
///
/// An approval that is asked for, a deferral, or an empty result that the caller can work with is
/// [`Expected`](Self::Expected) and no failure, also where it travels as an `Err`.
///
/// ```
/// use agent_trace::Verdict;
///
/// struct Output { is_error: bool }
///
/// fn classify(output: &Output) -> Verdict {
///     if output.is_error { Verdict::failure("tool_error") } else { Verdict::Success }
/// }
///
/// #[agent_trace::tool_call(error = classify)]
/// fn run(fails: bool) -> Output {
///     Output { is_error: fails }
/// }
/// # run(true);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The call did what it was called for: the status stays unset.
    Success,
    /// The call failed: the status is Error and `error.type` is this. Keep it of low cardinality.
    Failure(Cow<'static, str>),
    /// It ended otherwise, as foreseen: the status stays unset and `agent_trace.outcome` is
    /// `expected`.
    Expected,
}

impl Verdict {
    /// A failure of this type.
    pub fn failure(error_type: impl Into<Cow<'static, str>>) -> Self {
        Self::Failure(error_type.into())
    }
}
