//! What only the body of a call knows, said from inside of it.

use crate::about::fill_request;
use crate::content::{self, Content};
use crate::guard::lock;
use crate::link;
use crate::name::on_one_line;
use crate::record::{Record, TimedEvent};
#[cfg(feature = "rmcp")]
use crate::semconv::operation;
use crate::semconv::{attribute, event, id};
use crate::state::{self, CallState, Found};
use crate::tool_cause;
use agent_trace_llm::{LlmRequest, LlmResponse, ResponseInfo, Usage};
use opentelemetry::trace::SpanContext;
use opentelemetry::{Key, KeyValue, Value};
use std::borrow::Cow;
use std::fmt::{self, Display};
use std::sync::Arc;
use std::time::SystemTime;
use tracing::{Span, dispatcher};

/// The call whose body this is: the nearest around the current place that carries one of the three
/// attributes, found across `.await`, threads and instrumented `spawn`.
///
/// Outside of any call, and in calls that the sampler rejected, everything said to the handle is ignored. The body of a
/// call that a filter or level switches off speaks to the call around it, as with `tracing::Span::current()`.
///
/// ```
/// use agent_trace::llm::Usage;
///
/// #[agent_trace::llm_call(provider = "acme", model = "small")]
/// fn ask(prompt: &str) -> String {
///     // .. a client that no adapter knows ..
///     let mut usage = Usage::default();
///     usage.input_tokens = Some(12);
///     usage.output_tokens = Some(3);
///     agent_trace::current().usage(usage).finish_reason("stop");
///     String::from("hello")
/// }
/// # ask("hi");
/// ```
#[must_use]
pub fn current() -> CallHandle {
    CallHandle {
        state: dispatcher::get_default(|dispatch| match state::find_current(dispatch) {
            Found::State(state) => Some(state),
            Found::Unrecorded(_) | Found::Nothing => None,
        }),
    }
}

/// What [`current`] gives, for a span that is at hand: the call that the span is, or is inside of.
///
/// ```
/// use agent_trace::SpanExt;
///
/// tracing::Span::current().call().attribute("shop.order.items", 3);
/// ```
pub trait SpanExt {
    /// The call of this span.
    fn call(&self) -> CallHandle;
}

impl SpanExt for Span {
    fn call(&self) -> CallHandle {
        let found = self.with_subscriber(|(id, dispatch)| state::find(dispatch, id));
        CallHandle {
            state: match found {
                Some(Found::State(state)) => Some(state),
                _ => None,
            },
        }
    }
}

/// A handle to a running call. What is said to it is written when the call ends, each attribute once;
/// after that it is ignored.
#[derive(Clone)]
pub struct CallHandle {
    state: Option<Arc<CallState>>,
}

impl fmt::Debug for CallHandle {
    /// Says which operation it is. What was recorded stays out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallHandle")
            .field(
                "operation",
                &self.state.as_ref().map(|state| state.site.operation),
            )
            .finish_non_exhaustive()
    }
}

/// The result of an evaluation of a reply.
///
/// ```
/// use agent_trace::Evaluation;
///
/// let evaluation = Evaluation::new("relevance").score(0.9).label("pass");
/// agent_trace::current().evaluation(evaluation);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    name: Cow<'static, str>,
    score: Option<f64>,
    label: Option<Cow<'static, str>>,
    error_type: Option<Cow<'static, str>>,
    response_id: Option<String>,
}

impl Evaluation {
    /// The result of the evaluation of this name (`gen_ai.evaluation.name`).
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            score: None,
            label: None,
            error_type: None,
            response_id: None,
        }
    }

    /// `gen_ai.evaluation.score.value`.
    #[must_use]
    pub fn score(mut self, score: f64) -> Self {
        self.score = Some(score);
        self
    }

    /// `gen_ai.evaluation.score.label`, of low cardinality: `pass`, `relevant`.
    #[must_use]
    pub fn label(mut self, label: impl Into<Cow<'static, str>>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// `error.type` of an evaluation that failed itself.
    #[must_use]
    pub fn error(mut self, error_type: impl Into<Cow<'static, str>>) -> Self {
        self.error_type = Some(error_type.into());
        self
    }

    /// `gen_ai.response.id` of the reply that was evaluated.
    #[must_use]
    pub fn response_id(mut self, id: impl Into<String>) -> Self {
        self.response_id = Some(id.into());
        self
    }
}

