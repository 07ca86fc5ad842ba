//! What is recorded of a model's reply, in one piece and in chunks.

use agent_trace::testing::{FinishedSpan, Spans, capture, capture_async};
use futures_core::Stream;
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};

use crate::model::{Chunk, Reply, usage};
use crate::support::*;

const INPUT: &str = "gen_ai.usage.input_tokens";
const OUTPUT: &str = "gen_ai.usage.output_tokens";
const FINISH: &str = "gen_ai.response.finish_reasons";
const FIRST: &str = "gen_ai.response.time_to_first_chunk";
const EACH: &str = "agent_trace.time_per_output_chunk";
const CHUNKS: &str = "agent_trace.stream.chunks";
const INCOMPLETE: &str = "agent_trace.usage.incomplete";

#[agent_trace::llm_call(model = "small")]
fn ask(reply: Reply) -> Result<Reply, Trouble> {
    Ok(reply)
}

#[agent_trace::llm_call(model = "small")]
async fn ask_boxed(reply: Reply) -> Box<Reply> {
    Box::new(reply)
}

#[agent_trace::llm_call(model = "small")]
fn stream(chunks: &'static [Chunk]) -> impl Stream<Item = Chunk> {
    stream::iter(chunks.iter().copied())
}

#[agent_trace::llm_call(model = "small")]
async fn try_stream(
    chunks: &'static [Chunk],
) -> Result<BoxStream<'static, Result<Chunk, Trouble>>, Trouble> {
    let items = chunks.iter().map(|chunk| match chunk {
        Chunk::Error("item") => Err(Trouble::NotFound),
        chunk => Ok(*chunk),
    });
    Ok(stream::iter(items).boxed())
}

#[agent_trace::llm_call(model = "small")]
fn words(count: usize) -> impl Stream<Item = &'static str> {
    stream::iter(std::iter::repeat_n("word", count))
}

#[agent_trace::agent_span]
fn agent_stream(chunks: &'static [Chunk]) -> impl Stream<Item = Chunk> {
    stream::iter(chunks.iter().copied())
}

async fn drained(chunks: &'static [Chunk]) -> Spans {
    let captured = capture_async(async { stream(chunks).count().await }).await;
    assert_eq!(captured.value, chunks.len());
    sound(captured)
}

/// Takes so many items of both shapes, and drops the rest.
async fn taken(chunks: &'static [Chunk], count: usize) -> Spans {
    let captured = capture_async(async {
        stream(chunks).take(count).count().await;
        let items = try_stream(chunks).await.expect("it opens");
        items.take(count).count().await;
    })
    .await;
    sound(captured)
}

#[track_caller]
fn assert_seconds(span: &FinishedSpan, key: &str, expected: f64) {
    let found = span.double(key).expect(key);
    assert!((found - expected).abs() < 1e-9, "{key}: {found}");
}

#[tokio::test]
async fn in_one_piece() {
    let reply = Reply {
        id: Some("reply-1"),
        model: Some("small-2026"),
        ..Reply::of(12, 3)
    };
    let captured = capture_async(async {
        let _ = ask(reply);
        ask_boxed(reply).await;
    })
    .await;
    let spans = sound(captured);
    for span in spans.iter() {
        assert_returned(span);
        span.assert_attr("gen_ai.response.id", "reply-1")
            .assert_attr("gen_ai.response.model", "small-2026")
            .assert_attr(FINISH, ["stop"])
            .assert_attr(INPUT, 12)
            .assert_attr(OUTPUT, 3)
            .assert_no_attr("gen_ai.request.stream")
            .assert_no_attr(CHUNKS)
            .assert_no_attr(FIRST)
            .assert_no_attr(INCOMPLETE);
    }
}

#[test]
fn unknown_is_absent() {
    let spans = sound(capture(|| ask(Reply::default())));
    spans
        .only()
        .assert_no_attr(INPUT)
        .assert_no_attr(OUTPUT)
        .assert_no_attr(FINISH)
        .assert_no_attr("gen_ai.response.id");
}

