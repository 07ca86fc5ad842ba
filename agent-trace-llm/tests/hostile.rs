//! Bodies that are made to hurt: nesting, size, numbers and text that nobody means. Every reader
//! ends soon, with an error value or what could be read, in memory that does not depend on them.
//!
//! The sizes are those of the issue (100 MB) in a release build, and a fiftieth of that in a debug
//! build: `cargo test --release -p agent-trace-llm --test hostile`.

mod support;

use std::alloc::System;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use agent_trace_llm::wire::gemini::GenerateContentStream;
use agent_trace_llm::wire::{Api, BodyFormat, ErrorDetail, Reader, openai, read};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use support::{everywhere, frame, in_pieces, messages, read_everywhere, read_the_rest};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const MIB: usize = 1024 * 1024;

const LARGE: usize = match cfg!(debug_assertions) {
    true => 2_000_000,
    false => 100_000_000,
};

/// More than any body here takes on a slow machine, and far less than anything that is not linear.
const SOON: Duration = Duration::from_secs(30);

/// Allocations are counted for the whole process, so one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// Runs it, and checks that it ends soon and allocates at most so many bytes. That is the sum of all
/// that it allocates, so it holds at most that much at any time.
fn bounded<T>(name: &str, bytes: usize, run: impl FnOnce() -> T) -> T {
    let (region, start) = (Region::new(ALLOCATOR), Instant::now());
    let result = run();
    let (allocated, elapsed) = (region.change().bytes_allocated, start.elapsed());
    assert!(
        allocated <= bytes,
        "{name}: {allocated} bytes, at most {bytes}"
    );
    assert!(elapsed < SOON, "{name}: {elapsed:?}");
    result
}

fn alone(run: impl FnOnce()) {
    let _guard = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    run();
}

fn nested(open: &str, close: &str, depth: usize) -> String {
    open.repeat(depth) + &close.repeat(depth)
}

/// The places in a body where a value is looked at, of any API.
const PLACES: [(&str, &str); 12] = [
    ("", ""),
    ("{\"id\":", "}"),
    ("{\"usage\":", "}"),
    ("{\"error\":", "}"),
    ("{\"content\":[", "]}"),
    ("{\"choices\":[{\"message\":{\"content\":", "}}]}"),
    (
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"arguments\":",
        "}}]}}]}",
    ),
    ("{\"response\":{\"output\":[", "]}}"),
    ("{\"candidates\":[{\"content\":{\"parts\":[", "]}}]}"),
    ("{\"output\":{\"message\":{\"content\":[", "]}}}"),
    ("{\"messages\":[{\"content\":", "}]}"),
    (
        "{\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"parameters\":",
        "}]}]}",
    ),
];

#[test]
fn nesting_of_ten_thousand() {
    alone(|| {
        let brackets = [
            nested("[", "]", 10_000),
            nested("{\"a\":", "}", 10_000),
            nested("{\"error\":", "}", 10_000),
            nested("[{\"content\":", "}]", 10_000),
            nested("{\"usage\":{\"message\":", "}}", 10_000),
            nested("{\"items\":", "}", 10_000),
            // Never closed.
            "[".repeat(10_000),
            "{\"a\":".repeat(10_000),
        ];
        for deep in &brackets {
            for (before, after) in PLACES {
                let body = format!("{before}{deep}{after}");
                for api in Api::ALL {
                    read(*api, BodyFormat::Json, None, body.as_bytes());
                }
                read_the_rest(body.as_bytes());
            }
            for (before, after) in &PLACES[..4] {
                let body = format!("{before}{deep}{after}");
                let events = format!("event: error\ndata: {body}\n\n");
                let frames = frame::message("contentBlockDelta", body.as_bytes());
                for api in Api::ALL {
                    read(*api, BodyFormat::Sse, None, events.as_bytes());
                    read(*api, BodyFormat::AwsEventStream, None, &frames);
                }
            }
        }
    });
}

