use std::time::{SystemTime, UNIX_EPOCH};

use opentelemetry::trace::{Event, Link, SpanContext, SpanKind, Status};
use opentelemetry::{Array, InstrumentationScope, KeyValue, Value};
use opentelemetry_sdk::trace::SpanData;

/// Appends values to bytes.
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn new() -> Self {
        Self(Vec::with_capacity(4_096))
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Seven bits a byte, the lowest first.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    pub(super) fn length(&mut self, length: usize) {
        self.number(length as u64);
    }

    fn text(&mut self, text: &str) {
        self.length(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn optional(&mut self, text: Option<&str>) {
        self.byte(u8::from(text.is_some()));
        if let Some(text) = text {
            self.text(text);
        }
    }

    fn time(&mut self, time: SystemTime) {
        let (before, distance) = match time.duration_since(UNIX_EPOCH) {
            Ok(since) => (0, since),
            Err(error) => (1, error.duration()),
        };
        self.byte(before);
        self.number(distance.as_secs());
        self.number(u64::from(distance.subsec_nanos()));
    }

    fn context(&mut self, context: &SpanContext) {
        self.0.extend_from_slice(&context.trace_id().to_bytes());
        self.0.extend_from_slice(&context.span_id().to_bytes());
        self.byte(context.trace_flags().to_u8());
        self.byte(u8::from(context.is_remote()));
        self.text(&context.trace_state().header());
    }

    pub(super) fn scope(&mut self, scope: &InstrumentationScope) {
        self.text(scope.name());
        self.optional(scope.version());
        self.optional(scope.schema_url());
        let attributes: Vec<_> = scope.attributes().cloned().collect();
        self.attributes(&attributes, 0);
    }

    fn attributes(&mut self, attributes: &[KeyValue], dropped: u32) {
        self.length(attributes.len());
        for attribute in attributes {
            self.text(attribute.key.as_str());
            self.value(&attribute.value);
        }
        self.number(u64::from(dropped));
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Bool(value) => {
                self.byte(0);
                self.byte(u8::from(*value));
            }
            Value::I64(value) => {
                self.byte(1);
                self.0.extend_from_slice(&value.to_le_bytes());
            }
            Value::F64(value) => {
                self.byte(2);
                self.0.extend_from_slice(&value.to_le_bytes());
            }
            Value::Array(Array::Bool(values)) => {
                self.byte(4);
                self.length(values.len());
                self.0.extend(values.iter().copied().map(u8::from));
            }
            Value::Array(Array::I64(values)) => {
                self.byte(5);
                self.length(values.len());
                self.0
                    .extend(values.iter().flat_map(|value| value.to_le_bytes()));
            }
            Value::Array(Array::F64(values)) => {
                self.byte(6);
                self.length(values.len());
                self.0
                    .extend(values.iter().flat_map(|value| value.to_le_bytes()));
            }
            Value::Array(Array::String(values)) => {
                self.byte(7);
                self.length(values.len());
                values.iter().for_each(|value| self.text(value.as_str()));
            }
            // A string, and what a later version of the API may add.
            other => {
                self.byte(3);
                self.text(&other.as_str());
            }
        }
    }

    fn event(&mut self, event: &Event) {
        self.text(&event.name);
        self.time(event.timestamp);
        self.attributes(&event.attributes, event.dropped_attributes_count);
    }

    fn link(&mut self, link: &Link) {
        self.context(&link.span_context);
        self.attributes(&link.attributes, link.dropped_attributes_count);
    }

    /// A span without its scope.
    pub(super) fn span(&mut self, span: &SpanData) {
        self.context(&span.span_context);
        self.0.extend_from_slice(&span.parent_span_id.to_bytes());
        self.byte(u8::from(span.parent_span_is_remote));
        self.byte(match span.span_kind {
            SpanKind::Client => 0,
            SpanKind::Server => 1,
            SpanKind::Producer => 2,
            SpanKind::Consumer => 3,
            SpanKind::Internal => 4,
        });
        self.text(&span.name);
        self.time(span.start_time);
        self.time(span.end_time);
        self.attributes(&span.attributes, span.dropped_attributes_count);
        self.length(span.events.len());
        span.events.iter().for_each(|event| self.event(event));
        self.number(u64::from(span.events.dropped_count));
        self.length(span.links.len());
        span.links.iter().for_each(|link| self.link(link));
        self.number(u64::from(span.links.dropped_count));
        match &span.status {
            Status::Unset => self.byte(0),
            Status::Ok => self.byte(1),
            Status::Error { description } => {
                self.byte(2);
                self.text(description);
            }
        }
    }
}
