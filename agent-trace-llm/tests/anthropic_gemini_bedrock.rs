//! Anthropic, Gemini and Bedrock: what holds for every body, however it is cut, split or broken.

use agent_trace_llm::wire::anthropic::{
    MessagesChunk, MessagesRequest, MessagesResponse, MessagesStream,
};
use agent_trace_llm::wire::bedrock::{
    ConverseChunk, ConverseRequest, ConverseResponse, ConverseStream, InvokeChunk, InvokeRequest,
    InvokeResponse, InvokeStream,
};
use agent_trace_llm::wire::gemini::{
    GenerateContentChunk, GenerateContentRequest, GenerateContentResponse, GenerateContentStream,
    InteractionsChunk, InteractionsRequest, InteractionsResponse, InteractionsStream,
};
use agent_trace_llm::{LlmRequest, ResponseInfo, Usage};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// What a stream said: `info`, code points of text, whether it was complete, events skipped.
type Said = (ResponseInfo, u64, bool, u64);

/// Any of the streams.
trait Stream: Default {
    fn take(&mut self, bytes: &[u8]);
    fn end(self) -> Said;
}

macro_rules! streams {
    ($($name:ident),*) => {$(
        impl Stream for $name {
            fn take(&mut self, bytes: &[u8]) {
                self.push(bytes);
            }

            fn end(self) -> Said {
                assert!(self.info().content_chunks() <= self.info().chunks());
                let (chars, skipped) = (self.text_chars(), self.skipped());
                let (info, complete) = self.finish();
                (info, chars, complete, skipped)
            }
        }
    )*};
}

streams!(
    MessagesStream,
    GenerateContentStream,
    InteractionsStream,
    ConverseStream,
    InvokeStream
);

fn follow<'a, S: Stream>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Said {
    let mut stream = S::default();
    for piece in pieces {
        stream.take(piece);
    }
    stream.end()
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

/// Whether no count of `part` is above that of `whole`.
fn no_more(part: Option<Usage>, whole: Option<Usage>) -> bool {
    let (part, whole) = (part.unwrap_or_default(), whole.unwrap_or_default());
    let counts = |usage: Usage| {
        [
            usage.input_tokens,
            usage.output_tokens,
            usage.cache_read_input_tokens,
            usage.cache_write_input_tokens,
            usage.reasoning_output_tokens,
        ]
    };
    let pairs = counts(part).into_iter().zip(counts(whole));
    pairs.into_iter().all(|(part, whole)| part <= whole)
}

fn crc32(bytes: &[u8]) -> [u8; 4] {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    (!crc).to_be_bytes()
}

/// One AWS event-stream frame.
fn frame(event_type: &str, payload: &str) -> Vec<u8> {
    let kind = match event_type.ends_with("Exception") {
        true => "exception",
        false => "event",
    };
    let mut headers = Vec::new();
    for (name, value) in [
        (":message-type", kind),
        (&format!(":{kind}-type"), event_type),
    ] {
        headers.push(u8::try_from(name.len()).expect("short"));
        headers.extend(name.as_bytes());
        headers.push(7);
        headers.extend(u16::try_from(value.len()).expect("short").to_be_bytes());
        headers.extend(value.as_bytes());
    }
    let length = |length: usize| u32::try_from(length).expect("short").to_be_bytes();
    let mut frame = Vec::new();
    frame.extend(length(headers.len() + payload.len() + 16));
    frame.extend(length(headers.len()));
    frame.extend(crc32(&frame));
    frame.extend(headers);
    frame.extend(payload.as_bytes());
    frame.extend(crc32(&frame));
    frame
}

fn base64(bytes: &[u8]) -> String {
    const SET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let mut bits = 0usize;
        for at in 0..3 {
            bits = bits << 8 | usize::from(group.get(at).copied().unwrap_or(0));
        }
        for at in 0..4 {
            match at <= group.len() {
                true => text.push(char::from(SET[bits >> (18 - 6 * at) & 63])),
                false => text.push('='),
            }
        }
    }
    text
}

/// A reply in the abstract: pieces of text, whether a tool is called, what was counted.
#[derive(Debug, Clone)]
struct Reply {
    texts: Vec<String>,
    call: bool,
    input: u64,
    cached: u64,
    output: u64,
}

