use std::borrow::Cow;

use serde_json::Value;

use crate::text::{MAX_ID, MAX_NAME, cap_owned, finish_reason};
use crate::wire::Error;
use crate::wire::json;
use crate::wire::lenient::{Count, List, Parts, Something, Text, object};
use crate::wire::openai::dialect::{Dialect, STANDARD};
use crate::wire::openai::error_body::ErrorBody;
use crate::wire::openai::tool_call::{Function, ToolCallBody};
use crate::wire::openai::usage::{UsageBody, XGroq};
use crate::{LlmResponse, Provider, ResponseInfo, ToolCallRef};

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
    text_chars: u64,
}

object! {
    Body<'de> {
        id: Text<'de> = "id",
        model: Text<'de> = "model",
        choices: List<Choice<'de>> = "choices",
        usage: UsageBody<'de> = "usage",
        x_groq: XGroq<'de> = "x_groq",
        service_tier: Text<'de> = "service_tier",
        system_fingerprint: Text<'de> = "system_fingerprint",
        error: ErrorBody = "error",
        // Of an error that is not in an `error`: Mistral's has an `object` that says so, and the
        // frameworks of smaller servers have their own key.
        object: Text<'de> = "object",
        code: ErrorBody = "code",
        kind: ErrorBody = "type",
        detail: Something = "detail",
    }
}

impl Body<'_> {
    fn error_type(&self) -> Option<Cow<'static, str>> {
        let in_place = self.error.error_type();
        let is_error = self.object.0.as_deref() == Some("error");
        let bare = || {
            let named = [&self.code, &self.kind]
                .into_iter()
                .filter_map(|error| error.error_type())
                .find(|error| error != "_OTHER");
            named.unwrap_or(Cow::Borrowed("_OTHER"))
        };
        let failed = is_error || (self.detail.0 && self.choices.0.is_empty());
        in_place.or_else(|| failed.then(bare))
    }
}

object! {
    Choice<'de> {
        index: Count = "index",
        finish_reason: Text<'de> = "finish_reason",
        message: Message<'de> = "message",
        // What a legacy completion has in place of a message.
        text: Parts = "text",
    }
}

object! {
    Message<'de> {
        content: Parts = "content",
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
        Ok(Self::new(json::from_slice(body)?, &STANDARD))
    }

    /// Reads a response body of a compatible provider, by its rules. That of one which is not known
    /// is read like OpenAI's own.
    ///
    /// # Errors
    ///
    /// If the bytes are not one JSON document.
    pub fn from_provider(provider: &Provider, body: &[u8]) -> Result<Self, Error> {
        let dialect = Dialect::of(provider);
        Ok(Self::new(json::from_slice(body)?, dialect))
    }

    /// Reads a response body that is already parsed. What is no object says nothing.
    pub fn from_value(body: &Value) -> Self {
        let body = serde::Deserialize::deserialize(body).unwrap_or_default();
        Self::new(body, &STANDARD)
    }

    /// How many Unicode code points of text the reply has, of all choices. Reasoning and refusals
    /// are left out.
    pub fn text_chars(&self) -> u64 {
        self.text_chars
    }

    /// What the reply says about itself, without a copy.
    pub fn into_info(self) -> ResponseInfo {
        self.info
    }

    fn new(body: Body<'_>, dialect: &Dialect) -> Self {
        let text = |Text(text): Text<'_>, max| text.map(|text| cap_owned(text, max));
        let error_type = body.error_type();
        let mut choices = body.choices.0;
        // Stable, so choices without an index stay where they are.
        choices.sort_by_key(|choice| choice.index.0.unwrap_or_default());

        let mut info = ResponseInfo {
            id: text(body.id, MAX_ID),
            model: text(body.model, MAX_NAME),
            service_tier: text(body.service_tier, MAX_NAME),
            system_fingerprint: text(body.system_fingerprint, MAX_NAME),
            error_type,
            ..ResponseInfo::default()
        };
        let groq = || body.x_groq.usage.report(dialect);
        if let Some(report) = body.usage.report(dialect).or_else(groq) {
            report.tell(&mut info);
        }
        let mut text_chars = 0u64;
        for choice in choices {
            let chars = choice
                .message
                .content
                .chars
                .saturating_add(choice.text.chars);
            text_chars = text_chars.saturating_add(chars);
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
        Self { info, text_chars }
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
    fn errors_that_are_not_in_an_error() {
        let error_type = |body: Value| ChatResponse::from_value(&body).into_info().error_type;
        let mistral = json!({
            "object": "error", "message": "secret", "type": "invalid_request_error", "code": null,
        });
        assert_eq!(
            error_type(mistral).as_deref(),
            Some("invalid_request_error")
        );
        let detail = json!({ "detail": [{ "msg": "secret" }] });
        assert_eq!(error_type(detail).as_deref(), Some("_OTHER"));
        let reply = json!({ "object": "chat.completion", "type": "x", "code": 1, "choices": [{}] });
        assert_eq!(error_type(reply), None);
    }

    #[test]
    fn no_json_is_an_error_value() {
        for body in [&b""[..], b"<html>", b"{\"id\": ", b"\xff\xfe", b"{} {}"] {
            assert!(ChatResponse::from_slice(body).is_err());
        }
    }
}
