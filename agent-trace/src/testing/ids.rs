//! Ids that count from 1.

use std::sync::atomic::{AtomicU64, Ordering};

use opentelemetry::trace::{SpanId, TraceId};
use opentelemetry_sdk::trace::IdGenerator;

/// Gives trace ids 1, 2, 3 .. and span ids 1, 2, 3 .. in the order in which spans start.
#[derive(Debug)]
pub(super) struct CountingIds {
    trace: AtomicU64,
    span: AtomicU64,
}

impl CountingIds {
    pub(super) fn new() -> Self {
        Self {
            trace: AtomicU64::new(1),
            span: AtomicU64::new(1),
        }
    }
}

impl IdGenerator for CountingIds {
    fn new_trace_id(&self) -> TraceId {
        TraceId::from(u128::from(self.trace.fetch_add(1, Ordering::Relaxed)))
    }

    fn new_span_id(&self) -> SpanId {
        SpanId::from(self.span.fetch_add(1, Ordering::Relaxed))
    }
}
