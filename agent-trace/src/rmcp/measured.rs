//! How long one request took, for the metrics of the protocol.

#[cfg(feature = "metrics")]
use crate::guard::lock;
#[cfg(feature = "metrics")]
use crate::metrics::{Mcp, Metrics};
#[cfg(feature = "metrics")]
use std::sync::Mutex;
#[cfg(feature = "metrics")]
use std::time::Instant;

use super::request::About;
use opentelemetry::Value;

/// Which side measures.
#[derive(Clone, Copy, Debug)]
pub(super) enum Side {
    Client,
    Server,
}

/// A request that is measured, if anybody records it.
#[derive(Debug)]
pub(super) struct Measured {
    #[cfg(feature = "metrics")]
    running: Option<Running>,
}

#[cfg(feature = "metrics")]
#[derive(Debug)]
struct Running {
    metrics: Metrics,
    mcp: Mcp,
    started: Instant,
    attributes: Mutex<Vec<opentelemetry::KeyValue>>,
}

#[cfg(not(feature = "metrics"))]
impl Measured {
    pub(super) fn begin(_: Side, _: &About<'_>) -> Self {
        Self {}
    }

    pub(super) fn say(&self, _: &'static str, _: impl Into<Value>) {}

    pub(super) fn is_running(&self) -> bool {
        false
    }

    pub(super) fn end(&mut self) {}
}

#[cfg(feature = "metrics")]
impl Measured {
    /// The request begins.
    pub(super) fn begin(side: Side, about: &About<'_>) -> Self {
        use crate::semconv::{attribute, operation};

        let measured = Self {
            running: tracing::dispatcher::get_default(Metrics::find).map(|metrics| Running {
                metrics,
                mcp: match side {
                    Side::Client => Mcp::ClientOperation,
                    Side::Server => Mcp::ServerOperation,
                },
                started: Instant::now(),
                attributes: Mutex::default(),
            }),
        };
        if measured.is_running() {
            measured.say(attribute::MCP_METHOD_NAME, about.method.to_owned());
            if let Some(tool) = about.tool {
                measured.say(attribute::GEN_AI_OPERATION_NAME, operation::EXECUTE_TOOL);
                measured.say(attribute::GEN_AI_TOOL_NAME, tool.to_owned());
            }
            if let Some(prompt) = about.prompt {
                measured.say(attribute::GEN_AI_PROMPT_NAME, prompt.to_owned());
            }
        }
        measured
    }

    /// What its span says.
    pub(super) fn say(&self, key: &'static str, value: impl Into<Value>) {
        if let Some(running) = &self.running {
            lock(&running.attributes).push(opentelemetry::KeyValue::new(key, value));
        }
    }

    /// Whether it has not ended, and somebody records it.
    pub(super) fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// The request has ended. Its span is current.
    pub(super) fn end(&mut self) {
        if let Some(running) = self.running.take() {
            let took = running.started.elapsed();
            let attributes = lock(&running.attributes);
            running.mcp.record_in(&running.metrics, took, &attributes);
        }
    }
}
