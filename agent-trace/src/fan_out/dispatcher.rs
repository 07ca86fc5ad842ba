//! The place in the trace from which a fan-out is dispatched.

use crate::ambient::{self, Frame};
use crate::fan_in::Counts;
use crate::guard::{lock, thread_is_alive};
use crate::otel;
use crate::state::{self, CallState, Found};
use opentelemetry::baggage::BaggageExt;
use opentelemetry::trace::{SpanContext, SpanId};
use opentelemetry::{Context, ContextGuard, StringValue};
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use tracing::dispatcher::{self, DefaultGuard};
use tracing::subscriber::NoSubscriber;
use tracing::{Dispatch, Span};

/// Not said.
const UNKNOWN: i64 = -1;

/// What every subtask of one fan-out shares.
#[derive(Debug)]
pub(crate) struct Dispatcher {
    span: Span,
    dispatch: Dispatch,
    /// The call around it.
    call: Option<Arc<CallState>>,
    /// That call is not recorded, so that there is nothing to link.
    is_unrecorded: bool,
    /// Survives the span.
    span_context: Option<SpanContext>,
    /// With what was put into it since the span started.
    baggage: Option<Context>,
    /// The scope that was entered there since the span started.
    scope: Option<Arc<Frame>>,
    id: StringValue,
    size: AtomicI64,
    counts: Arc<Counts>,
}

impl Dispatcher {
    /// The current place; `None` where nobody listens.
    pub(crate) fn here() -> Option<Arc<Self>> {
        // Cloned, since looking at a span may start it, which asks for the dispatcher.
        let dispatch = dispatcher::get_default(Clone::clone);
        if dispatch.is::<NoSubscriber>() {
            return None;
        }
        let span = Span::current();
        let (call, is_unrecorded) = match state::find_current(&dispatch) {
            Found::State(call) => (Some(call), false),
            Found::Unrecorded(around) => (around, true),
            Found::Nothing => (None, false),
        };
        let span_context = otel::current_span_context(&dispatch);
        let counts = Arc::<Counts>::default();
        let number = match &call {
            Some(call) if !is_unrecorded => {
                let mut record = lock(&call.record);
                // What nobody will write need not be kept.
                let keeps = call.is_recorded && !record.is_written;
                keeps.then(|| record.fan_in().dispatch(Arc::clone(&counts)))
            }
            _ => None,
        };
        let id = id(
            span_context.as_ref().map(SpanContext::span_id),
            number.unwrap_or_else(next_number),
        );
        let scope = Frame::carried(&dispatch);
        let baggage = Context::map_current(|context| {
            (!context.baggage().is_empty()).then(|| context.clone())
        });
        Some(Arc::new(Self {
            span,
            dispatch,
            call,
            is_unrecorded,
            span_context,
            baggage,
            scope,
            id,
            size: AtomicI64::new(UNKNOWN),
            counts,
        }))
    }

    pub(crate) fn id(&self) -> StringValue {
        self.id.clone()
    }

    pub(crate) fn span_context(&self) -> Option<&SpanContext> {
        self.span_context.as_ref()
    }

    pub(crate) fn span(&self) -> &Span {
        &self.span
    }

    /// The call whose subtasks these are, if it is recorded.
    pub(crate) fn call(&self) -> Option<&Arc<CallState>> {
        self.call.as_ref().filter(|_| !self.is_unrecorded)
    }

    pub(crate) fn is_unrecorded(&self) -> bool {
        self.is_unrecorded
    }

    pub(crate) fn size(&self) -> Option<i64> {
        Some(self.size.load(Ordering::Relaxed)).filter(|size| *size != UNKNOWN)
    }

    pub(crate) fn set_size(&self, size: usize) {
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        self.size.store(size, Ordering::Relaxed);
    }

    pub(crate) fn dispatched(&self) {
        self.counts.dispatched();
    }

    pub(crate) fn settled(&self) {
        self.counts.settled();
    }

    /// Whether a call that found `found` around it is directly beneath the place.
    pub(crate) fn is_around(&self, found: &Found) -> bool {
        match (found, &self.call) {
            (Found::State(found), Some(call)) => !self.is_unrecorded && Arc::ptr_eq(found, call),
            (Found::Nothing, None) => !self.is_unrecorded,
            _ => false,
        }
    }

    /// Makes the place the current one of this thread.
    pub(crate) fn enter(&self) -> Entered {
        let default = follow(&self.dispatch);
        if !thread_is_alive() {
            return Entered {
                context: None,
                scope: None,
                default,
                has_span: false,
            };
        }
        let entered = self
            .span
            .with_subscriber(|(id, dispatch)| dispatch.enter(id));
        Entered {
            context: self.baggage.clone().map(Context::attach),
            scope: self.scope.clone().map(Frame::enter),
            default,
            has_span: entered.is_some(),
        }
    }

    /// Leaves it.
    pub(crate) fn exit(&self, mut entered: Entered) {
        drop(entered.scope.take());
        drop(entered.context.take());
        if entered.has_span {
            self.span
                .with_subscriber(|(id, dispatch)| dispatch.exit(id));
        }
        drop(entered.default.take());
    }
}

impl Drop for Dispatcher {
    /// The registry closes the spans around the one that is given up by the thread's subscriber, which
    /// a thread that subtasks end on need not have.
    fn drop(&mut self) {
        let _default = follow(&self.dispatch);
        drop(std::mem::replace(&mut self.span, Span::none()));
    }
}

/// Being at a dispatcher's place.
#[derive(Debug)]
pub(crate) struct Entered {
    context: Option<ContextGuard>,
    scope: Option<ambient::Entered>,
    default: Option<DefaultGuard>,
    has_span: bool,
}

/// Makes `dispatch` the thread's subscriber unless it is: a thread that was not given one would make
/// its spans in another, where their parent is not known.
pub(crate) fn follow(dispatch: &Dispatch) -> Option<DefaultGuard> {
    let is_here = dispatcher::get_default(|here| {
        state::is_same(here, dispatch) && here.is::<NoSubscriber>() == dispatch.is::<NoSubscriber>()
    });
    (!is_here).then(|| dispatcher::set_default(dispatch))
}

/// The span's id; with a number from the second fan-out of the span on.
fn id(span: Option<SpanId>, number: u64) -> StringValue {
    let mut id = String::with_capacity(20);
    // Writing to a string does not fail.
    let _ = match (span, number) {
        (Some(span), 0) => write!(id, "{span}"),
        (Some(span), number) => write!(id, "{span}-{number}"),
        (None, number) => write!(id, "{number:016x}"),
    };
    StringValue::from(Arc::<str>::from(id))
}

/// A number for a fan-out that no call of ours dispatches.
fn next_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
