//! What became of a batch.

use super::{Queue, State};
use crate::telemetry::batch::codec;
use crate::telemetry::batch::export::Failure;
use crate::telemetry::batch::spill::Spill;
use crate::telemetry::stats::Reason;
use opentelemetry_sdk::trace::SpanData;

/// A batch of the spill file.
#[derive(Debug)]
pub(crate) struct Replay {
    pub(crate) spans: Vec<SpanData>,
    bytes: usize,
}

impl Queue {
    /// What became of the batch that [`next`](Self::next) gave to export: all of it arrived but `refused`, or none did.
    pub(crate) fn settle(&self, result: Result<u64, Failure>) {
        let mut file = self.file();
        let (record, spans, is_spilled, abandoned) = match &*self.lock() {
            State {
                under_way: Some(batch),
                abandoned,
                ..
            } => (
                batch.record.clone(),
                batch.spans,
                batch.is_spilled,
                *abandoned,
            ),
            _ => return,
        };
        let outage = result.as_ref().is_err_and(Failure::is_outage);
        let mut spilled = false;
        if let Some(file) = &mut file {
            if is_spilled && !outage {
                acknowledge(file);
            } else if let Some(record) = record.filter(|_| outage && !is_spilled && !abandoned) {
                spilled = file.append(spans as u32, &record).unwrap_or(false);
            }
        }
        let mut state = self.lock();
        let bytes = state.under_way.take().map_or(0, |batch| batch.bytes);
        if let Some(file) = &file {
            state.spilled_bytes = file.bytes();
        }
        if is_spilled {
            if outage {
                state.said = result.err().map(|failure| failure.to_string());
            } else {
                state.spilled -= spans;
                state.spill_full = false;
                state.count(result, spans, bytes);
            }
        } else if !state.abandoned {
            state.settled += spans;
            if spilled {
                state.spilled += spans;
                state.said = result.err().map(|failure| failure.to_string());
            } else if outage && file.is_some() {
                state.spill_full = true;
                state.blame("the spill file is full or cannot be written".to_owned());
                state.lose(Reason::SpillFailed, spans);
            } else {
                state.count(result, spans, bytes);
            }
        }
        drop(state);
        self.settled.notify_all();
    }

    /// The first batch of the spill file, or the one so many after it. What cannot be read is lost.
    pub(crate) fn spilled(&self, after: usize) -> Option<Replay> {
        let mut file = self.file()?;
        let record = file.peek(after).ok().flatten();
        let Some(record) = record else {
            if after == 0 {
                let _ = file.clear();
                let mut state = self.lock();
                let lost = std::mem::take(&mut state.spilled);
                state.blame("the spill file cannot be read".to_owned());
                state.lose(Reason::SpillFailed, lost);
                state.replayed(&file);
                self.settled.notify_all();
            }
            return None;
        };
        let bytes = record.bytes.len();
        match codec::decode(&record.bytes) {
            Some(spans) => Some(Replay { spans, bytes }),
            None => {
                if after == 0 {
                    acknowledge(&mut file);
                    let mut state = self.lock();
                    state.spilled -= u64::from(record.spans);
                    state.blame("the spill file was written by another version".to_owned());
                    state.lose(Reason::SpillFailed, u64::from(record.spans));
                    state.replayed(&file);
                    self.settled.notify_all();
                }
                None
            }
        }
    }

    /// What became of the first batch of the spill file: it is done with, unless it is to be tried again.
    pub(crate) fn settle_spilled(
        &self,
        spans: u64,
        bytes: usize,
        result: Result<u64, Failure>,
        give_up: bool,
    ) {
        let Some(mut file) = self.file() else { return };
        let stays = !give_up && result.as_ref().is_err_and(Failure::is_outage);
        if !stays {
            acknowledge(&mut file);
        }
        let mut state = self.lock();
        if stays {
            state.said = result.err().map(|failure| failure.to_string());
            state.replay_wanted = false;
        } else {
            state.spilled -= spans;
            state.count(result, spans, bytes);
            state.replayed(&file);
        }
        drop(state);
        self.settled.notify_all();
    }
}

impl Replay {
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }
}

impl State {
    /// Counts a batch that is done with.
    fn count(&mut self, result: Result<u64, Failure>, spans: u64, bytes: usize) {
        match result {
            Ok(refused) => {
                let refused = refused.min(spans);
                self.exported += spans - refused;
                self.exported_bytes += bytes as u64;
                if refused > 0 {
                    self.blame("the receiver refused a part of a batch".to_owned());
                    self.lose(Reason::ExportFailed, refused);
                }
            }
            Err(failure) => {
                self.blame(failure.to_string());
                self.lose(Reason::ExportFailed, spans);
            }
        }
    }

    /// The first batch of the spill file is done with.
    fn replayed(&mut self, file: &Spill) {
        self.spilled_bytes = file.bytes();
        self.spill_full = false;
        self.replay_wanted &= self.spilled > 0;
    }
}

/// Where it cannot be recorded, the next process exports the batch again: twice is better than not at all.
fn acknowledge(file: &mut Spill) {
    let _ = file.advance();
}
