//! Values: recorded by the closure of `result`, and never by themselves.

use std::num::TryFromIntError;

use tracing::Span;

use super::call;
use crate::record::{record, record_async};

fn note(value: &i32, span: &Span) {
    span.record("returned", *value);
}

#[test]
fn a_value() {
    #[call(fields(returned), result = note)]
    fn sync() -> i32 {
        42
    }
    #[call(fields(returned), result = |value: &i32, span: &Span| span.record("returned", *value))]
    fn closure() -> i32 {
        42
    }
    #[call(fields(returned), result = |value, span| span.record("returned", *value))]
    fn inferred() -> i32 {
        42
    }
    for function in [sync, closure, inferred] {
        let (recording, captured) = record(function);
        assert_eq!(captured.value, 42);
        captured
            .spans
            .only()
            .assert_attr("returned", 42)
            .assert_unset();
        recording.only().assert("returned", 42);
    }
}

#[test]
fn at_another_target_and_level() {
    #[call(target = "my_target", level = "warn", fields(returned), result = note)]
    fn ret() -> i32 {
        42
    }
    let (recording, _) = record(ret);
    let seen = recording.only();
    assert_eq!(seen.metadata.target(), "my_target");
    assert_eq!(seen.level(), tracing::Level::WARN);
    seen.assert("returned", 42);
}

#[test]
fn asynchronous_with_mutable_arguments() {
    #[call(fields(returned), result = note)]
    async fn double(value: &mut i32) -> i32 {
        *value *= 2;
        tokio::task::yield_now().await;
        *value
    }
    #[call(fields(returned), result = note)]
    fn double_sync(value: &mut i32) -> i32 {
        *value *= 2;
        *value
    }
    let mut value = 1;
    let (_, captured) = record_async(async { double(&mut value).await });
    captured.spans.only().assert_attr("returned", 2);
    let (_, captured) = record(|| double_sync(&mut value));
    captured.spans.only().assert_attr("returned", 4);
}

#[test]
fn an_opaque_value() {
    #[call(fields(returned), result = |value, span| _ = span.record("returned", format!("{value:?}")))]
    fn opaque() -> impl Copy + std::fmt::Debug {
        42
    }
    #[call(fields(returned), result = |value: &_, span: &Span| _ = span.record("returned", format!("{value:?}")))]
    async fn opaque_async() -> impl Copy + std::fmt::Debug {
        42
    }
    let (_, captured) = record(|| format!("{:?}", opaque()));
    assert_eq!(captured.value, "42");
    captured.spans.only().assert_attr("returned", "42");
    let (_, captured) = record_async(async { format!("{:?}", opaque_async().await) });
    captured.spans.only().assert_attr("returned", "42");
}

#[test]
fn only_of_success() {
    #[call(fields(returned), result = |value: &u8, span: &Span| _ = span.record("returned", *value))]
    fn both(value: i32) -> Result<u8, TryFromIntError> {
        u8::try_from(value)
    }
    #[call(fields(returned), result = |value: &u8, span: &Span| _ = span.record("returned", *value))]
    async fn both_async(value: i32) -> Result<u8, TryFromIntError> {
        u8::try_from(value)
    }
    for value in [1234, 123] {
        let (_, sync) = record(|| both(value));
        let (_, asynchronous) = record_async(async { both_async(value).await });
        for captured in [sync, asynchronous] {
            let span = captured.spans.only();
            if value == 1234 {
                span.assert_error("TryFromIntError")
                    .assert_no_attr("returned");
            } else {
                assert_eq!(captured.value.ok(), Some(123));
                assert!(span.get("returned").is_some());
                span.assert_unset();
            }
        }
    }
}

#[test]
fn of_the_items_of_a_stream() {
    use futures_util::stream::{self, Stream, StreamExt};

    #[call(fields(last), result = |item: &i64, span: &Span| if *item == 3 { span.record("last", *item); })]
    fn items() -> impl Stream<Item = i64> {
        stream::iter([1, 2, 3])
    }
    let (_, captured) = record_async(async { items().count().await });
    assert_eq!(captured.value, 3);
    captured.spans.only().assert_attr("last", 3);
}

#[test]
fn with_an_argument_that_the_closure_looks_at() {
    #[call(fields(sum), result = move |value: &i64, span: &Span| _ = span.record("sum", *value + more))]
    async fn add(more: i64) -> i64 {
        more * 10
    }
    let (_, captured) = record_async(async { add(2).await });
    assert_eq!(captured.value, 20);
    captured.spans.only().assert_attr("sum", 22);
}
