//! What holds for every body, however it is cut, split or broken.

use agent_trace_llm::sse::Decoder;
use agent_trace_llm::wire::openai::{
    ChatChunk, ChatRequest, ChatResponse, ChatStream, EmbeddingsRequest, EmbeddingsResponse,
};
use agent_trace_llm::{LlmChunk, LlmRequest, LlmResponse, ResponseInfo, StreamInfo};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Feeds a body in the given pieces.
fn follow<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> (StreamInfo, ResponseInfo, bool, u64) {
    let mut stream = ChatStream::new();
    for piece in pieces {
        stream.push(piece);
    }
    let (info, skipped) = (stream.info().clone(), stream.skipped());
    let (reply, complete) = stream.finish();
    (info, reply, complete, skipped)
}

/// Cuts a body at the given places.
fn split<'a>(body: &'a [u8], cuts: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(body.len() + 1)).collect();
    cuts.extend([0, body.len()]);
    cuts.sort_unstable();
    cuts.windows(2)
        .map(|pair| &body[pair[0]..pair[1]])
        .collect()
}

fn decode<'a>(limit: usize, pieces: impl IntoIterator<Item = &'a [u8]>) -> (Vec<[String; 2]>, u64) {
    let mut decoder = Decoder::with_limit(limit);
    let mut events = Vec::new();
    for piece in pieces {
        decoder.push(piece, |event| {
            events.push([event.name.to_owned(), event.data.to_owned()]);
        });
    }
    decoder.finish(|event| events.push([event.name.to_owned(), event.data.to_owned()]));
    (events, decoder.skipped())
}

/// The specification of event streams, read off word by word, without limits and without pieces.
fn decode_by_the_book(body: &[u8]) -> Vec<[String; 2]> {
    let text = String::from_utf8_lossy(body)
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let (mut events, mut name, mut data) = (Vec::new(), String::new(), String::new());
    // The blank line at the end is what `finish` stands for.
    for line in text.split('\n').chain([""]) {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "" if line.is_empty() => {
                if let Some(data) = data.strip_suffix('\n') {
                    events.push([name.clone(), data.to_owned()]);
                }
                (name, data) = (String::new(), String::new());
            }
            "event" => value.clone_into(&mut name),
            "data" => data.extend([value, "\n"]),
            _ => {}
        }
    }
    events
}

/// Bytes in which the things that matter to a decoder are frequent.
fn sse_like() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => Just(b"\n".to_vec()),
        2 => Just(b"\r".to_vec()),
        2 => Just(b"\r\n".to_vec()),
        4 => Just(b"data:".to_vec()),
        2 => Just(b"data: {}".to_vec()),
        1 => Just(b"data".to_vec()),
        1 => Just(b"event: error".to_vec()),
        1 => Just(b":".to_vec()),
        1 => Just("\u{feff}".as_bytes().to_vec()),
        1 => Just("é🦀".as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..8),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        // Not every float survives JSON to the last bit; these do.
        any::<i32>().prop_map(|n| Value::from(f64::from(n) / 8.0)),
        prop::sample::select(vec![1e300, -1e300, 1e-300]).prop_map(Value::from),
        "[a-z_\\n\"é]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((key(), inner), 0..5).prop_map(|entries| Value::from(Map::from_iter(entries))),
        ]
    })
}

/// Keys that the adapter looks at, and some that it does not.
fn key() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "id",
        "model",
        "choices",
        "index",
        "delta",
        "message",
        "content",
        "tool_calls",
        "function",
        "name",
        "arguments",
        "finish_reason",
        "usage",
        "prompt_tokens",
        "completion_tokens",
        "prompt_tokens_details",
        "cached_tokens",
        "error",
        "code",
        "type",
        "stop",
        "temperature",
        "response_format",
        "service_tier",
        "other",
    ])
    .prop_map(str::to_owned)
}

/// One chunk of a reply of two choices, each with two tool calls.
fn chunk() -> impl Strategy<Value = Value> {
    let delta = prop_oneof![
        "[a-zé🦀\\n]{0,6}".prop_map(|text| json!({ "content": text })),
        (0..2u32, any::<bool>()).prop_map(|(index, first)| {
            let id = first.then(|| format!("call_{index}"));
            let name = first.then(|| format!("tool_{index}"));
            json!({ "tool_calls": [{
                "index": index, "id": id, "function": { "name": name, "arguments": "{" },
            }] })
        }),
        Just(json!({})),
    ];
    let reason = prop::option::weighted(0.2, prop::sample::select(vec!["stop", "tool_calls"]));
    let choice = (0..2u32, delta, reason).prop_map(
        |(index, delta, reason)| json!({ "index": index, "delta": delta, "finish_reason": reason }),
    );
    let usage = prop::option::weighted(0.2, 0..1_000u64).prop_map(|count| {
        count.map(|count| json!({ "prompt_tokens": count, "completion_tokens": count }))
    });
    (vec(choice, 0..3), usage).prop_map(|(choices, usage)| {
        json!({ "id": "chatcmpl-1", "model": "gpt-4o", "choices": choices, "usage": usage })
    })
}

/// The body of a stream, in one of the styles that servers have.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let style = (
        prop::sample::select(vec!["\n", "\r\n", "\r"]),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    );
    (vec(chunk(), 0..12), style).prop_map(|(chunks, (end, bom, comments, pretty, done))| {
        let mut body = String::from(if bom { "\u{feff}" } else { "" });
        for chunk in chunks {
            if comments {
                body += &format!(": processing{end}{end}");
            }
            let text = if pretty {
                format!("{chunk:#}")
            } else {
                chunk.to_string()
            };
            for line in text.lines() {
                body += &format!("data: {line}{end}");
            }
            body += end;
        }
        if done {
            body += &format!("data: [DONE]{end}{end}");
        }
        body.into_bytes()
    })
}

