//! The adapters of Cohere, Ollama, Voyage and watsonx: bodies written after the documented shapes, and
//! what holds for every body however it is cut, split or broken.

use agent_trace_llm::wire::{cohere, ollama, voyage, watsonx};
use agent_trace_llm::{LlmChunk, LlmResponse, ResponseInfo, StreamInfo, Usage};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

/// What a stream or a reply said.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    reply: ResponseInfo,
    complete: bool,
    text_chars: u64,
    skipped: u64,
    stream: StreamInfo,
}

/// One entry for the streams, which have the same methods.
macro_rules! follow {
    ($stream:ty, $pieces:expr) => {{
        let mut stream = <$stream>::new();
        for piece in $pieces {
            stream.push(piece);
        }
        let info = stream.info().clone();
        // What the end of the body completes, `finish` reads after these were asked for.
        let (text_chars, skipped) = (stream.text_chars(), stream.skipped());
        let (reply, complete) = stream.finish();
        Seen {
            reply,
            complete,
            text_chars,
            skipped,
            stream: info,
        }
    }};
}

#[derive(Debug, Clone, Copy)]
enum Api {
    CohereV2,
    CohereV1,
    OllamaChat,
    OllamaGenerate,
    Watsonx,
}

const STREAMS: [Api; 5] = [
    Api::CohereV2,
    Api::CohereV1,
    Api::OllamaChat,
    Api::OllamaGenerate,
    Api::Watsonx,
];

fn follow<'a>(api: Api, pieces: impl IntoIterator<Item = &'a [u8]>) -> Seen {
    match api {
        Api::CohereV2 => follow!(cohere::ChatStream, pieces),
        Api::CohereV1 => follow!(cohere::ChatV1Stream, pieces),
        Api::OllamaChat => follow!(ollama::ChatStream, pieces),
        Api::OllamaGenerate => follow!(ollama::GenerateStream, pieces),
        Api::Watsonx => follow!(watsonx::GenerationStream, pieces),
    }
}

fn sse(events: &[Value]) -> Vec<u8> {
    let event = |event: &Value| {
        let name = event["type"].as_str().unwrap_or("message");
        format!("event: {name}\ndata: {event}\n\n")
    };
    events.iter().map(event).collect::<String>().into_bytes()
}

fn lines(events: &[Value]) -> Vec<u8> {
    let line = |event: &Value| format!("{event}\n");
    events.iter().map(line).collect::<String>().into_bytes()
}

