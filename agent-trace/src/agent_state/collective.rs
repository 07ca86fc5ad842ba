//! What the agents of a workflow know at one moment.

use super::{int, strings};
use crate::CallHandle;
use crate::collective::Told;
use crate::guard::lock;
use crate::semconv::{attribute, event};
use opentelemetry::{Array, KeyValue, StringValue, Value};

impl CallHandle {
    /// What the agents of the nearest workflow around this call (or, without one, of the outermost
    /// agent) have told last: the event `agent_trace.collective`, with one place for each agent in
    /// lists of names, statuses, goals, steps, history digests and state sizes.
    ///
    /// An agent that has told none of these is not among them. At most 128 are kept;
    /// `agent_trace.collective.count` counts all.
    ///
    /// ```
    /// #[agent_trace::agent_span(operation = "invoke_workflow")]
    /// async fn publish() {
    ///     // .. agents at work ..
    ///     agent_trace::current().collective_snapshot();
    /// }
    /// # drop(publish());
    /// ```
    pub fn collective_snapshot(&self) -> &Self {
        let scope = self.call_state().and_then(|state| state.scope.as_ref());
        let Some(scope) = scope.filter(|_| self.is_recorded()) else {
            return self;
        };
        let (members, count) = scope.members();
        let mut agents = Vec::new();
        let mut statuses = Vec::new();
        let mut goals = Vec::new();
        let mut steps = Vec::new();
        let mut histories = Vec::new();
        let mut sizes = Vec::new();
        for member in members {
            agents.push(text(member.agent.as_deref()));
            let told = lock(&member.told);
            let Told {
                has_ended,
                goal,
                step,
                history,
                state_size,
            } = &*told;
            let status = if *has_ended { "ended" } else { "running" };
            statuses.push(StringValue::from(status));
            goals.push(text(goal.as_deref()));
            steps.push(text(step.as_deref()));
            histories.push(text(history.as_deref()));
            sizes.push(*state_size);
        }
        self.event(
            event::AGENT_TRACE_COLLECTIVE.name,
            [
                KeyValue::new(attribute::AGENT_TRACE_COLLECTIVE_AGENTS, strings(agents)),
                KeyValue::new(attribute::AGENT_TRACE_COLLECTIVE_COUNT, int(count)),
                KeyValue::new(
                    attribute::AGENT_TRACE_COLLECTIVE_STATUSES,
                    strings(statuses),
                ),
                KeyValue::new(attribute::AGENT_TRACE_COLLECTIVE_GOALS, strings(goals)),
                KeyValue::new(attribute::AGENT_TRACE_COLLECTIVE_STEPS, strings(steps)),
                KeyValue::new(
                    attribute::AGENT_TRACE_COLLECTIVE_HISTORIES,
                    strings(histories),
                ),
                KeyValue::new(
                    attribute::AGENT_TRACE_COLLECTIVE_STATE_SIZES,
                    Value::Array(Array::I64(sizes)),
                ),
            ],
        )
    }

    /// Tells the workflows around the nearest agent what it knows now.
    pub(super) fn tell(&self, tell: impl FnOnce(&mut Told)) {
        let state = self.call_state().filter(|state| state.is_recorded);
        if let Some(scope) = state.and_then(|state| state.scope.as_ref()) {
            tell(&mut lock(&scope.member().told));
        }
    }
}

fn text(text: Option<&str>) -> StringValue {
    StringValue::from(text.unwrap_or_default().to_owned())
}
