use std::borrow::Cow;

use serde_json::Value;

use crate::text::{MAX_ID, MAX_NAME, cap_owned};
use crate::wire::Error;
use crate::wire::json;
use crate::wire::lenient::{Count, List, Parts, Text, object};
use crate::wire::openai::error_body::ErrorBody;
use crate::wire::openai::usage::{InputDetails, OutputDetails, modalities};
use crate::wire::report::Report;
use crate::{InputTokens, LlmResponse, OutputTokens, ResponseInfo, StreamInfo, ToolCallRef};

/// The body of a reply of the Responses API, or of the error that came in its place.
///
/// The finish reason of a reply is its status, once it has ended: this API has no other. Tool calls
/// are those that the caller has to run, functions and custom tools; what OpenAI runs itself is not
/// among them.
///
/// ```
/// use agent_trace_llm::LlmResponse;
/// use agent_trace_llm::wire::openai::ResponsesResponse;
///
/// let body = br#"{
///     "id": "resp_1", "model": "gpt-5-2025-08-07", "status": "completed",
///     "output": [{ "type": "function_call", "call_id": "call_1", "name": "search" }],
///     "usage": { "input_tokens": 20, "output_tokens": 82, "output_tokens_details": { "reasoning_tokens": 64 } }
/// }"#;
/// let info = ResponsesResponse::from_slice(body)?.info();
/// assert_eq!(info.status.as_deref(), Some("completed"));
/// assert_eq!(info.tool_calls[0].id.as_deref(), Some("call_1"));
/// assert_eq!(info.usage.and_then(|usage| usage.reasoning_output_tokens), Some(64));
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResponsesResponse {
    info: ResponseInfo,
    functions: Vec<String>,
    text_chars: u64,
}

object! {
    /// A reply, by itself or within an event.
    ReplyBody<'de> {
        object: Text<'de> = "object",
        id: Text<'de> = "id",
        model: Text<'de> = "model",
        status: Text<'de> = "status",
        output: List<Item<'de>> = "output",
        usage: UsageBody<'de> = "usage",
        service_tier: Text<'de> = "service_tier",
        error: ErrorBody = "error",
    }
}

object! {
    /// An item of the output.
    Item<'de> {
        kind: Text<'de> = "type",
        id: Text<'de> = "id",
        call_id: Text<'de> = "call_id",
        name: Text<'de> = "name",
        content: Parts = "content",
    }
}

object! {
    UsageBody<'de> {
        input: Count = "input_tokens",
        output: Count = "output_tokens",
        total: Count = "total_tokens",
        input_details: InputDetails<'de> = "input_tokens_details",
        output_details: OutputDetails<'de> = "output_tokens_details",
    }
}

impl UsageBody<'_> {
    /// Cached tokens are a part of the input, reasoning a part of the output. `None` when nothing
    /// was reported.
    pub(crate) fn report(&self) -> Option<Report> {
        let (input, output) = (&self.input_details, &self.output_details);
        let mut report = Report::new(
            InputTokens::CacheIncluded {
                total: self.input.0,
                cache_read: input.cached.0,
                cache_write: input.cache_write.0,
            },
            OutputTokens::ReasoningIncluded {
                total: self.output.0,
                reasoning: output.reasoning.0,
            },
            self.total.0,
        );
        modalities(&mut report.usage, input, output);
        report.non_empty()
    }
}

/// A tool call among the items.
pub(crate) struct Call<'a> {
    pub(crate) id: Option<&'a str>,
    pub(crate) name: Option<&'a str>,
    /// A function, as opposed to a custom tool.
    pub(crate) function: bool,
}

impl Item<'_> {
    /// The call that this item is, if the caller has to run it. `call_id` is what its result is
    /// sent back with.
    pub(crate) fn call(&self) -> Option<Call<'_>> {
        let function = match self.kind.0.as_deref()? {
            "function_call" => true,
            "custom_tool_call" => false,
            _ => return None,
        };
        Some(Call {
            id: self.call_id.0.as_deref().or(self.id.0.as_deref()),
            name: self.name.0.as_deref(),
            function,
        })
    }

    /// The text of a message. Refusals are parts of another type.
    fn text_chars(&self) -> u64 {
        match self.kind.0.as_deref() {
            Some("message") => self.content.chars,
            _ => 0,
        }
    }
}

