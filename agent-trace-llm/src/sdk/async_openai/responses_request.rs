use std::borrow::Cow;

use async_openai::types::responses::{
    ConversationParam, CreateResponse, TextResponseFormatConfiguration,
};

use super::request::{reasoning_level, widen};
use super::responses_response::responses_tier;
use crate::text::present;
use crate::wire::openai::RESPONSES;
use crate::{LlmRequest, RequestInfo};

/// A request to the Responses API.
impl LlmRequest for CreateResponse {
    fn model(&self) -> Option<&str> {
        self.model.as_deref().and_then(present)
    }

    fn info(&self) -> RequestInfo {
        let owned = |text: &String| present(text).map(str::to_owned);
        let effort = self.reasoning.as_ref().and_then(|it| it.effort.as_ref());
        let format = self.text.as_ref().map(|text| match text.format {
            TextResponseFormatConfiguration::Text => "text",
            TextResponseFormatConfiguration::JsonObject
            | TextResponseFormatConfiguration::JsonSchema(_) => "json",
        });
        RequestInfo {
            temperature: self.temperature.and_then(widen),
            top_p: self.top_p.and_then(widen),
            max_tokens: self.max_output_tokens.map(i64::from),
            stream: self.stream,
            output_type: format.map(Cow::Borrowed),
            reasoning_level: effort.map(|effort| Cow::Borrowed(reasoning_level(effort))),
            // `auto` is what a request without the parameter gets.
            service_tier: self
                .service_tier
                .as_ref()
                .map(responses_tier)
                .filter(|tier| *tier != "auto")
                .map(Cow::Borrowed),
            api_type: Some(Cow::Borrowed(RESPONSES)),
            previous_response_id: self.previous_response_id.as_ref().and_then(owned),
            conversation_id: self.conversation.as_ref().and_then(|it| match it {
                ConversationParam::ConversationID(id) => owned(id),
                ConversationParam::Object(conversation) => owned(&conversation.id),
            }),
            prompt_name: self.prompt.as_ref().and_then(|prompt| owned(&prompt.id)),
            prompt_version: self
                .prompt
                .as_ref()
                .and_then(|prompt| prompt.version.as_ref())
                .and_then(owned),
            ..RequestInfo::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::openai::ResponsesRequest;
    use serde_json::{Value, json};

    /// The crate's own JSON of a request, read by the wire adapter, has to say the same.
    fn agree(body: Value) -> RequestInfo {
        let request: CreateResponse = serde_json::from_value(body).expect("a request");
        let sent = serde_json::to_vec(&request).expect("JSON");
        let wire = ResponsesRequest::from_slice(&sent).expect("JSON");
        assert_eq!(request.model(), wire.model());
        assert_eq!(request.info(), wire.info());
        request.info()
    }

    #[test]
    fn the_wire_adapter_says_the_same() {
        let info = agree(json!({
            "model": "gpt-5", "input": "secret", "temperature": 0.2, "top_p": 0.9,
            "max_output_tokens": 64, "stream": true, "reasoning": { "effort": "minimal" },
            "text": { "format": { "type": "json_object" } }, "service_tier": "priority",
            "previous_response_id": "resp_0", "conversation": "conv_1",
            "prompt": { "id": "pmpt_1", "version": "2" },
        }));
        assert_eq!(info.temperature, Some(0.2));
        assert_eq!(info.max_tokens, Some(64));
        assert_eq!(info.reasoning_level.as_deref(), Some("minimal"));
        assert_eq!(info.service_tier.as_deref(), Some("priority"));
        assert_eq!(info.conversation_id.as_deref(), Some("conv_1"));
        assert_eq!(info.prompt_version.as_deref(), Some("2"));
        for body in [
            json!({ "input": "secret", "service_tier": "auto", "conversation": { "id": "conv_1" } }),
            json!({ "model": "", "input": [], "text": { "format": { "type": "text" } } }),
        ] {
            agree(body);
        }
        for tier in ["default", "flex", "scale", "priority", "fast", "ultrafast"] {
            let info = agree(json!({ "input": "x", "service_tier": tier }));
            assert_eq!(info.service_tier.as_deref(), Some(tier));
        }
    }
}
