//! The subscriber that most applications have: one for the whole process, set once.
//!
//! A binary of its own, since it can be set only once.

use std::thread;

use agent_trace::testing::Recorder;
use agent_trace::{agent_span, llm_call, tool_call};
use tracing::Instrument;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::prelude::*;

#[agent_span(name = "desk", conversation = "conv-1")]
async fn desk() {
    let inherits = tokio::spawn(look_up("task").in_current_span());
    let span = tracing::Span::current();
    let inside = thread::spawn(move || span.in_scope(count));
    inherits.await.expect("a task");
    inside.join().expect("a thread");
    // Neither a bare task nor a bare thread knows where it came from.
    tokio::spawn(look_up("bare")).await.expect("a task");
    ask().await;
    quiet();
}

#[tool_call(name = name)]
async fn look_up(name: &str) {
    tokio::task::yield_now().await;
}

#[tool_call]
fn count() {}

#[llm_call(provider = "acme", model = "m")]
async fn ask() {
    tokio::task::yield_now().await;
    agent_trace::current().finish_reason("stop");
}

#[tool_call(level = "debug")]
fn quiet() {}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_subscriber_for_the_process() {
    // Called before there is a subscriber: it must be asked again once there is one.
    count();

    let recorder = Recorder::new();
    let layer = tracing_opentelemetry::layer().with_tracer(recorder.tracer());
    tracing_subscriber::registry()
        .with(LevelFilter::INFO)
        .with(layer)
        .init();

    tokio::spawn(desk()).await.expect("a task");

    let spans = recorder.spans();
    assert_eq!(recorder.unfinished(), 0);
    let agent = spans.find("invoke_agent desk");
    agent
        .assert_unset()
        .assert_attr("agent_trace.tool_calls", 2)
        .assert_attr("agent_trace.inference_calls", 1)
        .assert_attr("gen_ai.response.finish_reasons", ["stop"]);
    let beneath = spans.children(agent);
    assert_eq!(beneath.len(), 3, "{}", spans.outline());
    for name in ["execute_tool task", "execute_tool count", "chat m"] {
        let span = spans.find(name);
        assert_eq!(span.parent(), Some(agent.id()), "{name}");
        span.assert_attr("gen_ai.conversation.id", "conv-1");
    }
    let bare = spans.find("execute_tool bare");
    assert_eq!(bare.parent(), None);
    bare.assert_no_attr("gen_ai.agent.name");
    assert_eq!(spans.len(), 5, "{}", spans.outline());
}
