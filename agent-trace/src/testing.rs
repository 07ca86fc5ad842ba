//! Capturing, printing and asserting on the spans of a block of code.
//!
//! [`capture`] runs a closure, [`capture_async`] a future, under a subscriber of its own: a registry, the stock
//! [`tracing_opentelemetry`] layer and a tracer provider which keeps what ends. Nothing global is set or read, so
//! tests run in parallel.
//!
//! Trace and span ids count from 1, and time advances by one millisecond at each moment that a span records (a start,
//! an event, an end), in the order in which these moments happened. So the same code gives the same text:
//!
//! ```
//! use agent_trace::testing::capture;
//!
//! let captured = capture(|| {
//!     let agent = tracing::info_span!("agent", otel.kind = "client", attempts = 2);
//!     agent.in_scope(|| tracing::info_span!("tool", cached = true).in_scope(|| 42))
//! });
//!
//! assert_eq!(captured.value, 42);
//! assert_eq!(
//!     captured.spans.tree(),
//!     "agent [client]\n\
//!      \x20   attempts = 2\n\
//!      \x20 tool [internal]\n\
//!      \x20     cached = true\n"
//! );
//! captured.spans.find("tool").assert_attr("cached", true).assert_unset();
//! ```
//!
//! # Threads and tasks
//!
//! The subscriber is the default of the calling thread, or of the captured future while it is polled. A thread, or a
//! task that the block spawns, starts without it. Give a spawned future the subscriber with
//! [`with_current_subscriber`](tracing::instrument::WithSubscriber::with_current_subscriber), beside the
//! `.instrument(span)` or `.in_current_span()` that gives it its parent, or take a [`Recorder`], which can be cloned
//! into the thread or task:
//!
//! ```
//! use agent_trace::testing::Recorder;
//!
//! let recorder = Recorder::new();
//! let cloned = recorder.clone();
//! std::thread::spawn(move || cloned.run(|| tracing::info_span!("elsewhere").in_scope(|| ()))).join().unwrap();
//! recorder.spans().only().assert_unset();
//! ```
//!
//! A span is captured when it ends. Those still open when the block returns are counted by
//! [`Captured::unfinished`] and are not in the list.

mod attributes;
mod capture;
mod clock;
mod event;
mod ids;
mod link;
mod recorder;
mod snapshot;
mod span;
mod spans;
mod timeline;

use std::future::Future;

pub use attributes::{Attributes, IntoExpected};
pub use capture::{BoxedLayer, Capture, OtelLayer};
#[doc(hidden)]
pub use clock::TestClock;
pub use event::Event;
pub use link::Link;
pub use recorder::Recorder;
pub use snapshot::Snapshot;
pub use span::FinishedSpan;
pub use spans::Spans;

/// Runs `block` under a subscriber of its own and returns its value with the spans that ended meanwhile.
///
/// A panic in `block` is passed on. [`Capture`] has the settings, [`capture_async`] runs a future.
///
/// ```
/// let captured = agent_trace::testing::capture(|| tracing::info_span!("work").in_scope(|| "done"));
///
/// assert_eq!(captured.value, "done");
/// assert_eq!(captured.spans.only().name(), "work");
/// ```
pub fn capture<T>(block: impl FnOnce() -> T) -> Captured<T> {
    Capture::new().run(block)
}

/// Runs `future` under a subscriber of its own and returns its output with the spans that ended meanwhile.
///
/// The subscriber is the default while the future is polled, on whichever thread. A span that is made before, in the
/// argument itself, is not captured: write `capture_async(async { .. })` around it. A task that the future spawns
/// needs `.with_current_subscriber()`: see the [module](self).
///
/// ```
/// use agent_trace::testing::capture_async;
/// use tracing::Instrument as _;
///
/// # fn block_on<F: std::future::Future>(future: F) -> F::Output {
/// #     let mut future = std::pin::pin!(future);
/// #     let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// #     loop {
/// #         if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
/// #             return output;
/// #         }
/// #     }
/// # }
/// # block_on(async {
/// let captured = capture_async(async {
///     async { 7 }.instrument(tracing::info_span!("work")).await
/// })
/// .await;
///
/// assert_eq!(captured.value, 7);
/// assert_eq!(captured.spans.only().name(), "work");
/// # });
/// ```
pub async fn capture_async<F: Future>(future: F) -> Captured<F::Output> {
    Capture::new().run_async(future).await
}

/// What a captured block returned, and the spans that ended while it ran.
///
/// ```
/// let captured = agent_trace::testing::capture(|| tracing::info_span!("left open"));
///
/// assert!(captured.spans.is_empty());
/// assert_eq!(captured.unfinished(), 0, "a span that nobody entered has not started");
/// ```
#[derive(Debug)]
#[must_use = "a capture says nothing until its spans are looked at"]
#[non_exhaustive]
pub struct Captured<T> {
    /// What the block returned, or the future's output.
    pub value: T,
    /// The spans that ended, by start.
    pub spans: Spans,
    unfinished: usize,
}

impl<T> Captured<T> {
    pub(crate) fn new(value: T, recorder: &Recorder) -> Self {
        Self {
            value,
            spans: recorder.spans(),
            unfinished: recorder.unfinished(),
        }
    }

    /// How many spans had started and not ended when the block returned.
    ///
    /// A span starts when it is first entered, or when its OpenTelemetry context is first asked for.
    ///
    /// ```
    /// let captured = agent_trace::testing::capture(|| {
    ///     let span = tracing::info_span!("left open");
    ///     span.in_scope(|| ());
    ///     span
    /// });
    ///
    /// assert_eq!(captured.unfinished(), 1);
    /// ```
    #[must_use]
    pub fn unfinished(&self) -> usize {
        self.unfinished
    }
}
