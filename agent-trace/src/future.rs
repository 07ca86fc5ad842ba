//! A future that is a call.

use crate::about::About;
use crate::call::Call;
use crate::inside::{Inside, construct};
use crate::outcome::Outcome;
use pin_project_lite::pin_project;
use std::future::Future;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::task::{Context, Poll};

pin_project! {
    /// Runs an async function's body inside its span, from the first poll to the last or to its
    /// being dropped.
    #[must_use = "futures do nothing unless polled"]
    pub struct CallFuture<I, F, S> {
        // Taken when the future is done, or else when it is dropped, so that there is no second look
        // at it for what nearly always is gone.
        call: ManuallyDrop<Option<Box<Call>>>,
        #[pin]
        stage: Stage<I, F>,
        settle: Option<S>,
    }

    impl<I, F, S> PinnedDrop for CallFuture<I, F, S> {
        fn drop(this: Pin<&mut Self>) {
            if this.call.is_some() {
                this.drop_running();
            }
        }
    }
}

pin_project! {
    #[project = StageProj]
    enum Stage<I, F> {
        /// The body was not made yet.
        Init { init: Option<I> },
        /// The body runs.
        Run { #[pin] body: F },
        /// It is done and gone.
        Done,
    }
}

/// In the place of what makes a future that is made already.
pub(crate) type Made<F> = fn(Option<&mut About>) -> F;

/// The future of an async function: its span starts at the first poll, like its body.
#[inline]
pub fn run_future<I, F, S, R>(call: Option<Box<Call>>, init: I, settle: S) -> CallFuture<I, F, S>
where
    I: FnOnce(Option<&mut About>) -> F,
    F: Future,
    S: FnOnce(F::Output, Option<Box<Call>>) -> R,
{
    let stage = if call.is_some() {
        Stage::Init { init: Some(init) }
    } else {
        // Nothing is said where nobody listens, so that the body is made at once.
        Stage::Run { body: init(None) }
    };
    CallFuture {
        call: ManuallyDrop::new(call),
        stage,
        settle: Some(settle),
    }
}

/// The future that a function returns: its span starts at the call, and takes its parent there.
///
/// What makes the future is no part of its type, since it captures all arguments, and the function
/// may promise that the future does not: `fn f(text: &str) -> impl Future<Output = ()> + use<>`.
pub fn run_eager_future<I, F, S, R>(
    mut call: Option<Box<Call>>,
    init: I,
    settle: S,
) -> CallFuture<Made<F>, F, S>
where
    I: FnOnce(Option<&mut About>) -> F,
    F: Future,
    S: FnOnce(F::Output, Option<Box<Call>>) -> R,
{
    let body = construct(&mut call, init);
    CallFuture {
        call: ManuallyDrop::new(call),
        stage: Stage::Run { body },
        settle: Some(settle),
    }
}

impl<F, S> CallFuture<Made<F>, F, S> {
    /// Goes on with a future that was made inside the call, which is left until it is polled.
    pub(crate) fn opened(mut call: Box<Call>, body: F, settle: S) -> Self {
        call.exit();
        Self {
            call: ManuallyDrop::new(Some(call)),
            stage: Stage::Run { body },
            settle: Some(settle),
        }
    }
}

impl<I, F, S, R> Future for CallFuture<I, F, S>
where
    I: FnOnce(Option<&mut About>) -> F,
    F: Future,
    S: FnOnce(F::Output, Option<Box<Call>>) -> R,
{
    type Output = R;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R> {
        if self.call.is_some() {
            self.poll_traced(cx)
        } else {
            self.poll_untraced(cx)
        }
    }
}

impl<I, F, S, R> CallFuture<I, F, S>
where
    I: FnOnce(Option<&mut About>) -> F,
    F: Future,
    S: FnOnce(F::Output, Option<Box<Call>>) -> R,
{
    #[inline(never)]
    fn poll_traced(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R> {
        let mut this = self.project();
        let mut inside = Inside::of(this.call);
        if let StageProj::Init { init } = this.stage.as_mut().project() {
            let Some(init) = init.take() else {
                resumed_after_completion()
            };
            let body = inside.open(init);
            this.stage.set(Stage::Run { body });
        }
        let StageProj::Run { body } = this.stage.as_mut().project() else {
            resumed_after_completion()
        };
        inside.poll();
        let Poll::Ready(value) = body.poll(cx) else {
            inside.leave();
            return Poll::Pending;
        };
        // What the body still holds is dropped inside the span.
        this.stage.set(Stage::Done);
        let call = inside.take();
        match this.settle.take() {
            Some(settle) => Poll::Ready(settle(value, call)),
            None => resumed_after_completion(),
        }
    }

    /// Nobody listens: the body is polled, and that is all.
    #[inline]
    fn poll_untraced(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R> {
        let mut this = self.project();
        let StageProj::Run { body } = this.stage.as_mut().project() else {
            resumed_after_completion()
        };
        let Poll::Ready(value) = body.poll(cx) else {
            return Poll::Pending;
        };
        this.stage.set(Stage::Done);
        match this.settle.take() {
            Some(settle) => Poll::Ready(settle(value, None)),
            None => resumed_after_completion(),
        }
    }
}

impl<I, F, S> CallFuture<I, F, S> {
    /// Ends a call that was not ready. What the body holds is dropped inside the span, which ends
    /// after it.
    #[cold]
    fn drop_running(self: Pin<&mut Self>) {
        let mut this = self.project();
        let outcome = match this.call.as_ref() {
            Some(call) if call.is_polled() => Outcome::Cancelled,
            _ => Outcome::Abandoned,
        };
        let mut inside = Inside::of(this.call);
        inside.enter_to_end();
        this.stage.set(Stage::Done);
        if let Some(call) = inside.take() {
            call.end_dropped(outcome);
        }
    }
}

/// What every future does that is polled after it was ready: there is no value to give.
#[cold]
#[track_caller]
fn resumed_after_completion() -> ! {
    panic!("`async fn` resumed after completion")
}

impl<I, F, S> std::fmt::Debug for CallFuture<I, F, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallFuture")
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}
