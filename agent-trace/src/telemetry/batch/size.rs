//! How large a span is on the wire, from above and without encoding it.

use opentelemetry::trace::{Event, Link};
use opentelemetry::{Array, KeyValue, Value};
use opentelemetry_sdk::trace::SpanData;

/// Ids, times, kind, flags, counts and status, with the tags and lengths of their fields.
const SPAN: usize = 160;
/// Tags and lengths around a key, a value and the pair of them.
const PAIR: usize = 16;
/// A scalar with its tag, and an element of an array with its own.
const SCALAR: usize = 12;
/// Time, counts, tags and lengths of an event.
const EVENT: usize = 48;
/// Ids, flags, counts, tags and lengths of a link.
const LINK: usize = 64;

/// An upper bound of the bytes that a span takes in an OTLP message, its resource and scope left out.
pub(crate) fn span(span: &SpanData) -> usize {
    let events: usize = span.events.iter().map(event).sum();
    let links: usize = span.links.iter().map(link).sum();
    let description = match &span.status {
        opentelemetry::trace::Status::Error { description } => description.len(),
        _ => 0,
    };
    SPAN + span.name.len()
        + span.span_context.trace_state().header().len()
        + description
        + pairs(&span.attributes)
        + events
        + links
}

/// The bytes of an event.
pub(crate) fn event(event: &Event) -> usize {
    EVENT + event.name.len() + pairs(&event.attributes)
}

/// The bytes of a link.
pub(crate) fn link(link: &Link) -> usize {
    LINK + link.span_context.trace_state().header().len() + pairs(&link.attributes)
}

/// The bytes of a list of attributes.
fn pairs(attributes: &[KeyValue]) -> usize {
    attributes.iter().map(pair).sum()
}

/// The bytes of an attribute.
pub(crate) fn pair(attribute: &KeyValue) -> usize {
    PAIR + attribute.key.as_str().len() + value(&attribute.value)
}

fn value(value: &Value) -> usize {
    match value {
        Value::String(text) => SCALAR + text.as_str().len(),
        Value::Array(Array::Bool(values)) => SCALAR + values.len() * SCALAR,
        Value::Array(Array::I64(values)) => SCALAR + values.len() * (SCALAR + 4),
        Value::Array(Array::F64(values)) => SCALAR + values.len() * SCALAR,
        Value::Array(Array::String(values)) => {
            SCALAR
                + values
                    .iter()
                    .map(|text| SCALAR + text.as_str().len())
                    .sum::<usize>()
        }
        _ => SCALAR,
    }
}
