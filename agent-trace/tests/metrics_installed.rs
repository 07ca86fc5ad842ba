//! Metrics and events of the whole process, in a process of their own.

#![cfg(all(feature = "logs", feature = "metrics", feature = "testing"))]

use agent_trace::events::Events;
use agent_trace::llm_call;
use agent_trace::metrics::Metrics;
use agent_trace::testing::Capture;
use opentelemetry_sdk::logs::{InMemoryLogExporter, SdkLoggerProvider};
use opentelemetry_sdk::metrics::data::{AggregatedMetrics, MetricData};
use opentelemetry_sdk::metrics::{InMemoryMetricExporter, SdkMeterProvider};

#[llm_call(provider = "acme", model = "small")]
fn ask() {}

/// How many calls a provider has seen.
struct Calls {
    provider: SdkMeterProvider,
    exporter: InMemoryMetricExporter,
}

impl Calls {
    fn new() -> Self {
        let exporter = InMemoryMetricExporter::default();
        let provider = SdkMeterProvider::builder()
            .with_periodic_exporter(exporter.clone())
            .build();
        Self { provider, exporter }
    }

    fn count(&self) -> u64 {
        self.provider.force_flush().unwrap();
        let exported = self.exporter.get_finished_metrics().unwrap();
        let scopes = exported
            .last()
            .into_iter()
            .flat_map(|all| all.scope_metrics());
        let mut metrics = scopes.flat_map(|scope| scope.metrics());
        let duration = metrics.find(|metric| metric.name() == "gen_ai.client.inference.duration");
        match duration.map(|metric| metric.data()) {
            Some(AggregatedMetrics::F64(MetricData::Histogram(histogram))) => {
                histogram.data_points().map(|point| point.count()).sum()
            }
            _ => 0,
        }
    }
}

// One test: there is one process.
#[test]
fn what_is_installed_is_told_unless_the_subscriber_has_its_own() {
    let (first, second, own) = (Calls::new(), Calls::new(), Calls::new());
    let counts = || [first.count(), second.count(), own.count()];
    let told = InMemoryLogExporter::default();
    let loggers = SdkLoggerProvider::builder()
        .with_simple_exporter(told.clone())
        .build();
    let run = |capture: Capture| {
        assert_eq!(capture.run(ask).spans.len(), 1);
    };

    run(Capture::new());
    assert_eq!(counts(), [0, 0, 0]);

    Metrics::new(&first.provider).install();
    Events::new(&loggers).install();
    run(Capture::new());
    assert_eq!(counts(), [1, 0, 0]);
    assert_eq!(told.get_emitted_logs().unwrap().len(), 1);

    run(Capture::new().layer(Metrics::new(&own.provider)));
    assert_eq!(counts(), [1, 0, 1]);
    assert_eq!(told.get_emitted_logs().unwrap().len(), 2);

    // A call is recorded where it began, whatever is installed meanwhile.
    let _ = Capture::new().run(|| {
        #[llm_call(provider = "acme", model = "small")]
        fn installs(metrics: Metrics) {
            metrics.install();
        }
        installs(Metrics::new(&second.provider));
    });
    assert_eq!(counts(), [2, 0, 1]);
    run(Capture::new());
    assert_eq!(counts(), [2, 1, 1]);
}