#[test]
fn nesting_of_a_million() {
    alone(|| {
        for deep in [
            nested("[", "]", 1_000_000),
            nested("{\"a\":", "}", 1_000_000),
        ] {
            for (before, after) in &PLACES[..4] {
                let body = format!("{before}{deep}{after}");
                // `serde_json` marks each open bracket with a byte.
                let bound = 3 * MIB;
                for api in [Api::OpenAiChat, Api::AnthropicMessages, Api::BedrockInvoke] {
                    bounded(api.as_str(), bound, || {
                        read(api, BodyFormat::Json, None, body.as_bytes());
                    });
                }
                read_the_rest(body.as_bytes());
            }
        }
    });
}

#[test]
fn nesting_within_text() {
    alone(|| {
        for depth in [10_000, 1_000_000] {
            for (open, close) in [("[", "]"), ("{\\\"a\\\":", "}")] {
                let arguments = nested(open, close, depth);
                let function = format!("{{\"name\":\"f\",\"arguments\":\"{arguments}\"}}");
                let chat = format!(
                    "{{\"messages\":[{{\"role\":\"tool\",\"content\":\"{arguments}\"}}],\
                     \"choices\":[{{\"message\":{{\"tool_calls\":[{{\"id\":\"a\",\"function\":{function}}}]}},\
                     \"finish_reason\":\"stop\"}}],\
                     \"output\":[{{\"type\":\"function_call\",\"name\":\"f\",\"arguments\":\"{arguments}\"}}]}}"
                );
                let read = read(Api::OpenAiChat, BodyFormat::Json, None, chat.as_bytes());
                assert_eq!(read.tool_calls, ["f"]);
                let value = serde_json::from_str(&chat).expect("JSON");
                messages(&value);
            }
        }
    });
}

/// Documents of one giant value, each with what reading it may allocate beside it.
fn giants(large: usize) -> Vec<(&'static str, Vec<u8>, usize)> {
    let in_chat = |text: &str| {
        format!("{{\"id\":\"a\",\"choices\":[{{\"message\":{{\"content\":\"{text}\"}}}}]}}")
            .into_bytes()
    };
    let fill = |unit: &str| unit.repeat(large / unit.len());
    // Text with escapes is put together before it is counted, twice where it is kept.
    let escaped = 4 * large + MIB;
    vec![
        ("text", in_chat(&fill("x")), MIB),
        ("text outside ASCII", in_chat(&fill("é🦀")), MIB),
        ("text with escapes", in_chat(&fill("x\\n")), escaped),
        (
            "an id",
            format!("{{\"id\":\"{}\"}}", fill("x")).into_bytes(),
            MIB,
        ),
        (
            "an id with escapes",
            format!("{{\"id\":\"{}\"}}", fill("x\\n")).into_bytes(),
            escaped,
        ),
        (
            "a key",
            format!("{{\"{}\":1}}", fill("x")).into_bytes(),
            MIB,
        ),
        (
            "an error",
            format!("{{\"error\":{{\"message\":\"{}\"}}}}", fill("x")).into_bytes(),
            MIB,
        ),
        (
            "numbers",
            format!("{{\"data\":[{}0]}}", fill("0.25,")).into_bytes(),
            MIB,
        ),
        (
            "choices",
            format!("{{\"choices\":[{}{{}}]}}", fill("{},")).into_bytes(),
            MIB,
        ),
        (
            "one number",
            format!("{{\"usage\":{{\"prompt_tokens\":{}}}}}", fill("9")).into_bytes(),
            MIB,
        ),
        (
            "calls",
            format!(
                "{{\"choices\":[{{\"message\":{{\"tool_calls\":[{}{{}}]}}}}]}}",
                fill("{\"id\":\"a\"},")
            )
            .into_bytes(),
            MIB,
        ),
        (
            "blocks",
            format!(
                "{{\"content\":[{}{{}}]}}",
                fill("{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"b\"},")
            )
            .into_bytes(),
            MIB,
        ),
        (
            "duplicate keys",
            format!("{{{}\"id\":\"a\"}}", fill("\"id\":\"b\",")).into_bytes(),
            MIB,
        ),
        (
            "white space",
            format!("{{{}}}", fill(" \n")).into_bytes(),
            MIB,
        ),
        ("nothing but white space", fill(" \n").into_bytes(), MIB),
        ("nothing but zeros", vec![0; large], MIB),
        ("brackets", fill("[").into_bytes(), 2 * large + MIB),
        (
            "text that does not end",
            format!("{{\"id\":\"{}", fill("x")).into_bytes(),
            MIB,
        ),
    ]
}

