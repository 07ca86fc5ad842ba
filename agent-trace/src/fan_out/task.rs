//! A subtask that its caller polls.

use super::consumer::Consumer;
use super::limit::Permit;
use super::slot::Slot;
use crate::fan_in::SubtaskOutcome;
use pin_project_lite::pin_project;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

pin_project! {
    /// A future that is a subtask: what [`FanOut::task`](crate::FanOut::task) gives.
    ///
    /// Dropped before it is ready, it shows as cancelled.
    #[must_use = "futures do nothing unless polled"]
    pub struct Task<F> {
        // `None` where nobody listens.
        slot: Option<Arc<Slot>>,
        permit: Option<Permit>,
        // Whether whoever polls it consumes its result.
        settles: bool,
        #[pin]
        future: Option<F>,
    }

    impl<F> PinnedDrop for Task<F> {
        fn drop(this: Pin<&mut Self>) {
            if this.future.is_some() && this.slot.is_some() {
                this.drop_running();
            }
        }
    }
}

impl<F> Task<F> {
    /// A subtask whose result is consumed by the call around the place where it is polled.
    pub(crate) fn new(slot: Option<Arc<Slot>>, permit: Option<Permit>, future: F) -> Self {
        Self {
            slot,
            permit,
            settles: true,
            future: Some(future),
        }
    }

    /// One whose result is handed on.
    #[cfg(feature = "tokio")]
    pub(crate) fn spawned(slot: Option<Arc<Slot>>, permit: Option<Permit>, future: F) -> Self {
        let mut task = Self::new(slot, permit, future);
        task.settles = false;
        task
    }

    /// Drops a future that was not ready, or panicked, in the subtask's place.
    #[cold]
    fn drop_running(self: Pin<&mut Self>) {
        let mut this = self.project();
        let Some(slot) = this.slot else {
            return;
        };
        let inside = slot.enter();
        this.future.set(None);
        drop(inside);
        slot.end(SubtaskOutcome::Cancelled);
        if *this.settles {
            slot.settle(&Consumer::here(), SubtaskOutcome::Cancelled);
        }
    }
}

impl<F: Future> Future for Task<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let mut this = self.project();
        if let Some(permit) = this.permit.as_mut() {
            ready!(Pin::new(permit).poll(cx));
        }
        let Some(future) = this.future.as_mut().as_pin_mut() else {
            resumed_after_completion()
        };
        let Some(slot) = this.slot else {
            let value = ready!(future.poll(cx));
            this.future.set(None);
            *this.permit = None;
            return Poll::Ready(value);
        };
        let inside = slot.enter();
        let value = ready!(future.poll(cx));
        // What the future still holds is dropped in the subtask's place.
        this.future.set(None);
        drop(inside);
        slot.end(SubtaskOutcome::Returned);
        *this.permit = None;
        if *this.settles {
            slot.settle(&Consumer::here(), SubtaskOutcome::Returned);
        }
        Poll::Ready(value)
    }
}

/// What every future does that is polled after it was ready: there is no value to give.
#[cold]
#[track_caller]
fn resumed_after_completion() -> ! {
    panic!("`Task` resumed after completion")
}

impl<F> fmt::Debug for Task<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task")
            .field("is_done", &self.future.is_none())
            .finish_non_exhaustive()
    }
}