/// A streamed body of each API, with text outside ASCII, a tool call where there are any, and usage.
fn body(api: Api) -> Vec<u8> {
    match api {
        Api::CohereV2 => {
            let content = |content: Value| json!({ "message": { "content": content } });
            let call = |call: Value| json!({ "message": { "tool_calls": call } });
            sse(&[
                json!({ "id": "c-1", "type": "message-start", "delta": { "message": {
                    "role": "assistant", "content": [], "tool_plan": "", "tool_calls": [] } } }),
                json!({ "type": "tool-plan-delta", "delta": { "message": { "tool_plan": "I" } } }),
                json!({ "type": "content-start", "index": 0,
                    "delta": content(json!({ "type": "thinking", "thinking": "Hm" })) }),
                json!({ "type": "content-start", "index": 1,
                    "delta": content(json!({ "type": "text", "text": "é" })) }),
                json!({ "type": "content-delta", "index": 1, "delta": content(json!({ "text": "🦀!" })) }),
                json!({ "type": "content-end", "index": 1 }),
                json!({ "type": "tool-call-start", "index": 0, "delta": call(json!({
                    "id": "weather_1", "type": "function",
                    "function": { "name": "weather", "arguments": "" } })) }),
                json!({ "type": "tool-call-delta", "index": 0, "delta": call(json!({
                    "function": { "arguments": "{}" } })) }),
                json!({ "type": "tool-call-start", "index": 1, "delta": call(json!({
                    "id": "city_2", "type": "function",
                    "function": { "name": "city", "arguments": "" } })) }),
                json!({ "type": "tool-call-end", "index": 1 }),
                json!({ "type": "message-end", "delta": { "finish_reason": "TOOL_CALL", "usage": {
                    "billed_units": { "input_tokens": 119, "output_tokens": 44 },
                    "tokens": { "input_tokens": 1549, "output_tokens": 95 },
                    "cached_tokens": 1504 } } }),
            ])
        }
        Api::CohereV1 => lines(&[
            json!({ "event_type": "stream-start", "generation_id": "g", "is_finished": false }),
            json!({ "event_type": "tool-calls-chunk", "text": "I will", "is_finished": false }),
            json!({ "event_type": "tool-calls-chunk", "is_finished": false,
                "tool_call_delta": { "index": 0, "name": "weather" } }),
            json!({ "event_type": "tool-calls-chunk", "is_finished": false,
                "tool_call_delta": { "index": 0, "parameters": "{" } }),
            json!({ "event_type": "tool-calls-generation", "is_finished": false,
                "tool_calls": [{ "name": "weather", "parameters": {} }] }),
            json!({ "event_type": "text-generation", "text": "é🦀!", "is_finished": false }),
            json!({ "event_type": "stream-end", "is_finished": true, "finish_reason": "COMPLETE",
                "response": { "response_id": "r-1", "generation_id": "g", "text": "é🦀!",
                    "chat_history": [{ "role": "USER", "message": "secret" }],
                    "finish_reason": "COMPLETE",
                    "tool_calls": [{ "name": "weather", "parameters": {} }],
                    "meta": { "tokens": { "input_tokens": 69, "output_tokens": 5 },
                        "billed_units": { "input_tokens": 7, "output_tokens": 4 } } } }),
        ]),
        Api::OllamaChat => {
            let call = |name| json!([{ "function": { "name": name, "arguments": { "a": 1 } } }]);
            let line =
                |message: Value| json!({ "model": "qwen3", "message": message, "done": false });
            lines(&[
                line(json!({ "role": "assistant", "content": "", "thinking": "Hm" })),
                line(json!({ "role": "assistant", "content": "é🦀!" })),
                line(json!({ "content": "", "tool_calls": call("weather") })),
                line(json!({ "content": "", "tool_calls": call("city") })),
                json!({ "model": "qwen3", "message": { "content": "" }, "done": true,
                    "done_reason": "stop", "prompt_eval_count": 21, "eval_count": 9 }),
            ])
        }
        Api::OllamaGenerate => lines(&[
            json!({ "model": "qwen3", "response": "é🦀", "done": false }),
            json!({ "model": "qwen3", "response": "!", "done": false }),
            json!({ "model": "qwen3", "response": "", "done": true, "done_reason": "length",
                "context": [1, 2], "prompt_eval_count": 21, "eval_count": 9 }),
        ]),
        Api::Watsonx => {
            let event = |text: &str, input: u64, output: u64, reason: &str| {
                json!({ "model_id": "ibm/granite", "results": [{ "generated_text": text,
                    "input_token_count": input, "generated_token_count": output,
                    "stop_reason": reason }] })
            };
            sse(&[
                json!({ "system": { "warnings": [{ "message": "deprecated" }] } }),
                event("", 68, 0, "not_finished"),
                event("é🦀", 0, 2, "not_finished"),
                event("!", 0, 3, "max_tokens"),
            ])
        }
    }
}

fn tools(reply: &ResponseInfo) -> Vec<&str> {
    let names = reply.tool_calls.iter();
    names.filter_map(|call| call.name.as_deref()).collect()
}

/// `(input, output, cache read)`.
fn counts(usage: Option<Usage>) -> Option<[Option<u64>; 3]> {
    usage.map(|usage| {
        [
            usage.input_tokens,
            usage.output_tokens,
            usage.cache_read_input_tokens,
        ]
    })
}

#[test]
fn whole_streams() {
    for api in STREAMS {
        let seen = follow(api, [&body(api)[..]]);
        assert!(seen.complete, "{api:?}");
        assert_eq!((seen.text_chars, seen.skipped), (3, 0), "{api:?}");
        assert_eq!(seen.reply.error_type, None, "{api:?}");
        let (reasons, usage, names): (_, _, &[&str]) = match api {
            Api::CohereV2 => (
                "TOOL_CALL",
                [Some(1549), Some(95), Some(1504)],
                &["weather", "city"],
            ),
            Api::CohereV1 => ("COMPLETE", [Some(69), Some(5), None], &["weather"]),
            Api::OllamaChat => ("stop", [Some(21), Some(9), None], &["weather", "city"]),
            Api::OllamaGenerate => ("length", [Some(21), Some(9), None], &[]),
            Api::Watsonx => ("max_tokens", [Some(68), Some(3), None], &[]),
        };
        assert_eq!(seen.reply.finish_reasons, [reasons], "{api:?}");
        assert_eq!(counts(seen.reply.usage), Some(usage), "{api:?}");
        assert_eq!(tools(&seen.reply), names, "{api:?}");
    }
    let cohere = follow(Api::CohereV2, [&body(Api::CohereV2)[..]]);
    assert_eq!(cohere.reply.id.as_deref(), Some("c-1"));
    assert_eq!(cohere.reply.tool_calls[1].id.as_deref(), Some("city_2"));
    let billed = cohere.reply.billed_usage.as_ref().expect("billed");
    assert_eq!(billed.tokens.input_tokens, Some(119));
    // Neither the start, nor the ends of blocks, nor the usage.
    assert_eq!(
        (cohere.stream.chunks(), cohere.stream.content_chunks()),
        (11, 7)
    );
    let cohere = follow(Api::CohereV1, [&body(Api::CohereV1)[..]]);
    assert_eq!(cohere.reply.id.as_deref(), Some("r-1"));
    let billed = cohere.reply.billed_usage.as_ref().expect("billed");
    assert_eq!(billed.tokens.output_tokens, Some(4));
    let ollama = follow(Api::OllamaChat, [&body(Api::OllamaChat)[..]]);
    assert_eq!(ollama.reply.model.as_deref(), Some("qwen3"));
    assert_eq!(ollama.stream.content_chunks(), 4);
    let watsonx = follow(Api::Watsonx, [&body(Api::Watsonx)[..]]);
    assert_eq!(watsonx.reply.model.as_deref(), Some("ibm/granite"));
}

