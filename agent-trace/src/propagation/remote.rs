//! The context that another process sent.

use super::baggage::Entry;
use super::carried::Carried;
use super::trust::TrustMode;
use crate::ambient::Scope;
use crate::link::{IntoLink, triggered_by};
use crate::otel;
use crate::parent::{IntoParent, Parent};
use opentelemetry::Context;
use opentelemetry::baggage::{Baggage, BaggageExt};
use opentelemetry::trace::{SpanContext, TraceContextExt};
use tracing::Span;

/// What another process sent: the span that caused the work here, and its baggage.
///
/// [`extract`](crate::extract) gives it. It goes where a span's origin goes, and does there what its
/// [trust mode](TrustMode) says; one in which nothing valid was sent changes nothing, so it needs no checking:
///
/// ```
/// use agent_trace::propagation::{RemoteContext, TrustMode};
/// use agent_trace::agent_span;
/// # use std::collections::HashMap;
///
/// #[agent_span(parent = caller)]                  // the caller's span is the parent
/// fn answer(caller: &RemoteContext) {}
///
/// #[agent_span(new_trace, links(message))]        // a trace of its own, linked to the sender's span
/// fn work_off(message: &RemoteContext) {}
///
/// # let headers = HashMap::<String, String>::new();
/// answer(&agent_trace::extract(&headers));
/// answer(&agent_trace::extract(&headers).trust(TrustMode::Link));    // linked as well: the mode decides
/// work_off(&agent_trace::extract(&headers));
/// ```
#[derive(Clone, Debug)]
pub struct RemoteContext {
    /// The sender's span, or an invalid one.
    span: SpanContext,
    carried: Option<Carried>,
    baggage: Vec<Entry>,
    mode: TrustMode,
    keep_baggage: bool,
}

impl Default for RemoteContext {
    /// Nothing was sent.
    fn default() -> Self {
        Self::new(None, None, Vec::new())
    }
}

impl RemoteContext {
    pub(super) fn new(
        span: Option<SpanContext>,
        carried: Option<Carried>,
        baggage: Vec<Entry>,
    ) -> Self {
        Self {
            span: span.unwrap_or(SpanContext::NONE),
            carried,
            baggage,
            mode: TrustMode::Trust,
            keep_baggage: false,
        }
    }

    /// How far to believe it. What is not said is [`TrustMode::Trust`].
    #[must_use]
    pub fn trust(mut self, mode: TrustMode) -> Self {
        self.mode = mode;
        self
    }

    /// With [`TrustMode::Link`]: whether the sender's baggage is taken all the same, as for a queue of one's own, in which
    /// messages wait too long to be part of the sender's trace.
    #[must_use]
    pub fn keep_baggage(mut self, keep: bool) -> Self {
        self.keep_baggage = keep;
        self
    }

    /// Whether a valid span was sent, whatever the trust mode makes of it.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.span.is_valid()
    }

    /// The sender's span, whatever the trust mode makes of it; invalid where none was sent.
    #[must_use]
    pub fn span_context(&self) -> &SpanContext {
        &self.span
    }

    /// How far it is believed.
    #[must_use]
    pub fn trust_mode(&self) -> TrustMode {
        self.mode
    }

    /// The OpenTelemetry context that work caused by this runs in: with the sender's span and baggage, or without, as the
    /// trust mode says. For what is instrumented with OpenTelemetry itself.
    ///
    /// ```
    /// use opentelemetry::baggage::BaggageExt as _;
    /// use std::collections::HashMap;
    ///
    /// let headers = HashMap::from([("baggage".to_owned(), "tenant=acme".to_owned())]);
    /// let context = agent_trace::extract(&headers).context();
    /// assert_eq!(context.baggage().get("tenant").map(|value| value.as_str()), Some("acme"));
    /// ```
    #[must_use]
    pub fn context(&self) -> Context {
        match self.mode {
            TrustMode::Trust => self.clone().onto(&Context::current()),
            TrustMode::Link if self.is_valid() => self.root_context(),
            TrustMode::Link | TrustMode::Ignore => Context::current(),
        }
    }

    /// What the baggage says of the work here, as a [`Scope`] to run it in; nothing where the trust mode takes no baggage.
    ///
    /// ```
    /// use std::collections::HashMap;
    ///
    /// let headers = HashMap::from([("baggage".to_owned(), "user.id=u-1".to_owned())]);
    /// let scope = agent_trace::extract(&headers).scope();
    /// scope.run(|| { /* every span here has `user.id` */ });
    /// # assert!(!scope.is_empty());
    /// ```
    pub fn scope(&self) -> Scope {
        let is_taken = match self.mode {
            TrustMode::Trust => true,
            TrustMode::Link => self.keep_baggage,
            TrustMode::Ignore => false,
        };
        let taken = self.baggage.iter().filter(|_| is_taken);
        Scope::from_baggage(taken.map(|(key, (value, _))| (key.as_str(), value.as_str())))
    }

    /// What was sent, on top of `context`.
    pub(super) fn onto(self, context: &Context) -> Context {
        let is_valid = self.is_valid();
        let mut context = with_baggage(context, self.baggage);
        if let Some(carried) = self.carried {
            context = context.with_value(carried);
        }
        if is_valid {
            context = context.with_remote_span_context(self.span);
        }
        context
    }

    /// Where a new trace starts.
    fn root_context(&self) -> Context {
        if self.keep_baggage {
            with_baggage(&Context::new(), self.baggage.clone())
        } else {
            Context::new()
        }
    }

    /// Puts a `tracing` span of your own in its place: beneath the sender's span, or linked to it. The span must not have
    /// been entered yet. For [`TrustMode::Link`] make it with `parent: None`, lest it has the parent that is current here.
    ///
    /// ```
    /// use std::collections::HashMap;
    ///
    /// let headers = HashMap::<String, String>::new();
    /// let span = tracing::info_span!("POST /tasks", otel.kind = "server");
    /// agent_trace::extract(&headers).apply_to(&span);
    /// ```
    pub fn apply_to(&self, span: &Span) {
        match self.parent() {
            Parent::Contextual | Parent::Span(_) => {}
            Parent::Remote(context) => otel::set_parent(span, context),
            Parent::NewTrace(context, cause) => {
                let (to, attributes) = triggered_by(cause);
                otel::set_parent(span, context);
                otel::add_link(span, to, attributes);
            }
        }
    }
}

fn with_baggage(context: &Context, members: Vec<Entry>) -> Context {
    if members.is_empty() {
        return context.clone();
    }
    context.with_baggage(members.into_iter().collect::<Baggage>())
}

impl IntoParent for RemoteContext {
    fn parent(&self) -> Parent {
        match self.mode {
            TrustMode::Ignore => Parent::Contextual,
            TrustMode::Link if self.is_valid() => {
                Parent::NewTrace(self.root_context(), self.span.clone())
            }
            TrustMode::Link => Parent::Contextual,
            TrustMode::Trust if self.is_valid() || !self.baggage.is_empty() => {
                Parent::Remote(self.context())
            }
            TrustMode::Trust => Parent::Contextual,
        }
    }
}

impl IntoLink for RemoteContext {
    fn span_context(&self) -> Option<SpanContext> {
        let is_linked = self.is_valid() && self.mode != TrustMode::Ignore;
        is_linked.then(|| self.span.clone())
    }
}
