//! What any layer of a subscriber sees of a span: its metadata, its fields, and when it is entered and left.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};

use agent_trace::testing::{Capture, Captured};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::LookupSpan;

use crate::family::block_on;

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Bool(bool),
    Int(i64),
    /// What OpenTelemetry has no type for.
    Unsigned(u64),
    Double(f64),
    Text(String),
    Debug(String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

/// A span as a layer sees it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) metadata: &'static Metadata<'static>,
    /// The name of the span above it.
    pub(crate) parent: Option<&'static str>,
    pub(crate) fields: BTreeMap<&'static str, Value>,
}

impl Seen {
    pub(crate) fn level(&self) -> Level {
        *self.metadata.level()
    }

    /// Asserts that the field has the value.
    #[track_caller]
    pub(crate) fn assert(&self, field: &str, value: impl Into<Value>) -> &Self {
        assert_eq!(
            self.fields.get(field),
            Some(&value.into()),
            "field `{field}`"
        );
        self
    }

    /// Asserts that the field has no value.
    #[track_caller]
    pub(crate) fn assert_none(&self, field: &str) -> &Self {
        assert_eq!(self.fields.get(field), None, "field `{field}`");
        self
    }
}

#[derive(Debug, Default)]
struct Log {
    spans: Vec<(Id, Seen)>,
    steps: Vec<String>,
}

/// A layer that writes down what it sees.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recording(Arc<Mutex<Log>>);

impl Recording {
    fn log(&self) -> MutexGuard<'_, Log> {
        self.0.lock().expect("no panic while the log is written")
    }

    /// The spans by start.
    pub(crate) fn spans(&self) -> Vec<Seen> {
        self.log()
            .spans
            .iter()
            .map(|(_, seen)| seen.clone())
            .collect()
    }

    /// The only span.
    #[track_caller]
    pub(crate) fn only(&self) -> Seen {
        let mut spans = self.spans();
        assert_eq!(spans.len(), 1, "{spans:?}");
        spans.remove(0)
    }

    /// What happened: `new x`, `enter x`, `exit x`, `close x`, `event x`.
    pub(crate) fn steps(&self) -> Vec<String> {
        self.log().steps.clone()
    }
}

struct Fields<'a>(&'a mut BTreeMap<&'static str, Value>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0
            .insert(field.name(), Value::Debug(format!("{value:?}")));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.0.insert(field.name(), value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name(), Value::Unsigned(value));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.0.insert(field.name(), Value::Double(value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.0.insert(field.name(), value.into());
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Recording {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = BTreeMap::new();
        attributes.record(&mut Fields(&mut fields));
        let parent = context
            .span(id)
            .and_then(|span| span.parent())
            .map(|parent| parent.metadata().name());
        let metadata = attributes.metadata();
        let mut log = self.log();
        log.steps.push(format!("new {}", metadata.name()));
        log.spans.push((
            id.clone(),
            Seen {
                metadata,
                parent,
                fields,
            },
        ));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let mut log = self.log();
        if let Some((_, seen)) = log.spans.iter_mut().rev().find(|(known, _)| known == id) {
            values.record(&mut Fields(&mut seen.fields));
        }
    }

    fn on_enter(&self, id: &Id, context: Context<'_, S>) {
        self.step("enter", id, &context);
    }

    fn on_exit(&self, id: &Id, context: Context<'_, S>) {
        self.step("exit", id, &context);
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        self.step("close", &id, &context);
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = BTreeMap::new();
        event.record(&mut Fields(&mut fields));
        if let Some(Value::Debug(message)) = fields.get("message") {
            self.log().steps.push(format!("event {message}"));
        }
    }
}

impl Recording {
    fn step<S: Subscriber + for<'a> LookupSpan<'a>>(
        &self,
        what: &str,
        id: &Id,
        context: &Context<'_, S>,
    ) {
        if let Some(span) = context.span(id) {
            self.log().steps.push(format!("{what} {}", span.name()));
        }
    }
}

/// Runs `block` under a recording layer beside the OpenTelemetry layer.
pub(crate) fn record<T>(block: impl FnOnce() -> T) -> (Recording, Captured<T>) {
    let recording = Recording::default();
    let captured = Capture::new().layer(recording.clone()).run(block);
    (recording, captured)
}

/// Runs `future` likewise.
pub(crate) fn record_async<F: Future>(future: F) -> (Recording, Captured<F::Output>) {
    let recording = Recording::default();
    let captured = block_on(Capture::new().layer(recording.clone()).run_async(future));
    (recording, captured)
}