#[test]
fn giant_documents() {
    alone(|| {
        // All of them at a tenth of the size, and at the whole of it those that read in ways of their own.
        for (large, apis) in [
            (LARGE / 10, Api::ALL),
            (
                LARGE,
                &[
                    Api::OpenAiChat,
                    Api::AnthropicMessages,
                    Api::GeminiGenerateContent,
                    Api::BedrockInvoke,
                ],
            ),
        ] {
            for (name, body, bound) in giants(large) {
                for api in apis {
                    let name = format!("{api}, {name}");
                    bounded(&name, bound, || read(*api, BodyFormat::Json, None, &body));
                }
                bounded(name, bound, || {
                    openai::ChatRequest::from_slice(&body).is_ok()
                });
                bounded(name, bound, || ErrorDetail::from_slice(&body).is_some());
            }
        }
    });
}

#[test]
fn giant_documents_in_pieces_are_kept_once() {
    alone(|| {
        let body = vec![b' '; LARGE];
        // A buffer that doubles is less than twice what it holds.
        bounded("pieces", 2 * LARGE + MIB, || {
            in_pieces(Api::OpenAiChat, BodyFormat::Json, &body, 64 * 1024)
        });
    });
}

/// Streams that never come to an end of anything.
#[test]
fn giant_streams() {
    let fill = |unit: &str| unit.repeat(LARGE / unit.len()).into_bytes();
    let then = |mut start: Vec<u8>, rest: &[u8]| {
        start.extend(rest);
        start
    };
    alone(|| {
        // What a decoder keeps at most, in a buffer that doubles.
        let (line, frame) = (2 * 4 * MIB + MIB, 2 * 24 * MIB + MIB);
        let cases = [
            (
                "a line without end",
                BodyFormat::Sse,
                then(b"data: ".to_vec(), &fill("x")),
                line,
            ),
            (
                "a name without end",
                BodyFormat::Sse,
                then(b"event: ".to_vec(), &fill("x")),
                line,
            ),
            ("a comment without end", BodyFormat::Sse, fill(": x"), line),
            (
                "an event without end",
                BodyFormat::Sse,
                fill("data: 0123456789abcdef\n"),
                2 * line,
            ),
            ("blank lines", BodyFormat::Sse, fill("\r\n"), MIB),
            ("empty events", BodyFormat::Sse, fill("data\n\n"), MIB),
            ("a line without end", BodyFormat::NdJson, fill("x"), line),
            ("white space", BodyFormat::NdJson, fill(" "), line),
            ("blank lines", BodyFormat::JsonChunks, fill("\n"), MIB),
            (
                "4 GB announced",
                BodyFormat::AwsEventStream,
                then(frame::prelude(usize::MAX, 0), &fill("x")),
                MIB,
            ),
            (
                "24 MB announced",
                BodyFormat::AwsEventStream,
                then(frame::prelude(24 * MIB, 0), &fill("x")),
                frame,
            ),
            (
                "headers beyond the frame",
                BodyFormat::AwsEventStream,
                then(frame::prelude(100, usize::MAX), &fill("x")),
                MIB,
            ),
            ("noise", BodyFormat::AwsEventStream, fill("x"), MIB),
        ];
        for (name, format, body, bound) in cases {
            // What the framing holds back no API gets to see, so two of them stand for all.
            for api in [Api::OpenAiChat, Api::BedrockConverse] {
                for step in [1000, 64 * 1024] {
                    let mut reader = Reader::new(api, format, None);
                    let (before, start, mut most) = (live(), Instant::now(), 0);
                    for bytes in body.chunks(step) {
                        reader.push(bytes);
                        most = most.max(live().saturating_sub(before));
                    }
                    reader.finish();
                    let name = format!("{name}, {format}, {api}, {step}");
                    assert!(most <= bound, "{name}: {most} bytes, at most {bound}");
                    assert!(start.elapsed() < SOON, "{name}: {:?}", start.elapsed());
                }
            }
        }
        // An array of Gemini's, whose end is looked for in the bytes.
        for body in [
            fill("["),
            then(b"[{\"a\":\"".to_vec(), &fill("x")),
            fill("{\"a\":"),
        ] {
            bounded("an array", 2 * 16 * MIB + MIB, || {
                let mut stream = GenerateContentStream::new();
                for bytes in body.chunks(1000) {
                    stream.push(bytes);
                }
                stream.finish()
            });
        }
    });
}

