//! What may stand to the right of an option, and what it sees.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use agent_trace::testing::{FinishedSpan, capture, capture_async};

use super::call;
use crate::family::block_on;

const CONVERSATION: &str = "gen_ai.conversation.id";

static STATIC: &str = "static";
const CONST: &str = "const";

struct Id(u8);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "id-{}", self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.0)
    }
}

/// The one span of `block`.
#[track_caller]
fn span(block: impl FnOnce()) -> FinishedSpan {
    capture(block).spans.only().clone()
}

macro_rules! conversation {
    ($($name:ident($($argument:ident: $ty:ty = $value:expr)?) { $($option:tt)+ } == $expected:expr;)+) => {$(
        #[test]
        fn $name() {
            #[call(conversation = $($option)+)]
            fn sync($($argument: $ty)?) {
                $(let _ = $argument;)?
            }
            #[call(conversation = $($option)+)]
            async fn asynchronous($($argument: $ty)?) {
                $(let _ = $argument;)?
            }
            let expected: Option<&str> = $expected;
            let found = span(|| sync($($value)?));
            assert_eq!(found.str(CONVERSATION), expected);
            let captured = block_on(capture_async(async { asynchronous($($value)?).await }));
            assert_eq!(captured.spans.only().str(CONVERSATION), expected);
        }
    )+};
}

conversation! {
    a_literal() { "text" } == Some("text");
    a_constant() { CONST } == Some("const");
    a_static() { STATIC } == Some("static");
    a_call_of_a_macro() { concat!("a", "b") } == Some("ab");
    a_block() { { let text = "a"; text.to_uppercase() } } == Some("A");
    a_closure_s_value() { Some(" text").map(|text| &text[1..]) } == Some("text");
    an_if() { if cfg!(test) { "test" } else { "no test" } } == Some("test");
    a_text(text: &str = "text") { text } == Some("text");
    a_string(text: String = "text".to_owned()) { text } == Some("text");
    a_reference_to_a_string(text: &String = &"text".to_owned()) { text } == Some("text");
    an_arc(text: Arc<str> = Arc::from("text")) { text } == Some("text");
    a_box(text: Box<str> = Box::from("text")) { text } == Some("text");
    a_cow(text: Cow<'_, str> = Cow::Borrowed("text")) { text } == Some("text");
    a_char(text: char = 't') { text } == Some("t");
    something(text: Option<&str> = Some("text")) { text } == Some("text");
    nothing(text: Option<&str> = None) { text } == None;
    an_owned_something(text: Option<String> = Some("text".to_owned())) { text } == Some("text");
    a_borrowed_nothing(text: &Option<String> = &None) { text } == None;
    a_method(text: &str = " text ") { text.trim() } == Some("text");
    a_new_text(text: &str = "text") { format!("{text}!") } == Some("text!");
    an_element(texts: &[&str] = &["a", "b"]) { texts[1] } == Some("b");
    a_tuple_s_field(pair: (u8, &str) = (1, "text")) { pair.1 } == Some("text");
    displayed(id: Id = Id(1)) { %id } == Some("id-1");
    debugged(id: Id = Id(1)) { ?id } == Some("<1>");
    a_displayed_expression(id: &Id = &Id(1)) { %id.0 + 1 } == Some("2");
    a_debugged_literal() { ?"text" } == Some("\"text\"");
    a_displayed_literal() { %"text" } == Some("text");
}

struct Session {
    id: String,
    user: Option<Id>,
    turns: u64,
}

impl Session {
    const KIND: &'static str = "session";
    const RETRIES: u32 = 2;

    fn length(&self) -> usize {
        self.id.len()
    }

    #[call(
        conversation = self.id,
        fields(
            kind = Self::KIND,
            retries = Self::RETRIES,
            turns = self.turns,
            length = self.length(),
            user = ?self.user,
            more = more * 2,
        )
    )]
    fn borrowed(&self, more: i32) -> i32 {
        more
    }

    #[call(conversation = self.id, fields(kind = Self::KIND, turns = self.turns, length = Self::length(self), more))]
    async fn changes(&mut self, more: &str) -> usize {
        self.id.push_str(more);
        tracing::Span::current().record("more", more);
        self.turns += 1;
        self.length()
    }

    #[call(conversation = self.id, fields(turns = self.turns))]
    async fn taken(self) -> Option<Id> {
        self.user
    }

    #[call(conversation = self.id, fields(count = Arc::strong_count(&self)))]
    async fn in_an_arc(self: Arc<Self>) -> String {
        self.id.clone()
    }
}

fn session() -> Session {
    Session {
        id: "s1".to_owned(),
        user: Some(Id(7)),
        turns: 3,
    }
}

