//! The pipeline: what an application installs that has no OpenTelemetry of its own, and what it adds to one that it has.
//!
//! # Installing
//!
//! **An application that has nothing** writes one line. Spans go where the environment says, or as trees to standard
//! error; log lines go to standard error with the ids of their trace and span.
//!
//! ```no_run
//! use agent_trace::telemetry::Telemetry;
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let telemetry = Telemetry::builder().service("my-agent").install()?;
//!
//!     // The application.
//!
//!     telemetry.shutdown()?;
//!     Ok(())
//! }
//! ```
//!
//! **An application that has `tracing_subscriber::fmt`**, or any other subscriber on a `Registry`, keeps it and adds a
//! layer. Its own filters and log lines stay as they are.
//!
//! ```no_run
//! use agent_trace::telemetry::Telemetry;
//! use tracing_subscriber::Layer as _;
//! use tracing_subscriber::filter::LevelFilter;
//! use tracing_subscriber::layer::SubscriberExt as _;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let telemetry = Telemetry::builder().service("my-agent").build()?;
//! let subscriber = tracing_subscriber::registry()
//!     .with(tracing_subscriber::fmt::layer())
//!     .with(telemetry.layer().with_filter(LevelFilter::INFO));
//! tracing::subscriber::set_global_default(subscriber)?;
//! # Ok(())
//! # }
//! ```
//!
//! **An application that has its own OpenTelemetry** needs nothing of this module: spans go through the layer that it has.
//! To have log lines with ids, or flushes that keep their deadline, it [joins](Builder::join) its provider; to have the
//! account and the batches of this module, it takes the provider that this module makes
//! ([`tracer_provider`](Telemetry::tracer_provider)) in place of its own. OpenTelemetry's global provider is left alone unless
//! [asked for](Builder::global).
//!
//! ```no_run
//! use agent_trace::telemetry::Telemetry;
//! use opentelemetry_sdk::trace::SdkTracerProvider;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let provider = SdkTracerProvider::builder().build();
//! let telemetry = Telemetry::builder().join(provider).install()?;
//! # Ok(())
//! # }
//! ```
//!
//! **A test** has a pipeline of its own, for its thread ([`install_for_test`](Builder::install_for_test)); to look at spans,
//! the feature `testing` has more.
//!
//! ```
//! use agent_trace::telemetry::Telemetry;
//!
//! #[agent_trace::tool_call]
//! fn search(query: &str) -> usize {
//!     query.len()
//! }
//!
//! # fn main() -> Result<(), agent_trace::telemetry::StartError> {
//! let telemetry = Telemetry::builder().install_for_test()?;
//! search("bees");
//! assert_eq!(telemetry.stats().ended, 1);
//! # Ok(())
//! # }
//! ```
//!
//! **A short-lived process** ends before a batch is due. [`Telemetry::shutdown`] at its end exports what is left and says
//! what was lost; dropping the last handle does the same and only warns. `std::process::exit` runs neither.
//! [`Telemetry::shutdown_on_signals`] and [`Telemetry::flush_on_panic`] are for the other ways to end.
//!
//! **AWS Lambda**, and whatever else stops a process between requests: flush at the end of each invocation, because nothing
//! is exported while the process is frozen. Give it less time than the invocation has left.
//!
//! ```
//! use std::time::Duration;
//! use agent_trace::telemetry::Telemetry;
//!
//! async fn invoke(telemetry: &Telemetry, event: &str) -> usize {
//!     let reply = answer(event).await;
//!     if let Err(error) = telemetry.flush(Duration::from_secs(2)) {
//!         tracing::warn!("{error}");
//!     }
//!     reply
//! }
//!
//! #[agent_trace::agent_span]
//! async fn answer(event: &str) -> usize {
//!     event.len()
//! }
//! # let telemetry = Telemetry::builder().install_for_test().unwrap();
//! # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! # assert_eq!(runtime.block_on(invoke(&telemetry, "hello")), 5);
//! ```
//!
//! # The account
//!
//! [`Telemetry::stats`] says where each span is: `started` = `ended` + `open`, and for each exporter `ended` + `recovered` =
//! `sampled_out` + `exported` + `dropped` + `queued` + `spilled`. What has no sum is a bug.
//!
//! | counter | what is in it | what to do when it grows |
//! | --- | --- | --- |
//! | `started`, `ended` | spans that began and ended, those included that the sampler refused | |
//! | `open` | spans that have begun and not ended; [`Telemetry::open_spans`] lists them | look for a span that is kept: a stream that nobody reads to its end or drops |
//! | `sampled_out` | spans that the sampler refused | |
//! | `exported` | spans that the exporter took and the receiver did not refuse | |
//! | `queued` | spans that wait for their batch, or are being exported | |
//! | `spilled`, `recovered` | spans in the [spill file](BatchLimits::spill); those that an earlier process left there | see whether the receiver is there |
//! | `dropped.queue_full` | spans that ended faster than they were exported | a larger queue (`OTEL_BSP_MAX_QUEUE_SIZE`), or a sampler |
//! | `dropped.too_big` | spans larger than a batch, even when cut | a larger [`batch_bytes`](BatchLimits::batch_bytes), if the receiver takes it |
//! | `dropped.export_failed` | spans whose export failed, timed out or was refused | the reason is in the warning and in [`FlushError`] |
//! | `dropped.spill_failed` | spans for which the spill file had no room | a larger one |
//! | `dropped.after_shutdown` | spans that ended after the shutdown | shut down last |
//!
//! Losses are also told as events of level WARN and target `agent_trace::telemetry`, one per exporter and reason a minute.
//! A [joined](Builder::join) provider is not counted.
//!
//! # What is honoured from the environment
//!
//! Empty is unset, names are in any case, and booleans are true only for `true`. What cannot be used is ignored with a
//! warning that names the variable and not its value.
//!
//! | variable | what it does |
//! | --- | --- |
//! | `OTEL_SDK_DISABLED` | `true`: no spans. Log lines and propagation stay |
//! | `OTEL_TRACES_EXPORTER` | `otlp`, `console` (the tree), `none`, or a list; beside the exporters of code |
//! | `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES` | the resource; percent-encoded values; a list with a mistake is left out whole |
//! | `OTEL_TRACES_SAMPLER`, `OTEL_TRACES_SAMPLER_ARG` | `always_on`, `always_off`, `traceidratio`, and these after `parentbased_`, of which `parentbased_always_on` is the default |
//! | `OTEL_PROPAGATORS` | [`propagation`](crate::propagation): `tracecontext`, `baggage`, `b3`, `b3multi`, `none` |
//! | `OTEL_BSP_MAX_QUEUE_SIZE`, `_MAX_EXPORT_BATCH_SIZE`, `_SCHEDULE_DELAY`, `_EXPORT_TIMEOUT` | [`BatchLimits`]; milliseconds |
//! | `OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT`, `OTEL_ATTRIBUTE_COUNT_LIMIT` | attributes of a span, 128; the second also of events and links |
//! | `OTEL_SPAN_EVENT_COUNT_LIMIT`, `OTEL_SPAN_LINK_COUNT_LIMIT` | events and links of a span, 128 |
//! | `OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT`, `OTEL_LINK_ATTRIBUTE_COUNT_LIMIT` | attributes of an event and of a link, 128 |
//! | `OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT`, `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT` | characters of a text, and of each text of a list, on spans, events and links; unlimited. Not structural: JSON is cut anywhere |
//! | `OTEL_EXPORTER_OTLP_ENDPOINT` | where to send OTLP, which it also switches on; over HTTP the path of the signal is added |
//! | `OTEL_EXPORTER_OTLP_PROTOCOL` | `http/protobuf`, the default, `grpc`, `http/json` |
//! | `OTEL_EXPORTER_OTLP_HEADERS` | headers or metadata, percent-encoded |
//! | `OTEL_EXPORTER_OTLP_COMPRESSION` | `gzip`, `none` |
//! | `OTEL_EXPORTER_OTLP_TIMEOUT` | milliseconds, 10,000, retries included |
//! | `OTEL_EXPORTER_OTLP_INSECURE` | of a gRPC endpoint without a scheme: `true` is `http`, else `https` |
//! | `OTEL_EXPORTER_OTLP_CERTIFICATE`, `_CLIENT_CERTIFICATE`, `_CLIENT_KEY` | PEM files |
//! | `OTEL_EXPORTER_OTLP_TRACES_*` | any of these for spans alone; its endpoint is taken as it is |
//! | `RUST_LOG` | which log lines [`install`](Builder::install) prints; never which spans are exported |
//! | `NO_COLOR` | log lines and trees without colour |
//!
//! The exporters of OTLP need the feature `otlp`, and `https` the feature `otlp-tls`; without it an endpoint in the environment
//! is warned about, and the tree printed.

