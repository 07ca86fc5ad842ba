//! The options that all three attributes share: what is read from the value, and which arguments are looked at.

use agent_trace::testing::capture;
use agent_trace::{Verdict, tool_call};

struct Output {
    text: String,
    is_error: bool,
}

fn classify(output: &Output) -> Verdict {
    if output.is_error {
        Verdict::failure("tool_error")
    } else {
        Verdict::Success
    }
}

#[tool_call(error = classify)]
fn by_path(is_error: bool) -> Output {
    Output {
        text: String::new(),
        is_error,
    }
}

#[test]
fn a_path_classifies() {
    capture(|| by_path(true))
        .spans
        .only()
        .assert_error("tool_error");
    capture(|| by_path(false)).spans.only().assert_unset();
}

#[derive(Debug)]
struct Deferred;

#[tool_call(error = |result: &Result<u32, Deferred>| match result {
    Ok(0) => Verdict::failure("empty"),
    Ok(_) => Verdict::Success,
    Err(Deferred) => Verdict::Expected,
})]
fn by_closure(result: Result<u32, Deferred>) -> Result<u32, Deferred> {
    result
}

#[test]
fn a_closure_classifies_a_result() {
    capture(|| by_closure(Ok(0)))
        .spans
        .only()
        .assert_error("empty");
    capture(|| by_closure(Ok(1))).spans.only().assert_unset();
    let spans = capture(|| by_closure(Err(Deferred))).spans;
    spans
        .only()
        .assert_unset()
        .assert_attr("agent_trace.outcome", "expected");
}

#[tool_call(
    fields(length, given),
    result = |output, span| {
        span.record("length", output.text.len() as i64);
        span.record("given", word);
    }
)]
fn from_the_value(word: &str) -> Result<Output, String> {
    if word.is_empty() {
        return Err("nothing".to_owned());
    }
    Ok(Output {
        text: word.repeat(2),
        is_error: false,
    })
}

#[test]
fn the_result_is_read_where_there_is_one() {
    let spans = capture(|| from_the_value("abc").is_ok()).spans;
    spans
        .only()
        .assert_attr("length", 6)
        .assert_attr("given", "abc");
    capture(|| from_the_value("").is_err())
        .spans
        .only()
        .assert_no_attr("length");
}

#[tool_call(skip(query, left), fields(%limit))]
fn skipping(query: &str, limit: u32, (left, _): (u8, u8)) {
    assert!(!query.is_empty() && left > 0);
}

#[tool_call(skip_all)]
fn skipping_all(query: &str) -> usize {
    query.len()
}

struct Index;

impl Index {
    #[tool_call(skip(self, query))]
    fn search(&self, query: &str) -> usize {
        query.len()
    }
}

#[test]
fn arguments_can_be_left_alone() {
    capture(|| skipping("secret", 3, (1, 2)))
        .spans
        .only()
        .assert_attr("limit", "3");
    let spans = capture(|| {
        skipping_all("secret");
        Index.search("secret");
    })
    .spans;
    assert_eq!(
        spans.names(),
        ["execute_tool skipping_all", "execute_tool search"]
    );
    assert!(!spans.tree().contains("secret"));
}
