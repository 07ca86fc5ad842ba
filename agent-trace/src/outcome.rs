//! How a call ended.

use crate::failure::Failure;

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
