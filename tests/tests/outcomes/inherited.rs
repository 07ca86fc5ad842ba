//! What the nearest enclosing agent knows, beneath it and nowhere else.

use std::future::Future;

use agent_trace::testing::{Spans, capture, capture_async};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use crate::support::*;

const CONVERSATION: &str = "gen_ai.conversation.id";
const AGENT: &str = "gen_ai.agent.name";

#[agent_trace::tool_call]
async fn tool() {
    tokio::task::yield_now().await;
}

#[agent_trace::tool_call]
fn sync_tool() {}

#[agent_trace::llm_call(model = "small")]
async fn ask() {
    tokio::task::yield_now().await;
}

#[agent_trace::agent_span(operation = "plan")]
async fn plan() {}

#[agent_trace::agent_span(name = name, conversation = conversation)]
async fn agent<F: Future>(name: &str, conversation: Option<&str>, body: F) -> F::Output {
    body.await
}

#[agent_trace::agent_span(operation = "invoke_workflow")]
async fn workflow<F: Future>(body: F) -> F::Output {
    agent_trace::current().conversation("of the workflow");
    body.await
}

async fn run<F: Future>(body: F) -> Spans {
    sound(capture_async(body).await)
}

/// That a call of each kind knows both.
#[track_caller]
fn assert_known(spans: &Spans, name: &str, conversation: &str) {
    let mut tools = 0;
    for span in spans.iter() {
        if span.name().starts_with("execute_tool") {
            tools += 1;
            span.assert_attr(AGENT, name)
                .assert_attr(CONVERSATION, conversation);
        }
        if span.name() == "chat small" {
            span.assert_no_attr(AGENT)
                .assert_attr(CONVERSATION, conversation);
        }
    }
    assert!(tools > 0, "{}", spans.outline());
}

#[tokio::test]
async fn directly_beneath() {
    let spans = run(agent("ann", Some("c-1"), async {
        tool().await;
        ask().await;
        plan().await;
        sync_tool();
    }))
    .await;
    assert_known(&spans, "ann", "c-1");
    spans.find("plan ann").assert_attr(AGENT, "ann");
}

