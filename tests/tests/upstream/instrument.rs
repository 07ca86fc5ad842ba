//! Target, level and fields together, on functions, generic functions and methods.

use std::fmt::Debug;

use tracing::Level;

use super::{FAMILY, call};
use crate::record::record;

struct NotDebug;

#[test]
fn everything_is_said_otherwise() {
    #[call(target = "my_target", level = "debug", fields(field = 1))]
    fn first() {}
    #[call(fields(field = 1), level = Level::DEBUG, target = "my_target")]
    fn second() {}
    let (recording, captured) = record(|| {
        first();
        second();
    });
    assert_eq!(captured.spans.len(), 2);
    for (seen, function) in recording.spans().iter().zip(["first", "second"]) {
        assert_eq!(seen.level(), Level::DEBUG);
        assert_eq!(seen.metadata.target(), "my_target");
        assert_eq!(seen.metadata.name(), FAMILY.span_name(function));
        assert!(seen.metadata.is_span());
        seen.assert("field", 1);
    }
}

#[test]
fn arguments_are_never_fields() {
    #[call(target = "my_target", level = "debug")]
    fn arguments(number: usize, flag: bool, text: String) -> String {
        format!("{number}{flag}{text}")
    }
    let (recording, captured) = record(|| arguments(2, false, "secret".to_owned()));
    assert_eq!(captured.value, "2falsesecret");
    let seen = recording.only();
    for name in ["number", "flag", "text"] {
        assert!(seen.metadata.fields().field(name).is_none());
        captured.spans.only().assert_no_attr(name);
    }
    assert!(!format!("{:?}", captured.spans.only().data()).contains("secret"));
}

#[test]
fn arguments_that_are_skipped_need_no_trait() {
    #[call(skip(_second, _third), fields(first))]
    fn some(first: usize, _second: NotDebug, _third: NotDebug) -> usize {
        first
    }
    #[call(skip_all)]
    fn all(_first: usize, _second: NotDebug, _third: NotDebug) {}
    #[call]
    fn none(_first: usize, _second: NotDebug, _third: NotDebug) {}
    let (_, captured) = record(|| {
        all(1, NotDebug, NotDebug);
        none(1, NotDebug, NotDebug);
        some(2, NotDebug, NotDebug)
    });
    assert_eq!(captured.value, 2);
    assert_eq!(captured.spans.len(), 3);
}

#[test]
fn generics() {
    #[derive(Debug)]
    struct Foo;
    #[call(fields(left = ?left, ?right))]
    fn generic<S, T: Debug>(left: S, right: T) -> bool
    where
        S: Debug,
    {
        format!("{left:?}") == format!("{right:?}")
    }
    #[call(fields(?value))]
    fn opaque(value: impl Debug) -> usize {
        format!("{value:?}").len()
    }
    let (_, captured) = record(|| (generic(Foo, false), opaque(Foo)));
    assert_eq!(captured.value, (false, 3));
    captured.spans[0]
        .assert_attr("left", "Foo")
        .assert_attr("right", "false");
    captured.spans[1].assert_attr("value", "Foo");
}

#[test]
fn methods() {
    #[derive(Debug)]
    struct Foo;
    impl Foo {
        #[call(fields(this = ?self, value))]
        fn method(&self, value: usize) -> usize {
            value
        }
    }
    let (recording, captured) = record(|| Foo.method(42));
    assert_eq!(captured.value, 42);
    FAMILY.assert_span(captured.spans.only(), "method");
    captured.spans.only().assert_attr("this", "Foo");
    recording.only().assert_none("value");
}

#[test]
fn an_opaque_return_type() {
    #[call]
    fn count(upto: usize) -> impl Iterator<Item = usize> {
        0..upto
    }
    let (_, captured) = record(|| count(10).sum::<usize>());
    assert_eq!(captured.value, 45);
    FAMILY.assert_span(captured.spans.only(), "count");
}

#[test]
fn constants_as_names_of_targets() {
    const TARGET: &str = "my_target";
    #[call(target = TARGET)]
    fn target() {}
    #[call(target = concat!("my_", "target"))]
    fn expression() {}
    let (recording, _) = record(|| {
        target();
        expression();
    });
    for seen in recording.spans() {
        assert_eq!(seen.metadata.target(), TARGET);
    }
}

#[test]
fn a_module_named_like_a_crate() {
    use ::tracing::field::Empty;

    #[call(fields(field = Empty))]
    fn beside_modules() -> &'static str {
        tracing::other()
    }
    #[allow(dead_code)]
    mod tracing {
        pub(super) fn other() -> &'static str {
            "other"
        }
    }
    #[allow(dead_code)]
    mod core {}
    #[allow(dead_code)]
    mod std {}
    let (_, captured) = record(beside_modules);
    assert_eq!(captured.value, "other");
    captured.spans.only().assert_no_attr("field");
}

#[test]
fn where_the_function_stands() {
    #[call]
    fn here() {}
    let (recording, _) = record(here);
    let metadata = recording.only().metadata;
    assert_eq!(metadata.module_path(), Some(module_path!()));
    assert_eq!(metadata.file(), Some(file!()));
    // As with `#[instrument]`, it is the attribute's line.
    assert_eq!(metadata.line(), Some(line!() - 7));
}
