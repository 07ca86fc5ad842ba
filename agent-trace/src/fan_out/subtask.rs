//! A subtask as a handle that is carried to where the work is done.

use super::consumer::Consumer;
use super::inside::Inside;
use super::slot::Slot;
use super::task::Task;
use crate::fan_in::{Linked as _, SubtaskOutcome};
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;

/// One subtask, to be carried to a thread, a pool or a task of any runtime: what
/// [`FanOut::subtask`](crate::FanOut::subtask) gives.
///
/// Its results reach the dispatching span in ways that are not seen here, so the `fan_in` link is made
/// there, when the subtask ends. A handle that is dropped unused is a subtask that was cancelled. It
/// does not wait for a place under [`with_limit`](crate::FanOut::with_limit); the pool has its own.
///
/// ```
/// use agent_trace::FanOut;
///
/// #[agent_trace::tool_call]
/// fn measure(sample: u32) -> u32 {
///     sample * 2
/// }
///
/// let fan_out = FanOut::<()>::new();
/// let threads: Vec<_> = (0..3)
///     .map(|sample| {
///         let subtask = fan_out.subtask();
///         std::thread::spawn(move || subtask.run(|| measure(sample)))
///     })
///     .collect();
/// let sum: u32 = threads.into_iter().map(|thread| thread.join().unwrap()).sum();
/// assert_eq!(sum, 6);
/// ```
#[must_use = "a subtask that is dropped shows as cancelled"]
pub struct Subtask {
    // `None` where nobody listens.
    slot: Option<Arc<Slot>>,
}

impl Subtask {
    pub(crate) fn new(slot: Option<Arc<Slot>>) -> Self {
        Self { slot }
    }

    /// Runs the subtask here, in the dispatching span.
    pub fn run<R>(self, work: impl FnOnce() -> R) -> R {
        let _entered = self.enter();
        work()
    }

    /// Enters the subtask until the guard is dropped, which is the end of the subtask.
    ///
    /// Not across an `.await`: for a future there is [`task`](Self::task).
    ///
    /// ```
    /// use agent_trace::FanOut;
    ///
    /// let subtask = FanOut::<()>::new().subtask();
    /// std::thread::spawn(move || {
    ///     let _subtask = subtask.enter();
    ///     // The work.
    /// });
    /// ```
    pub fn enter(mut self) -> EnteredSubtask {
        let inside = self.slot.take().map(|slot| {
            slot.start();
            Inside::enter(slot)
        });
        EnteredSubtask {
            inside,
            not_send: PhantomData,
        }
    }

    /// The subtask as a future, whose output may be of another type than that of its fan-out:
    /// for `join!`.
    pub fn task<F: Future>(mut self, future: F) -> Task<F> {
        Task::new(self.slot.take(), None, future)
    }

    /// The slot, for work whose end is settled elsewhere.
    #[cfg(feature = "tokio")]
    pub(crate) fn run_unsettled<R>(slot: Option<Arc<Slot>>, work: impl FnOnce() -> R) -> R {
        let Some(slot) = slot else {
            return work();
        };
        slot.start();
        let inside = slot.enter();
        let value = work();
        drop(inside);
        slot.end(SubtaskOutcome::Returned);
        value
    }
}

impl Drop for Subtask {
    fn drop(&mut self) {
        if let Some(slot) = self.slot.take() {
            slot.settle(&Consumer::Dispatcher, SubtaskOutcome::Cancelled);
        }
    }
}

impl fmt::Debug for Subtask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subtask")
            .field("index", &self.slot.as_ref().map(|slot| slot.index()))
            .finish_non_exhaustive()
    }
}

/// The time inside a [`Subtask`].
#[must_use = "the subtask ends when this is dropped"]
pub struct EnteredSubtask {
    inside: Option<Inside<Arc<Slot>>>,
    /// What a thread has entered it has to leave.
    not_send: PhantomData<*const ()>,
}

impl Drop for EnteredSubtask {
    fn drop(&mut self) {
        let Some(inside) = self.inside.take() else {
            return;
        };
        let slot = Arc::clone(inside.slot());
        drop(inside);
        // A panic that began inside has been seen by leaving: the first word counts.
        slot.end(SubtaskOutcome::Returned);
        slot.settle(&Consumer::Dispatcher, SubtaskOutcome::Returned);
    }
}

impl fmt::Debug for EnteredSubtask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnteredSubtask").finish_non_exhaustive()
    }
}
