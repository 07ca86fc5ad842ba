//! The baggage that leaves.

use super::egress::Egress;
use opentelemetry::Context;
use opentelemetry::baggage::BaggageExt;

/// A member that may leave: key, value, properties.
pub(super) type Outgoing<'a> = (&'a str, &'a str, &'a str);

/// The members that may leave, by key: those that the scope allowed itself, and those of `context` that `egress` lists.
/// This is the one place that says which baggage there is.
pub(super) fn outgoing<'a>(
    scope: &'a [(String, String)],
    context: &'a Context,
    egress: &Egress,
) -> Vec<Outgoing<'a>> {
    let mut members: Vec<Outgoing<'_>> = scope
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str(), ""))
        .collect();
    if egress.has_keys() {
        let listed = context
            .baggage()
            .iter()
            .map(|(key, (value, metadata))| (key.as_str(), value.as_str(), metadata.as_str()))
            .filter(|(key, ..)| egress.lets_key_out(key))
            .filter(|(key, ..)| scope.iter().all(|(set, _)| set != key));
        members.extend(listed);
    }
    // OpenTelemetry's map has no order of its own.
    members.sort_unstable();
    members
}
