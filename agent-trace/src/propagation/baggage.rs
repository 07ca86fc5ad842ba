//! The `baggage` field, bounded over all its lines.

use super::carrier::Carrier;
use super::percent;
use super::text::is_token;
use opentelemetry::baggage::BaggageMetadata;
use opentelemetry::{Key, StringValue};
use std::ops::ControlFlow;
use std::str::from_utf8;
use std::sync::Arc;

pub(super) const BAGGAGE: &str = "baggage";

/// The members that are read, and that are sent.
const MAX_MEMBERS: usize = 64;
/// The bytes that are read over all lines, and that are sent.
const MAX_BYTES: usize = 8192;

/// One member with its properties, as OpenTelemetry keeps it.
pub(super) type Entry = (Key, (StringValue, BaggageMetadata));

/// The members of all lines that are valid and within the limits.
pub(super) fn read<C: Carrier + ?Sized>(carrier: &C) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut room = MAX_BYTES;
    let _ = carrier.visit_field(BAGGAGE, &mut |line| {
        let is_whole = line.len() <= room;
        let line = if is_whole {
            line
        } else {
            // The members before the one that does not fit.
            let end = line[..=room].iter().rposition(|byte| *byte == b',');
            &line[..end.unwrap_or(0)]
        };
        // The comma that joins two lines counts as well, and lines of nothing come to an end.
        room = room.saturating_sub(line.len() + 1);
        let members = line.split(|byte| *byte == b',');
        let members = members.filter(|text| !text.is_empty()).filter_map(member);
        entries.extend(members.take(MAX_MEMBERS - entries.len()));
        if is_whole && room > 0 && entries.len() < MAX_MEMBERS {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    entries
}

fn member(member: &[u8]) -> Option<Entry> {
    let member = from_utf8(member).ok()?;
    let (pair, properties) = match member.split_once(';') {
        Some((pair, properties)) => (pair, Some(properties)),
        None => (member, None),
    };
    let (key, value) = pair.split_once('=')?;
    let (key, value) = (trim(key), trim(value));
    if !is_key(key) || !value.bytes().all(percent::is_octet) {
        return None;
    }
    let metadata = properties.map(valid_properties).unwrap_or_default();
    // Counted references, because what was sent is copied into every context that is made of it.
    let value: Arc<str> = percent::decode(value).into();
    Some((
        Arc::<str>::from(key).into(),
        (value.into(), metadata.into()),
    ))
}

fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(is_token)
}

/// The properties that are well formed, as they stand; escapes stay escapes.
fn valid_properties(properties: &str) -> String {
    let mut valid = String::new();
    for property in properties.split(';') {
        let (key, value) = match property.split_once('=') {
            Some((key, value)) => (trim(key), Some(trim(value))),
            None => (trim(property), None),
        };
        if !is_key(key) {
            continue;
        }
        if !valid.is_empty() {
            valid.push(';');
        }
        valid.push_str(key);
        if let Some(value) = value {
            valid.push('=');
            percent::encode(&mut valid, value, percent::is_octet);
        }
    }
    valid
}

/// The field's value: what fits into the limits of the given members, each whole or not at all.
pub(super) fn format<'a>(
    entries: impl Iterator<Item = (&'a str, &'a str, &'a str)>,
) -> Option<String> {
    let mut text = String::new();
    let mut members = 0;
    for (key, value, metadata) in entries {
        if !is_key(key) || members == MAX_MEMBERS {
            continue;
        }
        let before = text.len();
        if before > 0 {
            text.push(',');
        }
        text.push_str(key);
        text.push('=');
        percent::encode(&mut text, value, |byte| {
            byte != b'%' && percent::is_octet(byte)
        });
        let properties = valid_properties(metadata);
        if !properties.is_empty() {
            text.push(';');
            text.push_str(&properties);
        }
        if text.len() > MAX_BYTES {
            text.truncate(before);
        } else {
            members += 1;
        }
    }
    Some(text).filter(|text| !text.is_empty())
}
