//! The `traceparent` field, read as strictly as the W3C writes it.

use super::carried::{Carried, RANDOM};
use super::carrier::Carrier;
use super::hex;
use super::text::{single, trim};
use opentelemetry::trace::{SpanContext, SpanId, TraceFlags, TraceId};

pub(super) const TRACEPARENT: &str = "traceparent";

/// The length of version 00, with which every later version begins.
const LENGTH: usize = 55;

/// The flags that level 2 knows, sampled and random. The others are not ours to send.
const KNOWN_FLAGS: TraceFlags = TraceFlags::new(0x03);

/// What a `traceparent` says.
pub(super) type Traceparent = (TraceId, SpanId, TraceFlags);

/// The one `traceparent` of the carrier, if it is one and valid.
pub(super) fn read<C: Carrier + ?Sized>(carrier: &C) -> Option<Traceparent> {
    single(carrier, TRACEPARENT, parse)
}

fn parse(value: &[u8]) -> Option<Traceparent> {
    let value = trim(value);
    let known = value.get(..LENGTH)?;
    if [2, 35, 52].iter().any(|at| known[*at] != b'-') {
        return None;
    }
    match hex::parse(&known[..2])? {
        0 if value.len() > LENGTH => return None,
        0xff => return None,
        // What a later version appends comes after another dash.
        _ if value.get(LENGTH).is_some_and(|byte| *byte != b'-') => return None,
        _ => {}
    }
    let trace_id = hex::parse(&known[3..35]).filter(|id| *id != 0)?;
    let span_id = hex::parse(&known[36..52]).filter(|id| *id != 0)?;
    let flags = hex::parse(&known[53..])?;
    Some((
        TraceId::from(trace_id),
        SpanId::from(u64::try_from(span_id).ok()?),
        TraceFlags::new(u8::try_from(flags).ok()?) & KNOWN_FLAGS,
    ))
}

/// The field's value for a valid span context, with what was carried beside it.
pub(super) fn format(context: &SpanContext, carried: Option<&Carried>) -> String {
    let mut flags = context.trace_flags() & KNOWN_FLAGS;
    if carried.is_some_and(Carried::is_random) {
        flags = flags | RANDOM;
    }
    let mut value = String::with_capacity(LENGTH);
    value.push_str("00-");
    hex::push(&mut value, &context.trace_id().to_bytes());
    value.push('-');
    hex::push(&mut value, &context.span_id().to_bytes());
    value.push('-');
    hex::push(&mut value, &[flags.to_u8()]);
    value
}
