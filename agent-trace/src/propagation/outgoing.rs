//! The baggage that leaves.

use super::egress::Egress;
use opentelemetry::Context;
use opentelemetry::baggage::BaggageExt;

/// A member that may leave: key, value, properties.
pub(super) type Outgoing<'a> = (&'a str, &'a str, &'a str);

/// The members of `context` that may leave, by key. This is the one place that says which baggage there is.
pub(super) fn outgoing<'a>(context: &'a Context, egress: &Egress) -> Vec<Outgoing<'a>> {
    if !egress.has_keys() {
        return Vec::new();
    }
    let mut members: Vec<Outgoing<'_>> = context
        .baggage()
        .iter()
        .map(|(key, (value, metadata))| (key.as_str(), value.as_str(), metadata.as_str()))
        .filter(|(key, ..)| egress.lets_key_out(key))
        .collect();
    // OpenTelemetry's map has no order of its own.
    members.sort_unstable();
    members
}
