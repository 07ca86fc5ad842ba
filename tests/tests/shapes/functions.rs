//! Functions that stand alone: what they take, and what is written above and inside them.

use std::sync::atomic::{AtomicU32, Ordering};

use agent_trace::testing::capture;

use super::{FAMILY, call};
use crate::family::Family;

#[test]
fn a_function() {
    #[call]
    fn plain(left: u32, right: u32) -> u32 {
        left + right
    }
    assert_eq!(FAMILY.once("plain", || plain(2, 3)), 5);
}

#[test]
fn an_async_function() {
    #[call]
    async fn plain(left: u32, right: u32) -> u32 {
        tokio::task::yield_now().await;
        left + right
    }
    assert_eq!(FAMILY.once_async("plain", async { plain(2, 3).await }), 5);
}

#[test]
fn nothing_in_and_nothing_out() {
    #[call]
    fn empty() {}
    #[call]
    async fn empty_async() {}
    #[call]
    fn unit() -> () {}
    #[call]
    async fn unit_async() -> () {}

    FAMILY.once("empty", empty);
    FAMILY.once_async("empty_async", async { empty_async().await });
    FAMILY.once("unit", unit);
    FAMILY.once_async("unit_async", async { unit_async().await });
}

#[test]
fn a_unit_body_that_ends_with_an_expression() {
    #[call]
    fn tail(counts: &AtomicU32) {
        if counts.load(Ordering::Relaxed) == 0 {
            return;
        }
        counts.store(7, Ordering::Relaxed)
    }
    #[call]
    async fn tail_async(counts: &AtomicU32) {
        if counts.load(Ordering::Relaxed) == 0 {
            return;
        }
        counts.store(7, Ordering::Relaxed)
    }
    let counts = AtomicU32::new(1);
    FAMILY.once("tail", || tail(&counts));
    assert_eq!(counts.swap(1, Ordering::Relaxed), 7);
    FAMILY.once_async("tail_async", async { tail_async(&counts).await });
    assert_eq!(counts.load(Ordering::Relaxed), 7);
}

#[test]
fn foreign_calling_conventions() {
    #[call]
    extern "C" fn with_c(value: i32) -> i32 {
        value * 2
    }
    #[call]
    extern "system" fn with_system(value: i32) -> i32 {
        value * 3
    }
    let pointer: extern "C" fn(i32) -> i32 = with_c;
    assert_eq!(FAMILY.once("with_c", || pointer(4)), 8);
    assert_eq!(FAMILY.once("with_system", || with_system(4)), 12);
}

#[test]
fn many_arguments() {
    #[call]
    fn many(
        a: u8,
        b: &u8,
        c: Box<u8>,
        d: Option<u8>,
        e: [u8; 2],
        f: (u8, u8),
        g: &str,
        h: String,
        i: Vec<u8>,
        j: i64,
        k: bool,
        l: char,
    ) -> i64 {
        i64::from(a + b + *c + d.unwrap_or(0) + e[0] + e[1] + f.0 + f.1)
            + j
            + i64::from(k)
            + i64::from(u32::from(l))
            + (g.len() + h.len() + i.len()) as i64
    }
    #[call]
    async fn many_async(
        a: u8,
        b: &u8,
        c: Box<u8>,
        d: Option<u8>,
        e: [u8; 2],
        f: (u8, u8),
        g: &str,
        h: String,
        i: Vec<u8>,
        j: i64,
        k: bool,
        l: char,
    ) -> i64 {
        tokio::task::yield_now().await;
        i64::from(a + b + *c + d.unwrap_or(0) + e[0] + e[1] + f.0 + f.1)
            + j
            + i64::from(k)
            + i64::from(u32::from(l))
            + (g.len() + h.len() + i.len()) as i64
    }
    let value = FAMILY.once("many", || {
        many(
            1,
            &2,
            Box::new(3),
            Some(4),
            [5, 6],
            (7, 8),
            "g",
            "h".into(),
            vec![9],
            10,
            true,
            '\x01',
        )
    });
    assert_eq!(value, 51);
    let value = FAMILY.once_async("many_async", async {
        many_async(
            1,
            &2,
            Box::new(3),
            Some(4),
            [5, 6],
            (7, 8),
            "g",
            "h".into(),
            vec![9],
            10,
            true,
            '\x01',
        )
        .await
    });
    assert_eq!(value, 51);
}

#[test]
fn functions_inside() {
    #[call]
    fn outer(value: u8) -> u8 {
        const STEP: u8 = 2;
        fn inner(value: u8) -> u8 {
            value + STEP
        }
        let add = |more: u8| inner(value) + more;
        add(1)
    }
    #[call]
    async fn outer_async(value: u8) -> u8 {
        const STEP: u8 = 2;
        async fn inner(value: u8) -> u8 {
            value + STEP
        }
        let add = async |more: u8| inner(value).await + more;
        add(1).await
    }
    assert_eq!(FAMILY.once("outer", || outer(1)), 4);
    assert_eq!(
        FAMILY.once_async("outer_async", async { outer_async(1).await }),
        4
    );
}

