use opentelemetry_proto::tonic::logs::v1::ResourceLogs;
use opentelemetry_proto::tonic::metrics::v1::ResourceMetrics;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, Span};

/// What a receiver has counted.
#[non_exhaustive]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Requests of all signals that it could read.
    pub requests: u64,
    /// Requests that were too large.
    pub too_large: u64,
    /// Bytes of the bodies, as they came.
    pub bytes: u64,
    /// The largest body, unpacked.
    pub largest: u64,
    /// Spans in requests that it could read, repetitions included, whatever it answered.
    pub spans_seen: u64,
    /// Spans that it took and said so. It may have said so to a sender that was gone.
    pub spans: u64,
    /// Metric data points that it took.
    pub points: u64,
    /// Log records that it took.
    pub records: u64,
}

/// What a receiver has kept of what it took.
#[non_exhaustive]
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// Spans.
    pub traces: Vec<ResourceSpans>,
    /// Metrics.
    pub metrics: Vec<ResourceMetrics>,
    /// Log records.
    pub logs: Vec<ResourceLogs>,
    /// Path and headers of each request, or of gRPC its metadata; names in lower case.
    pub requests: Vec<(String, Vec<(String, String)>)>,
}

impl Kept {
    /// The spans, without what they are grouped by.
    pub fn spans(&self) -> impl Iterator<Item = &Span> {
        let scopes = self
            .traces
            .iter()
            .flat_map(|resource| &resource.scope_spans);
        scopes.flat_map(|scope| &scope.spans)
    }

    /// A header of the last request to a path that ends in this.
    #[must_use]
    pub fn header(&self, path: &str, name: &str) -> Option<&str> {
        let (_, headers) = self
            .requests
            .iter()
            .rev()
            .find(|(at, _)| at.ends_with(path))?;
        let (_, value) = headers.iter().find(|(header, _)| header == name)?;
        Some(value)
    }
}
