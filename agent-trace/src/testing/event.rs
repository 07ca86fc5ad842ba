//! An event of a span.

use opentelemetry::Value;

use super::Attributes;
use super::span::attribute_accessors;

/// An event of a finished span.
///
/// ```
/// use agent_trace::testing::capture;
///
/// let captured = capture(|| tracing::info_span!("work").in_scope(|| tracing::info!(left = 3, "half way")));
/// let event = captured.spans.only().event("half way").expect("an event");
///
/// assert_eq!(event.int("left"), Some(3));
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Event<'a> {
    event: &'a opentelemetry::trace::Event,
}

impl<'a> Event<'a> {
    pub(super) fn new(event: &'a opentelemetry::trace::Event) -> Self {
        Self { event }
    }

    /// The event's name; the message where it came from a `tracing` event.
    #[must_use]
    pub fn name(&self) -> &'a str {
        &self.event.name
    }

    /// All attributes.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes::new(&self.event.attributes)
    }

    attribute_accessors!('a);

    /// The event as the SDK keeps it.
    #[must_use]
    pub fn data(&self) -> &'a opentelemetry::trace::Event {
        self.event
    }
}
