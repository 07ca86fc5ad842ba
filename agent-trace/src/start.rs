//! The first stage of a call: everything that is known before its span exists.

use crate::ambient::{self, Here};
use crate::call::Call;
use crate::clock::Clock;
use crate::early::{Early, Given, listed};
use crate::family::Family;
use crate::fan_out::frame::{self, Frame};
use crate::fields;
use crate::guard::guarded;
use crate::link::triggered_by;
use crate::observed::Observed;
use crate::otel::{self, Link};
use crate::parent::Parent;
use crate::parts::Parts;
use crate::probe::Head;
use crate::scope::{self, Scope};
use crate::semconv::{id, operation};
use crate::settings::settings;
use crate::site::Site;
use crate::state::{self, Found};
use agent_trace_llm::LlmRequest;
use std::borrow::Cow;
use std::sync::Arc;
use tracing::subscriber::NoSubscriber;
use tracing::{Dispatch, dispatcher};
use tracing_core::field::Value;

/// Starts a call if anyone listens. A panic in an option's expression costs the options, not the
/// call.
#[inline]
pub fn begin(
    site: &'static Site,
    options: impl FnOnce(Start<'_>) -> Option<Box<Call>>,
) -> Option<Box<Call>> {
    if site.is_enabled() {
        begin_enabled(site, options)
    } else {
        None
    }
}

/// Out of the way of calls that nobody listens to.
#[inline(never)]
fn begin_enabled(
    site: &'static Site,
    options: impl FnOnce(Start<'_>) -> Option<Box<Call>>,
) -> Option<Box<Call>> {
    guarded(|| options(Start::new(site)))
        .unwrap_or_else(|| guarded(|| Start::new(site).begin(&[])).flatten())
}

/// What an expansion says before the span is made.
#[derive(Debug)]
pub struct Start<'a> {
    site: &'static Site,
    given: Given<'a>,
    parent: Parent,
    links: Vec<Link>,
    new_trace: bool,
}

impl<'a> Start<'a> {
    #[inline]
    fn new(site: &'static Site) -> Self {
        Self {
            site,
            given: Given::default(),
            parent: Parent::Contextual,
            links: Vec::new(),
            new_trace: false,
        }
    }

    /// `name = ..`, where it is not a literal.
    #[inline]
    #[must_use]
    pub fn name(mut self, name: Option<Cow<'a, str>>) -> Self {
        self.given.name = name;
        self
    }

    /// `provider = ..`.
    #[inline]
    #[must_use]
    pub fn provider(mut self, provider: Option<Cow<'a, str>>) -> Self {
        self.given.provider = provider;
        self
    }

    /// `model = ..`.
    #[inline]
    #[must_use]
    pub fn model(mut self, model: Option<Cow<'a, str>>) -> Self {
        self.given.model = model;
        self
    }

    /// `server = ..`.
    #[inline]
    #[must_use]
    pub fn server(mut self, server: Option<Cow<'a, str>>) -> Self {
        self.given.server = server;
        self
    }

    /// `data_source = ..`.
    #[inline]
    #[must_use]
    pub fn data_source(mut self, data_source: Option<Cow<'a, str>>) -> Self {
        self.given.data_source = data_source;
        self
    }

    /// `kind = ..`.
    #[inline]
    #[must_use]
    pub fn tool_type(mut self, tool_type: Option<Cow<'a, str>>) -> Self {
        self.given.tool_type = tool_type;
        self
    }

    /// `parent = ..`.
    #[inline]
    #[must_use]
    pub fn parent(mut self, parent: Parent) -> Self {
        self.parent = parent;
        self
    }

    /// One expression of `links(..)`.
    #[inline]
    #[must_use]
    pub fn links(mut self, links: Vec<Link>) -> Self {
        self.links.extend(links);
        self
    }

    /// `new_trace`.
    #[inline]
    #[must_use]
    pub fn new_trace(mut self) -> Self {
        self.new_trace = true;
        self
    }

    /// What an argument says by its type. Options that were said win.
    #[inline]
    #[must_use]
    pub fn argument(mut self, head: Option<Head<'a>>) -> Self {
        if let Some(head) = head {
            let given = &mut self.given;
            given.provider = given.provider.take().or(head.provider);
            given.model = given.model.take().or(head.model);
            given.server = given.server.take().or(head.server);
        }
        self
    }

    /// What `request = ..` says; it wins over what is found in other arguments.
    #[must_use]
    pub fn request_head<T: LlmRequest + ?Sized>(self, request: &'a T) -> Self {
        self.argument(Some(Head::of_request(request)))
    }

    /// Makes the span; `None` where the subscriber does not want it.
    #[must_use]
    pub fn begin(self, own: &[&dyn Value]) -> Option<Box<Call>> {
        let mut start = self;
        dispatcher::get_default(|dispatch| start.begin_with(own, dispatch))
    }

    fn begin_with(&mut self, own: &[&dyn Value], dispatch: &Dispatch) -> Option<Box<Call>> {
        if dispatch.is::<NoSubscriber>() {
            return None;
        }
        if matches!(&self.parent, Parent::Span(id) if !state::has_span(dispatch, id)) {
            // It has closed: the registry would panic.
            self.parent = Parent::Contextual;
        }
        let found = match &self.parent {
            Parent::Span(id) => state::find(dispatch, id),
            Parent::Contextual | Parent::Remote(_) | Parent::NewTrace(..) => {
                state::find_current(dispatch)
            }
        };
        if let Found::State(outer) = &found {
            if self.is_placed_by_context()
                && outer.covers(self.site)
                && !settings().has_nested_inference()
                && self.site.may_go_without_span(dispatch)
            {
                let attempt = ambient::here(dispatch, Some(outer))
                    .attempts
                    .and_then(|attempts| attempts.begin(self.site, Some(outer)));
                let call = Call::enriching(self.site, Arc::clone(outer), attempt.map(Box::new));
                return Some(Box::new(call));
            }
        }
        if let Parent::NewTrace(context, cause) = &self.parent {
            self.links.push(triggered_by(cause.clone()));
            self.parent = Parent::Remote(context.clone());
            self.new_trace = true;
        }
        let frame = frame::of_call(&found);
        let mut origin = None;
        match &frame {
            Some(Frame::Subtask(subtask)) => self.links.extend(subtask.link()),
            Some(Frame::Detached(from)) if matches!(self.parent, Parent::Contextual) => {
                self.new_trace = true;
                origin = Some(from);
            }
            _ => {}
        }
        let around = match &origin {
            Some(origin) => origin.call().cloned(),
            None => found.nearest(),
        };
        let around_scope = around.as_ref().and_then(|state| state.scope.as_ref());
        let mut root_parent = None;
        if self.new_trace {
            let cause = match &origin {
                Some(origin) => origin.span_context().cloned(),
                None => otel::current_span_context(dispatch),
            };
            self.links.extend(cause.map(triggered_by));
            root_parent = otel::baggage_alone();
        }

        let parent = std::mem::take(&mut self.parent);
        let links = std::mem::take(&mut self.links);
        let inherited = self.inherited_agent(around_scope);
        let early = Early::of(self.site, &self.given, inherited.as_deref());
        let span = match parent {
            Parent::Remote(context) => {
                // The layer takes the current context for the parent. One that cannot be reached,
                // behind `reload`, is told in no other way; one that does not is told below.
                let attached = context.clone().attach();
                let span = early.make_span(
                    self.site,
                    self.new_trace,
                    &Parent::Contextual,
                    own,
                    dispatch,
                );
                drop(attached);
                otel::set_parent(&span, context);
                span
            }
            parent => {
                let span = early.make_span(self.site, self.new_trace, &parent, own, dispatch);
                if let Some(context) = root_parent {
                    otel::set_parent(&span, context);
                }
                span
            }
        };
        if span.is_disabled() {
            return None;
        }
        for (to, attributes) in &links {
            otel::add_link(&span, to.clone(), attributes.clone());
        }

        let own_scope = scope::opened_by(
            self.site,
            around_scope,
            self.new_trace,
            early.own_agent_name(),
        );
        let opens_scope = own_scope.is_some();
        let Here { ambient, attempts } = ambient::here(dispatch, around.as_ref());
        let attempt = attempts.and_then(|scope| scope.begin(self.site, around.as_deref()));
        // What was detached is nobody's account, where it is no agent's itself.
        let own_scope = own_scope.or_else(|| {
            let around = around_scope.filter(|_| origin.is_some())?;
            Some(Arc::new(Scope::new(
                Some(Arc::clone(around)),
                true,
                false,
                None,
            )))
        });
        let clock = Clock::of(dispatch);
        let observed = Observed::begin(dispatch, &clock, self.site, &early);
        let parts = Parts {
            span,
            site: self.site,
            clock,
            present: early.present(self.site),
            listed: listed(self.site, early.provider),
            links,
            own_set: fields::set_of(self.site.metadata.fields(), own),
            data_source: self.given.data_source.as_deref().map(str::to_owned),
            own_scope,
            opens_scope,
            around,
            ambient,
            attempt: attempt.map(Box::new),
            frame,
            observed,
        };
        Some(Box::new(Call::new(parts)))
    }

    /// Whether nobody asked for a place elsewhere, which only a span of its own can have.
    fn is_placed_by_context(&self) -> bool {
        !self.new_trace && !matches!(self.parent, Parent::Remote(_) | Parent::NewTrace(..))
    }

    /// The enclosing agent's name, for the spans that carry it.
    fn inherited_agent(&self, around: Option<&Arc<Scope>>) -> Option<Arc<str>> {
        let wants = match self.site.family {
            Family::Agent => self.site.operation == operation::PLAN && self.given.name.is_none(),
            Family::Tool => self.site.span_type.lists(id::GEN_AI_AGENT_NAME),
            Family::Llm => false,
        };
        around
            .filter(|_| wants)
            .and_then(|scope| scope.agent_name())
    }
}
