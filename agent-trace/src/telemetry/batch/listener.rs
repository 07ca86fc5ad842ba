//! What an exporter says beside its result.
//!
//! `opentelemetry-otlp` returns `Ok` for a partial success and tells of the refused spans in a log event only, and tells
//! in another one whether a batch may be tried again. The listener is the subscriber of the thread while it exports: it
//! hears these, passes nothing on, and so also keeps the spans that HTTP and gRPC clients make from being exported in
//! their turn.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Dispatch, Event, Level, Metadata, Subscriber};

/// The event by which `opentelemetry-otlp` says that the receiver will never take a batch.
const FINAL: &str = "Export.Failed.NonRetryable";

#[derive(Debug)]
pub(crate) struct Listener {
    dispatch: Dispatch,
    ear: Arc<Ear>,
}

/// What was heard.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Heard {
    /// Spans that the receiver said it refused.
    pub(crate) refused: u64,
    /// The batch is not to be tried again.
    pub(crate) is_final: bool,
}

#[derive(Debug, Default)]
struct Ear {
    refused: AtomicU64,
    is_final: AtomicBool,
}

impl Listener {
    pub(crate) fn new() -> Self {
        let ear = Arc::<Ear>::default();
        Self {
            dispatch: Dispatch::new(Warnings(Arc::clone(&ear))),
            ear,
        }
    }

    /// Runs an export on this thread and listens to it.
    pub(crate) fn listen<T>(&self, export: impl FnOnce() -> T) -> T {
        tracing::dispatcher::with_default(&self.dispatch, export)
    }

    /// What was heard since the last call.
    pub(crate) fn heard(&self) -> Heard {
        Heard {
            refused: self.ear.refused.swap(0, Ordering::Relaxed),
            is_final: self.ear.is_final.swap(false, Ordering::Relaxed),
        }
    }
}

/// A subscriber that only sees OpenTelemetry's own warnings.
struct Warnings(Arc<Ear>);

fn is_heard(metadata: &Metadata<'_>) -> bool {
    metadata.is_event()
        && *metadata.level() <= Level::WARN
        && metadata.target().starts_with("opentelemetry")
}

thread_local! {
    static ASKING: Cell<bool> = const { Cell::new(false) };
}

impl Subscriber for Warnings {
    /// `tracing` asks all subscribers of a process whether they care for a place in the code, and caches the answer only
    /// where all agree. This one hears a few places on one thread, so for all others it says what the thread's own
    /// subscriber says: the application's spans stay as cheap as without it.
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if is_heard(metadata) {
            return Interest::always();
        }
        if ASKING.replace(true) {
            return Interest::never();
        }
        let interest = tracing::dispatcher::get_default(|current| {
            if current.is::<Self>() {
                Interest::never()
            } else {
                current.register_callsite(metadata)
            }
        });
        ASKING.set(false);
        interest
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::WARN)
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        is_heard(metadata)
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        if event.metadata().name() == FINAL {
            self.0.is_final.store(true, Ordering::Relaxed);
        }
        event.record(&mut RefusedSpans(&self.0.refused));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct RefusedSpans<'a>(&'a AtomicU64);

impl Visit for RefusedSpans<'_> {
    fn record_i64(&mut self, field: &Field, value: i64) {
        if field.name() == "rejected_spans" {
            let refused = u64::try_from(value).unwrap_or(0);
            self.0.fetch_add(refused, Ordering::Relaxed);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
