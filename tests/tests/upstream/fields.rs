//! The grammar of `fields(..)`.

use super::call;
use crate::record::{Seen, Value, record};

const NAME: &str = "from.constant";

const fn name() -> &'static str {
    "from.function"
}

struct Names;

impl Names {
    const NAME: &'static str = "from.type";
}

#[track_caller]
fn seen(block: impl FnOnce()) -> Seen {
    let (recording, captured) = record(block);
    let seen = recording.only();
    let span = captured.spans.only();
    // What a layer saw is what was exported.
    for (name, value) in &seen.fields {
        match value {
            Value::Bool(value) => span.assert_attr(name, *value),
            Value::Int(value) => span.assert_attr(name, *value),
            Value::Double(value) => span.assert_attr(name, *value),
            Value::Text(_) if name.starts_with("otel.") => span,
            Value::Text(value) | Value::Debug(value) => span.assert_attr(name, value.as_str()),
            Value::Unsigned(_) => panic!("`{name}` would be exported as text"),
        };
    }
    seen
}

#[test]
fn literals() {
    #[call(fields(text = "bar", flag = true, number = 1, double = 0.5,))]
    fn literals() {}
    seen(literals)
        .assert("text", "bar")
        .assert("flag", true)
        .assert("number", 1)
        .assert("double", Value::Double(0.5));
}

#[test]
fn expressions() {
    #[call(fields(len = s.len()))]
    fn one(s: &str) -> usize {
        s.len()
    }
    #[call(fields(s.len = s.len(), s.is_empty = s.is_empty()))]
    fn two(s: &str) -> usize {
        s.len()
    }
    seen(|| _ = one("hello world")).assert("len", 11);
    seen(|| _ = two("hello world"))
        .assert("s.len", 11)
        .assert("s.is_empty", false)
        .assert_none("s");
}

#[test]
fn named_like_an_argument() {
    #[call(fields(%s, s.len = s.len()))]
    fn displayed(s: &str) -> usize {
        s.len()
    }
    #[call(fields(s = "other"))]
    fn other(s: &str) -> usize {
        s.len()
    }
    #[call(fields(s = &s))]
    fn owned(s: String) -> usize {
        s.len()
    }
    #[call(fields(s))]
    fn empty(s: &str) -> usize {
        s.len()
    }
    seen(|| _ = displayed("hello"))
        .assert("s", Value::Debug("hello".to_owned()))
        .assert("s.len", 5);
    seen(|| _ = other("hello")).assert("s", "other");
    seen(|| _ = owned("hello".to_owned())).assert("s", "hello");
    seen(|| _ = empty("hello")).assert_none("s");
}

#[test]
fn of_self() {
    struct HasField {
        my_field: &'static str,
        inner: (u64, Option<f64>),
    }
    impl HasField {
        #[call(fields(my_field = self.my_field, count = self.inner.0, %self.my_field, maybe = self.inner.1), skip(self))]
        fn method(&self) {}
    }
    let value = HasField {
        my_field: "hello",
        inner: (3, None),
    };
    seen(|| value.method())
        .assert("my_field", "hello")
        .assert("count", 3)
        .assert("self.my_field", Value::Debug("hello".to_owned()))
        .assert_none("maybe");
}

#[test]
fn left_empty_and_recorded_later() {
    #[call(fields(foo = "bar", empty, also = tracing::field::Empty, recorded))]
    fn later() {
        tracing::Span::current().record("recorded", 7);
    }
    seen(later)
        .assert("foo", "bar")
        .assert("recorded", 7)
        .assert_none("empty")
        .assert_none("also");
}

#[test]
fn keywords_as_segments() {
    #[call(fields(keywords.impl.type.fn = _arg, r#mod = 1), skip(_arg))]
    fn keywords(_arg: &str) {}
    seen(|| keywords("test"))
        .assert("keywords.impl.type.fn", "test")
        .assert("mod", 1);
}

#[test]
fn names_that_are_computed() {
    #[call(fields({NAME} = "a", {name()} = "b", {Names::NAME} = "c", {"text"} = "d", "quoted" = "e", {concat!("f", ".f")}))]
    fn computed() {
        tracing::Span::current().record("f.f", "f");
    }
    seen(computed)
        .assert("from.constant", "a")
        .assert("from.function", "b")
        .assert("from.type", "c")
        .assert("text", "d")
        .assert("quoted", "e")
        .assert("f.f", "f");
}
