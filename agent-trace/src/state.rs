//! What a running call knows, kept beside its span in the registry, so that everything beneath the
//! span finds it: across `spawn`, threads and `.instrument()`, with and without OpenTelemetry.

use crate::ambient::Ambient;
use crate::clock::Clock;
use crate::family::Family;
use crate::fields;
use crate::guard::lock;
use crate::record::Record;
use crate::scope::Scope;
use crate::settings::settings;
use crate::site::Site;
use opentelemetry::trace::{SpanContext, TraceContextExt};
use std::sync::{Arc, Mutex};
use tracing::Dispatch;
use tracing::span::Id;
use tracing_opentelemetry::get_otel_context;
use tracing_subscriber::Registry;
use tracing_subscriber::registry::LookupSpan;

/// The state of one recorded call.
#[derive(Debug)]
pub(crate) struct CallState {
    pub(crate) site: &'static Site,
    /// The call's span.
    pub(crate) id: Option<Id>,
    /// The agent or workflow that this call is, or the nearest around it.
    pub(crate) scope: Option<Arc<Scope>>,
    /// Whether the scope is this call's own.
    pub(crate) opens_scope: bool,
    /// What holds for this call and for everything beneath it.
    pub(crate) ambient: Option<Arc<Ambient>>,
    /// Whether anyone would see what is written. An agent has a state where nobody does, for what is
    /// known and counted beneath it.
    pub(crate) is_recorded: bool,
    /// Which of the user's own fields have a value, from the last one on.
    pub(crate) own_set: u64,
    pub(crate) clock: Clock,
    pub(crate) record: Mutex<Record>,
}

impl CallState {
    /// Whether a field of the user's own has said this already.
    pub(crate) fn has_own(&self, key: &str) -> bool {
        self.own_set != 0 && fields::is_set(self.site.metadata.fields(), self.own_set, key)
    }

    /// Whether this is a model call, in which a second one of the same operation is the same call. One
    /// that has ended, and is found by what it left running, learns nothing any more.
    pub(crate) fn covers(&self, site: &Site) -> bool {
        self.site.family == Family::Llm
            && site.family == Family::Llm
            && self.site.operation == site.operation
            && !lock(&self.record).is_written
    }
}

/// What stands in the registry beside a recorded span.
struct Entry(Arc<CallState>);

/// What stands there beside one that nobody records, lest what is said in its body lands on the span
/// around it. It is of no size, so that it costs no allocation.
struct Unrecorded;

/// What is found around a place in the program.
pub(crate) enum Found {
    /// The nearest span of ours has this state.
    State(Arc<CallState>),
    /// The nearest span of ours is not recorded; around it is, if anything, this.
    Unrecorded(Option<Arc<CallState>>),
    /// No span of ours.
    Nothing,
}

impl Found {
    /// The nearest state, recorded spans only.
    pub(crate) fn nearest(self) -> Option<Arc<CallState>> {
        match self {
            Self::State(state) => Some(state),
            Self::Unrecorded(state) => state,
            Self::Nothing => None,
        }
    }
}

/// Puts the state of the span `id` where everything beneath it finds it.
pub(crate) fn attach(dispatch: &Dispatch, id: &Id, state: Option<Arc<CallState>>) {
    if let Some(span) = dispatch
        .downcast_ref::<Registry>()
        .and_then(|registry| registry.span(id))
    {
        let mut extensions = span.extensions_mut();
        match state {
            Some(state) => _ = extensions.replace(Entry(state)),
            None => _ = extensions.replace(Unrecorded),
        }
    }
}

/// The nearest call that `id` is or is beneath of.
pub(crate) fn find(dispatch: &Dispatch, id: &Id) -> Found {
    let mut unrecorded = false;
    let mut next = dispatch
        .downcast_ref::<Registry>()
        .and_then(|registry| registry.span(id));
    while let Some(span) = next {
        let extensions = span.extensions();
        if let Some(Entry(state)) = extensions.get::<Entry>() {
            let state = Arc::clone(state);
            return if unrecorded {
                Found::Unrecorded(Some(state))
            } else {
                Found::State(state)
            };
        }
        unrecorded |= extensions.get::<Unrecorded>().is_some();
        drop(extensions);
        next = span.parent();
    }
    if unrecorded {
        Found::Unrecorded(None)
    } else {
        Found::Nothing
    }
}

/// How a span lies around the current place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// No call lies between.
    Direct,
    /// Only calls that nobody records lie between.
    Unrecorded,
    /// A call lies between, or the span is not around this place at all.
    Beyond,
}

/// How the span `at` lies around the current place; `None` is the place outside of every span.
pub(crate) fn reach(dispatch: &Dispatch, at: Option<&Id>) -> Reach {
    let (reach, nearest) = match find_current(dispatch) {
        Found::State(state) => (Reach::Direct, Some(state)),
        Found::Unrecorded(state) => (Reach::Unrecorded, state),
        Found::Nothing => (Reach::Direct, None),
    };
    let nearest = nearest.as_ref().and_then(|state| state.id.as_ref());
    let current = dispatch.current_span();
    let mut next = current.id().and_then(|id| {
        dispatch
            .downcast_ref::<Registry>()
            .and_then(|registry| registry.span(id))
    });
    while let Some(span) = next {
        let id = span.id();
        if at == Some(&id) {
            return reach;
        }
        if nearest == Some(&id) {
            return Reach::Beyond;
        }
        next = span.parent();
    }
    if at.is_none() { reach } else { Reach::Beyond }
}

/// The span of a running call as somewhere to link to.
pub(crate) fn span_context(dispatch: &Dispatch, of: &CallState) -> Option<SpanContext> {
    let id = of.id.as_ref().filter(|id| has_span(dispatch, id))?;
    let context = get_otel_context(id, dispatch)?;
    let found = context.span().span_context().clone();
    found.is_valid().then_some(found)
}

/// Whether a call of `site` made here is part of the call around it and has no span of its own.
pub(crate) fn is_covered(dispatch: &Dispatch, site: &Site) -> bool {
    site.family == Family::Llm
        && !settings().has_nested_inference()
        && matches!(find_current(dispatch), Found::State(outer) if outer.covers(site))
}

/// Whether the subscriber has a span `id`. Only a registry can be asked.
pub(crate) fn has_span(dispatch: &Dispatch, id: &Id) -> bool {
    dispatch
        .downcast_ref::<Registry>()
        .is_none_or(|registry| registry.span(id).is_some())
}

/// Whether two dispatchers lead to the same spans.
pub(crate) fn is_same(one: &Dispatch, other: &Dispatch) -> bool {
    let registry =
        |dispatch: &Dispatch| dispatch.downcast_ref::<Registry>().map(std::ptr::from_ref);
    registry(one) == registry(other)
}

/// The nearest call around the current place.
pub(crate) fn find_current(dispatch: &Dispatch) -> Found {
    match dispatch.current_span().id() {
        Some(id) => find(dispatch, id),
        None => Found::Nothing,
    }
}
