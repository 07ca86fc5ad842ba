//! W3C trace context and baggage, as strict and as bounded as they are meant.

use std::collections::HashMap;

use agent_trace::propagation::{Egress, Format, Propagator, RemoteContext};
use opentelemetry::Context;
use opentelemetry::baggage::BaggageExt as _;
use opentelemetry::trace::{
    SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState,
};

const TRACE_ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN_ID: &str = "00f067aa0ba902b7";
const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

type Lines<'a> = Vec<(&'a str, &'a [u8])>;

fn extract(lines: &[(&str, &[u8])]) -> RemoteContext {
    Propagator::default().extract(lines)
}

/// What goes on to the next process, without a span in between.
fn forward(remote: &RemoteContext) -> HashMap<String, String> {
    let egress = Egress::default().baggage_keys(
        remote
            .context()
            .baggage()
            .iter()
            .map(|(key, _)| key.to_string()),
    );
    let mut out = HashMap::new();
    Propagator::default()
        .egress(egress)
        .inject_context(&remote.context(), &mut out);
    out
}

fn tracestate(lines: &[&str]) -> Option<String> {
    let mut fields: Lines<'_> = vec![("traceparent", TRACEPARENT.as_bytes())];
    fields.extend(lines.iter().map(|line| ("tracestate", line.as_bytes())));
    let mut out = forward(&extract(&fields));
    assert_eq!(
        out["traceparent"], TRACEPARENT,
        "a bad tracestate must not cost the traceparent"
    );
    out.remove("tracestate")
}

fn baggage(lines: &[&str]) -> Option<String> {
    let fields: Lines<'_> = lines
        .iter()
        .map(|line| ("baggage", line.as_bytes()))
        .collect();
    forward(&extract(&fields)).remove("baggage")
}

#[test]
fn a_traceparent_is_taken_as_it_stands() {
    for (value, flags) in [
        (TRACEPARENT.to_owned(), 1),
        (format!("00-{TRACE_ID}-{SPAN_ID}-00"), 0),
        (format!(" \t00-{TRACE_ID}-{SPAN_ID}-01\t "), 1),
        // The random flag is level 2's; the rest is nobody's and goes no further.
        (format!("00-{TRACE_ID}-{SPAN_ID}-02"), 2),
        (format!("00-{TRACE_ID}-{SPAN_ID}-03"), 3),
        (format!("00-{TRACE_ID}-{SPAN_ID}-ff"), 3),
        (format!("00-{TRACE_ID}-{SPAN_ID}-fc"), 0),
        // Versions to come may say more, behind another dash.
        (format!("01-{TRACE_ID}-{SPAN_ID}-01"), 1),
        (format!("cc-{TRACE_ID}-{SPAN_ID}-01-what-will-be"), 1),
        (format!("fe-{TRACE_ID}-{SPAN_ID}-0b-"), 3),
    ] {
        let remote = extract(&[("traceparent", value.as_bytes())]);
        let span = remote.span_context();
        assert_eq!(span.trace_id().to_string(), TRACE_ID, "{value}");
        assert_eq!(span.span_id().to_string(), SPAN_ID, "{value}");
        assert_eq!(span.trace_flags().to_u8(), flags, "{value}");
        assert!(span.is_remote());
        assert_eq!(
            forward(&remote)["traceparent"],
            format!("00-{TRACE_ID}-{SPAN_ID}-{flags:02x}")
        );
    }
}

