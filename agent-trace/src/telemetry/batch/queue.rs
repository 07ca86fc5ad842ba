//! What waits for export. Batches are formed where spans come in, so that a batch leaves in one step.

mod settling;
mod spooling;
mod state;
mod waiting;

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use opentelemetry_sdk::trace::SpanData;

use super::BatchLimits;
use super::spill::Spill;
use crate::telemetry::stats::{Dropped, ExporterStats, Reason};
pub(crate) use state::Batch;
use state::State;

#[derive(Debug)]
pub(crate) struct Queue {
    limits: BatchLimits,
    state: Mutex<State>,
    /// Always locked before the state, and never while an exporter runs.
    spill: Option<Mutex<Spill>>,
    /// The worker waits here.
    work: Condvar,
    /// Who flushes waits here.
    settled: Condvar,
    /// Who empties the queue into the spill file waits here.
    pressure: Condvar,
}

/// What the worker is to do next.
#[derive(Debug)]
pub(crate) enum Next {
    /// Export this batch.
    Export(Batch),
    /// Put the batches that are due behind those that wait in the spill file.
    Spool,
    /// Export the first batch of the spill file.
    Replay,
    /// The queue is closed and empty.
    End,
}

impl Queue {
    /// A queue, and the file that it spills to with the spans in it.
    pub(crate) fn new(limits: BatchLimits, spill: Option<(Spill, u64)>) -> Self {
        let mut state = State::default();
        if let Some((spill, spans)) = &spill {
            (state.spilled, state.recovered) = (*spans, *spans);
            state.spilled_bytes = spill.bytes();
        }
        Self {
            limits: limits.sane(),
            state: Mutex::new(state),
            spill: spill.map(|(spill, _)| Mutex::new(spill)),
            work: Condvar::new(),
            settled: Condvar::new(),
            pressure: Condvar::new(),
        }
    }

    pub(crate) fn limits(&self) -> &BatchLimits {
        &self.limits
    }

    /// A lock is held for a few moves at most, never while something of the user's runs, so it is never poisoned for
    /// a reason that matters.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn file(&self) -> Option<MutexGuard<'_, Spill>> {
        let spill = self.spill.as_ref()?;
        Some(spill.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes a span in, or counts it as lost. Does not wait.
    pub(crate) fn push(&self, span: SpanData, bytes: usize) {
        let limits = &self.limits;
        let mut state = self.lock();
        if state.closed {
            return state.lose(Reason::AfterShutdown, 1);
        }
        if bytes > limits.batch_bytes {
            return state.lose(Reason::TooBig, 1);
        }
        if state.spans >= limits.queue_spans || state.bytes + bytes > limits.queue_bytes {
            return state.lose(Reason::QueueFull, 1);
        }
        let fits = state.batches.back().is_some_and(|batch| {
            batch.spans.len() < limits.batch_spans && batch.bytes + bytes <= limits.batch_bytes
        });
        if !fits {
            // Nearly every batch is as large as the one before.
            let spans = state.usual.min(limits.batch_spans);
            state.batches.push_back(Batch::new(spans));
        }
        let first = state.spans == 0;
        let filled = state.batches.back_mut().is_some_and(|batch| {
            batch.spans.push(span);
            batch.bytes += bytes;
            batch.spans.len() == limits.batch_spans
        });
        let crowded = state.is_crowded(limits);
        state.spans += 1;
        state.bytes += bytes;
        state.accepted += 1;
        let crowds = self.spill.is_some() && !crowded && state.is_crowded(limits);
        // The worker has to know of the first span, to begin its delay, and of each batch that is ready.
        let wake = first || filled || (!fits && state.batches.len() > 1);
        drop(state);
        if wake {
            self.work.notify_one();
        }
        if crowds {
            self.pressure.notify_one();
        }
    }

    /// What to do, once there is something. While batches wait in the spill file, none goes past them; from `retry` on
    /// they may be tried again.
    pub(crate) fn next(&self, retry: Instant) -> Next {
        let mut state = self.lock();
        state.busy = false;
        loop {
            if state.abandoned {
                return Next::End;
            }
            let now = Instant::now();
            let due = state.due(&self.limits, now);
            let is_due = due == Some(Duration::ZERO);
            let wait = if state.spilled > 0 {
                if state.replay_wanted || (retry <= now && !state.closed) {
                    state.busy = true;
                    return Next::Replay;
                }
                if is_due && (!state.spill_full || state.closed) {
                    return Next::Spool;
                }
                if state.closed {
                    return Next::End;
                }
                let retry = retry - now;
                Some(
                    due.filter(|due| !due.is_zero())
                        .map_or(retry, |due| due.min(retry)),
                )
            } else {
                if is_due {
                    if let Some(batch) = state.take() {
                        state.busy = true;
                        return Next::Export(batch);
                    }
                }
                if state.closed {
                    return Next::End;
                }
                due
            };
            state = match wait {
                None => self
                    .work
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner),
                Some(left) => {
                    let waited = self.work.wait_timeout(state, left);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }

    /// What was lost so far, and what the exporter said last.
    pub(crate) fn lost(&self) -> (Dropped, Option<String>) {
        let state = self.lock();
        (state.dropped, state.said.clone())
    }

    /// The account as it stands.
    pub(crate) fn stats(&self, name: &str) -> ExporterStats {
        let state = self.lock();
        let (spans, bytes) = state.waiting();
        ExporterStats {
            name: name.to_owned(),
            exported: state.exported,
            exported_bytes: state.exported_bytes,
            dropped: state.dropped,
            queued: spans,
            queued_bytes: bytes as u64,
            spilled: state.spilled,
            spilled_bytes: state.spilled_bytes,
            recovered: state.recovered,
        }
    }
}

#[cfg(test)]
mod tests;
