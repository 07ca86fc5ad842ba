//! A pipeline with a real OTLP exporter, and the two accounts.

use std::collections::HashSet;
use std::future::Future;
use std::pin::pin;
use std::sync::LazyLock;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use agent_trace::telemetry::{BatchLimits, Otlp, Stats, Telemetry};
use agent_trace_tests::receiver::Receiver;
use opentelemetry::trace::{Span as _, Tracer as _, TracerProvider as _};
use opentelemetry_otlp::{Protocol, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};
use tokio::runtime::Runtime;

/// The ways to a receiver.
pub(crate) const PROTOCOLS: [Protocol; 3] =
    [Protocol::Grpc, Protocol::HttpBinary, Protocol::HttpJson];

/// The runtime of gRPC channels; no test runs on it.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a thread")
});

/// An exporter of the application's own, polled within the runtime.
#[derive(Debug)]
pub(crate) struct Exporter(opentelemetry_otlp::SpanExporter);

impl Exporter {
    pub(crate) fn new(protocol: Protocol, endpoint: &str, timeout: Duration) -> Self {
        let _entered = RUNTIME.enter();
        let client = reqwest::Client::builder().timeout(timeout).build();
        let exporter = match protocol {
            Protocol::Grpc => opentelemetry_otlp::SpanExporter::builder()
                .with_tonic()
                .with_endpoint(endpoint)
                .with_timeout(timeout)
                .build(),
            protocol => opentelemetry_otlp::SpanExporter::builder()
                .with_http()
                .with_protocol(protocol)
                .with_http_client(client.expect("a client"))
                .with_endpoint(format!("{endpoint}/v1/traces"))
                .with_timeout(timeout)
                .build(),
        };
        Self(exporter.expect("it can be built"))
    }
}

impl SpanExporter for Exporter {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let mut future = pin!(self.0.export(batch));
        std::future::poll_fn(move |context| {
            let _entered = RUNTIME.enter();
            future.as_mut().poll(context)
        })
        .await
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.0.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.0.set_resource(resource);
    }
}

/// Small batches at short intervals.
pub(crate) fn limits() -> BatchLimits {
    BatchLimits::default()
        .queue_spans(100_000)
        .batch_spans(20)
        .delay(Duration::from_millis(10))
        .export_timeout(Duration::from_secs(5))
}

/// A pipeline whose exporter gives a request a second.
pub(crate) fn pipeline(protocol: Protocol, receiver: &Receiver, limits: BatchLimits) -> Telemetry {
    pipeline_to(protocol, &receiver.endpoint(), limits)
}

pub(crate) fn pipeline_to(protocol: Protocol, endpoint: &str, limits: BatchLimits) -> Telemetry {
    Telemetry::builder()
        .service("chaos")
        .batch(limits)
        .otlp(
            otlp(protocol)
                .endpoint(endpoint)
                .timeout(Duration::from_secs(1)),
        )
        .shutdown_timeout(Duration::from_secs(20))
        .build()
        .expect("it starts")
}

pub(crate) fn otlp(protocol: Protocol) -> Otlp {
    match protocol {
        Protocol::Grpc => Otlp::grpc(),
        Protocol::HttpBinary => Otlp::http_protobuf(),
        _ => Otlp::http_json(),
    }
}

pub(crate) fn emit(telemetry: &Telemetry, spans: u64) {
    let tracer = telemetry.tracer_provider().tracer("chaos");
    for _ in 0..spans {
        tracer.start("work").end();
    }
}

/// Everything that ended is somewhere.
#[track_caller]
pub(crate) fn assert_balances(telemetry: &Telemetry) -> Stats {
    let stats = telemetry.stats();
    assert_eq!(stats.started, stats.ended + stats.open, "{stats:?}");
    for exporter in &stats.exporters {
        assert_eq!(
            stats.ended + exporter.recovered,
            stats.sampled_out
                + exporter.exported
                + exporter.dropped.total()
                + exporter.queued
                + exporter.spilled,
            "{stats:?}"
        );
    }
    stats
}

/// Everything that ended was exported, sampled out or dropped, and the receiver has what was exported.
#[track_caller]
pub(crate) fn assert_agrees(telemetry: &Telemetry, receiver: &Receiver) -> Stats {
    let stats = assert_balances(telemetry);
    let exporter = &stats.exporters[0];
    assert_eq!((exporter.queued, exporter.spilled), (0, 0), "{stats:?}");
    assert_eq!(receiver.account().spans, exporter.exported, "{stats:?}");
    stats
}

/// Different spans that a receiver took, and how many it took in all.
pub(crate) fn taken(receiver: &Receiver) -> (u64, u64) {
    let kept = receiver.kept();
    let ids: HashSet<_> = kept.spans().map(|span| span.span_id.clone()).collect();
    (ids.len() as u64, kept.spans().count() as u64)
}

/// Runs something that may not take longer than this.
#[track_caller]
pub(crate) fn watched<T: Send + 'static>(
    limit: Duration,
    run: impl FnOnce() -> T + Send + 'static,
) -> T {
    let (sender, receiver) = mpsc::channel();
    let thread = thread::spawn(move || {
        let _ = sender.send(run());
    });
    match receiver.recv_timeout(limit) {
        Ok(value) => value,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("still not done after {limit:?}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => match thread.join() {
            Err(payload) => std::panic::resume_unwind(payload),
            Ok(()) => unreachable!("it sends before it ends"),
        },
    }
}
