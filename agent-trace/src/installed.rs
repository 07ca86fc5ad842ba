//! Where a recorder is found that is told of the ends of calls: in the call's subscriber, else in the process.

use std::any::Any;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};
use tracing::Dispatch;

/// The recorders of one kind.
pub(crate) struct Installed<T> {
    /// Whether there ever was one. Where there was none, nobody asks any further.
    any: AtomicBool,
    process: RwLock<Option<T>>,
}

impl<T: Any + Clone> Installed<T> {
    pub(crate) const fn new() -> Self {
        Self {
            any: AtomicBool::new(false),
            process: RwLock::new(None),
        }
    }

    /// Takes note that one was made, which may be in a subscriber from now on.
    pub(crate) fn note(&self) {
        self.any.store(true, Ordering::Relaxed);
    }

    /// The one for all subscribers that have none of their own, in the place of the one before.
    pub(crate) fn install(&self, recorder: T) {
        let mut process = self.process.write().unwrap_or_else(PoisonError::into_inner);
        let before = process.replace(recorder);
        drop(process);
        // Whoever drops the last handle may wait for an exporter, which nobody else is to wait for.
        drop(before);
    }

    /// The one that calls under this subscriber are told to.
    #[inline]
    pub(crate) fn find(&self, dispatch: &Dispatch) -> Option<T> {
        if self.any.load(Ordering::Relaxed) {
            self.look(dispatch)
        } else {
            None
        }
    }

    #[inline(never)]
    fn look(&self, dispatch: &Dispatch) -> Option<T> {
        dispatch.downcast_ref::<T>().cloned().or_else(|| {
            let process = self.process.read().unwrap_or_else(PoisonError::into_inner);
            process.clone()
        })
    }
}
