use std::borrow::Cow;

use ::ollama_rs::generation::chat::request::ChatMessageRequest;
use ::ollama_rs::generation::completion::request::GenerationRequest;
use ::ollama_rs::generation::embeddings::request::GenerateEmbeddingsRequest;
use ::ollama_rs::generation::parameters::{FormatType, ThinkType};
use ::ollama_rs::models::ModelOptions;
use serde_json::Value;

use super::OLLAMA;
use crate::message::{RequestMessages, Shape};
use crate::text::present;
use crate::{LlmRequest, Provider, RequestInfo};

impl LlmRequest for ChatMessageRequest {
    fn provider(&self) -> Option<Provider> {
        Some(OLLAMA)
    }

    fn model(&self) -> Option<&str> {
        present(&self.model_name)
    }

    /// Whether the reply is streamed is set by the crate when it sends the request.
    fn info(&self) -> RequestInfo {
        parameters(
            self.options.as_ref(),
            self.format.as_ref(),
            self.think.as_ref(),
        )
    }

    fn messages(&self) -> Option<RequestMessages<'_>> {
        RequestMessages::of_serialized(Shape::OllamaChat, self)
    }
}

impl LlmRequest for GenerationRequest<'_> {
    fn provider(&self) -> Option<Provider> {
        Some(OLLAMA)
    }

    fn model(&self) -> Option<&str> {
        present(&self.model_name)
    }

    /// Whether the reply is streamed is set by the crate when it sends the request.
    fn info(&self) -> RequestInfo {
        parameters(
            self.options.as_ref(),
            self.format.as_ref(),
            self.think.as_ref(),
        )
    }

    fn messages(&self) -> Option<RequestMessages<'_>> {
        RequestMessages::of_serialized(Shape::OllamaGenerate, self)
    }
}

impl LlmRequest for GenerateEmbeddingsRequest {
    fn provider(&self) -> Option<Provider> {
        Some(OLLAMA)
    }

    fn model(&self) -> Option<&str> {
        present(&self.model_name)
    }

    fn info(&self) -> RequestInfo {
        RequestInfo {
            dimensions: self.dimensions.map(i64::from),
            ..RequestInfo::default()
        }
    }
}

fn parameters(
    options: Option<&ModelOptions>,
    format: Option<&FormatType>,
    think: Option<&ThinkType>,
) -> RequestInfo {
    let mut info = RequestInfo {
        output_type: format.map(|_| Cow::Borrowed("json")),
        reasoning_level: think.and_then(reasoning_level).map(Cow::Borrowed),
        ..RequestInfo::default()
    };
    // The fields are private. As text, because that has the numbers as they were written: 0.2 where
    // the value of an `f32` is 0.20000000298.
    let options = options.and_then(|options| serde_json::to_string(options).ok());
    let options = options.and_then(|text| serde_json::from_str::<Value>(&text).ok());
    if let Some(options) = options {
        let double = |name| options.get(name).and_then(Value::as_f64);
        let integer = |name| options.get(name).and_then(Value::as_i64);
        info.temperature = double("temperature");
        info.top_p = double("top_p");
        info.top_k = integer("top_k");
        info.seed = integer("seed");
        // These two are among those that the crate does not name.
        info.frequency_penalty = double("frequency_penalty");
        info.presence_penalty = double("presence_penalty");
        // -1 and -2 are no limit.
        info.max_tokens = integer("num_predict").filter(|limit| *limit >= 0);
        let stops = options.get("stop").and_then(Value::as_array);
        let stops = stops.into_iter().flatten().filter_map(Value::as_str);
        info.stop_sequences = stops.map(str::to_owned).collect();
    }
    info
}

/// On and off are no levels.
fn reasoning_level(think: &ThinkType) -> Option<&'static str> {
    match think {
        ThinkType::True | ThinkType::False => None,
        ThinkType::Low => Some("low"),
        ThinkType::Medium => Some("medium"),
        ThinkType::High => Some("high"),
    }
}