fn reply() -> impl Strategy<Value = Reply> {
    let texts = vec("[a-zé🦀\\n\"\\\\{}]{0,6}", 0..5);
    let counts = (0..1_000u64, 0..1_000u64, 1..1_000u64);
    (texts, any::<bool>(), counts).prop_map(|(texts, call, (input, cached, output))| Reply {
        texts,
        call,
        input,
        cached,
        output,
    })
}

impl Reply {
    fn chars(&self) -> u64 {
        self.texts
            .iter()
            .map(|text| text.chars().count() as u64)
            .sum()
    }

    /// Whether a stream of it that was read whole said everything.
    fn is_said_by(&self, (info, chars, complete, skipped): &Said) -> bool {
        let usage = info.usage.unwrap_or_default();
        *complete
            && *skipped == 0
            && *chars == self.chars()
            && info.finish_reasons.len() == 1
            && info.tool_calls.len() == usize::from(self.call)
            && usage.input_tokens == Some(self.input + self.cached)
            && usage.cache_read_input_tokens == Some(self.cached)
            && usage.output_tokens == Some(self.output)
    }

    fn anthropic(&self) -> Vec<Value> {
        let mut events = vec![json!({ "type": "message_start", "message": { "id": "msg_1",
            "model": "claude", "content": [], "usage": { "input_tokens": self.input,
                "cache_read_input_tokens": self.cached, "output_tokens": 1 } } })];
        for text in &self.texts {
            events.push(json!({ "type": "content_block_delta", "index": 0,
                "delta": { "type": "text_delta", "text": text } }));
        }
        if self.call {
            events.push(json!({ "type": "content_block_start", "index": 1,
                "content_block": { "type": "tool_use", "id": "toolu_1", "name": "f" } }));
        }
        events.push(
            json!({ "type": "message_delta", "delta": { "stop_reason": "end_turn" },
            "usage": { "output_tokens": self.output } }),
        );
        events.push(json!({ "type": "message_stop" }));
        events
    }

    fn gemini(&self) -> Vec<Value> {
        let usage = json!({ "promptTokenCount": self.input + self.cached,
            "cachedContentTokenCount": self.cached });
        let part = |part: Value| {
            json!({ "responseId": "r1", "candidates": [{ "content": { "parts": [part] } }],
                "usageMetadata": usage })
        };
        let mut events: Vec<_> = self
            .texts
            .iter()
            .map(|text| part(json!({ "text": text })))
            .collect();
        if self.call {
            events.push(part(json!({ "functionCall": { "name": "f", "args": {} } })));
        }
        let mut usage = usage.clone();
        usage["candidatesTokenCount"] = json!(self.output);
        events.push(json!({ "candidates": [{ "finishReason": "STOP" }], "usageMetadata": usage }));
        events
    }

    fn interactions(&self) -> Vec<Value> {
        let mut events = vec![json!({ "event_type": "interaction.created",
            "interaction": { "id": "v1_1", "status": "in_progress" } })];
        for text in &self.texts {
            events.push(json!({ "event_type": "step.delta", "index": 0,
                "delta": { "type": "text", "text": text } }));
        }
        if self.call {
            events.push(json!({ "event_type": "step.start", "index": 1,
                "step": { "type": "function_call", "id": "a", "name": "f" } }));
        }
        events.push(
            json!({ "event_type": "interaction.completed", "interaction": { "id": "v1_1",
            "status": "completed", "usage": { "total_input_tokens": self.input + self.cached,
                "total_cached_tokens": self.cached, "total_output_tokens": self.output } } }),
        );
        events
    }

    fn converse(&self) -> Vec<(&'static str, Value)> {
        let mut events = vec![("messageStart", json!({ "role": "assistant" }))];
        for text in &self.texts {
            let delta = json!({ "contentBlockIndex": 0, "delta": { "text": text } });
            events.push(("contentBlockDelta", delta));
        }
        if self.call {
            let start = json!({ "contentBlockIndex": 1,
                "start": { "toolUse": { "toolUseId": "a", "name": "f" } } });
            events.push(("contentBlockStart", start));
        }
        events.push(("messageStop", json!({ "stopReason": "end_turn" })));
        let usage = json!({ "usage": { "inputTokens": self.input,
            "cacheReadInputTokens": self.cached, "outputTokens": self.output } });
        events.push(("metadata", usage));
        events
    }
}

fn sse(events: &[Value], end: &str) -> Vec<u8> {
    let lines = events
        .iter()
        .map(|event| format!("data: {event}{end}{end}"));
    lines.collect::<String>().into_bytes()
}

