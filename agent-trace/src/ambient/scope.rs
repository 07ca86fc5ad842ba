//! Setting something for everything beneath.

use super::frame::{self, Frame, Here};
use super::guard::{ScopeGuard, Scoped};
use super::merged::{Ambient, conversation};
use crate::semconv::attribute;
use crate::state;
use opentelemetry::{Key, StringValue, Value};
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use tracing::dispatcher;

/// What is to be said of every span of ours beneath a place in the program, without being passed as
/// an argument: conversation, session, user, tenant, tags, attributes of your own.
///
/// A scope holds for what it [runs](Self::run): a closure, a future, or the rest of a block. Inside,
/// everything inherits it across `.await`, `.instrument()`, `spawn` and threads, as it does from an
/// enclosing agent, as soon as a span of ours is in between; a bare task or thread is given
/// [`Scope::current`]. Scopes nest: what is nearer wins, tags add up. What a call says itself wins.
///
/// An attribute of the GenAI conventions stands only on the spans that the conventions give it to:
/// `gen_ai.conversation.id` on agents, model calls and tools, not on embeddings. All others stand on
/// every span. What is set is for backends to search by: an id, a region, a build; never content.
///
/// ```
/// use agent_trace::{Scope, llm_call};
///
/// #[llm_call(provider = "acme", model = "small")]
/// async fn ask(prompt: &str) -> String {
///     prompt.to_uppercase()
/// }
///
/// async fn handle(user: &str, prompt: &str) -> String {
///     Scope::new()
///         .conversation("c-17")
///         .user(user)
///         .attribute("shop.region", "eu")
///         .run_async(ask(prompt))
///         .await
/// }
/// # drop(handle("u-1", "hi"));
/// ```
///
/// # What leaves the process
///
/// Nothing, unless it is named: [`propagate`](Self::propagate) allows keys to leave as baggage, where
/// the propagation in use takes them from [`baggage`](Self::baggage).
///
/// # Limits
///
/// 64 attributes, 64 tags, 64 carried entries; more are left out.
#[derive(Clone, Default)]
#[must_use = "a scope does nothing until something is run in it"]
pub struct Scope(Ambient);

impl Scope {
    /// A scope in which nothing is set yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Everything that holds here, to carry it to a thread or a task that has no span of ours around
    /// it. Empty, and without an allocation, where nothing was set.
    ///
    /// ```
    /// use agent_trace::Scope;
    ///
    /// Scope::new().tenant("acme").run(|| {
    ///     let here = Scope::current();
    ///     std::thread::spawn(move || here.run(|| { /* the tenant holds here too */ })).join().unwrap();
    /// });
    /// ```
    pub fn current() -> Self {
        dispatcher::get_default(|dispatch| {
            let around = state::find_current(dispatch).nearest();
            let ambient = frame::here(dispatch, around.as_ref()).ambient;
            let scope = around.as_ref().and_then(|state| state.scope.as_deref());
            let conversation = conversation(ambient.as_deref(), scope).map(|id| (id, 0));
            Self(Ambient {
                conversation,
                ..ambient.map_or_else(Ambient::default, |ambient| (*ambient).clone())
            })
        })
    }

    /// `gen_ai.conversation.id`. An agent beneath may say another one for itself.
    pub fn conversation(mut self, id: impl AsRef<str>) -> Self {
        self.0.conversation = Some((Arc::from(id.as_ref()), 0));
        self
    }

    /// `session.id`: the application's session, where it is not the conversation.
    pub fn session(self, id: impl AsRef<str>) -> Self {
        self.attribute(attribute::SESSION_ID, Arc::<str>::from(id.as_ref()))
    }

    /// `user.id`.
    pub fn user(self, id: impl AsRef<str>) -> Self {
        self.attribute(attribute::USER_ID, Arc::<str>::from(id.as_ref()))
    }

    /// `agent_trace.tenant.id`.
    pub fn tenant(self, id: impl AsRef<str>) -> Self {
        self.attribute(
            attribute::AGENT_TRACE_TENANT_ID,
            Arc::<str>::from(id.as_ref()),
        )
    }

    /// One more of `agent_trace.tags`.
    pub fn tag(mut self, tag: impl AsRef<str>) -> Self {
        self.0.tag(Arc::<str>::from(tag.as_ref()).into());
        self
    }

    /// An attribute of any name and type. Text is kept behind a shared pointer, so that a copy for
    /// each span costs no allocation.
    pub fn attribute(mut self, key: impl Into<Key>, value: impl Into<Value>) -> Self {
        let key = key.into();
        let value = match value.into() {
            Value::String(text) => {
                Value::String(StringValue::from(Arc::<str>::from(text.as_str())))
            }
            value => value,
        };
        if key.as_str() == attribute::GEN_AI_CONVERSATION_ID {
            return self.conversation(value.as_str());
        }
        self.0.set(key, value);
        self
    }

    /// Allows these keys to leave this process as baggage, here and beneath, whoever sets them.
    /// Baggage goes to every service that is called, also those of others.
    ///
    /// ```
    /// use agent_trace::Scope;
    /// use agent_trace::semconv::attribute::AGENT_TRACE_TENANT_ID;
    ///
    /// let scope = Scope::new().tenant("acme").user("u-1").propagate([AGENT_TRACE_TENANT_ID]);
    /// let leaves = scope.run(|| Scope::current().baggage());
    /// assert_eq!(leaves, [("agent_trace.tenant.id".to_owned(), "acme".to_owned())]);
    /// ```
    pub fn propagate<K: Into<Key>>(mut self, keys: impl IntoIterator<Item = K>) -> Self {
        keys.into_iter()
            .for_each(|key| self.0.propagate(key.into()));
        self
    }

    /// Whether nothing is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Runs a closure in the scope.
    pub fn run<T>(&self, run: impl FnOnce() -> T) -> T {
        let _guard = self.enter();
        run()
    }

    /// Runs a future in the scope, on whatever threads it is polled.
    ///
    /// An annotated function that is no `async fn` and returns a future begins when it is called, which
    /// is before the scope: write `run_async(async { call().await })`.
    pub fn run_async<F: Future>(&self, future: F) -> Scoped<F> {
        let scope = (!self.is_empty()).then(|| self.clone());
        Scoped::new(future, scope.map(|scope| move || scope.frame()))
    }

    /// Enters the scope on this thread until the guard is dropped.
    pub fn enter(&self) -> ScopeGuard {
        ScopeGuard::new((!self.is_empty()).then(|| self.clone().frame()))
    }

    fn frame(self) -> Arc<Frame> {
        Frame::new(|Here { ambient, .. }, depth| {
            *ambient = Some(Arc::new(self.0.inside(ambient.as_deref(), depth)));
        })
    }

    pub(super) fn ambient(&self) -> &Ambient {
        &self.0
    }

    pub(super) fn ambient_mut(&mut self) -> &mut Ambient {
        &mut self.0
    }
}

impl fmt::Debug for Scope {
    /// Says which keys are set. Who the user is stays out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ambient {
            conversation,
            attributes,
            tags,
            carried,
            ..
        } = &self.0;
        let conversation = conversation
            .as_ref()
            .map(|_| attribute::GEN_AI_CONVERSATION_ID);
        let tags = (!tags.is_empty()).then_some(attribute::AGENT_TRACE_TAGS);
        let keys = attributes.iter().map(|shared| shared.key.as_str());
        let carried = carried.iter().map(|(key, _)| &**key);
        f.debug_set()
            .entries(conversation)
            .entries(tags)
            .entries(keys.chain(carried))
            .finish()
    }
}
