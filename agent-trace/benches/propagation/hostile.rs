//! A megabyte, in the shapes in which it hurts.

/// About how many bytes each shape is.
pub(crate) const SIZE: usize = 1 << 20;

const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

type Fields = Vec<(&'static str, String)>;

/// The shapes, by name.
pub(crate) fn fields() -> Vec<(&'static str, Fields)> {
    let valid = || vec![("traceparent", TRACEPARENT.to_owned())];
    let with = |more: Fields| valid().into_iter().chain(more).collect();
    let many = |name, line: &str| vec![(name, line.to_owned()); (SIZE / line.len()).min(30_000)];
    let repeated = |text: &str| text.repeat(SIZE / text.len());
    let line = format!("k={}", "v".repeat(60));
    vec![
        ("one traceparent", vec![("traceparent", repeated("0"))]),
        ("many traceparents", many("traceparent", TRACEPARENT)),
        ("one b3", vec![("b3", repeated("0-"))]),
        (
            "one tracestate member",
            with(vec![("tracestate", format!("a={}", repeated("x")))]),
        ),
        (
            "many tracestate members",
            with(vec![("tracestate", repeated("abc=1,"))]),
        ),
        ("many tracestate lines", with(many("tracestate", &line))),
        (
            "tracestate of commas",
            with(vec![("tracestate", repeated(","))]),
        ),
        (
            "one baggage member",
            vec![("baggage", format!("a={}", repeated("x")))],
        ),
        (
            "many baggage members",
            vec![("baggage", repeated("abc=1,"))],
        ),
        ("many baggage lines", many("baggage", &line)),
        ("baggage of commas", vec![("baggage", repeated(","))]),
        (
            "baggage of escapes",
            vec![("baggage", format!("a={}", repeated("%ff")))],
        ),
        (
            "baggage of long escapes",
            many("baggage", &format!("k={}", "%ff".repeat(400))),
        ),
        (
            "baggage of properties",
            vec![("baggage", format!("a=1{}", repeated(";p")))],
        ),
    ]
}