/// A reply in which every field that is read has a value.
fn full_reply() -> Map<String, Value> {
    let Value::Object(reply) = json!({
        "id": "chatcmpl-1",
        "model": "gpt-4o",
        "choices": [{ "index": 0, "finish_reason": "stop", "message": { "content": "Hi." } }],
        "usage": { "prompt_tokens": 3, "completion_tokens": 2 },
        "service_tier": "default",
        "system_fingerprint": "fp_1",
    }) else {
        unreachable!("an object was written");
    };
    reply
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 512,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_stream_says_the_same_however_it_is_split(
        body in stream(),
        cuts in vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let whole = follow([&body[..]]);
        prop_assert_eq!(whole.3, 0, "every event was read");
        prop_assert_eq!(&follow(split(&body, &cuts)), &whole);
        prop_assert_eq!(&follow(body.chunks(1)), &whole);
    }

    #[test]
    fn a_stream_that_is_cut_says_no_more_than_the_whole(
        body in stream(),
        cut in any::<prop::sample::Index>(),
    ) {
        let (whole, reply, ..) = follow([&body[..]]);
        let cut = cut.index(body.len() + 1);
        let (part, cut_reply, complete, _) = follow([&body[..cut]]);
        prop_assert!(part.chunks() <= whole.chunks());
        prop_assert!(part.content_chunks() <= whole.content_chunks());
        prop_assert!(part.tool_call_count() <= whole.tool_call_count());
        prop_assert!(cut_reply.tool_calls.len() <= reply.tool_calls.len());
        prop_assert!(cut_reply.finish_reasons.len() <= reply.finish_reasons.len());
        prop_assert!(cut_reply.usage.is_none() || reply.usage.is_some());
        prop_assert!(cut_reply.id.is_none() || cut_reply.id == reply.id);
        let done = body[..cut].trim_ascii_end().ends_with(b"[DONE]");
        prop_assert!(!complete || done || !cut_reply.finish_reasons.is_empty());
    }

    #[test]
    fn the_decoder_follows_the_specification(
        body in sse_like(),
        cuts in vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let expected = decode_by_the_book(&body);
        prop_assert_eq!(&decode(usize::MAX, [&body[..]]), &(expected.clone(), 0));
        prop_assert_eq!(&decode(usize::MAX, split(&body, &cuts)), &(expected.clone(), 0));
        prop_assert_eq!(&decode(usize::MAX, body.chunks(1)), &(expected, 0));
    }

    #[test]
    fn limits_do_not_depend_on_the_split(
        body in sse_like(),
        cuts in vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let whole = decode(0, [&body[..]]);
        prop_assert_eq!(&decode(0, split(&body, &cuts)), &whole);
        let all = decode(usize::MAX, [&body[..]]).0;
        prop_assert_eq!(whole.0.len() as u64 + whole.1, all.len() as u64);
        // A name beyond the limit is dropped, so only the data is compared.
        prop_assert!(whole.0.iter().all(|[_, data]| all.iter().any(|[_, other]| other == data)));
    }

    #[test]
    fn bytes_of_any_kind_are_survived(body in prop_oneof![vec(any::<u8>(), 0..256), sse_like()]) {
        let _ = ChatRequest::from_slice(&body);
        let _ = ChatResponse::from_slice(&body);
        let _ = ChatChunk::from_slice(&body);
        let _ = EmbeddingsRequest::from_slice(&body);
        let _ = EmbeddingsResponse::from_slice(&body);
        let whole = follow([&body[..]]);
        prop_assert_eq!(follow(body.chunks(3)), whole);
    }

    #[test]
    fn json_of_any_kind_is_read_alike_from_text_and_tree(value in any_json()) {
        let text = value.to_string();
        let text = text.as_bytes();
        prop_assert_eq!(ChatRequest::from_slice(text).unwrap(), ChatRequest::from_value(&value));
        prop_assert_eq!(ChatResponse::from_slice(text).unwrap(), ChatResponse::from_value(&value));
        let (one, other) = (ChatChunk::from_slice(text).unwrap(), ChatChunk::from_value(&value));
        prop_assert_eq!(&one, &other);
        let mut stream = StreamInfo::default();
        one.into_owned().accumulate(&mut stream);
        let request = EmbeddingsRequest::from_value(&value);
        prop_assert_eq!(EmbeddingsRequest::from_slice(text).unwrap().info(), request.info());
        let reply = EmbeddingsResponse::from_value(&value);
        prop_assert_eq!(EmbeddingsResponse::from_slice(text).unwrap().info(), reply.info());
    }

    #[test]
    fn a_field_of_an_odd_type_costs_no_other(
        odd in prop::sample::select(full_reply().keys().cloned().collect::<Vec<_>>()),
        value in any_json(),
    ) {
        let mut body = full_reply();
        let whole = ChatResponse::from_value(&Value::from(body.clone())).into_info();
        body.insert(odd.clone(), value);
        let info = ChatResponse::from_value(&Value::from(body)).into_info();
        prop_assert!(odd == "id" || info.id == whole.id);
        prop_assert!(odd == "model" || info.model == whole.model);
        prop_assert!(odd == "choices" || info.finish_reasons == whole.finish_reasons);
        prop_assert!(odd == "usage" || info.usage == whole.usage);
        prop_assert!(odd == "service_tier" || info.service_tier == whole.service_tier);
        prop_assert!(
            odd == "system_fingerprint" || info.system_fingerprint == whole.system_fingerprint
        );
    }
}
