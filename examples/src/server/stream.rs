//! A chat completion as server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use futures_util::StreamExt as _;
use futures_util::stream;
use serde_json::{Value, json};

use super::chat::{CREATED, Completion, FINGERPRINT};
use super::pace::Pace;

/// Words of text in one chunk.
const WORDS: usize = 4;

/// The response that streams `completion`, at `pace`.
pub(super) fn response(completion: &Completion, with_usage: bool, pace: Pace) -> Response {
    let events = events(completion, with_usage);
    let body =
        stream::iter(events.into_iter().enumerate()).then(move |(index, event)| async move {
            // The role arrives at once; the model then thinks before it says its first word.
            let wait = match index {
                0 => Duration::ZERO,
                1 => pace.first,
                _ => pace.chunk,
            };
            tokio::time::sleep(wait).await;
            Ok::<_, Infallible>(Bytes::from(event))
        });
    let mut response = Response::new(Body::from_stream(body));
    let kind = HeaderValue::from_static("text/event-stream; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// Every event of the stream, ready to be sent.
fn events(completion: &Completion, with_usage: bool) -> Vec<String> {
    let chunk = |choices: Value, usage: Option<Value>| {
        let mut chunk = json!({
            "id": completion.id,
            "object": "chat.completion.chunk",
            "created": CREATED,
            "model": completion.model,
            "service_tier": "default",
            "system_fingerprint": FINGERPRINT,
            "choices": choices
        });
        if with_usage {
            // Asked for usage, the service writes null into every chunk but the last.
            chunk["usage"] = usage.unwrap_or(Value::Null);
        }
        format!("data: {chunk}\n\n")
    };
    let delta = |delta: Value, finish_reason: Option<&str>| {
        let choice =
            json!({ "index": 0, "delta": delta, "logprobs": null, "finish_reason": finish_reason });
        chunk(json!([choice]), None)
    };

    let mut events = vec![delta(json!({ "role": "assistant", "content": "" }), None)];
    for piece in pieces(completion.text.as_deref().unwrap_or_default()) {
        events.push(delta(json!({ "content": piece }), None));
    }
    for (index, call) in completion.tool_calls.iter().enumerate() {
        let mut head = call.to_json();
        head["index"] = json!(index);
        head["function"]["arguments"] = json!("");
        events.push(delta(json!({ "tool_calls": [head] }), None));
        for piece in pieces(&call.function.arguments) {
            let more = json!({ "index": index, "function": { "arguments": piece } });
            events.push(delta(json!({ "tool_calls": [more] }), None));
        }
    }
    events.push(delta(json!({}), Some(completion.finish_reason())));
    if with_usage {
        events.push(chunk(json!([]), Some(completion.usage.to_json())));
    }
    events.push("data: [DONE]\n\n".to_owned());
    events
}

/// Cuts a text into runs of a few words, nothing lost.
fn pieces(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    words.chunks(WORDS).map(|words| words.concat()).collect()
}
