//! Subtasks that run at the same time, and how they hang together in the trace.

mod consumer;
mod dispatcher;
pub(crate) mod frame;
mod inside;
#[cfg(feature = "tokio")]
mod join;
mod limit;
mod slot;
#[cfg(feature = "tokio")]
mod spawned;
mod subtask;
mod sync;
mod task;

pub(crate) use self::dispatcher::follow;
pub(crate) use self::slot::Slot;
pub use self::subtask::{EnteredSubtask, Subtask};
pub use self::task::Task;

use self::dispatcher::Dispatcher;
use self::limit::{Limit, Permit};
#[cfg(feature = "tokio")]
use self::spawned::Spawned;
use opentelemetry::StringValue;
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Work that one span splits into subtasks, each giving a `T`.
///
/// The span in which the `FanOut` is made is the one that dispatches. What runs in a subtask is beneath that span, on
/// whichever thread and for as long as it takes, as with `.in_current_span()`; and it is linked:
///
/// - `fan_out`, from each span of a subtask to the dispatching span, with the index and the label of the subtask. The
///   span carries the same as `agent_trace.fan_out.id`, `.index`, `.size` and `.label`.
/// - `fan_in`, from the call that consumes the results to each span of each subtask, with index, label and how the
///   subtask ended (`agent_trace.fan_out.outcome`). The call carries the counts as `agent_trace.fan_in.*`. At most 120
///   of these links are kept for one call, those to subtasks that failed before the others; how many were left out
///   is on the span.
///
/// The spans of a subtask are those of the instrumented calls directly in it; nearly always it is one, and it needs no
/// other around it. A subtask without any has no span, and is counted. [The page on causes](crate::causality) has the
/// picture.
///
/// There are three ways to run a subtask:
///
/// - [`task`](Self::task) wraps a future that the caller polls: `join_all`, `FuturesUnordered`, `buffer_unordered`.
#[cfg_attr(
    feature = "tokio",
    doc = "- [`spawn`](Self::spawn) and [`spawn_blocking`](Self::spawn_blocking) hand it to the Tokio runtime."
)]
#[cfg_attr(
    not(feature = "tokio"),
    doc = "- With the feature `tokio`, `spawn` and `spawn_blocking` hand it to the Tokio runtime."
)]
/// - [`run`](Self::run) and [`subtask`](Self::subtask) are for threads, rayon and everything else.
///
/// ```
/// use agent_trace::{FanOut, agent_span, tool_call};
/// use futures_util::future::join_all;
///
/// #[tool_call]
/// async fn search(query: &str) -> usize {
///     query.len()
/// }
///
/// #[agent_span]
/// async fn researcher(queries: &[&str]) -> usize {
///     let searches = FanOut::new().with_size(queries.len());
///     join_all(queries.iter().map(|query| searches.task(search(query)))).await.into_iter().sum()
/// }
/// # let _ = researcher;
/// ```
///
/// Where nobody listens, the subtasks are the bare futures.
#[must_use = "a fan-out is what its subtasks are started with"]
pub struct FanOut<T> {
    /// `None` where nobody listens.
    dispatcher: Option<Arc<Dispatcher>>,
    next: AtomicI64,
    limit: Option<Arc<Limit>>,
    #[cfg(feature = "tokio")]
    spawned: Spawned<T>,
    #[cfg(not(feature = "tokio"))]
    // Sent and shared as it would be with the tasks.
    spawned: std::marker::PhantomData<std::sync::Mutex<T>>,
}

impl<T> FanOut<T> {
    /// A fan-out that the current span dispatches.
    ///
    /// `T` is what [`task`](Self::task) and the others give; one that is used for [`subtask`](Self::subtask) alone is a
    /// `FanOut::<()>`.
    pub fn new() -> Self {
        Self {
            dispatcher: Dispatcher::here(),
            next: AtomicI64::new(0),
            limit: None,
            #[cfg(feature = "tokio")]
            spawned: Spawned::new(),
            #[cfg(not(feature = "tokio"))]
            spawned: std::marker::PhantomData,
        }
    }

    /// How many subtasks there will be, for `agent_trace.fan_out.size`. Without it the size is not recorded, since
    /// nobody knows it when the first of them starts.
    pub fn with_size(self, subtasks: usize) -> Self {
        if let Some(dispatcher) = &self.dispatcher {
            dispatcher.set_size(subtasks);
        }
        self
    }

    /// Lets at most so many subtasks run at the same time; the others wait, in order, before they begin. At least 1.
    ///
    /// It applies to what is polled and spawned, not to [`run`](Self::run) and [`subtask`](Self::subtask).
    ///
    /// ```
    /// # use agent_trace::FanOut;
    /// let fan_out = FanOut::new().with_limit(4);
    /// # let _ = fan_out.task(async {});
    /// ```
    pub fn with_limit(mut self, concurrent: usize) -> Self {
        self.limit = Some(Arc::new(Limit::new(concurrent)));
        self
    }

    /// Makes a subtask of a future that the caller polls.
    ///
    /// Whoever polls it to its end consumes its result. It starts when it is first polled, like all futures, and may
    /// outlive the `FanOut`.
    pub fn task<F: Future<Output = T>>(&self, future: F) -> Task<F> {
        Task::new(self.slot(None), self.permit(), future)
    }

    /// As [`task`](Self::task), with a label for the subtask. It is recorded as it is: keep content out of it.
    pub fn task_as<F: Future<Output = T>>(
        &self,
        label: impl Into<StringValue>,
        future: F,
    ) -> Task<F> {
        Task::new(self.slot(Some(label.into())), self.permit(), future)
    }

    /// Runs a subtask here, on this thread, whichever it is: for rayon and scoped threads.
    ///
    /// ```
    /// # use agent_trace::FanOut;
    /// let fan_out = FanOut::new();
    /// let sum: u32 = std::thread::scope(|scope| {
    ///     let halves = [1..50, 50..101].map(|half| scope.spawn(|| fan_out.run(|| half.sum::<u32>())));
    ///     halves.into_iter().map(|half| half.join().unwrap()).sum()
    /// });
    /// assert_eq!(sum, 5050);
    /// ```
    pub fn run(&self, work: impl FnOnce() -> T) -> T {
        self.subtask().run(work)
    }

    /// A subtask as a handle, to be carried to another thread and entered there. Its work may give anything.
    pub fn subtask(&self) -> Subtask {
        Subtask::new(self.slot(None))
    }

    /// As [`subtask`](Self::subtask), with a label for it. It is recorded as it is: keep content out of it.
    pub fn subtask_as(&self, label: impl Into<StringValue>) -> Subtask {
        Subtask::new(self.slot(Some(label.into())))
    }

    fn index(&self) -> i64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    fn slot(&self, label: Option<StringValue>) -> Option<Arc<Slot>> {
        self.slot_at(self.index(), label)
    }

    fn slot_at(&self, index: i64, label: Option<StringValue>) -> Option<Arc<Slot>> {
        let dispatcher = Arc::clone(self.dispatcher.as_ref()?);
        dispatcher.dispatched();
        Some(Arc::new(Slot::new(dispatcher, index, label)))
    }

    fn permit(&self) -> Option<Permit> {
        self.limit.clone().map(Permit::of)
    }
}

impl<T> Default for FanOut<T> {
    /// As [`new`](Self::new).
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for FanOut<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FanOut")
            .field("id", &self.dispatcher.as_ref().map(|one| one.id()))
            .field("subtasks", &self.next)
            .finish_non_exhaustive()
    }
}
