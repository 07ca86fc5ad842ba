use std::time::{Duration, Instant};

use agent_trace::telemetry::Telemetry;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData, SpanExporter};
use tracing_subscriber::layer::SubscriberExt as _;

#[test]
fn spans_go_where_the_applications_provider_sends_them() {
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(exporter.clone())
        .build();
    let telemetry = Telemetry::builder().join(provider.clone()).build().unwrap();
    let subscriber = tracing_subscriber::registry().with(telemetry.layer());
    tracing::subscriber::with_default(subscriber, || {
        tracing::info_span!("work").in_scope(|| ());
    });
    telemetry.flush(Duration::from_secs(5)).unwrap();
    assert_eq!(exporter.get_finished_spans().unwrap().len(), 1);
    assert_eq!(telemetry.stats(), agent_trace::telemetry::Stats::default());
    // It stays the application's: what it makes after our shutdown is exported.
    telemetry.shutdown().unwrap();
    drop(telemetry);
    use opentelemetry::trace::{Tracer as _, TracerProvider as _};
    drop(provider.tracer("own").start("later"));
    provider.force_flush().unwrap();
    assert_eq!(exporter.get_finished_spans().unwrap().len(), 2);
}

#[test]
fn exporters_beside_a_joined_provider_are_an_error_that_says_what_to_do() {
    let provider = SdkTracerProvider::builder().build();
    let error = Telemetry::builder()
        .tree()
        .join(provider)
        .build()
        .expect_err("it cannot work");
    assert!(
        error.to_string().contains("add them to that provider"),
        "{error}"
    );
}

#[derive(Debug)]
struct Stuck;

impl SpanExporter for Stuck {
    async fn export(&self, _: Vec<SpanData>) -> OTelSdkResult {
        std::thread::sleep(Duration::from_secs(4));
        Ok(())
    }
}

#[test]
fn a_joined_provider_that_hangs_keeps_our_deadline() {
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(Stuck)
        .build();
    let telemetry = Telemetry::builder().join(provider.clone()).build().unwrap();
    let subscriber = tracing_subscriber::registry().with(telemetry.layer());
    tracing::subscriber::with_default(subscriber, || {
        tracing::info_span!("work").in_scope(|| ());
    });
    let start = Instant::now();
    let error = telemetry
        .flush(Duration::from_millis(200))
        .expect_err("it hangs");
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
    assert!(error.to_string().contains("not flushed within"), "{error}");
}