#[test]
fn what_is_malformed_is_not_taken() {
    let zero_trace = "0".repeat(32);
    let zero_span = "0".repeat(16);
    let long = "0".repeat(100_000);
    for value in [
        String::new(),
        "-".to_owned(),
        "---".to_owned(),
        "00".to_owned(),
        // Ids of one digit, versions of one digit or with a sign, signs in ids: the SDK's propagator takes them.
        "00-1-1-1".to_owned(),
        format!("0-{TRACE_ID}-{SPAN_ID}-01"),
        format!("+0-{TRACE_ID}-{SPAN_ID}-01"),
        format!("00-+{}-{SPAN_ID}-01", &TRACE_ID[1..]),
        format!("00-{TRACE_ID}-+{}-01", &SPAN_ID[1..]),
        format!("00-{TRACE_ID}-{SPAN_ID}-+1"),
        format!("{TRACEPARENT}-"),
        format!("{TRACEPARENT}-more"),
        format!("{TRACEPARENT}."),
        format!("{TRACEPARENT} ."),
        format!("{TRACEPARENT},{TRACEPARENT}"),
        format!("000-{TRACE_ID}-{SPAN_ID}-01"),
        format!("00-{TRACE_ID}0-{SPAN_ID}-01"),
        format!("00-{}-{SPAN_ID}-01", &TRACE_ID[1..]),
        format!("00-{TRACE_ID}-{SPAN_ID}0-01"),
        format!("00-{TRACE_ID}-{}-01", &SPAN_ID[1..]),
        format!("00-{TRACE_ID}-{SPAN_ID}-1"),
        format!("00-{TRACE_ID}-{SPAN_ID}-001"),
        format!("00-{TRACE_ID}-{SPAN_ID}-"),
        format!("00-{TRACE_ID}-{SPAN_ID}"),
        format!("00-{zero_trace}-{SPAN_ID}-01"),
        format!("00-{TRACE_ID}-{zero_span}-01"),
        format!("00-{}-{SPAN_ID}-01", TRACE_ID.to_uppercase()),
        format!("00-{TRACE_ID}-{}-01", SPAN_ID.to_uppercase()),
        format!("00-{TRACE_ID}-{SPAN_ID}-0A"),
        format!("CC-{TRACE_ID}-{SPAN_ID}-01"),
        format!("ff-{TRACE_ID}-{SPAN_ID}-01"),
        format!("cc-{TRACE_ID}-{SPAN_ID}-01.more"),
        format!("cc-{TRACE_ID}-{SPAN_ID}"),
        format!("00_{TRACE_ID}_{SPAN_ID}_01"),
        format!("00-{TRACE_ID}-{SPAN_ID}-0\u{ff11}"),
        format!("00-{}-{SPAN_ID}-01", TRACE_ID.replace('4', "g")),
        format!("00-{TRACE_ID}-{SPAN_ID}-01\r\nx-injected: 1"),
        format!("00-{TRACE_ID}-{SPAN_ID}-01\0"),
        long,
    ] {
        let remote = extract(&[("traceparent", value.as_bytes()), ("tracestate", b"a=1")]);
        assert!(!remote.is_valid(), "{}", &value[..value.len().min(80)]);
        assert!(
            forward(&remote).is_empty(),
            "a tracestate alone is nobody's"
        );
    }
    for value in [
        &b"\xff"[..],
        b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0\xb2",
    ] {
        assert!(!extract(&[("traceparent", value)]).is_valid(), "{value:?}");
    }
}

#[test]
fn of_two_traceparents_neither_is_taken() {
    let value = TRACEPARENT.as_bytes();
    for lines in [
        [("traceparent", value), ("traceparent", value)],
        [("traceparent", value), ("Traceparent", b"junk")],
        [("traceparent", b""), ("traceparent", value)],
    ] {
        assert!(!extract(&lines).is_valid(), "{lines:?}");
    }
    assert!(!extract(&[("trace-parent", value), ("trace.parent", value)]).is_valid());
}

