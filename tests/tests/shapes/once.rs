//! What is the same for every shape: one call gives one span, of the right name and kind, and the value unchanged.

use std::future::Future;

use agent_trace::testing::{Spans, capture, capture_async};

use crate::family::{Family, block_on};

impl Family {
    /// Runs `block`, in which there is one call, of `function`, which returns a value.
    #[track_caller]
    pub(crate) fn once<T>(self, function: &str, block: impl FnOnce() -> T) -> T {
        let captured = capture(block);
        assert_eq!(captured.unfinished(), 0, "every span has ended");
        self.succeeded(&captured.spans, function);
        captured.value
    }

    /// Runs `future`, in which there is one call, of `function`, which returns a value.
    #[track_caller]
    pub(crate) fn once_async<F: Future>(self, function: &str, future: F) -> F::Output {
        let captured = block_on(capture_async(future));
        assert_eq!(captured.unfinished(), 0, "every span has ended");
        self.succeeded(&captured.spans, function);
        captured.value
    }

    /// Runs `block`, in which there is one call, of `function`, which fails.
    #[track_caller]
    pub(crate) fn fails<T>(self, function: &str, error_type: &str, block: impl FnOnce() -> T) -> T {
        let captured = capture(block);
        let span = captured.spans.only();
        self.assert_span(span, function);
        span.assert_error(error_type);
        captured.value
    }

    /// Runs `future`, in which there is one call, of `function`, which fails.
    #[track_caller]
    pub(crate) fn fails_async<F: Future>(
        self,
        function: &str,
        error_type: &str,
        future: F,
    ) -> F::Output {
        let captured = block_on(capture_async(future));
        let span = captured.spans.only();
        self.assert_span(span, function);
        span.assert_error(error_type);
        captured.value
    }

    #[track_caller]
    fn succeeded(self, spans: &Spans, function: &str) {
        let span = spans.only();
        self.assert_span(span, function);
        span.assert_unset();
    }
}
