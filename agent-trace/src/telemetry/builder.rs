use std::fmt;
#[cfg(feature = "file")]
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use opentelemetry::KeyValue;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SdkTracerProvider, ShouldSample, SpanData, SpanExporter};

use super::batch::{BatchLimits, BatchProcessor};
use super::environment::Environment;
use super::exporters::{Choice, Chosen};
use super::logs::{LogFormat, Logs};
use super::open_spans::{CountingSampler, Spans};
use super::processor::Processor;
use super::resource::{self, Service};
use super::source::Source;
use super::{StartError, Telemetry, diagnostics};
use crate::propagation::{self, Propagator};

/// How long [`Telemetry::shutdown`] and a dropped [`Telemetry`] wait.
const SHUTDOWN: Duration = Duration::from_secs(5);

/// What a pipeline is made of: see [`Telemetry::builder`].
///
/// What is said here wins over the environment; what is not is taken from `OTEL_*`, as the
/// [table](super#what-is-honoured-from-the-environment) says.
#[must_use = "a builder does nothing until it is built or installed"]
pub struct Builder {
    service: Service,
    detects: bool,
    exporters: Vec<Choice>,
    limits: Option<BatchLimits>,
    sampler: Option<Box<dyn ShouldSample>>,
    shutdown: Duration,
    joined: Option<SdkTracerProvider>,
    propagator: Option<Propagator>,
    is_global: bool,
    has_code_attributes: bool,
    pub(super) logs: Logs,
    /// In place of that of the process.
    environment: Option<Environment>,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            service: Service::default(),
            detects: true,
            exporters: Vec::new(),
            limits: None,
            sampler: None,
            shutdown: SHUTDOWN,
            joined: None,
            propagator: None,
            is_global: false,
            has_code_attributes: false,
            logs: Logs::default(),
            environment: None,
        }
    }

    /// `service.name`: what this program is called. `OTEL_SERVICE_NAME` is the default.
    pub fn service(mut self, name: impl Into<String>) -> Self {
        self.service.name = Some(name.into());
        self
    }

    /// `service.version`: usually `env!("CARGO_PKG_VERSION")`.
    pub fn service_version(mut self, version: impl Into<String>) -> Self {
        self.service.version = Some(version.into());
        self
    }

    /// `service.namespace`: what tells services of one name apart.
    pub fn service_namespace(mut self, namespace: impl Into<String>) -> Self {
        self.service.namespace = Some(namespace.into());
        self
    }

    /// An attribute of the resource. It wins over one of the same key in `OTEL_RESOURCE_ATTRIBUTES`.
    pub fn attribute(mut self, attribute: KeyValue) -> Self {
        self.service.attributes.push(attribute);
        self
    }

    /// Whether the resource says what can be found out: `process.pid`, `process.executable.name`, `host.name`,
    /// `host.arch`, `os.type`, `os.name`, `os.version`, `container.id`, and within Kubernetes `k8s.pod.name`, `k8s.pod.uid`,
    /// `k8s.namespace.name`, `k8s.node.name` and `k8s.container.name`. On; never the command line.
    pub fn detect(mut self, detect: bool) -> Self {
        self.detects = detect;
        self
    }

    /// Prints the tree of each finished trace on standard error.
    ///
    /// This is what a pipeline does for which neither code nor the environment names an exporter.
    pub fn tree(mut self) -> Self {
        self.exporters.push(Choice::Tree);
        self
    }

    /// Appends OTLP JSON lines to a file, as the OpenTelemetry Collector reads them. The file and its directory are
    /// made if they are not there.
    #[cfg(feature = "file")]
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.exporters.push(Choice::File(path.into()));
        self
    }

    /// Sends OTLP. [`Otlp::default()`](super::Otlp) is what the environment says.
    #[cfg(feature = "otlp")]
    pub fn otlp(mut self, otlp: super::Otlp) -> Self {
        self.exporters.push(Choice::Otlp(Box::new(otlp)));
        self
    }

    /// Exports to this exporter too; the name is what [`Stats`](super::Stats) and warnings call it.
    ///
    /// Its futures are polled on a thread of the pipeline's, outside of any runtime.
    pub fn exporter(
        mut self,
        name: impl Into<String>,
        exporter: impl SpanExporter + 'static,
    ) -> Self {
        self.exporters.push(Choice::own(name.into(), exporter));
        self
    }

    /// What each exporter's queue may hold, and how long an export may take, in place of `OTEL_BSP_*`.
    pub fn batch(mut self, limits: BatchLimits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// Which traces are recorded. `OTEL_TRACES_SAMPLER` is the default, and all where it is not set.
    pub fn sampler(mut self, sampler: impl ShouldSample + 'static) -> Self {
        self.sampler = Some(Box::new(sampler));
        self
    }

    /// How long [`Telemetry::shutdown`] may take. 5 seconds.
    pub fn shutdown_timeout(mut self, timeout: Duration) -> Self {
        self.shutdown = timeout;
        self
    }

    /// Joins a provider that the application has, instead of making one.
    ///
    /// Spans then go where that provider sends them, under its sampler, limits and resource:
    ///
    /// - [`Telemetry::layer`], [`install`](Self::install) and [`Telemetry::flush`] work as ever. A flush runs on a thread of its
    ///   own and so keeps its deadline.
    /// - [`Telemetry::shutdown`] flushes it. It stays the application's to shut down.
    /// - An SDK provider takes no further processor once it is built, so nothing can be counted:
    ///   [`Telemetry::stats`] is empty, [`Telemetry::open_spans`] too, and the exporters of this builder are an error at start.
    ///   `OTEL_TRACES_EXPORTER` and the like are not looked at.
    pub fn join(mut self, provider: SdkTracerProvider) -> Self {
        self.joined = Some(provider);
        self
    }

    /// How context goes between processes, as [`set_propagator`](propagation::set_propagator) does. `OTEL_PROPAGATORS` is
    /// the default, also where `OTEL_SDK_DISABLED` is set.
    pub fn propagator(mut self, propagator: Propagator) -> Self {
        self.propagator = Some(propagator);
        self
    }

    /// Sets the provider, and the [propagator](propagation::propagator) of this process, also as OpenTelemetry's global ones,
    /// for code that is instrumented with OpenTelemetry itself. Off: they may be another library's.
    pub fn global(mut self, global: bool) -> Self {
        self.is_global = global;
        self
    }

    /// Whether spans say where in the code they are made, on which thread, and how long they were busy and idle:
    /// `code.file.path`, `code.line.number`, `code.module.name`, `thread.id`, `thread.name`, `target`, `busy_ns`, `idle_ns`.
    /// Off: they take time and room on every span.
    pub fn code_attributes(mut self, attributes: bool) -> Self {
        self.has_code_attributes = attributes;
        self
    }

    /// Which log lines [`install`](Self::install) prints where `RUST_LOG` is not set, in `RUST_LOG`'s words. `info`.
    pub fn log_filter(mut self, directives: impl Into<String>) -> Self {
        self.logs.lines = directives.into();
        self
    }

    /// Which spans and span events [`install`](Self::install) exports, in `RUST_LOG`'s words. `info`; `RUST_LOG` is about log
    /// lines and does not change it.
    pub fn span_filter(mut self, directives: impl Into<String>) -> Self {
        self.logs.spans = directives.into();
        self
    }

    /// How [`install`](Self::install) prints log lines. [`LogFormat::Text`].
    pub fn log_format(mut self, format: LogFormat) -> Self {
        self.logs.format = format;
        self
    }

    /// Looks at nothing of the process, sets nothing of the process, and prints nothing.
    pub(super) fn for_test(mut self) -> Self {
        if self.exporters.is_empty() && self.joined.is_none() {
            self.exporters.push(Choice::own("test".to_owned(), Nowhere));
        }
        (self.detects, self.is_global, self.propagator) = (false, false, None);
        self.environment = Some(Environment::default());
        self
    }

    /// Builds the pipeline and installs nothing: [`Telemetry::layer`] makes the layer for a subscriber.
    ///
    /// What the environment says and cannot be used is left out with a warning ([`Telemetry::warnings`]); it is never an error.
    ///
    /// # Errors
    ///
    /// What code asks for and cannot work at all, with what to do about it.
    pub fn build(self) -> Result<Telemetry, StartError> {
        let telemetry = self.start()?;
        // Where there is no subscriber yet nobody hears it: whoever sets one can ask for them.
        diagnostics::at_start(telemetry.warnings());
        Ok(telemetry)
    }

    /// As [`build`](Self::build), without telling the warnings.
    pub(super) fn start(mut self) -> Result<Telemetry, StartError> {
        let mut environment = self
            .environment
            .take()
            .unwrap_or_else(Environment::of_process);
        if let Some(provider) = self.joined.take() {
            if !self.exporters.is_empty() {
                return Err(StartError::joined());
            }
            return self.finish(Source::theirs(provider), environment);
        }
        if environment.disabled {
            return self.finish(Source::disabled(), environment);
        }

        let spans = Arc::<Spans>::default();
        let service = std::mem::take(&mut self.service);
        let resource = resource::resource(service, &environment, self.detects);
        let choices = std::mem::take(&mut self.exporters);
        let Chosen {
            exporters,
            warnings,
        } = super::exporters::choose(choices, &environment)?;
        environment.warnings.extend(warnings);
        let limits = self
            .limits
            .take()
            .unwrap_or_else(|| environment.batch.limits());
        let exporters = exporters.into_iter().map(|(name, exporter)| {
            BatchProcessor::start(name, exporter, limits.clone(), &resource)
        });
        let exporters = exporters.collect::<Result<Vec<_>, _>>()?;
        let sampler = self.sampler.take().unwrap_or_else(|| {
            let named = environment.sampler.unwrap_or_default();
            Box::new(named.sampler())
        });
        let provider = SdkTracerProvider::builder()
            .with_resource(resource)
            .with_span_limits(environment.limits.of_sdk())
            .with_sampler(CountingSampler {
                sampler,
                spans: Arc::clone(&spans),
            })
            .with_span_processor(Processor {
                spans: Arc::clone(&spans),
                exporters: exporters.clone(),
                value_length: environment
                    .limits
                    .value_length
                    .map(|length| length as usize),
            })
            .build();
        self.finish(Source::ours(provider, spans, exporters), environment)
    }

    fn finish(self, source: Source, environment: Environment) -> Result<Telemetry, StartError> {
        if let Some(propagator) = self.propagator {
            propagation::set_propagator(propagator).map_err(|_| StartError::propagator())?;
        }
        if self.is_global {
            opentelemetry::global::set_tracer_provider(source.provider.clone());
            opentelemetry::global::set_text_map_propagator(propagation::propagator().clone());
        }
        Ok(Telemetry::new(
            source,
            self.shutdown,
            self.has_code_attributes,
            environment.warnings,
        ))
    }
}

/// Takes all spans.
#[derive(Debug)]
struct Nowhere;

impl SpanExporter for Nowhere {
    async fn export(&self, _: Vec<SpanData>) -> OTelSdkResult {
        Ok(())
    }
}

impl fmt::Debug for Builder {
    /// Leaves out what exporters were configured with: their headers hold keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exporters: Vec<&str> = self.exporters.iter().map(Choice::name).collect();
        f.debug_struct("Builder")
            .field("service", &self.service)
            .field("exporters", &exporters)
            .field("limits", &self.limits)
            .field("logs", &self.logs)
            .finish_non_exhaustive()
    }
}
