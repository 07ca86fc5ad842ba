//! Arguments: taken apart, mutable, borrowed, unnamed, unused.

use std::fmt::Display;
use std::rc::Rc;
use std::sync::{Mutex, MutexGuard};

use super::{FAMILY, call};

/// Something that is neither `Debug` nor `Clone`.
struct Opaque(u8);

struct Pair {
    left: u8,
    right: Opaque,
}

#[test]
fn tuples() {
    #[call]
    fn tuples((a, (b, c)): (u8, (u8, u8)), (d,): (u8,)) -> [u8; 4] {
        [a, b, c, d]
    }
    #[call]
    async fn tuples_async((a, (b, c)): (u8, (u8, u8)), (d,): (u8,)) -> [u8; 4] {
        tokio::task::yield_now().await;
        [a, b, c, d]
    }
    assert_eq!(
        FAMILY.once("tuples", || tuples((1, (2, 3)), (4,))),
        [1, 2, 3, 4]
    );
    let value = FAMILY.once_async("tuples_async", async {
        tuples_async((1, (2, 3)), (4,)).await
    });
    assert_eq!(value, [1, 2, 3, 4]);
}

#[test]
fn structs() {
    #[call]
    fn structs(
        Pair {
            left,
            right: Opaque(inner),
        }: Pair,
        Opaque(more): Opaque,
    ) -> u8 {
        left + inner + more
    }
    #[call]
    async fn structs_async(
        Pair {
            left,
            right: Opaque(inner),
        }: Pair,
        Opaque(more): Opaque,
    ) -> u8 {
        left + inner + more
    }
    let pair = || Pair {
        left: 1,
        right: Opaque(2),
    };
    assert_eq!(FAMILY.once("structs", || structs(pair(), Opaque(3))), 6);
    let value = FAMILY.once_async("structs_async", async {
        structs_async(pair(), Opaque(3)).await
    });
    assert_eq!(value, 6);
}

#[test]
fn the_rest_of_a_struct() {
    #[call]
    fn rest(
        Pair { left, .. }: Pair,
        [first, .., last]: [u8; 4],
        (.., end): (u8, u8, u8),
    ) -> [u8; 4] {
        [left, first, last, end]
    }
    #[call]
    async fn rest_async(Pair { left, .. }: Pair, [first, middle @ ..]: [u8; 3]) -> u8 {
        left + first + middle[1]
    }
    let pair = || Pair {
        left: 1,
        right: Opaque(2),
    };
    let value = FAMILY.once("rest", || rest(pair(), [2, 0, 0, 3], (0, 0, 4)));
    assert_eq!(value, [1, 2, 3, 4]);
    let value = FAMILY.once_async("rest_async", async { rest_async(pair(), [2, 0, 3]).await });
    assert_eq!(value, 6);
}

#[test]
fn references_taken_apart() {
    #[call]
    fn refs(&value: &u8, &(a, ref b): &(u8, String), Pair { left, right }: &Pair) -> String {
        format!("{value}{a}{b}{left}{}", right.0)
    }
    #[call]
    async fn refs_async(
        &value: &u8,
        &(a, ref b): &(u8, String),
        Pair { left, right }: &Pair,
    ) -> String {
        tokio::task::yield_now().await;
        format!("{value}{a}{b}{left}{}", right.0)
    }
    let pair = Pair {
        left: 3,
        right: Opaque(4),
    };
    let tuple = (2, "b".to_owned());
    assert_eq!(FAMILY.once("refs", || refs(&1, &tuple, &pair)), "12b34");
    let value = FAMILY.once_async("refs_async", async { refs_async(&1, &tuple, &pair).await });
    assert_eq!(value, "12b34");
}

#[test]
fn names_for_the_whole_and_its_parts() {
    #[call]
    fn whole(all @ (a, b): (u8, u8), ref kept: String, ref mut grown: String) -> String {
        grown.push('!');
        format!("{}{a}{b}{kept}{grown}", all.0)
    }
    #[call]
    async fn whole_async(
        all @ (a, b): (u8, u8),
        ref kept: String,
        ref mut grown: String,
    ) -> String {
        grown.push('!');
        tokio::task::yield_now().await;
        format!("{}{a}{b}{kept}{grown}", all.0)
    }
    let value = FAMILY.once("whole", || whole((1, 2), "k".into(), "g".into()));
    assert_eq!(value, "112kg!");
    let value = FAMILY.once_async("whole_async", async {
        whole_async((1, 2), "k".into(), "g".into()).await
    });
    assert_eq!(value, "112kg!");
}

#[test]
fn mutable_arguments() {
    #[call]
    fn grows(
        mut text: String,
        (mut a, b): (u8, u8),
        Pair {
            mut left,
            right: Opaque(mut inner),
        }: Pair,
    ) -> (String, u8) {
        text.push('x');
        a += b;
        left += 1;
        inner += 1;
        (text, a + left + inner)
    }
    #[call]
    async fn grows_async(
        mut text: String,
        (mut a, b): (u8, u8),
        Pair {
            mut left,
            right: Opaque(mut inner),
        }: Pair,
    ) -> (String, u8) {
        text.push('x');
        tokio::task::yield_now().await;
        a += b;
        left += 1;
        inner += 1;
        (text, a + left + inner)
    }
    let pair = || Pair {
        left: 1,
        right: Opaque(2),
    };
    let expected = ("tx".to_owned(), 8);
    assert_eq!(
        FAMILY.once("grows", || grows("t".into(), (1, 2), pair())),
        expected
    );
    let value = FAMILY.once_async("grows_async", async {
        grows_async("t".into(), (1, 2), pair()).await
    });
    assert_eq!(value, expected);
}

