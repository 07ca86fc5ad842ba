//! Cuts a span that is larger than a batch may be, so that it arrives with less instead of not at all.

mod json;
mod level;
mod text;

use std::borrow::Cow;

use opentelemetry::trace::Status;
use opentelemetry::{Array, KeyValue, StringValue, Value};
use opentelemetry_sdk::trace::SpanData;

use super::size;
use crate::semconv::attribute::AGENT_TRACE_TRUNCATED_BYTES;

/// No text is made shorter than this; what is still too large loses whole events, links and attributes.
const SHORTEST: usize = 128;
/// Attributes above this many bytes go before smaller ones.
const LARGE: usize = 1_024;

/// Cuts a span of so many bytes until it takes no more than `limit`, marks it, and gives what it takes then; `None`
/// where it cannot be cut that far.
///
/// The longest texts are cut first, to a common length; then events, links and attributes go, from the end, and count
/// as dropped.
#[cold]
pub(crate) fn fit(span: &mut SpanData, bytes: usize, limit: usize) -> Option<usize> {
    let mark = |cut: usize| {
        let cut = i64::try_from(cut).unwrap_or(i64::MAX);
        KeyValue::new(AGENT_TRACE_TRUNCATED_BYTES, cut)
    };
    let limit = limit.checked_sub(size::pair(&mark(0)))?;
    shorten(span, bytes.saturating_sub(limit));
    let mut left = size::span(span);
    drop_events(span, &mut left, limit);
    drop_links(span, &mut left, limit);
    drop_attributes(span, &mut left, limit);
    if left > limit {
        return None;
    }
    span.attributes.push(mark(bytes.saturating_sub(left)));
    Some(size::span(span))
}

/// A text of a span that may be cut.
enum Place<'a> {
    Name(&'a mut Cow<'static, str>),
    Value(&'a mut StringValue),
}

impl Place<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Name(text) => text,
            Self::Value(text) => text.as_str(),
        }
    }

    fn cut(&mut self, longest: usize) {
        if self.text().len() > longest {
            let text = text::cut(self.text(), longest);
            match self {
                Self::Name(name) => **name = text.into(),
                Self::Value(value) => **value = text.into(),
            }
        }
    }
}

/// Cuts the longest texts to a common length, so that `excess` bytes go.
fn shorten(span: &mut SpanData, excess: usize) {
    let mut places = vec![Place::Name(&mut span.name)];
    if let Status::Error { description } = &mut span.status {
        places.push(Place::Name(description));
    }
    texts(&mut span.attributes, &mut places);
    for event in &mut span.events.events {
        places.push(Place::Name(&mut event.name));
        texts(&mut event.attributes, &mut places);
    }
    for link in &mut span.links.links {
        texts(&mut link.attributes, &mut places);
    }
    let lengths = places.iter().map(|place| place.text().len()).collect();
    let longest = level::level(lengths, excess, SHORTEST);
    places.iter_mut().for_each(|place| place.cut(longest));
}

fn texts<'a>(attributes: &'a mut [KeyValue], places: &mut Vec<Place<'a>>) {
    for attribute in attributes {
        match &mut attribute.value {
            Value::String(text) => places.push(Place::Value(text)),
            Value::Array(Array::String(texts)) => places.extend(texts.iter_mut().map(Place::Value)),
            _ => {}
        }
    }
}

fn drop_events(span: &mut SpanData, left: &mut usize, limit: usize) {
    while *left > limit {
        let Some(event) = span.events.events.pop() else {
            return;
        };
        *left -= size::event(&event);
        span.events.dropped_count = span.events.dropped_count.saturating_add(1);
    }
}

fn drop_links(span: &mut SpanData, left: &mut usize, limit: usize) {
    while *left > limit {
        let Some(link) = span.links.links.pop() else {
            return;
        };
        *left -= size::link(&link);
        span.links.dropped_count = span.links.dropped_count.saturating_add(1);
    }
}

fn drop_attributes(span: &mut SpanData, left: &mut usize, limit: usize) {
    // What is large goes first (an array of numbers cannot be cut), so that one of them does not cost all the others.
    for large in [LARGE, 0] {
        let mut at = span.attributes.len();
        while *left > limit && at > 0 {
            at -= 1;
            let bytes = size::pair(&span.attributes[at]);
            if bytes >= large {
                span.attributes.remove(at);
                *left -= bytes;
                span.dropped_attributes_count = span.dropped_attributes_count.saturating_add(1);
            }
        }
    }
}

#[cfg(test)]
mod tests;
