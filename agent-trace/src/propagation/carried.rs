//! What came with a trace and has no place in OpenTelemetry's span context.

use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, TraceId};

/// Kept as a value of the OpenTelemetry context, so that every span beneath finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Carried {
    /// The trace it belongs to; a trace that starts beneath does not take it along.
    trace_id: TraceId,
    /// The whole list, if OpenTelemetry's type cannot hold all of it.
    tracestate: Option<Box<str>>,
    /// The debug flag of B3, which goes wherever the trace goes.
    is_debug: bool,
}

impl Carried {
    /// `None` where there is nothing to be carried.
    pub(super) fn new(
        trace_id: TraceId,
        tracestate: Option<Box<str>>,
        is_debug: bool,
    ) -> Option<Self> {
        (tracestate.is_some() || is_debug).then_some(Self {
            trace_id,
            tracestate,
            is_debug,
        })
    }

    /// What is carried along the trace of `span`.
    pub(super) fn of<'a>(context: &'a Context, span: &SpanContext) -> Option<&'a Self> {
        context
            .get::<Self>()
            .filter(|carried| carried.trace_id == span.trace_id())
    }

    pub(super) fn tracestate(&self) -> Option<&str> {
        self.tracestate.as_deref()
    }

    pub(super) fn is_debug(&self) -> bool {
        self.is_debug
    }
}
