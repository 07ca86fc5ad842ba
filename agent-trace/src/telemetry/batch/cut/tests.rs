use std::time::SystemTime;

use opentelemetry::trace::{Event, Link, SpanContext, SpanId, SpanKind};
use opentelemetry_sdk::trace::{SpanEvents, SpanLinks};
use proptest::prelude::*;

use super::*;

fn span(attributes: Vec<KeyValue>) -> SpanData {
    SpanData {
        span_context: SpanContext::empty_context(),
        parent_span_id: SpanId::INVALID,
        parent_span_is_remote: false,
        span_kind: SpanKind::Client,
        name: "chat gpt-4o".into(),
        start_time: SystemTime::UNIX_EPOCH,
        end_time: SystemTime::UNIX_EPOCH,
        attributes,
        dropped_attributes_count: 0,
        events: SpanEvents::default(),
        links: SpanLinks::default(),
        status: Status::Unset,
        instrumentation_scope: opentelemetry::InstrumentationScope::default(),
    }
}

fn events(span: &mut SpanData, count: usize, text: &str) {
    let event = || {
        let attributes = vec![KeyValue::new("text", text.to_owned())];
        Event::new("event", SystemTime::UNIX_EPOCH, attributes, 0)
    };
    span.events.events = (0..count).map(|_| event()).collect();
}

fn fitted(span: &mut SpanData, limit: usize) -> Option<usize> {
    let bytes = size::span(span);
    assert!(bytes > limit, "{bytes} bytes are no more than {limit}");
    fit(span, bytes, limit)
}

fn text<'a>(span: &'a SpanData, key: &str) -> &'a str {
    let found = span
        .attributes
        .iter()
        .find(|attribute| attribute.key.as_str() == key);
    match found.map(|attribute| &attribute.value) {
        Some(Value::String(text)) => text.as_str(),
        other => panic!("{key} is {other:?}"),
    }
}

#[test]
fn the_longest_attribute_is_cut_and_the_span_says_so() {
    let mut span = span(vec![
        KeyValue::new("prompt", "x".repeat(100_000)),
        KeyValue::new("system", "y".repeat(2_000)),
        KeyValue::new("tokens", 12),
    ]);
    let before = size::span(&span);
    let bytes = fitted(&mut span, 10_000).expect("it fits when it is cut");
    assert!(bytes <= 10_000 && bytes > 9_500, "{bytes}");
    assert_eq!(text(&span, "system").len(), 2_000);
    assert!(text(&span, "prompt").ends_with(" bytes cut]"));
    let mark = span.attributes.last().expect("the mark");
    assert_eq!(mark.key.as_str(), AGENT_TRACE_TRUNCATED_BYTES);
    let Value::I64(cut) = mark.value else {
        panic!("{mark:?}")
    };
    assert_eq!(before - cut as usize + size::pair(mark), bytes);
    assert_eq!(span.dropped_attributes_count, 0);
}

#[test]
fn names_descriptions_and_the_texts_of_events_are_cut_too() {
    let mut span = span(vec![]);
    span.name = "n".repeat(50_000).into();
    span.status = Status::error("d".repeat(50_000));
    events(&mut span, 2, &"e".repeat(50_000));
    span.events.events[0].name = "m".repeat(50_000).into();
    fitted(&mut span, 4_000).expect("it fits when it is cut");
    assert_eq!(span.events.len(), 2);
    assert!(span.name.len() > 300 && span.name.len() < 1_000);
}

#[test]
fn events_go_before_links_and_links_before_attributes() {
    let mut span = span((0..10).map(|at| KeyValue::new("key", at)).collect());
    events(&mut span, 1_000, "short");
    let link = || Link::new(SpanContext::empty_context(), Vec::new(), 0);
    span.links.links = (0..20).map(|_| link()).collect();
    let without_events = size::span(&SpanData {
        events: SpanEvents::default(),
        ..span.clone()
    });
    let mut half = span.clone();
    fitted(&mut half, without_events + 1_000).expect("it fits without some events");
    assert_eq!(
        half.events.len() + half.events.dropped_count as usize,
        1_000
    );
    assert!(half.events.len() > 5);
    assert_eq!(half.links.len(), 20);

    fitted(&mut span, 700).expect("it fits without events and links");
    assert_eq!((span.events.len(), span.events.dropped_count), (0, 1_000));
    assert_eq!(span.links.len() + span.links.dropped_count as usize, 20);
    assert_eq!(span.dropped_attributes_count, 0);
}

#[test]
fn an_array_of_numbers_goes_alone() {
    let vector = Value::Array(Array::F64(vec![0.5; 10_000]));
    let mut span = span(vec![
        KeyValue::new("first", "text"),
        KeyValue::new("embedding", vector),
        KeyValue::new("last", "text"),
    ]);
    fitted(&mut span, 2_000).expect("it fits without the array");
    assert_eq!(
        (text(&span, "first"), text(&span, "last")),
        ("text", "text")
    );
    assert_eq!(
        (span.attributes.len(), span.dropped_attributes_count),
        (3, 1)
    );
}

#[test]
fn what_cannot_be_cut_far_enough_is_given_up() {
    assert_eq!(fitted(&mut span(vec![]), 100), None);
    assert_eq!(fitted(&mut span(vec![]), 10), None);
}

proptest! {
    #[test]
    fn it_fits_or_is_given_up(
        lengths in prop::collection::vec(0..20_000_usize, 0..10),
        arrays in prop::collection::vec(0..2_000_usize, 0..4),
        event_count in 0..50_usize,
        limit in 100..30_000_usize,
    ) {
        let texts = lengths.iter().map(|length| KeyValue::new("text", "ü".repeat(*length)));
        let arrays = arrays.iter().map(|length| KeyValue::new("array", Value::Array(Array::I64(vec![1; *length]))));
        let mut span = span(texts.chain(arrays).collect());
        events(&mut span, event_count, "something happened");
        let bytes = size::span(&span);
        if bytes > limit {
            match fit(&mut span, bytes, limit) {
                Some(bytes) => {
                    prop_assert!(bytes <= limit);
                    prop_assert_eq!(bytes, size::span(&span));
                }
                None => prop_assert!(limit < 400),
            }
        }
    }
}
