//! The spans of one subtask.

use opentelemetry::trace::{SpanContext, SpanId};

/// How many spans of one subtask can be linked. Nearly every subtask has one.
const LIMIT: usize = 64;

/// A span of a subtask.
#[derive(Debug)]
pub(crate) struct Subspan {
    pub(crate) context: SpanContext,
    pub(crate) failed: bool,
}

/// The spans of one subtask, in the order in which they started. The first takes no allocation.
#[derive(Debug, Default)]
pub(crate) struct Subspans {
    first: Option<Subspan>,
    more: Vec<Subspan>,
    left_out: usize,
}

impl Subspans {
    pub(crate) fn push(&mut self, context: SpanContext) {
        let span = Subspan {
            context,
            failed: false,
        };
        if self.first.is_none() {
            self.first = Some(span);
        } else if self.more.len() + 1 < LIMIT {
            self.more.push(span);
        } else {
            self.left_out += 1;
        }
    }

    pub(crate) fn fail(&mut self, id: SpanId) {
        let mut all = self.first.iter_mut().chain(&mut self.more);
        if let Some(span) = all.find(|span| span.context.span_id() == id) {
            span.failed = true;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// Whether the last of them failed. One that failed before may have been tried again.
    pub(crate) fn last_failed(&self) -> bool {
        let last = self.more.last().or(self.first.as_ref());
        last.is_some_and(|span| span.failed)
    }

    /// How many there were beyond those that can be linked.
    pub(crate) fn left_out(&self) -> usize {
        self.left_out
    }

    pub(crate) fn into_iter(self) -> impl Iterator<Item = Subspan> {
        self.first.into_iter().chain(self.more)
    }
}
