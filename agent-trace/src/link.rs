//! What may be given as `links(..)`: things that caused the call and are not its parent.

use crate::otel::{self, Link};
use crate::semconv::attribute::AGENT_TRACE_LINK_TYPE;
use crate::semconv::value::link_type::TRIGGERED_BY;
use crate::state;
use opentelemetry::trace::{SpanContext, TraceContextExt};
use opentelemetry::{Context, KeyValue};
use tracing::span::Id;
use tracing::{Span, dispatcher};

/// A link to what set the work off.
pub(crate) fn triggered_by(to: SpanContext) -> Link {
    (to, vec![KeyValue::new(AGENT_TRACE_LINK_TYPE, TRIGGERED_BY)])
}

/// A value for the `links(..)` option, alone or as an item of something iterable.
#[diagnostic::on_unimplemented(
    message = "a span cannot be linked to `{Self}`",
    label = "not something to link to",
    note = "a link goes to a `tracing::Span`, a `tracing::span::Id`, an OpenTelemetry `SpanContext` or \
            `Context`, a `RemoteContext`, a reference to one, an `Option` of one, or an iterable of them"
)]
pub trait IntoLink {
    /// The span to link to; `None` where there is none to be linked to.
    fn span_context(&self) -> Option<SpanContext>;
}

impl IntoLink for Span {
    fn span_context(&self) -> Option<SpanContext> {
        otel::span_context(self)
    }
}

impl IntoLink for Id {
    fn span_context(&self) -> Option<SpanContext> {
        // The dispatcher is cloned: reading the span may start it, which asks for the dispatcher.
        let dispatch = dispatcher::get_default(Clone::clone);
        if !state::has_span(&dispatch, self) {
            // It has closed: the layer would panic.
            return None;
        }
        let context = tracing_opentelemetry::get_otel_context(self, &dispatch)?;
        IntoLink::span_context(&context)
    }
}

impl IntoLink for SpanContext {
    fn span_context(&self) -> Option<SpanContext> {
        self.is_valid().then(|| self.clone())
    }
}

impl IntoLink for Context {
    fn span_context(&self) -> Option<SpanContext> {
        IntoLink::span_context(self.span().span_context())
    }
}

impl<T: IntoLink + ?Sized> IntoLink for &T {
    fn span_context(&self) -> Option<SpanContext> {
        T::span_context(self)
    }
}

impl<T: IntoLink> IntoLink for Option<T> {
    fn span_context(&self) -> Option<SpanContext> {
        self.as_ref().and_then(T::span_context)
    }
}
