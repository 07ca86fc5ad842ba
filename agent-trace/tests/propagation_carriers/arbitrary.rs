//! What another process may have sent, valid and not.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;

/// Something valid, and small enough to be kept whole.
#[derive(Debug)]
pub(crate) struct Sent {
    trace_id: u128,
    span_id: u64,
    flags: u8,
    state: Vec<(String, String)>,
    baggage: Vec<(String, (String, String))>,
}

impl Sent {
    /// It as fields.
    pub(crate) fn fields(&self) -> Vec<(&'static str, String)> {
        let Self {
            trace_id,
            span_id,
            flags,
            ..
        } = self;
        let mut fields = vec![(
            "traceparent",
            format!("00-{trace_id:032x}-{span_id:016x}-{flags:02x}"),
        )];
        fields.extend(self.tracestate().map(|state| ("tracestate", state)));
        fields.extend(self.baggage.iter().map(|(key, (value, properties))| {
            let value: String = value.bytes().map(|byte| format!("%{byte:02x}")).collect();
            ("baggage", format!("{key}={value};{properties}"))
        }));
        fields
    }

    /// How many baggage members there are.
    pub(crate) fn members(&self) -> usize {
        self.baggage.len()
    }

    /// The `tracestate`, if there is one.
    pub(crate) fn tracestate(&self) -> Option<String> {
        let members = self
            .state
            .iter()
            .map(|(key, value)| format!("{key}={value}"));
        Some(members.collect::<Vec<_>>().join(",")).filter(|state| !state.is_empty())
    }
}

pub(crate) fn sent() -> impl Strategy<Value = Sent> {
    let state = btree_map(
        "[a-z0-9][a-z0-9_*/@-]{0,20}",
        "[ -+.-<>-~]{0,20}[!-+.-<>-~]",
        0..=32,
    );
    let state = state.prop_map(|members| members.into_iter().collect());
    let members = btree_map(
        "[a-zA-Z0-9!#$&'*+.^_`|~-]{1,8}",
        ("\\PC{0,9}", "([a-z]{1,3}(=[!#-+.-:<-\\[\\]-~]{0,3})?)?"),
        0..=64,
    );
    (1_u128.., 1_u64.., 0..=3_u8, state, members).prop_map(
        |(trace_id, span_id, flags, state, members): (_, _, _, Vec<_>, _)| Sent {
            trace_id,
            span_id,
            flags,
            // In no order in particular.
            state: state.into_iter().rev().collect(),
            baggage: members.into_iter().collect(),
        },
    )
}

/// One field of ours with anything in it.
pub(crate) fn lines() -> impl Strategy<Value = (String, Vec<u8>)> {
    let names = select(vec![
        "traceparent",
        "tracestate",
        "baggage",
        "b3",
        "x-b3-traceid",
        "x-b3-spanid",
        "x-b3-sampled",
        "x-b3-flags",
        "x-b3-parentspanid",
        "TraceState",
        "Baggage",
    ]);
    let almost = "(0[01]|cc|ff|\\+0)?-?[0-9a-f+]{15,33}-[0-9a-f+]{15,17}(-([01d]|0[0-9a-f]))?-?";
    let members = "([a-z@(]{1,9} ?=? ?[ -~\u{f6}]{0,9}(%[0-9a-fA-F]{0,2}){0,5}[;,]?){0,40}";
    let values = prop_oneof![
        almost.prop_map(String::into_bytes),
        members.prop_map(String::into_bytes),
        vec(any::<u8>(), 0..200),
        ("[a-z]{1,3}=", vec(any::<u8>(), 0..3), 0..9000_usize).prop_map(|(start, bytes, times)| {
            let repeated =
                bytes
                    .iter()
                    .copied()
                    .cycle()
                    .take(if bytes.is_empty() { 0 } else { times });
            start.into_bytes().into_iter().chain(repeated).collect()
        }),
    ];
    (names, values).prop_map(|(name, value)| (name.to_owned(), value))
}
