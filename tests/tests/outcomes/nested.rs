//! A model call directly inside a model call of the same operation is the same call.

use agent_trace::testing::{Spans, capture, capture_async};
use futures_core::Stream;
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use crate::model::{Chunk, Reply, usage};
use crate::support::*;

const INPUT: &str = "gen_ai.usage.input_tokens";
const OUTPUT: &str = "gen_ai.usage.output_tokens";
const NESTED: &str = "agent_trace.nested_calls";

#[agent_trace::llm_call(provider = "acme", model = "small", temperature = 0.5)]
async fn ask(reply: Result<Reply, Trouble>) -> Result<Reply, Trouble> {
    tokio::task::yield_now().await;
    reply
}

/// Hides the reply from the call around it.
#[agent_trace::llm_call(model = "outer")]
async fn wrapper(replies: Vec<Result<Reply, Trouble>>) -> Result<usize, Trouble> {
    let attempts = replies.len();
    for reply in replies {
        if ask(reply).await.is_ok() {
            return Ok(attempts);
        }
    }
    Err(Trouble::NotFound)
}

/// Gives the reply on.
#[agent_trace::llm_call(model = "outer")]
async fn forwarder(reply: Reply) -> Result<Reply, Trouble> {
    ask(Ok(reply)).await
}

async fn run(replies: Vec<Result<Reply, Trouble>>) -> Spans {
    sound(capture_async(async { wrapper(replies).await }).await)
}

const REFUSED: Result<Reply, Trouble> = Err(Trouble::Refused { code: 429 });

#[tokio::test]
async fn the_outer_span_learns_what_the_inner_knows() {
    let reply = Reply {
        id: Some("reply-1"),
        model: Some("small-2026"),
        ..Reply::of(12, 3)
    };
    let spans = run(vec![Ok(reply)]).await;
    let span = spans.only();
    assert_returned(span);
    span.assert_attr("gen_ai.request.model", "outer")
        .assert_attr("gen_ai.request.temperature", 0.5)
        .assert_attr("gen_ai.response.id", "reply-1")
        .assert_attr("gen_ai.response.model", "small-2026")
        .assert_attr("gen_ai.response.finish_reasons", ["stop"])
        .assert_attr(INPUT, 12)
        .assert_attr(OUTPUT, 3)
        .assert_attr(NESTED, 1);

    let captured = capture_async(async { forwarder(reply).await }).await;
    let spans = sound(captured);
    spans
        .only()
        .assert_attr(INPUT, 12)
        .assert_attr(OUTPUT, 3)
        .assert_attr(NESTED, 1);
}

#[tokio::test]
async fn retries_add_up() {
    let spent = Reply {
        error: Some("overloaded"),
        ..Reply::of(10, 1)
    };
    let captured = capture_async(async {
        #[agent_trace::llm_call(model = "outer")]
        async fn retrying(replies: [Reply; 3]) {
            for reply in replies {
                let _ = ask(Ok(reply)).await;
            }
        }
        retrying([spent, spent, Reply::of(10, 7)]).await;
    })
    .await;
    let spans = sound(captured);
    let span = spans.only();
    assert_returned(span);
    span.assert_attr(INPUT, 30)
        .assert_attr(OUTPUT, 9)
        .assert_attr("gen_ai.response.finish_reasons", ["stop"])
        .assert_attr(NESTED, 3);
}

#[tokio::test]
async fn errors_inside_are_the_outer_calls_to_judge() {
    let spans = run(vec![REFUSED, Ok(Reply::of(12, 3))]).await;
    assert_returned(spans.only());
    spans.only().assert_attr(INPUT, 12).assert_attr(NESTED, 2);

    let spans = run(vec![REFUSED, REFUSED]).await;
    spans
        .only()
        .assert_error("NotFound")
        .assert_attr(NESTED, 2)
        .assert_no_attr(INPUT);
}