#[test]
fn a_tracestate_goes_on_as_it_came() {
    let symbols: String = (' '..='~').filter(|char| !",=".contains(*char)).collect();
    let all = format!("abcdefghijklmnopqrstuvwxyz0123456789_-*/@a-z0-9_-*/={symbols}");
    let long = "z".repeat(256);
    let tenant = format!("{}@{}", "t".repeat(241), "v".repeat(14));
    let value = "v".repeat(256);
    for (lines, expected) in [
        (vec!["foo=1,bar=2"], "foo=1,bar=2"),
        (vec!["foo=1", "bar=2,baz=3"], "foo=1,bar=2,baz=3"),
        (vec!["foo=1", "", " \t", "bar=2"], "foo=1,bar=2"),
        (vec![",foo=1,, ,bar=2,"], "foo=1,bar=2"),
        (vec!["foo=1 \t , \t bar=2, \t baz=3 "], "foo=1,bar=2,baz=3"),
        (vec!["foo= 1"], "foo= 1"),
        // The first is the latest.
        (vec!["foo=1,foo=2"], "foo=1"),
        (vec!["foo=1", "bar=2", "foo=3"], "foo=1,bar=2"),
        // Level 1's tenants and level 2's freedom, the last four more than OpenTelemetry's own type holds.
        (vec!["0tenant@system=1"], "0tenant@system=1"),
        (vec!["foo@=1,bar=2"], "foo@=1,bar=2"),
        (vec!["foo@@bar=1,bar=2"], "foo@@bar=1,bar=2"),
        (vec!["bar=2,foo@bar@baz=1"], "bar=2,foo@bar@baz=1"),
        (vec!["t@vvvvvvvvvvvvvvv=1,a=1"], "t@vvvvvvvvvvvvvvv=1,a=1"),
        (vec!["a=1,0@-=1,b=2"], "a=1,0@-=1,b=2"),
        (vec![all.as_str()], all.as_str()),
    ] {
        assert_eq!(tracestate(&lines).as_deref(), Some(expected), "{lines:?}");
    }
    for member in [
        format!("{long}=1"),
        format!("{tenant}=1"),
        format!("a={value}"),
        format!("{long}={value}"),
    ] {
        assert_eq!(
            tracestate(&["foo=1", &member]),
            Some(format!("foo=1,{member}"))
        );
    }
    let members: Vec<String> = (0..32).map(|at| format!("bar{at}={at}")).collect();
    let (first, second) = members.split_at(10);
    assert_eq!(
        tracestate(&[&first.join(","), &second.join(",")]),
        Some(members.join(","))
    );
}

#[test]
fn a_tracestate_is_valid_as_a_whole_or_not_at_all() {
    let too_long_key = format!("{}=1", "z".repeat(257));
    let too_long_value = format!("a={}", "z".repeat(257));
    let too_many: Vec<String> = (0..33).map(|at| format!("bar{at}={at}")).collect();
    let too_many = too_many.join(",");
    for member in [
        "foo",
        "foo=",
        "=1",
        "=",
        "foo=bar=baz",
        "foo =1",
        "FOO=1",
        "foo.bar=1",
        "@foo=1",
        "_foo=1",
        "-a=1",
        "*=1",
        "fo\u{f6}=1",
        "foo=\u{f6}",
        "foo=a\tb",
        "foo=a\rb",
        "foo=a\nb",
        "foo=a\0b",
        "foo=\u{7f}",
        &too_long_key,
        &too_long_value,
        &too_many,
        &["same=1"; 33].join(","),
    ] {
        assert_eq!(tracestate(&[member]), None, "{member:?}");
        assert_eq!(tracestate(&["ok=1", member]), None, "{member:?}");
        assert_eq!(
            tracestate(&[&format!("ok=1,{member},end=1")]),
            None,
            "{member:?}"
        );
    }
    let not_text = extract(&[
        ("traceparent", TRACEPARENT.as_bytes()),
        ("tracestate", b"a=\xff"),
    ]);
    assert!(!forward(&not_text).contains_key("tracestate"));
}

