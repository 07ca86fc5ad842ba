//! Telemetry set up by hand, as an application that has `tracing` and OpenTelemetry already would have it.

use std::io;
use std::path::Path;

use agent_trace::exporter::{FileExporter, TreeExporter};
use agent_trace::semconv;
use opentelemetry::InstrumentationScope;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::Subscriber;
use tracing_subscriber::filter::{EnvFilter, LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::{SubscriberInitExt as _, TryInitError};
use tracing_subscriber::{Layer as _, Registry};

/// The pipeline of one process; [`shutdown`](Self::shutdown) it before the process ends.
#[derive(Debug)]
pub struct Telemetry {
    provider: SdkTracerProvider,
}

impl Telemetry {
    /// A pipeline that writes each finished span to `file` as OTLP JSON and each finished trace to standard error as
    /// a tree.
    ///
    /// # Errors
    ///
    /// When `file` cannot be created.
    pub fn new(service: &'static str, file: &Path) -> io::Result<Self> {
        let provider = SdkTracerProvider::builder()
            .with_resource(Resource::builder().with_service_name(service).build())
            .with_simple_exporter(TreeExporter::stderr())
            .with_simple_exporter(FileExporter::create(file)?)
            .build();
        Ok(Self { provider })
    }

    /// A pipeline that writes each finished span to `file` and prints nothing: for one process of several.
    ///
    /// # Errors
    ///
    /// When `file` cannot be created.
    pub fn to_file(service: &'static str, file: &Path) -> io::Result<Self> {
        let provider = SdkTracerProvider::builder()
            .with_resource(Resource::builder().with_service_name(service).build())
            .with_simple_exporter(FileExporter::create(file)?)
            .build();
        Ok(Self { provider })
    }

    /// The subscriber that feeds this pipeline, and prints log lines as `RUST_LOG` asks (none, if it does not).
    pub fn subscriber(&self) -> impl Subscriber + Send + Sync + use<> {
        let logs = EnvFilter::builder().with_default_directive(LevelFilter::OFF.into());
        // Spans of this package, and of calls that `agent_trace` follows for it: the HTTP stack below the client has its
        // own, and they are many.
        let spans = Targets::new()
            .with_target(env!("CARGO_CRATE_NAME"), LevelFilter::INFO)
            .with_target("agent_trace", LevelFilter::INFO);
        // Names the revision of the conventions that the attributes follow.
        let scope = InstrumentationScope::builder("agent-trace")
            .with_schema_url(semconv::SCHEMA_URL)
            .build();
        Registry::default()
            .with(
                tracing_opentelemetry::layer()
                    .with_tracer(self.provider.tracer_with_scope(scope))
                    .with_filter(spans),
            )
            .with(
                tracing_subscriber::fmt::layer()
                    .with_writer(io::stderr)
                    .with_filter(logs.from_env_lossy()),
            )
    }

    /// Installs [`subscriber`](Self::subscriber) for the whole process.
    ///
    /// # Errors
    ///
    /// When the process has a subscriber already.
    pub fn install(&self) -> Result<(), TryInitError> {
        self.subscriber().try_init()
    }

    /// Hands on what is still on its way, and ends the pipeline.
    ///
    /// # Errors
    ///
    /// When an exporter could not do its work.
    pub fn shutdown(self) -> OTelSdkResult {
        self.provider.shutdown()
    }
}
