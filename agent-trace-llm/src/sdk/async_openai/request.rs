use std::borrow::Cow;

use async_openai::types::chat::{
    CreateChatCompletionRequest, ReasoningEffort, ResponseFormat, ResponseModalities,
    StopConfiguration,
};
use async_openai::types::embeddings::{CreateEmbeddingRequest, EncodingFormat};

use super::service_tier;
use crate::message::{RequestMessages, Shape};
use crate::text::present;
use crate::wire::openai::CHAT_COMPLETIONS;
use crate::{LlmRequest, RequestInfo};

impl LlmRequest for CreateChatCompletionRequest {
    fn model(&self) -> Option<&str> {
        present(&self.model)
    }

    // `max_tokens` and `seed` are deprecated, but servers and callers still use them.
    #[allow(deprecated)]
    fn info(&self) -> RequestInfo {
        RequestInfo {
            temperature: self.temperature.and_then(widen),
            top_p: self.top_p.and_then(widen),
            frequency_penalty: self.frequency_penalty.and_then(widen),
            presence_penalty: self.presence_penalty.and_then(widen),
            max_tokens: self
                .max_completion_tokens
                .or(self.max_tokens)
                .map(i64::from),
            seed: self.seed,
            choice_count: self.n.map(i64::from),
            stop_sequences: match &self.stop {
                Some(StopConfiguration::String(stop)) => vec![stop.clone()],
                Some(StopConfiguration::StringArray(stops)) => stops.clone(),
                None => Vec::new(),
            },
            stream: self.stream,
            output_type: output_type(self).map(Cow::Borrowed),
            reasoning_level: self
                .reasoning_effort
                .as_ref()
                .map(|effort| Cow::Borrowed(reasoning_level(effort))),
            // `auto` is what a request without the parameter gets.
            service_tier: self
                .service_tier
                .as_ref()
                .map(service_tier)
                .filter(|tier| *tier != "auto")
                .map(Cow::Borrowed),
            api_type: Some(Cow::Borrowed(CHAT_COMPLETIONS)),
            ..RequestInfo::default()
        }
    }

    fn messages(&self) -> Option<RequestMessages<'_>> {
        RequestMessages::of_serialized(Shape::OpenAiChat, self)
    }
}

impl LlmRequest for CreateEmbeddingRequest {
    fn model(&self) -> Option<&str> {
        present(&self.model)
    }

    fn info(&self) -> RequestInfo {
        let format = self.encoding_format.as_ref().map(|format| match format {
            EncodingFormat::Float => "float",
            EncodingFormat::Base64 => "base64",
        });
        RequestInfo {
            dimensions: self.dimensions.map(i64::from),
            encoding_formats: format.map(str::to_owned).into_iter().collect(),
            ..RequestInfo::default()
        }
    }
}

/// The `f64` that the caller wrote: 0.2, where a plain conversion gives 0.20000000298.
pub(super) fn widen(value: f32) -> Option<f64> {
    value
        .to_string()
        .parse()
        .ok()
        .filter(|value: &f64| value.is_finite())
}

fn output_type(request: &CreateChatCompletionRequest) -> Option<&'static str> {
    let modalities = request.modalities.iter().flatten();
    if modalities
        .into_iter()
        .any(|modality| *modality == ResponseModalities::Audio)
    {
        return Some("speech");
    }
    request.response_format.as_ref().map(|format| match format {
        ResponseFormat::Text => "text",
        ResponseFormat::JsonObject | ResponseFormat::JsonSchema { .. } => "json",
    })
}