#[test]
fn self_and_its_constants() {
    let captured = capture(|| session().borrowed(4));
    assert_eq!(captured.value, 4);
    captured
        .spans
        .only()
        .assert_attr(CONVERSATION, "s1")
        .assert_attr("kind", "session")
        .assert_attr("retries", 2)
        .assert_attr("turns", 3)
        .assert_attr("length", 2)
        .assert_attr("user", "Some(<7>)")
        .assert_attr("more", 8);
}

#[test]
fn values_are_those_of_the_call_s_beginning() {
    let mut session = session();
    let captured = block_on(capture_async(async { session.changes("23").await }));
    assert_eq!(captured.value, 4);
    captured
        .spans
        .only()
        .assert_attr(CONVERSATION, "s1")
        .assert_attr("turns", 3)
        .assert_attr("length", 2)
        .assert_attr("more", "23");
    assert_eq!((session.id.as_str(), session.turns), ("s123", 4));
}

#[test]
fn an_owned_self() {
    let captured = block_on(capture_async(async { session().taken().await }));
    assert!(captured.value.is_some());
    captured
        .spans
        .only()
        .assert_attr(CONVERSATION, "s1")
        .assert_attr("turns", 3);
    let captured = block_on(capture_async(async {
        Arc::new(session()).in_an_arc().await
    }));
    captured
        .spans
        .only()
        .assert_attr(CONVERSATION, &*captured.value)
        .assert_attr("count", 1);
}

#[test]
fn integers_of_every_width() {
    #[call(fields(
        a = 1_u8, b = 2_u16, c = 3_u32, d = u64::MAX, e = 5_usize, f = -6_i8, g = -7_i16, h = -8_i32, i = i64::MIN,
        j = -9_isize, k = 10, l = value, m = other,
    ))]
    fn integers(value: &u64, other: Option<u64>) -> u64 {
        value + other.unwrap_or_default()
    }
    let found = span(|| {
        integers(&1, Some(2));
    });
    for (key, expected) in [
        ("a", 1),
        ("b", 2),
        ("c", 3),
        ("d", i64::MAX),
        ("e", 5),
        ("f", -6),
        ("g", -7),
        ("h", -8),
        ("i", i64::MIN),
        ("j", -9),
        ("k", 10),
        ("l", 1),
        ("m", 2),
    ] {
        found.assert_attr(key, expected);
    }
    span(|| {
        integers(&1, None);
    })
    .assert_no_attr("m");
}

#[test]
fn other_fields() {
    #[call(fields(double = 0.5, flag = true, text = "a", owned = String::from("b"), boxed = Box::new(1_i64)))]
    async fn fields() {}
    let captured = block_on(capture_async(async { fields().await }));
    captured
        .spans
        .only()
        .assert_attr("double", 0.5)
        .assert_attr("flag", true)
        .assert_attr("text", "a")
        .assert_attr("owned", "b")
        .assert_attr("boxed", 1);
}

#[test]
fn destructured_arguments_in_options() {
    #[call(conversation = id, fields(turns, sum = a + b))]
    fn taken_apart(Session { id, turns, .. }: Session, (a, b): (i64, i64)) -> String {
        tracing::Span::current().record("turns", turns as i64);
        format!("{id}{}", a * b)
    }
    let captured = capture(|| taken_apart(session(), (2, 3)));
    assert_eq!(captured.value, "s16");
    captured
        .spans
        .only()
        .assert_attr(CONVERSATION, "s1")
        .assert_attr("turns", 3)
        .assert_attr("sum", 5);
}

#[test]
fn a_value_is_not_asked_for_when_nobody_listens() {
    fn unasked(argument: u8) -> &'static str {
        panic!("nobody listens to {argument}")
    }
    #[call(conversation = unasked(argument), fields(field = unasked(argument)))]
    fn quiet(argument: u8) -> u8 {
        argument
    }
    assert_eq!(quiet(1), 1);
}

#[test]
fn a_value_that_panics_costs_itself_and_not_the_call() {
    #[call(conversation = [""][position])]
    fn panics(position: usize) -> usize {
        position
    }
    let captured = capture(|| panics(1));
    assert_eq!(captured.value, 1);
    captured
        .spans
        .only()
        .assert_unset()
        .assert_no_attr(CONVERSATION);
}

#[test]
fn names_with_dots_quotes_and_constants() {
    const NAME: &str = "from.constant";
    mod names {
        pub(super) const NAME: &str = "from.module";
        pub(super) const fn name() -> &'static str {
            "from.function"
        }
    }
    #[call(fields(a.b.c = 1, "quoted name" = 2, {NAME} = 3, {names::NAME} = 4, {names::name()} = 5, r#type = 6, r#in.fn = 7))]
    fn names() {}
    let found = span(names);
    for (expected, key) in [
        "a.b.c",
        "quoted name",
        "from.constant",
        "from.module",
        "from.function",
        "type",
        "in.fn",
    ]
    .into_iter()
    .enumerate()
    {
        found.assert_attr(key, expected as i64 + 1);
    }
}
