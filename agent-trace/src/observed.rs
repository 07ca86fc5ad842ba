//! What is told of a call beside its span: metrics and events, whatever the sampler decided.

use crate::clock::{Clock, Moment};
use crate::early::Early;
#[cfg(feature = "logs")]
use crate::events::Events;
#[cfg(feature = "metrics")]
use crate::metrics::Metrics;
use crate::record::TimedEvent;
use crate::semconv::{AttributeId, Requirement, SignalAttribute};
use crate::site::Site;
use agent_trace_llm::Usage;
use opentelemetry::{KeyValue, Value};
use tracing::Dispatch;

/// A call whose end somebody is told of beside its span.
#[derive(Debug)]
pub(crate) struct Observed {
    #[cfg(feature = "metrics")]
    metrics: Option<Metrics>,
    #[cfg(feature = "logs")]
    events: Option<Events>,
    #[cfg(feature = "metrics")]
    started: Moment,
    /// The attributes that the span started with, which it does not give back.
    early: Vec<(AttributeId, Value)>,
}

/// A call at its end.
#[derive(Debug)]
#[cfg_attr(
    not(all(feature = "logs", feature = "metrics")),
    expect(dead_code, reason = "metrics want other things than events")
)]
pub(crate) struct End<'a> {
    pub(crate) site: &'static Site,
    pub(crate) now: Moment,
    /// What is written to the span.
    pub(crate) attributes: &'a [KeyValue],
    /// What the call is charged for.
    pub(crate) usage: Option<&'a Usage>,
    /// Seconds between pieces of a streamed reply.
    pub(crate) gaps: &'a [f64],
    pub(crate) events: &'a [TimedEvent],
    pub(crate) exception: Option<&'a TimedEvent>,
}

/// Everything that the span carries, at its end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Carried<'a> {
    early: &'a [(AttributeId, Value)],
    late: &'a [KeyValue],
}

impl Observed {
    /// For a call whose span was just made, if anybody is to be told of it.
    #[inline]
    pub(crate) fn begin(
        dispatch: &Dispatch,
        #[cfg_attr(
            not(feature = "metrics"),
            expect(unused_variables, reason = "events have no duration")
        )]
        clock: &Clock,
        site: &Site,
        early: &Early<'_>,
    ) -> Option<Box<Self>> {
        #[cfg(feature = "metrics")]
        let metrics = Metrics::find(dispatch);
        #[cfg(feature = "logs")]
        let events = Events::find(dispatch);
        let mut is_told = false;
        #[cfg(feature = "metrics")]
        (is_told |= metrics.is_some());
        #[cfg(feature = "logs")]
        (is_told |= events.is_some());
        is_told.then(|| {
            Box::new(Self {
                #[cfg(feature = "metrics")]
                metrics,
                #[cfg(feature = "logs")]
                events,
                #[cfg(feature = "metrics")]
                started: clock.now(),
                early: early.attributes(site),
            })
        })
    }

    /// Whether the options are of use where the span is not recorded.
    pub(crate) fn wants_details(&self) -> bool {
        #[cfg(feature = "logs")]
        return self.events.is_some();
        #[cfg(not(feature = "logs"))]
        false
    }

    /// Whether the gaps between pieces of a stream are of use.
    pub(crate) fn wants_gaps(&self) -> bool {
        #[cfg(feature = "metrics")]
        return self.metrics.is_some();
        #[cfg(not(feature = "metrics"))]
        false
    }

    /// Tells of the end. The span is current.
    pub(crate) fn end(&self, end: &End<'_>) {
        let carried = Carried {
            early: &self.early,
            late: end.attributes,
        };
        #[cfg(feature = "metrics")]
        if let Some(metrics) = &self.metrics {
            metrics.record(end.now.seconds_since(self.started), carried, end);
        }
        #[cfg(feature = "logs")]
        if let Some(events) = &self.events {
            events.record(carried, end);
        }
    }
}

impl<'a> Carried<'a> {
    /// The value of an attribute.
    pub(crate) fn get(&self, attribute: AttributeId) -> Option<&'a Value> {
        let early = self.early.iter().find(|(id, _)| *id == attribute);
        early.map(|(_, value)| value).or_else(|| {
            let name = attribute.name();
            let late = self.late.iter().find(|kv| kv.key.as_str() == name);
            late.map(|kv| &kv.value)
        })
    }

    /// Those of `wanted` that are known and that nobody has to ask for.
    pub(crate) fn listed(
        self,
        wanted: impl IntoIterator<Item = &'static SignalAttribute>,
    ) -> impl Iterator<Item = (&'static str, &'a Value)> {
        wanted
            .into_iter()
            .filter(|attribute| !matches!(attribute.requirement, Requirement::OptIn))
            .filter_map(move |attribute| Some((attribute.name(), self.get(attribute.id)?)))
    }
}
