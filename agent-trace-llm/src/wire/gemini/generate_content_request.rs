use std::borrow::Cow;

use crate::text::{MAX_NAME, cap, cap_owned};
use crate::wire::forms::request;
use crate::wire::lenient::{Double, Integer, Text, Texts, object};
use crate::{Provider, RequestInfo};

request! {
    /// The body of a request to `generateContent`.
    ///
    /// The URL says which model is asked and whether the reply is streamed, so both are told beside the
    /// body. Names of fields are read as the documentation writes them and as its examples do
    /// (`generationConfig`, `generation_config`).
    ///
    /// The provider is Google; which of its endpoints is not in the body, and a client's URL knows it better.
    ///
    /// ```
    /// use agent_trace_llm::LlmRequest;
    /// use agent_trace_llm::wire::gemini::GenerateContentRequest;
    /// use serde_json::json;
    ///
    /// let body = json!({
    ///     "contents": [{ "parts": [{ "text": "Hi." }] }],
    ///     "generationConfig": { "temperature": 0.2, "maxOutputTokens": 512 },
    /// });
    /// let request = GenerateContentRequest::from_value(&body).with_model("gemini-2.5-flash");
    /// assert_eq!(request.model(), Some("gemini-2.5-flash"));
    /// assert_eq!(request.info().max_tokens, Some(512));
    /// ```
    GenerateContentRequest from Body, Provider::GCP_GEN_AI
}

object! {
    Body<'de> {
        model: Text<'de> = "model",
        config: Config<'de> = "generationConfig",
        config_snake: Config<'de> = "generation_config",
        service_tier: Text<'de> = "serviceTier",
        service_tier_snake: Text<'de> = "service_tier",
    }
}

object! {
    Config<'de> {
        temperature: Double = "temperature",
        top_p: Double = "topP",
        top_p_snake: Double = "top_p",
        top_k: Integer = "topK",
        top_k_snake: Integer = "top_k",
        max_tokens: Integer = "maxOutputTokens",
        max_tokens_snake: Integer = "max_output_tokens",
        stop: Texts<'de> = "stopSequences",
        stop_snake: Texts<'de> = "stop_sequences",
        seed: Integer = "seed",
        candidates: Integer = "candidateCount",
        candidates_snake: Integer = "candidate_count",
        presence: Double = "presencePenalty",
        presence_snake: Double = "presence_penalty",
        frequency: Double = "frequencyPenalty",
        frequency_snake: Double = "frequency_penalty",
        mime_type: Text<'de> = "responseMimeType",
        mime_type_snake: Text<'de> = "response_mime_type",
        modalities: Texts<'de> = "responseModalities",
        modalities_snake: Texts<'de> = "response_modalities",
        thinking: Thinking<'de> = "thinkingConfig",
        thinking_snake: Thinking<'de> = "thinking_config",
    }
}

object! {
    Thinking<'de> {
        level: Text<'de> = "thinkingLevel",
        level_snake: Text<'de> = "thinking_level",
    }
}

impl GenerateContentRequest {
    /// The model asked for, as the URL names it, with or without what comes before its name
    /// (`models/`, `projects/../publishers/google/models/`).
    #[must_use]
    pub fn with_model(mut self, model: &str) -> Self {
        self.model = model_name(model);
        self
    }

    /// Whether the reply is streamed: `streamGenerateContent` in place of `generateContent`.
    #[must_use]
    pub fn with_stream(mut self, stream: bool) -> Self {
        self.info.stream = Some(stream);
        self
    }

    fn new(body: Body<'_>) -> Self {
        let name = |Text(text): Text<'_>| text.map(|text| cap_owned(text, MAX_NAME));
        let (config, snake) = (body.config, body.config_snake);
        let either = |a: Integer, a_snake: Integer, b: Integer, b_snake: Integer| {
            a.0.or(a_snake.0).or(b.0).or(b_snake.0)
        };
        let double = |a: Double, a_snake: Double, b: Double, b_snake: Double| {
            a.0.or(a_snake.0).or(b.0).or(b_snake.0)
        };
        let stop = [config.stop, config.stop_snake, snake.stop, snake.stop_snake];
        let modalities = [
            config.modalities,
            config.modalities_snake,
            snake.modalities,
            snake.modalities_snake,
        ];
        let mime_type = [
            config.mime_type,
            config.mime_type_snake,
            snake.mime_type,
            snake.mime_type_snake,
        ];
        let level = [
            config.thinking.level,
            config.thinking.level_snake,
            config.thinking_snake.level,
            config.thinking_snake.level_snake,
            snake.thinking.level,
            snake.thinking.level_snake,
            snake.thinking_snake.level,
            snake.thinking_snake.level_snake,
        ];
        let info = RequestInfo {
            temperature: config.temperature.0.or(snake.temperature.0),
            top_p: double(
                config.top_p,
                config.top_p_snake,
                snake.top_p,
                snake.top_p_snake,
            ),
            top_k: either(
                config.top_k,
                config.top_k_snake,
                snake.top_k,
                snake.top_k_snake,
            ),
            max_tokens: either(
                config.max_tokens,
                config.max_tokens_snake,
                snake.max_tokens,
                snake.max_tokens_snake,
            ),
            seed: config.seed.0.or(snake.seed.0),
            choice_count: either(
                config.candidates,
                config.candidates_snake,
                snake.candidates,
                snake.candidates_snake,
            ),
            presence_penalty: double(
                config.presence,
                config.presence_snake,
                snake.presence,
                snake.presence_snake,
            ),
            frequency_penalty: double(
                config.frequency,
                config.frequency_snake,
                snake.frequency,
                snake.frequency_snake,
            ),
            stop_sequences: first(stop).into_iter().map(Cow::into_owned).collect(),
            output_type: output_type(
                mime_type.iter().find_map(|text| text.0.as_deref()),
                &first(modalities),
            )
            .map(Cow::Borrowed),
            reasoning_level: level.into_iter().find_map(name).map(Cow::Owned),
            service_tier: name(body.service_tier)
                .or_else(|| name(body.service_tier_snake))
                .map(Cow::Owned),
            ..RequestInfo::default()
        };
        Self {
            model: body.model.0.as_deref().and_then(model_name),
            info,
        }
    }
}

