//! Every carrier gives back what was written into it, and none can be made to do harm.

#[path = "propagation_carriers/arbitrary.rs"]
mod arbitrary;
#[path = "propagation_carriers/carriers.rs"]
mod carriers;

use std::collections::{BTreeMap, HashMap};
use std::process::Command;

use agent_trace::propagation::{
    Carrier, CarrierMut, Egress, Environment, Fields, Format, Pairs, Propagator, RemoteContext,
};
use arbitrary::{lines, sent};
use carriers::for_each_carrier;
use opentelemetry::baggage::BaggageExt as _;
use proptest::collection::vec;
use proptest::prelude::*;

const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/// What is known of a remote context, as values that can be compared.
fn known(remote: &RemoteContext) -> (String, BTreeMap<String, (String, String)>) {
    let members = remote.context();
    let members = members.baggage().iter().map(|(key, (value, metadata))| {
        let value = (value.to_string(), metadata.to_string());
        (key.to_string(), value)
    });
    (format!("{:?}", remote.span_context()), members.collect())
}

fn propagator(formats: &[Format], remote: &RemoteContext) -> Propagator {
    let context = remote.context();
    let keys = context.baggage().iter().map(|(key, _)| key.to_string());
    Propagator::new(formats.iter().copied()).egress(Egress::default().baggage_keys(keys))
}

/// What `remote` writes, as text.
fn written(propagator: &Propagator, remote: &RemoteContext) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    propagator.inject_context(&remote.context(), &mut fields);
    fields
}

fn gives_back<C: Carrier + CarrierMut>(mut carrier: C, formats: &[Format], remote: &RemoteContext) {
    let propagator = propagator(formats, remote);
    propagator.inject_context(&remote.context(), &mut carrier);
    // Twice is once.
    propagator.inject_context(&remote.context(), &mut carrier);
    let read = propagator.extract(&carrier);
    if formats.contains(&Format::TraceContext) {
        assert_eq!(known(&read), known(remote));
    } else {
        // B3 has neither list nor random flag.
        let (read, sent) = (read.span_context(), remote.span_context());
        assert_eq!(
            (read.trace_id(), read.span_id()),
            (sent.trace_id(), sent.span_id())
        );
        assert_eq!(read.is_sampled(), sent.is_sampled());
    }
    assert_eq!(written(&propagator, &read), written(&propagator, remote));
}

