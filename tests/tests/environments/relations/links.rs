//! `links`.

use std::collections::BTreeMap;

use agent_trace::agent_span;
use agent_trace::testing::{Capture, Captured, Recorder, capture};
use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, TraceContextExt};
use tracing::Span;
use tracing::span::Id;
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::prelude::*;
use tracing_subscriber::reload;

use super::{assert_child_of, extracted, remote, with_span};

#[agent_span(name = "work", links(cause))]
fn to_span(cause: &Span) {}

#[agent_span(name = "work", links(cause))]
fn to_owned_span(cause: Span) {}

#[agent_span(name = "work", links(cause))]
fn to_id(cause: Id) {}

#[agent_span(name = "work", links(cause))]
fn to_id_option(cause: Option<Id>) {}

#[agent_span(name = "work", links(cause))]
fn to_span_context(cause: SpanContext) {}

#[agent_span(name = "work", links(cause))]
fn to_context(cause: &Context) {}

#[agent_span(name = "work", links(causes))]
fn to_vec(causes: Vec<SpanContext>) {}

#[agent_span(name = "work", links(causes))]
fn to_slice(causes: &[Span]) {}

#[agent_span(name = "work", links(causes))]
fn to_array(causes: [&Span; 2]) {}

#[agent_span(name = "work", links(causes))]
fn to_option_vec(causes: Vec<Option<SpanContext>>) {}

#[agent_span(name = "work", links(causes.values()))]
fn to_iterator(causes: &BTreeMap<u8, SpanContext>) {}

#[agent_span(name = "work", links(causes.iter().map(|cause| cause.context())))]
fn to_mapped(causes: &[Span]) {}

#[agent_span(name = "work", links(one, others))]
async fn to_several(one: &Span, others: Vec<SpanContext>) {
    tokio::task::yield_now().await;
}

/// The names of the spans that `work` is linked to, `remote` for the other process.
fn linked<T>(captured: &Captured<T>) -> Vec<String> {
    let work = captured.spans.find("invoke_agent work");
    work.links()
        .iter()
        .map(|link| {
            assert_eq!(link.kind(), Some("triggered_by"));
            let found = captured.spans.target(link);
            found.map_or("remote".to_owned(), |span| span.name().to_owned())
        })
        .collect()
}

fn context_of(span: &Span) -> SpanContext {
    span.context().span().span_context().clone()
}

#[test]
fn a_link_to_one_thing() {
    let captured = with_span(|given| to_span(&given));
    assert_eq!(linked(&captured), ["given"]);
    assert_child_of(&captured, "invoke_agent work", "around");
    assert_eq!(linked(&with_span(to_owned_span)), ["given"]);
    let captured = with_span(|given| to_id(given.id().expect("an id")));
    assert_eq!(linked(&captured), ["given"]);
    let captured = with_span(|given| to_id_option(given.id()));
    assert_eq!(linked(&captured), ["given"]);
    let captured = with_span(|given| to_span_context(context_of(&given)));
    assert_eq!(linked(&captured), ["given"]);
    let captured = with_span(|given| to_context(&given.context()));
    assert_eq!(linked(&captured), ["given"]);
    assert_eq!(linked(&capture(|| to_span_context(remote()))), ["remote"]);
    assert_eq!(linked(&capture(|| to_context(&extracted()))), ["remote"]);
}

#[tokio::test]
async fn links_to_many_things() {
    let captured = with_span(|given| to_vec(vec![context_of(&given), remote()]));
    assert_eq!(linked(&captured), ["given", "remote"]);
    let captured = with_span(|given| to_slice(&[given, Span::current()]));
    assert_eq!(linked(&captured), ["given", "around"]);
    let captured = with_span(|given| to_array([&given, &Span::none()]));
    assert_eq!(linked(&captured), ["given"]);
    let captured = with_span(|given| to_option_vec(vec![None, Some(context_of(&given))]));
    assert_eq!(linked(&captured), ["given"]);
    let captured = with_span(|given| {
        to_iterator(&BTreeMap::from([(1, remote()), (2, context_of(&given))]));
    });
    assert_eq!(linked(&captured), ["remote", "given"]);
    let captured = with_span(|given| to_mapped(&[given]));
    assert_eq!(linked(&captured), ["given"]);

    let captured = agent_trace::testing::capture_async(async {
        let given = tracing::info_span!("given");
        to_several(&given, vec![remote(), SpanContext::NONE]).await;
    })
    .await;
    assert_eq!(linked(&captured), ["given", "remote"]);
}

#[test]
fn links_to_nothing() {
    for captured in [
        with_span(|_| to_owned_span(Span::none())),
        with_span(|_| to_id_option(None)),
        with_span(|_| to_span_context(SpanContext::NONE)),
        with_span(|_| to_context(&Context::new())),
        with_span(|_| to_vec(Vec::new())),
        with_span(|_| to_option_vec(vec![None, None])),
        with_span(|_| to_iterator(&BTreeMap::new())),
    ] {
        assert_eq!(linked(&captured), [""; 0]);
    }
}

#[test]
fn links_to_spans_that_have_closed() {
    let captured = capture(|| {
        let context = {
            let early = tracing::info_span!("early");
            early.in_scope(|| context_of(&Span::current()))
        };
        to_span_context(context);
    });
    assert_eq!(linked(&captured), ["early"]);

    // An id of a span that is gone leads nowhere, and costs nothing else.
    #[agent_span(name = name, links(cause, known))]
    fn named(name: &str, cause: Id, known: SpanContext) {}

    let captured = capture(|| {
        let id = tracing::info_span!("gone").id().expect("an id");
        named("work", id, remote());
    });
    assert_eq!(linked(&captured), ["remote"]);
}

#[test]
fn links_to_spans_that_the_layer_does_not_see() {
    let captured = Capture::new()
        .otel_layer(|layer| layer.with_filter(filter_fn(|span| span.name() != "given")))
        .run(|| to_span(&tracing::info_span!("given")));
    assert_eq!(linked(&captured), [""; 0]);
}

#[test]
fn links_of_another_subscriber() {
    let (here, there) = (Recorder::new(), Recorder::new());
    let elsewhere = there.run(|| tracing::info_span!("elsewhere"));
    here.run(|| to_span(&elsewhere));
    let spans = here.spans();
    let work = spans.only();
    assert_eq!(work.links().len(), 1);
    drop(elsewhere);
    assert_eq!(
        work.links()[0].span_id(),
        there.spans().find("elsewhere").id()
    );
}

#[test]
fn links_behind_a_reload_layer() {
    let captured = Capture::new()
        .otel_layer(|layer| reload::Layer::new(layer).0)
        .run(|| to_vec(vec![remote()]));
    assert_eq!(linked(&captured), ["remote"]);
}

#[test]
fn links_without_opentelemetry() {
    tracing::subscriber::with_default(tracing_subscriber::registry(), || {
        let span = tracing::info_span!("given");
        to_span(&span);
        to_id(span.id().expect("an id"));
        to_span_context(remote());
    });
}

#[test]
fn links_that_the_body_adds() {
    let captured = capture(|| {
        #[agent_span(name = "work")]
        fn work() {
            agent_trace::current().link(remote());
        }
        work();
    });
    assert_eq!(linked(&captured), ["remote"]);
}