/// The first list that has anything in it.
fn first<const N: usize>(lists: [Texts<'_>; N]) -> Vec<Cow<'_, str>> {
    lists
        .into_iter()
        .map(|Texts(texts)| texts)
        .find(|texts| !texts.is_empty())
        .unwrap_or_default()
}

/// `gen_ai.output.type`, if the request asks for one.
pub(crate) fn output_type(
    mime_type: Option<&str>,
    modalities: &[Cow<'_, str>],
) -> Option<&'static str> {
    let asks = |name: &str| {
        modalities
            .iter()
            .any(|other| other.eq_ignore_ascii_case(name))
    };
    if asks("audio") {
        return Some("speech");
    }
    if asks("image") {
        return Some("image");
    }
    match mime_type {
        Some("application/json" | "text/x.enum") => Some("json"),
        Some("text/plain") => Some("text"),
        _ => None,
    }
}

/// The name of a model without the path before it.
pub(crate) fn model_name(model: &str) -> Option<String> {
    let name = match model.rsplit_once("models/") {
        Some((_, name)) => name,
        None => model,
    };
    crate::text::present(name).map(|name| cap(name, MAX_NAME).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LlmRequest;
    use serde_json::{Value, json};

    #[test]
    fn every_parameter_in_both_spellings() {
        let camel = json!({
            "model": "models/gemini-3-pro-preview", "contents": [{ "parts": [{ "text": "secret" }] }],
            "generationConfig": {
                "temperature": 0.5, "topP": 0.9, "topK": 40, "maxOutputTokens": 100, "seed": 7,
                "candidateCount": 2, "presencePenalty": 0.1, "frequencyPenalty": 0.2,
                "stopSequences": ["END"], "responseMimeType": "application/json",
                "thinkingConfig": { "thinkingLevel": "low" },
            },
            "serviceTier": "flex",
        });
        let snake = json!({
            "model": "projects/p/locations/l/publishers/google/models/gemini-3-pro-preview",
            "generation_config": {
                "temperature": 0.5, "top_p": 0.9, "top_k": 40, "max_output_tokens": 100, "seed": 7,
                "candidate_count": 2, "presence_penalty": 0.1, "frequency_penalty": 0.2,
                "stop_sequences": ["END"], "response_mime_type": "application/json",
                "thinking_config": { "thinking_level": "low" },
            },
            "service_tier": "flex",
        });
        let request = GenerateContentRequest::from_value(&camel);
        assert_eq!(request, GenerateContentRequest::from_value(&snake));
        assert_eq!(
            request,
            GenerateContentRequest::from_slice(camel.to_string().as_bytes()).expect("JSON")
        );
        assert_eq!(request.model(), Some("gemini-3-pro-preview"));
        let info = request.with_stream(true).info();
        assert_eq!(
            (info.temperature, info.top_p, info.top_k),
            (Some(0.5), Some(0.9), Some(40))
        );
        assert_eq!(
            (info.max_tokens, info.seed, info.choice_count),
            (Some(100), Some(7), Some(2))
        );
        assert_eq!(
            (info.presence_penalty, info.frequency_penalty),
            (Some(0.1), Some(0.2))
        );
        assert_eq!(info.stop_sequences, ["END"]);
        assert_eq!(info.output_type.as_deref(), Some("json"));
        assert_eq!(info.reasoning_level.as_deref(), Some("low"));
        assert_eq!(info.service_tier.as_deref(), Some("flex"));
        assert_eq!(info.stream, Some(true));
    }

    #[test]
    fn what_is_asked_for() {
        let asked = |config: Value| {
            GenerateContentRequest::from_value(&json!({ "generationConfig": config }))
                .info()
                .output_type
        };
        assert_eq!(
            asked(json!({ "responseModalities": ["TEXT", "IMAGE"] })).as_deref(),
            Some("image")
        );
        assert_eq!(
            asked(json!({ "responseModalities": ["AUDIO"] })).as_deref(),
            Some("speech")
        );
        assert_eq!(
            asked(json!({ "responseMimeType": "text/plain" })).as_deref(),
            Some("text")
        );
        assert_eq!(asked(json!({})), None);
    }
}