#[test]
fn a_long_tracestate_loses_long_members_first_and_then_the_last_ones() {
    let long = |key: &str| format!("{key}={}", "x".repeat(256));
    let short: Vec<String> = (0..20)
        .map(|at| format!("k{at}={}", "y".repeat(100)))
        .collect();
    let list = format!("{},{},{}", long("a"), short.join(","), long("b"));
    let kept = tracestate(&[&list]).unwrap();
    assert!((512..=2048).contains(&kept.len()), "{}", kept.len());
    assert!(!kept.contains("a=x") && !kept.contains("b=x"), "{kept}");
    assert!(kept.starts_with("k0=y") && kept.contains("k18=y"), "{kept}");
    // What fits is left alone, long or not.
    let fits = format!("{},{}", long("a"), short[..15].join(","));
    assert_eq!(tracestate(&[&fits]), Some(fits));
    // What cannot be a list is not read at all.
    assert_eq!(tracestate(&[&",".repeat(9000)]), None);
    let lines: Vec<&str> = vec!["a=1"; 3000];
    assert_eq!(tracestate(&lines), None);
}

/// A span in a later process of the trace that `remote` is of, with this state from its sampler.
fn beneath(remote: &RemoteContext, state: TraceState) -> Context {
    let trace_id = remote.span_context().trace_id();
    let span = SpanContext::new(trace_id, SpanId::from(7), TraceFlags::SAMPLED, false, state);
    remote.context().with_remote_span_context(span)
}

#[test]
fn what_a_sampler_writes_stands_before_what_came() {
    let lines: &[(&str, &[u8])] = &[
        ("traceparent", TRACEPARENT.as_bytes()),
        ("tracestate", b"foo@@bar=1,ot=th:0,old=1,a@@b=2"),
    ];
    let remote = extract(lines);
    let came = remote.span_context().trace_state();
    assert_eq!(
        came.get("ot"),
        Some("th:0"),
        "samplers see what OpenTelemetry's type holds"
    );

    let propagate = |context: &Context| {
        let mut out = HashMap::new();
        Propagator::default().inject_context(context, &mut out);
        out.remove("tracestate")
    };
    let changed = came.insert("ot", "th:8").unwrap().delete("old").unwrap();
    assert_eq!(
        propagate(&beneath(&remote, changed)).as_deref(),
        Some("ot=th:8,foo@@bar=1,a@@b=2")
    );
    // Another trace in the same context takes nothing along.
    let other = SpanContext::new(
        TraceId::from(5),
        SpanId::from(7),
        TraceFlags::SAMPLED,
        false,
        TraceState::NONE,
    );
    assert_eq!(
        propagate(&remote.context().with_remote_span_context(other)),
        None
    );
}

#[test]
fn what_a_program_puts_into_a_tracestate_leaves_only_if_it_is_valid() {
    let state = TraceState::from_key_value([
        ("good", "1"),
        ("bad", "a\r\nx-injected: 1"),
        ("worse", "\0"),
        ("", "1"),
    ]);
    let span = SpanContext::new(
        TraceId::from(5),
        SpanId::from(7),
        TraceFlags::SAMPLED,
        false,
        state.unwrap(),
    );
    let mut out = HashMap::new();
    Propagator::default().inject_context(&Context::new().with_remote_span_context(span), &mut out);
    assert_eq!(out["tracestate"], "good=1");
}