#[test]
fn every_truncation_is_incomplete_and_says_no_more() {
    for api in STREAMS {
        let body = body(api);
        let whole = follow(api, [&body[..]]);
        let ends = body.trim_ascii_end().len();
        for end in 0..ends {
            let cut = follow(api, [&body[..end]]);
            assert!(!cut.complete, "{api:?} cut at {end}");
            assert!(cut.text_chars <= whole.text_chars, "{api:?} cut at {end}");
            assert!(cut.stream.content_chunks() <= whole.stream.content_chunks());
            assert!(cut.reply.tool_calls.len() <= whole.reply.tool_calls.len());
            let most = |usage: Option<Usage>| {
                let usage = usage.unwrap_or_default();
                [
                    usage.input_tokens,
                    usage.output_tokens,
                    usage.cache_read_input_tokens,
                ]
            };
            for (cut, whole) in most(cut.reply.usage).iter().zip(most(whole.reply.usage)) {
                assert!(*cut <= whole, "{api:?} cut at {end}");
            }
        }
        // The last line end may be missing.
        assert!(follow(api, [&body[..ends]]).complete, "{api:?}");
    }
}

#[test]
fn errors_within_streams() {
    for (api, tail, expected) in [
        (Api::OllamaChat, "{\"error\":\"out of memory\"}\n", "_OTHER"),
        (
            Api::OllamaGenerate,
            "{\"error\":\"out of memory\"}\n",
            "_OTHER",
        ),
        (
            Api::CohereV2,
            "data: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\",\"error\":\"secret\"}}\n\n",
            "ERROR",
        ),
        (
            Api::CohereV1,
            "{\"event_type\":\"stream-end\",\"is_finished\":true,\"finish_reason\":\"ERROR_TOXIC\"}\n",
            "ERROR_TOXIC",
        ),
        (
            Api::Watsonx,
            "event: error\ndata: {\"errors\":[{\"code\":\"time_out\",\"message\":\"secret\"}]}\n\n",
            "time_out",
        ),
        (Api::Watsonx, "event: error\ndata: {}\n\n", "_OTHER"),
    ] {
        let mut bytes = body(api);
        let seen = follow(api, [&bytes[..]]);
        assert_eq!(seen.reply.error_type, None);
        // Two events in place of the end.
        bytes.truncate(bytes.len() / 2);
        let start = bytes
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        bytes.truncate(start);
        bytes.extend_from_slice(b"\n\n");
        bytes.extend_from_slice(tail.as_bytes());
        let seen = follow(api, [&bytes[..]]);
        assert_eq!(seen.reply.error_type.as_deref(), Some(expected), "{api:?}");
        assert!(!seen.complete, "{api:?}");
    }
}

