use crate::ResponseInfo;
use crate::text::{MAX_NAME, cap_owned};
use crate::wire::bedrock::error_type;
use crate::wire::bedrock::headers::Headers;
use crate::wire::bedrock::message::{Output, ServiceTier, stop_reason};
use crate::wire::bedrock::usage::TokenUsage;
use crate::wire::bits::Reply;
use crate::wire::forms::response;
use crate::wire::lenient::{Text, object};

response! {
    /// The body of a Converse reply, or of the error that came in its place.
    ///
    /// Bedrock gives no id of a reply, and the model is the one that was asked. Which error a body is,
    /// is told by a header: see [`with_headers`](ConverseResponse::with_headers).
    ///
    /// ```
    /// use agent_trace_llm::LlmResponse;
    /// use agent_trace_llm::wire::bedrock::ConverseResponse;
    ///
    /// let body = br#"{ "message": "The provided model identifier is invalid." }"#;
    /// let reply = ConverseResponse::from_slice(body)?
    ///     .with_headers([("x-amzn-errortype", "ValidationException:http://..")]);
    /// assert_eq!(reply.info().error_type.as_deref(), Some("ValidationException"));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    ConverseResponse from Body
}

object! {
    Body<'de> {
        output: Output<'de> = "output",
        stop_reason: Text<'de> = "stopReason",
        usage: TokenUsage<'de> = "usage",
        service_tier: ServiceTier<'de> = "serviceTier",
        error: Text<'de> = "__type",
    }
}

impl ConverseResponse {
    /// Adds what the headers of the response say: `x-amzn-errortype`.
    #[must_use]
    pub fn with_headers<'a>(
        mut self,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let headers = Headers::new(headers);
        let info = &mut self.reply.info;
        info.error_type = headers.error_type.or(info.error_type.take());
        self
    }
}

impl Body<'_> {
    fn reply(self) -> Reply {
        let content = self.output.message.content.0.0;
        let mut info = ResponseInfo {
            finish_reasons: self
                .stop_reason
                .0
                .map(|reason| stop_reason(&reason))
                .into_iter()
                .collect(),
            service_tier: self
                .service_tier
                .kind
                .0
                .map(|tier| cap_owned(tier, MAX_NAME)),
            tool_calls: content.tool_calls,
            error_type: self.error.0.and_then(|error| error_type(&error)),
            ..ResponseInfo::default()
        };
        self.usage.counts().report().tell(&mut info);
        Reply {
            info,
            text_chars: content.text_chars,
        }
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
            "metrics": { "latencyMs": 481 },
            "output": { "message": { "role": "assistant", "content": [
                { "reasoningContent": { "reasoningText": { "text": "secret" } } },
                { "text": "Hé" },
                { "toolUse": { "toolUseId": "tooluse_1", "name": "get_file", "input": { "a": "secret" } } },
                { "toolUse": { "toolUseId": "tooluse_2", "name": "nova_grounding", "type": "server_tool_use" } },
            ] } },
            "stopReason": "tool_use",
            "serviceTier": { "type": "priority" },
            "usage": { "inputTokens": 149, "outputTokens": 19, "totalTokens": 168 },
        });
        let reply = ConverseResponse::from_value(&body);
        assert_eq!(
            reply,
            ConverseResponse::from_slice(body.to_string().as_bytes()).expect("JSON")
        );
        assert!(!format!("{reply:?}").contains("secret"));
        assert_eq!(reply.text_chars(), 2);
        let info = reply.into_info();
        assert_eq!((info.id, info.model), (None, None));
        assert_eq!(info.finish_reasons, ["tool_use"]);
        assert_eq!(info.service_tier.as_deref(), Some("priority"));
        assert_eq!(info.tool_calls, [ToolCallRef::new("tooluse_1", "get_file")]);
        let usage = info.usage.expect("reported");
        assert_eq!(
            (usage.input_tokens, usage.output_tokens),
            (Some(149), Some(19))
        );
        assert_eq!(usage.cache_read_input_tokens, None);
    }

    #[test]
    fn errors() {
        let refused = json!({ "__type": "com.amazon#ThrottlingException", "message": "secret" });
        let info = ConverseResponse::from_value(&refused).into_info();
        assert_eq!(info.error_type.as_deref(), Some("ThrottlingException"));
        assert_eq!(info.usage, None);
    }
}
