use std::borrow::Cow;

use crate::text::{MAX_ID, MAX_NAME, cap_owned};
use crate::wire::anthropic::block::Blocks;
use crate::wire::anthropic::stop_reason;
use crate::wire::anthropic::usage::UsageBody;
use crate::wire::bits::Reply;
use crate::wire::fold::Folded;
use crate::wire::forms::response;
use crate::wire::lenient::{Text, object};
use crate::wire::openai::error_body::ErrorBody;
use crate::{BilledUsage, ResponseInfo};

response! {
    /// The body of a message, or of the error that came in its place.
    ///
    /// ```
    /// use agent_trace_llm::LlmResponse;
    /// use agent_trace_llm::wire::anthropic::MessagesResponse;
    ///
    /// let body = br#"{
    ///     "type": "error",
    ///     "error": { "type": "overloaded_error", "message": "Overloaded" }
    /// }"#;
    /// let reply = MessagesResponse::from_slice(body)?;
    /// assert_eq!(reply.info().error_type.as_deref(), Some("overloaded_error"));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    MessagesResponse from Body
}

object! {
    Body<'de> {
        id: Text<'de> = "id",
        model: Text<'de> = "model",
        content: Folded<Blocks> = "content",
        stop_reason: Text<'de> = "stop_reason",
        usage: UsageBody<'de> = "usage",
        error: ErrorBody = "error",
    }
}

impl Body<'_> {
    fn reply(self) -> Reply {
        let content = self.content.0.0;
        let mut info = ResponseInfo {
            id: self.id.0.map(|id| cap_owned(id, MAX_ID)),
            model: self.model.0.map(|model| cap_owned(model, MAX_NAME)),
            finish_reasons: self
                .stop_reason
                .0
                .map(|reason| stop_reason(&reason))
                .into_iter()
                .collect(),
            service_tier: tier(&self.usage).map(str::to_owned),
            tool_calls: content.tool_calls,
            error_type: self.error.error_type(),
            billed_usage: self.usage.billed().map(BilledUsage::from).map(Box::new),
            ..ResponseInfo::default()
        };
        self.usage.counts().report().tell(&mut info);
        Reply {
            info,
            text_chars: content.text_chars,
        }
    }
}

/// The tier that served the request.
pub(crate) fn tier<'a>(usage: &'a UsageBody<'_>) -> Option<&'a str> {
    let tier: Option<&Cow<'_, str>> = usage.service_tier.0.as_ref();
    tier.map(|tier| crate::text::cap(tier, MAX_NAME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ToolCallRef;
    use serde_json::{Value, json};

    #[test]
    fn a_whole_message() {
        let body = json!({
            "id": "msg_01", "type": "message", "role": "assistant",
            "model": "claude-sonnet-4-5-20250929",
            "content": [
                { "type": "thinking", "thinking": "secret", "signature": "secret" },
                { "type": "text", "text": "Grüße 🦀", "citations": [{ "cited_text": "secret" }] },
                { "type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {} },
                { "type": "web_search_tool_result", "tool_use_id": "srvtoolu_1", "content": [] },
                { "type": "tool_use", "id": "toolu_1", "name": "get_weather", "input": { "q": "secret" } },
            ],
            "stop_reason": "tool_use", "stop_sequence": null,
            "usage": {
                "input_tokens": 10, "cache_read_input_tokens": 100, "cache_creation_input_tokens": 1000,
                "output_tokens": 7, "service_tier": "standard",
                "server_tool_use": { "web_search_requests": 1 },
            },
        });
        let reply = MessagesResponse::from_value(&body);
        assert_eq!(
            reply,
            MessagesResponse::from_slice(body.to_string().as_bytes()).expect("JSON")
        );
        assert!(!format!("{reply:?}").contains("secret"));
        assert_eq!(reply.text_chars(), 7);
        let info = reply.into_info();
        assert_eq!(info.id.as_deref(), Some("msg_01"));
        assert_eq!(info.model.as_deref(), Some("claude-sonnet-4-5-20250929"));
        assert_eq!(info.finish_reasons, ["tool_use"]);
        assert_eq!(info.service_tier.as_deref(), Some("standard"));
        assert_eq!(
            info.tool_calls,
            [ToolCallRef::new("toolu_1", "get_weather")]
        );
        let usage = info.usage.expect("reported");
        assert_eq!(
            (usage.input_tokens, usage.output_tokens),
            (Some(1110), Some(7))
        );
        assert_eq!(usage.reasoning_output_tokens, None);
    }

    #[test]
    fn a_refusal_is_a_stop_reason() {
        let info = MessagesResponse::from_value(&json!({
            "id": "msg_01", "content": [], "stop_reason": "refusal",
            "usage": { "input_tokens": 3, "output_tokens": 0 },
        }))
        .into_info();
        assert_eq!(info.finish_reasons, ["refusal"]);
        assert_eq!(info.error_type, None);
        assert_eq!(info.usage.and_then(|usage| usage.output_tokens), Some(0));
    }

    #[test]
    fn text_is_counted_beyond_any_bound() {
        let blocks: Vec<Value> = (0..1_000)
            .map(|_| json!({ "type": "text", "text": "ab" }))
            .collect();
        let reply = MessagesResponse::from_value(&json!({ "content": blocks }));
        assert_eq!(reply.text_chars(), 2_000);
    }

    #[test]
    fn an_odd_field_costs_no_other() {
        let info = MessagesResponse::from_value(&json!({
            "id": 7, "model": ["claude"], "stop_reason": "end_turn",
            "content": [null, 3, "text", { "type": 5 }, { "type": "tool_use", "id": 9, "name": "f" }],
            "usage": { "input_tokens": -3, "output_tokens": 4 },
        }))
        .into_info();
        assert_eq!((info.id, info.model), (None, None));
        assert_eq!(info.finish_reasons, ["end_turn"]);
        assert_eq!(info.tool_calls.len(), 1);
        assert_eq!(info.usage.and_then(|usage| usage.output_tokens), Some(4));
        assert_eq!(
            MessagesResponse::from_value(&json!([1])),
            MessagesResponse::default()
        );
    }
}
