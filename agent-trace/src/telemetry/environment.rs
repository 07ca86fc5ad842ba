//! What the environment says, as OpenTelemetry's specification asks it to be read: empty is unset, booleans are true
//! only for `true`, names are in any case, and what cannot be used is warned about by name and ignored.

mod exporters;
mod otlp;
mod pairs;
mod reader;
mod sampler;
mod span_limits;

use std::time::Duration;

pub(crate) use exporters::{ExporterName, Exporters};
#[cfg(feature = "otlp")]
pub(crate) use otlp::{OtlpVariables, Protocol, is_endpoint};
pub(crate) use sampler::SamplerName;
pub(crate) use span_limits::SpanLimitVariables;

use super::BatchLimits;
use reader::Reader;

/// The `OTEL_*` variables, read once.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Environment {
    /// `OTEL_SDK_DISABLED`.
    pub(crate) disabled: bool,
    /// `OTEL_TRACES_EXPORTER`, and what may be said of OTLP.
    pub(crate) traces: Exporters,
    /// `OTEL_METRICS_EXPORTER`, likewise.
    pub(crate) metrics: Exporters,
    /// `OTEL_LOGS_EXPORTER`, likewise.
    pub(crate) logs: Exporters,
    /// `OTEL_SERVICE_NAME`.
    pub(crate) service: Option<String>,
    /// `OTEL_RESOURCE_ATTRIBUTES`.
    pub(crate) resource: Vec<(String, String)>,
    /// `OTEL_TRACES_SAMPLER` and its argument.
    pub(crate) sampler: Option<SamplerName>,
    /// `OTEL_BSP_*`.
    pub(crate) batch: BatchVariables,
    /// The limits of attributes, events and links.
    pub(crate) limits: SpanLimitVariables,
    /// What was ignored, and why. No value is in it: values may be secrets.
    pub(crate) warnings: Vec<String>,
}

/// `OTEL_BSP_*`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct BatchVariables {
    queue_spans: Option<usize>,
    batch_spans: Option<usize>,
    delay: Option<Duration>,
    export_timeout: Option<Duration>,
}

impl Environment {
    /// That of this process.
    pub(crate) fn of_process() -> Self {
        // What is not Unicode cannot be used, and is said to be set.
        let lookup =
            |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
        Self::read(lookup)
    }

    /// What `lookup` says of each name.
    pub(crate) fn read(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let reader = Reader::new(&lookup);
        let resource = reader.text("OTEL_RESOURCE_ATTRIBUTES");
        let resource = resource.and_then(|list| {
            let pairs = pairs::decode(&list);
            if pairs.is_none() {
                reader.ignored(
                    "OTEL_RESOURCE_ATTRIBUTES",
                    "no list of key=value with percent-encoded values",
                );
            }
            pairs
        });
        let environment = Self {
            disabled: reader.boolean("OTEL_SDK_DISABLED"),
            traces: Exporters::read(&reader, "TRACES"),
            metrics: Exporters::read(&reader, "METRICS"),
            logs: Exporters::read(&reader, "LOGS"),
            service: reader.text("OTEL_SERVICE_NAME"),
            resource: resource.unwrap_or_default(),
            sampler: SamplerName::read(&reader),
            batch: BatchVariables::read(&reader),
            limits: SpanLimitVariables::read(&reader),
            warnings: Vec::new(),
        };
        Self {
            warnings: reader.into_warnings(),
            ..environment
        }
    }
}

impl BatchVariables {
    fn read(reader: &Reader<'_>) -> Self {
        Self {
            queue_spans: reader.size("OTEL_BSP_MAX_QUEUE_SIZE"),
            batch_spans: reader.size("OTEL_BSP_MAX_EXPORT_BATCH_SIZE"),
            delay: reader.milliseconds("OTEL_BSP_SCHEDULE_DELAY"),
            export_timeout: reader
                .milliseconds("OTEL_BSP_EXPORT_TIMEOUT")
                .map(otlp::unlimited_is_long),
        }
    }

    /// The defaults, with what is set.
    pub(crate) fn limits(&self) -> BatchLimits {
        let mut limits = BatchLimits::default();
        limits.queue_spans = self.queue_spans.unwrap_or(limits.queue_spans);
        limits.batch_spans = self.batch_spans.unwrap_or(limits.batch_spans);
        limits.delay = self.delay.unwrap_or(limits.delay);
        limits.export_timeout = self.export_timeout.unwrap_or(limits.export_timeout);
        limits
    }
}

#[cfg(test)]
mod tests;