#[test]
fn counts_beyond_an_integer() {
    let spans = sound(capture(|| ask(Reply::of(u64::MAX, 0))));
    spans
        .only()
        .assert_attr(INPUT, i64::MAX)
        .assert_attr(OUTPUT, 0);
}

#[test]
fn a_reply_that_reports_a_failure() {
    let reply = Reply {
        error: Some("content_filter"),
        ..Reply::of(12, 0)
    };
    let spans = sound(capture(|| ask(reply)));
    spans
        .only()
        .assert_error("content_filter")
        .assert_attr(INPUT, 12);
}

#[tokio::test]
async fn in_chunks() {
    const CHUNKS_OF_REPLY: &[Chunk] = &[
        Chunk::Open,
        Chunk::Usage(12, 0),
        Chunk::Text,
        Chunk::Text,
        Chunk::Text,
        Chunk::Finish(0, "stop"),
        Chunk::Usage(12, 3),
    ];
    let spans = drained(CHUNKS_OF_REPLY).await;
    let span = spans.only();
    assert_returned(span);
    span.assert_attr("gen_ai.response.id", "reply-1")
        .assert_attr("gen_ai.response.model", "small-2026")
        .assert_attr("gen_ai.request.stream", true)
        .assert_attr(FINISH, ["stop"])
        .assert_attr(INPUT, 12)
        .assert_attr(OUTPUT, 3)
        .assert_attr(CHUNKS, 7)
        .assert_no_attr(INCOMPLETE);
    // One tick for each item, and the third is the first with content.
    assert_seconds(span, FIRST, 0.003);
    assert_seconds(span, EACH, 0.001);
}

#[tokio::test]
async fn tool_calls_interleaved() {
    let spans = drained(&[
        Chunk::Open,
        Chunk::Tool(0, Some("call-1"), Some("search")),
        Chunk::Tool(1, Some("call-2"), Some("fetch")),
        Chunk::Tool(0, None, None),
        Chunk::Tool(1, None, None),
        Chunk::Finish(0, "tool_calls"),
    ])
    .await;
    let span = spans.only();
    assert_returned(span);
    span.assert_attr(FINISH, ["tool_calls"])
        .assert_attr(CHUNKS, 6)
        .assert_no_attr(INPUT);
    assert_seconds(span, FIRST, 0.002);
    assert_seconds(span, EACH, 0.001);
}

#[tokio::test]
async fn several_choices() {
    let spans = drained(&[
        Chunk::Finish(1, "length"),
        Chunk::Text,
        Chunk::Finish(0, "stop"),
    ])
    .await;
    spans
        .only()
        .assert_attr(FINISH, ["stop", "length"])
        .assert_no_attr(EACH);
}

#[tokio::test]
async fn no_chunk_at_all() {
    let spans = drained(&[]).await;
    assert_returned(spans.only());
    spans
        .only()
        .assert_attr("gen_ai.request.stream", true)
        .assert_no_attr(FIRST)
        .assert_no_attr(EACH)
        .assert_no_attr(INCOMPLETE);
}

#[tokio::test]
async fn items_of_an_unknown_type_count_as_content() {
    let captured = capture_async(async { words(3).count().await }).await;
    let spans = sound(captured);
    spans.only().assert_attr(CHUNKS, 3);
    assert_seconds(spans.only(), FIRST, 0.001);
    assert_seconds(spans.only(), EACH, 0.001);
}

#[tokio::test]
async fn what_was_known_when_it_was_dropped() {
    let spans = taken(
        &[
            Chunk::Open,
            Chunk::Usage(12, 1),
            Chunk::Text,
            Chunk::Usage(12, 3),
            Chunk::Finish(0, "stop"),
        ],
        3,
    )
    .await;
    assert_eq!(spans.len(), 2);
    for span in spans.iter() {
        assert_abandoned(span);
        span.assert_attr(INPUT, 12)
            .assert_attr(OUTPUT, 1)
            .assert_attr(INCOMPLETE, true)
            .assert_attr("gen_ai.response.id", "reply-1")
            .assert_attr(CHUNKS, 3)
            .assert_no_attr(FINISH);
    }
}

