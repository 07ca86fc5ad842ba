//! What the tests share.

use std::collections::HashSet;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use agent_trace::Verdict;
use agent_trace::testing::{Captured, FinishedSpan, Recorder, Spans};

/// What a call under test does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Do {
    Return,
    Fail,
    Panic,
}

/// The error of the calls under test.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    NotFound,
    Refused { code: u16 },
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("nothing was found"),
            Self::Refused { code } => write!(f, "refused with {code}"),
        }
    }
}

impl std::error::Error for Trouble {}

impl Do {
    pub(crate) fn it(self) -> Result<i64, Trouble> {
        match self {
            Self::Return => Ok(7),
            Self::Fail => Err(Trouble::Refused { code: 403 }),
            Self::Panic => panic!("on purpose"),
        }
    }
}

/// Every value above a hundred is a failure, those above ten are foreseen.
pub(crate) fn classify(value: &i64) -> Verdict {
    match value {
        101.. => Verdict::failure("too_large"),
        11.. => Verdict::Expected,
        _ => Verdict::Success,
    }
}

/// The same, and being refused is foreseen too.
pub(crate) fn classify_result(value: &Result<i64, Trouble>) -> Verdict {
    match value {
        Ok(value) => classify(value),
        Err(Trouble::Refused { .. }) => Verdict::Expected,
        Err(Trouble::NotFound) => Verdict::failure("missing"),
    }
}

/// The spans of a capture in which everything that started has ended, each attribute once.
pub(crate) fn sound<T>(captured: Captured<T>) -> Spans {
    assert_eq!(captured.unfinished(), 0, "every span has ended");
    well_formed(&captured.spans);
    captured.spans
}

/// The same for a recorder.
pub(crate) fn recorded(recorder: &Recorder) -> Spans {
    assert_eq!(recorder.unfinished(), 0, "every span has ended");
    let spans = recorder.spans();
    well_formed(&spans);
    spans
}

fn well_formed(spans: &Spans) {
    for span in spans.iter() {
        let duplicated = span.keys_duplicated();
        assert!(duplicated.is_empty(), "{}: {duplicated:?}", span.name());
        assert!(span.end() > span.start(), "{}", span.name());
        assert_eq!(
            span.error().is_some(),
            span.str("error.type").is_some(),
            "{}: a failed call has a type, and no other",
            span.name()
        );
    }
    let ids: HashSet<_> = spans.iter().map(FinishedSpan::id).collect();
    assert_eq!(ids.len(), spans.len(), "each span once");
}

/// A call that gave what it should.
#[track_caller]
pub(crate) fn assert_returned(span: &FinishedSpan) {
    span.assert_unset().assert_no_attr("agent_trace.outcome");
    assert!(span.events().is_empty(), "{:?}", span.events());
}

#[track_caller]
pub(crate) fn assert_panicked(span: &FinishedSpan) {
    span.assert_error("panic")
        .assert_no_attr("agent_trace.outcome");
    assert_eq!(span.error(), Some(""), "a panic's message is content");
    assert!(span.events().is_empty(), "{:?}", span.events());
}

#[track_caller]
pub(crate) fn assert_cancelled(span: &FinishedSpan) {
    span.assert_error("cancelled")
        .assert_attr("agent_trace.outcome", "cancelled");
    assert!(span.events().is_empty(), "{:?}", span.events());
}

#[track_caller]
pub(crate) fn assert_abandoned(span: &FinishedSpan) {
    span.assert_unset()
        .assert_attr("agent_trace.outcome", "abandoned");
    assert!(span.events().is_empty(), "{:?}", span.events());
}

/// A call that failed with the [`Trouble`] that [`Do::Fail`] gives.
#[track_caller]
pub(crate) fn assert_refused(span: &FinishedSpan) {
    span.assert_error("Refused")
        .assert_no_attr("agent_trace.outcome");
    assert_eq!(span.error(), Some("refused with 403"));
    let events = span.events();
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0].name(), "exception");
    assert_eq!(events[0].str("exception.message"), Some("refused with 403"));
    assert!(
        events[0]
            .str("exception.type")
            .is_some_and(|name| name.ends_with("support::Trouble"))
    );
}

/// Polls once, with a waker that does nothing.
pub(crate) fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// A panic that is meant, and what it carried.
#[track_caller]
pub(crate) fn panics<T>(run: impl FnOnce() -> T) -> String {
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)) {
        Ok(_) => panic!("no panic"),
        Err(payload) => match payload.downcast::<String>() {
            Ok(text) => *text,
            Err(payload) => payload
                .downcast::<&str>()
                .map_or_else(|_| String::new(), |text| (*text).to_owned()),
        },
    }
}

/// Opens and closes a span of the test's own, to compare times with.
pub(crate) fn mark(name: &'static str) {
    match name {
        "before" => tracing::info_span!("before").in_scope(|| ()),
        "between" => tracing::info_span!("between").in_scope(|| ()),
        _ => tracing::info_span!("after").in_scope(|| ()),
    }
}

/// Says on which span it was dropped.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trail(pub(crate) Arc<Mutex<Vec<String>>>);

impl Drop for Trail {
    fn drop(&mut self) {
        let name = tracing::Span::current()
            .metadata()
            .map_or("nothing", |metadata| metadata.name());
        self.0.lock().expect("no poison").push(name.to_owned());
    }
}
