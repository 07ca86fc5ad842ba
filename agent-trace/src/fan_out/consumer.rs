//! Who consumes the result of a subtask.

use super::dispatcher::Dispatcher;
use crate::fan_in::{FanIn, Settled};
use crate::guard::lock;
use crate::otel;
use crate::state::{self, CallState, Found};
use std::sync::Arc;
use tracing::{Span, dispatcher};

/// Where the `fan_in` links of a subtask go.
#[derive(Debug)]
pub(crate) enum Consumer {
    Call(Arc<CallState>),
    /// A span that is no call of ours.
    Span(Span),
    /// A call that nobody records.
    Nobody,
    /// There is no span around: the one that dispatched the subtask.
    Dispatcher,
}

impl Consumer {
    /// The nearest around the current place.
    pub(crate) fn here() -> Self {
        match dispatcher::get_default(state::find_current) {
            Found::State(call) => Self::Call(call),
            Found::Unrecorded(_) => Self::Nobody,
            Found::Nothing => match Span::current() {
                span if span.is_none() => Self::Dispatcher,
                span => Self::Span(span),
            },
        }
    }

    pub(crate) fn take(&self, dispatcher: &Dispatcher, settled: Settled<'_>) {
        match self {
            Self::Call(call) => give(call, settled),
            Self::Span(span) => link(span, settled),
            Self::Nobody => {}
            Self::Dispatcher => match dispatcher.call() {
                Some(call) => give(call, settled),
                None if dispatcher.is_unrecorded() => {}
                None => link(dispatcher.span(), settled),
            },
        }
    }
}

/// Leaves it to the call's end to write what it consumed.
fn give(call: &CallState, settled: Settled<'_>) {
    if call.is_recorded {
        let mut record = lock(&call.record);
        if !record.is_written {
            record.fan_in().add(settled);
        }
    }
}

/// The SDK has a cap of its own, and counts.
fn link(span: &Span, settled: Settled<'_>) {
    for (to, attributes) in FanIn::links_of(settled) {
        otel::add_link(span, to, attributes);
    }
}
