use std::borrow::Cow;

use crate::ResponseInfo;
use crate::text::{MAX_ID, MAX_NAME, cap_owned};
use crate::wire::bits::Reply;
use crate::wire::fold::Folded;
use crate::wire::forms::response;
use crate::wire::gemini::interactions_usage::UsageBody;
use crate::wire::gemini::step::Steps;
use crate::wire::lenient::{Text, object};
use crate::wire::openai::error_body::ErrorBody;

response! {
    /// The body of an interaction, or of the error that came in its place.
    ///
    /// The API has no finish reasons: the status of an interaction that has ended is taken for one.
    ///
    /// ```
    /// use agent_trace_llm::LlmResponse;
    /// use agent_trace_llm::wire::gemini::InteractionsResponse;
    ///
    /// let body = br#"{
    ///     "id": "v1_1",
    ///     "model": "gemini-2.5-flash",
    ///     "status": "completed",
    ///     "steps": [{ "type": "model_output", "content": [{ "type": "text", "text": "Hi." }] }],
    ///     "usage": { "total_input_tokens": 7, "total_output_tokens": 2, "total_thought_tokens": 30 }
    /// }"#;
    /// let info = InteractionsResponse::from_slice(body)?.info();
    /// assert_eq!(info.finish_reasons, ["completed"]);
    /// assert_eq!(info.usage.and_then(|usage| usage.output_tokens), Some(32));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    InteractionsResponse from Interaction
}

object! {
    /// An interaction, whole or as an event has it.
    Interaction<'de> {
        id: Text<'de> = "id",
        model: Text<'de> = "model",
        status: Text<'de> = "status",
        service_tier: Text<'de> = "service_tier",
        usage: UsageBody<'de> = "usage",
        steps: Folded<Steps> = "steps",
        // What the first version of the API calls them.
        outputs: Folded<Steps> = "outputs",
        error: ErrorBody = "error",
    }
}

impl Interaction<'_> {
    fn reply(self) -> Reply {
        let name = |Text(text): Text<'_>| text.map(|text| cap_owned(text, MAX_NAME));
        let mut content = self.steps.0.0;
        content.append(self.outputs.0.0);
        let error_type = failure(&self.error, self.status.0.as_deref());
        let mut info = ResponseInfo {
            finish_reasons: self
                .status
                .0
                .as_deref()
                .and_then(final_status)
                .into_iter()
                .collect(),
            tool_calls: content.tool_calls,
            error_type,
            id: self.id.0.map(|id| cap_owned(id, MAX_ID)),
            model: name(self.model),
            status: name(self.status),
            service_tier: name(self.service_tier),
            ..ResponseInfo::default()
        };
        if let Some(report) = self.usage.report() {
            report.tell(&mut info);
        }
        Reply {
            info,
            text_chars: content.text_chars,
        }
    }
}

/// The status of an interaction that has ended, or that waits for the caller.
pub(crate) fn final_status(status: &str) -> Option<Cow<'static, str>> {
    match status {
        "in_progress" | "queued" => None,
        "completed" => Some(Cow::Borrowed("completed")),
        "requires_action" => Some(Cow::Borrowed("requires_action")),
        other => Some(crate::text::finish_reason(other)),
    }
}

/// `error.type`: what the error says, else that there was one.
pub(crate) fn failure(error: &ErrorBody, status: Option<&str>) -> Option<Cow<'static, str>> {
    let failed = (status == Some("failed")).then_some(Cow::Borrowed("failed"));
    error.error_type().or(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LlmResponse;
    use crate::ToolCallRef;
    use serde_json::{Value, json};

    #[test]
    fn a_whole_interaction() {
        let body = json!({
            "id": "v1_1", "model": "gemini-2.5-flash", "object": "interaction",
            "status": "requires_action", "service_tier": "standard",
            "steps": [
                { "type": "thought", "signature": "secret", "summary": [{ "type": "text", "text": "secret" }] },
                { "type": "model_output", "content": [
                    { "type": "text", "text": "Hé" }, { "type": "image", "data": "AAAA" },
                ] },
                { "type": "function_call", "id": "call_1", "name": "get_weather", "arguments": {} },
                { "type": "google_search_call", "id": "call_2" },
            ],
            "usage": { "total_input_tokens": 7, "total_output_tokens": 3 },
        });
        let reply = InteractionsResponse::from_value(&body);
        assert_eq!(
            reply,
            InteractionsResponse::from_slice(body.to_string().as_bytes()).expect("JSON")
        );
        assert!(!format!("{reply:?}").contains("secret"));
        assert_eq!(reply.text_chars(), 2);
        let info = reply.into_info();
        assert_eq!(info.id.as_deref(), Some("v1_1"));
        assert_eq!(info.status.as_deref(), Some("requires_action"));
        assert_eq!(info.finish_reasons, ["requires_action"]);
        assert_eq!(info.service_tier.as_deref(), Some("standard"));
        assert_eq!(info.tool_calls, [ToolCallRef::new("call_1", "get_weather")]);
    }

    #[test]
    fn the_first_version_of_the_api() {
        let reply = InteractionsResponse::from_value(&json!({
            "status": "completed",
            "outputs": [
                { "type": "thought", "summary": [] }, { "type": "text", "text": "abc" },
                { "type": "function_call", "id": "call_1", "name": "f" },
            ],
        }));
        assert_eq!(reply.text_chars(), 3);
        assert_eq!(reply.info().tool_calls.len(), 1);
    }

    #[test]
    fn failures() {
        let error = |body: Value| {
            InteractionsResponse::from_value(&body)
                .into_info()
                .error_type
        };
        assert_eq!(
            error(json!({ "status": "failed" })).as_deref(),
            Some("failed")
        );
        let refused = json!({ "error": { "code": "not_found", "message": "secret" } });
        assert_eq!(error(refused).as_deref(), Some("not_found"));
        assert_eq!(error(json!({ "status": "in_progress" })), None);
    }
}
