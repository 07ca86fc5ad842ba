//! The plain attributes that say the same as a link, for backends that hide links.

use crate::attributes::Attributes;
use crate::semconv::attribute::AGENT_TRACE_LINK_TYPE;
use crate::semconv::value::link_type;
use crate::semconv::{AttributeId, id};
use opentelemetry::KeyValue;
use opentelemetry::trace::SpanContext;

/// A kind of link that is said in plain attributes as well.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LinkKind {
    name: &'static str,
    trace: AttributeId,
    span: AttributeId,
}

pub(crate) const TOOL_CAUSE: LinkKind = LinkKind {
    name: link_type::TOOL_CAUSE,
    trace: id::AGENT_TRACE_TOOL_CAUSE_TRACE_ID,
    span: id::AGENT_TRACE_TOOL_CAUSE_SPAN_ID,
};

pub(crate) const RETRY_OF: LinkKind = LinkKind {
    name: link_type::RETRY_OF,
    trace: id::AGENT_TRACE_RETRY_OF_TRACE_ID,
    span: id::AGENT_TRACE_RETRY_OF_SPAN_ID,
};

pub(crate) const HANDOFF: LinkKind = LinkKind {
    name: link_type::HANDOFF,
    trace: id::AGENT_TRACE_HANDOFF_TRACE_ID,
    span: id::AGENT_TRACE_HANDOFF_SPAN_ID,
};

impl LinkKind {
    /// The attributes of a link of this kind.
    pub(crate) fn of_link(self) -> Vec<KeyValue> {
        vec![KeyValue::new(AGENT_TRACE_LINK_TYPE, self.name)]
    }

    /// Whether the attributes of such a link are known already.
    pub(crate) fn is_in(self, attributes: &Attributes) -> bool {
        attributes.has(self.span)
    }

    /// Says in attributes of a span what its first link of this kind says.
    pub(crate) fn fill(self, attributes: &mut Attributes, to: &SpanContext) {
        if !self.is_in(attributes) {
            attributes.fill(self.trace, Some(to.trace_id().to_string()));
            attributes.fill(self.span, Some(to.span_id().to_string()));
        }
    }

    /// The same as attributes of an event.
    pub(crate) fn of_event(self, to: &SpanContext) -> [KeyValue; 2] {
        [
            KeyValue::new(self.trace.name(), to.trace_id().to_string()),
            KeyValue::new(self.span.name(), to.span_id().to_string()),
        ]
    }
}
