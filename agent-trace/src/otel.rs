//! The one place that knows how a `tracing` span and its OpenTelemetry span find each other.
//!
//! The cheapest road is the OpenTelemetry context that entering the span makes current. It is taken
//! only when entering really changed the current context: behind a per-layer filter, without
//! context activation or without an OpenTelemetry layer the current span is somebody else's.

use opentelemetry::baggage::{BaggageExt, KeyValueMetadata};
use opentelemetry::trace::{SpanContext, SpanId, SpanRef, TraceContextExt};
use opentelemetry::{Context, ContextGuard, KeyValue};
use std::time::SystemTime;
use tracing::subscriber::NoSubscriber;
use tracing::{Dispatch, Span, dispatcher};
use tracing_opentelemetry::{OpenTelemetrySpanExt, SetParentError, get_otel_context};

/// A link with its attributes.
pub(crate) type Link = (SpanContext, Vec<KeyValue>);

/// How to reach the OpenTelemetry side of a span.
#[derive(Debug)]
pub(crate) enum Bridge {
    /// The span was not entered yet.
    Unknown,
    /// No layer made an OpenTelemetry span of it.
    Absent,
    /// The sampler said no: there is nothing to write to.
    Unsampled,
    /// Current whenever the span is entered; its id is kept to be sure.
    Current(SpanId),
    /// Fetched, because entering does not make it current.
    Fetched(Box<Context>),
}

/// The OpenTelemetry span that is current on this thread.
pub(crate) fn current_span_id() -> SpanId {
    Context::map_current(|cx| cx.span().span_context().span_id())
}

impl Bridge {
    /// Finds the OpenTelemetry side of `span`, which was entered after `before` was current.
    pub(crate) fn find(span: &Span, before: SpanId) -> Self {
        let (now, recording) = Context::map_current(|cx| {
            let span = cx.span();
            (span.span_context().span_id(), span.is_recording())
        });
        if now != before {
            return if recording {
                Self::Current(now)
            } else {
                Self::Unsampled
            };
        }
        let context = span.context();
        let otel = context.span();
        if !otel.span_context().is_valid() {
            Self::Absent
        } else if otel.is_recording() {
            Self::Fetched(Box::new(context))
        } else {
            Self::Unsampled
        }
    }

    /// From here on the span is found without being entered.
    pub(crate) fn fetch(&mut self, span: &Span) {
        if matches!(self, Self::Current(_)) {
            *self = Self::Fetched(Box::new(span.context()));
        }
    }

    /// Adds the links that could not be added before the start, because the layer cannot be reached:
    /// behind `reload`. Asking for another parent now changes nothing and tells the two cases apart.
    pub(crate) fn add_missed_links(&self, span: &Span, links: Vec<Link>) {
        if links.is_empty()
            || !matches!(self, Self::Current(_))
            || !matches!(
                span.set_parent(Context::new()),
                Err(SetParentError::LayerNotFound)
            )
        {
            return;
        }
        self.with(span, |otel| {
            for (to, attributes) in links {
                otel.add_link(to, attributes);
            }
        });
    }

    /// The OpenTelemetry span as somewhere to link to. The `tracing` span must be entered.
    pub(crate) fn span_context(&self, span: &Span) -> Option<SpanContext> {
        self.with(span, |otel| otel.span_context().clone())
    }

    /// Whether anyone would see what is written.
    pub(crate) fn is_recording(&self) -> bool {
        matches!(self, Self::Absent | Self::Current(_) | Self::Fetched(_))
    }

    /// Holds the OpenTelemetry span beyond the closing of the `tracing` span, which must be entered.
    pub(crate) fn hold(&self) -> Option<Context> {
        match self {
            Self::Unknown | Self::Absent | Self::Unsampled => None,
            Self::Fetched(context) => Some(Context::clone(context)),
            Self::Current(id) => Context::map_current(|cx| {
                (cx.span().span_context().span_id() == *id).then(|| cx.clone())
            }),
        }
    }

