//! Arguments are dropped in the order, and at the time, in which they would be without the attribute.
//!
//! Each body is compiled twice, as it is and with the attribute, and the two must leave the same record.

use std::cell::RefCell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::{Context, Waker};

use super::{FAMILY, call};
use agent_trace::testing::capture;

thread_local! {
    static DROPPED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// Says when it is dropped.
struct Noisy(&'static str);

impl Drop for Noisy {
    fn drop(&mut self) {
        note(self.0);
    }
}

struct Pair {
    left: Noisy,
    right: Noisy,
}

fn note(what: &'static str) {
    DROPPED.with_borrow_mut(|dropped| dropped.push(what));
}

fn noisy<const N: usize>(names: [&'static str; N]) -> [Noisy; N] {
    names.map(Noisy)
}

/// What is noted while `block` runs.
fn recorded(block: impl FnOnce()) -> Vec<&'static str> {
    DROPPED.take();
    block();
    note("after");
    DROPPED.take()
}

macro_rules! same {
    ($($name:ident { $($function:tt)* } $run:expr;)+) => {$(
        #[test]
        fn $name() {
            let plain = {
                $($function)*
                recorded(|| $run)
            };
            let ours = {
                #[call]
                $($function)*
                recorded(|| {
                    let captured = capture(|| $run);
                    assert!(captured.spans.len() <= 1);
                })
            };
            assert_eq!(ours, plain);
            assert!(plain.len() > 2, "something was recorded");
        }
    )+};
}

/// Polls a future `polls` times and drops it.
fn poll(future: impl Future, polls: usize) {
    let mut future = Box::pin(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..polls {
        if future.as_mut().poll(&mut context).is_ready() {
            break;
        }
    }
    note("polled");
    drop(future);
}

fn three() -> [Noisy; 3] {
    noisy(["a", "b", "c"])
}

same! {
    used_and_unused {
        fn f(a: Noisy, b: Noisy, c: Noisy) {
            let _local = Noisy("local");
            drop(b);
            note("body");
            let _ = (&a, &c);
        }
    } { let [a, b, c] = three(); f(a, b, c) };

    never_mentioned {
        fn f(_a: Noisy, _: Noisy, _c: Noisy) {
            note("body");
        }
    } { let [a, b, c] = three(); f(a, b, c) };

    mutable {
        fn f(mut a: Noisy, b: Noisy, mut c: Noisy) {
            note(a.0);
            a = Noisy("second a");
            note(a.0);
            note("body");
            c.0 = "renamed c";
            let _ = (&a, &b);
        }
    } { let [a, b, c] = three(); f(a, b, c) };

    taken_apart {
        fn f((a, b): (Noisy, Noisy), Pair { left, right }: Pair, c: Noisy) {
            note("body");
            drop(left);
            let _ = (a, &b, &right, &c);
        }
    } { let [a, b, c] = three(); f((a, b), Pair { left: Noisy("left"), right: Noisy("right") }, c) };

    boxed_and_nested {
        fn f(a: Box<Noisy>, (b, (c,)): (Option<Noisy>, (Vec<Noisy>,))) {
            note("body");
            let _ = (&a, &b, &c);
        }
    } { let [a, b, c] = three(); f(Box::new(a), (Some(b), (vec![c, Noisy("d")],))) };

    the_rest_of_one_argument {
        fn f((a, _): (Noisy, Noisy)) {
            note("body");
            let _ = &a;
        }
    } { let [a, b, _c] = three(); f((a, b)) };

    given_back {
        fn f(a: Noisy, b: Noisy, c: Noisy) -> Noisy {
            note("body");
            let _ = (&a, &c);
            b
        }
    } { let [a, b, c] = three(); let b = f(a, b, c); note("returned"); drop(b) };

    returned_early {
        fn f(a: Noisy, _: Noisy, c: Noisy) -> Option<u8> {
            let _local = Noisy("local");
            drop(c);
            let _value: u8 = None?;
            drop(a);
            Some(1)
        }
    } { let [a, b, c] = three(); assert_eq!(f(a, b, c), None) };

    panicking {
        fn f(a: Noisy, _: Noisy, c: Noisy) {
            let _local = Noisy("local");
            drop(a);
            if c.0 == "c" {
                std::panic::resume_unwind(Box::new("on purpose"));
            }
        }
    } { let [a, b, c] = three(); assert!(catch_unwind(AssertUnwindSafe(|| f(a, b, c))).is_err()) };

    temporaries_of_the_tail {
        fn f(a: Noisy, b: Noisy) -> usize {
            let _local = Noisy("local");
            let _ = &a;
            (Noisy("temporary"), &b).1.0.len()
        }
    } { let [a, b, _c] = three(); assert_eq!(f(a, b), 1) };

    captured_by_a_closure {
        fn f(a: Noisy, _b: Noisy, c: Noisy) -> impl FnOnce() {
            note("body");
            let _ = &c;
            move || drop(a)
        }
    } { let [a, b, c] = three(); let g = f(a, b, c); note("made"); g() };

    boxed_future {
        fn f(a: Noisy, _b: Noisy, c: Noisy) -> std::pin::Pin<Box<dyn Future<Output = ()>>> {
            note("body");
            Box::pin(async move {
                let _ = &c;
                tokio::task::yield_now().await;
                drop(a);
            })
        }
    } { let [a, b, c] = three(); poll(f(a, b, c), 9) };

    opaque_future {
        fn f(a: Noisy, _b: Noisy, c: Noisy) -> impl Future<Output = ()> {
            note("body");
            async move {
                let _ = &c;
                tokio::task::yield_now().await;
                drop(a);
            }
        }
    } { let [a, b, c] = three(); poll(f(a, b, c), 9) };

    async_used_and_unused {
        async fn f(a: Noisy, b: Noisy, c: Noisy) {
            let _local = Noisy("local");
            drop(b);
            tokio::task::yield_now().await;
            note("body");
            let _ = (&a, &c);
        }
    } { let [a, b, c] = three(); poll(f(a, b, c), 9) };

    async_never_mentioned {
        async fn f(_a: Noisy, _: Noisy, _c: Noisy) {
            tokio::task::yield_now().await;
            note("body");
        }
    } { let [a, b, c] = three(); poll(f(a, b, c), 9) };

    async_mutable {
        async fn f(mut a: Noisy, b: Noisy, mut c: Noisy) {
            note(a.0);
            a = Noisy("second a");
            note(a.0);
            tokio::task::yield_now().await;
            c.0 = "renamed c";
            let _ = (&a, &b);
        }
    } { let [a, b, c] = three(); poll(f(a, b, c), 9) };

    async_taken_apart {
        async fn f((a, b): (Noisy, Noisy), Pair { left, right }: Pair, c: Noisy) {
            tokio::task::yield_now().await;
            drop(left);
            note("body");
            let _ = (a, &b, &right, &c);
        }
    } { let [a, b, c] = three(); poll(f((a, b), Pair { left: Noisy("left"), right: Noisy("right") }, c), 9) };

    async_given_back {
        async fn f(a: Noisy, b: Noisy, _: Noisy) -> Noisy {
            tokio::task::yield_now().await;
            let _ = &a;
            b
        }
    } { let [a, b, c] = three(); poll(f(a, b, c), 9) };

    async_returned_early {
        async fn f(a: Noisy, _: Noisy, c: Noisy) -> Result<u8, u8> {
            let _local = Noisy("local");
            tokio::task::yield_now().await;
            drop(c);
            let value: u8 = Err(1)?;
            drop(a);
            Ok(value)
        }
    } { let [a, b, c] = three(); poll(f(a, b, c), 9) };

    async_cancelled {
        async fn f(a: Noisy, _: Noisy, c: Noisy) {
            let _local = Noisy("local");
            drop(a);
            tokio::task::yield_now().await;
            note("never");
            drop(c);
        }
    } { let [a, b, c] = three(); poll(f(a, b, c), 1) };

    async_never_polled {
        async fn f(a: Noisy, _: Noisy, _c: Noisy) {
            note("never");
            drop(a);
        }
    } { let [a, b, c] = three(); poll(f(a, b, c), 0) };

    async_panicking {
        async fn f(a: Noisy, _: Noisy, c: Noisy) {
            let _local = Noisy("local");
            tokio::task::yield_now().await;
            drop(a);
            if c.0 == "c" {
                std::panic::resume_unwind(Box::new("on purpose"));
            }
        }
    } { let [a, b, c] = three(); assert!(catch_unwind(AssertUnwindSafe(|| poll(f(a, b, c), 9))).is_err()) };

    async_temporaries_of_the_tail {
        async fn f(a: Noisy, b: Noisy) -> usize {
            let _local = Noisy("local");
            let _ = &a;
            tokio::task::yield_now().await;
            (Noisy("temporary"), &b).1.0.len()
        }
    } { let [a, b, _c] = three(); poll(f(a, b), 9) };
}

macro_rules! receivers {
    ($owner:ident, $(#[$attribute:meta])?) => {
        struct $owner(Noisy, Noisy);

        impl $owner {
            $(#[$attribute])?
            fn takes(self, _b: Noisy) {
                note("body");
                drop(self.1);
            }

            $(#[$attribute])?
            fn ignores(self, _: Noisy) {
                note("body");
            }

            $(#[$attribute])?
            async fn takes_async(mut self, b: Noisy) -> Noisy {
                self.0 = Noisy("replaced");
                tokio::task::yield_now().await;
                note("body");
                drop(b);
                self.1
            }
        }
    };
}

#[test]
fn self_among_the_arguments() {
    receivers!(Plain,);
    receivers!(Ours, #[call]);
    macro_rules! run {
        ($owner:ident) => {
            recorded(|| {
                let make = || {
                    let [a, b, c] = three();
                    ($owner(a, b), c)
                };
                let (owner, c) = make();
                owner.takes(c);
                let (owner, c) = make();
                owner.ignores(c);
                let (owner, c) = make();
                poll(owner.takes_async(c), 9);
                let (owner, c) = make();
                poll(owner.takes_async(c), 1);
            })
        };
    }
    let plain = run!(Plain);
    let captured = capture(|| run!(Ours));
    assert_eq!(captured.value, plain);
    assert_eq!(captured.spans.len(), 4);
    let _ = FAMILY;
}
