//! The span of the request that carries other requests.

use opentelemetry::trace::SpanContext;

/// Stands in the extensions of a request that [`ServerLayer`](super::ServerLayer) has seen, for protocols within HTTP that
/// make spans of their own.
#[derive(Clone, Debug)]
#[cfg_attr(
    not(feature = "rmcp"),
    expect(dead_code, reason = "the features of such protocols read it")
)]
pub(crate) struct TransportSpan(pub(crate) SpanContext);
