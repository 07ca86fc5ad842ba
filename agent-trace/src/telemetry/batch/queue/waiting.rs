//! Flush and shutdown.

use std::sync::{MutexGuard, PoisonError};
use std::time::Instant;

use super::{Queue, State};
use crate::telemetry::FlushError;
use crate::telemetry::batch::export::Failure;
use crate::telemetry::stats::Reason;

impl Queue {
    /// What was accepted before this call is to leave now. Gives the number that [`flush`](Self::flush) waits for.
    pub(crate) fn urge(&self) -> u64 {
        let mut state = self.lock();
        state.urgent = state.accepted;
        state.replay_wanted = state.spilled > 0 && !state.finished;
        let ticket = state.urgent;
        drop(state);
        self.work.notify_one();
        ticket
    }

    /// Waits until what was [urged](Self::urge) has been exported, spilled or lost, and tells what no flush has told yet.
    pub(crate) fn flush(&self, ticket: u64, deadline: Instant) -> Result<(), FlushError> {
        let done = |state: &State| state.settled >= ticket && !state.replay_wanted;
        let mut state = self.wait(self.lock(), deadline, done);
        let waiting = ticket.saturating_sub(state.settled);
        state.tell(waiting)
    }

    /// Accepts nothing more; the worker exports the rest and ends.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        if !state.closed {
            state.closed = true;
            state.replay_wanted = state.spilled > 0;
        }
        drop(state);
        self.work.notify_one();
    }

    /// Waits for the worker of a [closed](Self::close) queue to end. What is left at the deadline goes to the spill file,
    /// or is lost. A second call waits as well, and tells only what is new.
    pub(crate) fn join(&self, deadline: Instant) -> Result<(), FlushError> {
        let done = |state: &State| state.finished || state.abandoned;
        let state = self.wait(self.lock(), deadline, done);
        let late = !done(&state);
        drop(state);
        if late {
            self.spool_while(|state| !state.finished);
        }
        // Before the state, so that no batch is on its way to the file meanwhile.
        let file = self.file();
        let mut state = self.lock();
        if late && !done(&state) {
            let (left, _) = state.waiting();
            state.abandoned = true;
            state.batches.clear();
            (state.spans, state.bytes) = (0, 0);
            state.settled = state.accepted;
            state.replay_wanted = false;
            if left > 0 {
                state.blame("the deadline of the shutdown passed".to_owned());
                state.lose(Reason::ExportFailed, left);
            }
            self.settled.notify_all();
            self.work.notify_all();
            self.pressure.notify_all();
        }
        drop(file);
        state.tell(0)
    }

    /// The worker has ended.
    pub(crate) fn finish(&self, result: Result<(), Failure>) {
        let file = self.file();
        let mut state = self.lock();
        if let Some(file) = &file {
            file.release();
        }
        state.finished = true;
        state.replay_wanted = false;
        if let Err(failure) = result {
            state.untold.reason = Some(failure.to_string());
        }
        drop(state);
        self.settled.notify_all();
        self.pressure.notify_all();
    }

    fn wait<'a>(
        &self,
        mut state: MutexGuard<'a, State>,
        deadline: Instant,
        done: impl Fn(&State) -> bool,
    ) -> MutexGuard<'a, State> {
        while !done(&state) {
            let Some(left) = deadline
                .checked_duration_since(Instant::now())
                .filter(|left| !left.is_zero())
            else {
                break;
            };
            let waited = self.settled.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state
    }
}

impl State {
    /// What no flush has told yet, and what waits.
    fn tell(&mut self, waiting: u64) -> Result<(), FlushError> {
        let mut error = std::mem::take(&mut self.untold);
        error.waiting = waiting;
        error.spilled = self.spilled;
        if self.spilled > 0 && error.reason.is_none() {
            error.reason.clone_from(&self.said);
        }
        error.unless_empty()
    }
}