#[agent_trace::llm_call(model = "small")]
fn inner_stream(chunks: &'static [Chunk]) -> BoxStream<'static, Chunk> {
    stream::iter(chunks.iter().copied()).boxed()
}

#[agent_trace::llm_call(model = "outer")]
fn outer_stream(chunks: &'static [Chunk]) -> impl Stream<Item = Chunk> {
    inner_stream(chunks)
}

#[agent_trace::llm_call(model = "outer")]
async fn collecting(chunks: &'static [Chunk]) -> usize {
    inner_stream(chunks).count().await
}

#[tokio::test]
async fn a_stream_inside() {
    const CHUNKS: &[Chunk] = &[
        Chunk::Open,
        Chunk::Text,
        Chunk::Finish(0, "stop"),
        Chunk::Usage(12, 3),
    ];
    let captured = capture_async(async { outer_stream(CHUNKS).count().await }).await;
    let spans = sound(captured);
    let span = spans.only();
    assert_returned(span);
    span.assert_attr(INPUT, 12)
        .assert_attr(OUTPUT, 3)
        .assert_attr("agent_trace.stream.chunks", 4)
        .assert_attr(NESTED, 1);

    let captured = capture_async(async { collecting(CHUNKS).await }).await;
    let spans = sound(captured);
    spans
        .only()
        .assert_attr(INPUT, 12)
        .assert_attr(OUTPUT, 3)
        .assert_attr("gen_ai.response.id", "reply-1")
        .assert_attr("gen_ai.response.finish_reasons", ["stop"]);

    // Dropped half-way.
    const EARLY: &[Chunk] = &[Chunk::Open, Chunk::Usage(12, 1), Chunk::Text, Chunk::Text];
    let captured = capture_async(async { outer_stream(EARLY).take(3).count().await }).await;
    let spans = sound(captured);
    assert_abandoned(spans.only());
    spans
        .only()
        .assert_attr(INPUT, 12)
        .assert_attr("agent_trace.usage.incomplete", true);
}

#[agent_trace::llm_call(operation = "embeddings", model = "embedder")]
async fn embed() -> Reply {
    Reply {
        finish: None,
        ..Reply::of(5, 0)
    }
}

#[agent_trace::tool_call]
async fn tool() {
    let _ = ask(Ok(Reply::of(1, 1))).await;
}

#[agent_trace::llm_call(model = "outer")]
async fn busy() -> Reply {
    embed().await;
    tool().await;
    ask(Ok(Reply::of(7, 7)))
        .instrument(tracing::info_span!("plain"))
        .await
        .expect("no error")
}

#[tokio::test]
async fn other_work_has_spans_of_its_own() {
    let captured = capture_async(async { busy().await }).await;
    let spans = sound(captured);
    let outer = spans.find("chat outer");
    outer.assert_attr(INPUT, 7).assert_attr(NESTED, 1);
    assert_eq!(spans.find("embeddings embedder").parent(), Some(outer.id()));
    // Beneath the tool is another call.
    assert_eq!(
        spans.path(spans.find("chat small")),
        "chat outer > execute_tool tool > chat small"
    );
    spans.find("chat small").assert_attr(INPUT, 1);
    assert_eq!(spans.len(), 5, "{}", spans.outline());
}

#[agent_trace::llm_call(model = "outer")]
async fn spawning() {
    let ask = ask(Ok(Reply::of(12, 3)));
    let task = tokio::spawn(ask.in_current_span().with_current_subscriber());
    let _ = task.await.expect("no panic");
}

#[tokio::test]
async fn inside_of_a_spawned_task() {
    let captured = capture_async(async { spawning().await }).await;
    let spans = sound(captured);
    spans.only().assert_attr(INPUT, 12).assert_attr(NESTED, 1);
}

#[agent_trace::llm_call(model = "outer")]
async fn leaving() -> [tokio::task::JoinHandle<()>; 1] {
    let later = async {
        tokio::task::yield_now().await;
        let _ = ask(Ok(Reply::of(12, 3))).await;
    };
    [tokio::spawn(
        later.in_current_span().with_current_subscriber(),
    )]
}

#[tokio::test]
async fn a_call_that_begins_behind_the_end_of_the_outer_is_not_lost() {
    let captured = capture_async(async {
        let [later] = leaving().await;
        later.await.expect("no panic");
    })
    .await;
    let spans = sound(captured);
    assert_eq!(spans.len(), 2);
    spans.find("chat outer").assert_no_attr(NESTED);
    spans.find("chat small").assert_attr(INPUT, 12);
}

#[agent_trace::llm_call(model = "small", new_trace)]
fn detached() -> Reply {
    Reply::of(1, 1)
}

#[agent_trace::llm_call(model = "outer")]
fn detaching() -> Reply {
    detached()
}

#[test]
fn a_new_trace_is_asked_for_and_given() {
    let spans = sound(capture(detaching));
    assert_eq!(spans.len(), 2);
    assert_eq!(spans.roots().len(), 2);
    spans.find("chat outer").assert_no_attr(NESTED);
}

#[agent_trace::llm_call(model = "outer")]
async fn saying() {
    let _ = ask(Ok(Reply::of(12, 3))).await;
    agent_trace::current().usage(usage(1000, 500));
}

#[agent_trace::llm_call(model = "inner")]
fn saying_inside() {
    agent_trace::current()
        .usage(usage(12, 3))
        .attribute("said.inside", true);
}

#[agent_trace::llm_call(model = "outer")]
fn around_saying() {
    saying_inside();
}

#[tokio::test]
async fn what_is_said_wins() {
    let captured = capture_async(async { saying().await }).await;
    let spans = sound(captured);
    spans
        .only()
        .assert_attr(INPUT, 1000)
        .assert_attr(OUTPUT, 500)
        .assert_attr(NESTED, 1);

    let spans = sound(capture(around_saying));
    spans
        .only()
        .assert_attr(INPUT, 12)
        .assert_attr("said.inside", true);
}

#[agent_trace::llm_call(model = "outer")]
fn panicking() {
    #[agent_trace::llm_call(model = "inner")]
    fn inner() {
        panic!("on purpose");
    }
    inner();
}

#[tokio::test]
async fn a_panic_and_a_cancel_are_the_outer_calls() {
    let captured = capture(|| panics(panicking));
    assert_eq!(captured.value, "on purpose");
    assert_panicked(sound(captured).only());

    let captured = capture(|| {
        let mut pinned = Box::pin(wrapper(vec![Ok(Reply::of(1, 1))]));
        poll_once(pinned.as_mut()).is_pending()
    });
    assert!(captured.value);
    assert_cancelled(sound(captured).only());
}
