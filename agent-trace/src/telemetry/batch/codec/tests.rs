use std::time::{Duration, UNIX_EPOCH};

use opentelemetry::trace::{
    Event, Link, SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState,
};
use opentelemetry::{Array, InstrumentationScope, Key, KeyValue, StringValue, Value};
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanLinks};
use proptest::prelude::*;

use super::*;

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::I64),
        // Not a number is not equal to itself.
        prop::num::f64::NORMAL.prop_map(Value::F64),
        any::<String>().prop_map(|text| Value::String(text.into())),
        any::<Vec<bool>>().prop_map(|values| Value::Array(Array::Bool(values))),
        any::<Vec<i64>>().prop_map(|values| Value::Array(Array::I64(values))),
        prop::collection::vec(prop::num::f64::NORMAL, 0..4)
            .prop_map(|values| Value::Array(Array::F64(values))),
        prop::collection::vec(any::<String>(), 0..4).prop_map(|values| {
            let values = values.into_iter().map(StringValue::from).collect();
            Value::Array(Array::String(values))
        }),
    ]
}

fn attributes() -> impl Strategy<Value = Vec<KeyValue>> {
    let pair =
        (any::<String>(), value()).prop_map(|(key, value)| KeyValue::new(Key::from(key), value));
    prop::collection::vec(pair, 0..5)
}

fn context() -> impl Strategy<Value = SpanContext> {
    let state = prop::collection::vec(("[a-z]{1,8}", "[a-z0-9]{1,8}"), 0..3);
    (
        any::<u128>(),
        any::<u64>(),
        any::<u8>(),
        any::<bool>(),
        state,
    )
        .prop_map(|(trace, span, flags, remote, state)| {
            let mut seen = std::collections::HashSet::new();
            let state: Vec<_> = state
                .into_iter()
                .filter(|(key, _)| seen.insert(key.clone()))
                .collect();
            let state = if state.is_empty() {
                TraceState::NONE
            } else {
                TraceState::from_key_value(state).expect("valid pairs")
            };
            let (trace, span) = (TraceId::from(trace), SpanId::from(span));
            SpanContext::new(trace, span, TraceFlags::new(flags), remote, state)
        })
}

fn time() -> impl Strategy<Value = std::time::SystemTime> {
    (any::<bool>(), any::<u32>(), 0..1_000_000_000_u32).prop_map(
        |(before, seconds, nanoseconds)| {
            let distance = Duration::new(seconds.into(), nanoseconds);
            if before {
                UNIX_EPOCH - distance
            } else {
                UNIX_EPOCH + distance
            }
        },
    )
}

fn scope() -> impl Strategy<Value = InstrumentationScope> {
    let optional = || prop::option::of(any::<String>());
    (any::<String>(), optional(), optional(), attributes()).prop_map(
        |(name, version, url, attributes)| {
            let mut scope = InstrumentationScope::builder(name).with_attributes(attributes);
            if let Some(version) = version {
                scope = scope.with_version(version);
            }
            if let Some(url) = url {
                scope = scope.with_schema_url(url);
            }
            scope.build()
        },
    )
}

fn span() -> impl Strategy<Value = SpanData> {
    let kind = prop_oneof![
        Just(SpanKind::Client),
        Just(SpanKind::Server),
        Just(SpanKind::Producer),
        Just(SpanKind::Consumer),
        Just(SpanKind::Internal)
    ];
    let status = prop_oneof![
        Just(Status::Unset),
        Just(Status::Ok),
        any::<String>().prop_map(Status::error)
    ];
    let event = (any::<String>(), time(), attributes(), any::<u32>())
        .prop_map(|(name, time, attributes, dropped)| Event::new(name, time, attributes, dropped));
    let link = (context(), attributes(), any::<u32>())
        .prop_map(|(context, attributes, dropped)| Link::new(context, attributes, dropped));
    let lists = (
        prop::collection::vec(event, 0..3),
        prop::collection::vec(link, 0..3),
        any::<[u32; 3]>(),
    );
    (
        (
            context(),
            any::<u64>(),
            any::<bool>(),
            kind,
            any::<String>(),
        ),
        (time(), time(), attributes(), status, scope()),
        lists,
    )
        .prop_map(
            |(
                (span_context, parent, parent_span_is_remote, span_kind, name),
                (start_time, end_time, attributes, status, instrumentation_scope),
                (event_list, link_list, [dropped_attributes_count, lost_events, lost_links]),
            )| {
                let mut events = SpanEvents::default();
                (events.events, events.dropped_count) = (event_list, lost_events);
                let mut links = SpanLinks::default();
                (links.links, links.dropped_count) = (link_list, lost_links);
                SpanData {
                    span_context,
                    parent_span_id: SpanId::from(parent),
                    parent_span_is_remote,
                    span_kind,
                    name: name.into(),
                    start_time,
                    end_time,
                    attributes,
                    dropped_attributes_count,
                    events,
                    links,
                    status,
                    instrumentation_scope,
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_was_encoded_is_decoded(mut spans in prop::collection::vec(span(), 0..4)) {
        // A run of one scope, which is written once.
        spans.extend(spans.last().cloned());
        let decoded = decode(&encode(&spans)).expect("it is what this version writes");
        prop_assert_eq!(decoded, spans);
    }

    #[test]
    fn what_is_cut_or_changed_does_not_panic(spans in prop::collection::vec(span(), 1..3), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = encode(&spans);
        let at = at.index(bytes.len());
        prop_assert_eq!(decode(&bytes[..at]), None);
        bytes[at] = byte;
        let _ = decode(&bytes);
    }
}

#[test]
fn another_version_is_not_read() {
    let mut bytes = encode(&[]);
    assert_eq!(decode(&bytes), Some(Vec::new()));
    bytes[0] = VERSION + 1;
    assert_eq!(decode(&bytes), None);
    assert_eq!(decode(&[]), None);
}
