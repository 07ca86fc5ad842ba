//! One call from its start to its one end.
//!
//! A call is entered for as long as the function's code runs and left in between; it ends by
//! [`Call::end`] or, at the latest, by being dropped.

use crate::about::About;
use crate::attempts::Attempt;
use crate::attributes::Attributes;
use crate::clock::Moment;
use crate::ending::Ending;
use crate::failure::Failure;
use crate::family::Family;
use crate::fan_out::frame::Frame;
use crate::guard::{guarded, lock, thread_is_alive};
use crate::observed::Observed;
use crate::otel::{self, Bridge};
use crate::outcome::Outcome;
use crate::parts::Parts;
use crate::progress::Progress;
use crate::record::Record;
use crate::semconv::{AttributeSet, id};
use crate::settings::settings;
use crate::site::Site;
use crate::state::{self, CallState};
use crate::tool_cause;
use agent_trace_llm::ResponseInfo;
use opentelemetry::trace::SpanContext;
use std::sync::{Arc, Mutex};
use tracing::{Span, dispatcher};

/// A running call.
#[derive(Debug)]
pub struct Call {
    parts: Parts,
    bridge: Bridge,
    /// What this call, or the call that it is part of, knows. `None` where nobody records.
    state: Option<Arc<CallState>>,
    /// A call of the same operation is around this one: there is one span for both.
    is_nested: bool,
    is_entered: bool,
    /// A call that was never polled was not cancelled.
    is_polled: bool,
    started: Option<Moment>,
    pub(crate) progress: Option<Box<Progress>>,
    pub(crate) found: Option<ResponseInfo>,
    pub(crate) failure: Option<Failure>,
    pub(crate) is_expected: bool,
    has_ended: bool,
}

impl Call {
    pub(crate) fn new(parts: Parts) -> Self {
        Self::from_parts(parts, None)
    }

    /// A call whose span is that of `outer`.
    pub(crate) fn enriching(
        site: &'static Site,
        outer: Arc<CallState>,
        attempt: Option<Box<Attempt>>,
    ) -> Self {
        let parts = Parts {
            span: Span::none(),
            site,
            clock: outer.clock.clone(),
            present: AttributeSet::EMPTY,
            listed: lock(&outer.record).attributes.listed(),
            links: Vec::new(),
            own_set: 0,
            data_source: None,
            own_scope: None,
            opens_scope: false,
            around: None,
            ambient: None,
            attempt,
            frame: None,
            observed: None,
        };
        Self::from_parts(parts, Some(outer))
    }

    fn from_parts(parts: Parts, outer: Option<Arc<CallState>>) -> Self {
        Self {
            parts,
            bridge: Bridge::Unknown,
            is_nested: outer.is_some(),
            state: outer,
            is_entered: false,
            is_polled: false,
            started: None,
            progress: None,
            found: None,
            failure: None,
            is_expected: false,
            has_ended: false,
        }
    }

    /// Enters the span for the first time, which starts it, and lets `run` say what is to be said if
    /// anyone records it.
    pub(crate) fn open<T>(&mut self, run: impl FnOnce(Option<&mut About>) -> T) -> T {
        self.start();
        self.tell(run)
    }

    /// Enters the span for the first time.
    pub(crate) fn start(&mut self) {
        if !self.is_nested {
            let before = otel::current_span_id();
            self.enter();
            thread_is_alive();
            self.bridge = Bridge::find(&self.parts.span, before);
            let links = std::mem::take(&mut self.parts.links);
            self.bridge.add_missed_links(&self.parts.span, links);
            self.publish();
        }
        // Nobody else asks, and a look at the clock is not for nothing.
        let is_asked = self.parts.site.family == Family::Llm || settings().has_call_events();
        if is_asked && self.has_listener() {
            self.started = Some(self.parts.clock.now());
        }
    }

