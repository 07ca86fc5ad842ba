//! How an agent means to get there.

use super::int;
use crate::CallHandle;
use crate::semconv::{attribute, event};
use opentelemetry::{KeyValue, StringValue};

super::values! {
    /// What became of a step: `agent_trace.plan.step.status`.
    StepStatus: plan_step_status {
        /// `started`: it was begun.
        Started = STARTED,
        /// `completed`: it was done.
        Completed = COMPLETED,
        /// `failed`: it was tried in vain.
        Failed = FAILED,
        /// `skipped`: it was left out.
        Skipped = SKIPPED,
    }
}

/// A plan, by its version and its number of steps.
///
/// ```
/// use agent_trace::agent_state::Plan;
///
/// agent_trace::current().plan(Plan::new(2, 5).reason("tool_failed"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    version: u32,
    steps: usize,
    reason: Option<StringValue>,
}

impl Plan {
    /// The version of the plan that holds from now on, from 1, and how many steps it has.
    #[must_use]
    pub fn new(version: u32, steps: usize) -> Self {
        Self {
            version,
            steps,
            reason: None,
        }
    }

    /// `agent_trace.plan.reason`: why the plan was changed, of low cardinality.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<StringValue>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

/// One step of a plan.
///
/// ```
/// use agent_trace::agent_state::{PlanStep, StepStatus};
///
/// let step = PlanStep::new("search", StepStatus::Completed).index(0).version(1);
/// agent_trace::current().plan_step(step);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStep {
    name: StringValue,
    status: StepStatus,
    index: Option<usize>,
    version: Option<u32>,
}

impl PlanStep {
    /// The kind of step (`agent_trace.plan.step.name`, of low cardinality) and what became of it.
    pub fn new(name: impl Into<StringValue>, status: StepStatus) -> Self {
        Self {
            name: name.into(),
            status,
            index: None,
            version: None,
        }
    }

    /// `agent_trace.plan.step.index`: its place in the plan, from 0.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.index = Some(index);
        self
    }

    /// `agent_trace.plan.version`: the version of the plan that it is a step of.
    #[must_use]
    pub fn version(mut self, version: u32) -> Self {
        self.version = Some(version);
        self
    }
}

impl CallHandle {
    /// The agent made a plan or changed it: the event `agent_trace.plan`.
    pub fn plan(&self, plan: Plan) -> &Self {
        let Plan {
            version,
            steps,
            reason,
        } = plan;
        let reason = reason.map(|why| KeyValue::new(attribute::AGENT_TRACE_PLAN_REASON, why));
        let known = [
            KeyValue::new(attribute::AGENT_TRACE_PLAN_VERSION, i64::from(version)),
            KeyValue::new(attribute::AGENT_TRACE_PLAN_STEPS, int(steps)),
        ];
        self.event(
            event::AGENT_TRACE_PLAN.name,
            known.into_iter().chain(reason),
        )
    }

    /// What became of one step of the plan: the event `agent_trace.plan.step`.
    pub fn plan_step(&self, step: PlanStep) -> &Self {
        let PlanStep {
            name,
            status,
            index,
            version,
        } = step;
        self.tell(|told| told.step = Some(name.to_string()));
        let optional = [
            index.map(|index| KeyValue::new(attribute::AGENT_TRACE_PLAN_STEP_INDEX, int(index))),
            version.map(|version| {
                KeyValue::new(attribute::AGENT_TRACE_PLAN_VERSION, i64::from(version))
            }),
        ];
        let known = [
            KeyValue::new(attribute::AGENT_TRACE_PLAN_STEP_NAME, name),
            KeyValue::new(attribute::AGENT_TRACE_PLAN_STEP_STATUS, status.as_str()),
        ];
        self.event(
            event::AGENT_TRACE_PLAN_STEP.name,
            known.into_iter().chain(optional.into_iter().flatten()),
        )
    }
}
