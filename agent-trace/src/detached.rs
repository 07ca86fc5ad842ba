//! Work that goes on by itself: a trace of its own, linked to what set it off.

use crate::ambient::{self, Ambient};
use crate::fan_out::follow;
use crate::fan_out::frame::{self, Frame};
use crate::guard::thread_is_alive;
use crate::otel;
use crate::state::{self, CallState, Found};
use opentelemetry::Context as OtelContext;
use opentelemetry::trace::SpanContext;
use pin_project_lite::pin_project;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tracing::subscriber::NoSubscriber;
use tracing::{Dispatch, dispatcher};

/// Where detached work comes from.
#[derive(Debug)]
pub(crate) struct Origin {
    dispatch: Dispatch,
    call: Option<Arc<CallState>>,
    is_unrecorded: bool,
    span_context: Option<SpanContext>,
    ambient: Option<Arc<Ambient>>,
    /// With the baggage, and without the span.
    context: OtelContext,
}

impl Origin {
    /// The current place; `None` where nobody listens.
    fn here() -> Option<Arc<Self>> {
        // Cloned, since looking at a span may start it, which asks for the dispatcher.
        let dispatch = dispatcher::get_default(Clone::clone);
        if dispatch.is::<NoSubscriber>() {
            return None;
        }
        let found = state::find_current(&dispatch);
        let is_unrecorded = matches!(found, Found::Unrecorded(_));
        let call = found.nearest();
        Some(Arc::new(Self {
            ambient: ambient::here(&dispatch, call.as_ref()).ambient,
            call,
            is_unrecorded,
            span_context: otel::current_span_context(&dispatch),
            context: otel::baggage_alone().unwrap_or_default(),
            dispatch,
        }))
    }

    /// Whether a call that found `found` around it is directly in the work: there is no call around
    /// it, or, where the work is polled in place, the one it comes from.
    pub(crate) fn is_around(&self, found: &Found) -> bool {
        match (found, &self.call) {
            (Found::Nothing, _) => true,
            (Found::State(found), Some(call)) => !self.is_unrecorded && Arc::ptr_eq(found, call),
            _ => false,
        }
    }

    pub(crate) fn call(&self) -> Option<&Arc<CallState>> {
        self.call.as_ref()
    }

    pub(crate) fn span_context(&self) -> Option<&SpanContext> {
        self.span_context.as_ref()
    }
}

/// Detaches a future from the current span, to be spawned on any runtime: a background agent, fire and
/// forget.
///
/// Each instrumented call directly in the future is the root of a trace of its own, with a link
/// `triggered_by` to the span that is current here. What the agent around knows (its conversation, for
/// one) reaches everything in it, and so does the baggage. Its tokens and calls are not counted at that
/// agent, which may be over before they are used. Give work of several calls one `#[agent_span]` around
/// them, and they are in one trace.
///
/// For one function there is `#[agent_span(new_trace)]`, with the same result.
///
/// ```
/// #[agent_trace::agent_span]
/// async fn summarise(thread: u64) {
///     // ..
/// #   let _ = thread;
/// }
///
/// #[agent_trace::agent_span(conversation = "c-1")]
/// async fn answer() {
///     let work = agent_trace::detached(summarise(7));
///     // std::thread::spawn(move || block_on(work)), or the spawn of whatever runtime there is.
/// #   work.await;
/// }
/// # let _ = answer;
/// ```
pub fn detached<F: Future>(future: F) -> Detached<F> {
    Detached {
        origin: Origin::here(),
        future: Some(future),
    }
}

/// Spawns a detached future on the Tokio runtime: see [`detached`].
///
/// ```
/// # #[agent_trace::agent_span]
/// # async fn summarise(thread: u64) { let _ = thread; }
/// #[agent_trace::agent_span(conversation = "c-1")]
/// async fn answer() {
///     agent_trace::spawn_detached(summarise(7));
/// }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(answer());
/// ```
///
/// # Panics
///
/// Outside a Tokio runtime, as [`tokio::spawn`] does.
#[cfg(feature = "tokio")]
#[cfg_attr(docsrs, doc(cfg(feature = "tokio")))]
#[track_caller]
pub fn spawn_detached<F>(future: F) -> tokio::task::JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tokio::spawn(detached(future))
}

pin_project! {
    /// A future that is detached from where it was made: what [`detached`] gives.
    #[must_use = "futures do nothing unless polled"]
    pub struct Detached<F> {
        // `None` where nobody listens.
        origin: Option<Arc<Origin>>,
        #[pin]
        future: Option<F>,
    }

    impl<F> PinnedDrop for Detached<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if this.future.is_some() {
                let _inside = this.origin.as_ref().map(Inside::enter);
                this.future.set(None);
            }
        }
    }
}

impl<F: Future> Future for Detached<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let mut this = self.project();
        let _inside = this.origin.as_ref().map(Inside::enter);
        let Some(future) = this.future.as_mut().as_pin_mut() else {
            resumed_after_completion()
        };
        let value = ready!(future.poll(cx));
        this.future.set(None);
        Poll::Ready(value)
    }
}

impl<F> fmt::Debug for Detached<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Detached")
            .field("is_done", &self.future.is_none())
            .finish_non_exhaustive()
    }
}

/// The time inside detached work.
struct Inside {
    before: Option<Frame>,
    _scope: Option<ambient::Entered>,
    // Dropped in this order: the subscriber is the last to go.
    _context: Option<opentelemetry::ContextGuard>,
    _default: Option<dispatcher::DefaultGuard>,
}

impl Inside {
    fn enter(origin: &Arc<Origin>) -> Self {
        let default = follow(&origin.dispatch);
        Self {
            before: frame::swap(Some(Frame::Detached(Arc::clone(origin)))),
            _scope: origin
                .ambient
                .clone()
                .map(|ambient| ambient::Frame::of(ambient).enter()),
            _context: thread_is_alive().then(|| origin.context.clone().attach()),
            _default: default,
        }
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        drop(frame::swap(self.before.take()));
    }
}

/// What every future does that is polled after it was ready: there is no value to give.
#[cold]
#[track_caller]
fn resumed_after_completion() -> ! {
    panic!("`Detached` resumed after completion")
}
