//! What reading a reply costs, for each wire adapter: time and counted allocations, beside
//! `serde_json` into the SDK's own type and beside the extractor of `genai-prices`, on the same bodies.
//!
//! `cargo bench -p agent-trace-llm --bench replies` has the adapters alone. With
//! `--features async-openai,ollama-rs,cost` it has the others too: each where its crate is there, and
//! only for the shapes that it can read at all.

#![allow(missing_docs, reason = "the macros of criterion make public items")]
#![allow(clippy::print_stdout, reason = "the allocations are printed")]

mod bodies;

use agent_trace_llm::wire::{anthropic, bedrock, cohere, gemini, ollama, openai, voyage, watsonx};
use bodies::{body, embeddings, reply, with_calls};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use serde_json::{Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::hint::black_box;
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const SHORT: usize = 1500;

/// Whose reader it is.
type Way = (&'static str, fn(&[u8]));

/// One body and the ways to read it.
struct Case {
    name: &'static str,
    body: Vec<u8>,
    ways: Vec<Way>,
}

macro_rules! case {
    ($name:literal, $adapter:ty, $body:expr $(, $way:literal: $read:expr)*) => {
        Case {
            name: $name,
            body: $body,
            ways: vec![
                ("agent-trace", |body| {
                    black_box(<$adapter>::from_slice(body).expect("a reply").into_info());
                }),
                $(($way, $read),)*
            ],
        }
    };
}

/// `serde_json` into the SDK's own type.
#[cfg(any(feature = "async-openai", feature = "ollama-rs"))]
fn typed<T: serde::de::DeserializeOwned>(body: &[u8]) {
    black_box(serde_json::from_slice::<T>(body).expect("a body of the SDK's"));
}

#[cfg(feature = "cost")]
fn prices(provider: &str, flavor: &str, body: &[u8]) {
    let body = std::str::from_utf8(body).expect("text");
    let request = genai_prices::ExtractRequest::new(body)
        .with_provider_id(provider)
        .with_api_flavor(flavor);
    black_box(genai_prices::extract_provider_usage(&request).expect("usage"));
}

fn chats() -> Vec<Case> {
    let chat = body!("openai.chat.json");
    let chat_calls = with_calls(chat, "/choices/0/message/tool_calls", |n, arguments| {
        let function = json!({ "name": "write_file", "arguments": arguments.to_string() });
        json!({ "id": format!("call_{n}"), "type": "function", "function": function })
    });
    let responses = body!("openai.responses.json");
    let responses_calls = with_calls(responses, "/output", |n, arguments| {
        json!({ "id": format!("fc_{n}"), "type": "function_call", "status": "completed",
            "call_id": format!("call_{n}"), "name": "write_file", "arguments": arguments.to_string() })
    });
    let messages = body!("anthropic.messages.json");
    let messages_calls = with_calls(
        messages,
        "/content",
        |n, input| json!({ "type": "tool_use", "id": format!("toolu_{n}"), "name": "write_file", "input": input }),
    );
    let gemini = body!("gemini.generate_content.json");
    let gemini_calls = with_calls(
        gemini,
        "/candidates/0/content/parts",
        |_, args| json!({ "functionCall": { "name": "write_file", "args": args } }),
    );
    let converse = body!("bedrock.converse.json");
    let converse_calls = with_calls(
        converse,
        "/output/message/content",
        |n, input| json!({ "toolUse": { "toolUseId": format!("t{n}"), "name": "write_file", "input": input } }),
    );
    vec![
        case!("openai.chat 2 kB", openai::ChatResponse, reply(chat, SHORT)),
        case!("openai.chat 40 kB", openai::ChatResponse, chat_calls),
        case!(
            "openai.responses 3 kB",
            openai::ResponsesResponse,
            reply(responses, SHORT)
        ),
        case!(
            "openai.responses 40 kB",
            openai::ResponsesResponse,
            responses_calls
        ),
        case!(
            "anthropic.messages 2 kB",
            anthropic::MessagesResponse,
            reply(messages, SHORT)
        ),
        case!(
            "anthropic.messages 40 kB",
            anthropic::MessagesResponse,
            messages_calls
        ),
        case!(
            "gemini.generate_content 2 kB",
            gemini::GenerateContentResponse,
            reply(gemini, SHORT)
        ),
        case!(
            "gemini.generate_content 40 kB",
            gemini::GenerateContentResponse,
            gemini_calls
        ),
        case!(
            "bedrock.converse 2 kB",
            bedrock::ConverseResponse,
            reply(converse, SHORT)
        ),
        case!(
            "bedrock.converse 40 kB",
            bedrock::ConverseResponse,
            converse_calls
        ),
    ]
}

fn others() -> Vec<Case> {
    let long = |body| reply(body, SHORT);
    vec![
        case!(
            "openai.completions 2 kB",
            openai::CompletionResponse,
            long(body!("openai.completions.json"))
        ),
        case!(
            "gemini.interactions 2 kB",
            gemini::InteractionsResponse,
            long(body!("gemini.interactions.json"))
        ),
        case!(
            "bedrock.invoke 2 kB",
            bedrock::InvokeResponse,
            long(body!("bedrock.invoke.json"))
        ),
        case!(
            "cohere.chat_v1 2 kB",
            cohere::ChatV1Response,
            long(body!("cohere.chat_v1.json"))
        ),
        case!(
            "cohere.chat_v2 2 kB",
            cohere::ChatResponse,
            long(body!("cohere.chat_v2.json"))
        ),
        case!(
            "cohere.generate 2 kB",
            cohere::GenerateResponse,
            long(body!("cohere.generate.json"))
        ),
        case!(
            "cohere.rerank 2 kB",
            cohere::RerankResponse,
            long(body!("cohere.rerank.json"))
        ),
        case!(
            "ollama.chat 2 kB",
            ollama::ChatResponse,
            long(body!("ollama.chat.json"))
        ),
        case!(
            "ollama.generate 2 kB",
            ollama::GenerateResponse,
            long(body!("ollama.generate.json"))
        ),
        case!(
            "voyage.rerank 2 kB",
            voyage::RerankResponse,
            long(body!("voyage.rerank.json"))
        ),
        case!(
            "watsonx.chat 2 kB",
            openai::ChatResponse,
            long(body!("watsonx.chat.json"))
        ),
        case!(
            "watsonx.generation 2 kB",
            watsonx::GenerationResponse,
            long(body!("watsonx.generation.json"))
        ),
    ]
}

fn vectors() -> Vec<Case> {
    let item = |vector: Vec<f64>| json!({ "object": "embedding", "index": 0, "embedding": vector });
    let openai = embeddings(body!("openai.embeddings.json"), "/data", item);
    let cohere = embeddings(body!("cohere.embed.json"), "/embeddings/float", Value::from);
    let ollama = embeddings(body!("ollama.embed.json"), "/embeddings", Value::from);
    let voyage = embeddings(body!("voyage.embeddings.json"), "/data", item);
    let watsonx = embeddings(
        body!("watsonx.embeddings.json"),
        "/results",
        |vector| json!({ "embedding": vector }),
    );
    vec![
        case!(
            "openai.embeddings 4 x 1536",
            openai::EmbeddingsResponse,
            openai
        ),
        case!("cohere.embed 4 x 1536", cohere::EmbedResponse, cohere),
        case!("ollama.embed 4 x 1536", ollama::EmbedResponse, ollama),
        case!(
            "voyage.embeddings 4 x 1536",
            voyage::EmbeddingsResponse,
            voyage
        ),
        case!(
            "watsonx.embeddings 4 x 1536",
            watsonx::EmbeddingsResponse,
            watsonx
        ),
    ]
}

/// Adds the ways of other crates, where they are there and know the shape.
fn beside(case: &mut Case) {
    let api = case.name.split(' ').next().unwrap_or_default();
    #[cfg(feature = "async-openai")]
    {
        use async_openai::types::{chat, embeddings};
        let sdk: Option<fn(&[u8])> = match api {
            "openai.chat" => Some(typed::<chat::CreateChatCompletionResponse>),
            "openai.embeddings" => Some(typed::<embeddings::CreateEmbeddingResponse>),
            _ => None,
        };
        case.ways.extend(sdk.map(|sdk| ("async-openai", sdk)));
    }
    #[cfg(feature = "ollama-rs")]
    {
        use ollama_rs::generation::{chat, completion, embeddings};
        let sdk: Option<fn(&[u8])> = match api {
            "ollama.chat" => Some(typed::<chat::ChatMessageResponse>),
            "ollama.generate" => Some(typed::<completion::GenerationResponse>),
            "ollama.embed" => Some(typed::<embeddings::GenerateEmbeddingsResponse>),
            _ => None,
        };
        case.ways.extend(sdk.map(|sdk| ("ollama-rs", sdk)));
    }
    #[cfg(feature = "cost")]
    {
        let extractor: Option<fn(&[u8])> = match api {
            "openai.chat" => Some(|body| prices("openai", "chat", body)),
            "openai.responses" => Some(|body| prices("openai", "responses", body)),
            "openai.embeddings" => Some(|body| prices("openai", "embeddings", body)),
            "anthropic.messages" => Some(|body| prices("anthropic", "default", body)),
            "gemini.generate_content" => Some(|body| prices("google", "default", body)),
            "bedrock.converse" => Some(|body| prices("aws", "default", body)),
            _ => None,
        };
        case.ways.extend(extractor.map(|way| ("genai-prices", way)));
    }
    let _ = api;
}

fn measure(group: &mut BenchmarkGroup<'_, WallTime>, case: &Case) {
    let bytes = case.body.len();
    group.throughput(Throughput::Bytes(u64::try_from(bytes).unwrap_or_default()));
    for (way, read) in &case.ways {
        // Tables that are made once are made before.
        read(&case.body);
        let region = Region::new(ALLOCATOR);
        read(&case.body);
        let change = region.change();
        println!(
            "{}, {way}: {bytes} bytes, {} allocations of {} bytes",
            case.name, change.allocations, change.bytes_allocated
        );
        group.bench_function(format!("{}, {way}", case.name), |bencher| {
            bencher.iter(|| read(black_box(&case.body)));
        });
    }
}

fn replies(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reply");
    group.warm_up_time(Duration::from_millis(200));
    group.measurement_time(Duration::from_millis(800));
    for mut case in chats().into_iter().chain(others()).chain(vectors()) {
        beside(&mut case);
        measure(&mut group, &case);
    }
}

criterion_group!(benches, replies);
criterion_main!(benches);
