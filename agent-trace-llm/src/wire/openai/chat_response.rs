use std::borrow::Cow;

use serde_json::Value;

use crate::text::{MAX_ID, MAX_NAME, cap_owned, finish_reason};
use crate::wire::Error;
use crate::wire::lenient::{Count, List, Text, object};
use crate::wire::openai::error_body::ErrorBody;
use crate::wire::openai::tool_call::{Function, ToolCallBody};
use crate::wire::openai::usage::UsageBody;
use crate::{LlmResponse, ResponseInfo, ToolCallRef};

/// The body of a chat completion, or of the error that came in its place.
///
/// ```
/// use agent_trace_llm::LlmResponse;
/// use agent_trace_llm::wire::openai::ChatResponse;
///
/// let refused = br#"{ "error": { "type": "requests", "code": "rate_limit_exceeded" } }"#;
/// let info = ChatResponse::from_slice(refused)?.info();
/// assert_eq!(info.error_type.as_deref(), Some("rate_limit_exceeded"));
/// assert_eq!(info.usage, None);
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChatResponse {
    info: ResponseInfo,
}

object! {
    Body<'de> {
        id: Text<'de> = "id",
        model: Text<'de> = "model",
        choices: List<Choice<'de>> = "choices",
        usage: UsageBody<'de> = "usage",
        service_tier: Text<'de> = "service_tier",
        system_fingerprint: Text<'de> = "system_fingerprint",
        error: ErrorBody = "error",
    }
}

object! {
    Choice<'de> {
        index: Count = "index",
        finish_reason: Text<'de> = "finish_reason",
        message: Message<'de> = "message",
    }
}

object! {
    Message<'de> {
        tool_calls: List<ToolCallBody<'de>> = "tool_calls",
        function_call: Function<'de> = "function_call",
    }
}

impl ChatResponse {
    /// Reads a response body.
    ///
    /// # Errors
    ///
    /// If the bytes are not one JSON document.
    pub fn from_slice(body: &[u8]) -> Result<Self, Error> {
        Ok(Self::new(serde_json::from_slice(body)?))
    }

    /// Reads a response body that is already parsed. What is no object says nothing.
    pub fn from_value(body: &Value) -> Self {
        Self::new(serde::Deserialize::deserialize(body).unwrap_or_default())
    }

    /// What the reply says about itself, without a copy.
    pub fn into_info(self) -> ResponseInfo {
        self.info
    }

    fn new(body: Body<'_>) -> Self {
        let text = |Text(text): Text<'_>, max| text.map(|text| cap_owned(text, max));
        let mut choices = body.choices.0;
        // Stable, so choices without an index stay where they are.
        choices.sort_by_key(|choice| choice.index.0.unwrap_or_default());

        let mut info = ResponseInfo {
            id: text(body.id, MAX_ID),
            model: text(body.model, MAX_NAME),
            service_tier: text(body.service_tier, MAX_NAME),
            system_fingerprint: text(body.system_fingerprint, MAX_NAME),
            usage: body.usage.usage(),
            error_type: body.error.error_type(),
            ..ResponseInfo::default()
        };
        for choice in choices {
            info.finish_reasons
                .extend(choice.finish_reason.0.as_deref().map(finish_reason));
            for mut call in choice.message.tool_calls.0 {
                let name = call.name();
                info.tool_calls.push(reference(call.id.0, name));
            }
            if let Some(name) = choice.message.function_call.name.0 {
                info.tool_calls.push(reference(None, Some(name)));
            }
        }
        Self { info }
    }
}

fn reference(id: Option<Cow<'_, str>>, name: Option<Cow<'_, str>>) -> ToolCallRef {
    ToolCallRef {
        id: id.map(|id| cap_owned(id, MAX_ID)),
        name: name.map(|name| cap_owned(name, MAX_NAME)),
        ..ToolCallRef::default()
    }
}

impl LlmResponse for ChatResponse {
    fn info(&self) -> ResponseInfo {
        self.info.clone()
    }
}

