//! How far a fan-out is.

use std::sync::atomic::{AtomicI64, Ordering};

/// How many subtasks a fan-out has.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    dispatched: AtomicI64,
    settled: AtomicI64,
}

impl Counts {
    pub(crate) fn dispatched(&self) {
        self.dispatched.fetch_add(1, Ordering::AcqRel);
    }

    pub(crate) fn settled(&self) {
        self.settled.fetch_add(1, Ordering::AcqRel);
    }

    /// Those of which nobody knows yet how they end.
    pub(crate) fn unfinished(&self) -> i64 {
        let settled = self.settled.load(Ordering::Acquire);
        self.dispatched.load(Ordering::Acquire) - settled
    }
}
