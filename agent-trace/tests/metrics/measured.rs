//! The metrics of a block of code.

use agent_trace::metrics::Metrics;
use agent_trace::testing::{Capture, Spans};
use opentelemetry::{KeyValue, Value};
use opentelemetry_sdk::metrics::data::{AggregatedMetrics, MetricData, ResourceMetrics};
use opentelemetry_sdk::metrics::{InMemoryMetricExporter, SdkMeterProvider};
use std::collections::BTreeMap;

/// What was recorded under one name and set of attributes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Point {
    Total(u64),
    Counts { sum: u64, buckets: Vec<u64> },
    Seconds { sum: f64, count: u64 },
}

/// Name and attributes, by name.
pub(crate) type Series = (String, String);

/// The metrics and spans of a block of code.
pub(crate) struct Measured {
    pub(crate) spans: Spans,
    pub(crate) exported: ResourceMetrics,
}

impl Measured {
    /// Runs `block` with metrics of its own, in a capture of its own.
    pub(crate) fn of(capture: Capture, block: impl FnOnce()) -> Self {
        let exporter = InMemoryMetricExporter::default();
        let provider = SdkMeterProvider::builder()
            .with_periodic_exporter(exporter.clone())
            .build();
        let captured = capture.layer(Metrics::new(&provider)).run(block);
        provider.force_flush().expect("in memory");
        let mut exported = exporter.get_finished_metrics().expect("in memory");
        Self {
            spans: captured.spans,
            exported: exported.pop().expect("one collection"),
        }
    }

    /// Every series.
    pub(crate) fn series(&self) -> BTreeMap<Series, Point> {
        let scopes = self.exported.scope_metrics();
        let mut series = BTreeMap::new();
        for metric in scopes.flat_map(|scope| scope.metrics()) {
            let mut put = |attributes: String, point| {
                let before = series.insert((metric.name().to_owned(), attributes), point);
                assert_eq!(before, None, "{}", metric.name());
            };
            match metric.data() {
                AggregatedMetrics::U64(MetricData::Sum(sum)) => {
                    for point in sum.data_points() {
                        put(text(point.attributes()), Point::Total(point.value()));
                    }
                }
                AggregatedMetrics::U64(MetricData::Histogram(histogram)) => {
                    for point in histogram.data_points() {
                        let counts = Point::Counts {
                            sum: point.sum(),
                            buckets: point.bucket_counts().collect(),
                        };
                        put(text(point.attributes()), counts);
                    }
                }
                AggregatedMetrics::F64(MetricData::Histogram(histogram)) => {
                    for point in histogram.data_points() {
                        let seconds = Point::Seconds {
                            sum: point.sum(),
                            count: point.count(),
                        };
                        put(text(point.attributes()), seconds);
                    }
                }
                other => panic!("{}: {other:?}", metric.name()),
            }
        }
        series
    }

    /// The series of one metric, by attributes.
    pub(crate) fn metric(&self, name: &str) -> BTreeMap<String, Point> {
        let named = self
            .series()
            .into_iter()
            .filter(|((own, _), _)| own == name);
        named
            .map(|((_, attributes), point)| (attributes, point))
            .collect()
    }

    /// The one series of a metric.
    pub(crate) fn only(&self, name: &str) -> (String, Point) {
        let mut all: Vec<_> = self.metric(name).into_iter().collect();
        assert_eq!(all.len(), 1, "{name}: {all:?}");
        all.remove(0)
    }
}

/// Attributes as one text, by key.
pub(crate) fn text<'a>(attributes: impl Iterator<Item = &'a KeyValue>) -> String {
    let mut pairs: Vec<String> = attributes
        .map(|kv| pair(kv.key.as_str(), &kv.value))
        .collect();
    pairs.sort();
    pairs.join(" ")
}

/// A key and its value.
pub(crate) fn pair(key: &str, value: &Value) -> String {
    format!("{key}={value}")
}