    /// Lets `run` say what is to be said if anyone records it.
    pub(crate) fn tell<T>(&mut self, run: impl FnOnce(Option<&mut About>) -> T) -> T {
        match &self.state {
            // An agent that is not recorded still tells everything beneath what it knows.
            Some(state)
                if self.is_nested
                    || self.parts.opens_scope
                    || self.bridge.is_recording()
                    || self.observed().is_some_and(Observed::wants_details) =>
            {
                let mut about = About::new(
                    self.parts.site,
                    Arc::clone(state),
                    self.is_nested,
                    self.parts.listed,
                );
                run(Some(&mut about))
            }
            _ => run(None),
        }
    }

    /// Puts the state where everything beneath finds it.
    fn publish(&mut self) {
        let is_recorded = self.is_recorded();
        let parts = &mut self.parts;
        if is_recorded || parts.opens_scope {
            let mut attributes = Attributes::new(parts.present, parts.listed);
            attributes.fill(id::GEN_AI_DATA_SOURCE_ID, parts.data_source.take());
            if let Some(Frame::Subtask(subtask)) = &parts.frame {
                subtask.fill(&mut attributes);
                let context = self.bridge.span_context(&parts.span);
                context
                    .into_iter()
                    .for_each(|context| subtask.span_started(context));
            }
            let mut record = Record::new(attributes);
            if let Some(attempt) = &mut parts.attempt {
                attempt.open(&mut record, self.bridge.span_context(&parts.span));
            }
            self.state = Some(Arc::new(CallState {
                site: parts.site,
                id: parts.span.id(),
                scope: parts
                    .own_scope
                    .take()
                    .or_else(|| parts.around.as_ref()?.scope.clone()),
                opens_scope: parts.opens_scope,
                ambient: parts.ambient.take(),
                is_recorded,
                own_set: parts.own_set,
                clock: parts.clock.clone(),
                record: Mutex::new(record),
            }));
        }
        let is_rejected = matches!(self.bridge, Bridge::Unsampled);
        // What is said in a body that nobody records may land on nothing that somebody does.
        let is_between = parts.frame.is_some()
            || parts
                .around
                .as_ref()
                .is_some_and(|around| around.is_recorded);
        let state = &self.state;
        parts.span.with_subscriber(|(id, dispatch)| {
            parts.site.lean.note(is_rejected, dispatch);
            if state.is_some() || is_between {
                state::attach(dispatch, id, state.clone());
            }
        });
    }

    pub(crate) fn enter(&mut self) {
        if !self.is_entered {
            self.is_entered = true;
            self.parts
                .span
                .with_subscriber(|(id, dispatch)| dispatch.enter(id));
        }
    }

    /// Enters the span for the last time, to drop what the call holds or to end it.
    pub(crate) fn enter_to_end(&mut self) {
        if self.is_entered {
            return;
        }
        if thread_is_alive() {
            self.enter();
        } else {
            self.bridge.fetch(&self.parts.span);
        }
    }

    /// Enters the span to poll the call's future or stream.
    pub(crate) fn poll(&mut self) {
        self.is_polled = true;
        self.enter();
    }

    pub(crate) fn is_polled(&self) -> bool {
        self.is_polled
    }

    pub(crate) fn exit(&mut self) {
        if self.is_entered {
            self.is_entered = false;
            self.parts
                .span
                .with_subscriber(|(id, dispatch)| dispatch.exit(id));
        }
    }

    /// Whether anything comes of how the call ends: it is recorded, or counted.
    pub(crate) fn has_listener(&self) -> bool {
        self.state.is_some()
    }

    /// Whether what is found in values is of any use.
    pub(crate) fn is_recorded(&self) -> bool {
        self.is_nested || self.bridge.is_recording() || self.observed().is_some()
    }

    fn observed(&self) -> Option<&Observed> {
        self.parts.observed.as_deref()
    }