impl ReplyBody<'_> {
    /// Why the reply ended, if it has.
    pub(crate) fn finish_reason(&self) -> Option<Cow<'static, str>> {
        match self.status.0.as_deref()? {
            "completed" => Some("completed".into()),
            "incomplete" => Some("incomplete".into()),
            "failed" => Some("failed".into()),
            "cancelled" => Some("cancelled".into()),
            _ => None,
        }
    }

    pub(crate) fn text_chars(&self) -> u64 {
        let chars = self.output.0.iter().map(Item::text_chars);
        chars.fold(0, u64::saturating_add)
    }

    /// All but the tool calls.
    pub(crate) fn accumulate(&self, stream: &mut StreamInfo) {
        stream.response_id(self.id.0.as_deref().unwrap_or_default());
        stream.model(self.model.0.as_deref().unwrap_or_default());
        stream.status(self.status.0.as_deref().unwrap_or_default());
        stream.service_tier(self.service_tier.0.as_deref().unwrap_or_default());
        if let Some(reason) = self.finish_reason() {
            stream.finish_reason(0, reason);
        }
        if let Some(report) = self.usage.report() {
            report.accumulate(stream);
        }
        if let Some(error) = self.error.error_type() {
            stream.error(error);
        }
    }
}

impl ResponsesResponse {
    /// Reads a response body.
    ///
    /// # Errors
    ///
    /// If the bytes are not one JSON document.
    pub fn from_slice(body: &[u8]) -> Result<Self, Error> {
        Ok(Self::new(json::from_slice(body)?))
    }

    /// Reads a response body that is already parsed. What is no object says nothing.
    pub fn from_value(body: &Value) -> Self {
        Self::new(serde::Deserialize::deserialize(body).unwrap_or_default())
    }

    /// How many Unicode code points of text the reply has. Reasoning and refusals are left out.
    pub fn text_chars(&self) -> u64 {
        self.text_chars
    }

    /// The names of the functions that are to be called. [`ResponseInfo::tool_calls`] has custom
    /// tools as well.
    pub fn function_names(&self) -> impl Iterator<Item = &str> {
        self.functions.iter().map(String::as_str)
    }

    /// What the reply says about itself, without a copy.
    pub fn into_info(self) -> ResponseInfo {
        self.info
    }

    fn new(body: ReplyBody<'_>) -> Self {
        // A body that says that it is something else has its fields in other places, and what could
        // be read of it by chance would be half of it.
        let body = match body.object.0.as_deref() {
            None | Some("response" | "response.compaction" | "error") => body,
            Some(_) => ReplyBody {
                error: body.error,
                ..ReplyBody::default()
            },
        };
        let mut stream = StreamInfo::default();
        body.accumulate(&mut stream);
        let mut functions = Vec::new();
        let mut info = stream.finish();
        for call in body.output.0.iter().filter_map(Item::call) {
            let own = |text: &str, max| cap_owned(Cow::Borrowed(text), max);
            let name = call.name.map(|name| own(name, MAX_NAME));
            if call.function {
                functions.extend(name.clone());
            }
            info.tool_calls.push(ToolCallRef {
                id: call.id.map(|id| own(id, MAX_ID)),
                name,
            });
        }
        Self {
            info,
            functions,
            text_chars: body.text_chars(),
        }
    }
}

impl LlmResponse for ResponsesResponse {
    fn info(&self) -> ResponseInfo {
        self.info.clone()
    }
}