mod batch;
mod builder;
mod diagnostics;
mod environment;
mod exporters;
mod flush_error;
mod install;
mod logs;
mod open_spans;
#[cfg(feature = "otlp")]
mod otlp;
mod panic_hook;
mod processor;
mod resource;
#[cfg(unix)]
mod signals;
mod source;
mod start_error;
mod stats;
mod value_length;

use std::fmt;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use opentelemetry::InstrumentationScope;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::Layer;
use tracing_subscriber::registry::LookupSpan;

use batch::BatchProcessor;
pub use batch::{BatchLimits, SpillLimits};
pub use builder::Builder;
pub use flush_error::FlushError;
pub use install::TestTelemetry;
pub use logs::LogFormat;
pub use open_spans::OpenSpan;
#[cfg(feature = "otlp")]
pub use otlp::Otlp;
use source::{Kind, Source};
pub use start_error::StartError;
pub use stats::{Dropped, ExporterStats, Stats};

/// A running pipeline.
///
/// Clones are handles to the same one. When the last is dropped it is shut down, which waits up to the
/// [shutdown timeout](Builder::shutdown_timeout); call [`shutdown`](Self::shutdown) to learn what went wrong.
#[derive(Clone)]
#[must_use = "it is shut down when its last handle is dropped: keep it until the program ends"]
pub struct Telemetry {
    running: Arc<Running>,
}

