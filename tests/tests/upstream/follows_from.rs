//! What caused a call and is not its parent: links.

use opentelemetry::trace::SpanContext;
use opentelemetry::trace::TraceContextExt;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::{FAMILY, call};
use crate::record::{record, record_async};

#[call(links(causes))]
fn linked(causes: &[Span]) -> usize {
    causes.len()
}

#[call(links(causes))]
async fn linked_async(causes: &[Span]) -> usize {
    tokio::task::yield_now().await;
    causes.len()
}

#[call(links(Span::current()))]
fn linked_to_current() {}

#[call(links(first, rest, Span::current().id()))]
fn linked_to_all(first: Option<SpanContext>, rest: Vec<tracing::Id>) -> usize {
    usize::from(first.is_some()) + rest.len()
}

fn causes() -> [Span; 3] {
    [
        tracing::info_span!("a"),
        tracing::info_span!("b"),
        tracing::info_span!("c"),
    ]
}

#[test]
fn a_list() {
    let (_, sync) = record(|| linked(&causes()));
    let (_, asynchronous) = record_async(async { linked_async(&causes()).await });
    for (captured, function) in [(sync, "linked"), (asynchronous, "linked_async")] {
        assert_eq!(captured.value, 3);
        let span = captured.spans.find(&FAMILY.span_name(function));
        assert_eq!(span.parent(), None);
        let names: Vec<_> = span
            .links()
            .iter()
            .map(|link| captured.spans.target(link).expect("captured").name())
            .collect();
        assert_eq!(names, ["a", "b", "c"]);
        assert_eq!(span.links_of("triggered_by").len(), 3);
    }
}

#[test]
fn the_current_span() {
    let (_, captured) = record(|| tracing::info_span!("cause").in_scope(linked_to_current));
    let span = captured.spans.find(&FAMILY.span_name("linked_to_current"));
    let cause = captured.spans.find("cause");
    assert_eq!(span.parent(), Some(cause.id()));
    assert_eq!(
        captured
            .spans
            .target(&span.links()[0])
            .map(|span| span.id()),
        Some(cause.id())
    );
}

#[test]
fn each_kind_of_thing() {
    let (_, captured) = record(|| {
        let [a, b, c] = causes();
        let context = a.context().span().span_context().clone();
        let ids = [&b, &c].into_iter().filter_map(Span::id).collect();
        let both = linked_to_all(Some(context), ids);
        let neither = linked_to_all(None, Vec::new());
        (both, neither)
    });
    assert_eq!(captured.value, (3, 0));
    let spans = captured.spans.named(&FAMILY.span_name("linked_to_all"));
    assert_eq!(spans[0].links().len(), 3);
    assert_eq!(spans[1].links().len(), 0);
}
