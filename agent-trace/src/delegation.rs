//! A task that goes from one agent to another.

mod text;

pub use text::ParseDelegationError;

use crate::current::current;
use crate::guard::lock;
use crate::link_attributes::HANDOFF;
use crate::otel;
use crate::semconv::value::task_stage;
use crate::semconv::{attribute, event, id};
use crate::state;
use opentelemetry::KeyValue;
use opentelemetry::trace::SpanContext;
use std::borrow::Cow;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};
use tracing::dispatcher;

/// How many bytes of an id or a name are kept.
const TEXT_LIMIT: usize = 256;

/// A task on its way from one agent to another, as one story in the terms of the contract net:
/// announced, bid for, awarded, executed, reported.
///
/// Each step is said where it happens, in the body of a call, and gives the handle for the next one,
/// which may be said in another task or process: the handle is a line of text ([`Display`], [`FromStr`],
/// and `serde`). A step is an event `agent_trace.task` on the span of its call, and that span is linked
/// to the span of the step before (`handoff`). The last one, the report, carries the seconds since the
/// announcement: `agent_trace.task.duration`.
///
/// Steps may be left out: a plain hand-off announces and executes. An announcement may get many bids;
/// the one that is awarded goes on. Outside of a recorded call a step records nothing, and the handle
/// goes on.
///
/// ```
/// use agent_trace::{Delegation, agent_span};
///
/// #[agent_span(name = "manager")]
/// fn manage() {
///     let task = Delegation::announce("summarise");
///     let bids = [("fast", 0.4), ("good", 0.9)].map(|(name, rating)| offer(&task, name, rating));
///     let [_, best] = bids;
///     let wire = best.award().to_string(); // through a queue, a header, a tool argument
///     let report = work(&wire);
///     // `agent_trace.task.duration` is on the worker's span; the manager goes on from the report.
///     drop(report);
/// }
///
/// #[agent_span(name = "bidder", fields(bidder = name))]
/// fn offer(task: &Delegation, name: &str, rating: f64) -> Delegation {
///     task.bid_with(rating)
/// }
///
/// #[agent_span(name = "worker")]
/// fn work(wire: &str) -> Option<Delegation> {
///     let task = wire.parse::<Delegation>().ok()?.execute();
///     // .. the work ..
///     Some(task.report())
/// }
/// # manage();
/// ```
///
/// [`Display`]: std::fmt::Display
/// [`FromStr`]: std::str::FromStr
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    id: Arc<str>,
    name: Arc<str>,
    stage: Stage,
    /// Since the Unix epoch.
    announced: Duration,
    /// Where the last step was said, if that is recorded.
    span: Option<SpanContext>,
}

/// How far a task has come: `agent_trace.task.stage`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Stage {
    Announced,
    Bid,
    Awarded,
    Executed,
    Reported,
}

impl Stage {
    const ALL: [Self; 5] = [
        Self::Announced,
        Self::Bid,
        Self::Awarded,
        Self::Executed,
        Self::Reported,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Announced => task_stage::ANNOUNCED,
            Self::Bid => task_stage::BID,
            Self::Awarded => task_stage::AWARDED,
            Self::Executed => task_stage::EXECUTED,
            Self::Reported => task_stage::REPORTED,
        }
    }
}

impl Delegation {
    /// Somebody asks who would do a task of this kind (`agent_trace.task.name`, of low cardinality).
    /// The task gets an id that no other has.
    #[must_use = "the next step is said to it"]
    pub fn announce(name: impl Into<Cow<'static, str>>) -> Self {
        Self::announce_as(new_id(), name)
    }

    /// The same for a task that has an id already (`agent_trace.task.id`).
    #[must_use = "the next step is said to it"]
    pub fn announce_as(id: impl Into<String>, name: impl Into<Cow<'static, str>>) -> Self {
        let task = Self {
            id: Arc::from(bounded(&id.into())),
            name: Arc::from(bounded(&name.into())),
            stage: Stage::Announced,
            announced: now(),
            span: None,
        };
        task.step(Stage::Announced, [])
    }

    /// The agent here offers to do it.
    #[must_use = "the next step is said to it"]
    pub fn bid(&self) -> Self {
        self.step(Stage::Bid, [])
    }

