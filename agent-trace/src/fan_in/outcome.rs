//! How a subtask ended.

use crate::semconv::value::fan_out_outcome;

/// How a subtask ended, as the span sees it that consumes its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SubtaskOutcome {
    Returned,
    Failed,
    Panicked,
    /// Dropped or aborted before it was done.
    Cancelled,
    /// Still running when its fan-out was over: blocking work cannot be stopped.
    #[cfg_attr(not(feature = "tokio"), expect(dead_code, reason = "only a runtime's"))]
    Unfinished,
}

impl SubtaskOutcome {
    /// The value of `agent_trace.fan_out.outcome`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Returned => fan_out_outcome::RETURNED,
            Self::Failed => fan_out_outcome::FAILED,
            Self::Panicked => fan_out_outcome::PANICKED,
            Self::Cancelled => fan_out_outcome::CANCELLED,
            Self::Unfinished => fan_out_outcome::UNFINISHED,
        }
    }

    /// What a link to one of the subtask's spans says: a subtask that gave its value has failed where
    /// that span has.
    pub(crate) fn of_span(self, failed: bool) -> Self {
        match self {
            Self::Returned if failed => Self::Failed,
            outcome => outcome,
        }
    }
}
