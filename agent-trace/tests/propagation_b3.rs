//! B3, in one field and in several.

use std::collections::HashMap;

use agent_trace::propagation::{Format, Propagator, RemoteContext};
use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt as _, TraceFlags};

const TRACE_ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN_ID: &str = "00f067aa0ba902b7";

fn extract(lines: &[(&str, &str)]) -> RemoteContext {
    Propagator::new([Format::B3]).extract(lines)
}

/// What a span of the next process sends on, sampled or not.
fn next(remote: &RemoteContext, format: Format, flags: TraceFlags) -> HashMap<String, String> {
    let span = SpanContext::new(
        remote.span_context().trace_id(),
        SpanId::from(7),
        flags,
        false,
        Default::default(),
    );
    let mut out = HashMap::new();
    let context = remote.context().with_remote_span_context(span);
    Propagator::new([format]).inject_context(&context, &mut out);
    out
}

#[test]
fn one_field_is_read() {
    for (value, sampled) in [
        (format!("{TRACE_ID}-{SPAN_ID}-1"), true),
        (format!("{TRACE_ID}-{SPAN_ID}-d"), true),
        (format!("{TRACE_ID}-{SPAN_ID}-0"), false),
        (format!(" {TRACE_ID}-{SPAN_ID}-1-05e3ac9a4f6e3b90\t"), true),
        (format!("{TRACE_ID}-{SPAN_ID}-1-0000000000000000"), true),
        (format!("{TRACE_ID}-{SPAN_ID}"), false),
    ] {
        let remote = extract(&[("B3", &value)]);
        let span = remote.span_context();
        assert_eq!(span.trace_id().to_string(), TRACE_ID, "{value}");
        assert_eq!(span.span_id().to_string(), SPAN_ID, "{value}");
        assert_eq!(span.is_sampled(), sampled, "{value}");
        assert!(span.is_remote());
        assert_eq!(
            span.trace_flags().to_u8() & !1,
            0,
            "no bits of its own: {value}"
        );
    }
    let short = extract(&[("b3", &format!("a3ce929d0e0e4736-{SPAN_ID}-1"))]);
    assert_eq!(
        short.span_context().trace_id().to_string(),
        "0000000000000000a3ce929d0e0e4736"
    );
}

#[test]
fn what_is_malformed_is_not_taken() {
    for value in [
        String::new(),
        "0".to_owned(),
        "1".to_owned(),
        "d".to_owned(),
        "-".to_owned(),
        "--".to_owned(),
        format!("{TRACE_ID}-{SPAN_ID}-"),
        format!("{TRACE_ID}-{SPAN_ID}-2"),
        format!("{TRACE_ID}-{SPAN_ID}-D"),
        format!("{TRACE_ID}-{SPAN_ID}-11"),
        format!("{TRACE_ID}-{SPAN_ID}-1-"),
        format!("{TRACE_ID}-{SPAN_ID}-1-05e3ac9a4f6e3b9"),
        format!("{TRACE_ID}-{SPAN_ID}-1-05e3ac9a4f6e3b90-"),
        format!("{}-{SPAN_ID}-1", TRACE_ID.to_uppercase()),
        format!("{TRACE_ID}-{}-1", SPAN_ID.to_uppercase()),
        format!("{}-{SPAN_ID}-1", &TRACE_ID[1..]),
        format!("+{}-{SPAN_ID}-1", &TRACE_ID[1..]),
        format!("{TRACE_ID}-{}-1", &SPAN_ID[1..]),
        format!("{TRACE_ID}-+{}-1", &SPAN_ID[1..]),
        format!("{}-{SPAN_ID}-1", "0".repeat(32)),
        format!("{TRACE_ID}-{}-1", "0".repeat(16)),
        format!("{TRACE_ID}-{SPAN_ID}-1\r\nx: 1"),
        "0".repeat(1_000_000),
        "-".repeat(1_000_000),
    ] {
        assert!(
            !extract(&[("b3", &value)]).is_valid(),
            "{}",
            &value[..value.len().min(80)]
        );
    }
    let value = format!("{TRACE_ID}-{SPAN_ID}-1");
    assert!(!extract(&[("b3", &value), ("b3", &value)]).is_valid());
}