struct Running {
    source: Source,
    /// How long a shutdown may take that was given no timeout.
    shutdown_timeout: Duration,
    has_code_attributes: bool,
    warnings: Vec<String>,
}

impl Telemetry {
    /// Begins to describe a pipeline.
    pub fn builder() -> Builder {
        Builder::new()
    }

    fn new(
        source: Source,
        shutdown_timeout: Duration,
        has_code_attributes: bool,
        warnings: Vec<String>,
    ) -> Self {
        Self {
            running: Arc::new(Running {
                source,
                shutdown_timeout,
                has_code_attributes,
                warnings,
            }),
        }
    }

    /// The layer that makes OpenTelemetry spans of `tracing` spans, for a subscriber of the application's own: a `Registry`,
    /// with any layers.
    ///
    /// It sees the spans of all crates at all levels; give it a filter of its own.
    ///
    /// ```
    /// use agent_trace::telemetry::Telemetry;
    /// use tracing_subscriber::Layer as _;
    /// use tracing_subscriber::filter::LevelFilter;
    /// use tracing_subscriber::layer::SubscriberExt as _;
    ///
    /// # fn main() -> Result<(), agent_trace::telemetry::StartError> {
    /// let telemetry = Telemetry::builder().service("my-agent").build()?;
    /// let subscriber = tracing_subscriber::registry()
    ///     .with(tracing_subscriber::fmt::layer())
    ///     .with(telemetry.layer().with_filter(LevelFilter::INFO));
    /// # let _ = subscriber;
    /// # Ok(())
    /// # }
    /// ```
    pub fn layer<S>(&self) -> impl Layer<S> + Send + Sync + 'static + use<S>
    where
        S: tracing::Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
    {
        let has = self.running.has_code_attributes;
        let scope = InstrumentationScope::builder("agent-trace")
            .with_version(env!("CARGO_PKG_VERSION"))
            .with_schema_url(crate::semconv::SCHEMA_URL)
            .build();
        let layer = || {
            tracing_opentelemetry::layer()
                .with_location(has)
                .with_threads(has)
                .with_target(has)
                .with_tracked_inactivity(has)
                .with_tracer(self.running.source.provider.tracer_with_scope(scope))
        };
        // Without a layer a span costs nothing here.
        (self.running.source.kind != Kind::Disabled).then(layer)
    }

