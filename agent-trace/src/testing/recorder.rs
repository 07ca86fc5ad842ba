//! Keeps the spans that end.

use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use opentelemetry::Context;
use opentelemetry::trace::{
    FutureExt as _, Span as _, SpanContext, SpanId, TraceId, TracerProvider as _,
};
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider, Span, SpanData, SpanProcessor};
use tracing::Dispatch;
use tracing::instrument::WithSubscriber as _;

use super::timeline::{Entry, fix_times};
use super::{Capture, Spans, TestClock};

/// A subscriber that records spans, to be set wherever it is needed: in a thread, a task, a test's set-up.
///
/// Clones record into the same list. Nothing global is set.
///
/// ```
/// use agent_trace::testing::Recorder;
///
/// let recorder = Recorder::new();
/// recorder.run(|| tracing::info_span!("first").in_scope(|| ()));
/// recorder.run(|| tracing::info_span!("second").in_scope(|| ()));
///
/// assert_eq!(recorder.spans().names(), ["first", "second"]);
/// ```
///
/// A subscriber of one's own, in whatever order of layers, can record too:
///
/// ```
/// use agent_trace::testing::Recorder;
/// use tracing_subscriber::layer::SubscriberExt as _;
///
/// let recorder = Recorder::new();
/// let subscriber = tracing_subscriber::registry()
///     .with(tracing_opentelemetry::layer().with_tracer(recorder.tracer()))
///     .with(recorder.clock());
/// tracing::subscriber::with_default(subscriber, || tracing::info_span!("mine").in_scope(|| ()));
///
/// recorder.spans().find("mine");
/// ```
#[derive(Clone)]
pub struct Recorder {
    dispatch: Dispatch,
    provider: SdkTracerProvider,
    clock: TestClock,
    log: Log,
}

impl Recorder {
    /// A recorder with the settings of [`Capture::new`].
    #[must_use]
    pub fn new() -> Self {
        Capture::new().recorder()
    }

    pub(super) fn from_parts(
        dispatch: Dispatch,
        provider: SdkTracerProvider,
        clock: TestClock,
        log: Log,
    ) -> Self {
        Self {
            dispatch,
            provider,
            clock,
            log,
        }
    }

    /// Runs `block` with this recorder as the thread's subscriber, outside any span that surrounds the call.
    ///
    /// ```
    /// # let recorder = agent_trace::testing::Recorder::new();
    /// assert_eq!(recorder.run(|| 1 + 1), 2);
    /// ```
    pub fn run<T>(&self, block: impl FnOnce() -> T) -> T {
        // An OpenTelemetry context of the caller's would become the parent of the block's first span.
        let _outside = Context::new().attach();
        tracing::dispatcher::with_default(&self.dispatch, block)
    }

    /// Runs `future` with this recorder as the subscriber whenever it is polled.
    ///
    /// ```
    /// # let recorder = agent_trace::testing::Recorder::new();
    /// let future = recorder.run_async(async { tracing::info_span!("work").in_scope(|| 1) });
    /// # drop(future);
    /// ```
    pub fn run_async<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        future
            .with_subscriber(self.dispatch.clone())
            .with_context(Context::new())
    }

    /// The subscriber, for [`tracing::dispatcher::set_default`] or
    /// [`with_subscriber`](tracing::instrument::WithSubscriber::with_subscriber).
    ///
    /// ```
    /// # let recorder = agent_trace::testing::Recorder::new();
    /// let _guard = tracing::dispatcher::set_default(recorder.dispatch());
    /// tracing::info_span!("work").in_scope(|| ());
    /// assert_eq!(recorder.spans().len(), 1);
    /// ```
    #[must_use]
    pub fn dispatch(&self) -> &Dispatch {
        &self.dispatch
    }

    /// A tracer that records here, for a layer of one's own or for the OpenTelemetry API.
    ///
    /// ```
    /// use opentelemetry::trace::Tracer as _;
    ///
    /// # let recorder = agent_trace::testing::Recorder::new();
    /// recorder.tracer().in_span("by hand", |_| ());
    /// assert_eq!(recorder.spans().only().name(), "by hand");
    /// ```
    #[must_use]
    pub fn tracer(&self) -> SdkTracer {
        self.provider.tracer("agent_trace::testing")
    }

    /// The provider, for code that takes one.
    ///
    /// ```
    /// # let recorder = agent_trace::testing::Recorder::new();
    /// assert!(recorder.provider().force_flush().is_ok());
    /// ```
    #[must_use]
    pub fn provider(&self) -> &SdkTracerProvider {
        &self.provider
    }

    /// The layer that a subscriber of one's own needs for fixed times to first chunk.
    #[must_use]
    pub fn clock(&self) -> TestClock {
        self.clock.clone()
    }

    /// The spans that have ended so far, by start.
    ///
    /// ```
    /// # let recorder = agent_trace::testing::Recorder::new();
    /// assert!(recorder.spans().is_empty());
    /// ```
    pub fn spans(&self) -> Spans {
        let mut entries = self.log.lock().finished.clone();
        let fixed = self.clock.is_fixed();
        if fixed {
            fix_times(&mut entries);
        }
        Spans::from_entries(entries, fixed)
    }

    /// How many spans have started and not ended.
    ///
    /// ```
    /// # let recorder = agent_trace::testing::Recorder::new();
    /// let open = recorder.run(|| {
    ///     let span = tracing::info_span!("open");
    ///     span.in_scope(|| ());
    ///     span
    /// });
    /// assert_eq!(recorder.unfinished(), 1);
    /// drop(open);
    /// assert_eq!(recorder.unfinished(), 0);
    /// ```
    #[must_use]
    pub fn unfinished(&self) -> usize {
        self.log.lock().open.len()
    }

    /// Forgets the spans that have ended.
    ///
    /// ```
    /// # let recorder = agent_trace::testing::Recorder::new();
    /// recorder.run(|| tracing::info_span!("set-up").in_scope(|| ()));
    /// recorder.clear();
    /// assert!(recorder.spans().is_empty());
    /// ```
    pub fn clear(&self) {
        self.log.lock().finished.clear();
    }
}

impl Default for Recorder {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.log.lock();
        f.debug_struct("Recorder")
            .field("finished", &state.finished.len())
            .field("unfinished", &state.open.len())
            .finish_non_exhaustive()
    }
}

/// The processor behind a [`Recorder`].
#[derive(Clone, Debug, Default)]
pub(super) struct Log {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// Counts starts and ends.
    moment: u64,
    open: HashMap<(TraceId, SpanId), u64>,
    finished: Vec<Entry>,
}

impl Log {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(context: &SpanContext) -> (TraceId, SpanId) {
    (context.trace_id(), context.span_id())
}

impl SpanProcessor for Log {
    fn on_start(&self, span: &mut Span, _: &Context) {
        let mut state = self.lock();
        state.moment += 1;
        let moment = state.moment;
        state.open.insert(key(span.span_context()), moment);
    }

    fn on_end(&self, data: SpanData) {
        let mut state = self.lock();
        state.moment += 1;
        let ended = state.moment;
        let started = state.open.remove(&key(&data.span_context)).unwrap_or(ended);
        // A span that is recorded and not sampled is not exported by the SDK's processors either.
        if data.span_context.is_sampled() {
            state.finished.push(Entry {
                data,
                started,
                ended,
            });
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}
