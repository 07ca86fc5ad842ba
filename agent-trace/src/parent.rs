//! What may be given as `parent = ..`.

use crate::state;
use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, TraceContextExt};
use tracing::span::Id;
use tracing::{Span, dispatcher};
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// Where a span goes.
#[derive(Debug, Default)]
pub enum Parent {
    /// Under the current span.
    #[default]
    Contextual,
    /// Under this span of the subscriber.
    Span(Id),
    /// Under a span that only OpenTelemetry knows, such as one of another process.
    Remote(Context),
    /// At the root of a new trace that starts in this context and was caused by this span.
    NewTrace(Context, SpanContext),
}

impl Parent {
    /// The parent that a `parent = ..` option names.
    pub fn of<T: IntoParent + ?Sized>(value: &T) -> Self {
        value.parent()
    }
}

/// A value for the `parent` option.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the parent of a span",
    label = "not a parent",
    note = "a parent is a `tracing::Span`, a `tracing::span::Id`, an OpenTelemetry `SpanContext` or \
            `Context`, a `RemoteContext`, a reference to one, or an `Option` of one (`None`: the current span)"
)]
pub trait IntoParent {
    /// The parent.
    fn parent(&self) -> Parent;
}

impl IntoParent for Span {
    fn parent(&self) -> Parent {
        let here = dispatcher::get_default(Clone::clone);
        match self.with_subscriber(|(id, there)| state::is_same(there, &here).then(|| id.clone())) {
            Some(Some(id)) => Parent::Span(id),
            // Of another subscriber: only OpenTelemetry connects the two.
            Some(None) => self.context().parent(),
            None => Parent::Contextual,
        }
    }
}

impl IntoParent for Id {
    fn parent(&self) -> Parent {
        Parent::Span(self.clone())
    }
}

impl IntoParent for SpanContext {
    fn parent(&self) -> Parent {
        if !self.is_valid() {
            return Parent::Contextual;
        }
        Parent::Remote(Context::current().with_remote_span_context(self.clone()))
    }
}

impl IntoParent for Context {
    fn parent(&self) -> Parent {
        Parent::Remote(self.clone())
    }
}

impl<T: IntoParent + ?Sized> IntoParent for &T {
    fn parent(&self) -> Parent {
        T::parent(self)
    }
}

impl<T: IntoParent> IntoParent for Option<T> {
    fn parent(&self) -> Parent {
        self.as_ref().map_or(Parent::Contextual, T::parent)
    }
}
