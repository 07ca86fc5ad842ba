//! In the place of what is told of a call beside its span, where no feature has anyone to tell.

use crate::clock::{Clock, Moment};
use crate::early::Early;
use crate::record::TimedEvent;
use crate::site::Site;
use agent_trace_llm::Usage;
use opentelemetry::KeyValue;
use tracing::Dispatch;

/// There is none.
#[derive(Debug)]
pub(crate) enum Observed {}

/// A call at its end.
#[derive(Debug)]
#[expect(dead_code, reason = "nobody is told")]
pub(crate) struct End<'a> {
    pub(crate) site: &'static Site,
    pub(crate) now: Moment,
    pub(crate) attributes: &'a [KeyValue],
    pub(crate) usage: Option<&'a Usage>,
    pub(crate) gaps: &'a [f64],
    pub(crate) events: &'a [TimedEvent],
    pub(crate) exception: Option<&'a TimedEvent>,
}

impl Observed {
    #[inline]
    pub(crate) fn begin(_: &Dispatch, _: &Clock, _: &Site, _: &Early<'_>) -> Option<Box<Self>> {
        None
    }

    pub(crate) fn wants_details(&self) -> bool {
        match *self {}
    }

    pub(crate) fn wants_gaps(&self) -> bool {
        match *self {}
    }

    pub(crate) fn end(&self, _: &End<'_>) {
        match *self {}
    }
}
