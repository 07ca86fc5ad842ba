//! Subtasks on the Tokio runtime that have not been joined.

use super::consumer::Consumer;
use super::slot::Slot;
use crate::fan_in::SubtaskOutcome;
use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use tokio::task::{AbortHandle, Id, JoinError, JoinSet};

/// A task that was joined: its index, and what it gave.
pub(crate) type Joined<T> = (usize, Option<Arc<Slot>>, Result<T, JoinError>);

/// The tasks of a fan-out. Dropped, it aborts them.
#[derive(Debug)]
pub(crate) struct Spawned<T> {
    set: JoinSet<T>,
    entries: HashMap<Id, Entry>,
    /// How many of them can be stopped.
    stoppable: usize,
}

#[derive(Debug)]
struct Entry {
    index: usize,
    slot: Option<Arc<Slot>>,
    is_blocking: bool,
}

impl<T> Spawned<T> {
    pub(crate) fn new() -> Self {
        Self {
            set: JoinSet::new(),
            entries: HashMap::new(),
            stoppable: 0,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.set.len()
    }

    pub(crate) fn has_stoppable(&self) -> bool {
        self.stoppable > 0
    }
}

impl<T: 'static> Spawned<T> {
    pub(crate) fn spawn<F>(
        &mut self,
        index: usize,
        slot: Option<Arc<Slot>>,
        future: F,
    ) -> AbortHandle
    where
        F: Future<Output = T> + Send + 'static,
        T: Send,
    {
        let handle = self.set.spawn(future);
        self.stoppable += 1;
        self.enter(&handle, index, slot, false);
        handle
    }

    pub(crate) fn spawn_blocking<F>(
        &mut self,
        index: usize,
        slot: Option<Arc<Slot>>,
        work: F,
    ) -> AbortHandle
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send,
    {
        let handle = self.set.spawn_blocking(work);
        self.enter(&handle, index, slot, true);
        handle
    }

    fn enter(
        &mut self,
        handle: &AbortHandle,
        index: usize,
        slot: Option<Arc<Slot>>,
        is_blocking: bool,
    ) {
        let entry = Entry {
            index,
            slot,
            is_blocking,
        };
        self.entries.insert(handle.id(), entry);
    }

    /// The next that is done; `None` where there is none left.
    pub(crate) async fn join_next(&mut self) -> Option<Joined<T>> {
        let (id, result) = match self.set.join_next_with_id().await? {
            Ok((id, value)) => (id, Ok(value)),
            Err(error) => (error.id(), Err(error)),
        };
        let entry = self.entries.remove(&id)?;
        if !entry.is_blocking {
            self.stoppable -= 1;
        }
        if let (Some(slot), Err(error)) = (&entry.slot, &result) {
            slot.end(if error.is_panic() {
                SubtaskOutcome::Panicked
            } else {
                SubtaskOutcome::Cancelled
            });
        }
        Some((entry.index, entry.slot, result))
    }

    pub(crate) fn abort_all(&mut self) {
        self.set.abort_all();
    }
}

impl<T> Drop for Spawned<T> {
    /// What was not joined is given up here.
    fn drop(&mut self) {
        let mut entries: Vec<Entry> = self.entries.drain().map(|(_, entry)| entry).collect();
        if entries.is_empty() {
            return;
        }
        entries.sort_unstable_by_key(|entry| entry.index);
        let consumer = Consumer::here();
        for entry in entries {
            if let Some(slot) = entry.slot {
                let otherwise = if entry.is_blocking {
                    SubtaskOutcome::Unfinished
                } else {
                    SubtaskOutcome::Cancelled
                };
                slot.settle(&consumer, otherwise);
            }
        }
    }
}