    /// What the environment says and could not be used, by the names of its variables and without their values.
    ///
    /// [`build`](Builder::build) and [`install`](Builder::install) tell them as events of level WARN and target `agent_trace::telemetry`.
    pub fn warnings(&self) -> &[String] {
        &self.running.warnings
    }

    /// The provider, for code that makes spans with OpenTelemetry itself. Shut down this [`Telemetry`], not the
    /// provider: after the latter the SDK swallows spans without a count.
    pub fn tracer_provider(&self) -> &SdkTracerProvider {
        &self.running.source.provider
    }

    /// Where the spans of this process are.
    pub fn stats(&self) -> Stats {
        let source = &self.running.source;
        let mut stats = source.spans.stats();
        stats.exporters = source.exporters.iter().map(BatchProcessor::stats).collect();
        stats
    }

    /// The spans that have begun and not ended, the oldest first.
    pub fn open_spans(&self) -> Vec<OpenSpan> {
        self.running.source.spans.open()
    }

    /// Exports what has ended before this call, and waits for it.
    ///
    /// It blocks this thread and needs none of the application's runtime: it may be called within a single-threaded
    /// runtime, or without one.
    ///
    /// # Errors
    ///
    /// What was lost since this was last told, and what was not exported in time.
    pub fn flush(&self, timeout: Duration) -> Result<(), FlushError> {
        self.running.flush(timeout)
    }

    /// Exports what has ended, and accepts nothing more. Spans that end later count as dropped
    /// [`after_shutdown`](Dropped::after_shutdown).
    ///
    /// It may be called twice, by several threads at once, on any runtime or none.
    ///
    /// # Errors
    ///
    /// What was lost since this was last told. What has not been exported by the deadline is lost.
    pub fn shutdown(&self) -> Result<(), FlushError> {
        self.shutdown_within(self.running.shutdown_timeout)
    }

    /// [`shutdown`](Self::shutdown) with a timeout of its own.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn shutdown_within(&self, timeout: Duration) -> Result<(), FlushError> {
        self.running.shutdown(timeout)
    }
}

impl Running {
    fn flush(&self, timeout: Duration) -> Result<(), FlushError> {
        if self.source.kind == Kind::Theirs {
            return flush_theirs(&self.source.provider, timeout);
        }
        batch::flush(&self.source.exporters, timeout)
    }

    fn shutdown(&self, timeout: Duration) -> Result<(), FlushError> {
        if self.source.kind == Kind::Theirs {
            return flush_theirs(&self.source.provider, timeout);
        }
        batch::shutdown(&self.source.exporters, timeout)
    }
}

/// Flushes a provider that is not ours. On a thread of its own, because it may wait for ever.
fn flush_theirs(provider: &SdkTracerProvider, timeout: Duration) -> Result<(), FlushError> {
    let (done, result) = mpsc::channel();
    let provider = provider.clone();
    let flush = move || {
        let _ = done.send(provider.force_flush());
    };
    let thread = thread::Builder::new().name("agent-trace-flush".to_owned());
    let reason = match thread.spawn(flush).map(|_| result.recv_timeout(timeout)) {
        Ok(Ok(Ok(()))) => return Ok(()),
        Ok(Ok(Err(error))) => error.to_string(),
        Ok(Err(mpsc::RecvTimeoutError::Timeout)) => {
            format!("the application's provider was not flushed within {timeout:?}")
        }
        Ok(Err(mpsc::RecvTimeoutError::Disconnected)) => {
            "the application's provider panicked".to_owned()
        }
        Err(error) => format!("no thread to flush the application's provider: {error}"),
    };
    Err(FlushError {
        reason: Some(reason),
        ..FlushError::default()
    })
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(error) = self.shutdown(self.shutdown_timeout) {
            diagnostics::at_exit(&error);
        }
    }
}

impl fmt::Debug for Telemetry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Telemetry")
            .field("stats", &self.stats())
            .finish_non_exhaustive()
    }
}
