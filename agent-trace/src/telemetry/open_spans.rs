//! The spans that have begun and not ended, and how many there were.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use opentelemetry::trace::{Link, Span as _, SpanId, SpanKind, TraceContextExt as _, TraceId};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::trace::{SamplingDecision, SamplingResult, ShouldSample, Span, SpanData};

use super::Stats;

/// Locks are spread over this many, by span id, so that threads seldom meet.
const SHARDS: usize = 16;

/// A span that has begun and not ended.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSpan {
    /// The trace that it belongs to.
    pub trace_id: TraceId,
    /// Its id.
    pub span_id: SpanId,
    /// Its parent, `SpanId::INVALID` for a root.
    pub parent_span_id: SpanId,
    /// The name that it began with.
    pub name: Cow<'static, str>,
    /// What kind of span it is.
    pub kind: SpanKind,
    /// When it began.
    pub started: SystemTime,
}

impl OpenSpan {
    /// How long it has been open; zero if the clock was set back.
    pub fn age(&self) -> Duration {
        self.started.elapsed().unwrap_or_default()
    }
}

type Shard = HashMap<u64, OpenSpan, BuildHasherDefault<AsIs>>;

/// Span ids are random: they need no hash.
#[derive(Debug, Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

fn number(id: SpanId) -> u64 {
    u64::from_be_bytes(id.to_bytes())
}

thread_local! {
    /// What the sampler was asked about last: the SDK asks it and then announces the span, on one thread and in one
    /// call, and a span that has begun does not tell its name without a copy of all that it holds.
    static ASKED: RefCell<Option<(TraceId, Cow<'static, str>, SpanKind)>> = const { RefCell::new(None) };
}

/// The account of spans, shared by the sampler and the processor that keep it.
#[derive(Debug, Default)]
pub(crate) struct Spans {
    /// Spans that were recorded.
    started: AtomicU64,
    ended: AtomicU64,
    /// Of the recorded ones, those that were not to be exported.
    unsampled: AtomicU64,
    /// Spans that were not even recorded.
    refused: AtomicU64,
    open: [Mutex<Shard>; SHARDS],
}

impl Spans {
    fn shard(&self, id: SpanId) -> MutexGuard<'_, Shard> {
        let at = usize::from(id.to_bytes()[7]) % SHARDS;
        self.open[at].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A span has begun.
    pub(crate) fn begin(&self, span: &Span, context: &Context) {
        let own = span.span_context();
        let asked = ASKED.with_borrow_mut(Option::take);
        let (name, kind) = asked
            .filter(|(trace_id, ..)| *trace_id == own.trace_id())
            .map_or(
                (Cow::Borrowed(""), SpanKind::Internal),
                |(_, name, kind)| (name, kind),
            );
        let open = OpenSpan {
            trace_id: own.trace_id(),
            span_id: own.span_id(),
            parent_span_id: context.span().span_context().span_id(),
            name,
            kind,
            started: SystemTime::now(),
        };
        self.started.fetch_add(1, Ordering::AcqRel);
        self.shard(open.span_id).insert(number(open.span_id), open);
    }

    /// A span has ended.
    pub(crate) fn end(&self, span: &SpanData) {
        let span_id = span.span_context.span_id();
        self.shard(span_id).remove(&number(span_id));
        if !span.span_context.is_sampled() {
            self.unsampled.fetch_add(1, Ordering::AcqRel);
        }
        self.ended.fetch_add(1, Ordering::AcqRel);
    }

    /// The open spans, the oldest first.
    pub(crate) fn open(&self) -> Vec<OpenSpan> {
        let mut open = Vec::new();
        for shard in &self.open {
            let shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            open.extend(shard.values().cloned());
        }
        open.sort_by_key(|span: &OpenSpan| (span.started, span.span_id.to_bytes()));
        open
    }

    /// The account, without the exporters.
    pub(crate) fn stats(&self) -> Stats {
        // In this order a span that ends meanwhile counts as open, and none as ended that never started.
        let refused = self.refused.load(Ordering::Acquire);
        let unsampled = self.unsampled.load(Ordering::Acquire);
        let ended = self.ended.load(Ordering::Acquire);
        let started = self.started.load(Ordering::Acquire);
        Stats {
            started: started + refused,
            ended: ended + refused,
            sampled_out: unsampled + refused,
            open: started.saturating_sub(ended),
            exporters: Vec::new(),
        }
    }
}

/// A sampler whose refusals are counted.
#[derive(Debug, Clone)]
pub(crate) struct CountingSampler {
    pub(crate) sampler: Box<dyn ShouldSample>,
    pub(crate) spans: Arc<Spans>,
}

impl ShouldSample for CountingSampler {
    fn should_sample(
        &self,
        parent: Option<&Context>,
        trace_id: TraceId,
        name: &str,
        kind: &SpanKind,
        attributes: &[KeyValue],
        links: &[Link],
    ) -> SamplingResult {
        let result = self
            .sampler
            .should_sample(parent, trace_id, name, kind, attributes, links);
        if result.decision == SamplingDecision::Drop {
            self.spans.refused.fetch_add(1, Ordering::Relaxed);
        } else {
            ASKED.set(Some((trace_id, Cow::Owned(name.to_owned()), kind.clone())));
        }
        result
    }
}
