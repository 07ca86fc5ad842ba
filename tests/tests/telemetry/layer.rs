use std::io;
use std::sync::{Arc, Mutex};

use agent_trace::telemetry::{StartError, Telemetry};
use agent_trace::{agent_span, llm_call};
use opentelemetry_sdk::trace::InMemorySpanExporter;
use tracing::Subscriber;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, Registry};

#[agent_span]
fn desk() {
    model();
}

#[llm_call(provider = "openai", model = "gpt-4o")]
fn model() {}

fn telemetry() -> (Telemetry, InMemorySpanExporter) {
    let exporter = InMemorySpanExporter::default();
    let telemetry = Telemetry::builder()
        .exporter("memory", exporter.clone())
        .build()
        .unwrap();
    (telemetry, exporter)
}

/// What the two calls above give in a subscriber.
#[track_caller]
fn assert_traced(
    telemetry: &Telemetry,
    exporter: &InMemorySpanExporter,
    subscriber: impl Subscriber + Send + Sync,
) {
    tracing::subscriber::with_default(subscriber, desk);
    telemetry.flush(std::time::Duration::from_secs(5)).unwrap();
    let spans = exporter.get_finished_spans().unwrap();
    let names: Vec<&str> = spans.iter().map(|span| &*span.name).collect();
    assert_eq!(names, ["chat gpt-4o", "invoke_agent desk"]);
    assert_eq!(spans[0].parent_span_id, spans[1].span_context.span_id());
    let scope = &spans[0].instrumentation_scope;
    assert_eq!(scope.name(), "agent-trace");
    assert!(scope.schema_url().is_some());
    let noise =
        |key: &str| key.starts_with("code.") || key.starts_with("thread.") || key == "busy_ns";
    let keys = spans[0]
        .attributes
        .iter()
        .map(|attribute| attribute.key.as_str());
    assert_eq!(keys.filter(|key| noise(key)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn on_a_bare_registry() {
    let (telemetry, exporter) = telemetry();
    let subscriber = Registry::default().with(telemetry.layer());
    assert_traced(&telemetry, &exporter, subscriber);
}

#[test]
fn filtered_boxed_and_between_other_layers() {
    let (telemetry, exporter) = telemetry();
    let lines = Arc::new(Mutex::new(Vec::new()));
    let writer = Arc::clone(&lines);
    let subscriber = Registry::default()
        .with(EnvFilter::new("info"))
        .with(telemetry.layer().with_filter(LevelFilter::INFO).boxed())
        .with(tracing_subscriber::fmt::layer().with_writer(move || Lines(Arc::clone(&writer))));
    assert_traced(&telemetry, &exporter, subscriber);
}

struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn where_the_code_is_when_it_is_asked_for() {
    let exporter = InMemorySpanExporter::default();
    let telemetry = Telemetry::builder()
        .exporter("memory", exporter.clone())
        .code_attributes(true)
        .build()
        .unwrap();
    let subscriber = Registry::default().with(telemetry.layer());
    tracing::subscriber::with_default(subscriber, model);
    telemetry.flush(std::time::Duration::from_secs(5)).unwrap();
    let spans = exporter.get_finished_spans().unwrap();
    assert!(
        spans[0]
            .attributes
            .iter()
            .any(|attribute| attribute.key.as_str() == "code.file.path")
    );
}

#[test]
fn tests_have_a_pipeline_each() -> Result<(), StartError> {
    for _ in 0..2 {
        let exporter = InMemorySpanExporter::default();
        let telemetry = Telemetry::builder()
            .exporter("memory", exporter.clone())
            .install_for_test()?;
        desk();
        telemetry.flush(std::time::Duration::from_secs(5)).unwrap();
        assert_eq!(exporter.get_finished_spans().unwrap().len(), 2);
        let stats = telemetry.stats();
        assert_eq!((stats.started, stats.ended, stats.open), (2, 2, 0));
        drop(telemetry);
        desk();
        assert!(!tracing::dispatcher::get_default(|subscriber| subscriber
            .is::<Registry>(
        )));
    }
    let counted = Telemetry::builder().install_for_test()?;
    desk();
    assert_eq!(counted.stats().ended, 2);
    Ok(())
}

#[test]
fn a_bad_filter_in_code_is_an_error_that_says_what_to_write() {
    let error = Telemetry::builder()
        .span_filter("info,=,")
        .install_for_test();
    let error = error.expect_err("it is no filter").to_string();
    assert!(error.contains("info,my_crate=debug"), "{error}");
}