impl From<ResponsesResponse> for ResponseInfo {
    fn from(response: ResponsesResponse) -> Self {
        response.into_info()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ToolCallRef;
    use serde_json::json;

    #[test]
    fn a_whole_reply() {
        let body = json!({
            "id": "resp_1", "object": "response", "model": "gpt-5-2025-08-07",
            "status": "incomplete", "incomplete_details": { "reason": "max_output_tokens" },
            "service_tier": "default", "error": null,
            "output": [
                { "type": "reasoning", "id": "rs_1", "summary": [{ "type": "summary_text", "text": "secret" }],
                  "content": [{ "type": "reasoning_text", "text": "secret" }] },
                { "type": "message", "content": [
                    { "type": "output_text", "text": "h\u{e9}", "annotations": [] },
                    { "type": "refusal", "refusal": "secret" },
                ] },
                { "type": "function_call", "id": "fc_1", "call_id": "call_1", "name": "search", "arguments": "secret" },
                { "type": "custom_tool_call", "id": "ctc_1", "call_id": "call_2", "name": "run", "input": "secret" },
                { "type": "web_search_call", "id": "ws_1" },
            ],
            "usage": {
                "input_tokens": 100, "output_tokens": 50, "total_tokens": 150,
                "input_tokens_details": { "cached_tokens": 64, "cache_write_tokens": 8 },
                "output_tokens_details": { "reasoning_tokens": 30 },
            },
        });
        let reply = ResponsesResponse::from_value(&body);
        assert_eq!(
            reply,
            ResponsesResponse::from_slice(body.to_string().as_bytes()).expect("JSON")
        );
        assert!(!format!("{reply:?}").contains("secret"));
        assert_eq!(reply.text_chars(), 2);
        assert_eq!(reply.function_names().collect::<Vec<_>>(), ["search"]);
        let info = reply.into_info();
        assert_eq!(info.id.as_deref(), Some("resp_1"));
        assert_eq!(info.model.as_deref(), Some("gpt-5-2025-08-07"));
        assert_eq!(info.status.as_deref(), Some("incomplete"));
        assert_eq!(info.finish_reasons, ["incomplete"]);
        assert_eq!(info.service_tier.as_deref(), Some("default"));
        assert_eq!(
            info.tool_calls,
            [
                ToolCallRef::new("call_1", "search"),
                ToolCallRef::new("call_2", "run")
            ]
        );
        assert_eq!(info.error_type, None);
        let usage = info.usage.expect("reported");
        assert_eq!(
            (usage.input_tokens, usage.output_tokens),
            (Some(100), Some(50))
        );
        assert_eq!(usage.cache_read_input_tokens, Some(64));
        assert_eq!(usage.cache_write_input_tokens, Some(8));
        assert_eq!(usage.reasoning_output_tokens, Some(30));
    }

    #[test]
    fn what_has_not_ended_has_no_finish_reason() {
        let info =
            ResponsesResponse::from_value(&json!({ "status": "in_progress", "usage": null }))
                .into_info();
        assert!(info.finish_reasons.is_empty());
        assert_eq!(info.status.as_deref(), Some("in_progress"));
        assert_eq!(info.usage, None);
    }

    #[test]
    fn failures() {
        let failed =
            json!({ "status": "failed", "error": { "code": "server_error", "message": "secret" } });
        let info = ResponsesResponse::from_value(&failed).into_info();
        assert_eq!(info.error_type.as_deref(), Some("server_error"));
        assert_eq!(info.finish_reasons, ["failed"]);
        let refused = json!({ "error": { "type": "invalid_request_error", "code": null } });
        let info = ResponsesResponse::from_value(&refused).into_info();
        assert_eq!(info.error_type.as_deref(), Some("invalid_request_error"));
        assert!(info.finish_reasons.is_empty());
    }

    #[test]
    fn a_body_of_another_api_says_nothing() {
        let chat = json!({ "object": "chat.completion", "id": "chatcmpl-1", "model": "gpt-4o" });
        assert_eq!(
            ResponsesResponse::from_value(&chat),
            ResponsesResponse::default()
        );
    }

    #[test]
    fn an_odd_field_costs_no_other() {
        let info = ResponsesResponse::from_value(&json!({
            "id": 1, "status": [], "output": [null, 3, { "type": "function_call", "name": {} }],
            "usage": { "input_tokens": -1, "output_tokens": 4, "output_tokens_details": "none" },
        }))
        .into_info();
        assert_eq!(info.tool_calls, [ToolCallRef::default()]);
        let usage = info.usage.expect("reported");
        assert_eq!((usage.input_tokens, usage.output_tokens), (None, Some(4)));
    }
}
