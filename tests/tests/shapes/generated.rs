//! Functions that a macro of the user's own writes: fragments of syntax and names of its own.

use super::{FAMILY, call};

macro_rules! functions {
    ($(
        $visibility:vis fn $name:ident($pattern:pat, $argument:ident: $ty:ty) -> $ret:ty, $value:expr, $lifetime:lifetime $body:block
    )*) => {$(
        #[call(conversation = $value, fields(value = $value))]
        $visibility fn $name<$lifetime>($pattern: (i64, &$lifetime str), $argument: $ty) -> $ret $body
    )*};
}

functions! {
    pub(super) fn taken((number, text), more: Option<u8>) -> Result<&'a str, u8>, format!("{number}{text}"), 'a {
        if number == 0 {
            return Err(more.unwrap_or_default());
        }
        Ok(text)
    }
}

macro_rules! asynchronous {
    ($name:ident, $value:ident, $step:expr, $ret:ty) => {
        #[call(fields(step = $step))]
        async fn $name(mut $value: i64, hidden: i64) -> $ret {
            $value += $step;
            let hidden = hidden + 1;
            tokio::task::yield_now().await;
            ($value + hidden).into()
        }
    };
}

asynchronous!(stepped, value, 2 * 3, Option<i64>);

macro_rules! method {
    ($self:ident, $name:ident, $($body:tt)*) => {
        #[call(fields(count = $self.count))]
        fn $name(&mut $self) -> i64 { $($body)* }
    };
}

struct Counter {
    count: i64,
}

impl Counter {
    method!(self, next, {
        self.count += 1;
        self.count
    });
}

macro_rules! boxed {
    ($name:ident -> $ret:ty) => {
        #[call]
        fn $name(value: u8) -> std::pin::Pin<Box<dyn Future<Output = $ret> + Send>> {
            Box::pin(async move { value.into() })
        }
    };
}

boxed!(boxed -> Option<u8>);

#[test]
fn fragments() {
    let value = FAMILY.once("taken", || taken((1, "a"), None));
    assert_eq!(value, Ok("a"));
    let value = FAMILY.fails("taken", "_OTHER", || taken((0, "a"), Some(3)));
    assert_eq!(value, Err(3));
}

#[test]
fn names_of_the_macro_s_own() {
    let value = FAMILY.once_async("stepped", async { stepped(1, 2).await });
    assert_eq!(value, Some(10));
}

#[test]
fn a_self_that_is_handed_in() {
    let mut counter = Counter { count: 1 };
    assert_eq!(FAMILY.once("next", || counter.next()), 2);
}

#[test]
fn types_that_are_handed_in() {
    let value = FAMILY.once_async("boxed", async { boxed(1).await });
    assert_eq!(value, Some(1));
}