/// As the provider spells it.
pub(super) fn reasoning_level(effort: &ReasoningEffort) -> &'static str {
    match effort {
        ReasoningEffort::None => "none",
        ReasoningEffort::Minimal => "minimal",
        ReasoningEffort::Low => "low",
        ReasoningEffort::Medium => "medium",
        ReasoningEffort::High => "high",
        ReasoningEffort::Xhigh => "xhigh",
        ReasoningEffort::Max => "max",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::openai::{ChatRequest, EmbeddingsRequest};
    use serde_json::json;

    /// The crate's own JSON of a request, read by the wire adapter, has to say the same.
    fn agree(body: serde_json::Value) -> RequestInfo {
        let request: CreateChatCompletionRequest = serde_json::from_value(body).expect("a request");
        let sent = serde_json::to_vec(&request).expect("JSON");
        let wire = ChatRequest::from_slice(&sent).expect("JSON");
        assert_eq!(request.model(), wire.model());
        assert_eq!(request.info(), wire.info());
        request.info()
    }

    #[test]
    fn every_parameter() {
        let info = agree(json!({
            "model": "gpt-5-mini", "messages": [],
            "temperature": 0.2, "top_p": 0.1, "frequency_penalty": -0.3, "presence_penalty": 1.7,
            "max_completion_tokens": 100, "max_tokens": 200, "seed": -7, "n": 2,
            "stop": ["a", "b"], "stream": true, "reasoning_effort": "xhigh", "service_tier": "flex",
            "response_format": { "type": "json_object" },
        }));
        assert_eq!(info.temperature, Some(0.2));
        assert_eq!(info.top_p, Some(0.1));
        assert_eq!(info.frequency_penalty, Some(-0.3));
        assert_eq!(info.presence_penalty, Some(1.7));
        assert_eq!(info.max_tokens, Some(100));
        assert_eq!(info.seed, Some(-7));
        assert_eq!(info.choice_count, Some(2));
        assert_eq!(info.stop_sequences, ["a", "b"]);
        assert_eq!(info.stream, Some(true));
        assert_eq!(info.reasoning_level.as_deref(), Some("xhigh"));
        assert_eq!(info.service_tier.as_deref(), Some("flex"));
        assert_eq!(info.output_type.as_deref(), Some("json"));
        assert_eq!(info.api_type.as_deref(), Some("chat_completions"));
    }

    #[test]
    fn every_spelling() {
        for effort in ["none", "minimal", "low", "medium", "high", "xhigh", "max"] {
            let info = agree(json!({ "model": "m", "messages": [], "reasoning_effort": effort }));
            assert_eq!(info.reasoning_level.as_deref(), Some(effort));
        }
        for tier in ["default", "flex", "scale", "priority", "fast"] {
            let info = agree(json!({ "model": "m", "messages": [], "service_tier": tier }));
            assert_eq!(info.service_tier.as_deref(), Some(tier));
        }
        agree(json!({ "model": "", "messages": [], "service_tier": "auto", "stop": "x" }));
        agree(json!({ "model": "m", "messages": [], "max_tokens": 5, "modalities": ["audio"] }));
        agree(json!({ "model": "m", "messages": [], "response_format": { "type": "text" } }));
    }

    #[test]
    fn embeddings() {
        for body in [
            json!({ "model": "e", "input": "x", "encoding_format": "base64", "dimensions": 256 }),
            json!({ "model": "e", "input": ["x"], "encoding_format": "float" }),
            json!({ "model": "e", "input": [1, 2] }),
        ] {
            let request: CreateEmbeddingRequest = serde_json::from_value(body).expect("a request");
            let sent = serde_json::to_vec(&request).expect("JSON");
            let wire = EmbeddingsRequest::from_slice(&sent).expect("JSON");
            assert_eq!(request.model(), wire.model());
            assert_eq!(request.info(), wire.info());
        }
    }

    #[test]
    fn numbers_are_what_the_caller_wrote() {
        assert_eq!(widen(0.2), Some(0.2));
        assert_eq!(widen(f32::MAX).map(|value| value as f32), Some(f32::MAX));
        assert_eq!(widen(f32::NAN), None);
        assert_eq!(widen(f32::INFINITY), None);
    }

    #[test]
    fn messages() {
        use crate::message::ToolDetail;

        let body = json!({
            "model": "m",
            "messages": [
                { "role": "developer", "content": "Be brief." },
                { "role": "user", "name": "ann", "content": [
                    { "type": "text", "text": "What is it?" },
                    { "type": "image_url", "image_url": { "url": "https://example.com/a.png" } } ] },
                { "role": "assistant", "tool_calls": [{ "id": "a", "type": "function",
                    "function": { "name": "look", "arguments": "{\"at\":1}" } }] },
                { "role": "tool", "tool_call_id": "a", "content": "rain" },
            ],
            "tools": [{ "type": "function", "function": { "name": "look", "description": "Looks.",
                "parameters": { "type": "object" } } }],
        });
        let request: CreateChatCompletionRequest =
            serde_json::from_value(body.clone()).expect("a request");
        let said = request.messages().expect("messages");
        let wire = RequestMessages::of_body(Shape::OpenAiChat, &body);
        assert_eq!(said.input().len(), 4);
        assert_eq!(said.input(), wire.input());
        for detail in [ToolDetail::Names, ToolDetail::Full] {
            assert_eq!(said.tool_definitions(detail).len(), 1);
            assert_eq!(said.tool_definitions(detail), wire.tool_definitions(detail));
        }
    }
}
