//! The events of the conventions, as OpenTelemetry log records with an event name.
//!
//! ```
//! use agent_trace::events::Events;
//! use opentelemetry_sdk::logs::SdkLoggerProvider;
//!
//! // With a processor: `.with_batch_exporter(..)` for OTLP.
//! let provider = SdkLoggerProvider::builder().build();
//!
//! // For the whole process ..
//! Events::new(&provider).install();
//!
//! // .. or for the spans of one subscriber, which wins over the process's.
//! use tracing_subscriber::layer::SubscriberExt as _;
//! let subscriber = tracing_subscriber::registry().with(Events::new(&provider));
//! # drop(subscriber);
//! ```
//!
//! # What is told
//!
//! | event | severity | when |
//! | --- | --- | --- |
//! | `gen_ai.client.inference.operation.details` | DEBUG | a model call ended: what its span carries, without content |
//! | `gen_ai.evaluation.result` | none | [`CallHandle::evaluation`](crate::CallHandle::evaluation) was called |
//! | `gen_ai.client.operation.exception` | WARN | an error ended an operation of kind CLIENT: once, where it arose |
//!
//! Records carry trace and span id, and are written when the call ends, also of calls that the sampler rejected: their
//! flags say so. Evaluations and errors have the time at which they were told.

use crate::installed::Installed;
use crate::observed::{Carried, End};
use crate::record::TimedEvent;
use crate::semconv::{EventInfo, SCHEMA_URL, SpanKind, event, span};
use opentelemetry::logs::{AnyValue, LogRecord as _, Logger, LoggerProvider, Severity};
use opentelemetry::{Array, InstrumentationScope, Value};
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;
use tracing::{Dispatch, Subscriber};
use tracing_subscriber::Layer;

static INSTALLED: Installed<Events> = Installed::new();

/// Tells a logger provider of the events of calls.
///
/// It is a layer without callbacks: a subscriber that has it tells the events of its spans. [`install`](Self::install)
/// is for all other subscribers of the process. Clones share the logger.
///
/// ```
/// use agent_trace::events::Events;
/// use agent_trace::testing::Capture;
/// use opentelemetry_sdk::logs::{InMemoryLogExporter, SdkLoggerProvider};
///
/// #[agent_trace::llm_call(provider = "acme", model = "small")]
/// fn ask() {}
///
/// let exporter = InMemoryLogExporter::default();
/// let provider = SdkLoggerProvider::builder().with_simple_exporter(exporter.clone()).build();
/// Capture::new().layer(Events::new(&provider)).run(ask);
///
/// let told = exporter.get_emitted_logs().expect("in memory");
/// assert_eq!(told[0].record.event_name(), Some("gen_ai.client.inference.operation.details"));
/// ```
#[derive(Clone)]
pub struct Events {
    logger: Arc<dyn Emit>,
}

impl Events {
    /// Makes the logger.
    pub fn new<P>(provider: &P) -> Self
    where
        P: LoggerProvider,
        P::Logger: Send + Sync + 'static,
    {
        let scope = InstrumentationScope::builder(env!("CARGO_PKG_NAME"))
            .with_version(env!("CARGO_PKG_VERSION"))
            .with_schema_url(SCHEMA_URL)
            .build();
        INSTALLED.note();
        Self {
            logger: Arc::new(provider.logger_with_scope(scope)),
        }
    }

    /// Tells the events of every subscriber of this process that has no `Events` of its own, in the place of what was
    /// installed before. Those of calls that run already are told where they began.
    pub fn install(self) {
        INSTALLED.install(self);
    }

    /// Whom the events under this subscriber are told to.
    #[inline]
    pub(crate) fn find(dispatch: &Dispatch) -> Option<Self> {
        INSTALLED.find(dispatch)
    }

    /// Tells the events of a call that ends.
    pub(crate) fn record(&self, carried: Carried<'_>, end: &End<'_>) {
        for told in end.events {
            if told.name == event::EVALUATION_RESULT.name {
                self.tell(&event::EVALUATION_RESULT, told);
            }
        }
        let span_type = end.site.span_type;
        if let (Some(exception), SpanKind::Client) = (end.exception, span_type.kind) {
            self.tell(&event::CLIENT_OPERATION_EXCEPTION, exception);
        }
        let details = &event::CLIENT_INFERENCE_OPERATION_DETAILS;
        if std::ptr::eq(span_type, &span::INFERENCE) {
            let attributes = carried.listed(details.attributes);
            self.logger.emit(details, None, &mut { attributes });
        }
    }

    /// Tells what stands as an event on the span.
    fn tell(&self, event: &'static EventInfo, told: &TimedEvent) {
        let mut attributes = event.attributes.iter().filter_map(|listed| {
            let name = listed.name();
            let found = told.attributes.iter().find(|kv| kv.key.as_str() == name)?;
            Some((name, &found.value))
        });
        self.logger.emit(event, Some(told.at), &mut attributes);
    }
}

impl<S: Subscriber> Layer<S> for Events {}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}

type Attributes<'a> = dyn Iterator<Item = (&'static str, &'a Value)> + 'a;

/// A logger of whatever type.
trait Emit: Send + Sync {
    /// Tells an event that happened at `at`, or happens now, in the current span.
    fn emit(
        &self,
        event: &'static EventInfo,
        at: Option<SystemTime>,
        attributes: &mut Attributes<'_>,
    );
}

impl<L: Logger + Send + Sync> Emit for L {
    fn emit(
        &self,
        event: &'static EventInfo,
        at: Option<SystemTime>,
        attributes: &mut Attributes<'_>,
    ) {
        let severity = severity(event);
        // Where the registry gives no severity, it is as good as any other information.
        let level = severity.unwrap_or(Severity::Info);
        if !self.event_enabled(level, env!("CARGO_PKG_NAME"), Some(event.name)) {
            return;
        }
        let mut record = self.create_log_record();
        record.set_event_name(event.name);
        record.set_timestamp(at.unwrap_or_else(SystemTime::now));
        if let Some(severity) = severity {
            record.set_severity_number(severity);
            record.set_severity_text(severity.name());
        }
        record.add_attributes(attributes.map(|(name, value)| (name, any(value))));
        Logger::emit(self, record);
    }
}

/// The registry's severity, as OpenTelemetry has it.
fn severity(event: &EventInfo) -> Option<Severity> {
    const BASES: [Severity; 6] = [
        Severity::Trace,
        Severity::Debug,
        Severity::Info,
        Severity::Warn,
        Severity::Error,
        Severity::Fatal,
    ];
    let number = event.severity?.number;
    BASES.into_iter().find(|base| *base as u8 == number)
}

/// A value of a span as one of a log record.
fn any(value: &Value) -> AnyValue {
    match value {
        Value::Bool(value) => AnyValue::Boolean(*value),
        Value::I64(value) => AnyValue::Int(*value),
        Value::F64(value) => AnyValue::Double(*value),
        Value::String(value) => AnyValue::String(value.clone()),
        Value::Array(Array::Bool(list)) => list.iter().copied().collect(),
        Value::Array(Array::I64(list)) => list.iter().copied().collect(),
        Value::Array(Array::F64(list)) => list.iter().copied().collect(),
        Value::Array(Array::String(list)) => list.iter().cloned().collect(),
        other => AnyValue::String(other.to_string().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_severity_of_the_registry_is_one_of_opentelemetry() {
        for event in event::ALL {
            let expected = event
                .severity
                .map(|severity| (severity.text, severity.number));
            let found = severity(event).map(|severity| (severity.name(), severity as u8));
            assert_eq!(found, expected, "{}", event.name);
        }
    }
}