#[tokio::test]
async fn no_usage_is_not_incomplete_usage() {
    let spans = taken(&[Chunk::Text, Chunk::Text], 1).await;
    for span in spans.iter() {
        assert_abandoned(span);
        span.assert_no_attr(INCOMPLETE).assert_no_attr(INPUT);
    }
}

#[tokio::test]
async fn a_generation_cut_short_by_an_error() {
    let captured = capture_async(async {
        let mut items = try_stream(&[
            Chunk::Open,
            Chunk::Text,
            Chunk::Usage(12, 1),
            Chunk::Error("item"),
        ])
        .await
        .expect("it opens");
        while items.next().await.is_some() {}
    })
    .await;
    let spans = sound(captured);
    spans
        .only()
        .assert_error("NotFound")
        .assert_attr(INPUT, 12)
        .assert_attr(INCOMPLETE, true)
        .assert_attr(FINISH, ["error"]);
    assert_seconds(spans.only(), FIRST, 0.002);
}

#[tokio::test]
async fn an_error_within_the_stream() {
    let spans = drained(&[Chunk::Text, Chunk::Error("overloaded"), Chunk::Text]).await;
    spans.only().assert_error("overloaded");
    let spans = taken(&[Chunk::Text, Chunk::Error("overloaded"), Chunk::Text], 2).await;
    spans.iter().for_each(|span| {
        span.assert_error("overloaded");
    });
}

#[tokio::test]
async fn only_model_calls_have_chunks() {
    let captured = capture_async(async { agent_stream(&[Chunk::Text]).count().await }).await;
    sound(captured)
        .only()
        .assert_no_attr(CHUNKS)
        .assert_no_attr(FIRST)
        .assert_no_attr("gen_ai.request.stream");
}

#[agent_trace::llm_call(model = "small")]
async fn said(reply: Reply) -> Reply {
    agent_trace::current()
        .usage(usage(100, 50))
        .response_id("said")
        .finish_reason("length");
    reply
}

#[agent_trace::llm_call(model = "small")]
fn said_stream(chunks: &'static [Chunk]) -> impl Stream<Item = Chunk> {
    let call = agent_trace::current();
    stream::iter(chunks.iter().copied()).inspect(move |chunk| {
        if let Chunk::Open = chunk {
            call.usage(usage(100, 50));
        }
    })
}

#[tokio::test]
async fn what_the_body_says_wins() {
    let reply = Reply {
        id: Some("found"),
        model: Some("small-2026"),
        ..Reply::of(12, 3)
    };
    let captured = capture_async(async { said(reply).await }).await;
    sound(captured)
        .only()
        .assert_attr(INPUT, 100)
        .assert_attr(OUTPUT, 50)
        .assert_attr("gen_ai.response.id", "said")
        .assert_attr("gen_ai.response.model", "small-2026")
        .assert_attr(FINISH, ["length"]);

    let captured = capture_async(async {
        said_stream(&[Chunk::Open, Chunk::Usage(12, 3)])
            .count()
            .await
    })
    .await;
    sound(captured)
        .only()
        .assert_attr(INPUT, 100)
        .assert_attr("gen_ai.response.id", "reply-1");
}

#[agent_trace::tool_call(fields(order.id = 1, order.note, order.place = None::<&str>))]
fn described() {
    agent_trace::current()
        .attribute("order.id", 2)
        .attribute("order.note", "late")
        .attribute("order.place", "here")
        .attribute("order.size", 3)
        .attribute("order.size", 4)
        .attribute("gen_ai.tool.name", "another");
}

#[test]
fn attributes_of_ones_own_are_written_once() {
    let spans = sound(capture(described));
    spans
        .only()
        .assert_attr("order.id", 1)
        .assert_attr("order.size", 4)
        .assert_attr("order.note", "late")
        .assert_attr("order.place", "here")
        .assert_attr("gen_ai.tool.name", "described");
}

#[agent_trace::tool_call]
fn failing_by_its_own_word() -> i64 {
    agent_trace::current().error("rejected").name("renamed");
    1
}

#[test]
fn a_failure_that_only_the_body_knows() {
    let spans = sound(capture(failing_by_its_own_word));
    spans.find("renamed").assert_error("rejected");
}
