//! Which model call asked for which tool call.
//!
//! The ids in a model's reply are kept at the nearest agent with the span of the model call, as soon
//! as they are seen: on a stream before it has ended. A tool call with such an id is linked to that
//! span, wherever beneath the agent it runs and however long after.

use crate::attributes::Attributes;
use crate::guard::lock;
use crate::link_attributes::TOOL_CAUSE;
use crate::state::CallState;
use agent_trace_llm::ToolCallRef;
use opentelemetry::trace::SpanContext;
use std::collections::VecDeque;

/// How many ids an agent remembers. The oldest one goes first.
pub(crate) const REMEMBERED: usize = 256;
/// How much of an id counts. A stream keeps no more of it.
const ID_LIMIT: usize = 1024;

/// The tool calls that models have asked for, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Asked(VecDeque<(Box<str>, SpanContext)>);

impl Asked {
    /// Remembers that the model call `by` asked for `id`. An id that comes again is the later one's.
    pub(crate) fn remember(&mut self, id: &str, by: &SpanContext) {
        let id = cut(id);
        if let Some(at) = self.position(id) {
            if self.0[at].1.span_id() == by.span_id() {
                return;
            }
            let _ = self.0.remove(at);
        } else if self.0.len() == REMEMBERED {
            let _ = self.0.pop_front();
        }
        self.0.push_back((Box::from(id), by.clone()));
    }

    /// The model call that asked for `id`.
    pub(crate) fn find(&self, id: &str) -> Option<SpanContext> {
        let at = self.position(cut(id))?;
        Some(self.0[at].1.clone())
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.0.iter().rposition(|(known, _)| **known == *id)
    }
}

fn cut(id: &str) -> &str {
    if id.len() <= ID_LIMIT {
        return id;
    }
    let mut end = ID_LIMIT;
    while !id.is_char_boundary(end) {
        end -= 1;
    }
    &id[..end]
}

/// Remembers the tool calls of a reply of the model call `by`, for the agent around it.
pub(crate) fn remember(
    state: &CallState,
    calls: &[ToolCallRef],
    by: impl FnOnce() -> Option<SpanContext>,
) {
    // Most replies ask for none.
    let Some(scope) = state.scope.as_ref().filter(|_| !calls.is_empty()) else {
        return;
    };
    if let Some(by) = by().filter(SpanContext::is_sampled) {
        scope.with_asked(|asked| {
            for id in calls.iter().filter_map(|call| call.id.as_deref()) {
                asked.remember(id, &by);
            }
        });
    }
}

/// Links the tool call of `state` to the model call that asked for it. `attributes` are its own,
/// which are being gathered.
pub(crate) fn link(state: &CallState, attributes: &mut Attributes, id: &str) {
    let cause = state.scope.as_ref().and_then(|scope| scope.tool_cause(id));
    if let Some(cause) = cause.filter(|_| !TOOL_CAUSE.is_in(attributes)) {
        TOOL_CAUSE.fill(attributes, &cause);
        lock(&state.record).push_link(cause, TOOL_CAUSE.of_link());
    }
}

/// The same from the body of a tool call, whose attributes are in its record.
pub(crate) fn link_said(state: &CallState, id: &str) {
    let Some(cause) = state.scope.as_ref().and_then(|scope| scope.tool_cause(id)) else {
        return;
    };
    let mut record = lock(&state.record);
    if !record.is_written && !TOOL_CAUSE.is_in(&record.attributes) {
        TOOL_CAUSE.fill(&mut record.attributes, &cause);
        record.push_link(cause, TOOL_CAUSE.of_link());
    }
}
