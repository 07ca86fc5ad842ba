//! Requests and what the provider answers.

use async_openai::types::chat::{
    ChatCompletionRequestUserMessage, ChatCompletionStreamOptions, CreateChatCompletionRequest,
    ReasoningEffort, ServiceTier, StopConfiguration,
};
use serde_json::{Value, json};

use async_openai::Client;
use async_openai::config::OpenAIConfig;
use async_openai::middleware::ReqwestService;

use crate::CANARY;
use crate::server::{Reply, Server};

pub(crate) fn client(server: &Server) -> Client<OpenAIConfig> {
    let config = OpenAIConfig::new()
        .with_api_base(format!("http://user:{CANARY}@{}/v1", server.address))
        .with_api_key(CANARY);
    Client::with_config(config).with_http_service(ReqwestService::new(reqwest::Client::new()))
}

pub(crate) fn request() -> CreateChatCompletionRequest {
    CreateChatCompletionRequest {
        model: "gpt-4o".to_owned(),
        messages: vec![
            ChatCompletionRequestUserMessage {
                content: CANARY.into(),
                name: None,
            }
            .into(),
        ],
        temperature: Some(0.2),
        top_p: Some(0.9),
        frequency_penalty: Some(0.3),
        presence_penalty: Some(-0.1),
        max_completion_tokens: Some(800),
        n: Some(2),
        stop: Some(StopConfiguration::StringArray(vec![
            "END".to_owned(),
            "STOP".to_owned(),
        ])),
        reasoning_effort: Some(ReasoningEffort::Low),
        service_tier: Some(ServiceTier::Flex),
        ..CreateChatCompletionRequest::default()
    }
}

pub(crate) fn usage() -> Value {
    json!({
        "prompt_tokens": 19, "completion_tokens": 10, "total_tokens": 29,
        "prompt_tokens_details": { "cached_tokens": 4 },
        "completion_tokens_details": { "reasoning_tokens": 6 },
    })
}

pub(crate) fn completion() -> Reply {
    Reply::json(
        "200 OK",
        &json!({
            "id": "chatcmpl-123", "object": "chat.completion", "created": 1, "model": "gpt-4o-2024-08-06",
            "system_fingerprint": "fp_1", "service_tier": "flex", "usage": usage(),
            "choices": [
                { "index": 0, "finish_reason": "stop", "logprobs": null,
                  "message": { "role": "assistant", "content": CANARY, "refusal": null } },
                { "index": 1, "finish_reason": "length", "logprobs": null,
                  "message": { "role": "assistant", "content": CANARY, "refusal": null } },
            ],
        }),
    )
}

pub(crate) fn chunk(delta: &Value, finish_reason: &Value) -> Value {
    json!({
        "id": "chatcmpl-123", "object": "chat.completion.chunk", "created": 1, "model": "gpt-4o-2024-08-06",
        "system_fingerprint": "fp_1", "service_tier": "flex", "usage": null,
        "choices": [{ "index": 0, "delta": delta, "finish_reason": finish_reason, "logprobs": null }],
    })
}

pub(crate) fn chunks() -> Vec<Value> {
    let mut last = chunk(&json!({}), &json!(null));
    last["choices"] = json!([]);
    last["usage"] = usage();
    vec![
        chunk(&json!({ "role": "assistant", "content": "" }), &json!(null)),
        chunk(&json!({ "content": CANARY }), &json!(null)),
        chunk(&json!({ "content": CANARY }), &json!(null)),
        chunk(&json!({}), &json!("stop")),
        last,
    ]
}

pub(crate) fn streamed() -> CreateChatCompletionRequest {
    CreateChatCompletionRequest {
        stream: Some(true),
        stream_options: Some(ChatCompletionStreamOptions {
            include_usage: Some(true),
            include_obfuscation: None,
        }),
        ..request()
    }
}

pub(crate) fn refusal(status: &'static str, kind: &str, code: Option<&str>) -> Reply {
    let error = json!({ "message": "Rate limit reached for gpt-4o", "type": kind, "param": null, "code": code });
    Reply::json(status, &json!({ "error": error }))
}
