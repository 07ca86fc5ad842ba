//! Errors: always the span's status, told by `error = f` if it should be otherwise, never an event of `tracing`.

use std::num::TryFromIntError;

use agent_trace::Verdict;
use tracing::Level;
use tracing_subscriber::EnvFilter;

use super::{FAMILY, call};
use crate::record::{record, record_async};
use agent_trace::testing::Capture;

const TYPE: &str = "TryFromIntError";

#[test]
fn sync_and_early() {
    #[call]
    fn err() -> Result<u8, TryFromIntError> {
        u8::try_from(1234)
    }
    #[call]
    fn early() -> Result<u8, TryFromIntError> {
        u8::try_from(1234)?;
        Ok(5)
    }
    #[call]
    #[deny(clippy::suspicious_else_formatting)]
    fn block_first() -> Result<u8, TryFromIntError> {
        {}
        u8::try_from(1234)
    }
    for function in [err, early, block_first] {
        let (recording, captured) = record(function);
        assert!(captured.value.is_err());
        let span = captured.spans.only();
        span.assert_error(TYPE);
        let text = u8::try_from(1234_i32).unwrap_err().to_string();
        assert_eq!(span.error(), Some(text.as_str()));
        let exception = span.event("exception").expect("an exception");
        assert_eq!(exception.str("exception.message"), Some(text.as_str()));
        assert!(
            exception
                .str("exception.type")
                .is_some_and(|name| name.ends_with(TYPE))
        );
        assert!(
            !recording
                .steps()
                .iter()
                .any(|step| step.starts_with("event"))
        );
    }
}

#[test]
fn asynchronous_with_mutable_arguments() {
    #[call]
    async fn err(polls: u8, out: &mut u8) -> Result<(), TryFromIntError> {
        for _ in 0..polls {
            tokio::task::yield_now().await;
        }
        *out = 7;
        *out = u8::try_from(1234)?;
        Ok(())
    }
    #[call]
    fn sync(out: &mut u8) -> Result<(), TryFromIntError> {
        *out = 8;
        *out = u8::try_from(1234)?;
        Ok(())
    }
    let mut out = 0;
    let (_, captured) = record_async(async { err(2, &mut out).await });
    assert!(captured.value.is_err());
    captured.spans.only().assert_error(TYPE);
    assert_eq!(out, 7);
    let (_, captured) = record(|| sync(&mut out));
    captured.spans.only().assert_error(TYPE);
    assert_eq!(out, 8);
}

#[test]
fn with_an_opaque_value() {
    #[call]
    fn opaque(upto: usize) -> Result<impl Iterator<Item = usize>, String> {
        if upto == 0 {
            Err("none".to_owned())
        } else {
            Ok(0..upto)
        }
    }
    let (_, captured) = record(|| opaque(10).map(Iterator::sum));
    assert_eq!(captured.value, Ok(45_usize));
    captured.spans.only().assert_unset();
    let (_, captured) = record(|| opaque(0).is_err());
    captured.spans.only().assert_error("_OTHER");
    assert_eq!(captured.spans.only().error(), Some("none"));
}

#[test]
fn classified() {
    fn classify(value: &Result<u8, TryFromIntError>) -> Verdict {
        match value {
            Ok(0) => Verdict::failure("zero"),
            Ok(_) => Verdict::Success,
            Err(_) => Verdict::Expected,
        }
    }
    #[call(error = classify)]
    fn sync(value: i32) -> Result<u8, TryFromIntError> {
        u8::try_from(value)
    }
    #[call(error = classify)]
    async fn asynchronous(value: i32) -> Result<u8, TryFromIntError> {
        u8::try_from(value)
    }
    #[call(error = |value: &u8| if *value > limit { Verdict::failure("too_large") } else { Verdict::Success })]
    async fn with_a_closure(value: u8, limit: u8) -> u8 {
        value.max(limit / 2)
    }
    for (value, error_type) in [(0, Some("zero")), (1, None), (1234, None)] {
        let (_, sync) = record(|| sync(value));
        let (_, asynchronous) = record_async(async { asynchronous(value).await });
        assert_eq!(sync.value, asynchronous.value);
        for captured in [sync, asynchronous] {
            let span = captured.spans.only();
            match error_type {
                Some(error_type) => _ = span.assert_error(error_type),
                None => _ = span.assert_unset(),
            }
            let expected = (value == 1234).then_some("expected");
            assert_eq!(span.str("agent_trace.outcome"), expected);
        }
    }
    let (_, captured) = record_async(async { with_a_closure(9, 8).await });
    captured.spans.only().assert_error("too_large");
}

#[test]
fn at_a_level_that_is_filtered_off() {
    #[call(level = "debug")]
    fn quiet() -> Result<u8, TryFromIntError> {
        u8::try_from(1234)
    }
    #[call(target = "my_target", level = "warn")]
    fn loud() -> Result<u8, TryFromIntError> {
        u8::try_from(1234)
    }
    let filter: EnvFilter = "my_target=warn".parse().expect("a filter");
    let captured = Capture::new().layer(filter).run(|| {
        let _ = quiet();
        loud()
    });
    assert!(captured.value.is_err());
    let span = captured.spans.only();
    FAMILY.assert_span(span, "loud");
    span.assert_error(TYPE).assert_attr("target", "my_target");
    let (recording, _) = record(quiet);
    assert_eq!(recording.only().level(), Level::DEBUG);
}
