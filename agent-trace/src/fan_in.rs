//! What a call consumed of fan-outs, gathered until its end.

mod counts;
mod outcome;
mod subspans;

use crate::attributes::{Attributes, texts};
use crate::otel::Link;
use crate::semconv::id;
use opentelemetry::{KeyValue, StringValue};
use std::fmt;
use std::sync::Arc;

pub(crate) use self::counts::Counts;
pub(crate) use self::outcome::SubtaskOutcome;
pub(crate) use self::subspans::Subspans;

/// How many `fan_in` links a span has. The SDK takes 128 of all kinds, so that others find room.
const LINKS: usize = 120;
/// How many fan-outs are named.
const IDS: usize = 16;

/// What a link says of the subtask that it goes to.
pub(crate) trait Linked: fmt::Debug {
    /// `agent_trace.fan_out.id`.
    fn fan_out(&self) -> StringValue;
    /// `agent_trace.fan_out.index`.
    fn index(&self) -> i64;
    /// The attributes of the link.
    fn fan_in_attributes(&self, outcome: SubtaskOutcome) -> Vec<KeyValue>;
}

/// A subtask at its end.
#[derive(Debug)]
pub(crate) struct Settled<'a> {
    pub(crate) subtask: &'a dyn Linked,
    pub(crate) outcome: SubtaskOutcome,
    pub(crate) spans: Subspans,
}

/// What one call dispatched and consumed.
#[derive(Debug, Default)]
pub(crate) struct FanIn {
    ids: Vec<StringValue>,
    subtasks: i64,
    failed: i64,
    panicked: i64,
    cancelled: i64,
    unfinished: i64,
    without_span: i64,
    links_left_out: i64,
    /// To spans of subtasks that returned. They make way for the others.
    returned: Vec<Placed>,
    fallen: Vec<Placed>,
    /// Of the fan-outs that the call dispatched itself.
    dispatched: Vec<Arc<Counts>>,
    numbers: u64,
}

/// A link and its place among the others.
#[derive(Debug)]
struct Placed {
    fan_out: StringValue,
    index: i64,
    /// Which span of the subtask it goes to.
    nth: usize,
    link: Link,
}

impl FanIn {
    /// Notes a fan-out that the call dispatches, and gives its number.
    pub(crate) fn dispatch(&mut self, counts: Arc<Counts>) -> u64 {
        // Those that are over are counted where their subtasks were consumed.
        self.dispatched
            .retain(|counts| Arc::strong_count(counts) > 1 || counts.unfinished() > 0);
        self.dispatched.push(counts);
        self.numbers += 1;
        self.numbers - 1
    }

    /// Adds a subtask that was consumed.
    pub(crate) fn add(&mut self, settled: Settled<'_>) {
        let Settled {
            subtask,
            outcome,
            spans,
        } = settled;
        let fan_out = subtask.fan_out();
        if !self.ids.contains(&fan_out) && self.ids.len() < IDS {
            self.ids.push(fan_out.clone());
        }
        self.subtasks += 1;
        match outcome.of_span(spans.last_failed()) {
            SubtaskOutcome::Returned => {}
            SubtaskOutcome::Failed => self.failed += 1,
            SubtaskOutcome::Panicked => self.panicked += 1,
            SubtaskOutcome::Cancelled => self.cancelled += 1,
            SubtaskOutcome::Unfinished => self.unfinished += 1,
        }
        if spans.is_empty() {
            self.without_span += 1;
            return;
        }
        self.links_left_out += i64::try_from(spans.left_out()).unwrap_or(i64::MAX);
        for (nth, span) in spans.into_iter().enumerate() {
            let outcome = outcome.of_span(span.failed);
            let is_fallen = outcome != SubtaskOutcome::Returned;
            if self.returned.len() + self.fallen.len() == LINKS {
                self.links_left_out += 1;
                if !is_fallen || self.returned.pop().is_none() {
                    continue;
                }
            }
            let list = if is_fallen {
                &mut self.fallen
            } else {
                &mut self.returned
            };
            list.push(Placed {
                fan_out: fan_out.clone(),
                index: subtask.index(),
                nth,
                link: (span.context, subtask.fan_in_attributes(outcome)),
            });
        }
    }

    /// The links of one subtask, for a span that is no call of ours.
    pub(crate) fn links_of(settled: Settled<'_>) -> impl Iterator<Item = Link> {
        let Settled {
            subtask,
            outcome,
            spans,
        } = settled;
        spans.into_iter().map(move |span| {
            let outcome = outcome.of_span(span.failed);
            (span.context, subtask.fan_in_attributes(outcome))
        })
    }

    /// Writes what was gathered, at the end of the call.
    pub(crate) fn write(mut self, attributes: &mut Attributes, links: &mut Vec<Link>) {
        let running: i64 = self.dispatched.iter().map(|one| one.unfinished()).sum();
        self.unfinished += running.max(0);
        let some = |count: i64| Some(count).filter(|count| *count > 0);
        attributes.fill(id::AGENT_TRACE_FAN_IN_SUBTASKS, some(self.subtasks));
        attributes.fill(id::AGENT_TRACE_FAN_IN_FAILED, some(self.failed));
        attributes.fill(id::AGENT_TRACE_FAN_IN_PANICKED, some(self.panicked));
        attributes.fill(id::AGENT_TRACE_FAN_IN_CANCELLED, some(self.cancelled));
        attributes.fill(id::AGENT_TRACE_FAN_IN_UNFINISHED, some(self.unfinished));
        attributes.fill(id::AGENT_TRACE_FAN_IN_WITHOUT_SPAN, some(self.without_span));
        attributes.fill(
            id::AGENT_TRACE_FAN_IN_LINKS_LEFT_OUT,
            some(self.links_left_out),
        );
        if !self.ids.is_empty() {
            attributes.fill(id::AGENT_TRACE_FAN_IN_IDS, Some(texts(self.ids)));
        }
        let mut placed = self.returned;
        placed.append(&mut self.fallen);
        placed.sort_by(|one, other| {
            let one_place = (one.fan_out.as_str(), one.index, one.nth);
            one_place.cmp(&(other.fan_out.as_str(), other.index, other.nth))
        });
        links.extend(placed.into_iter().map(|placed| placed.link));
    }
}