#[test]
fn whole_cohere_replies() {
    let reply = cohere::ChatResponse::from_value(&json!({
        "id": "c-1", "finish_reason": "TOOL_CALL",
        "message": {
            "role": "assistant", "tool_plan": "secret",
            "content": [{ "type": "thinking", "thinking": "Hm" }, { "type": "text", "text": "é!" }],
            "tool_calls": [
                { "id": "a", "type": "function", "function": { "name": "f", "arguments": "{}" } },
                { "id": "b", "type": "function", "function": { "name": "f", "arguments": "{}" } },
            ],
        },
        "usage": { "tokens": { "input_tokens": 9, "output_tokens": 2 } },
    }));
    assert_eq!(reply.text_chars(), 2);
    let info = reply.into_info();
    assert_eq!(info.billed_usage, None);
    assert_eq!(tools(&info), ["f", "f"]);
    assert_eq!(info.tool_calls[1].id.as_deref(), Some("b"));
    assert_eq!(
        (info.id.as_deref(), info.model, info.error_type),
        (Some("c-1"), None, None)
    );
    assert_eq!(counts(info.usage), Some([Some(9), Some(2), None]));

    let embed = cohere::EmbedResponse::from_value(&json!({
        "id": "e", "texts": ["secret"],
        "meta": { "billed_units": { "input_tokens": 4, "image_tokens": 0 } },
    }));
    // What is billed says nothing of what was used.
    assert_eq!(embed.info().usage, None);
    let billed = embed.into_info().billed_usage.expect("billed").tokens;
    assert_eq!(
        (billed.input_tokens, billed.image_input_tokens),
        (Some(4), Some(0))
    );
    assert_eq!(
        cohere::EmbedResponse::from_value(&json!({ "id": "e" }))
            .info()
            .usage,
        None
    );

    let failed =
        cohere::EmbedResponse::from_value(&json!({ "id": "e", "message": "no model 'x'" }));
    assert_eq!(failed.info().error_type.as_deref(), Some("_OTHER"));
    for body in [
        json!({ "message": "invalid api token" }),
        json!({ "message": "x", "id": "1" }),
    ] {
        let text = body.to_string();
        let errors = [
            cohere::ChatResponse::from_slice(text.as_bytes())
                .expect("JSON")
                .into_info(),
            cohere::ChatV1Response::from_slice(text.as_bytes())
                .expect("JSON")
                .into_info(),
            cohere::RerankResponse::from_slice(text.as_bytes())
                .expect("JSON")
                .into_info(),
            cohere::GenerateResponse::from_slice(text.as_bytes())
                .expect("JSON")
                .into_info(),
        ];
        for info in errors {
            assert_eq!(info.error_type.as_deref(), Some("_OTHER"));
            assert_eq!(info.usage, None);
        }
    }
}

#[test]
fn a_full_cache_hit_has_no_input_count() {
    let info = ollama::ChatResponse::from_value(&json!({
        "model": "qwen3", "message": { "content": "Hi" }, "done": true, "eval_count": 2,
    }))
    .into_info();
    assert_eq!(counts(info.usage), Some([None, Some(2), None]));
    let info = ollama::ChatResponse::from_value(&json!({ "model": "qwen3", "done": true }));
    assert_eq!(info.info().usage, None);
}

#[test]
fn errors_in_place_of_replies() {
    let watsonx = watsonx::GenerationResponse::from_value(&json!({
        "errors": [{ "code": "authentication_token_expired", "message": "secret" }],
        "trace": "t", "status_code": 401,
    }));
    assert_eq!(
        watsonx.info().error_type.as_deref(),
        Some("authentication_token_expired")
    );
    let bare = json!({ "errors": [{ "message": "secret" }], "status_code": 500 });
    let watsonx = watsonx::GenerationResponse::from_value(&bare);
    assert_eq!(watsonx.info().error_type.as_deref(), Some("500"));
    let voyage = voyage::EmbeddingsResponse::from_value(&json!({ "detail": "secret" }));
    assert_eq!(voyage.info().error_type.as_deref(), Some("_OTHER"));
    let ollama = ollama::EmbedResponse::from_value(&json!({ "error": "model 'x' not found" }));
    assert_eq!(ollama.info().error_type.as_deref(), Some("_OTHER"));
    assert_eq!(ollama.info().usage, None);
}