fn does_no_harm<C: Carrier>(carrier: &C) {
    let all = [
        Format::TraceContext,
        Format::Baggage,
        Format::B3,
        Format::B3Multi,
    ];
    for formats in [&all[..], &all[..2], &all[1..3]] {
        let remote = Propagator::new(formats.iter().copied()).extract(carrier);
        let propagator = propagator(formats, &remote);
        let fields = written(&propagator, &remote);
        for (name, value) in &fields {
            assert!(
                value.bytes().all(|byte| matches!(byte, b' '..=b'~')),
                "{name}: {value:?}"
            );
            let limit = match name.as_str() {
                "baggage" => 8192,
                "tracestate" => 2048,
                _ => 55,
            };
            assert!(value.len() <= limit, "{name}: {}", value.len());
        }
        // What leaves is understood as it was meant.
        let again = propagator.extract(&fields);
        assert_eq!(written(&propagator, &again), fields);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_written_is_read(sent in sent()) {
        let fields = sent.fields();
        let w3c = Propagator::default().extract(&fields);
        prop_assert!(w3c.is_valid(), "{fields:?}");
        prop_assert_eq!(known(&w3c).1.len(), sent.members());
        prop_assert_eq!(written(&propagator(&[Format::TraceContext], &w3c), &w3c).remove("tracestate"), sent.tracestate());
        for formats in [
            &[Format::TraceContext, Format::Baggage][..],
            &[Format::B3, Format::Baggage],
            &[Format::B3Multi, Format::Baggage],
        ] {
            for_each_carrier!(|make| gives_back(make, formats, &w3c));
        }
    }

    #[test]
    fn bytes_do_no_harm(lines in vec(lines(), 0..12)) {
        does_no_harm(&lines);
        does_no_harm(&Pairs(lines.iter().map(|(name, value)| (name, value))));
        for_each_carrier!(|make| {
            let mut carrier = make;
            for (name, value) in &lines {
                carriers::Put::put(&mut carrier, name, value);
            }
            does_no_harm(&carrier);
        });
    }
}

#[test]
fn case_does_not_matter_where_the_medium_does_not_tell() {
    let name = "TraceParent".to_owned();
    let remote = |carrier: &dyn Fn() -> RemoteContext| carrier().is_valid();
    let map = HashMap::from([(name.clone(), TRACEPARENT.to_owned())]);
    assert!(remote(&|| agent_trace::extract(&map)));
    let pairs = vec![(name.clone(), TRACEPARENT.as_bytes().to_vec())];
    assert!(remote(&|| agent_trace::extract(&pairs)));
    let pairs = [("TRACEPARENT", TRACEPARENT)];
    assert!(remote(&|| agent_trace::extract(&pairs[..])));
    #[cfg(feature = "json")]
    {
        // JSON does tell.
        let mut object = serde_json::Map::new();
        object.insert(name, TRACEPARENT.into());
        assert!(!remote(&|| agent_trace::extract(&object)));
    }
}

#[test]
fn two_spellings_in_a_map_are_two_values() {
    let mut map = HashMap::from([
        ("traceparent".to_owned(), TRACEPARENT.to_owned()),
        ("tracestate".to_owned(), "b=2".to_owned()),
        ("Tracestate".to_owned(), "a=1".to_owned()),
    ]);
    for _ in 0..20 {
        let read = agent_trace::extract(&map.clone());
        assert_eq!(read.span_context().trace_state().header(), "a=1,b=2");
    }
    map.insert("Traceparent".to_owned(), TRACEPARENT.to_owned());
    assert!(!agent_trace::extract(&map).is_valid());
}

#[test]
fn a_setter_is_told_what_to_take_out() {
    let mut told = Vec::new();
    let propagator = Propagator::new([Format::TraceContext, Format::B3Multi]);
    propagator.inject_context(
        &opentelemetry::Context::new(),
        &mut Fields(|name: &'static str, value: Option<String>| told.push((name, value))),
    );
    assert!(told.iter().all(|(_, value)| value.is_none()));
    assert_eq!(told.len(), 7, "{told:?}");
}

#[test]
fn a_child_process_continues_the_trace() {
    if let Some(expected) = std::env::var_os("AGENT_TRACE_TEST_CHILD") {
        let remote = agent_trace::extract(&Environment);
        let found = format!(
            "{} {}",
            remote.span_context().trace_id(),
            remote.span_context().trace_state().header()
        );
        assert_eq!(Some(found.as_str()), expected.to_str());
        return;
    }
    let remote = agent_trace::extract(&[("traceparent", TRACEPARENT), ("tracestate", "a=1")][..]);
    let run = |remote: &RemoteContext, expected: &str| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "a_child_process_continues_the_trace"]);
        command.env("AGENT_TRACE_TEST_CHILD", expected);
        // As if this process had been started in some trace itself.
        command.env("TRACEPARENT", TRACEPARENT.replace('4', "5"));
        Propagator::default().inject_context(&remote.context(), &mut command);
        let output = command.output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
    };
    run(&remote, "4bf92f3577b34da6a3ce929d0e0e4736 a=1");
    run(
        &RemoteContext::default(),
        "00000000000000000000000000000000 ",
    );
}

#[cfg(feature = "json")]
#[test]
fn json_keeps_what_is_not_ours() {
    use serde_json::{Value, json};
    let Value::Object(mut meta) =
        json!({ "progressToken": 1, "traceparent": "old", "tracestate": ["a=1"], "z": {} })
    else {
        panic!("an object");
    };
    assert!(!agent_trace::extract(&meta).is_valid());
    let remote = agent_trace::extract(&[("traceparent", TRACEPARENT)][..]);
    Propagator::default().inject_context(&remote.context(), &mut meta);
    assert_eq!(
        Value::Object(meta),
        json!({ "progressToken": 1, "traceparent": TRACEPARENT, "z": {} })
    );
}

#[cfg(feature = "amqp")]
#[test]
fn amqp_is_read_in_each_of_its_kinds_of_text() {
    use amq_protocol_types::{AMQPValue, ByteArray, FieldTable};
    for (value, is_valid) in [
        (AMQPValue::LongString(TRACEPARENT.into()), true),
        (AMQPValue::ShortString(TRACEPARENT.into()), true),
        (
            AMQPValue::ByteArray(ByteArray::from(TRACEPARENT.as_bytes())),
            true,
        ),
        (AMQPValue::Boolean(true), false),
        (AMQPValue::Void, false),
    ] {
        let mut table = FieldTable::default();
        table.insert("traceparent".into(), value);
        table.insert("own".into(), AMQPValue::LongInt(1));
        assert_eq!(agent_trace::extract(&table).is_valid(), is_valid);
        agent_trace::inject(&mut table);
        assert_eq!(table.inner().len(), 1, "no span is current");
    }
}

#[cfg(feature = "http")]
#[test]
fn a_full_header_map_is_left_as_it_is() {
    let mut headers = http::HeaderMap::new();
    let mut at = 0;
    while headers
        .try_append(
            http::HeaderName::try_from(format!("x-{at}")).unwrap(),
            http::HeaderValue::from(1),
        )
        .is_ok()
    {
        at += 1;
    }
    let remote = agent_trace::extract(&[("traceparent", TRACEPARENT)][..]);
    Propagator::default().inject_context(&remote.context(), &mut headers);
    assert_eq!(headers.len(), at);
}