impl CallHandle {
    /// Whether there is a call here that somebody records. Ask before computing what is expensive.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        self.state.as_ref().is_some_and(|state| state.is_recorded)
    }

    pub(crate) fn call_state(&self) -> Option<&Arc<CallState>> {
        self.state.as_ref()
    }

    /// Whether it is the call of a tool, as against any other operation of the tool family.
    #[cfg(feature = "rmcp")]
    pub(crate) fn is_tool_call(&self) -> bool {
        let state = self.state.as_ref();
        state.is_some_and(|state| state.site.operation == operation::EXECUTE_TOOL)
    }

    fn record(&self, write: impl FnOnce(&mut Record)) -> &Self {
        if let Some(state) = &self.state {
            write(&mut lock(&state.record));
        }
        self
    }

    fn reply(&self, write: impl FnOnce(&mut ResponseInfo)) -> &Self {
        self.record(|record| write(record.reply.said()))
    }

    /// The call's token usage, in the place of what is found otherwise (`gen_ai.usage.*`).
    pub fn usage(&self, usage: Usage) -> &Self {
        self.reply(|reply| reply.usage = Some(usage))
    }

    /// `gen_ai.response.id`.
    pub fn response_id(&self, id: impl Into<String>) -> &Self {
        let id = id.into();
        self.reply(|reply| reply.id = Some(id))
    }

    /// `gen_ai.response.model`: the model that really answered.
    pub fn response_model(&self, model: impl Into<String>) -> &Self {
        let model = model.into();
        self.reply(|reply| reply.model = Some(model))
    }

    /// One more of `gen_ai.response.finish_reasons`, as the provider spells it.
    pub fn finish_reason(&self, reason: impl Into<Cow<'static, str>>) -> &Self {
        let reason = reason.into();
        self.reply(|reply| reply.finish_reasons.push(reason))
    }

    /// All that a reply says, for functions that return something else.
    pub fn response(&self, response: &(impl LlmResponse + ?Sized)) -> &Self {
        if self.is_recorded() {
            let info = response.info();
            self.reply(|reply| *reply = info);
        }
        self
    }

    /// The parameters of a request that is made in the body, where options and arguments do not
    /// say them. The model, which names the span, is an option's.
    pub fn request(&self, request: &(impl LlmRequest + ?Sized)) -> &Self {
        if self.is_recorded() {
            let info = request.info();
            self.record(|record| fill_request(&mut record.attributes, info));
        }
        self
    }

    /// What the tool gave back (`gen_ai.tool.call.result`). It is content: nothing is recorded, and
    /// `result` is not formatted, unless content capture is on.
    pub fn tool_result(&self, result: &(impl Display + ?Sized)) -> &Self {
        match content::capture(Content::ToolResult, || Some(result.to_string())) {
            Some(text) => self.record(|record| {
                record
                    .attributes
                    .fill(id::GEN_AI_TOOL_CALL_RESULT, Some(text));
            }),
            None => self,
        }
    }

    /// `gen_ai.tool.call.id` of a tool call that only the body knows.
    pub fn tool_call_id(&self, id: impl Into<String>) -> &Self {
        let call_id = id.into();
        if let Some(state) = &self.state {
            tool_cause::link_said(state, &call_id);
        }
        self.record(|record| record.attributes.put(id::GEN_AI_TOOL_CALL_ID, call_id))
    }

    /// `gen_ai.conversation.id`, for this call and, from an agent's body, for everything beneath
    /// that ends from now on.
    pub fn conversation(&self, id: impl Into<String>) -> &Self {
        let conversation = id.into();
        if let Some(state) = &self.state {
            if let (true, Some(scope)) = (state.opens_scope, &state.scope) {
                scope.set_conversation(&conversation);
            }
        }
        self.record(|record| {
            if record.attributes.takes(id::GEN_AI_CONVERSATION_ID) {
                record
                    .attributes
                    .put(id::GEN_AI_CONVERSATION_ID, conversation);
            }
        })
    }

    /// An attribute of your own. One that the span has already by an option or by what was found
    /// keeps its value.
    pub fn attribute(&self, key: impl Into<Key>, value: impl Into<Value>) -> &Self {
        let (key, value) = (key.into(), value.into());
        match &self.state {
            Some(state) if state.has_own(key.as_str()) => self,
            _ => self.record(|record| record.attributes.put_own(key, value)),
        }
    }

    /// An event of the span, at this moment.
    pub fn event(
        &self,
        name: impl Into<Cow<'static, str>>,
        attributes: impl IntoIterator<Item = KeyValue>,
    ) -> &Self {
        if !self.is_recorded() {
            return self;
        }
        let event = TimedEvent {
            name: name.into(),
            at: SystemTime::now(),
            attributes: attributes.into_iter().collect(),
        };
        self.record(|record| record.push_event(event))
    }

    /// The result of an evaluation, as the event `gen_ai.evaluation.result`.
    pub fn evaluation(&self, evaluation: Evaluation) -> &Self {
        let Evaluation {
            name,
            score,
            label,
            error_type,
            response_id,
        } = evaluation;
        let optional = [
            score.map(|score| KeyValue::new(attribute::GEN_AI_EVALUATION_SCORE_VALUE, score)),
            label.map(|label| KeyValue::new(attribute::GEN_AI_EVALUATION_SCORE_LABEL, label)),
            error_type.map(|error_type| KeyValue::new(attribute::ERROR_TYPE, error_type)),
            response_id.map(|id| KeyValue::new(attribute::GEN_AI_RESPONSE_ID, id)),
        ];
        let name = KeyValue::new(attribute::GEN_AI_EVALUATION_NAME, name);
        self.event(
            event::EVALUATION_RESULT.name,
            [name].into_iter().chain(optional.into_iter().flatten()),
        )
    }

    /// The call has failed, whatever it returns: `error.type`, of low cardinality.
    pub fn error(&self, error_type: impl Into<Cow<'static, str>>) -> &Self {
        let error_type = error_type.into();
        self.record(|record| record.failure = Some(error_type))
    }

    /// Being cancelled is part of the plan, as for the losers of a race: should it happen, the
    /// status stays unset. `agent_trace.outcome` says `cancelled` all the same.
    pub fn cancel_is_expected(&self) -> &Self {
        self.record(|record| record.cancel_is_expected = true)
    }

    /// Another name for the span. Samplers have seen the first one.
    pub fn name(&self, name: impl Into<String>) -> &Self {
        let name = on_one_line(name.into());
        self.record(|record| record.name = Some(name))
    }

    /// A link to something else that caused this call, with `agent_trace.link.type` `triggered_by`.
    pub fn link(&self, to: SpanContext) -> &Self {
        let (to, attributes) = link::triggered_by(to);
        self.record(|record| record.push_link(to, attributes))
    }
}
