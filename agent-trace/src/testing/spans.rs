//! The spans of a capture.

use std::ops::Index;
use std::slice;

use opentelemetry::trace::{SpanId, TraceId};
use opentelemetry_sdk::trace::SpanData;

use super::timeline::Entry;
use super::{FinishedSpan, Link, Snapshot};

/// The spans that ended during a capture, by start.
///
/// ```
/// use agent_trace::testing::capture;
///
/// let spans = capture(|| {
///     let agent = tracing::info_span!("agent");
///     agent.in_scope(|| {
///         tracing::info_span!("tool").in_scope(|| ());
///         tracing::info_span!("chat").in_scope(|| ());
///     });
/// })
/// .spans;
///
/// let agent = spans.find("agent");
/// assert_eq!(spans.names(), ["agent", "tool", "chat"]);
/// assert_eq!(spans.roots().len(), 1);
/// assert_eq!(spans.children(agent).len(), 2);
/// assert_eq!(spans.parent(spans.find("chat")).map(|parent| parent.id()), Some(agent.id()));
/// assert_eq!(spans.path(spans.find("chat")), "agent > chat");
/// assert_eq!(spans.named("tool").len(), 1);
/// assert_eq!(spans.outline(), "agent [internal]\n  tool [internal]\n  chat [internal]\n");
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Spans {
    spans: Vec<FinishedSpan>,
    fixed: bool,
}

impl Spans {
    pub(super) fn from_entries(mut entries: Vec<Entry>, fixed: bool) -> Self {
        entries.sort_by_key(|entry| (entry.data.start_time, entry.started));
        Self::collect(entries.into_iter().map(|entry| entry.data).collect(), fixed)
    }

    /// Spans from elsewhere, with their real times.
    ///
    /// ```
    /// let captured = agent_trace::testing::capture(|| tracing::info_span!("work").in_scope(|| ()));
    /// let spans = agent_trace::testing::Spans::from_data(captured.spans.to_data());
    ///
    /// assert_eq!(spans.names(), ["work"]);
    /// ```
    pub fn from_data(mut data: Vec<SpanData>) -> Self {
        data.sort_by_key(|span| span.start_time);
        Self::collect(data, false)
    }

    fn collect(data: Vec<SpanData>, fixed: bool) -> Self {
        let origin = data.first().map(|span| span.start_time);
        let spans = data
            .into_iter()
            .map(|span| FinishedSpan::new(span, origin.unwrap_or(std::time::UNIX_EPOCH)));
        Self {
            spans: spans.collect(),
            fixed,
        }
    }

    /// The one span called `name`.
    ///
    /// # Panics
    ///
    /// Where there is none, or more than one.
    #[track_caller]
    pub fn find(&self, name: &str) -> &FinishedSpan {
        match self.named(name)[..] {
            [span] => span,
            [] => panic!("no span `{name}`; there are:\n{}", self.outline()),
            ref many => panic!(
                "{} spans `{name}`, expected one; there are:\n{}",
                many.len(),
                self.outline()
            ),
        }
    }

    /// The one span of the capture.
    ///
    /// # Panics
    ///
    /// Where there is none, or more than one.
    #[track_caller]
    pub fn only(&self) -> &FinishedSpan {
        match &self.spans[..] {
            [span] => span,
            many => panic!(
                "{} spans, expected one; there are:\n{}",
                many.len(),
                self.outline()
            ),
        }
    }

    /// The spans called `name`, by start.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<&FinishedSpan> {
        self.iter().filter(|span| span.name() == name).collect()
    }

    /// The spans without a parent in this capture, by start: true roots, those with a remote parent, and those whose
    /// parent was not captured.
    #[must_use]
    pub fn roots(&self) -> Vec<&FinishedSpan> {
        self.iter()
            .filter(|span| self.parent(span).is_none())
            .collect()
    }

    /// The span's children, by start.
    #[must_use]
    pub fn children(&self, span: &FinishedSpan) -> Vec<&FinishedSpan> {
        self.iter()
            .filter(|child| {
                child.trace_id() == span.trace_id() && child.parent() == Some(span.id())
            })
            .collect()
    }

    /// The span's parent, where it was captured.
    #[must_use]
    pub fn parent(&self, span: &FinishedSpan) -> Option<&FinishedSpan> {
        self.by_id(span.trace_id(), span.parent()?)
    }

    /// The span at the other end of a link, where it was captured.
    #[must_use]
    pub fn target(&self, link: &Link<'_>) -> Option<&FinishedSpan> {
        self.by_id(link.trace_id(), link.span_id())
    }

    /// The names from the root down to the span: `agent > chat`.
    #[must_use]
    pub fn path(&self, span: &FinishedSpan) -> String {
        let mut names = vec![span.name()];
        let mut at = span;
        while let Some(parent) = self.parent(at) {
            names.push(parent.name());
            at = parent;
        }
        names.reverse();
        names.join(" > ")
    }

    fn by_id(&self, trace: TraceId, span: SpanId) -> Option<&FinishedSpan> {
        self.iter()
            .find(|candidate| candidate.trace_id() == trace && candidate.id() == span)
    }

    /// The names, by start.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.iter().map(FinishedSpan::name).collect()
    }

    /// The spans as text, for a snapshot: see [`Snapshot`] for what is shown and for choices.
    #[must_use]
    pub fn tree(&self) -> String {
        self.snapshot().to_string()
    }

    /// The names, kinds and statuses alone, as an indented tree.
    #[must_use]
    pub fn outline(&self) -> String {
        self.snapshot().outline().to_string()
    }

    /// The spans as text, with choices.
    pub fn snapshot(&self) -> Snapshot<'_> {
        Snapshot::new(self)
    }

    pub(super) fn is_fixed(&self) -> bool {
        self.fixed
    }

    /// By start.
    pub fn iter(&self) -> slice::Iter<'_, FinishedSpan> {
        self.spans.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The spans as exporters get them, to test an exporter with.
    #[must_use]
    pub fn to_data(&self) -> Vec<SpanData> {
        self.iter().map(|span| span.data().clone()).collect()
    }
}

impl Index<usize> for Spans {
    type Output = FinishedSpan;

    fn index(&self, index: usize) -> &FinishedSpan {
        &self.spans[index]
    }
}

impl<'a> IntoIterator for &'a Spans {
    type Item = &'a FinishedSpan;
    type IntoIter = slice::Iter<'a, FinishedSpan>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
