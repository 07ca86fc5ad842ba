//! How a call ended.

use crate::failure::{CANCELLED, Failure, PANIC};
use std::borrow::Cow;

/// How a call ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It gave a value, or its stream was drained.
    Returned,
    /// It gave an error, or a value that was classified as one.
    Failed(Failure),
    /// It ended otherwise, as foreseen.
    Expected,
    /// It panicked.
    Panicked,
    /// Its future, or its stream before the first item, was dropped.
    Cancelled,
    /// Its stream was dropped by the consumer, or never polled.
    Abandoned,
}

impl Outcome {
    /// `error.type` of what is a failure by itself.
    pub(crate) fn error_type(&self) -> Option<Cow<'static, str>> {
        match self {
            Self::Failed(failure) => Some(failure.error_type.clone()),
            Self::Panicked => Some(Cow::Borrowed(PANIC)),
            Self::Cancelled => Some(Cow::Borrowed(CANCELLED)),
            Self::Returned | Self::Expected | Self::Abandoned => None,
        }
    }
}