    /// Makes the OpenTelemetry span current, if there is one and it is not, for as long as the guard is kept.
    /// The `tracing` span must be entered.
    pub(crate) fn make_current(&self, span: &Span) -> Option<ContextGuard> {
        match self {
            Self::Unknown | Self::Absent => None,
            Self::Current(id) if current_span_id() == *id => None,
            Self::Fetched(context) => Some(Context::clone(context).attach()),
            Self::Current(_) | Self::Unsampled => Some(span.context().attach()),
        }
    }

    /// Runs `f` on the OpenTelemetry span, if there is one. The `tracing` span must be entered.
    pub(crate) fn with<T>(&self, span: &Span, f: impl FnOnce(SpanRef<'_>) -> T) -> Option<T> {
        match self {
            Self::Unknown | Self::Absent | Self::Unsampled => None,
            Self::Fetched(context) => Some(f(context.span())),
            Self::Current(id) => {
                let mut f = Some(f);
                let done = Context::map_current(|cx| {
                    let otel = cx.span();
                    if otel.span_context().span_id() == *id {
                        f.take().map(|f| f(otel))
                    } else {
                        None
                    }
                });
                // Something inside left a context attached; the span itself is still to be found.
                done.or_else(|| f.map(|f| f(span.context().span())))
            }
        }
    }
}

/// Gives up `span`. The registry closes the spans around it, if this one was all that kept them, by
/// the thread's subscriber; where there is none, as in a task that was not given one, they would
/// never end.
pub(crate) fn close(span: &mut Span) {
    let span = std::mem::replace(span, Span::none());
    if dispatcher::get_default(|dispatch| dispatch.is::<NoSubscriber>()) {
        if let Some(dispatch) = span.with_subscriber(|(_, dispatch)| dispatch.clone()) {
            dispatcher::with_default(&dispatch, || drop(span));
        }
    }
}

/// Ends an OpenTelemetry span that was not ended when its `tracing` span was given up.
pub(crate) fn end_if_open(context: &Context) {
    let span = context.span();
    if span.is_recording() {
        span.end_with_timestamp(SystemTime::now());
    }
}

/// A parent for a root that keeps the baggage; `None` where there is none.
pub(crate) fn baggage_alone() -> Option<Context> {
    Context::map_current(|cx| {
        let baggage = cx.baggage();
        (!baggage.is_empty()).then(|| {
            // A context cannot give up its span: it is made anew.
            Context::new().with_baggage(baggage.iter().map(|(key, (value, metadata))| {
                KeyValueMetadata::new(key.clone(), value.clone(), metadata.clone())
            }))
        })
    })
}

/// The span context of a `tracing` span, which starts that span if it was not yet.
pub(crate) fn span_context(span: &Span) -> Option<SpanContext> {
    let context = span.context();
    let found = context.span().span_context().clone();
    found.is_valid().then_some(found)
}

/// The OpenTelemetry span that is current, as somewhere to link to. Without context activation it is
/// known by the `tracing` span only.
pub(crate) fn current_span_context(dispatch: &Dispatch) -> Option<SpanContext> {
    let found = Context::map_current(|cx| cx.span().span_context().clone());
    if found.is_valid() {
        return Some(found);
    }
    let current = dispatch.current_span();
    let context = get_otel_context(current.id()?, dispatch)?;
    let found = context.span().span_context().clone();
    found.is_valid().then_some(found)
}

/// Adds a link before or after the start of `span`.
pub(crate) fn add_link(span: &Span, to: SpanContext, attributes: Vec<KeyValue>) {
    span.add_link_with_attributes(to, attributes);
}

/// Puts `span`, which is not started yet, under a parent that `tracing` does not know.
pub(crate) fn set_parent(span: &Span, parent: Context) {
    // It fails where there is no OpenTelemetry layer to tell: then there is no such parent either.
    let _ = span.set_parent(parent);
}
