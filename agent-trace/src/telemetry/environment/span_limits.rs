use opentelemetry_sdk::trace::SpanLimits;

use super::reader::Reader;

/// The limits of what a span holds. Without a limit of their own, attributes of events and links have the general one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct SpanLimitVariables {
    pub(super) attributes: Option<u32>,
    pub(super) events: Option<u32>,
    pub(super) links: Option<u32>,
    pub(super) event_attributes: Option<u32>,
    pub(super) link_attributes: Option<u32>,
    /// Characters of a text; the SDK has no such limit.
    pub(crate) value_length: Option<u32>,
}

impl SpanLimitVariables {
    pub(super) fn read(reader: &Reader<'_>) -> Self {
        let general = reader.count("OTEL_ATTRIBUTE_COUNT_LIMIT");
        let length = reader.count("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT");
        Self {
            attributes: reader.count("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT").or(general),
            events: reader.count("OTEL_SPAN_EVENT_COUNT_LIMIT"),
            links: reader.count("OTEL_SPAN_LINK_COUNT_LIMIT"),
            event_attributes: reader.count("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT").or(general),
            link_attributes: reader.count("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT").or(general),
            value_length: reader
                .count("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT")
                .or(length),
        }
    }

    /// Those that the SDK keeps.
    pub(crate) fn of_sdk(&self) -> SpanLimits {
        let mut limits = SpanLimits::default();
        let set = |limit: &mut u32, value: Option<u32>| *limit = value.unwrap_or(*limit);
        set(&mut limits.max_attributes_per_span, self.attributes);
        set(&mut limits.max_events_per_span, self.events);
        set(&mut limits.max_links_per_span, self.links);
        set(&mut limits.max_attributes_per_event, self.event_attributes);
        set(&mut limits.max_attributes_per_link, self.link_attributes);
        limits
    }
}
