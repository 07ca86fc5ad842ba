//! How many subtasks run at the same time.

use super::sync::{Arc, Mutex, MutexGuard};
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// A number of permits. They are given in the order in which they were asked for, each to one that
/// waits for it, so that nobody is overtaken and no permit is lost.
#[derive(Debug)]
pub(crate) struct Limit {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    free: usize,
    next: u64,
    waiting: BTreeMap<u64, Waker>,
    /// Those that have a permit and do not know it yet.
    granted: BTreeSet<u64>,
}

impl Limit {
    /// At least one, since nothing would run otherwise.
    pub(crate) fn new(permits: usize) -> Self {
        Self {
            state: Mutex::new(State {
                free: permits.max(1),
                next: 0,
                waiting: BTreeMap::new(),
                granted: BTreeSet::new(),
            }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        match self.state.lock() {
            Ok(state) => state,
            Err(poisoned) => poisoned.into_inner(),
        }
    }

    /// Gives a permit back, to the one that has waited longest.
    fn release(&self) {
        let mut state = self.lock();
        let next = state.waiting.pop_first();
        match &next {
            Some((ticket, _)) => _ = state.granted.insert(*ticket),
            None => state.free += 1,
        }
        drop(state);
        if let Some((_, waker)) = next {
            waker.wake();
        }
    }
}

/// Waits for a permit, and holds it until it is dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    limit: Arc<Limit>,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    New,
    Waiting(u64),
    Held,
}

impl Permit {
    pub(crate) fn of(limit: Arc<Limit>) -> Self {
        Self {
            limit,
            stage: Stage::New,
        }
    }
}

impl Future for Permit {
    type Output = ();

    /// Ready when the permit is held, then and from then on.
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        let mut state = this.limit.lock();
        match this.stage {
            Stage::Held => return Poll::Ready(()),
            Stage::New if state.free > 0 => {
                state.free -= 1;
                this.stage = Stage::Held;
                return Poll::Ready(());
            }
            Stage::New => {
                let ticket = state.next;
                state.next += 1;
                state.waiting.insert(ticket, cx.waker().clone());
                this.stage = Stage::Waiting(ticket);
            }
            Stage::Waiting(ticket) if state.granted.remove(&ticket) => {
                this.stage = Stage::Held;
                return Poll::Ready(());
            }
            Stage::Waiting(ticket) => {
                if let Some(waker) = state.waiting.get_mut(&ticket) {
                    waker.clone_from(cx.waker());
                }
            }
        }
        Poll::Pending
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let holds = match self.stage {
            Stage::New => false,
            Stage::Held => true,
            Stage::Waiting(ticket) => {
                let mut state = self.limit.lock();
                // Dropped outside the lock: a waker is somebody else's code.
                let waker = state.waiting.remove(&ticket);
                let granted = state.granted.remove(&ticket);
                drop(state);
                drop(waker);
                granted
            }
        };
        if holds {
            self.limit.release();
        }
    }
}
