//! What an agent makes of its own work.

use crate::CallHandle;
use crate::semconv::{attribute, event};
use opentelemetry::{KeyValue, StringValue};

super::values! {
    /// What follows from a reflection: `agent_trace.reflection.decision`.
    Decision: reflection_decision {
        /// `accept`: it will do.
        Accept = ACCEPT,
        /// `revise`: it is to be done better.
        Revise = REVISE,
        /// `replan`: the plan is to be changed.
        Replan = REPLAN,
        /// `stop`: there is nothing to be gained by going on.
        Stop = STOP,
    }
}

impl CallHandle {
    /// The agent looked at its own work: the event `agent_trace.reflection`. The subject is what was
    /// looked at, of low cardinality.
    ///
    /// ```
    /// use agent_trace::agent_state::Decision;
    ///
    /// agent_trace::current().reflection("draft", Decision::Revise);
    /// ```
    pub fn reflection(&self, subject: impl Into<StringValue>, decision: Decision) -> &Self {
        self.event(
            event::AGENT_TRACE_REFLECTION.name,
            [
                KeyValue::new(attribute::AGENT_TRACE_REFLECTION_SUBJECT, subject.into()),
                KeyValue::new(
                    attribute::AGENT_TRACE_REFLECTION_DECISION,
                    decision.as_str(),
                ),
            ],
        )
    }
}
