//! What a returned value, or one item of a stream, has to say.

use crate::call::Call;
use crate::failure::Failure;
use crate::guard::guarded;
use crate::verdict::Verdict;
use agent_trace_llm::{ResponseInfo, StreamInfo};
use std::borrow::Cow;
use tracing::Span;

/// Takes what an expansion finds in a value.
#[derive(Debug)]
pub struct Seen<'a> {
    call: &'a mut Call,
    failure: Option<Failure>,
    is_expected: bool,
}

impl Seen<'_> {
    /// Lets `look` look at a value, whatever it does.
    pub(crate) fn look(call: &mut Call, look: impl FnOnce(&mut Seen<'_>)) {
        if !call.has_listener() {
            return;
        }
        let mut seen = Seen {
            call,
            failure: None,
            is_expected: false,
        };
        // What was found before a panic counts.
        let _ = guarded(|| look(&mut seen));
        let Seen {
            call,
            failure,
            is_expected,
        } = seen;
        if call.failure.is_none() {
            call.failure = failure;
        }
        call.is_expected |= is_expected;
    }

    /// A model's reply, if the value is one.
    pub fn response(&mut self, response: Option<ResponseInfo>) {
        if let Some(response) = response {
            if let Some(error_type) = &response.error_type {
                self.failure = Some(Failure::of_type(error_type.clone()));
            }
            self.call.found = Some(response);
        }
    }

    /// One chunk of a model's reply.
    pub fn chunk(&mut self, accumulate: impl FnOnce(&mut StreamInfo)) {
        let now = self.call.now();
        let progress = self.call.progress();
        progress.item(now, accumulate);
        if let Some(error_type) = progress.error_type() {
            self.failure = Some(Failure::of_type(error_type.to_owned()));
        }
        if progress.has_tool_calls_to_note() {
            self.call.note_tool_calls();
        }
    }

    /// An error.
    pub fn failed(&mut self, failure: Failure) {
        self.failure = Some(failure);
    }

    /// What `error = ..` says: it has the last word.
    pub fn verdict(&mut self, verdict: impl FnOnce() -> Verdict) {
        match guarded(verdict) {
            None => {}
            Some(Verdict::Success) => self.failure = None,
            Some(Verdict::Expected) => {
                self.failure = None;
                self.is_expected = true;
            }
            Some(Verdict::Failure(error_type)) => self.fail_as(error_type),
        }
    }

    fn fail_as(&mut self, error_type: Cow<'static, str>) {
        match &mut self.failure {
            Some(failure) => failure.error_type = error_type,
            None => self.failure = Some(Failure::of_type(error_type)),
        }
    }

    /// What `result = ..` records from a value.
    pub fn result(&mut self, record: impl FnOnce(&Span)) {
        if self.call.is_recorded() {
            let span = self.call.span().clone();
            let _ = guarded(|| record(&span));
        }
    }
}

/// Calls the classifier of `error = ..`.
pub fn verdict<T: ?Sized, V: Into<Verdict>>(classify: impl FnOnce(&T) -> V, value: &T) -> Verdict {
    classify(value).into()
}

/// Calls the closure of `result = ..`, whose own value may borrow from the span: `span.record(..)`.
pub fn observe<'a, T: ?Sized, R>(
    record: impl FnOnce(&'a T, &'a Span) -> R,
    value: &'a T,
    span: &'a Span,
) {
    let _ = record(value, span);
}
