//! B3, in one field or in several.
//!
//! Of its own and not `opentelemetry-zipkin`'s, which brings an HTTP client along, keeps "deferred" in the bit that is the
//! random flag of the W3C and "debug" in one that is nobody's, takes signs for digits, and forgets that debug implies
//! sampled.

use super::carried::Carried;
use super::carrier::{Carrier, CarrierMut};
use super::hex;
use super::text::{single, trim};
use opentelemetry::trace::{SpanContext, SpanId, TraceFlags, TraceId, TraceState};

pub(super) const B3: &str = "b3";
pub(super) const TRACE_ID: &str = "x-b3-traceid";
pub(super) const SPAN_ID: &str = "x-b3-spanid";
pub(super) const SAMPLED: &str = "x-b3-sampled";
pub(super) const FLAGS: &str = "x-b3-flags";
/// Read by nobody: the span that is continued is known by its own id.
pub(super) const PARENT_SPAN_ID: &str = "x-b3-parentspanid";

/// What upstream decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    Denied,
    Accepted,
    Debug,
}

/// The span that the carrier names, and whether it is to be debugged. The single field is looked at first, as
/// OpenTelemetry asks, whichever of the two is written.
pub(super) fn read<C: Carrier + ?Sized>(carrier: &C) -> Option<(SpanContext, bool)> {
    let (trace_id, span_id, decision) =
        single(carrier, B3, parse).or_else(|| read_several(carrier))?;
    // A decision that was left open counts as a denial, as in OpenTelemetry's other languages: the sampler of an
    // application may still take the span.
    let flags = match decision {
        Some(Decision::Accepted | Decision::Debug) => TraceFlags::SAMPLED,
        Some(Decision::Denied) | None => TraceFlags::NOT_SAMPLED,
    };
    let span = SpanContext::new(trace_id, span_id, flags, true, TraceState::NONE);
    Some((span, decision == Some(Decision::Debug)))
}

/// `{trace id}-{span id}[-{decision}[-{parent's span id}]]`. A decision alone names no span.
fn parse(value: &[u8]) -> Option<(TraceId, SpanId, Option<Decision>)> {
    let mut parts = trim(value).splitn(5, |byte| *byte == b'-');
    let trace_id = trace_id(parts.next()?)?;
    let span_id = span_id(parts.next()?)?;
    let decision = match parts.next() {
        Some(b"0") => Some(Decision::Denied),
        Some(b"1") => Some(Decision::Accepted),
        Some(b"d") => Some(Decision::Debug),
        Some(_) => return None,
        None => None,
    };
    if let Some(parent) = parts.next() {
        span_id_of_parent(parent)?;
    }
    parts
        .next()
        .is_none()
        .then_some((trace_id, span_id, decision))
}

fn read_several<C: Carrier + ?Sized>(carrier: &C) -> Option<(TraceId, SpanId, Option<Decision>)> {
    let trace_id = single(carrier, TRACE_ID, |id| trace_id(trim(id)))?;
    let span_id = single(carrier, SPAN_ID, |id| span_id(trim(id)))?;
    let debug = single(carrier, FLAGS, |flags| {
        (trim(flags) == b"1").then_some(Decision::Debug)
    });
    let sampled = || {
        single(carrier, SAMPLED, |sampled| match trim(sampled) {
            // Words are what tracers sent before there was a specification.
            b"1" | b"true" => Some(Decision::Accepted),
            b"0" | b"false" => Some(Decision::Denied),
            _ => None,
        })
    };
    Some((trace_id, span_id, debug.or_else(sampled)))
}

/// An id of 128 bits, or of 64, which is the lower half.
fn trace_id(id: &[u8]) -> Option<TraceId> {
    let id = Some(id).filter(|id| matches!(id.len(), 16 | 32))?;
    let id = hex::parse(id).filter(|id| *id != 0)?;
    Some(TraceId::from(id))
}

fn span_id(id: &[u8]) -> Option<SpanId> {
    let id = Some(id).filter(|id| id.len() == 16)?;
    let id = hex::parse(id).filter(|id| *id != 0)?;
    Some(SpanId::from(u64::try_from(id).ok()?))
}

/// A root's parent is all zeros with some tracers.
fn span_id_of_parent(id: &[u8]) -> Option<u128> {
    hex::parse(Some(id).filter(|id| id.len() == 16)?)
}

fn decision(span: &SpanContext, carried: Option<&Carried>) -> Decision {
    if carried.is_some_and(Carried::is_debug) {
        Decision::Debug
    } else if span.is_sampled() {
        Decision::Accepted
    } else {
        Decision::Denied
    }
}

/// The single field's value.
pub(super) fn format(span: &SpanContext, carried: Option<&Carried>) -> String {
    let mut value = String::with_capacity(51);
    hex::push(&mut value, &span.trace_id().to_bytes());
    value.push('-');
    hex::push(&mut value, &span.span_id().to_bytes());
    value.push_str(match decision(span, carried) {
        Decision::Denied => "-0",
        Decision::Accepted => "-1",
        Decision::Debug => "-d",
    });
    value
}

/// Writes the fields of the other form.
pub(super) fn write_several<C: CarrierMut + ?Sized>(
    carrier: &mut C,
    span: &SpanContext,
    carried: Option<&Carried>,
) {
    carrier.set_field(TRACE_ID, id(&span.trace_id().to_bytes()));
    carrier.set_field(SPAN_ID, id(&span.span_id().to_bytes()));
    carrier.remove_field(PARENT_SPAN_ID);
    // Debug implies accepted, and is said alone.
    let (said, unsaid, value) = match decision(span, carried) {
        Decision::Denied => (SAMPLED, FLAGS, "0"),
        Decision::Accepted => (SAMPLED, FLAGS, "1"),
        Decision::Debug => (FLAGS, SAMPLED, "1"),
    };
    carrier.set_field(said, value.to_owned());
    carrier.remove_field(unsaid);
}

fn id(bytes: &[u8]) -> String {
    let mut id = String::with_capacity(2 * bytes.len());
    hex::push(&mut id, bytes);
    id
}
