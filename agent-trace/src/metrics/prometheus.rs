//! Metrics as a page that Prometheus scrapes.

use opentelemetry_prometheus::PrometheusExporter;
use prometheus::{Encoder as _, Registry, TextEncoder};
use std::error::Error;
use std::fmt;

/// The text of `/metrics`. Which server answers with it is the application's choice.
///
/// ```
/// use agent_trace::metrics::{Metrics, Prometheus};
/// use agent_trace::testing::Capture;
/// use opentelemetry_sdk::metrics::SdkMeterProvider;
///
/// #[agent_trace::tool_call]
/// fn lookup() {}
///
/// let (prometheus, reader) = Prometheus::new()?;
/// let provider = SdkMeterProvider::builder().with_reader(reader).build();
/// Capture::new().layer(Metrics::new(&provider)).run(lookup);
///
/// // In the handler of `GET /metrics`, with the header `Content-Type: {Prometheus::CONTENT_TYPE}`:
/// let page = prometheus.page()?;
/// assert!(page.contains("gen_ai_execute_tool_duration_seconds_count"));
/// # Ok::<(), agent_trace::metrics::PrometheusError>(())
/// ```
///
/// Names are those of the conventions as OpenTelemetry spells them for Prometheus: dots are underscores, the unit is
/// a suffix, and counters end in `_total`.
#[derive(Clone, Debug)]
pub struct Prometheus {
    registry: Registry,
}

/// A page that could not be made.
#[derive(Debug)]
pub struct PrometheusError {
    doing: &'static str,
    source: Box<dyn Error + Send + Sync>,
}

impl Prometheus {
    /// The `Content-Type` of the [page](Self::page).
    pub const CONTENT_TYPE: &'static str = prometheus::TEXT_FORMAT;

    /// A page, and the reader that brings metrics to it: for `SdkMeterProvider::builder().with_reader(..)`.
    ///
    /// # Errors
    ///
    /// What the exporter says when it cannot be made. Its registry is new, so no name can be taken.
    pub fn new() -> Result<(Self, PrometheusExporter), PrometheusError> {
        let registry = Registry::new();
        let reader = opentelemetry_prometheus::exporter()
            .with_registry(registry.clone())
            .build()
            .map_err(|error| PrometheusError::new("make the Prometheus exporter", error))?;
        Ok((Self { registry }, reader))
    }

    /// Everything that is recorded now, in Prometheus's text format.
    ///
    /// # Errors
    ///
    /// When something that was recorded cannot be told in that format.
    pub fn page(&self) -> Result<String, PrometheusError> {
        let mut page = Vec::new();
        TextEncoder::new()
            .encode(&self.registry.gather(), &mut page)
            .map_err(|error| PrometheusError::new("write the Prometheus page", error))?;
        String::from_utf8(page)
            .map_err(|error| PrometheusError::new("write the Prometheus page", error))
    }
}

impl PrometheusError {
    fn new(doing: &'static str, source: impl Error + Send + Sync + 'static) -> Self {
        Self {
            doing,
            source: Box::new(source),
        }
    }
}

impl fmt::Display for PrometheusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {}: {}", self.doing, self.source)
    }
}

impl Error for PrometheusError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}