#[test]
fn instrumented_functions_inside() {
    #[call]
    fn outer(value: u8) -> u8 {
        #[call]
        fn inner(value: u8) -> u8 {
            value * 2
        }
        inner(value) + 1
    }
    let captured = capture(|| outer(2));
    assert_eq!(captured.value, 5);
    assert_eq!(
        captured.spans.len(),
        if FAMILY == Family::Llm { 1 } else { 2 }
    );
    assert_eq!(captured.spans.roots().len(), 1);
}

#[test]
fn closures_that_capture_arguments() {
    #[call]
    fn adder(by: u8) -> impl Fn(u8) -> u8 {
        move |value| value + by
    }
    #[call]
    async fn adder_async(by: String) -> Box<dyn Fn(&str) -> String + Send> {
        Box::new(move |value| format!("{value}{by}"))
    }
    let add = FAMILY.once("adder", || adder(3));
    assert_eq!(add(4), 7);
    let add = FAMILY.once_async("adder_async", async { adder_async("b".to_owned()).await });
    assert_eq!(add("a"), "ab");
}

#[test]
fn blocks_loops_and_labels() {
    #[call]
    fn search(rows: &[[u8; 2]], wanted: u8) -> Option<usize> {
        'rows: for (at, row) in rows.iter().enumerate() {
            for cell in row {
                if *cell == wanted {
                    return Some(at);
                }
                if *cell == 0 {
                    continue 'rows;
                }
            }
        }
        let Some(&[mut sum, _]) = rows.first() else {
            return Some(0);
        };
        loop {
            if sum > 9 {
                break Some(sum.into());
            }
            sum += 5;
        }
    }
    assert_eq!(
        FAMILY.once("search", || search(&[[0, 5], [1, 5]], 5)),
        Some(1)
    );
    assert_eq!(FAMILY.once("search", || search(&[], 5)), Some(0));
    assert_eq!(FAMILY.once("search", || search(&[[7, 1]], 5)), Some(12));
}

#[test]
fn raw_identifiers() {
    #[call]
    fn r#type(r#match: u8) -> u8 {
        r#match + 1
    }
    #[call]
    async fn r#async(r#move: u8) -> u8 {
        r#move + 1
    }
    assert_eq!(FAMILY.once("type", || r#type(1)), 2);
    assert_eq!(FAMILY.once_async("async", async { r#async(1).await }), 2);
}

mod visible {
    use super::super::call;

    /// A comment, which becomes a description where spans of the kind have one.
    #[must_use]
    #[inline]
    #[allow(dead_code)]
    #[cfg(test)]
    #[call]
    #[doc(hidden)]
    pub(in super::super) fn decorated() -> u8 {
        1
    }

    #[call]
    #[cfg(not(test))]
    pub(super) fn left_out() -> NotDeclared {}

    #[cfg_attr(test, call)]
    pub(super) fn conditional(value: u8) -> u8 {
        value
    }
}

#[test]
fn other_attributes_and_visibility() {
    assert_eq!(FAMILY.once("decorated", visible::decorated), 1);
    assert_eq!(FAMILY.once("conditional", || visible::conditional(2)), 2);
}

#[test]
fn inner_attributes() {
    #[call]
    #[allow(clippy::mixed_attributes_style)]
    fn inner() -> u8 {
        #![allow(unused_variables)]
        let unused = 1;
        2
    }
    #[call]
    #[allow(clippy::mixed_attributes_style)]
    async fn inner_async() -> u8 {
        #![allow(unused_variables)]
        let unused = 1;
        2
    }
    assert_eq!(FAMILY.once("inner", inner), 2);
    assert_eq!(
        FAMILY.once_async("inner_async", async { inner_async().await }),
        2
    );
}

#[test]
fn a_type_that_the_body_shadows() {
    type Found = u8;
    #[allow(dead_code)]
    enum Names {
        Found,
    }
    #[call]
    #[allow(unused_imports)]
    fn shadowed() -> Found {
        use Names::*;
        3
    }
    assert_eq!(FAMILY.once("shadowed", shadowed), 3);
}

#[test]
fn function_pointers() {
    #[call]
    fn pointed(value: u8) -> u8 {
        value + 1
    }
    let pointer: fn(u8) -> u8 = pointed;
    let mapped = FAMILY.once("pointed", || [1].map(pointer));
    assert_eq!(mapped, [2]);
}

#[test]
fn several_attributes_on_one_function() {
    #[call]
    #[tracing::instrument(skip_all)]
    fn both(value: u8) -> u8 {
        value
    }
    let captured = capture(|| both(1));
    assert_eq!(captured.value, 1);
    assert_eq!(captured.spans.len(), 2);
}