#[test]
fn several_fields_are_read() {
    let ids = [("X-B3-TraceId", TRACE_ID), ("X-B3-SpanId", SPAN_ID)];
    for (more, sampled) in [
        (vec![], false),
        (vec![("X-B3-Sampled", "1")], true),
        (vec![("X-B3-Sampled", "true")], true),
        (
            vec![
                ("X-B3-Sampled", "0"),
                ("X-B3-ParentSpanId", "05e3ac9a4f6e3b90"),
            ],
            false,
        ),
        (vec![("X-B3-Sampled", "false")], false),
        (vec![("X-B3-Flags", "1")], true),
        // Debug implies accepted.
        (vec![("X-B3-Flags", "1"), ("X-B3-Sampled", "0")], true),
        (vec![("X-B3-Flags", "0"), ("X-B3-Sampled", "1")], true),
        (vec![("X-B3-Sampled", "yes")], false),
    ] {
        let fields: Vec<_> = ids.into_iter().chain(more).collect();
        let remote = extract(&fields);
        assert_eq!(
            remote.span_context().trace_id().to_string(),
            TRACE_ID,
            "{fields:?}"
        );
        assert_eq!(
            remote.span_context().span_id().to_string(),
            SPAN_ID,
            "{fields:?}"
        );
        assert_eq!(remote.span_context().is_sampled(), sampled, "{fields:?}");
    }
    for fields in [
        vec![("X-B3-TraceId", TRACE_ID)],
        vec![("X-B3-SpanId", SPAN_ID)],
        vec![("X-B3-Sampled", "1")],
        vec![("X-B3-TraceId", "1"), ("X-B3-SpanId", SPAN_ID)],
        vec![("X-B3-TraceId", TRACE_ID), ("X-B3-SpanId", "1")],
        vec![
            ("X-B3-TraceId", TRACE_ID),
            ("X-B3-TraceId", TRACE_ID),
            ("X-B3-SpanId", SPAN_ID),
        ],
    ] {
        assert!(!extract(&fields).is_valid(), "{fields:?}");
    }
    // The one field is asked first.
    let other = format!("{TRACE_ID}-{SPAN_ID}-0");
    let both = [
        ("b3", other.as_str()),
        ("X-B3-TraceId", "a3ce929d0e0e4736"),
        ("X-B3-SpanId", SPAN_ID),
    ];
    assert_eq!(
        extract(&both).span_context().trace_id().to_string(),
        TRACE_ID
    );
}

#[test]
fn both_forms_are_written() {
    let remote = extract(&[("b3", &format!("{TRACE_ID}-{SPAN_ID}-1"))]);
    for (flags, said) in [(TraceFlags::SAMPLED, "1"), (TraceFlags::NOT_SAMPLED, "0")] {
        let one = next(&remote, Format::B3, flags);
        assert_eq!(
            one,
            HashMap::from([(
                "b3".to_owned(),
                format!("{TRACE_ID}-0000000000000007-{said}")
            )])
        );
        let several = next(&remote, Format::B3Multi, flags);
        assert_eq!(several.len(), 3, "{several:?}");
        assert_eq!(several["x-b3-traceid"], TRACE_ID);
        assert_eq!(several["x-b3-spanid"], "0000000000000007");
        assert_eq!(several["x-b3-sampled"], said);
    }
    let mut nothing = HashMap::new();
    Propagator::new([Format::B3, Format::B3Multi]).inject_context(&Context::new(), &mut nothing);
    assert!(nothing.is_empty());
}

#[test]
fn debug_goes_wherever_the_trace_goes() {
    let remote = extract(&[("b3", &format!("{TRACE_ID}-{SPAN_ID}-d"))]);
    assert!(remote.span_context().is_sampled());
    assert!(next(&remote, Format::B3, TraceFlags::SAMPLED)["b3"].ends_with("-d"));
    let several = next(&remote, Format::B3Multi, TraceFlags::SAMPLED);
    assert_eq!(several["x-b3-flags"], "1");
    assert!(!several.contains_key("x-b3-sampled"));
}
