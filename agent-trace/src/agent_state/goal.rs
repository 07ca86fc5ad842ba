//! What an agent is after.

use crate::CallHandle;
use crate::semconv::{attribute, event};
use opentelemetry::{KeyValue, StringValue};

super::values! {
    /// What became of a goal: `agent_trace.goal.status`.
    GoalStatus: goal_status {
        /// `set`: the agent took it up.
        Set = SET,
        /// `revised`: the agent understood it anew.
        Revised = REVISED,
        /// `achieved`: it was reached.
        Achieved = ACHIEVED,
        /// `abandoned`: it was given up.
        Abandoned = ABANDONED,
    }
}

impl CallHandle {
    /// What the agent is after and what became of it: the event `agent_trace.goal`. The name is the
    /// kind of goal (`agent_trace.goal.name`), of low cardinality and never the user's words.
    ///
    /// ```
    /// use agent_trace::agent_state::GoalStatus;
    ///
    /// agent_trace::current().goal("answer_question", GoalStatus::Set);
    /// ```
    pub fn goal(&self, name: impl Into<StringValue>, status: GoalStatus) -> &Self {
        let name = name.into();
        self.tell(|told| told.goal = Some(name.to_string()));
        self.event(
            event::AGENT_TRACE_GOAL.name,
            [
                KeyValue::new(attribute::AGENT_TRACE_GOAL_NAME, name),
                KeyValue::new(attribute::AGENT_TRACE_GOAL_STATUS, status.as_str()),
            ],
        )
    }
}