/// What accumulates over a stream of events that all bring something new is bounded too.
#[test]
fn streams_of_ever_new_things() {
    alone(|| {
        let events = LARGE / 500;
        for (api, event) in [
            (
                Api::OpenAiChat,
                "{\"id\":\"@\",\"model\":\"@\",\"service_tier\":\"@\",\"choices\":[{\"index\":@,\"finish_reason\":\"@\",\"delta\":{\"tool_calls\":[{\"index\":@,\"id\":\"@\",\"function\":{\"name\":\"@\"}}]}}]}",
            ),
            (
                Api::OpenAiResponses,
                "{\"type\":\"response.output_item.added\",\"output_index\":@,\"item\":{\"type\":\"custom_tool_call\",\"id\":\"@\",\"call_id\":\"@\",\"name\":\"@\"}}",
            ),
            (
                Api::AnthropicMessages,
                "{\"type\":\"content_block_start\",\"index\":@,\"content_block\":{\"type\":\"tool_use\",\"id\":\"@\",\"name\":\"@\"}}",
            ),
            (
                Api::GeminiGenerateContent,
                "{\"responseId\":\"@\",\"candidates\":[{\"index\":@,\"finishReason\":\"@\",\"content\":{\"parts\":[{\"functionCall\":{\"id\":\"@\",\"name\":\"@\"}}]}}]}",
            ),
            (
                Api::GeminiInteractions,
                "{\"event_type\":\"step.start\",\"index\":@,\"step\":{\"type\":\"function_call\",\"id\":\"@\",\"name\":\"@\"}}",
            ),
            (
                Api::CohereChatV2,
                "{\"type\":\"tool-call-start\",\"index\":@,\"delta\":{\"message\":{\"tool_calls\":{\"id\":\"@\",\"function\":{\"name\":\"@\"}}}}}",
            ),
            (
                Api::OllamaChat,
                "{\"model\":\"@\",\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"@\"}}]},\"done_reason\":\"@\"}",
            ),
            (
                Api::BedrockInvoke,
                "{\"id\":\"@\",\"choices\":[{\"stop_reason\":\"@\",\"message\":{\"tool_calls\":[{\"id\":\"@\",\"function\":{\"name\":\"@\"}}]}}]}",
            ),
        ] {
            let mut reader = Reader::new(api, BodyFormat::Sse, None);
            let before = live();
            for n in 0..events {
                let event = event.replace('@', &n.to_string());
                reader.push(format!("data: {event}\n\n").as_bytes());
            }
            let kept = live().saturating_sub(before);
            assert!(kept <= MIB, "{api}: {kept} bytes are kept");
            let read = reader.finish();
            assert!(read.info.tool_calls.len() <= 128, "{api}");
            assert!(read.info.finish_reasons.len() <= 128, "{api}");
        }
    });
}

