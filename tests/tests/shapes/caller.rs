//! `#[track_caller]`: a function's place is its caller's.

use std::panic::Location;

use super::{FAMILY, call};
use crate::family::Family;

type Place = (&'static str, u32);

fn place(location: &'static Location<'static>) -> Place {
    (location.file(), location.line())
}

#[test]
fn a_function() {
    #[call]
    #[track_caller]
    fn tracked() -> Place {
        place(Location::caller())
    }
    let (found, line) = FAMILY.once("tracked", || (tracked(), line!()));
    assert_eq!(found, (file!(), line));
}

#[test]
fn under_the_attribute_or_above_it() {
    #[track_caller]
    #[call]
    fn tracked() -> Place {
        place(Location::caller())
    }
    let (found, line) = FAMILY.once("tracked", || (tracked(), line!()));
    assert_eq!(found, (file!(), line));
}

#[test]
fn with_generics_patterns_and_options() {
    #[call(conversation = text, fields(length = text.len(), n = N))]
    #[track_caller]
    fn tracked<'a, T: Into<u32>, const N: usize>(
        (first, _): (u8, T),
        mut text: &'a str,
        _: [T; N],
        more: impl Fn(&str) -> usize,
    ) -> Result<(&'a str, Place), usize>
    where
        T: Copy,
    {
        text = text.trim();
        if first == 0 {
            return Err(more(text));
        }
        Ok((text, place(Location::caller())))
    }
    let value = FAMILY.fails("tracked", "_OTHER", || {
        tracked((0, 1_u8), " a ", [2], |text| text.len())
    });
    assert_eq!(value, Err(1));
    let (value, line) = FAMILY.once("tracked", || {
        (tracked((1, 1_u8), " a ", [2], |_| 0), line!())
    });
    // A part of an argument may be a model's request, so that the body runs in a closure.
    if FAMILY != Family::Llm {
        assert_eq!(value, Ok(("a", (file!(), line))));
    }
}

#[test]
fn through_a_function_that_is_not_instrumented() {
    #[call]
    #[track_caller]
    fn tracked() -> Place {
        place(Location::caller())
    }
    #[track_caller]
    fn between() -> Place {
        tracked()
    }
    let (found, line) = FAMILY.once("tracked", || (between(), line!()));
    assert_eq!(found, (file!(), line));
}

#[test]
fn what_returns_a_future() {
    #[call]
    #[track_caller]
    fn tracked() -> std::pin::Pin<Box<dyn Future<Output = Place> + Send>> {
        let found = place(Location::caller());
        Box::pin(async move {
            tokio::task::yield_now().await;
            found
        })
    }
    let (found, line) = FAMILY.once_async("tracked", async { (tracked().await, line!()) });
    assert_eq!(found, (file!(), line));
}

#[test]
fn a_panic_inside() {
    #[call]
    #[track_caller]
    fn tracked(value: Option<u8>) -> u8 {
        match value {
            Some(value) => value,
            None => std::panic::resume_unwind(Box::new(place(Location::caller()))),
        }
    }
    assert_eq!(FAMILY.once("tracked", || tracked(Some(1))), 1);
    let (ended, line) = FAMILY.fails("tracked", "panic", || {
        (std::panic::catch_unwind(|| tracked(None)), line!())
    });
    let payload = ended.expect_err("it panics");
    assert_eq!(payload.downcast_ref::<Place>(), Some(&(file!(), line)));
}

/// Where options want a part of an argument, the body runs in a closure as well.
#[test]
fn options_that_want_a_part_of_an_argument() {
    struct Opaque(u8);
    #[call(fields(first = first, inner = inner.0))]
    #[track_caller]
    fn tracked((first, inner): (u8, Opaque), _more: u8) -> (u8, &'static str) {
        (first + inner.0, Location::caller().file())
    }
    let value = FAMILY.once("tracked", || tracked((1, Opaque(2)), 3));
    assert_eq!(value, (3, file!()));
}

/// A method's place is its own: its body runs in a closure, which cannot pass the caller's on.
#[test]
fn a_method() {
    struct Owner;
    impl Owner {
        #[call]
        #[track_caller]
        fn tracked(&self) -> &'static str {
            Location::caller().file()
        }
    }
    assert_eq!(FAMILY.once("tracked", || Owner.tracked()), file!());
}
