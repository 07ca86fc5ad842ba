//! The metrics of the conventions, recorded as calls end.
//!
//! [`Metrics`] makes the instruments of a meter provider, once. Each call is recorded when it ends, from what its
//! span carries, with the duration of that span, and **whatever the sampler decided**: a service that keeps one
//! trace in a hundred still counts every token. Only calls that a filter or a level switches off are not seen.
//!
//! ```
//! use agent_trace::metrics::Metrics;
//! use opentelemetry_sdk::metrics::SdkMeterProvider;
//!
//! // With a reader: `.with_periodic_exporter(..)` for OTLP, `Prometheus` for a page that is scraped.
//! let provider = SdkMeterProvider::builder().build();
//!
//! // For the whole process ..
//! Metrics::new(&provider).install();
//!
//! // .. or for the spans of one subscriber, which wins over the process's: tests run in parallel.
//! use tracing_subscriber::layer::SubscriberExt as _;
//! let subscriber = tracing_subscriber::registry().with(Metrics::new(&provider));
//! # drop(subscriber);
//! ```
//!
//! # What is recorded
//!
//! | call | metrics |
//! | --- | --- |
//! | model calls | `gen_ai.client.inference.duration`, five counters `gen_ai.client.inference.usage.*`, the histograms `gen_ai.client.inference.operation.{input,output}_tokens` |
//! | .. that stream | also `gen_ai.client.inference.time_to_first_chunk`, and `.time_per_output_chunk` for each piece of content after the first |
//! | agents | `gen_ai.invoke_agent.duration`, `.inference_calls` and `.tool_calls` of their own |
//! | workflows | `gen_ai.invoke_workflow.duration` |
//! | tools | `gen_ai.execute_tool.duration` |
//! | embeddings, retrieval, memory, plans, remote agents, tools and agents with an operation of one's own | `gen_ai.client.operation.duration` |
//! | MCP | the four of [`Mcp`] |
//!
//! Names, units, bucket boundaries and attributes are those of [`semconv::metric`](crate::semconv::metric). A failed
//! call has its span's `error.type`. Tokens are those that are billed where the provider tells, and 0 of modality
//! `unknown` where it tells nothing, failed calls included; `fetch_response` counts none, since the call that it
//! fetches did. A count of which the provider names the modalities is split, and what is left is `unknown`.
//!
//! Recording happens inside the span, so an SDK that takes exemplars finds it.

mod instruments;
mod mcp;
mod modality;
#[cfg(feature = "prometheus")]
mod prometheus;
mod recording;

use crate::installed::Installed;
use crate::observed::{Carried, End};
use crate::semconv::SCHEMA_URL;
use instruments::Instruments;
use opentelemetry::InstrumentationScope;
use opentelemetry::metrics::MeterProvider;
use recording::Recording;
use std::fmt;
use std::sync::Arc;
use tracing::{Dispatch, Subscriber};
use tracing_subscriber::Layer;

pub use mcp::Mcp;
#[cfg(feature = "prometheus")]
pub use prometheus::{Prometheus, PrometheusError};

static INSTALLED: Installed<Metrics> = Installed::new();

/// The instruments of the conventions, made of one meter provider.
///
/// It is a layer without callbacks: a subscriber that has it records the calls of its spans. [`install`](Self::install)
/// is for all other subscribers of the process. Clones share the instruments.
///
/// ```
/// use agent_trace::metrics::Metrics;
/// use agent_trace::testing::Capture;
/// use opentelemetry_sdk::metrics::SdkMeterProvider;
///
/// #[agent_trace::tool_call]
/// fn lookup() {}
///
/// let provider = SdkMeterProvider::builder().build();
/// Capture::new().layer(Metrics::new(&provider)).run(lookup);
/// ```
#[derive(Clone)]
pub struct Metrics {
    instruments: Arc<Instruments>,
}

impl Metrics {
    /// Makes the instruments. Make them once for a provider.
    pub fn new(provider: &impl MeterProvider) -> Self {
        let scope = InstrumentationScope::builder(env!("CARGO_PKG_NAME"))
            .with_version(env!("CARGO_PKG_VERSION"))
            .with_schema_url(SCHEMA_URL)
            .build();
        INSTALLED.note();
        Self {
            instruments: Arc::new(Instruments::new(&provider.meter_with_scope(scope))),
        }
    }

    /// Records the calls of every subscriber of this process that has no `Metrics` of its own, in the place of what
    /// was installed before. Calls that run already are recorded where they began.
    pub fn install(self) {
        INSTALLED.install(self);
    }

    /// Where the calls under this subscriber are recorded.
    #[inline]
    pub(crate) fn find(dispatch: &Dispatch) -> Option<Self> {
        INSTALLED.find(dispatch)
    }

    /// Records a call that ends.
    pub(crate) fn record(&self, seconds: f64, carried: Carried<'_>, end: &End<'_>) {
        Recording::new(&self.instruments, carried).call(seconds, end);
    }
}

impl<S: Subscriber> Layer<S> for Metrics {}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}
