//! What is written into carriers and read from them.

use agent_trace::testing::capture;
use agent_trace::{agent_span, inject};
use std::collections::HashMap;

const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

fn headers(pairs: &[(&str, &str)]) -> HashMap<String, String> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn a_sender_is_continued() {
    #[agent_span(parent = agent_trace::extract(headers))]
    fn answer(headers: &HashMap<String, String>) -> HashMap<String, String> {
        let mut out = HashMap::new();
        inject(&mut out);
        out
    }
    let captured = capture(|| {
        answer(&headers(&[
            ("traceparent", TRACEPARENT),
            ("tracestate", "a=1"),
        ]))
    });
    let out = captured.value;
    assert!(
        out["traceparent"].starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-"),
        "{out:?}"
    );
    assert_ne!(out["traceparent"], TRACEPARENT);
    assert_eq!(out["tracestate"], "a=1");
}
