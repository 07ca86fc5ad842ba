//! A link of a span.

use opentelemetry::Value;
use opentelemetry::trace::{SpanId, TraceId};

use super::Attributes;
use super::span::attribute_accessors;
use crate::semconv::attribute::AGENT_TRACE_LINK_TYPE;

/// A link of a finished span.
///
/// ```
/// use agent_trace::testing::capture;
///
/// let captured = capture(|| {
///     let first = tracing::info_span!("first");
///     first.in_scope(|| ());
///     let second = tracing::info_span!("second");
///     second.follows_from(&first);
///     second.in_scope(|| ());
/// });
/// let link = captured.spans.find("second").links()[0];
///
/// assert_eq!(captured.spans.target(&link).map(|span| span.name()), Some("first"));
/// assert_eq!(link.kind(), None);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Link<'a> {
    link: &'a opentelemetry::trace::Link,
}

impl<'a> Link<'a> {
    pub(super) fn new(link: &'a opentelemetry::trace::Link) -> Self {
        Self { link }
    }

    /// What the link means: `agent_trace.link.type`.
    #[must_use]
    #[track_caller]
    pub fn kind(&self) -> Option<&'a str> {
        self.str(AGENT_TRACE_LINK_TYPE)
    }

    /// The id of the span at the other end.
    #[must_use]
    pub fn span_id(&self) -> SpanId {
        self.link.span_context.span_id()
    }

    /// The id of the trace at the other end.
    #[must_use]
    pub fn trace_id(&self) -> TraceId {
        self.link.span_context.trace_id()
    }

    /// All attributes.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes::new(&self.link.attributes)
    }

    attribute_accessors!('a);

    /// The link as the SDK keeps it.
    #[must_use]
    pub fn data(&self) -> &'a opentelemetry::trace::Link {
        self.link
    }
}
