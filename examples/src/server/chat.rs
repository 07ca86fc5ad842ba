//! `POST /chat/completions`.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::failure::Failure;
use super::script::Reply;
use super::wire::{ChatRequest, ToolCall, Usage, count_tokens};
use super::{State, stream};

/// A reply on its way out.
pub(super) struct Completion {
    pub(super) id: String,
    pub(super) model: String,
    pub(super) text: Option<String>,
    pub(super) tool_calls: Vec<ToolCall>,
    pub(super) usage: Usage,
}

impl Completion {
    pub(super) fn finish_reason(&self) -> &'static str {
        if self.tool_calls.is_empty() {
            "stop"
        } else {
            "tool_calls"
        }
    }

    fn to_json(&self) -> Value {
        let mut message = json!({ "role": "assistant", "content": self.text, "refusal": null });
        if !self.tool_calls.is_empty() {
            message["tool_calls"] = self.tool_calls.iter().map(ToolCall::to_json).collect();
        }
        json!({
            "id": self.id,
            "object": "chat.completion",
            "created": CREATED,
            "model": self.model,
            "choices": [{
                "index": 0,
                "message": message,
                "logprobs": null,
                "finish_reason": self.finish_reason()
            }],
            "usage": self.usage.to_json(),
            "service_tier": "default",
            "system_fingerprint": FINGERPRINT
        })
    }
}

/// The same moment in every reply, so that a run is the same every time.
pub(super) const CREATED: u64 = 1_790_000_000;
pub(super) const FINGERPRINT: &str = "fp_44709d6fcb";

pub(super) async fn complete(
    extract::State(state): extract::State<Arc<State>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    Failure::check_key(&headers)?;
    let request: ChatRequest = serde_json::from_slice(&body)
        .map_err(|error| Failure::invalid(format!("Could not parse the request: {error}.")))?;
    if request.messages.is_empty() {
        return Err(Failure::invalid("'messages' must not be empty."));
    }

    let reply = state.script.reply(&request);
    let (text, mut tool_calls) = match reply {
        Reply::Text(text) => (Some(text), Vec::new()),
        Reply::ToolCalls(calls) => (None, calls),
        Reply::RateLimited(wait) => return Err(Failure::rate_limited(wait)),
    };

    let number = state.next_reply();
    for (index, call) in tool_calls.iter_mut().enumerate() {
        if call.id.is_empty() {
            call.id = format!("call_{number:04}{index:02}");
        }
    }
    let (prompt, cached) = request.prompt_tokens();
    let said = text.as_deref().map_or(0, count_tokens);
    let asked = tool_calls.iter().map(ToolCall::tokens).sum::<u64>();
    let completion = Completion {
        id: format!("chatcmpl-{number:06}"),
        // The service answers with the dated name behind an alias.
        model: format!("{}-2026-08-06", request.model),
        text,
        tool_calls,
        usage: Usage {
            prompt,
            cached,
            completion: said + asked,
        },
    };

    if request.is_stream() {
        return Ok(stream::response(
            &completion,
            request.wants_usage(),
            state.pace,
        ));
    }
    tokio::time::sleep(state.pace.first).await;
    Ok(Json(completion.to_json()).into_response())
}
