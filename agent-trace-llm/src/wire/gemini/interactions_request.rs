use std::borrow::Cow;

use crate::text::{MAX_ID, MAX_NAME, cap_owned};
use crate::wire::forms::request;
use crate::wire::gemini::generate_content_request::{model_name, output_type};
use crate::wire::lenient::{Double, Flag, Integer, Something, Text, Texts, object};
use crate::{Provider, RequestInfo};

request! {
    /// The body of a request to the interactions API.
    ///
    /// The provider is Google; which of its endpoints is not in the body, and a client's URL knows it better.
    /// There is no model where an agent is asked in place of one.
    ///
    /// ```
    /// use agent_trace_llm::LlmRequest;
    /// use agent_trace_llm::wire::gemini::InteractionsRequest;
    /// use serde_json::json;
    ///
    /// let body = json!({
    ///     "model": "gemini-2.5-flash",
    ///     "input": "Hi.",
    ///     "previous_interaction_id": "v1_1",
    ///     "generation_config": { "temperature": 0.2, "thinking_level": "low" },
    /// });
    /// let info = InteractionsRequest::from_value(&body).info();
    /// assert_eq!(info.previous_response_id.as_deref(), Some("v1_1"));
    /// assert_eq!(info.reasoning_level.as_deref(), Some("low"));
    /// ```
    InteractionsRequest from Body, Provider::GCP_GEN_AI
}

object! {
    Body<'de> {
        model: Text<'de> = "model",
        stream: Flag = "stream",
        previous: Text<'de> = "previous_interaction_id",
        mime_type: Text<'de> = "response_mime_type",
        // A JSON schema.
        format: Something = "response_format",
        modalities: Texts<'de> = "response_modalities",
        service_tier: Text<'de> = "service_tier",
        config: Config<'de> = "generation_config",
    }
}

object! {
    Config<'de> {
        temperature: Double = "temperature",
        top_p: Double = "top_p",
        top_k: Integer = "top_k",
        seed: Integer = "seed",
        stop: Texts<'de> = "stop_sequences",
        max_tokens: Integer = "max_output_tokens",
        presence: Double = "presence_penalty",
        frequency: Double = "frequency_penalty",
        thinking_level: Text<'de> = "thinking_level",
    }
}

impl InteractionsRequest {
    fn new(body: Body<'_>) -> Self {
        let name = |Text(text): Text<'_>| text.map(|text| cap_owned(text, MAX_NAME));
        let config = body.config;
        let schema = body.format.0.then_some("json");
        let info = RequestInfo {
            temperature: config.temperature.0,
            top_p: config.top_p.0,
            top_k: config.top_k.0,
            seed: config.seed.0,
            max_tokens: config.max_tokens.0,
            presence_penalty: config.presence.0,
            frequency_penalty: config.frequency.0,
            stop_sequences: config.stop.0.into_iter().map(Cow::into_owned).collect(),
            stream: body.stream.0,
            output_type: output_type(body.mime_type.0.as_deref(), &body.modalities.0)
                .or(schema)
                .map(Cow::Borrowed),
            reasoning_level: name(config.thinking_level).map(Cow::Owned),
            service_tier: name(body.service_tier).map(Cow::Owned),
            previous_response_id: body.previous.0.map(|id| cap_owned(id, MAX_ID)),
            ..RequestInfo::default()
        };
        Self {
            model: body.model.0.as_deref().and_then(model_name),
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
            "model": "models/gemini-3-pro-preview", "input": "secret", "stream": true,
            "service_tier": "flex", "response_format": { "type": "object" },
            "generation_config": {
                "temperature": 0.5, "top_p": 0.9, "seed": 7, "max_output_tokens": 100,
                "stop_sequences": ["END"], "thinking_level": "high",
            },
        });
        let request = InteractionsRequest::from_value(&body);
        assert_eq!(
            request,
            InteractionsRequest::from_slice(body.to_string().as_bytes()).expect("JSON")
        );
        assert!(!format!("{request:?}").contains("secret"));
        assert_eq!(request.model(), Some("gemini-3-pro-preview"));
        let info = request.info();
        assert_eq!((info.temperature, info.top_p), (Some(0.5), Some(0.9)));
        assert_eq!((info.seed, info.max_tokens), (Some(7), Some(100)));
        assert_eq!(info.stop_sequences, ["END"]);
        assert_eq!(
            (info.stream, info.output_type.as_deref()),
            (Some(true), Some("json"))
        );
        assert_eq!(info.service_tier.as_deref(), Some("flex"));
    }
}