#[tokio::test]
async fn through_plain_spans_and_tools() {
    #[agent_trace::tool_call]
    async fn around() {
        async {
            tool().instrument(tracing::info_span!("inner")).await;
            ask().await;
        }
        .instrument(tracing::info_span!("outer"))
        .await;
    }
    let spans = run(agent("ann", Some("c-1"), around())).await;
    assert_known(&spans, "ann", "c-1");
    assert_eq!(
        spans.path(spans.find("execute_tool tool")),
        "invoke_agent ann > execute_tool around > outer > inner > execute_tool tool"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn through_tasks_and_threads() {
    let spans = run(agent("ann", Some("c-1"), async {
        let task = async {
            tool().await;
            ask().await;
        };
        tokio::spawn(task.in_current_span().with_current_subscriber())
            .await
            .expect("no panic");
        let span = tracing::Span::current();
        let dispatch = tracing::dispatcher::get_default(Clone::clone);
        std::thread::spawn(move || {
            tracing::dispatcher::with_default(&dispatch, || span.in_scope(sync_tool));
        })
        .join()
        .expect("no panic");
    }))
    .await;
    assert_eq!(spans.len(), 4);
    assert_known(&spans, "ann", "c-1");
}

#[tokio::test]
async fn the_nearest_agent_is_meant() {
    let spans = run(agent("ann", Some("c-1"), async {
        agent("ben", None, async {
            tool().await;
            ask().await;
        })
        .await;
    }))
    .await;
    assert_known(&spans, "ben", "c-1");
    spans
        .find("invoke_agent ben")
        .assert_attr(CONVERSATION, "c-1");

    let spans = run(agent("ann", Some("c-1"), async {
        agent("ben", Some("c-2"), tool()).await;
    }))
    .await;
    assert_known(&spans, "ben", "c-2");
    spans
        .find("invoke_agent ann")
        .assert_attr(CONVERSATION, "c-1");
}

#[tokio::test]
async fn a_workflow_has_a_conversation_and_no_agent() {
    let spans = run(workflow(async {
        tool().await;
        agent("ann", None, ask()).await;
    }))
    .await;
    spans
        .find("execute_tool tool")
        .assert_no_attr(AGENT)
        .assert_attr(CONVERSATION, "of the workflow");
    spans
        .find("chat small")
        .assert_attr(CONVERSATION, "of the workflow");
}

#[tokio::test]
async fn nothing_is_known_outside() {
    let spans = run(async {
        agent("ann", Some("c-1"), async {}).await;
        tool().await;
    })
    .await;
    spans
        .find("execute_tool tool")
        .assert_no_attr(AGENT)
        .assert_no_attr(CONVERSATION);
}

#[agent_trace::tool_call(parent = parent)]
fn placed(parent: &tracing::Span) {
    let _ = parent;
}

#[tokio::test]
async fn an_explicit_parent_is_where_it_is_learned() {
    let spans = run(agent("ann", Some("c-1"), async {
        let ann = tracing::Span::current();
        agent("ben", Some("c-2"), async { placed(&ann) }).await;
    }))
    .await;
    assert_known(&spans, "ann", "c-1");
    let tool = spans.find("execute_tool placed");
    assert_eq!(tool.parent(), Some(spans.find("invoke_agent ann").id()));
    spans
        .find("invoke_agent ann")
        .assert_attr("agent_trace.tool_calls", 1);
    spans
        .find("invoke_agent ben")
        .assert_attr("agent_trace.tool_calls", 0);
}

#[agent_trace::agent_span(new_trace)]
async fn background() {
    tool().await;
    ask().await;
}

#[tokio::test]
async fn a_linked_root_keeps_the_conversation() {
    let spans = run(agent("ann", Some("c-1"), background())).await;
    assert_eq!(spans.roots().len(), 2);
    assert_known(&spans, "background", "c-1");
    let (ann, background) = (
        spans.find("invoke_agent ann"),
        spans.find("invoke_agent background"),
    );
    background.assert_attr(CONVERSATION, "c-1");
    assert_ne!(ann.trace_id(), background.trace_id());
    let links = background.links();
    assert_eq!(links.len(), 1);
    assert_eq!(
        spans
            .target(&links[0])
            .map(agent_trace::testing::FinishedSpan::id),
        Some(ann.id())
    );
}

#[tokio::test]
async fn interleaved_agents_are_not_mixed_up() {
    const NAMES: [&str; 5] = ["a", "b", "c", "d", "e"];
    let spans = run(agent("lead", Some("lead"), async {
        let mut agents: FuturesUnordered<_> = NAMES
            .iter()
            .map(|name| {
                agent(name, Some(name), async {
                    for _ in 0..3 {
                        tool().await;
                        ask().await;
                        tokio::task::yield_now().await;
                        sync_tool();
                    }
                })
            })
            .collect();
        while agents.next().await.is_some() {
            tool().await;
        }
    }))
    .await;
    assert_eq!(spans.len(), 1 + 5 * (1 + 9) + 5);
    for span in spans.iter() {
        let Some(parent) = spans.parent(span) else {
            continue;
        };
        let name = parent.str(AGENT).expect("the parent is an agent");
        if span.name().starts_with("invoke_agent") {
            assert_eq!(name, "lead");
            span.assert_attr(CONVERSATION, span.str(AGENT).expect("a name"));
            span.assert_attr("agent_trace.inference_calls", 3)
                .assert_attr("agent_trace.tool_calls", 6);
        } else if span.name() == "chat small" {
            span.assert_attr(CONVERSATION, name);
        } else {
            span.assert_attr(AGENT, name)
                .assert_attr(CONVERSATION, name);
        }
    }
    spans
        .find("invoke_agent lead")
        .assert_attr("agent_trace.tool_calls", 5)
        .assert_attr("agent_trace.subtree.tool_calls", 35);
}

#[tokio::test]
async fn a_conversation_that_becomes_known_in_the_body() {
    let spans = run(agent("ann", None, async {
        agent_trace::current().conversation("c-9");
        tool().await;
        ask().await;
    }))
    .await;
    assert_known(&spans, "ann", "c-9");
    spans
        .find("invoke_agent ann")
        .assert_attr(CONVERSATION, "c-9");
}

#[agent_trace::llm_call(model = "small", conversation = "of its own")]
fn ask_with_its_own() {}

#[tokio::test]
async fn an_own_conversation_wins() {
    let spans = run(agent("ann", Some("c-1"), async { ask_with_its_own() })).await;
    spans
        .find("chat small")
        .assert_attr(CONVERSATION, "of its own");
    spans
        .find("invoke_agent ann")
        .assert_attr(CONVERSATION, "c-1");
}

#[test]
fn a_function_that_returns_a_future_takes_its_place_at_the_call() {
    #[agent_trace::tool_call]
    fn lazy() -> impl Future<Output = ()> {
        async {
            sync_tool();
        }
    }
    #[agent_trace::agent_span]
    fn first() -> impl Future<Output = ()> {
        lazy()
    }
    #[agent_trace::agent_span]
    fn second(mut inner: std::pin::Pin<Box<impl Future<Output = ()>>>) {
        assert!(poll_once(inner.as_mut()).is_ready());
    }
    let spans = sound(capture(|| second(Box::pin(first()))));
    assert_eq!(
        spans.path(spans.find("execute_tool sync_tool")),
        "invoke_agent first > execute_tool lazy > execute_tool sync_tool"
    );
    for name in ["execute_tool lazy", "execute_tool sync_tool"] {
        spans.find(name).assert_attr(AGENT, "first");
    }
}
