//! `parent`.

use agent_trace::testing::{Capture, Recorder, capture};
use agent_trace::tool_call;
use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, TraceContextExt};
use tracing::Span;
use tracing::span::Id;
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::prelude::*;
use tracing_subscriber::reload;

use super::{assert_child_of, assert_in_remote_trace, extracted, remote, with_span};

#[tool_call(name = "work", parent = parent)]
fn under_span(parent: Span) {}

#[tool_call(name = "work", parent = parent)]
fn under_span_reference(parent: &Span) {}

#[tool_call(name = "work", parent = parent)]
fn under_option(parent: Option<&Span>) {}

#[tool_call(name = "work", parent = parent)]
fn under_id(parent: Id) {}

#[tool_call(name = "work", parent = parent)]
fn under_id_option(parent: Option<Id>) {}

#[tool_call(name = "work", parent = parent)]
fn under_span_context(parent: SpanContext) {}

#[tool_call(name = "work", parent = parent)]
fn under_context(parent: &Context) {
    below();
}

#[tool_call(name = "below")]
fn below() {}

#[tool_call(name = "work", parent = &extracted())]
async fn under_request() {
    tokio::task::yield_now().await;
    below();
}

#[test]
fn a_parent_of_this_process() {
    assert_child_of(&with_span(under_span), "execute_tool work", "given");
    let captured = with_span(|given| under_span_reference(&given));
    assert_child_of(&captured, "execute_tool work", "given");
    let captured = with_span(|given| under_option(Some(&given)));
    assert_child_of(&captured, "execute_tool work", "given");
    let captured = with_span(|given| under_id(given.id().expect("an id")));
    assert_child_of(&captured, "execute_tool work", "given");
    let captured = with_span(|given| under_id_option(given.id()));
    assert_child_of(&captured, "execute_tool work", "given");
    let captured = with_span(|given| under_context(&given.context()));
    assert_child_of(&captured, "execute_tool work", "given");
    let captured =
        with_span(|given| under_span_context(given.context().span().span_context().clone()));
    assert_child_of(&captured, "execute_tool work", "given");
}

#[test]
fn no_parent_is_the_current_span() {
    let captured = with_span(|_| under_option(None));
    assert_child_of(&captured, "execute_tool work", "around");
    let captured = with_span(|_| under_id_option(None));
    assert_child_of(&captured, "execute_tool work", "around");
    let captured = with_span(|_| under_span(Span::none()));
    assert_child_of(&captured, "execute_tool work", "around");
    let captured = with_span(|_| under_span_context(SpanContext::NONE));
    assert_child_of(&captured, "execute_tool work", "around");
}

#[tokio::test]
async fn a_remote_parent() {
    for activation in [true, false] {
        let capture = || Capture::new().with_context_activation(activation);
        let captured = capture().run(|| under_context(&extracted()));
        assert_in_remote_trace(captured.spans.find("execute_tool work"));
        assert_child_of(&captured, "execute_tool below", "execute_tool work");

        let captured = capture()
            .run(|| tracing::info_span!("around").in_scope(|| under_span_context(remote())));
        assert_in_remote_trace(captured.spans.find("execute_tool work"));

        let captured = capture().run_async(async { under_request().await }).await;
        assert_in_remote_trace(captured.spans.find("execute_tool work"));
        assert_child_of(&captured, "execute_tool below", "execute_tool work");
    }
}

#[test]
fn a_remote_parent_behind_a_reload_layer() {
    let captured = Capture::new()
        .otel_layer(|layer| reload::Layer::new(layer).0)
        .run(|| tracing::info_span!("around").in_scope(|| under_context(&extracted())));
    assert_in_remote_trace(captured.spans.find("execute_tool work"));
    assert_child_of(&captured, "execute_tool below", "execute_tool work");
}

/// A context with nothing in it says that there is no parent.
#[test]
fn an_empty_context() {
    let captured = with_span(|_| under_context(&Context::new()));
    let work = captured.spans.find("execute_tool work");
    assert_eq!(work.parent(), None);
    assert_child_of(&captured, "execute_tool below", "execute_tool work");
}

#[test]
fn a_closed_parent_costs_nothing_but_the_parent() {
    #[tool_call(name = name, call_id = "call-1", parent = parent)]
    fn named(name: &str, parent: Id) {}

    let captured = capture(|| {
        let id = {
            let closed = tracing::info_span!("closed");
            closed.in_scope(|| ());
            closed.id().expect("an id")
        };
        tracing::info_span!("around").in_scope(|| named("work", id));
    });
    let work = captured.spans.find("execute_tool work");
    work.assert_attr("gen_ai.tool.call.id", "call-1")
        .assert_attr("gen_ai.tool.name", "work");
}

#[test]
fn a_parent_of_another_subscriber() {
    let (here, there) = (Recorder::new(), Recorder::new());
    let elsewhere = there.run(|| {
        // The ids of both count from one; these are to differ.
        for _ in 0..5 {
            tracing::info_span!("before").in_scope(|| ());
        }
        tracing::info_span!("elsewhere")
    });
    here.run(|| {
        tracing::info_span!("around").in_scope(|| under_span_reference(&elsewhere));
    });
    drop(elsewhere);
    let (here, there) = (here.spans(), there.spans());
    let work = here.find("execute_tool work");
    let elsewhere = there.find("elsewhere");
    assert_eq!(work.parent(), Some(elsewhere.id()));
    assert_eq!(work.trace_id(), elsewhere.trace_id());
}

#[test]
fn a_parent_that_the_layer_does_not_see() {
    let captured = Capture::new()
        .otel_layer(|layer| layer.with_filter(filter_fn(|span| span.name() != "given")))
        .run(|| {
            let given = tracing::info_span!("given");
            tracing::info_span!("around").in_scope(|| under_span(given));
        });
    captured.spans.find("execute_tool work");
}

#[test]
fn parents_without_opentelemetry() {
    tracing::subscriber::with_default(tracing_subscriber::registry(), || {
        let span = tracing::info_span!("given");
        under_id(span.id().expect("an id"));
        under_span(span);
        under_span_context(remote());
        under_context(&extracted());
    });
}
