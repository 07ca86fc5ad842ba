use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use opentelemetry_sdk::trace::SpanData;

use crate::telemetry::FlushError;
use crate::telemetry::batch::BatchLimits;
use crate::telemetry::stats::{Dropped, Reason};

/// A batch.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) spans: Vec<SpanData>,
    pub(crate) bytes: usize,
    /// Whether somebody waits for its last span to have arrived.
    pub(crate) flush: bool,
    /// When its first span came in.
    since: Instant,
}

impl Batch {
    pub(super) fn new(spans: usize) -> Self {
        Self {
            spans: Vec::with_capacity(spans),
            bytes: 0,
            flush: false,
            since: Instant::now(),
        }
    }
}

/// The batch that the worker has.
#[derive(Debug)]
pub(super) struct UnderWay {
    pub(super) spans: u64,
    pub(super) bytes: usize,
    /// It as bytes, where there is a spill file.
    pub(super) record: Option<Arc<Vec<u8>>>,
    /// It was put into the spill file meanwhile, and is the first there.
    pub(super) is_spilled: bool,
}

#[derive(Debug, Default)]
pub(super) struct State {
    /// The last one is being filled; all others are full.
    pub(super) batches: VecDeque<Batch>,
    /// Spans and bytes in `batches`.
    pub(super) spans: usize,
    pub(super) bytes: usize,
    /// Spans in the last batch that was taken.
    pub(super) usual: usize,
    pub(super) under_way: Option<UnderWay>,
    /// Spans and bytes of the batch that is being written to the spill file.
    pub(super) moving: (usize, usize),
    /// Spans that were accepted, and how many of them have been exported, spilled or lost since, in order.
    pub(super) accepted: u64,
    pub(super) settled: u64,
    /// All spans up to this one are to leave without waiting for company.
    pub(super) urgent: u64,
    pub(super) exported: u64,
    pub(super) exported_bytes: u64,
    pub(super) dropped: Dropped,
    /// Spans and bytes in the spill file, and how many spans were in it when it was opened.
    pub(super) spilled: u64,
    pub(super) spilled_bytes: u64,
    pub(super) recovered: u64,
    /// The spill file had no room for the batch that came last.
    pub(super) spill_full: bool,
    /// Somebody waits for the spill file to be tried again.
    pub(super) replay_wanted: bool,
    /// What no flush has told yet.
    pub(super) untold: FlushError,
    /// What the exporter said last of a batch that did not arrive.
    pub(super) said: Option<String>,
    /// The worker exports.
    pub(super) busy: bool,
    /// No span is accepted any more.
    pub(super) closed: bool,
    /// Nobody waits for the worker any more: what it has was counted.
    pub(super) abandoned: bool,
    /// The worker has ended.
    pub(super) finished: bool,
}

impl State {
    pub(super) fn lose(&mut self, reason: Reason, spans: u64) {
        self.dropped.add(reason, spans);
        self.untold.dropped.add(reason, spans);
    }

    /// Remembers what was said of a batch that is lost.
    pub(super) fn blame(&mut self, said: String) {
        self.untold.reason = Some(said.clone());
        self.said = Some(said);
    }

    /// How long until the first batch is due; `None` where there is none.
    pub(super) fn due(&self, limits: &BatchLimits, now: Instant) -> Option<Duration> {
        let front = self.batches.front()?;
        let is_ready = front.spans.len() >= limits.batch_spans
            || self.batches.len() > 1
            || self.closed
            || self.urgent > self.settled;
        if is_ready {
            return Some(Duration::ZERO);
        }
        let waited = now.saturating_duration_since(front.since);
        Some(limits.delay.saturating_sub(waited))
    }

    /// Whether the queue is more than half full.
    pub(super) fn is_crowded(&self, limits: &BatchLimits) -> bool {
        self.spans > limits.queue_spans / 2 || self.bytes > limits.queue_bytes / 2
    }

    /// Gives the first batch to the worker.
    pub(super) fn take(&mut self) -> Option<Batch> {
        let mut batch = self.pop()?;
        let last = self.settled + batch.spans.len() as u64;
        batch.flush = (self.settled + 1..=last).contains(&self.urgent);
        self.usual = batch.spans.len();
        self.under_way = Some(UnderWay {
            spans: batch.spans.len() as u64,
            bytes: batch.bytes,
            record: None,
            is_spilled: false,
        });
        Some(batch)
    }

    pub(super) fn pop(&mut self) -> Option<Batch> {
        let batch = self.batches.pop_front()?;
        self.spans -= batch.spans.len();
        self.bytes -= batch.bytes;
        Some(batch)
    }

    pub(super) fn put_back(&mut self, batch: Batch) {
        self.spans += batch.spans.len();
        self.bytes += batch.bytes;
        self.batches.push_front(batch);
    }

    /// Spans and bytes that were neither exported, spilled nor lost.
    pub(super) fn waiting(&self) -> (u64, usize) {
        let (spans, bytes) = match &self.under_way {
            Some(batch) if !batch.is_spilled && !self.abandoned => (batch.spans, batch.bytes),
            _ => (0, 0),
        };
        (
            spans + (self.spans + self.moving.0) as u64,
            bytes + self.bytes + self.moving.1,
        )
    }
}
