//! What the tests have in common.

use agent_trace::testing::{FinishedSpan, Spans};
use agent_trace::{agent_span, tool_call};
use opentelemetry::trace::SpanId;

pub(crate) const ID: &str = "agent_trace.fan_out.id";
pub(crate) const INDEX: &str = "agent_trace.fan_out.index";
pub(crate) const SIZE: &str = "agent_trace.fan_out.size";
pub(crate) const LABEL: &str = "agent_trace.fan_out.label";
pub(crate) const OUTCOME: &str = "agent_trace.fan_out.outcome";

#[tool_call]
pub(crate) async fn search(number: usize) -> usize {
    tokio::task::yield_now().await;
    number
}

#[tool_call(name = "search")]
pub(crate) async fn try_search(number: usize, fails: bool) -> Result<usize, std::io::Error> {
    tokio::task::yield_now().await;
    if fails {
        return Err(std::io::Error::other("no"));
    }
    Ok(number)
}

#[tool_call]
pub(crate) fn measure(number: usize) -> usize {
    number
}

#[agent_span]
pub(crate) async fn forever() {
    std::future::pending().await
}

#[agent_span]
pub(crate) async fn panicking() {
    panic!("on purpose")
}

/// A `fan_in` link: its index, its outcome, and the span at its other end.
pub(crate) fn fan_in(span: &FinishedSpan) -> Vec<(i64, &str, SpanId)> {
    span.links_of("fan_in")
        .into_iter()
        .map(|link| {
            (
                link.int(INDEX).unwrap(),
                link.str(OUTCOME).unwrap(),
                link.span_id(),
            )
        })
        .collect()
}

/// The outcomes of the `fan_in` links, by index.
pub(crate) fn outcomes(span: &FinishedSpan) -> Vec<(i64, &str)> {
    fan_in(span)
        .into_iter()
        .map(|(index, outcome, _)| (index, outcome))
        .collect()
}

/// Every subtask is beneath the dispatching span and linked in both directions.
pub(crate) fn assert_linked(spans: &Spans, dispatcher: &FinishedSpan, subtasks: &[&FinishedSpan]) {
    let links = fan_in(dispatcher);
    assert_eq!(links.len(), subtasks.len());
    for subtask in subtasks {
        assert_eq!(subtask.parent(), Some(dispatcher.id()), "{}", spans.tree());
        let [link] = subtask.links_of("fan_out")[..] else {
            panic!("one link to the dispatching span: {}", spans.tree())
        };
        assert_eq!(link.span_id(), dispatcher.id());
        assert_eq!(link.trace_id(), dispatcher.trace_id());
        let index = subtask.int(INDEX).unwrap();
        assert_eq!(link.int(INDEX), Some(index));
        assert_eq!(link.str(ID), subtask.str(ID));
        assert!(
            links
                .iter()
                .any(|link| (link.0, link.2) == (index, subtask.id())),
            "{}",
            spans.tree()
        );
    }
}
