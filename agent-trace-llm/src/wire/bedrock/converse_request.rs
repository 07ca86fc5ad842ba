use std::borrow::Cow;

use crate::text::{MAX_NAME, cap_owned};
use crate::wire::anthropic::stop_sequences;
use crate::wire::bedrock::message::ServiceTier;
use crate::wire::forms::request;
use crate::wire::lenient::{Double, Integer, Text, Texts, object};
use crate::{Provider, RequestInfo};

request! {
    /// The body of a request to Converse.
    ///
    /// The URL says which model is asked and whether the reply is streamed, so both are told beside the
    /// body.
    ///
    /// ```
    /// use agent_trace_llm::LlmRequest;
    /// use agent_trace_llm::wire::bedrock::ConverseRequest;
    /// use serde_json::json;
    ///
    /// let body = json!({
    ///     "messages": [{ "role": "user", "content": [{ "text": "Hi." }] }],
    ///     "inferenceConfig": { "maxTokens": 512, "temperature": 0.2 },
    /// });
    /// let request = ConverseRequest::from_value(&body).with_model("amazon.nova-lite-v1:0");
    /// assert_eq!(request.model(), Some("amazon.nova-lite-v1:0"));
    /// assert_eq!(request.info().max_tokens, Some(512));
    /// ```
    ConverseRequest from Body, Provider::AWS_BEDROCK
}

object! {
    Body<'de> {
        // Where the parameters of an SDK are in one object.
        model: Text<'de> = "modelId",
        config: Config<'de> = "inferenceConfig",
        additional: Additional<'de> = "additionalModelRequestFields",
        output: OutputConfig<'de> = "outputConfig",
        service_tier: ServiceTier<'de> = "serviceTier",
    }
}

object! {
    Config<'de> {
        max_tokens: Integer = "maxTokens",
        temperature: Double = "temperature",
        top_p: Double = "topP",
        top_k: Integer = "topK",
        stop: Texts<'de> = "stopSequences",
    }
}

object! {
    /// Parameters of one model family only.
    Additional<'de> {
        top_k: Integer = "top_k",
        config: Config<'de> = "inferenceConfig",
        reasoning_effort: Text<'de> = "reasoning_effort",
        reasoning: Reasoning<'de> = "reasoningConfig",
        output: Effort<'de> = "output_config",
    }
}

object! {
    Reasoning<'de> {
        effort: Text<'de> = "maxReasoningEffort",
    }
}

object! {
    Effort<'de> {
        effort: Text<'de> = "effort",
    }
}

object! {
    OutputConfig<'de> {
        format: TextFormat<'de> = "textFormat",
    }
}

object! {
    TextFormat<'de> {
        kind: Text<'de> = "type",
    }
}

impl ConverseRequest {
    /// The model asked for, as the URL names it.
    #[must_use]
    pub fn with_model(mut self, model: &str) -> Self {
        self.model = Some(cap_owned(Cow::Borrowed(model), MAX_NAME));
        self
    }

    /// Whether the reply is streamed: `ConverseStream` in place of `Converse`.
    #[must_use]
    pub fn with_stream(mut self, stream: bool) -> Self {
        self.info.stream = Some(stream);
        self
    }

    fn new(body: Body<'_>) -> Self {
        let name = |Text(text): Text<'_>| text.map(|text| cap_owned(text, MAX_NAME));
        let (config, additional) = (body.config, body.additional);
        let effort = [
            additional.reasoning_effort,
            additional.reasoning.effort,
            additional.output.effort,
        ];
        let info = RequestInfo {
            temperature: config.temperature.0,
            top_p: config.top_p.0,
            top_k: config
                .top_k
                .0
                .or(additional.top_k.0)
                .or(additional.config.top_k.0),
            max_tokens: config.max_tokens.0,
            stop_sequences: stop_sequences(config.stop),
            output_type: (body.output.format.kind.0.as_deref() == Some("json_schema"))
                .then_some(Cow::Borrowed("json")),
            reasoning_level: effort.into_iter().find_map(name).map(Cow::Owned),
            service_tier: name(body.service_tier.kind).map(Cow::Owned),
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
            "modelId": "amazon.nova-2-lite-v1:0",
            "messages": [{ "role": "user", "content": [{ "text": "secret" }] }],
            "inferenceConfig": {
                "maxTokens": 100, "temperature": 0.5, "topP": 0.9, "stopSequences": ["END"],
            },
            "additionalModelRequestFields": {
                "inferenceConfig": { "topK": 20 }, "reasoningConfig": { "maxReasoningEffort": "low" },
            },
            "outputConfig": { "textFormat": { "type": "json_schema" } },
            "serviceTier": { "type": "flex" },
        });
        let request = ConverseRequest::from_value(&body);
        assert_eq!(
            request,
            ConverseRequest::from_slice(body.to_string().as_bytes()).expect("JSON")
        );
        assert!(!format!("{request:?}").contains("secret"));
        assert_eq!(request.provider(), Some(Provider::AWS_BEDROCK));
        assert_eq!(request.model(), Some("amazon.nova-2-lite-v1:0"));
        let info = request.with_stream(true).info();
        assert_eq!(
            (info.temperature, info.top_p, info.top_k),
            (Some(0.5), Some(0.9), Some(20))
        );
        assert_eq!((info.max_tokens, info.stream), (Some(100), Some(true)));
        assert_eq!(info.stop_sequences, ["END"]);
        assert_eq!(info.output_type.as_deref(), Some("json"));
        assert_eq!(info.reasoning_level.as_deref(), Some("low"));
        assert_eq!(info.service_tier.as_deref(), Some("flex"));
    }
}