fn array(events: &[Value]) -> Vec<u8> {
    let items: Vec<_> = events.iter().map(|event| format!("{event:#}")).collect();
    format!("[{}\n]\n", items.join("\n,\r\n")).into_bytes()
}

fn frames(events: &[(&str, Value)]) -> Vec<u8> {
    let frames = events
        .iter()
        .map(|(name, payload)| frame(name, &payload.to_string()));
    frames.collect::<Vec<_>>().concat()
}

fn chunks(events: &[Value]) -> Vec<u8> {
    let chunk =
        |event: &Value| json!({ "bytes": base64(event.to_string().as_bytes()), "p": "abc" });
    frames(
        &events
            .iter()
            .map(|event| ("chunk", chunk(event)))
            .collect::<Vec<_>>(),
    )
}

/// Whole, in pieces, cut, and with a byte that is wrong.
fn check<S: Stream>(
    reply: &Reply,
    body: &[u8],
    cuts: &[prop::sample::Index],
) -> Result<(), TestCaseError> {
    let whole = follow::<S>([body]);
    prop_assert!(reply.is_said_by(&whole), "{:?}", whole);
    prop_assert_eq!(&follow::<S>(split(body, cuts)), &whole);
    prop_assert_eq!(&follow::<S>(body.chunks(1)), &whole);
    for cut in cuts {
        let cut = cut.index(body.len());
        let (info, chars, complete, _) = follow::<S>([&body[..cut]]);
        prop_assert!(no_more(info.usage, whole.0.usage), "cut at {}", cut);
        prop_assert!(chars <= whole.1);
        prop_assert!(info.tool_calls.len() <= whole.0.tool_calls.len());
        prop_assert!(info.finish_reasons.len() <= whole.0.finish_reasons.len());
        // White space at the end of a body is no part of it.
        let missing = body[cut..]
            .iter()
            .filter(|byte| !byte.is_ascii_whitespace());
        prop_assert!(
            !complete || missing.count() == 0,
            "cut at {} of {}",
            cut,
            body.len()
        );
        let mut broken = body.to_vec();
        broken[cut] ^= 0x41;
        let _ = follow::<S>([&broken[..]]);
    }
    Ok(())
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        // Not every float survives JSON to the last bit; these do.
        any::<i32>().prop_map(|n| Value::from(f64::from(n) / 8.0)),
        prop::sample::select(vec![
            "text",
            "tool_use",
            "message_start",
            "error",
            "STOP",
            "AUDIO"
        ])
        .prop_map(Value::from),
        "[a-z_\\n\"é]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((key(), inner), 0..6).prop_map(|entries| Value::from(Map::from_iter(entries))),
        ]
    })
}

