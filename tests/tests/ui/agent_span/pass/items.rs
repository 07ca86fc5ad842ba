//! Where the attribute can stand, and what stands beside it.

#![allow(dead_code)]

use agent_trace::agent_span;
use agent_trace::testing::capture;

macro_rules! agents {
    ($($name:ident($argument:ident: $ty:ty) = $value:expr;)*) => {$(
        #[agent_span(name = $value, fields(given = %$argument))]
        fn $name($argument: $ty) -> $ty {
            let other = 1;
            $argument + other
        }
    )*};
}
agents! {
    first(number: u32) = "one";
    second(other: i64) = concat!("t", "wo");
}

#[test]
fn a_macro_can_make_agents() {
    let captured = capture(|| (first(1), second(2)));
    assert_eq!(captured.value, (2, 3));
    captured
        .spans
        .find("invoke_agent one")
        .assert_attr("given", "1");
    captured
        .spans
        .find("invoke_agent two")
        .assert_attr("given", "2");
}

#[must_use]
#[inline(never)]
#[deprecated = "for the test"]
#[agent_span]
#[doc(hidden)]
/// Documented.
pub(crate) fn decorated(#[allow(unused_variables)] unused: u32) -> u32 {
    #![allow(clippy::let_and_return)]
    let value = 1;
    value
}

#[test]
#[agent_span]
fn a_test_can_be_an_agent() {
    #[allow(deprecated)]
    let captured = capture(|| decorated(1));
    captured
        .spans
        .only()
        .assert_attr("gen_ai.agent.description", "Documented.");
}

#[test]
fn a_function_in_a_function_can_be_an_agent() {
    #[agent_span]
    fn inner(question: &str) -> usize {
        const LENGTH: usize = 2;
        question.len() + LENGTH
    }
    assert_eq!(capture(|| inner("abc")).value, 5);
}