#[test]
fn chunks_may_be_kept() {
    let mut stream = StreamInfo::default();
    let line = String::from(r#"{"model":"qwen3","message":{"content":"Hi"},"done":true}"#);
    let chunk = ollama::ChatChunk::from_slice(line.as_bytes())
        .expect("JSON")
        .into_owned();
    drop(line);
    stream.begin_chunk();
    chunk.accumulate(&mut stream);
    assert!(chunk.is_last());
    assert_eq!(stream.finish().model.as_deref(), Some("qwen3"));
}

/// Every reader, for a body of which nothing is known.
fn read_all(body: &[u8]) {
    macro_rules! each {
        ($($reply:ty),*) => {$(
            let reply = <$reply>::from_slice(body);
            if let Ok(tree) = serde_json::from_slice::<Value>(body) {
                assert_eq!(reply, Ok(<$reply>::from_value(&tree)));
            }
        )*};
    }
    each!(
        cohere::ChatResponse,
        cohere::ChatV1Response,
        cohere::GenerateResponse,
        cohere::EmbedResponse,
        cohere::RerankResponse,
        cohere::ChatRequest,
        cohere::EmbedRequest,
        cohere::RerankRequest,
        ollama::ChatResponse,
        ollama::GenerateResponse,
        ollama::EmbedResponse,
        ollama::Request,
        voyage::EmbeddingsResponse,
        voyage::EmbeddingsRequest,
        voyage::RerankResponse,
        voyage::RerankRequest,
        watsonx::EmbeddingsResponse,
        watsonx::GenerationResponse,
        watsonx::GenerationRequest
    );
}

/// Values that readers may not expect, under keys that they look at.
fn odd_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i32>().prop_map(|n| Value::from(f64::from(n) / 8.0)),
        "[a-zA-Z_é]{0,6}".prop_map(Value::from),
    ];
    let keys = vec![
        "id",
        "type",
        "index",
        "message",
        "finish_reason",
        "usage",
        "delta",
        "error",
        "content",
        "tool_calls",
        "function",
        "name",
        "text",
        "thinking",
        "meta",
        "tokens",
        "billed_units",
        "input_tokens",
        "output_tokens",
        "cached_tokens",
        "response",
        "response_id",
        "event_type",
        "is_finished",
        "tool_call_delta",
        "generations",
        "model",
        "done",
        "done_reason",
        "prompt_eval_count",
        "eval_count",
        "options",
        "format",
        "results",
        "generated_text",
        "generated_token_count",
        "input_token_count",
        "stop_reason",
        "errors",
        "code",
        "model_id",
        "parameters",
        "total_tokens",
        "detail",
        "stop",
    ];
    let key = prop::sample::select(keys).prop_map(str::to_owned);
    leaf.prop_recursive(4, 32, 5, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((key.clone(), inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn splits_say_the_same(cuts in vec(any::<prop::sample::Index>(), 0..12), api in 0..5usize) {
        let api = STREAMS[api];
        let body = body(api);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(body.len() + 1)).collect();
        cuts.extend([0, body.len()]);
        cuts.sort_unstable();
        let pieces = cuts.windows(2).map(|pair| &body[pair[0]..pair[1]]);
        let whole = follow(api, [&body[..]]);
        prop_assert_eq!(follow(api, pieces), whole.clone());
        prop_assert_eq!(follow(api, body.chunks(1)), whole);
    }

    #[test]
    fn odd_bodies_are_read_alike(body in odd_json(), events in vec(odd_json(), 0..6)) {
        read_all(body.to_string().as_bytes());
        for api in STREAMS {
            for bytes in [lines(&events), sse(&events)] {
                let whole = follow(api, [&bytes[..]]);
                prop_assert_eq!(follow(api, bytes.chunks(3)), whole);
            }
        }
    }

    #[test]
    fn broken_bodies_do_no_harm(
        api in 0..5usize,
        at in any::<prop::sample::Index>(),
        with in vec(any::<u8>(), 0..8),
    ) {
        let mut bytes = body(STREAMS[api]);
        let at = at.index(bytes.len());
        let end = (at + with.len()).min(bytes.len());
        bytes.splice(at..end, with);
        read_all(&bytes);
        for api in STREAMS {
            let whole = follow(api, [&bytes[..]]);
            prop_assert_eq!(follow(api, bytes.chunks(2)), whole);
        }
    }

    #[test]
    fn arbitrary_bytes_do_no_harm(bytes in vec(any::<u8>(), 0..200)) {
        read_all(&bytes);
        for api in STREAMS {
            prop_assert_eq!(follow(api, bytes.chunks(1)), follow(api, [&bytes[..]]));
        }
    }
}

#[test]
fn hostile_bodies() {
    let deep = [&b"["[..]; 10_000].concat();
    let deep_object = b"{\"message\":".repeat(10_000);
    let huge = format!(
        "{{\"message\":{{\"content\":\"{}\",\"tool_calls\":[{}{{}}]}},\"eval_count\":18446744073709551615}}",
        "x".repeat(1_000_000),
        "{\"function\":{\"name\":\"f\"}},".repeat(10_000)
    );
    for body in [
        &deep[..],
        &deep_object,
        huge.as_bytes(),
        br#"{"id":"\ud800"}"#,
        b"",
        b"null",
    ] {
        read_all(body);
        for api in STREAMS {
            follow(api, [body]);
        }
    }
    let reply = ollama::ChatResponse::from_slice(huge.as_bytes()).expect("JSON");
    assert_eq!(reply.text_chars(), 1_000_000);
    let info = reply.into_info();
    assert_eq!(info.tool_calls.len(), 128);
    assert_eq!(counts(info.usage), Some([None, Some(u64::MAX), None]));
}
