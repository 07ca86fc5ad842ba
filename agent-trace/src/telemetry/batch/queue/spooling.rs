//! From the queue to the spill file.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use super::{Queue, State};
use crate::telemetry::batch::codec;
use crate::telemetry::batch::spill::Spill;
use crate::telemetry::stats::Reason;

/// How often a crowded queue is looked at whose worker is just taking from it.
const LOOK: Duration = Duration::from_millis(10);

impl Queue {
    /// Whether there is a spill file.
    pub(crate) fn spills(&self) -> bool {
        self.spill.is_some()
    }

    /// Keeps the batch under way as bytes, in case that it does not arrive.
    pub(crate) fn keep(&self, record: Vec<u8>) {
        if let Some(batch) = &mut self.lock().under_way {
            batch.record = Some(Arc::new(record));
        }
    }

    /// Puts the batches that are due into the spill file.
    pub(crate) fn spool(&self) {
        let limits = self.limits();
        self.spool_while(|state| {
            state.due(limits, std::time::Instant::now()) == Some(Duration::ZERO)
        });
    }

    /// Empties the queue into the spill file whenever it fills while the worker is busy, until the worker ends.
    pub(crate) fn relieve(&self) {
        loop {
            let mut state = self.lock();
            loop {
                if state.finished || state.abandoned {
                    return;
                }
                let crowded = state.is_crowded(&self.limits);
                if crowded && state.busy && !state.spill_full {
                    break;
                }
                state = if crowded {
                    let waited = self.pressure.wait_timeout(state, LOOK);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                } else {
                    self.pressure
                        .wait(state)
                        .unwrap_or_else(PoisonError::into_inner)
                };
            }
            drop(state);
            if !self.spool_while(|state| {
                state.spans > self.limits.queue_spans / 4 && state.batches.len() > 1
            }) {
                std::thread::sleep(LOOK);
            }
        }
    }

    /// Puts batches into the spill file as long as that is wanted. What is under way goes first, so that the file keeps
    /// their order. Says whether it moved any.
    pub(super) fn spool_while(&self, wanted: impl Fn(&State) -> bool) -> bool {
        let Some(mut file) = self.file() else {
            return false;
        };
        let mut moved = false;
        while self.spool_one(&mut file, &wanted) {
            moved = true;
        }
        self.lock().spilled_bytes = file.bytes();
        self.settled.notify_all();
        moved
    }

    fn spool_one(&self, file: &mut Spill, wanted: &impl Fn(&State) -> bool) -> bool {
        let mut state = self.lock();
        let under_way = state.under_way.as_ref().filter(|batch| !batch.is_spilled);
        // At the end there is no time to wait for the worker to make its bytes.
        let under_way = under_way.filter(|batch| batch.record.is_some() || !state.closed);
        if let Some(batch) = under_way {
            let spans = batch.spans;
            // The worker is just about to make its bytes.
            let Some(record) = batch.record.clone() else {
                return false;
            };
            if state.abandoned || !(wanted(&state) || state.closed) {
                return false;
            }
            drop(state);
            let stored = file.append(spans as u32, &record).unwrap_or(false);
            let mut state = self.lock();
            state.spill_full = !stored;
            if stored {
                state.spilled += spans;
                state.settled += spans;
                if let Some(batch) = &mut state.under_way {
                    batch.is_spilled = true;
                }
            }
            return stored;
        }
        if !wanted(&state) {
            return false;
        }
        let Some(batch) = state.pop() else {
            return false;
        };
        let spans = batch.spans.len();
        state.moving = (spans, batch.bytes);
        drop(state);
        let stored = file
            .append(spans as u32, &codec::encode(&batch.spans))
            .unwrap_or(false);
        let mut state = self.lock();
        state.moving = (0, 0);
        state.spill_full = !stored;
        if stored {
            state.spilled += spans as u64;
            state.settled += spans as u64;
        } else if state.closed {
            state.settled += spans as u64;
            state.blame("the spill file is full or cannot be written".to_owned());
            state.lose(Reason::SpillFailed, spans as u64);
            return true;
        } else {
            state.put_back(batch);
        }
        stored
    }
}
