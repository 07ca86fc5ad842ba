use std::borrow::Cow;

use crate::RequestInfo;
use crate::text::{MAX_ID, MAX_NAME, cap_owned};
use crate::wire::forms::request;
use crate::wire::lenient::{Double, Flag, Integer, Key, Lenient, Text, lenient, object};
use crate::wire::openai::RESPONSES;
use serde::de::{Deserialize, Deserializer, MapAccess};

request! {
    /// The body of a request to the Responses API.
    ///
    /// ```
    /// use agent_trace_llm::LlmRequest;
    /// use agent_trace_llm::wire::openai::ResponsesRequest;
    ///
    /// let body = br#"{ "model": "gpt-5", "input": "Hi.", "reasoning": { "effort": "low" } }"#;
    /// let request = ResponsesRequest::from_slice(body)?;
    /// assert_eq!(request.model(), Some("gpt-5"));
    /// assert_eq!(request.info().reasoning_level.as_deref(), Some("low"));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    ResponsesRequest from Body
}

object! {
    Body<'de> {
        model: Text<'de> = "model",
        temperature: Double = "temperature",
        top_p: Double = "top_p",
        max_output_tokens: Integer = "max_output_tokens",
        stream: Flag = "stream",
        text: TextConfig<'de> = "text",
        reasoning: Reasoning<'de> = "reasoning",
        service_tier: Text<'de> = "service_tier",
        previous_response_id: Text<'de> = "previous_response_id",
        conversation: IdOrObject<'de> = "conversation",
        prompt: Prompt<'de> = "prompt",
    }
}

object! {
    TextConfig<'de> {
        format: Format<'de> = "format",
    }
}

object! {
    Format<'de> {
        kind: Text<'de> = "type",
    }
}

object! {
    Reasoning<'de> {
        effort: Text<'de> = "effort",
    }
}

object! {
    Prompt<'de> {
        id: Text<'de> = "id",
        version: Text<'de> = "version",
    }
}

object! {
    WithId<'de> {
        id: Text<'de> = "id",
    }
}

/// An identifier, or an object that has it.
#[derive(Debug, Default)]
pub(crate) struct IdOrObject<'de>(Option<Cow<'de, str>>);

impl<'de> Lenient<'de> for IdOrObject<'de> {
    fn text(text: Cow<'de, str>) -> Self {
        Self(Text::text(text).0)
    }

    fn object<A: MapAccess<'de>>(first: Option<Key<'de>>, object: A) -> Result<Self, A::Error> {
        WithId::object(first, object).map(|object| Self(object.id.0))
    }
}

impl<'de> Deserialize<'de> for IdOrObject<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient(deserializer)
    }
}

impl ResponsesRequest {
    fn new(body: Body<'_>) -> Self {
        let name = |Text(text): Text<'_>| text.map(|text| cap_owned(text, MAX_NAME));
        let id = |text: Option<Cow<'_, str>>| text.map(|text| cap_owned(text, MAX_ID));
        let info = RequestInfo {
            temperature: body.temperature.0,
            top_p: body.top_p.0,
            max_tokens: body.max_output_tokens.0,
            stream: body.stream.0,
            output_type: match body.text.format.kind.0.as_deref() {
                Some("text") => Some(Cow::Borrowed("text")),
                Some("json_object" | "json_schema") => Some(Cow::Borrowed("json")),
                _ => None,
            },
            reasoning_level: name(body.reasoning.effort).map(Cow::Owned),
            // `auto` is what a request without the parameter gets.
            service_tier: name(body.service_tier)
                .filter(|tier| tier != "auto")
                .map(Cow::Owned),
            api_type: Some(Cow::Borrowed(RESPONSES)),
            previous_response_id: id(body.previous_response_id.0),
            conversation_id: id(body.conversation.0),
            prompt_name: name(body.prompt.id),
            prompt_version: name(body.prompt.version),
            ..RequestInfo::default()
        };
        Self {
            model: name(body.model),
            info,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LlmRequest;
    use serde_json::json;

    #[test]
    fn every_parameter() {
        let body = json!({
            "model": "gpt-5", "input": [{ "role": "user", "content": "secret" }],
            "instructions": "secret", "temperature": 1, "top_p": 0.5, "max_output_tokens": 100,
            "stream": true, "text": { "format": { "type": "json_schema", "name": "secret" } },
            "reasoning": { "effort": "high" }, "service_tier": "flex",
            "previous_response_id": "resp_1", "conversation": { "id": "conv_1" },
            "prompt": { "id": "pmpt_1", "version": "2", "variables": { "a": "secret" } },
        });
        let request = ResponsesRequest::from_value(&body);
        assert_eq!(
            request,
            ResponsesRequest::from_slice(body.to_string().as_bytes()).expect("JSON")
        );
        assert!(!format!("{request:?}").contains("secret"));
        assert_eq!(request.model(), Some("gpt-5"));
        let info = request.info();
        assert_eq!((info.temperature, info.top_p), (Some(1.0), Some(0.5)));
        assert_eq!((info.max_tokens, info.stream), (Some(100), Some(true)));
        assert_eq!(info.output_type.as_deref(), Some("json"));
        assert_eq!(info.reasoning_level.as_deref(), Some("high"));
        assert_eq!(info.service_tier.as_deref(), Some("flex"));
        assert_eq!(info.api_type.as_deref(), Some("responses"));
        assert_eq!(info.previous_response_id.as_deref(), Some("resp_1"));
        assert_eq!(info.conversation_id.as_deref(), Some("conv_1"));
        assert_eq!(info.prompt_name.as_deref(), Some("pmpt_1"));
        assert_eq!(info.prompt_version.as_deref(), Some("2"));
    }

    #[test]
    fn a_conversation_by_its_id_alone() {
        let info = ResponsesRequest::from_value(&json!({ "conversation": "conv_1" })).info();
        assert_eq!(info.conversation_id.as_deref(), Some("conv_1"));
    }
}
