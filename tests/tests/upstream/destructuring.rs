//! Arguments taken apart: every part is there for an option.

use super::{FAMILY, call};
use crate::record::record;

struct Wrapper(i64, Hidden);

struct Named {
    bar: i64,
    baz: (i64, i64),
    qux: Hidden,
}

struct Hidden;

#[test]
fn tuples() {
    #[call(fields(a, b = b, c = c + d))]
    fn tuples((a, b): (i64, i64), ((c, _), (d, ..)): ((i64, i64), (i64, i64))) -> i64 {
        tracing::Span::current().record("a", a);
        a + b + c + d
    }
    let (_, captured) = record(|| tuples((1, 2), ((3, 0), (4, 0))));
    assert_eq!(captured.value, 10);
    FAMILY.assert_span(captured.spans.only(), "tuples");
    captured
        .spans
        .only()
        .assert_attr("a", 1)
        .assert_attr("b", 2)
        .assert_attr("c", 7);
}

#[test]
fn references_and_structs() {
    #[call(fields(%a, b = b, bar = renamed, baz = baz.1))]
    fn everything(
        &a: &i64,
        Wrapper(b, _): Wrapper,
        &Named {
            bar: renamed,
            ref baz,
            ..
        }: &Named,
    ) -> i64 {
        a + b + renamed + baz.0
    }
    let named = Named {
        bar: 3,
        baz: (4, 5),
        qux: Hidden,
    };
    let (_, captured) = record(|| everything(&1, Wrapper(2, Hidden), &named));
    let Hidden = named.qux;
    assert_eq!(captured.value, 10);
    captured
        .spans
        .only()
        .assert_attr("a", "1")
        .assert_attr("b", 2)
        .assert_attr("bar", 3)
        .assert_attr("baz", 5);
}
