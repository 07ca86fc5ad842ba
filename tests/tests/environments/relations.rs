//! `parent`, `links` and `new_trace` with everything that a person has at hand.

mod links;
mod new_trace;
mod parents;

use std::collections::HashMap;

use agent_trace::testing::{Captured, FinishedSpan, capture};
use opentelemetry::Context;
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{SpanContext, SpanId, TraceFlags, TraceId, TraceState};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::Span;

pub(crate) const TRACE: u128 = 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c;
pub(crate) const SPAN: u64 = 0x00f0_67aa_0ba9_02b7;

/// A span of another process.
pub(crate) fn remote() -> SpanContext {
    SpanContext::new(
        TraceId::from(TRACE),
        SpanId::from(SPAN),
        TraceFlags::SAMPLED,
        true,
        TraceState::default(),
    )
}

/// What a propagator makes of the headers of a request.
pub(crate) fn extracted() -> Context {
    let headers = HashMap::from([(
        "traceparent".to_owned(),
        format!("00-{TRACE:032x}-{SPAN:016x}-01"),
    )]);
    TraceContextPropagator::new().extract(&headers)
}

pub(crate) fn assert_in_remote_trace(span: &FinishedSpan) {
    assert_eq!(span.trace_id(), TraceId::from(TRACE));
    assert_eq!(span.parent(), Some(SpanId::from(SPAN)));
    assert!(span.has_remote_parent());
}

/// The spans of `run`, which is given a span `given` that is open and not entered.
pub(crate) fn with_span<T>(run: impl FnOnce(Span) -> T) -> Captured<T> {
    capture(|| {
        let given = tracing::info_span!("given");
        tracing::info_span!("around").in_scope(|| run(given))
    })
}

pub(crate) fn assert_child_of<T>(captured: &Captured<T>, name: &str, parent: &str) {
    let span = captured.spans.find(name);
    let found = captured.spans.parent(span).map(FinishedSpan::name);
    assert_eq!(found, Some(parent), "{}", captured.spans.outline());
}
