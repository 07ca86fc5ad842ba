//! A finished span.

use std::time::{Duration, SystemTime};

use opentelemetry::Value;
use opentelemetry::trace::{SpanId, SpanKind, Status, TraceId};
use opentelemetry_sdk::trace::SpanData;

use super::attributes::{IntoExpected, display, type_of};
use super::timeline::since;
use super::{Attributes, Event, Link};
use crate::semconv::attribute::ERROR_TYPE;

/// The accessors that spans, events and links share.
macro_rules! attribute_accessors {
    ($lifetime:lifetime) => {
        /// The value under `key`, whatever its type; the first one where the key occurs twice.
        #[must_use]
        pub fn get(&self, key: &str) -> Option<&$lifetime Value> {
            self.attributes().get(key)
        }

        /// The string under `key`.
        ///
        /// # Panics
        ///
        /// Where the value has another type.
        #[must_use]
        #[track_caller]
        pub fn str(&self, key: &str) -> Option<&$lifetime str> {
            self.attributes().str(key)
        }

        /// The integer under `key`.
        ///
        /// # Panics
        ///
        /// Where the value has another type.
        #[must_use]
        #[track_caller]
        pub fn int(&self, key: &str) -> Option<i64> {
            self.attributes().int(key)
        }

        /// The double under `key`.
        ///
        /// # Panics
        ///
        /// Where the value has another type.
        #[must_use]
        #[track_caller]
        pub fn double(&self, key: &str) -> Option<f64> {
            self.attributes().double(key)
        }

        /// The boolean under `key`.
        ///
        /// # Panics
        ///
        /// Where the value has another type.
        #[must_use]
        #[track_caller]
        pub fn bool(&self, key: &str) -> Option<bool> {
            self.attributes().bool(key)
        }

        /// The array of strings under `key`.
        ///
        /// # Panics
        ///
        /// Where the value has another type.
        #[must_use]
        #[track_caller]
        pub fn strs(&self, key: &str) -> Option<Vec<&$lifetime str>> {
            self.attributes().strs(key)
        }
    };
}
pub(super) use attribute_accessors;

/// A span that has ended.
///
/// The `assert_` methods panic with what the span has instead, and return the span, so that they chain:
///
/// ```
/// use std::time::Duration;
///
/// use agent_trace::testing::capture;
/// use opentelemetry::trace::SpanKind;
///
/// let captured = capture(|| {
///     let call = tracing::info_span!(
///         "call",
///         otel.kind = "client",
///         otel.status_code = "error",
///         otel.status_description = "no answer",
///         error.type = "timeout",
///         retries = 2,
///     );
///     call.in_scope(|| tracing::info!("gave up"));
/// });
/// let call = captured.spans.find("call");
///
/// call.assert_error("timeout").assert_attr("retries", 2).assert_no_attr("content");
/// assert_eq!(call.kind(), SpanKind::Client);
/// assert_eq!(call.error(), Some("no answer"));
/// assert_eq!(call.int("retries"), Some(2));
/// assert_eq!(call.duration(), Duration::from_millis(2), "a start, an event, an end");
/// assert!(call.parent().is_none() && call.links().is_empty());
/// assert!(call.event("gave up").is_some());
/// assert!(call.keys_duplicated().is_empty());
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct FinishedSpan {
    data: SpanData,
    /// When the first span of the capture started.
    origin: SystemTime,
}

impl FinishedSpan {
    pub(super) fn new(data: SpanData, origin: SystemTime) -> Self {
        Self { data, origin }
    }

