//! What is known of one subtask, shared by the subtask, its calls, and whoever waits for it.

use super::consumer::Consumer;
use super::dispatcher::Dispatcher;
use super::inside::Inside;
use crate::attributes::Attributes;
use crate::fan_in::{Linked, Settled, Subspans, SubtaskOutcome};
use crate::guard::lock;
use crate::otel::Link;
use crate::semconv::attribute::{
    AGENT_TRACE_FAN_OUT_ID, AGENT_TRACE_FAN_OUT_INDEX, AGENT_TRACE_FAN_OUT_LABEL,
    AGENT_TRACE_FAN_OUT_OUTCOME, AGENT_TRACE_LINK_TYPE,
};
use crate::semconv::id;
use crate::semconv::value::link_type;
use opentelemetry::trace::{SpanContext, SpanId};
use opentelemetry::{KeyValue, StringValue};
use std::sync::{Arc, Mutex};

/// One subtask of a fan-out.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) dispatcher: Arc<Dispatcher>,
    index: i64,
    label: Option<StringValue>,
    progress: Mutex<Progress>,
}

#[derive(Debug, Default)]
struct Progress {
    has_started: bool,
    outcome: Option<SubtaskOutcome>,
    /// Its result has been consumed: what comes now comes too late.
    is_settled: bool,
    spans: Subspans,
}

impl Slot {
    pub(crate) fn new(dispatcher: Arc<Dispatcher>, index: i64, label: Option<StringValue>) -> Self {
        Self {
            dispatcher,
            index,
            label,
            progress: Mutex::default(),
        }
    }

    /// Makes the subtask's place in the trace the current one of this thread.
    pub(crate) fn enter(self: &Arc<Self>) -> Inside<&Arc<Self>> {
        Inside::enter(self)
    }

    /// The subtask begins to run.
    pub(crate) fn start(&self) {
        lock(&self.progress).has_started = true;
    }

    /// The subtask has ended; the first word counts.
    pub(crate) fn end(&self, outcome: SubtaskOutcome) {
        let mut progress = lock(&self.progress);
        progress.outcome.get_or_insert(outcome);
    }

    /// A value was an error.
    #[cfg(feature = "tokio")]
    pub(crate) fn fail(&self) {
        let mut progress = lock(&self.progress);
        if matches!(progress.outcome, None | Some(SubtaskOutcome::Returned)) {
            progress.outcome = Some(SubtaskOutcome::Failed);
        }
    }

    /// The link from a span of the subtask to the span that dispatched it.
    pub(crate) fn link(&self) -> Option<Link> {
        let to = self.dispatcher.span_context()?.clone();
        Some((to, self.link_attributes(link_type::FAN_OUT)))
    }

    fn link_attributes(&self, link_type: &'static str) -> Vec<KeyValue> {
        // With room for the outcome.
        let mut attributes = Vec::with_capacity(5);
        attributes.push(KeyValue::new(AGENT_TRACE_LINK_TYPE, link_type));
        attributes.push(KeyValue::new(AGENT_TRACE_FAN_OUT_ID, self.dispatcher.id()));
        attributes.push(KeyValue::new(AGENT_TRACE_FAN_OUT_INDEX, self.index));
        if let Some(label) = &self.label {
            attributes.push(KeyValue::new(AGENT_TRACE_FAN_OUT_LABEL, label.clone()));
        }
        attributes
    }

    /// The same as attributes of the span.
    pub(crate) fn fill(&self, attributes: &mut Attributes) {
        attributes.fill(id::AGENT_TRACE_FAN_OUT_ID, Some(self.dispatcher.id()));
        attributes.fill(id::AGENT_TRACE_FAN_OUT_INDEX, Some(self.index));
        attributes.fill(id::AGENT_TRACE_FAN_OUT_SIZE, self.dispatcher.size());
        attributes.fill(id::AGENT_TRACE_FAN_OUT_LABEL, self.label.clone());
    }

    /// A call directly in the subtask has started.
    pub(crate) fn span_started(&self, context: SpanContext) {
        let mut progress = lock(&self.progress);
        if !progress.is_settled {
            progress.spans.push(context);
        }
    }

    /// It has failed.
    pub(crate) fn span_failed(&self, id: SpanId) {
        lock(&self.progress).spans.fail(id);
    }

    /// The subtask's result is consumed by `consumer`, or it is given up. Once; what has not ended by
    /// then ended in `otherwise`.
    pub(crate) fn settle(&self, consumer: &Consumer, otherwise: SubtaskOutcome) {
        let mut progress = lock(&self.progress);
        if progress.is_settled {
            return;
        }
        progress.is_settled = true;
        let otherwise = match otherwise {
            SubtaskOutcome::Unfinished if !progress.has_started => SubtaskOutcome::Cancelled,
            otherwise => otherwise,
        };
        let outcome = progress.outcome.unwrap_or(otherwise);
        let spans = std::mem::take(&mut progress.spans);
        drop(progress);
        self.dispatcher.settled();
        let settled = Settled {
            subtask: self,
            outcome,
            spans,
        };
        consumer.take(&self.dispatcher, settled);
    }
}

impl Linked for Slot {
    fn fan_out(&self) -> StringValue {
        self.dispatcher.id()
    }

    fn index(&self) -> i64 {
        self.index
    }

    fn fan_in_attributes(&self, outcome: SubtaskOutcome) -> Vec<KeyValue> {
        let mut attributes = self.link_attributes(link_type::FAN_IN);
        attributes.push(KeyValue::new(AGENT_TRACE_FAN_OUT_OUTCOME, outcome.name()));
        attributes
    }
}

impl Drop for Slot {
    /// Whoever had to settle it was forgotten or went with the runtime.
    fn drop(&mut self) {
        self.settle(&Consumer::Dispatcher, SubtaskOutcome::Cancelled);
    }
}