    /// The span of this call, or of the call that it is part of, as somewhere to link to. The call must
    /// be entered.
    fn span_context(&self) -> Option<SpanContext> {
        if self.is_nested {
            // The dispatcher is cloned: reading a span asks for it.
            let dispatch = dispatcher::get_default(Clone::clone);
            state::span_context(&dispatch, self.state.as_deref()?)
        } else {
            self.bridge.span_context(&self.parts.span)
        }
    }

    /// Remembers what the stream has asked for since the last time.
    pub(crate) fn note_tool_calls(&mut self) {
        let by = self.span_context();
        if let (Some(by), Some(state), Some(progress)) = (by, &self.state, &mut self.progress) {
            progress.note_tool_calls(|call| {
                tool_cause::remember(state, std::slice::from_ref(call), || Some(by.clone()));
            });
        }
    }

    pub(crate) fn span(&self) -> &Span {
        &self.parts.span
    }

    /// The stream's progress, from the first item on.
    pub(crate) fn progress(&mut self) -> &mut Progress {
        let parts = &self.parts;
        self.progress.get_or_insert_with(|| {
            let observed = parts.observed.as_deref();
            Box::new(Progress::new(observed.is_some_and(Observed::wants_gaps)))
        })
    }

    /// The call goes on as a stream.
    pub(crate) fn follow(&mut self) {
        // What polled the call up to here was its future.
        self.is_polled = false;
        if let (Family::Llm, true, Some(state)) =
            (self.parts.site.family, self.is_recorded(), &self.state)
        {
            lock(&state.record)
                .attributes
                .fill(id::GEN_AI_REQUEST_STREAM, Some(true));
        }
    }

    pub(crate) fn now(&self) -> Moment {
        self.parts.clock.now()
    }

    /// The end of a call that gave a value, or whose stream was drained.
    pub(crate) fn end_returned(self: Box<Self>) {
        self.end_with(|call| match call.failure.take() {
            Some(failure) => Outcome::Failed(failure),
            None if call.is_expected => Outcome::Expected,
            None => Outcome::Returned,
        });
    }

    /// The end of a call that was dropped: an error that it had met counts for more.
    pub(crate) fn end_dropped(self: Box<Self>, otherwise: Outcome) {
        self.end_with(|call| match call.failure.take() {
            Some(failure) => Outcome::Failed(failure),
            None => otherwise,
        });
    }

    /// Ends the call. It is entered for it, since the span's end time is its last exit.
    pub(crate) fn end(self: Box<Self>, outcome: Outcome) {
        self.end_with(|_| outcome);
    }

    fn end_with(mut self: Box<Self>, outcome: impl FnOnce(&mut Self) -> Outcome) {
        let outcome = outcome(&mut self);
        self.finish(outcome);
    }

    fn finish(&mut self, outcome: Outcome) {
        if self.has_ended {
            return;
        }
        self.has_ended = true;
        let stream = self.progress.take();
        if self.is_nested {
            let found = stream
                .map(|stream| stream.reply())
                .or_else(|| self.found.take());
            if let Some(state) = &self.state {
                if let Some(found) = &found {
                    tool_cause::remember(state, &found.tool_calls, || self.span_context());
                }
                let mut record = lock(&state.record);
                if let Some(attempt) = &self.parts.attempt {
                    attempt.end_nested(&mut record, outcome.error_type());
                }
                record.reply.nest(found);
            }
            return;
        }
        self.enter_to_end();
        if let Some(state) = self.state.take() {
            let ending = Ending {
                parts: &self.parts,
                bridge: &self.bridge,
                state: &state,
                started: self.started,
                stream,
                gaps: Vec::new(),
                found: &mut self.found,
            };
            guarded(|| ending.write(outcome));
        }
        let otel = self.bridge.hold();
        self.exit();
        otel::close(&mut self.parts.span);
        // What still runs beneath keeps the `tracing` span open, and would put off its end.
        if let Some(otel) = otel {
            otel::end_if_open(&otel);
        }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if !self.has_ended {
            self.finish(Outcome::Cancelled);
        }
    }
}
