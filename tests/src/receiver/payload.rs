use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::metrics::v1::metric::Data;

use super::account::{Account, Kept};

/// What a request brought.
pub(super) enum Payload {
    Traces(ExportTraceServiceRequest),
    Metrics(ExportMetricsServiceRequest),
    Logs(ExportLogsServiceRequest),
}

impl Payload {
    /// Spans, data points or log records.
    pub(super) fn items(&self) -> u64 {
        let count = match self {
            Self::Traces(traces) => {
                let scopes = traces
                    .resource_spans
                    .iter()
                    .flat_map(|all| &all.scope_spans);
                scopes.map(|scope| scope.spans.len()).sum()
            }
            Self::Metrics(metrics) => {
                let scopes = metrics
                    .resource_metrics
                    .iter()
                    .flat_map(|all| &all.scope_metrics);
                let metrics = scopes.flat_map(|scope| &scope.metrics);
                metrics.map(|metric| points(metric.data.as_ref())).sum()
            }
            Self::Logs(logs) => {
                let scopes = logs.resource_logs.iter().flat_map(|all| &all.scope_logs);
                scopes.map(|scope| scope.log_records.len()).sum::<usize>()
            }
        };
        count as u64
    }

    /// Where its items are counted once they are taken.
    pub(super) fn taken<'a>(&self, account: &'a mut Account) -> &'a mut u64 {
        match self {
            Self::Traces(_) => &mut account.spans,
            Self::Metrics(_) => &mut account.points,
            Self::Logs(_) => &mut account.records,
        }
    }

    /// The ids of its spans, each on a line.
    pub(super) fn span_ids(&self) -> String {
        let Self::Traces(traces) = self else {
            return String::new();
        };
        let scopes = traces
            .resource_spans
            .iter()
            .flat_map(|all| &all.scope_spans);
        let spans = scopes.flat_map(|scope| &scope.spans);
        let id = |id: &[u8]| {
            id.iter()
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>()
        };
        spans.map(|span| id(&span.span_id) + "\n").collect()
    }

    pub(super) fn keep(self, kept: &mut Kept) {
        match self {
            Self::Traces(traces) => kept.traces.extend(traces.resource_spans),
            Self::Metrics(metrics) => kept.metrics.extend(metrics.resource_metrics),
            Self::Logs(logs) => kept.logs.extend(logs.resource_logs),
        }
    }
}

fn points(data: Option<&Data>) -> usize {
    match data {
        None => 0,
        Some(Data::Gauge(data)) => data.data_points.len(),
        Some(Data::Sum(data)) => data.data_points.len(),
        Some(Data::Histogram(data)) => data.data_points.len(),
        Some(Data::ExponentialHistogram(data)) => data.data_points.len(),
        Some(Data::Summary(data)) => data.data_points.len(),
    }
}