impl From<ChatResponse> for ResponseInfo {
    fn from(response: ChatResponse) -> Self {
        response.into_info()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_whole_reply() {
        let body = json!({
            "id": "chatcmpl-1", "object": "chat.completion", "created": 1_760_000_000,
            "model": "gpt-4o-2024-11-20", "service_tier": "default", "system_fingerprint": "fp_1",
            "choices": [
                {
                    "index": 1, "finish_reason": "length", "logprobs": null,
                    "message": { "role": "assistant", "content": "secret", "refusal": null },
                },
                {
                    "index": 0, "finish_reason": "tool_calls",
                    "message": {
                        "role": "assistant", "content": null,
                        "tool_calls": [
                            {
                                "id": "call_a", "type": "function",
                                "function": { "name": "search", "arguments": "{\"q\":\"secret\"}" },
                            },
                            {
                                "id": "call_b", "type": "custom",
                                "custom": { "name": "run_code", "input": "secret" },
                            },
                        ],
                    },
                },
            ],
            "usage": {
                "prompt_tokens": 9, "completion_tokens": 12, "total_tokens": 21,
                "prompt_tokens_details": { "cached_tokens": 0 },
            },
        });
        let reply = ChatResponse::from_value(&body);
        assert_eq!(
            reply,
            ChatResponse::from_slice(body.to_string().as_bytes()).expect("JSON")
        );
        assert!(!format!("{reply:?}").contains("secret"));

        let info = reply.into_info();
        assert_eq!(info.id.as_deref(), Some("chatcmpl-1"));
        assert_eq!(info.model.as_deref(), Some("gpt-4o-2024-11-20"));
        assert_eq!(info.service_tier.as_deref(), Some("default"));
        assert_eq!(info.system_fingerprint.as_deref(), Some("fp_1"));
        assert_eq!(info.finish_reasons, ["tool_calls", "length"]);
        assert_eq!(
            info.tool_calls,
            [
                ToolCallRef::new("call_a", "search"),
                ToolCallRef::new("call_b", "run_code")
            ]
        );
        let usage = info.usage.expect("reported");
        assert_eq!(
            (usage.input_tokens, usage.output_tokens),
            (Some(9), Some(12))
        );
        assert_eq!(usage.cache_read_input_tokens, Some(0));
        assert_eq!(usage.reasoning_output_tokens, None);
        assert_eq!(info.error_type, None);
    }

    #[test]
    fn the_deprecated_function_call() {
        let info = ChatResponse::from_value(&json!({
            "choices": [{
                "finish_reason": "function_call",
                "message": { "function_call": { "name": "search", "arguments": "{}" } },
            }],
        }))
        .into_info();
        assert_eq!(info.finish_reasons, ["function_call"]);
        assert_eq!(info.tool_calls.len(), 1);
        assert_eq!(info.tool_calls[0].id, None);
        assert_eq!(info.tool_calls[0].name.as_deref(), Some("search"));
    }

    #[test]
    fn an_odd_field_costs_no_other() {
        let info = ChatResponse::from_value(&json!({
            "id": 7, "model": ["gpt"], "service_tier": null, "error": null,
            "choices": [3, null, { "finish_reason": {}, "message": [] }, {
                "finish_reason": "stop", "message": { "tool_calls": [null, 1, { "id": 5 }] },
            }],
            "usage": { "prompt_tokens": -3, "completion_tokens": 4 },
        }))
        .into_info();
        assert_eq!((info.id, info.model, info.error_type), (None, None, None));
        assert_eq!(info.finish_reasons, ["stop"]);
        assert_eq!(info.usage.and_then(|usage| usage.output_tokens), Some(4));
        assert_eq!(
            ChatResponse::from_value(&json!("text")),
            ChatResponse::default()
        );
    }

    #[test]
    fn no_json_is_an_error_value() {
        for body in [&b""[..], b"<html>", b"{\"id\": ", b"\xff\xfe", b"{} {}"] {
            assert!(ChatResponse::from_slice(body).is_err());
        }
    }
}