#[test]
fn exclusive_references() {
    #[call]
    fn push(into: &mut Vec<u8>, value: u8) {
        into.push(value);
    }
    #[call]
    async fn push_async(into: &mut Vec<u8>, value: u8) {
        tokio::task::yield_now().await;
        into.push(value);
    }
    #[call]
    fn longest<'a>(left: &'a mut Vec<u8>, right: &'a mut Vec<u8>) -> &'a mut Vec<u8> {
        if left.len() < right.len() {
            right
        } else {
            left
        }
    }
    let mut values = Vec::new();
    FAMILY.once("push", || push(&mut values, 1));
    FAMILY.once_async("push_async", async { push_async(&mut values, 2).await });
    let mut other = Vec::new();
    FAMILY.once("longest", || longest(&mut other, &mut values).push(3));
    assert_eq!(values, [1, 2, 3]);
}

#[test]
fn unnamed_and_unused() {
    #[call]
    fn ignores(_: u8, _: Opaque, _: &Opaque, _unused: Opaque, _: impl Display) -> u8 {
        1
    }
    #[call]
    async fn ignores_async(_: u8, _: Opaque, _: &Opaque, _unused: Opaque, _: impl Display) -> u8 {
        1
    }
    let value = FAMILY.once("ignores", || {
        ignores(0, Opaque(0), &Opaque(0), Opaque(0), "")
    });
    assert_eq!(value, 1);
    let value = FAMILY.once_async("ignores_async", async {
        ignores_async(0, Opaque(0), &Opaque(0), Opaque(0), "").await
    });
    assert_eq!(value, 1);
}

#[test]
fn attributes_on_arguments() {
    #[call]
    fn marked(
        #[cfg(test)] present: u8,
        #[cfg(not(test))] absent: NotDeclared,
        #[allow(unused_variables)] unused: Opaque,
        #[allow(unused_mut)] mut unchanged: u8,
    ) -> u8 {
        present + unchanged
    }
    #[call]
    async fn marked_async(
        #[cfg(test)] present: u8,
        #[cfg(not(test))] absent: NotDeclared,
        #[allow(unused_variables)] unused: Opaque,
        #[allow(unused_mut)] mut unchanged: u8,
    ) -> u8 {
        present + unchanged
    }
    assert_eq!(FAMILY.once("marked", || marked(1, Opaque(0), 2)), 3);
    let value = FAMILY.once_async("marked_async", async {
        marked_async(1, Opaque(0), 2).await
    });
    assert_eq!(value, 3);
}

#[test]
fn functions_as_arguments() {
    #[call]
    fn apply(
        mut f: impl FnMut(u8) -> u8,
        g: fn(u8) -> u8,
        h: &dyn Fn(u8) -> u8,
        i: Box<dyn FnOnce(u8) -> u8>,
    ) -> u8 {
        let once = f(0);
        i(h(g(f(once))))
    }
    #[call]
    async fn apply_async(mut f: impl AsyncFnMut(u8) -> u8) -> u8 {
        let once = f(1).await;
        f(once).await
    }
    let mut calls = 0;
    let value = FAMILY.once("apply", || {
        apply(
            |value| {
                calls += 1;
                value + 1
            },
            |value| value * 10,
            &|value| value + 3,
            Box::new(|value| value * 2),
        )
    });
    assert_eq!((value, calls), (46, 2));
    let value = FAMILY.once_async("apply_async", async {
        apply_async(async |value| value + 1).await
    });
    assert_eq!(value, 3);
}

#[test]
fn arguments_that_cannot_be_sent() {
    #[call]
    fn local(shared: Rc<u8>, guard: MutexGuard<'_, u8>) -> u8 {
        *shared + *guard
    }
    #[call]
    #[allow(clippy::await_holding_lock)]
    async fn local_async(shared: Rc<u8>, mut guard: MutexGuard<'_, u8>) -> u8 {
        tokio::task::yield_now().await;
        *guard += 1;
        *shared + *guard
    }
    let mutex = Mutex::new(1);
    let lock = || mutex.lock().expect("not poisoned");
    assert_eq!(FAMILY.once("local", || local(Rc::new(1), lock())), 2);
    let value = FAMILY.once_async("local_async", async {
        local_async(Rc::new(1), lock()).await
    });
    assert_eq!(value, 3);
    assert_eq!(*lock(), 2, "the guard was dropped with the call");
}

#[test]
fn arguments_named_like_what_the_expansion_uses() {
    #[call]
    fn clashing(
        call: u8,
        span: u8,
        value: u8,
        tracing: u8,
        result: u8,
        core: u8,
        std: u8,
        agent_trace: u8,
    ) -> u8 {
        call + span + value + tracing + result + core + std + agent_trace
    }
    #[call]
    async fn clashing_async(
        call: u8,
        span: u8,
        value: u8,
        tracing: u8,
        result: u8,
        core: u8,
        std: u8,
        agent_trace: u8,
    ) -> u8 {
        call + span + value + tracing + result + core + std + agent_trace
    }
    assert_eq!(
        FAMILY.once("clashing", || clashing(1, 1, 1, 1, 1, 1, 1, 1)),
        8
    );
    let value = FAMILY.once_async("clashing_async", async {
        clashing_async(1, 1, 1, 1, 1, 1, 1, 1).await
    });
    assert_eq!(value, 8);
}
