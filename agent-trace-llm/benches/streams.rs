//! How fast streamed bodies of a megabyte are read: the decoders alone, and with what follows their
//! events, in one piece and in pieces as a socket gives them.
//!
//! `cargo bench -p agent-trace-llm --bench streams`

#![allow(missing_docs, reason = "the macros of criterion make public items")]

mod bodies;

use agent_trace_llm::wire::{anthropic, bedrock, cohere, gemini, ollama, openai, watsonx};
use agent_trace_llm::{event_stream, ndjson, sse};
use bodies::{body, frames, lines};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;

/// What one read of a socket mostly gives.
const PIECE: usize = 16 * 1024;

fn measure(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    body: &[u8],
    run: impl Fn(&mut dyn Iterator<Item = &[u8]>),
) {
    let bytes = u64::try_from(body.len()).unwrap_or_default();
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function(format!("{name}, whole"), |bencher| {
        bencher.iter(|| run(&mut std::iter::once(black_box(body))));
    });
    group.bench_function(format!("{name}, 16 KiB"), |bencher| {
        bencher.iter(|| run(&mut black_box(body).chunks(PIECE)));
    });
}

macro_rules! decoder {
    ($group:expr, $name:literal, $module:ident, $body:expr, |$event:ident| $data:expr) => {
        measure($group, $name, $body, |pieces| {
            let mut decoder = $module::Decoder::new();
            let mut bytes = 0;
            for piece in pieces {
                decoder.push(piece, |$event| bytes += black_box($data).len());
            }
            assert!(bytes > 0);
        });
    };
}

macro_rules! stream {
    ($group:expr, $name:literal, $stream:ty, $body:expr) => {{
        let body = $body;
        measure($group, $name, &body, |pieces| {
            let mut stream = <$stream>::new();
            for piece in pieces {
                stream.push(piece);
            }
            let (_, complete) = black_box(stream.finish());
            assert!(complete, "{}", $name);
        });
    }};
}

fn streams(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("stream");
    group.warm_up_time(Duration::from_millis(300));
    group.measurement_time(Duration::from_millis(1200));
    let group = &mut group;

    let chat = bodies::sse(body!("openai.chat.sse"));
    decoder!(group, "SSE decoder", sse, &chat, |event| event.data);
    let messages = bodies::sse(body!("anthropic.messages.sse"));
    decoder!(
        group,
        "SSE decoder, short events",
        sse,
        &messages,
        |event| event.data
    );
    let ollama = lines(body!("ollama.chat.ndjson"));
    decoder!(group, "NDJSON decoder", ndjson, &ollama, |line| line);
    let converse = frames(body!("bedrock.converse.events"));
    decoder!(
        group,
        "event-stream decoder",
        event_stream,
        &converse,
        |message| message.payload
    );

    stream!(group, "openai.chat", openai::ChatStream, chat);
    let responses = bodies::sse(body!("openai.responses.sse"));
    stream!(
        group,
        "openai.responses",
        openai::ResponsesStream,
        responses
    );
    stream!(
        group,
        "anthropic.messages",
        anthropic::MessagesStream,
        messages
    );
    let gemini = bodies::sse(body!("gemini.generate_content.sse"));
    stream!(
        group,
        "gemini.generate_content",
        gemini::GenerateContentStream,
        gemini
    );
    let interactions = bodies::sse(body!("gemini.interactions.sse"));
    stream!(
        group,
        "gemini.interactions",
        gemini::InteractionsStream,
        interactions
    );
    stream!(group, "bedrock.converse", bedrock::ConverseStream, converse);
    let cohere = bodies::sse(body!("cohere.chat_v2.sse"));
    stream!(group, "cohere.chat_v2", cohere::ChatStream, cohere);
    stream!(group, "ollama.chat", ollama::ChatStream, ollama);
    let watsonx = bodies::sse(body!("watsonx.generation.sse"));
    stream!(
        group,
        "watsonx.generation",
        watsonx::GenerationStream,
        watsonx
    );
}

criterion_group!(benches, streams);
criterion_main!(benches);
