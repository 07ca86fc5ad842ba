//! The metrics of the Model Context Protocol.

use super::Metrics;
use super::instruments::{Instrument, Instruments};
use crate::guard::guarded;
use crate::semconv::Requirement;
use opentelemetry::KeyValue;
use opentelemetry::metrics::Histogram;
use std::time::Duration;
use tracing::dispatcher;

/// What of the Model Context Protocol took its time.
///
/// ```
/// use agent_trace::metrics::Mcp;
/// use agent_trace::semconv::attribute;
/// use opentelemetry::KeyValue;
/// use std::time::{Duration, Instant};
///
/// let started = Instant::now();
/// // .. the request ..
/// Mcp::ClientOperation.record(
///     started.elapsed(),
///     &[
///         KeyValue::new(attribute::MCP_METHOD_NAME, "tools/call"),
///         KeyValue::new(attribute::GEN_AI_TOOL_NAME, "get_weather"),
///     ],
/// );
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mcp {
    /// A request or notification that was sent: `mcp.client.operation.duration`.
    ClientOperation,
    /// A request or notification that was received: `mcp.server.operation.duration`.
    ServerOperation,
    /// A client's session: `mcp.client.session.duration`.
    ClientSession,
    /// A server's session: `mcp.server.session.duration`.
    ServerSession,
}

impl Mcp {
    /// Records it where calls of the current subscriber are recorded; nothing where they are not.
    ///
    /// Give the duration of its span, and record inside that span. Of `attributes`, those are taken that the registry
    /// lists for the metric and that are no opt-in, so all that the span carries may be given. A failure has `error.type`.
    pub fn record(self, duration: Duration, attributes: &[KeyValue]) {
        if let Some(metrics) = dispatcher::get_default(Metrics::find) {
            self.record_in(&metrics, duration, attributes);
        }
    }

    /// The same, where it is known who records.
    pub(crate) fn record_in(self, metrics: &Metrics, duration: Duration, attributes: &[KeyValue]) {
        let Instrument { info, instrument } = self.instrument(&metrics.instruments);
        let listed: Vec<KeyValue> = info
            .attributes
            .iter()
            .filter(|listed| !matches!(listed.requirement, Requirement::OptIn))
            .filter_map(|listed| {
                attributes
                    .iter()
                    .find(|kv| kv.key.as_str() == listed.name())
            })
            .cloned()
            .collect();
        let _ = guarded(|| instrument.record(duration.as_secs_f64(), &listed));
    }

    fn instrument(self, all: &Instruments) -> &Instrument<Histogram<f64>> {
        match self {
            Self::ClientOperation => &all.mcp_client_operation,
            Self::ServerOperation => &all.mcp_server_operation,
            Self::ClientSession => &all.mcp_client_session,
            Self::ServerSession => &all.mcp_server_session,
        }
    }
}