#[test]
fn baggage_goes_on_with_its_properties() {
    for (lines, expected) in [
        (vec!["a=1"], Some("a=1")),
        (vec!["a=1,b=2", "c=3"], Some("a=1,b=2,c=3")),
        (vec![" a = 1 ;p ; q = 2 , b=2"], Some("a=1;p;q=2,b=2")),
        (
            vec!["a=x%20y%2C%3B%25;p=%20"],
            Some("a=x%20y%2C%3B%25;p=%20"),
        ),
        // Escaped or not, it is the same.
        (vec!["a=%41%2f/"], Some("a=A//")),
        (vec!["a=%gg%4"], Some("a=%25gg%254")),
        (vec!["a=%ff"], Some("a=%EF%BF%BD")),
        (vec!["a=gr%C3%B6%C3%9Fe"], Some("a=gr%C3%B6%C3%9Fe")),
        (vec!["a="], Some("a=")),
        (vec!["a=b=c"], Some("a=b=c")),
        // The last says what is true.
        (vec!["a=1", "a=2"], Some("a=2")),
        (vec!["", ",", " , ,a=1,"], Some("a=1")),
        // What is not a member costs itself.
        (
            vec![
                "a", "=1", "a b=1", "(=1", "a=\"x\"", "a=\\", "a=x y", "a=\u{f6}", "\u{f6}=1",
            ],
            None,
        ),
        (vec!["a=x\r\ny", "a=\0", "a\n=1"], None),
        (vec!["a=1;b c;;d=\u{7f}"], Some("a=1;d=%7F")),
    ] {
        assert_eq!(baggage(&lines).as_deref(), expected, "{lines:?}");
    }
}

#[test]
fn baggage_is_bounded_over_all_lines() {
    let member = |at: usize, size: usize| format!("k{at:05}={}", "v".repeat(size));
    let count = |lines: &[&str]| {
        let fields: Lines<'_> = lines
            .iter()
            .map(|line| ("baggage", line.as_bytes()))
            .collect();
        extract(&fields).context().baggage().len()
    };
    // Members, on one line and on many.
    let small: Vec<String> = (0..2000).map(|at| member(at, 1)).collect();
    assert_eq!(count(&[&small[..64].join(",")]), 64);
    assert_eq!(count(&[&small.join(",")]), 64);
    let lines: Vec<&str> = small.iter().map(String::as_str).collect();
    assert_eq!(count(&lines), 64);
    // Bytes, on one line and on many: 1000 of a member, the comma included.
    let large: Vec<String> = (0..20).map(|at| member(at, 992)).collect();
    assert_eq!(count(&[&large.join(",")]), 8);
    let lines: Vec<&str> = large.iter().map(String::as_str).collect();
    assert_eq!(count(&lines), 8);
    // A value that alone is too long, before and behind others.
    let huge = member(0, 1_000_000);
    assert_eq!(count(&[&huge]), 0);
    assert_eq!(count(&["a=1", &huge, "b=1"]), 1);
    assert_eq!(count(&[&format!("a=1,{huge},b=1")]), 1);
    assert_eq!(
        count(&[&member(0, 8192 - 7)]),
        1,
        "8192 bytes are what must be taken"
    );
    assert_eq!(count(&[&member(0, 8193 - 7)]), 0);
    assert_eq!(
        count(&[&format!("{},b=1", member(0, 8192 - 7))]),
        1,
        "the cut is between two"
    );
    // Lines of nothing come to an end as well.
    let mut nothing = vec![""; 10_000];
    nothing.push("a=1");
    assert_eq!(count(&nothing), 0);
}

#[test]
fn baggage_that_leaves_is_bounded_and_clean() {
    use opentelemetry::baggage::{Baggage, BaggageMetadata};
    let egress = Egress::default().baggage_keys(["blow", "line", "good", "metadata"]);
    let propagator = Propagator::new([Format::Baggage]).egress(egress);
    let mut baggage = Baggage::new();
    // Three bytes for each, once escaped.
    baggage.insert("blow", " ".repeat(4000));
    baggage.insert("line", "a\r\nx-injected: 1\0\u{7f}");
    baggage.insert_with_metadata("metadata", "1", BaggageMetadata::from("p=a\r\nb,c;q r;ok"));
    baggage.insert("good", "1");
    baggage.insert("unlisted", "secret");
    let mut out = HashMap::new();
    propagator.inject_context(&Context::new().with_baggage(baggage), &mut out);
    assert_eq!(
        out["baggage"],
        "good=1,line=a%0D%0Ax-injected:%201%00%7F,metadata=1;p=a%0D%0Ab%2Cc;ok"
    );
}
