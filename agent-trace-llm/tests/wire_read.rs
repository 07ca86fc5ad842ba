//! What must hold of every wire shape in every framing, whatever arrives.

use agent_trace_llm::Provider;
use agent_trace_llm::wire::{Api, BodyFormat, Read, Reader, read};
use proptest::prelude::*;

fn in_pieces(api: Api, format: BodyFormat, body: &[u8], step: usize) -> Read {
    let mut reader = Reader::new(api, format, None);
    for bytes in body.chunks(step.max(1)) {
        reader.push(bytes);
    }
    reader.finish()
}

fn everywhere(mut check: impl FnMut(Api, BodyFormat)) {
    for api in Api::ALL {
        for format in BodyFormat::ALL {
            check(*api, *format);
        }
    }
}

#[test]
fn names_go_both_ways() {
    for api in Api::ALL {
        assert_eq!(Api::from_name(api.as_str()), Some(*api));
    }
    for format in BodyFormat::ALL {
        assert_eq!(BodyFormat::from_name(format.as_str()), Some(*format));
    }
    assert_eq!(Api::from_name("openai"), None);
}

#[test]
fn nothing_is_nothing() {
    everywhere(|api, format| {
        for body in [&b""[..], b"\n", b" \r\n\r\n"] {
            let read = read(api, format, None, body);
            assert!(!read.complete, "{api} {format}");
            assert_eq!(read.info.usage, None, "{api} {format}");
        }
    });
}

#[test]
fn what_nobody_means() {
    let deep = |open: &str, close: &str| open.repeat(10_000) + &close.repeat(10_000);
    let bodies = [
        deep("[", "]"),
        deep("{\"a\":", "}"),
        format!("{{\"choices\":{}}}", deep("[", "]")),
        format!("{{\"usage\":{}}}", deep("{\"usage\":", "}")),
        "[".repeat(10_000),
        "{\"usage\":{\"prompt_tokens\":1,\"prompt_tokens\":\"x\",\"prompt_tokens\":1e999}}"
            .to_owned(),
        "{\"choices\":[{\"message\":{\"content\":\"\\ud800\"}}],\"id\":\"\\udc00\"}".to_owned(),
        "{\"usage\":null,\"error\":{\"message\":\"\\ud83d\"}}".to_owned(),
        "{\"choices\":{},\"usage\":[],\"id\":{},\"model\":1,\"error\":[]}".to_owned(),
        "null".to_owned(),
        "NaN".to_owned(),
        "\u{0}".to_owned(),
        "{} {}".to_owned(),
    ];
    everywhere(|api, format| {
        for body in &bodies {
            for body in [body.clone(), format!("data: {body}\n\n")] {
                let whole = read(api, format, None, body.as_bytes());
                let split = in_pieces(api, format, body.as_bytes(), 1000);
                assert_eq!(whole, split, "{api} {format}");
            }
        }
    });
}

#[test]
fn large_bodies() {
    let text = "x".repeat(8 * 1024 * 1024);
    let body = format!(
        "{{\"id\":\"a\",\"choices\":[{{\"message\":{{\"content\":\"{text}\"}},\"finish_reason\":\"stop\"}}]}}"
    );
    let whole = read(Api::OpenAiChat, BodyFormat::Json, None, body.as_bytes());
    assert_eq!(whole.text_chars, 8 * 1024 * 1024);
    assert!(whole.complete);
    everywhere(|api, format| {
        let read = in_pieces(api, format, body.as_bytes(), 1024 * 1024);
        // The framings by lines have a bound on a line. In the place of the others it is a document.
        let by_line = matches!(format, BodyFormat::NdJson | BodyFormat::JsonChunks);
        assert!(!by_line || !read.complete, "{api} {format}");
    });
}

#[test]
fn the_provider_rules_over_what_fields_tell() {
    let body = br#"{"usage":{"prompt_tokens":1,"completion_tokens":2,"queue_time":0.1,
        "completion_tokens_details":{"reasoning_tokens":4}}}"#;
    let output = |provider: Option<&Provider>| {
        let read = read(Api::OpenAiChat, BodyFormat::Json, provider, body);
        read.info.usage.and_then(|usage| usage.output_tokens)
    };
    assert_eq!(output(None), Some(2));
    assert_eq!(output(Some(&Provider::X_AI)), Some(6));
}

#[test]
fn a_body_that_is_only_a_message_is_a_failure() {
    let body = br#"{"message": "The provided model identifier is invalid."}"#;
    for api in [Api::BedrockConverse, Api::OpenAiChat] {
        let read = read(api, BodyFormat::Json, None, body);
        assert_eq!(read.info.error_type.as_deref(), Some("_OTHER"), "{api}");
        let message = read.error.and_then(|error| error.message);
        assert!(
            message.is_some_and(|text| text.starts_with("The provided")),
            "{api}"
        );
    }
}

fn json() -> impl Strategy<Value = String> {
    let keys = prop::sample::select(vec![
        "id",
        "type",
        "object",
        "model",
        "choices",
        "delta",
        "message",
        "content",
        "text",
        "usage",
        "prompt_tokens",
        "input_tokens",
        "output_tokens",
        "response",
        "output",
        "item",
        "status",
        "error",
        "code",
        "candidates",
        "parts",
        "usageMetadata",
        "bytes",
        "x_groq",
        "finish_reason",
        "tool_calls",
        "function",
        "name",
        "meta",
        "tokens",
        "done",
        "results",
        "delta-message",
    ]);
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        any::<i64>().prop_map(|n| n.to_string()),
        any::<u64>().prop_map(|n| n.to_string()),
        any::<f64>()
            .prop_filter("finite", |n| n.is_finite())
            .prop_map(|n| n.to_string()),
        prop::sample::select(vec![
            "\"\"",
            "\"text\"",
            "\"stop\"",
            "\"message\"",
            "\"response.created\"",
            "\"response.completed\"",
            "\"message_start\"",
            "\"message_delta\"",
            "\"function_call\"",
            "\"h\\u00e9\\ud83d\\ude00\"",
            "\"\\ud800\"",
            "\"eyJ1c2FnZSI6e319\"",
        ])
        .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec((keys.clone(), inner), 0..6).prop_map(|fields| {
                let fields = fields
                    .iter()
                    .map(|(key, value)| format!("\"{key}\":{value}"));
                format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_json_reads_the_same_however_it_is_split(
        events in prop::collection::vec(json(), 0..6),
        step in 1usize..40,
    ) {
        let lines = events.join("\n");
        let sse: String = events.iter().map(|data| format!("data: {data}\n\n")).collect();
        everywhere(|api, format| {
            let body = if format == BodyFormat::Sse { &sse } else { &lines };
            let whole = read(api, format, None, body.as_bytes());
            let split = in_pieces(api, format, body.as_bytes(), step);
            assert_eq!(whole, split, "{api} {format}");
        });
    }

    #[test]
    fn any_bytes(body in prop::collection::vec(any::<u8>(), 0..200), step in 1usize..40) {
        everywhere(|api, format| {
            let whole = read(api, format, None, &body);
            assert_eq!(whole, in_pieces(api, format, &body, step), "{api} {format}");
        });
    }
}
