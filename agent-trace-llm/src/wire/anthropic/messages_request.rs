use std::borrow::Cow;

use serde_json::Value;

use crate::text::{MAX_NAME, cap_owned};
use crate::wire::Error;
use crate::wire::json;
use crate::wire::lenient::{Double, Flag, Integer, Text, Texts, object};
use crate::{LlmRequest, Provider, RequestInfo};

/// The body of a request to the Messages API.
///
/// ```
/// use agent_trace_llm::LlmRequest;
/// use agent_trace_llm::wire::anthropic::MessagesRequest;
/// use serde_json::json;
///
/// let body = json!({
///     "model": "claude-sonnet-4-5",
///     "max_tokens": 1024,
///     "stop_sequences": ["END"],
///     "messages": [{ "role": "user", "content": "Hi." }],
/// });
/// let request = MessagesRequest::from_value(&body);
/// assert_eq!(request.model(), Some("claude-sonnet-4-5"));
/// assert_eq!(request.info().max_tokens, Some(1024));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MessagesRequest {
    provider: Option<Provider>,
    model: Option<String>,
    info: RequestInfo,
}

object! {
    Body<'de> {
        model: Text<'de> = "model",
        version: Text<'de> = "anthropic_version",
        temperature: Double = "temperature",
        top_p: Double = "top_p",
        top_k: Integer = "top_k",
        max_tokens: Integer = "max_tokens",
        stop_sequences: Texts<'de> = "stop_sequences",
        stream: Flag = "stream",
        service_tier: Text<'de> = "service_tier",
        output_format: Format<'de> = "output_format",
        output_config: OutputConfig<'de> = "output_config",
    }
}

object! {
    Format<'de> {
        kind: Text<'de> = "type",
    }
}

object! {
    OutputConfig<'de> {
        effort: Text<'de> = "effort",
        format: Format<'de> = "format",
    }
}

impl MessagesRequest {
    /// Reads a request body.
    ///
    /// # Errors
    ///
    /// If the bytes are not one JSON document.
    pub fn from_slice(body: &[u8]) -> Result<Self, Error> {
        Ok(Self::new(json::from_slice(body)?))
    }

    /// Reads a request body that is already parsed. What is no object says nothing.
    pub fn from_value(body: &Value) -> Self {
        Self::new(serde::Deserialize::deserialize(body).unwrap_or_default())
    }

    /// The model asked for, where the URL names it and not the body (Vertex AI, Bedrock).
    #[must_use]
    pub fn with_model(mut self, model: &str) -> Self {
        self.model = Some(cap_owned(Cow::Borrowed(model), MAX_NAME));
        self
    }

    fn new(body: Body<'_>) -> Self {
        let name = |Text(text): Text<'_>| text.map(|text| cap_owned(text, MAX_NAME));
        let provider = match body.version.0.as_deref() {
            Some(version) if version.starts_with("bedrock") => Provider::AWS_BEDROCK,
            Some(version) if version.starts_with("vertex") => Provider::GCP_VERTEX_AI,
            _ => Provider::ANTHROPIC,
        };
        let format = body
            .output_config
            .format
            .kind
            .0
            .or(body.output_format.kind.0);
        let info = RequestInfo {
            temperature: body.temperature.0,
            top_p: body.top_p.0,
            top_k: body.top_k.0,
            max_tokens: body.max_tokens.0,
            stop_sequences: stop_sequences(body.stop_sequences),
            stream: body.stream.0,
            output_type: (format.as_deref() == Some("json_schema"))
                .then_some(Cow::Borrowed("json")),
            reasoning_level: name(body.output_config.effort).map(Cow::Owned),
            // `auto` is what a request without the parameter gets.
            service_tier: name(body.service_tier)
                .filter(|tier| tier != "auto")
                .map(Cow::Owned),
            ..RequestInfo::default()
        };
        Self {
            provider: Some(provider),
            model: name(body.model),
            info,
        }
    }
}

pub(crate) fn stop_sequences(Texts(texts): Texts<'_>) -> Vec<String> {
    texts.into_iter().map(Cow::into_owned).collect()
}

impl LlmRequest for MessagesRequest {
    /// Anthropic, or the cloud that the body's `anthropic_version` is for.
    fn provider(&self) -> Option<Provider> {
        self.provider.clone()
    }

    fn model(&self) -> Option<&str> {
        self.model.as_deref()
    }

    fn info(&self) -> RequestInfo {
        self.info.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_parameter() {
        let body = json!({
            "model": "claude-opus-4-6", "max_tokens": 2048, "temperature": 1, "top_p": 0.9,
            "top_k": 40, "stop_sequences": ["END", "STOP"], "stream": true,
            "service_tier": "standard_only",
            "thinking": { "type": "adaptive" },
            "output_config": { "effort": "high", "format": { "type": "json_schema", "schema": {} } },
            "system": "secret", "messages": [{ "role": "user", "content": "secret" }],
        });
        let request = MessagesRequest::from_value(&body);
        assert_eq!(
            request,
            MessagesRequest::from_slice(body.to_string().as_bytes()).expect("JSON")
        );
        assert!(!format!("{request:?}").contains("secret"));
        assert_eq!(request.provider(), Some(Provider::ANTHROPIC));
        assert_eq!(request.model(), Some("claude-opus-4-6"));
        let info = request.info();
        assert_eq!(info.max_tokens, Some(2048));
        assert_eq!((info.temperature, info.top_p), (Some(1.0), Some(0.9)));
        assert_eq!(info.top_k, Some(40));
        assert_eq!(info.stop_sequences, ["END", "STOP"]);
        assert_eq!(info.stream, Some(true));
        assert_eq!(info.service_tier.as_deref(), Some("standard_only"));
        assert_eq!(info.reasoning_level.as_deref(), Some("high"));
        assert_eq!(info.output_type.as_deref(), Some("json"));
    }

    #[test]
    fn what_was_not_set_is_absent() {
        let request = MessagesRequest::from_value(&json!({ "service_tier": "auto" }));
        assert_eq!(request.model(), None);
        assert_eq!(request.info(), RequestInfo::default());
    }

    #[test]
    fn clouds_say_who_they_are() {
        let provider = |version: &str| {
            MessagesRequest::from_value(&json!({ "anthropic_version": version })).provider()
        };
        assert_eq!(provider("bedrock-2023-05-31"), Some(Provider::AWS_BEDROCK));
        assert_eq!(provider("vertex-2023-10-16"), Some(Provider::GCP_VERTEX_AI));
        let request = MessagesRequest::default().with_model("claude-sonnet-4-5");
        assert_eq!(request.model(), Some("claude-sonnet-4-5"));
    }
}