    /// The agent here offers to do it and rates itself (`agent_trace.task.bid`), by whatever measure
    /// the application has.
    #[must_use = "the next step is said to it"]
    pub fn bid_with(&self, rating: f64) -> Self {
        let rating = KeyValue::new(attribute::AGENT_TRACE_TASK_BID, rating);
        self.step(Stage::Bid, [rating])
    }

    /// The agent behind this bid, or this announcement, is chosen to do it.
    #[must_use = "the next step is said to it"]
    pub fn award(&self) -> Self {
        self.step(Stage::Awarded, [])
    }

    /// The agent here takes it up.
    #[must_use = "the next step is said to it"]
    pub fn execute(&self) -> Self {
        self.step(Stage::Executed, [])
    }

    /// The agent here gives its result.
    pub fn report(&self) -> Self {
        self.step(Stage::Reported, [])
    }

    /// The agent here gives up, for this reason (`error.type`, of low cardinality).
    pub fn report_failed(&self, error_type: impl Into<Cow<'static, str>>) -> Self {
        let error_type = KeyValue::new(attribute::ERROR_TYPE, error_type.into());
        self.step(Stage::Reported, [error_type])
    }

    /// `agent_trace.task.id`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// `agent_trace.task.name`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `agent_trace.task.stage`: the last step.
    #[must_use]
    pub fn stage(&self) -> &'static str {
        self.stage.as_str()
    }

    fn step(&self, stage: Stage, said: impl IntoIterator<Item = KeyValue>) -> Self {
        let call = current();
        // The dispatcher is cloned: reading a span asks for it.
        let dispatch = dispatcher::get_default(Clone::clone);
        let here = match call.call_state() {
            Some(state) => state::span_context(&dispatch, state),
            None => otel::current_span_context(&dispatch),
        };
        let here = here.filter(SpanContext::is_sampled);
        let next = Self {
            stage,
            span: here.clone().or_else(|| self.span.clone()),
            ..self.clone()
        };
        let Some(state) = call.call_state().filter(|_| call.is_recorded()) else {
            return next;
        };
        let duration =
            (stage == Stage::Reported).then(|| now().saturating_sub(self.announced).as_secs_f64());
        let agent = state.scope.as_ref().and_then(|scope| scope.agent_name());
        let known = [
            KeyValue::new(attribute::AGENT_TRACE_TASK_ID, Arc::clone(&self.id)),
            KeyValue::new(attribute::AGENT_TRACE_TASK_NAME, Arc::clone(&self.name)),
            KeyValue::new(attribute::AGENT_TRACE_TASK_STAGE, stage.as_str()),
        ];
        let optional = [
            agent.map(|name| KeyValue::new(attribute::GEN_AI_AGENT_NAME, name)),
            duration.map(|s| KeyValue::new(attribute::AGENT_TRACE_TASK_DURATION, s)),
        ];
        let before = self.span.iter().flat_map(|span| HANDOFF.of_event(span));
        let optional = optional.into_iter().flatten();
        call.event(
            event::AGENT_TRACE_TASK.name,
            known.into_iter().chain(optional).chain(before).chain(said),
        );
        let mut record = lock(&state.record);
        if record.is_written {
            return next;
        }
        let attributes = &mut record.attributes;
        attributes.fill(id::AGENT_TRACE_TASK_ID, Some(Arc::clone(&self.id)));
        attributes.fill(id::AGENT_TRACE_TASK_DURATION, duration);
        let is_here = |span: &SpanContext| {
            here.as_ref().is_some_and(|here| {
                (here.trace_id(), here.span_id()) == (span.trace_id(), span.span_id())
            })
        };
        let elsewhere = self.span.clone().filter(|span| !is_here(span));
        if let Some(before) = elsewhere {
            HANDOFF.fill(attributes, &before);
            record.push_link(before, HANDOFF.of_link());
        }
        next
    }
}

/// The time since the Unix epoch: the one clock that processes share.
fn now() -> Duration {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default()
}

/// Sixteen hexadecimal digits that nobody else has.
fn new_id() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    // The standard library's hasher is keyed by the operating system's random numbers.
    let mut hasher = RandomState::new().build_hasher();
    hasher.write_u64(COUNT.fetch_add(1, Ordering::Relaxed));
    hasher.write_u128(now().as_nanos());
    format!("{:016x}", hasher.finish())
}

fn bounded(text: &str) -> &str {
    let mut end = text.len().min(TEXT_LIMIT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
