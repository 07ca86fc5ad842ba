//! Holds the spans of a trace until its local root has ended.

use std::collections::{HashMap, HashSet, VecDeque};

use opentelemetry::trace::{SpanId, TraceId};
use opentelemetry_sdk::trace::SpanData;

/// How many names of printed spans are kept, for late children and for links.
const REMEMBERED: usize = 4_096;

/// Spans of one trace, to be printed together.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) trace: TraceId,
    pub(super) why: Why,
    /// By start.
    pub(super) spans: Vec<SpanData>,
}

/// Why a piece is printed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// Its local root has ended.
    Ended,
    /// All of it ended after its parent had been printed.
    Late,
    /// Somebody flushed or shut down.
    Flushed,
    /// There is no room for more.
    Full,
}

#[derive(Debug)]
pub(super) struct Buffer {
    traces: HashMap<TraceId, Held>,
    /// How many spans are held in all traces.
    spans: usize,
    arrivals: u64,
    printed: Printed,
    max_traces: usize,
    max_spans: usize,
}

#[derive(Debug)]
struct Held {
    spans: Vec<SpanData>,
    arrived: u64,
}

impl Buffer {
    pub(super) fn new() -> Self {
        Self {
            traces: HashMap::new(),
            spans: 0,
            arrivals: 0,
            printed: Printed::default(),
            max_traces: 256,
            max_spans: 16_384,
        }
    }

    pub(super) fn set_limits(&mut self, traces: usize, spans: usize) {
        self.max_traces = traces;
        self.max_spans = spans;
    }

    /// Takes spans in, and gives out those that can be printed.
    pub(super) fn add(&mut self, batch: Vec<SpanData>) -> Vec<Piece> {
        // The traces of this batch in order, with how many of their spans are new.
        let mut touched: Vec<(TraceId, usize)> = Vec::new();
        for span in batch {
            let trace = span.span_context.trace_id();
            match touched.iter_mut().find(|(known, _)| *known == trace) {
                Some((_, new)) => *new += 1,
                None => touched.push((trace, 1)),
            }
            self.arrivals += 1;
            let held = self.traces.entry(trace).or_insert(Held {
                spans: Vec::new(),
                arrived: self.arrivals,
            });
            held.spans.push(span);
            self.spans += 1;
        }

        let mut pieces: Vec<_> = touched
            .into_iter()
            .filter_map(|(trace, new)| self.finished(trace, new))
            .collect();
        while self.traces.len() > self.max_traces || self.spans > self.max_spans {
            let Some(trace) = self.longest_waiting() else {
                break;
            };
            pieces.extend(self.take_all(trace, Why::Full));
        }
        pieces
    }

    /// Gives out everything.
    pub(super) fn drain(&mut self) -> Vec<Piece> {
        let mut traces: Vec<_> = self
            .traces
            .iter()
            .map(|(trace, held)| (held.arrived, *trace))
            .collect();
        traces.sort_unstable_by_key(|(arrived, _)| *arrived);
        traces
            .into_iter()
            .filter_map(|(_, trace)| self.take_all(trace, Why::Flushed))
            .collect()
    }

    /// The name of a span that has been printed lately or is held.
    pub(super) fn name(&self, trace: TraceId, span: SpanId) -> Option<&str> {
        self.printed
            .names
            .get(&(trace, span))
            .map(|name| &**name)
            .or_else(|| {
                let held = self.traces.get(&trace)?;
                held.spans
                    .iter()
                    .find(|candidate| candidate.span_context.span_id() == span)
                    .map(|span| &*span.name)
            })
    }

    fn longest_waiting(&self) -> Option<TraceId> {
        self.traces
            .iter()
            .min_by_key(|(_, held)| held.arrived)
            .map(|(trace, _)| *trace)
    }

    fn take_all(&mut self, trace: TraceId, why: Why) -> Option<Piece> {
        let held = self.traces.remove(&trace)?;
        self.spans -= held.spans.len();
        Some(self.piece(trace, why, held.spans))
    }

    /// What is beneath the local roots that have just ended, and beneath spans printed before.
    ///
    /// Only the `new` last spans are asked: what was held before was no root, and a parent of it that has been
    /// printed since would have taken it along.
    fn finished(&mut self, trace: TraceId, new: usize) -> Option<Piece> {
        let held = self.traces.get_mut(&trace)?;
        let printed = &self.printed.names;
        let is_late = |span: &SpanData| printed.contains_key(&(trace, span.parent_span_id));
        let is_root = |span: &SpanData| {
            let parent = span.parent_span_id;
            // A server and its client in one process, exported together, are one tree.
            let is_held = || {
                held.spans
                    .iter()
                    .any(|span| span.span_context.span_id() == parent)
            };
            parent == SpanId::INVALID || (span.parent_span_is_remote && !is_held())
        };
        let tops: Vec<_> = held.spans[held.spans.len() - new..]
            .iter()
            .filter(|span| is_late(span) || is_root(span))
            .collect();
        if tops.is_empty() {
            return None;
        }
        let why = if tops.iter().all(|span| is_late(span)) {
            Why::Late
        } else {
            Why::Ended
        };

        let mut children: HashMap<SpanId, Vec<SpanId>> = HashMap::new();
        for span in &held.spans {
            children
                .entry(span.parent_span_id)
                .or_default()
                .push(span.span_context.span_id());
        }
        let mut reached = HashSet::new();
        let mut next: Vec<_> = tops
            .iter()
            .map(|span| span.span_context.span_id())
            .collect();
        while let Some(span) = next.pop() {
            if reached.insert(span) {
                next.extend(children.get(&span).into_iter().flatten());
            }
        }

        let (spans, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut held.spans)
            .into_iter()
            .partition(|span| reached.contains(&span.span_context.span_id()));
        if rest.is_empty() {
            self.traces.remove(&trace);
        } else {
            held.spans = rest;
        }
        self.spans -= spans.len();
        Some(self.piece(trace, why, spans))
    }

    fn piece(&mut self, trace: TraceId, why: Why, mut spans: Vec<SpanData>) -> Piece {
        spans.sort_by_key(|span| span.start_time);
        for span in &spans {
            self.printed.add(trace, span);
        }
        Piece { trace, why, spans }
    }
}

/// The names of the spans printed last.
#[derive(Debug, Default)]
struct Printed {
    names: HashMap<(TraceId, SpanId), Box<str>>,
    order: VecDeque<(TraceId, SpanId)>,
}

impl Printed {
    fn add(&mut self, trace: TraceId, span: &SpanData) {
        let key = (trace, span.span_context.span_id());
        if self.names.insert(key, span.name.as_ref().into()).is_none() {
            self.order.push_back(key);
        }
        if self.order.len() > REMEMBERED {
            if let Some(oldest) = self.order.pop_front() {
                self.names.remove(&oldest);
            }
        }
    }
}
