use std::borrow::Cow;

use crate::text::{MAX_NAME, cap_owned};
use crate::wire::forms::request;
use crate::wire::lenient::{Double, Integer, Text, Texts, object};
use crate::{Provider, RequestInfo};

request! {
    /// The body of a generation request.
    ///
    /// ```
    /// use agent_trace_llm::LlmRequest;
    /// use agent_trace_llm::wire::watsonx::GenerationRequest;
    /// use serde_json::json;
    ///
    /// let body = json!({
    ///     "model_id": "ibm/granite-3-8b-instruct",
    ///     "input": "Hi.",
    ///     "parameters": { "max_new_tokens": 200, "temperature": 0.7, "stop_sequences": ["END"] },
    /// });
    /// let request = GenerationRequest::from_value(&body);
    /// assert_eq!(request.model(), Some("ibm/granite-3-8b-instruct"));
    /// assert_eq!(request.info().max_tokens, Some(200));
    /// ```
    GenerationRequest from Body, Provider::IBM_WATSONX_AI
}

object! {
    Body<'de> {
        model_id: Text<'de> = "model_id",
        parameters: Parameters<'de> = "parameters",
    }
}

object! {
    Parameters<'de> {
        temperature: Double = "temperature",
        top_p: Double = "top_p",
        top_k: Integer = "top_k",
        max_new_tokens: Integer = "max_new_tokens",
        random_seed: Integer = "random_seed",
        stop_sequences: Texts<'de> = "stop_sequences",
    }
}

impl GenerationRequest {
    fn new(body: Body<'_>) -> Self {
        let parameters = body.parameters;
        let stop = parameters.stop_sequences.0.into_iter();
        Self {
            model: body.model_id.0.map(|model| cap_owned(model, MAX_NAME)),
            info: RequestInfo {
                temperature: parameters.temperature.0,
                top_p: parameters.top_p.0,
                top_k: parameters.top_k.0,
                max_tokens: parameters.max_new_tokens.0,
                seed: parameters.random_seed.0,
                stop_sequences: stop.map(Cow::into_owned).collect(),
                ..RequestInfo::default()
            },
        }
    }
}
