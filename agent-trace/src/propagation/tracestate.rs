//! The `tracestate` field: a list over all its lines, valid as a whole or not at all.

use super::carried::Carried;
use super::carrier::Carrier;
use super::text::trim;
use opentelemetry::trace::{SpanContext, TraceState};
use std::ops::ControlFlow;
use std::str::from_utf8;

pub(super) const TRACESTATE: &str = "tracestate";

/// The members of a list.
const MAX_MEMBERS: usize = 32;
/// The characters of a key, and of a value.
const MAX_PART: usize = 256;
/// The bytes of a list, over all its lines, beyond which it is not read.
const MAX_READ: usize = 8192;
/// The bytes of a list that is passed on. The W3C asks for 512 at least.
const MAX_KEPT: usize = 2048;
/// What is longer goes first when a list is too long.
const LONG: usize = 128;

/// A member that is valid by the W3C's grammar.
type Member<'a> = (&'a str, &'a str);

/// What the carrier's `tracestate` says. `Some` text is the whole list, where OpenTelemetry's [`TraceState`] has no room
/// for all of it: it knows the keys of level 1 only.
pub(super) fn read<C: Carrier + ?Sized>(carrier: &C) -> (TraceState, Option<Box<str>>) {
    let Some(text) = lines(carrier) else {
        return Default::default();
    };
    let Some(members) = parse(&text).map(fitting) else {
        return Default::default();
    };
    if let Ok(state) = TraceState::from_key_value(members.iter().copied()) {
        return (state, None);
    }
    let known = members.iter().copied().filter(|member| is_known(*member));
    let state = TraceState::from_key_value(known).unwrap_or_default();
    (state, join(&members).map(String::into_boxed_str))
}

/// All lines as one; `None` where there is none, or more than a list can be.
fn lines<C: Carrier + ?Sized>(carrier: &C) -> Option<String> {
    let mut text = String::new();
    let mut room = MAX_READ;
    let visited = carrier.visit_field(TRACESTATE, &mut |line| {
        // The comma that joins two lines counts as well, and lines of nothing come to an end.
        let left = room.checked_sub(line.len() + 1);
        let line = left.map(|_| from_utf8(trim(line)));
        let (Some(left), Some(Ok(line))) = (left, line) else {
            return ControlFlow::Break(());
        };
        room = left;
        if !text.is_empty() && !line.is_empty() {
            text.push(',');
        }
        text.push_str(line);
        ControlFlow::Continue(())
    });
    Some(text).filter(|text| visited.is_continue() && !text.is_empty())
}

fn parse(text: &str) -> Option<Vec<Member<'_>>> {
    let mut members: Vec<Member<'_>> = Vec::new();
    let texts = text.split(',').map(|text| text.trim_matches([' ', '\t']));
    for (at, text) in texts.filter(|text| !text.is_empty()).enumerate() {
        let (key, value) = text.split_once('=')?;
        if !is_valid((key, value)) || at == MAX_MEMBERS {
            return None;
        }
        // The first one is the latest.
        if members.iter().all(|(earlier, _)| *earlier != key) {
            members.push((key, value));
        }
    }
    Some(members)
}

/// Whether a member follows the grammar of level 2, which allows all that level 1 did.
fn is_valid((key, value): Member<'_>) -> bool {
    let is_first = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_in_key = |byte: &u8| is_first(byte) || b"_-*/@".contains(byte);
    let is_in_value = |byte: &u8| matches!(byte, b' '..=b'~') && !b",=".contains(byte);
    let (key, value) = (key.as_bytes(), value.as_bytes());
    key.len() <= MAX_PART
        && value.len() <= MAX_PART
        && key.first().is_some_and(is_first)
        && key.iter().all(is_in_key)
        && value.last().is_some_and(|last| *last != b' ')
        && value.iter().all(is_in_value)
}

/// Whether OpenTelemetry's type takes it.
fn is_known(member: Member<'_>) -> bool {
    TraceState::from_key_value([member]).is_ok()
}

fn length(members: &[Member<'_>]) -> usize {
    let sum: usize = members
        .iter()
        .map(|(key, value)| key.len() + value.len() + 2)
        .sum();
    sum.saturating_sub(1)
}

/// The members that may be passed on: as the W3C says, the long ones go first, then those at the end.
fn fitting(mut members: Vec<Member<'_>>) -> Vec<Member<'_>> {
    members.truncate(MAX_MEMBERS);
    while length(&members) > MAX_KEPT {
        let is_long = |(key, value): &Member<'_>| key.len() + value.len() + 1 > LONG;
        match members.iter().rposition(is_long) {
            Some(at) => _ = members.remove(at),
            None => _ = members.pop(),
        }
    }
    members
}

fn join(members: &[Member<'_>]) -> Option<String> {
    let mut text = String::with_capacity(length(members));
    for (key, value) in members {
        if !text.is_empty() {
            text.push(',');
        }
        text.extend([*key, "=", *value]);
    }
    Some(text).filter(|text| !text.is_empty())
}

/// The field's value for a span context, with what was carried beside it.
pub(super) fn format(context: &SpanContext, carried: Option<&Carried>) -> Option<String> {
    let state = context.trace_state();
    let whole = carried.and_then(|carried| carried.tracestate());
    let came = whole.and_then(parse).unwrap_or_default();
    let mut members: Vec<Member<'_>> = Vec::new();
    // What a sampler has written since stands before what came.
    members.extend(
        state
            .into_iter()
            .filter(|member| is_valid(*member) && !came.contains(member)),
    );
    members.extend(
        came.into_iter()
            .filter(|member| state.get(member.0) == Some(member.1) || !is_known(*member)),
    );
    join(&fitting(members))
}