/// Bytes that are allocated now.
fn live() -> usize {
    let stats = ALLOCATOR.stats();
    stats.bytes_allocated - stats.bytes_deallocated
}

#[test]
fn text_and_numbers_that_nobody_means() {
    alone(|| {
        for odd in [
            "1e400",
            "-1e400",
            "-1",
            "1.5",
            "-0",
            "18446744073709551616",
            "1e19",
            "NaN",
            "Infinity",
            "01",
            "\"NaN\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0000\"",
            "\"\\u12\"",
            "\"\u{0}\"",
            "\"\\q\"",
            "{\"\\ud800\":1}",
            "{\"id\":1,\"id\":\"a\",\"id\":null}",
            "{\"$serde_json::private::Number\":\"x\"}",
            "\u{feff}{}",
            "{}\u{feff}",
            "\u{0}",
            "nul",
            "'a'",
            "{a:1}",
            "[1,]",
            "{\"a\":1,}",
            "/**/{}",
            "{}{}",
        ] {
            for (before, after) in PLACES {
                read_everywhere(format!("{before}{odd}{after}").as_bytes());
                read_everywhere(format!("data: {before}{odd}{after}\n\n").as_bytes());
            }
        }
        for bytes in [
            &b"\xff"[..],
            b"\xef\xbb\xbf{}",
            b"\xed\xa0\x80",
            b"\xc0\x80",
            b"\xf4\x90\x80\x80",
            b"\xff\xfe{\0}\0",
        ] {
            read_everywhere(bytes);
            read_everywhere(
                &[b"{\"id\":\"", bytes, b"\",\"usage\":{\"prompt_tokens\":1}}"].concat(),
            );
            read_everywhere(&[b"{\"", bytes, b"\":1,\"usage\":{\"prompt_tokens\":1}}"].concat());
            read_everywhere(&[b"data: {\"id\":\"", bytes, b"\"}\n\ndata: [DONE]\n\n"].concat());
        }
    });
}

/// A count that is none costs neither the counts beside it nor the reply.
#[test]
fn numbers_that_cannot_be_a_count() {
    alone(|| {
        for odd in [
            "-1",
            "1.5",
            "18446744073709551616",
            "1e19",
            "\"NaN\"",
            "\"-3\"",
            "[]",
            "{}",
            "true",
            "null",
            "1e300",
        ] {
            let body = format!(
                "{{\"usage\":{{\"prompt_tokens\":{odd},\"completion_tokens\":5}},\"choices\":[{{\"finish_reason\":\"stop\"}}]}}"
            );
            let read = read(Api::OpenAiChat, BodyFormat::Json, None, body.as_bytes());
            let usage = read.info.usage.expect(odd);
            assert_eq!(
                (usage.input_tokens, usage.output_tokens),
                (None, Some(5)),
                "{odd}"
            );
            assert_eq!(read.info.finish_reasons, ["stop"], "{odd}");
        }
        // The largest that can be one survives, and sums of such do not overflow.
        let most = u64::MAX;
        let body = format!(
            "{{\"usage\":{{\"input_tokens\":{most},\"cache_read_input_tokens\":{most},\"output_tokens\":{most}}}}}"
        );
        let read = read(
            Api::AnthropicMessages,
            BodyFormat::Json,
            None,
            body.as_bytes(),
        );
        let usage = read.info.usage.expect("reported");
        assert_eq!(
            (usage.input_tokens, usage.output_tokens),
            (Some(most), Some(most))
        );
    });
}

/// The same body everywhere: no reader that it is not meant for is hurt by it.
#[test]
fn every_body_in_every_reader() {
    alone(|| {
        for body in support::bodies() {
            let lines = String::from_utf8_lossy(&body.bytes).replace(['\r', '\n'], " ");
            everywhere(|api, format| {
                read(api, format, None, &body.bytes);
                read(api, format, None, lines.as_bytes());
            });
            read_the_rest(&body.bytes);
        }
    });
}
