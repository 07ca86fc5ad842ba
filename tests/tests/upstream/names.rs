//! Names: the function's, or the one that is given.

use super::{FAMILY, call};
use crate::family::Family;
use crate::record::{record, record_async};

const NAME: &str = "my_name";

#[test]
fn the_function_s() {
    #[call]
    fn default_name() {}
    let (recording, captured) = record(default_name);
    FAMILY.assert_span(captured.spans.only(), "default_name");
    assert_eq!(
        recording.only().metadata.name(),
        FAMILY.span_name("default_name")
    );
}

#[test]
fn a_literal() {
    #[call(name = "my_name")]
    fn custom() {}
    let (recording, captured) = record(custom);
    FAMILY.assert_span(captured.spans.only(), "my_name");
    // A name that is known when the program is compiled is the name for every layer.
    assert_eq!(
        recording.only().metadata.name(),
        FAMILY.span_name("my_name")
    );
}

#[test]
fn a_constant_or_an_expression() {
    #[call(name = NAME)]
    fn constant() {}
    #[call(name = format!("{first}_{}", "name"))]
    async fn expression(first: &str) -> usize {
        first.len()
    }
    #[call(name = given)]
    fn optional(given: Option<&str>) -> bool {
        given.is_some()
    }
    let (_, captured) = record(constant);
    FAMILY.assert_span(captured.spans.only(), "my_name");
    let (_, captured) = record_async(async { expression("my").await });
    FAMILY.assert_span(captured.spans.only(), "my_name");
    let (_, captured) = record(|| optional(Some("my_name")));
    FAMILY.assert_span(captured.spans.only(), "my_name");
    let (_, captured) = record(|| optional(None));
    FAMILY.assert_span(captured.spans.only(), "optional");
}

#[test]
fn with_a_target() {
    const TARGET: &str = "my_target";
    #[call(target = TARGET, name = NAME)]
    fn both() {}
    let (recording, captured) = record(both);
    FAMILY.assert_span(captured.spans.only(), NAME);
    assert_eq!(recording.only().metadata.target(), TARGET);
    assert_ne!(FAMILY, Family::Llm, "model calls have no name");
}
