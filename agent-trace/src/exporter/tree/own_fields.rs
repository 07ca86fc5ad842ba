//! The fields that the application gave a span itself: often what tells one agent from the next.

use opentelemetry::{KeyValue, Value};

use super::style::Style;
use super::text::{escaped, fitted};
use crate::semconv::AttributeId;

/// How many are shown, and how much of each.
const SHOWN: usize = 3;
const WIDTH: usize = 32;

/// What the OpenTelemetry layer adds to every span.
const LAYER: [&str; 5] = [
    "busy_ns",
    "idle_ns",
    "target",
    "level",
    "otel.tracing_event_count",
];
const LAYER_PREFIXES: [&str; 2] = ["code.", "thread."];

/// The first of the application's own fields, as `key=value`.
pub(super) fn own_fields(attributes: &[KeyValue]) -> impl Iterator<Item = (Style, String)> + '_ {
    attributes
        .iter()
        .filter(|field| is_own(field.key.as_str()))
        .take(SHOWN)
        .map(|field| {
            let value = match &field.value {
                Value::String(text) => escaped(text.as_str()).into_owned(),
                other => escaped(&other.to_string()).into_owned(),
            };
            let text = format!("{}={value}", escaped(field.key.as_str()));
            (Style::Dim, fitted(&text, WIDTH).into_owned())
        })
}

fn is_own(key: &str) -> bool {
    AttributeId::from_name(key).is_none()
        && !key.starts_with("gen_ai.")
        && !LAYER.contains(&key)
        && !LAYER_PREFIXES.iter().any(|prefix| key.starts_with(prefix))
}
