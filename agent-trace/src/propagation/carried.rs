//! What came with a trace and has no place in OpenTelemetry's span context.

use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, TraceFlags, TraceId};

/// Whether the trace id is random, by level 2 of the W3C.
pub(super) const RANDOM: TraceFlags = TraceFlags::new(0x02);

/// Kept as a value of the OpenTelemetry context, so that every span beneath finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Carried {
    /// The trace it belongs to; a trace that starts beneath does not take it along.
    trace_id: TraceId,
    /// The whole list, if OpenTelemetry's type cannot hold all of it.
    tracestate: Option<Box<str>>,
    /// The debug flag of B3, which goes wherever the trace goes.
    is_debug: bool,
    /// The random flag of the W3C. The SDK forgets it where its sampler rejects a span.
    is_random: bool,
}

impl Carried {
    /// What a `traceparent` and a `tracestate` leave; `None` where that is nothing.
    pub(super) fn of_w3c(
        trace_id: TraceId,
        flags: TraceFlags,
        tracestate: Option<Box<str>>,
    ) -> Option<Self> {
        let is_random = flags & RANDOM == RANDOM;
        (tracestate.is_some() || is_random).then_some(Self {
            trace_id,
            tracestate,
            is_debug: false,
            is_random,
        })
    }

    /// What B3 leaves; `None` where that is nothing.
    pub(super) fn of_b3(trace_id: TraceId, is_debug: bool) -> Option<Self> {
        is_debug.then_some(Self {
            trace_id,
            tracestate: None,
            is_debug,
            is_random: false,
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

    pub(super) fn is_random(&self) -> bool {
        self.is_random
    }
}
