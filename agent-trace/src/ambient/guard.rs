//! Being in a scope: for the rest of a block, or for a future.

use super::frame::{Entered, Frame};
use pin_project_lite::pin_project;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// The thread is in a [`Scope`](crate::Scope) until this is dropped.
///
/// It stays on its thread: hold it across no `.await`, where another task would run inside of it;
/// [`Scope::run_async`](crate::Scope::run_async) is for futures.
///
/// ```
/// let guard = agent_trace::Scope::new().tenant("acme").enter();
/// // .. every span made here has `agent_trace.tenant.id` ..
/// drop(guard);
/// ```
#[must_use = "a scope that is left at once holds for nothing"]
#[derive(Debug)]
pub struct ScopeGuard {
    _entered: Option<Entered>,
}

impl ScopeGuard {
    pub(crate) fn new(frame: Option<Arc<Frame>>) -> Self {
        Self {
            _entered: frame.map(Frame::enter),
        }
    }
}

pin_project! {
    /// A future that runs in a [`Scope`](crate::Scope), or whose calls are [`Attempts`](crate::Attempts).
    ///
    /// What holds is settled where it is first polled, on whatever thread it goes on.
    #[must_use = "futures do nothing unless polled"]
    pub struct Scoped<F> {
        #[pin]
        future: F,
        stage: Stage,
    }
}

/// How to come by the frame.
enum Stage {
    New(Option<Box<dyn FnOnce() -> Arc<Frame> + Send + Sync>>),
    Entered(Arc<Frame>),
}

impl<F> Scoped<F> {
    /// `None`: there is nothing to be in.
    pub(crate) fn new(
        future: F,
        frame: Option<impl FnOnce() -> Arc<Frame> + Send + Sync + 'static>,
    ) -> Self {
        Self {
            future,
            stage: Stage::New(frame.map(|frame| Box::new(frame) as _)),
        }
    }
}

impl<F: Future> Future for Scoped<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        if let Stage::New(make) = this.stage {
            if let Some(make) = make.take() {
                *this.stage = Stage::Entered(make());
            }
        }
        let _entered = match this.stage {
            Stage::Entered(frame) => Some(Arc::clone(frame).enter()),
            Stage::New(_) => None,
        };
        this.future.poll(cx)
    }
}

impl<F> fmt::Debug for Scoped<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scoped").finish_non_exhaustive()
    }
}
