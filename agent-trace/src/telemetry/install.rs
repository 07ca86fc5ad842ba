//! Installing for a whole process, and for one test.

use std::fmt;
use std::ops::Deref;

use tracing::subscriber::DefaultGuard;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{Layer as _, Registry};

use super::{Builder, StartError, Telemetry, diagnostics};

impl Builder {
    /// Builds the pipeline and makes it the subscriber of this process: spans are exported, and log lines are printed
    /// on standard error with the ids of their trace and span, as `RUST_LOG` asks.
    ///
    /// ```no_run
    /// use agent_trace::telemetry::{StartError, Telemetry};
    ///
    /// fn main() -> Result<(), StartError> {
    ///     let telemetry = Telemetry::builder().service("my-agent").install()?;
    ///
    ///     // The application.
    ///
    ///     if let Err(error) = telemetry.shutdown() {
    ///         tracing::warn!("{error}");
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build), and where the process has a subscriber already.
    pub fn install(self) -> Result<Telemetry, StartError> {
        let logs = self.logs.clone();
        let spans = logs.span_filter()?;
        let mut warnings = Vec::new();
        let rust_log =
            std::env::var_os("RUST_LOG").map(|value| value.to_string_lossy().into_owned());
        let lines = logs.layer(rust_log.as_deref(), &mut warnings)?;
        let telemetry = self.start()?;
        let subscriber = Registry::default()
            .with(telemetry.layer().with_filter(spans))
            .with(lines);
        tracing::subscriber::set_global_default(subscriber).map_err(StartError::subscriber)?;
        diagnostics::at_start(&warnings);
        diagnostics::at_start(telemetry.warnings());
        Ok(telemetry)
    }

    /// Builds the pipeline and makes it the subscriber of this thread until what is returned is dropped.
    ///
    /// Nothing is left for the next test: no global subscriber, provider or propagator is set, and neither the
    /// environment of whoever runs the test nor its machine is looked at. Without an exporter of its own it exports nothing,
    /// and counts; log lines are not printed. `tracing` itself keeps what callsites it has seen.
    ///
    /// A `#[tokio::test]` runs on one thread. To another thread `tracing::instrument::WithSubscriber` takes the subscriber along:
    /// `tokio::spawn(work.with_current_subscriber())`.
    ///
    /// ```
    /// use agent_trace::telemetry::Telemetry;
    /// # fn main() -> Result<(), agent_trace::telemetry::StartError> {
    /// let telemetry = Telemetry::builder().install_for_test()?;
    /// tracing::info_span!("work").in_scope(|| ());
    /// assert_eq!(telemetry.stats().ended, 1);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build).
    pub fn install_for_test(self) -> Result<TestTelemetry, StartError> {
        let spans = self.logs.span_filter()?;
        let telemetry = self.for_test().start()?;
        let subscriber = Registry::default().with(telemetry.layer().with_filter(spans));
        let default = tracing::subscriber::set_default(subscriber);
        Ok(TestTelemetry {
            _default: default,
            telemetry,
        })
    }
}

/// A pipeline that is installed on one thread, until it is dropped; and a [`Telemetry`].
#[must_use = "it is installed until it is dropped: keep it until the test ends"]
pub struct TestTelemetry {
    /// Before the pipeline, so that nothing ends after its shutdown.
    _default: DefaultGuard,
    telemetry: Telemetry,
}

impl Deref for TestTelemetry {
    type Target = Telemetry;

    fn deref(&self) -> &Telemetry {
        &self.telemetry
    }
}

impl fmt::Debug for TestTelemetry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.telemetry.fmt(f)
    }
}
