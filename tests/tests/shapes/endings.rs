//! How a body ends: by a value, early, by `?`, never, and by calling itself.

use std::num::ParseIntError;

use agent_trace::testing::{capture, capture_async};

use super::{FAMILY, call};
use crate::family::{Family, block_on};

#[test]
fn functions_that_never_return() {
    #[call]
    fn never(reason: &str) -> ! {
        panic!("{reason}")
    }
    #[call]
    async fn never_async(reason: &str) -> ! {
        panic!("{reason}")
    }
    let ended = FAMILY.fails("never", "panic", || {
        std::panic::catch_unwind(|| never("on purpose")).map(|_| ())
    });
    assert_eq!(
        ended.expect_err("it panics").downcast_ref::<String>(),
        Some(&"on purpose".to_owned())
    );
    let ended = FAMILY.fails_async("never_async", "panic", async {
        use futures_util::FutureExt;
        let future = async {
            never_async("on purpose").await;
        };
        std::panic::AssertUnwindSafe(future).catch_unwind().await
    });
    assert!(ended.is_err());
}

#[test]
fn early_return() {
    #[call]
    fn early(stop: bool) -> &'static str {
        if stop {
            return "early";
        }
        "late"
    }
    #[call]
    async fn early_async(stop: bool) -> &'static str {
        if stop {
            return "early";
        }
        tokio::task::yield_now().await;
        "late"
    }
    for (stop, expected) in [(true, "early"), (false, "late")] {
        assert_eq!(FAMILY.once("early", || early(stop)), expected);
        let value = FAMILY.once_async("early_async", async { early_async(stop).await });
        assert_eq!(value, expected);
    }
}

#[test]
fn only_a_return_statement() {
    #[call]
    #[allow(clippy::needless_return)]
    fn returns(value: u8) -> u8 {
        return value;
    }
    #[call]
    #[allow(clippy::needless_return)]
    async fn returns_async(value: u8) -> u8 {
        return value;
    }
    assert_eq!(FAMILY.once("returns", || returns(3)), 3);
    let value = FAMILY.once_async("returns_async", async { returns_async(3).await });
    assert_eq!(value, 3);
}

#[test]
fn question_mark() {
    #[derive(Debug, PartialEq)]
    struct NotANumber;
    impl std::fmt::Display for NotANumber {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("not a number")
        }
    }
    impl std::error::Error for NotANumber {}
    impl From<ParseIntError> for NotANumber {
        fn from(_: ParseIntError) -> Self {
            Self
        }
    }

    #[call]
    fn parse(text: &str) -> Result<u32, NotANumber> {
        let number: u32 = text.parse()?;
        Ok(number + 1)
    }
    #[call]
    async fn parse_async(text: &str) -> Result<u32, NotANumber> {
        tokio::task::yield_now().await;
        let number: u32 = text.parse()?;
        Ok(number + 1)
    }
    assert_eq!(FAMILY.once("parse", || parse("6")), Ok(7));
    assert_eq!(
        FAMILY.fails("parse", "NotANumber", || parse("six")),
        Err(NotANumber)
    );
    let value = FAMILY.once_async("parse_async", async { parse_async("6").await });
    assert_eq!(value, Ok(7));
    let value = FAMILY.fails_async("parse_async", "NotANumber", async {
        parse_async("six").await
    });
    assert_eq!(value, Err(NotANumber));
}

#[test]
fn question_mark_on_an_option() {
    #[call]
    fn second(values: &[u8]) -> Option<u8> {
        Some(values.get(1)? + 1)
    }
    #[call]
    async fn second_async(values: &[u8]) -> Option<u8> {
        Some(values.get(1)? + 1)
    }
    assert_eq!(FAMILY.once("second", || second(&[1])), None);
    assert_eq!(FAMILY.once("second", || second(&[1, 2])), Some(3));
    let value = FAMILY.once_async("second_async", async { second_async(&[1]).await });
    assert_eq!(value, None);
}

#[test]
fn recursion() {
    #[call]
    fn countdown(from: u32) -> u32 {
        if from == 0 {
            0
        } else {
            1 + countdown(from - 1)
        }
    }
    #[call]
    async fn countdown_async(from: u32) -> u32 {
        if from == 0 {
            return 0;
        }
        1 + Box::pin(countdown_async(from - 1)).await
    }
    // A model call right inside one of the same operation is the same call.
    let spans = if FAMILY == Family::Llm { 1 } else { 4 };

    let captured = capture(|| countdown(3));
    assert_eq!(captured.value, 3);
    assert_eq!(captured.spans.len(), spans);
    for span in captured.spans.iter() {
        FAMILY.assert_span(span, "countdown");
    }
    assert_eq!(captured.spans.roots().len(), 1);

    let captured = block_on(capture_async(async { countdown_async(3).await }));
    assert_eq!(captured.value, 3);
    assert_eq!(captured.spans.len(), spans);
    assert_eq!(captured.spans.roots().len(), 1);
}