/// Keys that the adapters look at, and some that they do not.
fn key() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "type",
        "id",
        "model",
        "content",
        "text",
        "name",
        "usage",
        "message",
        "delta",
        "index",
        "content_block",
        "stop_reason",
        "input_tokens",
        "output_tokens",
        "iterations",
        "error",
        "cache_creation",
        "candidates",
        "parts",
        "functionCall",
        "finishReason",
        "usageMetadata",
        "promptTokenCount",
        "promptTokensDetails",
        "modality",
        "tokenCount",
        "promptFeedback",
        "generationConfig",
        "interaction",
        "status",
        "steps",
        "step",
        "event_type",
        "output",
        "toolUse",
        "toolUseId",
        "stopReason",
        "inputTokens",
        "start",
        "metadata",
        "messageStop",
        "contentBlockDelta",
        "results",
        "choices",
        "tool_calls",
        "function",
        "completions",
        "bytes",
        "amazon-bedrock-invocationMetrics",
        "inferenceConfig",
        "stop",
        "other",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 192,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn streams_of_anthropic(
        reply in reply(),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        cuts in vec(any::<prop::sample::Index>(), 1..8),
    ) {
        check::<MessagesStream>(&reply, &sse(&reply.anthropic(), end), &cuts)?;
    }

    #[test]
    fn streams_of_gemini(
        reply in reply(),
        end in prop::sample::select(vec!["\n", "\r\n"]),
        cuts in vec(any::<prop::sample::Index>(), 1..8),
    ) {
        let events = reply.gemini();
        check::<GenerateContentStream>(&reply, &sse(&events, end), &cuts)?;
        check::<GenerateContentStream>(&reply, &array(&events), &cuts)?;
        let (info, chars, ..) = follow::<GenerateContentStream>([&sse(&events, end)[..]]);
        let whole = GenerateContentResponse::from_slice(&array(&events)).expect("JSON");
        prop_assert_eq!(whole.text_chars(), chars);
        prop_assert_eq!(whole.into_info(), info);
    }

    #[test]
    fn streams_of_interactions(
        reply in reply(),
        cuts in vec(any::<prop::sample::Index>(), 1..8),
    ) {
        check::<InteractionsStream>(&reply, &sse(&reply.interactions(), "\n"), &cuts)?;
    }

    #[test]
    fn streams_of_bedrock(
        reply in reply(),
        cuts in vec(any::<prop::sample::Index>(), 1..8),
    ) {
        check::<ConverseStream>(&reply, &frames(&reply.converse()), &cuts)?;
        check::<InvokeStream>(&reply, &chunks(&reply.anthropic()), &cuts)?;
        let nova: Vec<_> = reply.converse().into_iter().map(|(name, payload)| json!({ name: payload })).collect();
        check::<InvokeStream>(&reply, &chunks(&nova), &cuts)?;
    }

    #[test]
    fn an_exception_is_said(
        reply in reply(),
        at in any::<prop::sample::Index>(),
    ) {
        let mut events = reply.converse();
        events.truncate(at.index(events.len()));
        events.push(("throttlingException", json!({ "message": "secret" })));
        let (info, _, complete, _) = follow::<ConverseStream>([&frames(&events)[..]]);
        prop_assert_eq!(info.error_type.as_deref(), Some("throttlingException"));
        prop_assert!(!complete);
        let (info, _, complete, _) = follow::<InvokeStream>([&frames(&events[events.len() - 1..])[..]]);
        prop_assert_eq!(info.error_type.as_deref(), Some("throttlingException"));
        prop_assert!(!complete);
    }

    #[test]
    fn bytes_of_any_kind_are_survived(
        body in vec(prop_oneof![any::<u8>(), prop::sample::select(b"[]{}\":,\n\\ data".to_vec())], 0..256),
    ) {
        let _ = MessagesResponse::from_slice(&body);
        let _ = GenerateContentResponse::from_slice(&body);
        let _ = InteractionsResponse::from_slice(&body);
        let _ = ConverseResponse::from_slice(&body);
        let _ = InvokeResponse::from_slice(&body);
        let _ = InvokeChunk::from_payload(&body);
        prop_assert_eq!(follow::<MessagesStream>(body.chunks(3)), follow::<MessagesStream>([&body[..]]));
        prop_assert_eq!(follow::<GenerateContentStream>(body.chunks(3)), follow::<GenerateContentStream>([&body[..]]));
        prop_assert_eq!(follow::<ConverseStream>(body.chunks(3)), follow::<ConverseStream>([&body[..]]));
    }

    #[test]
    fn json_of_any_kind_is_read_alike_from_text_and_tree(value in any_json()) {
        let text = value.to_string();
        let text = text.as_bytes();
        macro_rules! alike {
            ($($name:ident),*) => {$(
                prop_assert_eq!($name::from_slice(text).unwrap(), $name::from_value(&value));
            )*};
        }
        alike!(
            MessagesRequest, MessagesResponse, MessagesChunk,
            GenerateContentRequest, GenerateContentResponse, GenerateContentChunk,
            InteractionsRequest, InteractionsResponse, InteractionsChunk,
            ConverseRequest, ConverseResponse, InvokeRequest, InvokeResponse, InvokeChunk
        );
        for name in ["contentBlockDelta", "metadata", "throttlingException"] {
            prop_assert_eq!(
                ConverseChunk::from_slice(name, text).unwrap(),
                ConverseChunk::from_value(name, &value)
            );
        }
        let owned = MessagesChunk::from_value(&value).into_owned();
        prop_assert_eq!(owned, MessagesChunk::from_value(&value));
        let owned = GenerateContentChunk::from_value(&value).into_owned();
        prop_assert_eq!(owned, GenerateContentChunk::from_value(&value));
        let _ = InvokeRequest::from_value(&value).info();
    }
}

#[test]
fn json_that_is_deep_is_an_error_value() {
    let body = [b"{\"a\":".repeat(10_000), b"}".repeat(10_000)].concat();
    assert!(MessagesResponse::from_slice(&body).is_err());
    assert!(GenerateContentResponse::from_slice(&body).is_err());
    assert!(InvokeResponse::from_slice(&body).is_err());
    let (_, _, complete, skipped) = follow::<GenerateContentStream>([&body[..]]);
    assert!(!complete && skipped <= 1);
}
