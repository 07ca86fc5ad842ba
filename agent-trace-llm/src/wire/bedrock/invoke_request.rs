use std::borrow::Cow;

use crate::text::{MAX_NAME, cap_owned};
use crate::wire::anthropic::stop_sequences;
use crate::wire::forms::request;
use crate::wire::lenient::{Double, Integer, Text, Texts, object};
use crate::{Provider, RequestInfo};

request! {
    /// The body of a request to InvokeModel, of any model family.
    ///
    /// The URL says which model is asked and whether the reply is streamed, so both are told beside the
    /// body. Each family names its parameters in its own way; all of these names are known.
    ///
    /// ```
    /// use agent_trace_llm::LlmRequest;
    /// use agent_trace_llm::wire::bedrock::InvokeRequest;
    /// use serde_json::json;
    ///
    /// let body = json!({
    ///     "inputText": "Hi.",
    ///     "textGenerationConfig": { "maxTokenCount": 512, "topP": 0.9 },
    /// });
    /// let request = InvokeRequest::from_value(&body).with_model("amazon.titan-text-express-v1");
    /// assert_eq!(request.model(), Some("amazon.titan-text-express-v1"));
    /// assert_eq!(request.info().max_tokens, Some(512));
    /// ```
    InvokeRequest from Body, Provider::AWS_BEDROCK
}

object! {
    Body<'de> {
        // Where the parameters of an SDK are in one object.
        model: Text<'de> = "modelId",
        temperature: Double = "temperature",
        top_p: Double = "top_p",
        top_k: Integer = "top_k",
        seed: Integer = "seed",
        frequency: Double = "frequency_penalty",
        presence: Double = "presence_penalty",
        max_tokens: Integer = "max_tokens",
        max_completion_tokens: Integer = "max_completion_tokens",
        stop: Texts<'de> = "stop",
        stop_sequences: Texts<'de> = "stop_sequences",
        n: Integer = "n",
        response_format: Format<'de> = "response_format",
        reasoning_effort: Text<'de> = "reasoning_effort",
        // Anthropic.
        max_tokens_to_sample: Integer = "max_tokens_to_sample",
        output_format: Format<'de> = "output_format",
        output_config: OutputConfig<'de> = "output_config",
        // Nova.
        nova: Config<'de> = "inferenceConfig",
        // Titan.
        titan: Config<'de> = "textGenerationConfig",
        // Llama.
        max_gen_len: Integer = "max_gen_len",
        // Cohere.
        p: Double = "p",
        k: Integer = "k",
        generations: Integer = "num_generations",
        // AI21 Jurassic.
        max_tokens_camel: Integer = "maxTokens",
        top_p_camel: Double = "topP",
        stop_camel: Texts<'de> = "stopSequences",
        results: Integer = "numResults",
        presence_camel: Penalty<'de> = "presencePenalty",
        frequency_camel: Penalty<'de> = "frequencyPenalty",
    }
}

object! {
    /// Parameters of Nova and of Titan.
    Config<'de> {
        temperature: Double = "temperature",
        top_p: Double = "topP",
        top_p_snake: Double = "top_p",
        top_k: Integer = "topK",
        top_k_snake: Integer = "top_k",
        max_tokens: Integer = "maxTokens",
        max_new_tokens: Integer = "max_new_tokens",
        max_token_count: Integer = "maxTokenCount",
        stop: Texts<'de> = "stopSequences",
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

object! {
    Penalty<'de> {
        scale: Double = "scale",
    }
}

impl InvokeRequest {
    /// The model asked for, as the URL names it.
    #[must_use]
    pub fn with_model(mut self, model: &str) -> Self {
        self.model = Some(cap_owned(Cow::Borrowed(model), MAX_NAME));
        self
    }

    /// Whether the reply is streamed: `InvokeModelWithResponseStream` in place of `InvokeModel`.
    #[must_use]
    pub fn with_stream(mut self, stream: bool) -> Self {
        self.info.stream = Some(stream);
        self
    }