    /// The name at the end.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.data.name
    }

    /// The span's id.
    #[must_use]
    pub fn id(&self) -> SpanId {
        self.data.span_context.span_id()
    }

    /// The trace's id.
    #[must_use]
    pub fn trace_id(&self) -> TraceId {
        self.data.span_context.trace_id()
    }

    /// The id of the parent, captured or not; `None` for a root.
    #[must_use]
    pub fn parent(&self) -> Option<SpanId> {
        Some(self.data.parent_span_id).filter(|id| *id != SpanId::INVALID)
    }

    /// Whether the parent is in another process.
    #[must_use]
    pub fn has_remote_parent(&self) -> bool {
        self.data.parent_span_is_remote
    }

    /// The kind.
    #[must_use]
    pub fn kind(&self) -> SpanKind {
        self.data.span_kind.clone()
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> &Status {
        &self.data.status
    }

    /// The status message where the status is an error.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        match &self.data.status {
            Status::Error { description } => Some(description),
            _ => None,
        }
    }

    /// From the first start of the capture to this span's start.
    #[must_use]
    pub fn start(&self) -> Duration {
        since(self.origin, self.data.start_time)
    }

    /// From the first start of the capture to this span's end.
    #[must_use]
    pub fn end(&self) -> Duration {
        since(self.origin, self.data.end_time)
    }

    /// From start to end.
    #[must_use]
    pub fn duration(&self) -> Duration {
        since(self.data.start_time, self.data.end_time)
    }

    /// All attributes.
    pub fn attributes(&self) -> Attributes<'_> {
        Attributes::new(&self.data.attributes)
    }

    attribute_accessors!('_);

    /// The keys that occur more than once, sorted.
    #[must_use]
    pub fn keys_duplicated(&self) -> Vec<&str> {
        self.attributes().keys_duplicated()
    }

    /// The events, as they happened.
    #[must_use]
    pub fn events(&self) -> Vec<Event<'_>> {
        self.data.events.iter().map(Event::new).collect()
    }

    /// The first event called `name`.
    #[must_use]
    pub fn event(&self, name: &str) -> Option<Event<'_>> {
        self.events().into_iter().find(|event| event.name() == name)
    }

    /// The links, as they were added.
    #[must_use]
    pub fn links(&self) -> Vec<Link<'_>> {
        self.data.links.iter().map(Link::new).collect()
    }

    /// The links whose `agent_trace.link.type` is `kind`.
    #[must_use]
    #[track_caller]
    pub fn links_of(&self, kind: &str) -> Vec<Link<'_>> {
        let mut links = self.links();
        links.retain(|link| link.kind() == Some(kind));
        links
    }

    /// The name of the tracer that made the span.
    #[must_use]
    pub fn scope(&self) -> &str {
        self.data.instrumentation_scope.name()
    }

    /// The span as exporters get it, its times fixed unless the capture has the real clock.
    #[must_use]
    pub fn data(&self) -> &SpanData {
        &self.data
    }

    /// Asserts that `key` is there once, with this value and type.
    ///
    /// # Panics
    ///
    /// Where it is not.
    #[track_caller]
    pub fn assert_attr(&self, key: &str, expected: impl IntoExpected) -> &Self {
        let expected = expected.into_expected();
        match self.get(key) {
            Some(value) if *value == expected => {}
            Some(value) => panic!(
                "span `{}`: attribute `{key}` is {} ({}), expected {} ({})",
                self.name(),
                display(value),
                type_of(value),
                display(&expected),
                type_of(&expected),
            ),
            None => panic!(
                "span `{}` has no attribute `{key}`, expected {}; it has:\n{}",
                self.name(),
                display(&expected),
                self.attributes(),
            ),
        }
        assert!(
            !self.keys_duplicated().contains(&key),
            "span `{}` has attribute `{key}` more than once:\n{}",
            self.name(),
            self.attributes(),
        );
        self
    }

    /// Asserts that `key` is not there.
    ///
    /// # Panics
    ///
    /// Where it is.
    #[track_caller]
    pub fn assert_no_attr(&self, key: &str) -> &Self {
        if let Some(value) = self.get(key) {
            panic!(
                "span `{}` has attribute `{key}` = {}, expected none",
                self.name(),
                display(value)
            );
        }
        self
    }

    /// Asserts that the status is unset and that there is no `error.type`: how a call that went well ends.
    ///
    /// # Panics
    ///
    /// Where it is not so.
    #[track_caller]
    pub fn assert_unset(&self) -> &Self {
        assert!(
            *self.status() == Status::Unset,
            "span `{}` has status {:?}, expected unset; attributes:\n{}",
            self.name(),
            self.status(),
            self.attributes(),
        );
        self.assert_no_attr(ERROR_TYPE)
    }

    /// Asserts that the status is an error and that `error.type` is `error_type`.
    ///
    /// # Panics
    ///
    /// Where it is not so.
    #[track_caller]
    pub fn assert_error(&self, error_type: &str) -> &Self {
        assert!(
            self.error().is_some(),
            "span `{}` has status {:?}, expected an error; attributes:\n{}",
            self.name(),
            self.status(),
            self.attributes(),
        );
        self.assert_attr(ERROR_TYPE, error_type)
    }
}
