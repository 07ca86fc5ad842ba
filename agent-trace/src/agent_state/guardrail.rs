//! What a check of inputs, outputs or actions said.

use crate::CallHandle;
use crate::semconv::{attribute, event};
use opentelemetry::{KeyValue, StringValue};

super::values! {
    /// What a guardrail said: `agent_trace.guardrail.verdict`.
    GuardrailVerdict: guardrail_verdict {
        /// `passed`: nothing was found.
        Passed = PASSED,
        /// `flagged`: something was found and let through.
        Flagged = FLAGGED,
        /// `modified`: something was found and changed.
        Modified = MODIFIED,
        /// `blocked`: something was found and stopped.
        Blocked = BLOCKED,
    }
}

/// The verdict of a guardrail.
///
/// A guardrail that is a call of its own may be a span:
/// `#[tool_call(operation = "run_guardrail")]`; the event then stands on that span.
///
/// ```
/// use agent_trace::agent_state::{Guardrail, GuardrailVerdict};
///
/// let verdict = Guardrail::new("injection", GuardrailVerdict::Blocked).stage("input").reason("jailbreak");
/// agent_trace::current().guardrail(verdict);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guardrail {
    name: StringValue,
    verdict: GuardrailVerdict,
    stage: Option<StringValue>,
    reason: Option<StringValue>,
}

impl Guardrail {
    /// The guardrail of this name (`agent_trace.guardrail.name`) said so.
    pub fn new(name: impl Into<StringValue>, verdict: GuardrailVerdict) -> Self {
        Self {
            name: name.into(),
            verdict,
            stage: None,
            reason: None,
        }
    }

    /// `agent_trace.guardrail.stage`: what was checked: `input`, `output`, `tool_call`.
    #[must_use]
    pub fn stage(mut self, stage: impl Into<StringValue>) -> Self {
        self.stage = Some(stage.into());
        self
    }

    /// `agent_trace.guardrail.reason`: the category of what was found, of low cardinality.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<StringValue>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

impl CallHandle {
    /// What a guardrail said: the event `agent_trace.guardrail`.
    pub fn guardrail(&self, guardrail: Guardrail) -> &Self {
        let Guardrail {
            name,
            verdict,
            stage,
            reason,
        } = guardrail;
        let optional = [
            stage.map(|stage| KeyValue::new(attribute::AGENT_TRACE_GUARDRAIL_STAGE, stage)),
            reason.map(|reason| KeyValue::new(attribute::AGENT_TRACE_GUARDRAIL_REASON, reason)),
        ];
        let known = [
            KeyValue::new(attribute::AGENT_TRACE_GUARDRAIL_NAME, name),
            KeyValue::new(attribute::AGENT_TRACE_GUARDRAIL_VERDICT, verdict.as_str()),
        ];
        self.event(
            event::AGENT_TRACE_GUARDRAIL.name,
            known.into_iter().chain(optional.into_iter().flatten()),
        )
    }
}