    fn new(body: Body<'_>) -> Self {
        let name = |Text(text): Text<'_>| text.map(|text| cap_owned(text, MAX_NAME));
        let integer = |all: &[Integer]| all.iter().find_map(|n| n.0);
        let double = |all: &[Double]| all.iter().find_map(|n| n.0);
        let (nova, titan) = (body.nova, body.titan);
        let stop = [
            body.stop_sequences,
            body.stop,
            body.stop_camel,
            nova.stop,
            titan.stop,
        ];
        let formats = [
            body.response_format.kind,
            body.output_config.format.kind,
            body.output_format.kind,
        ];
        let info = RequestInfo {
            temperature: double(&[body.temperature, nova.temperature, titan.temperature]),
            top_p: double(&[
                body.top_p,
                body.p,
                body.top_p_camel,
                nova.top_p,
                nova.top_p_snake,
                titan.top_p,
            ]),
            top_k: integer(&[body.top_k, body.k, nova.top_k, nova.top_k_snake]),
            max_tokens: integer(&[
                body.max_tokens,
                body.max_completion_tokens,
                body.max_tokens_to_sample,
                body.max_gen_len,
                body.max_tokens_camel,
                nova.max_tokens,
                nova.max_new_tokens,
                titan.max_token_count,
            ]),
            seed: body.seed.0,
            frequency_penalty: double(&[body.frequency, body.frequency_camel.scale]),
            presence_penalty: double(&[body.presence, body.presence_camel.scale]),
            choice_count: integer(&[body.n, body.generations, body.results]),
            stop_sequences: stop
                .into_iter()
                .find(|texts| !texts.0.is_empty())
                .map(stop_sequences)
                .unwrap_or_default(),
            output_type: formats
                .iter()
                .find_map(|format| match format.0.as_deref()? {
                    "json_object" | "json_schema" => Some("json"),
                    "text" => Some("text"),
                    _ => None,
                })
                .map(Cow::Borrowed),
            reasoning_level: name(body.reasoning_effort)
                .or_else(|| name(body.output_config.effort))
                .map(Cow::Owned),
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
    fn every_family() {
        let bodies = [
            json!({ "anthropic_version": "bedrock-2023-05-31", "max_tokens": 100, "temperature": 0.5, "top_p": 0.9, "stop_sequences": ["END"] }),
            json!({ "prompt": "secret", "max_tokens_to_sample": 100, "temperature": 0.5, "top_p": 0.9, "stop_sequences": ["END"] }),
            json!({ "inferenceConfig": { "maxTokens": 100, "temperature": 0.5, "topP": 0.9, "stopSequences": ["END"] } }),
            json!({ "inferenceConfig": { "max_new_tokens": 100, "temperature": 0.5, "top_p": 0.9, "stopSequences": ["END"] } }),
            json!({ "textGenerationConfig": { "maxTokenCount": 100, "temperature": 0.5, "topP": 0.9, "stopSequences": ["END"] } }),
            json!({ "max_gen_len": 100, "temperature": 0.5, "top_p": 0.9, "stop": "END" }),
            json!({ "max_tokens": 100, "temperature": 0.5, "p": 0.9, "stop_sequences": ["END"] }),
            json!({ "maxTokens": 100, "temperature": 0.5, "topP": 0.9, "stopSequences": ["END"] }),
        ];
        for body in bodies {
            let request = InvokeRequest::from_value(&body).with_model("m");
            assert!(!format!("{request:?}").contains("secret"));
            let parsed = InvokeRequest::from_slice(body.to_string().as_bytes()).expect("JSON");
            assert_eq!(parsed.with_model("m"), request);
            assert_eq!(request.provider(), Some(Provider::AWS_BEDROCK));
            let info = request.info();
            let said = (info.max_tokens, info.temperature, info.top_p);
            assert_eq!(said, (Some(100), Some(0.5), Some(0.9)), "{body}");
            assert_eq!(info.stop_sequences, ["END"], "{body}");
        }
    }

    #[test]
    fn the_other_parameters() {
        let body = json!({
            "k": 20, "seed": 7, "num_generations": 2, "presencePenalty": { "scale": 0.1 },
            "frequency_penalty": 0.2, "response_format": { "type": "json_object" },
            "reasoning_effort": "low",
        });
        let info = InvokeRequest::from_value(&body).with_stream(true).info();
        assert_eq!(
            (info.top_k, info.seed, info.choice_count),
            (Some(20), Some(7), Some(2))
        );
        assert_eq!(
            (info.presence_penalty, info.frequency_penalty),
            (Some(0.1), Some(0.2))
        );
        assert_eq!(info.output_type.as_deref(), Some("json"));
        assert_eq!(info.reasoning_level.as_deref(), Some("low"));
        assert_eq!(info.stream, Some(true));
    }
}
