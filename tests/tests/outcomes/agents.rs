//! What is added up on agents and workflows.

use agent_trace::testing::{FinishedSpan, Recorder, Spans, capture, capture_async};
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use crate::model::{Chunk, Reply, usage};
use crate::support::*;

const INPUT: &str = "gen_ai.usage.input_tokens";
const OUTPUT: &str = "gen_ai.usage.output_tokens";
const FINISH: &str = "gen_ai.response.finish_reasons";
const CALLS: &str = "agent_trace.inference_calls";
const TOOLS: &str = "agent_trace.tool_calls";
const ALL_INPUT: &str = "agent_trace.subtree.input_tokens";
const ALL_OUTPUT: &str = "agent_trace.subtree.output_tokens";
const ALL_CALLS: &str = "agent_trace.subtree.inference_calls";
const ALL_TOOLS: &str = "agent_trace.subtree.tool_calls";
const ALL_AGENTS: &str = "agent_trace.subtree.agent_calls";
const ERRORS: &str = "agent_trace.subtree.errors";

#[agent_trace::llm_call(model = "small")]
async fn ask(reply: Reply) -> Reply {
    tokio::task::yield_now().await;
    reply
}

#[agent_trace::llm_call(model = "small")]
fn ask_stream(chunks: &'static [Chunk]) -> BoxStream<'static, Chunk> {
    stream::iter(chunks.iter().copied()).boxed()
}

#[agent_trace::llm_call(operation = "embeddings", model = "embedder")]
async fn embed() -> Reply {
    Reply {
        finish: None,
        ..Reply::of(5, 0)
    }
}

#[agent_trace::tool_call]
async fn tool(what: Do) -> Result<i64, Trouble> {
    what.it()
}

/// A tool that asks a model.
#[agent_trace::tool_call]
async fn asking_tool() {
    ask(Reply::of(100, 10)).await;
}

fn finishing(reason: &'static str) -> Reply {
    Reply {
        finish: Some(reason),
        ..Reply::of(10, 1)
    }
}

#[agent_trace::agent_span]
async fn helper() -> Result<(), Trouble> {
    ask(finishing("length")).await;
    ask(Reply::default()).await;
    tool(Do::Fail).await?;
    Ok(())
}

#[agent_trace::agent_span]
async fn lead() {
    ask(finishing("tool_calls")).await;
    let _ = tool(Do::Return).await;
    asking_tool().await;
    let _ = helper().await;
    embed().await;
    ask(finishing("stop"))
        .instrument(tracing::info_span!("plain"))
        .await;
}

#[agent_trace::agent_span(operation = "invoke_workflow")]
async fn flow() {
    ask(Reply::of(1000, 100)).await;
    lead().await;
    lead().await;
}

#[track_caller]
fn assert_counts(span: &FinishedSpan, expected: [(&str, i64); 6]) {
    for (key, count) in expected {
        span.assert_attr(key, count);
    }
}

#[tokio::test]
async fn each_call_at_one_agent() {
    let captured = capture_async(async { flow().await }).await;
    let spans = sound(captured);

    let helpers = spans.named("invoke_agent helper");
    assert_eq!(helpers.len(), 2);
    for helper in helpers {
        helper
            .assert_attr(INPUT, 10)
            .assert_attr(OUTPUT, 1)
            .assert_attr(FINISH, ["length"])
            .assert_attr(CALLS, 2)
            .assert_attr(TOOLS, 1);
        assert_counts(
            helper,
            [
                (ALL_INPUT, 10),
                (ALL_OUTPUT, 1),
                (ALL_CALLS, 2),
                (ALL_TOOLS, 1),
                (ALL_AGENTS, 0),
                (ERRORS, 1),
            ],
        );
    }

    let leads = spans.named("invoke_agent lead");
    assert_eq!(leads.len(), 2);
    for lead in leads {
        // Its own: two, one beneath a tool, and the tokens of an embedding. Not the helper's.
        lead.assert_attr(INPUT, 10 + 100 + 5 + 10)
            .assert_attr(OUTPUT, 1 + 10 + 1)
            .assert_attr(FINISH, ["stop"])
            .assert_attr(CALLS, 3)
            .assert_attr(TOOLS, 2);
        assert_counts(
            lead,
            [
                (ALL_INPUT, 135),
                (ALL_OUTPUT, 13),
                (ALL_CALLS, 5),
                (ALL_TOOLS, 3),
                (ALL_AGENTS, 1),
                // The tool, and the helper that passed its error on.
                (ERRORS, 2),
            ],
        );
    }

    let flow = spans.find("invoke_workflow flow");
    flow.assert_no_attr(INPUT)
        .assert_no_attr(OUTPUT)
        .assert_no_attr(FINISH)
        .assert_no_attr(CALLS)
        .assert_no_attr(TOOLS);
    assert_counts(
        flow,
        [
            (ALL_INPUT, 1000 + 2 * 135),
            (ALL_OUTPUT, 100 + 2 * 13),
            (ALL_CALLS, 11),
            (ALL_TOOLS, 6),
            (ALL_AGENTS, 4),
            (ERRORS, 4),
        ],
    );
}

#[agent_trace::agent_span]
async fn idle() {}

#[tokio::test]
async fn nothing_known_is_nothing_said() {
    let captured = capture_async(async { idle().await }).await;
    sound(captured)
        .only()
        .assert_no_attr(INPUT)
        .assert_no_attr(OUTPUT)
        .assert_no_attr(FINISH)
        .assert_no_attr(ALL_INPUT)
        .assert_no_attr(ERRORS)
        .assert_attr(CALLS, 0)
        .assert_attr(TOOLS, 0)
        .assert_attr(ALL_CALLS, 0);
}

#[agent_trace::agent_span]
async fn streaming() {
    const CHUNKS: &[Chunk] = &[
        Chunk::Usage(7, 1),
        Chunk::Text,
        Chunk::Finish(0, "stop"),
        Chunk::Usage(7, 2),
    ];
    ask_stream(CHUNKS).count().await;
    ask_stream(CHUNKS).take(2).count().await;
}

#[tokio::test]
async fn streams_count_when_they_end() {
    let captured = capture_async(async { streaming().await }).await;
    sound(captured)
        .find("invoke_agent streaming")
        .assert_attr(INPUT, 14)
        .assert_attr(OUTPUT, 3)
        .assert_attr(FINISH, ["stop"])
        .assert_attr(CALLS, 2);
}

#[agent_trace::agent_span]
async fn spawning() {
    let task = tokio::spawn(
        async {
            ask(Reply::of(10, 1)).await;
            let _ = tool(Do::Return).await;
        }
        .in_current_span()
        .with_current_subscriber(),
    );
    let span = tracing::Span::current();
    let dispatch = tracing::dispatcher::get_default(Clone::clone);
    let thread = std::thread::spawn(move || {
        tracing::dispatcher::with_default(&dispatch, || {
            span.in_scope(|| {
                let mut asking = Box::pin(ask(Reply::of(100, 10)));
                while poll_once(asking.as_mut()).is_pending() {}
            });
        });
    });
    task.await.expect("no panic");
    thread.join().expect("no panic");
}

#[tokio::test(flavor = "multi_thread")]
async fn across_tasks_and_threads() {
    let captured = capture_async(async { spawning().await }).await;
    let spans = sound(captured);
    let agent = spans.find("invoke_agent spawning");
    agent
        .assert_attr(INPUT, 110)
        .assert_attr(OUTPUT, 11)
        .assert_attr(CALLS, 2)
        .assert_attr(TOOLS, 1);
    assert_eq!(spans.children(agent).len(), 3);
}

#[agent_trace::agent_span]
async fn parallel() {
    let calls = (0..100).map(|_| ask(Reply::of(3, 2)));
    futures_util::future::join_all(calls).await;
}

#[tokio::test]
async fn many_at_once() {
    let captured = capture_async(async { parallel().await }).await;
    let spans = sound(captured);
    assert_eq!(spans.len(), 101);
    spans
        .find("invoke_agent parallel")
        .assert_attr(INPUT, 300)
        .assert_attr(OUTPUT, 200)
        .assert_attr(CALLS, 100);
}

#[agent_trace::agent_span]
async fn retrying() {
    #[agent_trace::llm_call(model = "outer")]
    async fn wrapped() {
        ask(Reply::of(10, 1)).await;
        ask(Reply::of(10, 1)).await;
    }
    wrapped().await;
}

#[tokio::test]
async fn calls_that_are_one_call_count_once() {
    let captured = capture_async(async { retrying().await }).await;
    sound(captured)
        .find("invoke_agent retrying")
        .assert_attr(INPUT, 20)
        .assert_attr(CALLS, 1);
}

#[agent_trace::agent_span]
async fn failing(what: Do) -> Result<i64, Trouble> {
    ask(Reply::of(10, 1)).await;
    what.it()
}

#[agent_trace::agent_span]
async fn cancelled() {
    ask(Reply::of(10, 1)).await;
    std::future::pending::<()>().await;
}

#[agent_trace::agent_span(operation = "invoke_workflow")]
async fn disasters() {
    let _ = failing(Do::Fail).await;
    let mut pinned = Box::pin(cancelled());
    for _ in 0..3 {
        assert!(poll_once(pinned.as_mut()).is_pending());
        tokio::task::yield_now().await;
    }
}

fn totals(spans: &Spans, name: &str) -> (Option<i64>, Option<i64>) {
    let span = spans.find(name);
    (span.int(INPUT), span.int(CALLS))
}

#[tokio::test]
async fn an_agent_that_ends_badly_still_sums_up() {
    let captured = capture_async(async { disasters().await }).await;
    let spans = sound(captured);
    assert_eq!(totals(&spans, "invoke_agent failing"), (Some(10), Some(1)));
    assert_refused(spans.find("invoke_agent failing"));
    assert_eq!(
        totals(&spans, "invoke_agent cancelled"),
        (Some(10), Some(1))
    );
    assert_cancelled(spans.find("invoke_agent cancelled"));
    spans
        .find("invoke_workflow disasters")
        .assert_attr(ALL_AGENTS, 2)
        .assert_attr(ERRORS, 2)
        .assert_attr(ALL_INPUT, 20);

    let recorder = Recorder::new();
    let task = tokio::spawn(recorder.run_async(async { failing(Do::Panic).await }));
    assert!(task.await.expect_err("a panic").is_panic());
    let spans = recorded(&recorder);
    assert_eq!(totals(&spans, "invoke_agent failing"), (Some(10), Some(1)));
    assert_panicked(spans.find("invoke_agent failing"));
}

#[agent_trace::agent_span(new_trace)]
async fn background() {
    ask(Reply::of(10, 1)).await;
}

#[agent_trace::agent_span]
async fn detaching() {
    ask(Reply::of(1, 1)).await;
    background().await;
}

#[tokio::test]
async fn a_new_trace_is_a_new_account() {
    let captured = capture_async(async { detaching().await }).await;
    let spans = sound(captured);
    spans
        .find("invoke_agent detaching")
        .assert_attr(INPUT, 1)
        .assert_attr(ALL_INPUT, 1)
        .assert_attr(ALL_AGENTS, 0);
    spans.find("invoke_agent background").assert_attr(INPUT, 10);
}

#[agent_trace::agent_span]
fn saying() {
    agent_trace::current()
        .usage(usage(1000, 500))
        .finish_reason("end_turn");
    #[agent_trace::llm_call(model = "small")]
    fn ask() -> Reply {
        Reply::of(1, 1)
    }
    ask();
}

#[test]
fn what_the_agent_says_of_itself_wins() {
    let spans = sound(capture(saying));
    spans
        .find("invoke_agent saying")
        .assert_attr(INPUT, 1000)
        .assert_attr(OUTPUT, 500)
        .assert_attr(FINISH, ["end_turn"])
        .assert_attr(ALL_INPUT, 1);
}
