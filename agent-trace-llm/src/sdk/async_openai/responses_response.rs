use async_openai::types::responses::{
    OutputItem, Response, ResponseError, ResponseUsage, ServiceTierResponses, Status,
};
use std::borrow::Cow;

use super::present;
use crate::text::is_code;
use crate::wire::report::Report;
use crate::{InputTokens, LlmResponse, OutputTokens, ResponseInfo, StreamInfo, ToolCallRef};

/// A reply of the Responses API. Its finish reason is its status, once it has ended: the API has no
/// other. The crate drops the modality splits of the token counts.
impl LlmResponse for Response {
    fn info(&self) -> ResponseInfo {
        let mut stream = StreamInfo::default();
        accumulate(self, &mut stream);
        let mut info = stream.finish();
        let calls = self.output.iter().filter_map(call);
        info.tool_calls = calls
            .map(|(id, name)| ToolCallRef {
                id: present(id),
                name: present(name),
            })
            .collect();
        info
    }
}

/// All but the tool calls.
pub(super) fn accumulate(reply: &Response, stream: &mut StreamInfo) {
    stream.response_id(&reply.id);
    stream.model(&reply.model);
    stream.status(status(&reply.status));
    if let Some(tier) = &reply.service_tier {
        stream.service_tier(responses_tier(tier));
    }
    if matches!(
        reply.status,
        Status::Completed | Status::Incomplete | Status::Failed | Status::Cancelled
    ) {
        stream.finish_reason(0, Cow::Borrowed(status(&reply.status)));
    }
    if let Some(counts) = &reply.usage {
        usage(counts).accumulate(stream);
    }
    if let Some(error) = &reply.error {
        stream.error(error_type(error));
    }
}

/// The identifier and the name of the call that an item is, if the caller has to run it.
pub(super) fn call(item: &OutputItem) -> Option<(&str, &str)> {
    match item {
        OutputItem::FunctionCall(call) => Some((&call.call_id, &call.name)),
        OutputItem::CustomToolCall(call) => Some((&call.call_id, &call.name)),
        _ => None,
    }
}

/// As the provider spells it.
pub(super) fn responses_tier(tier: &ServiceTierResponses) -> &'static str {
    match tier {
        ServiceTierResponses::Auto => "auto",
        ServiceTierResponses::Default => "default",
        ServiceTierResponses::Flex => "flex",
        ServiceTierResponses::Scale => "scale",
        ServiceTierResponses::Priority => "priority",
        ServiceTierResponses::Fast => "fast",
        ServiceTierResponses::Ultrafast => "ultrafast",
    }
}

/// As the provider spells it.
fn status(status: &Status) -> &'static str {
    match status {
        Status::Completed => "completed",
        Status::Failed => "failed",
        Status::InProgress => "in_progress",
        Status::Cancelled => "cancelled",
        Status::Queued => "queued",
        Status::Incomplete => "incomplete",
    }
}

fn error_type(error: &ResponseError) -> Cow<'static, str> {
    // The crate has a variant for each code, and its JSON is the code.
    let code = serde_json::to_value(&error.code).ok();
    let code = code.as_ref().and_then(|code| code.as_str());
    match code.filter(|code| is_code(code)) {
        Some(code) => Cow::Owned(code.to_owned()),
        None => Cow::Borrowed("_OTHER"),
    }
}

/// Cached tokens are a part of the input, reasoning a part of the output.
fn usage(counts: &ResponseUsage) -> Report {
    let (input, output) = (&counts.input_tokens_details, &counts.output_tokens_details);
    // The crate reads this one as signed; a negative one is no count.
    let cache_write = input.cache_write_tokens.map(u64::try_from);
    Report::new(
        InputTokens::CacheIncluded {
            total: Some(counts.input_tokens.into()),
            cache_read: Some(input.cached_tokens.into()),
            cache_write: cache_write.and_then(Result::ok),
        },
        OutputTokens::ReasoningIncluded {
            total: Some(counts.output_tokens.into()),
            reasoning: Some(output.reasoning_tokens.into()),
        },
        Some(counts.total_tokens.into()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::openai::ResponsesResponse;
    use serde_json::{Value, json};

    fn reply(status: &str, more: Value) -> Value {
        let mut body = json!({
            "id": "resp_1", "object": "response", "created_at": 1, "model": "gpt-5-2025-08-07",
            "status": status, "output": [],
        });
        let Value::Object(more) = more else {
            panic!("an object")
        };
        body.as_object_mut().expect("an object").extend(more);
        body
    }

    #[test]
    fn the_wire_adapter_says_the_same() {
        let counts = json!({
            "input_tokens": 100, "output_tokens": 50, "total_tokens": 150,
            "input_tokens_details": { "cached_tokens": 64, "cache_write_tokens": 8 },
            "output_tokens_details": { "reasoning_tokens": 30 },
        });
        let output = json!([
            { "type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
              "content": [{ "type": "output_text", "text": "secret", "annotations": [] }] },
            { "type": "function_call", "id": "fc_1", "call_id": "call_1", "name": "search",
              "arguments": "secret", "status": "completed" },
            { "type": "custom_tool_call", "id": "ctc_1", "call_id": "call_2", "name": "run",
              "input": "secret" },
        ]);
        let error = json!({ "code": "rate_limit_exceeded", "message": "secret" });
        let other = json!({ "code": "new_code", "message": "secret" });
        for body in [
            reply("completed", json!({ "usage": counts, "output": output })),
            reply("completed", json!({ "service_tier": "ultrafast" })),
            reply("incomplete", json!({ "usage": counts })),
            reply("failed", json!({ "error": error })),
            reply("failed", json!({ "error": other })),
            reply("cancelled", json!({})),
            reply("queued", json!({})),
            reply("in_progress", json!({ "id": "", "model": "" })),
        ] {
            let wire = ResponsesResponse::from_value(&body).into_info();
            let typed: Response = serde_json::from_value(body.clone()).expect("a reply");
            assert_eq!(typed.info(), wire, "{body}");
        }
    }

    #[test]
    fn a_text_for_a_code_is_not_recorded() {
        let error = json!({ "code": "The key sk-1 is wrong.", "message": "secret" });
        let typed: Response =
            serde_json::from_value(reply("failed", json!({ "error": error }))).expect("a reply");
        assert_eq!(typed.info().error_type.as_deref(), Some("_OTHER"));
    }
}
