use std::borrow::Cow;

use crate::text::{MAX_ID, MAX_NAME, cap_owned};
use crate::wire::forms::request;
use crate::wire::lenient::{Double, Flag, Integer, Text, Texts, object};
use crate::{Provider, RequestInfo};

request! {
    /// The body of a chat request, v2 or v1.
    ///
    /// ```
    /// use agent_trace_llm::LlmRequest;
    /// use agent_trace_llm::wire::cohere::ChatRequest;
    /// use serde_json::json;
    ///
    /// let body = json!({
    ///     "model": "command-a-03-2025",
    ///     "messages": [{ "role": "user", "content": "Hi." }],
    ///     "p": 0.75,
    ///     "k": 40,
    /// });
    /// let request = ChatRequest::from_value(&body);
    /// assert_eq!(request.model(), Some("command-a-03-2025"));
    /// assert_eq!((request.info().top_p, request.info().top_k), (Some(0.75), Some(40)));
    /// ```
    ChatRequest from Body, Provider::COHERE
}

object! {
    Body<'de> {
        model: Text<'de> = "model",
        temperature: Double = "temperature",
        p: Double = "p",
        k: Integer = "k",
        frequency_penalty: Double = "frequency_penalty",
        presence_penalty: Double = "presence_penalty",
        max_tokens: Integer = "max_tokens",
        seed: Integer = "seed",
        stop_sequences: Texts<'de> = "stop_sequences",
        stream: Flag = "stream",
        response_format: ResponseFormat<'de> = "response_format",
        conversation_id: Text<'de> = "conversation_id",
        num_generations: Integer = "num_generations",
    }
}

object! {
    ResponseFormat<'de> {
        kind: Text<'de> = "type",
    }
}

impl ChatRequest {
    fn new(body: Body<'_>) -> Self {
        let output_type = match body.response_format.kind.0.as_deref() {
            Some("text") => Some("text"),
            Some("json_object") => Some("json"),
            _ => None,
        };
        let info = RequestInfo {
            temperature: body.temperature.0,
            top_p: body.p.0,
            top_k: body.k.0,
            frequency_penalty: body.frequency_penalty.0,
            presence_penalty: body.presence_penalty.0,
            max_tokens: body.max_tokens.0,
            seed: body.seed.0,
            choice_count: body.num_generations.0,
            stop_sequences: body
                .stop_sequences
                .0
                .into_iter()
                .map(Cow::into_owned)
                .collect(),
            stream: body.stream.0,
            output_type: output_type.map(Cow::Borrowed),
            conversation_id: body.conversation_id.0.map(|id| cap_owned(id, MAX_ID)),
            ..RequestInfo::default()
        };
        Self {
            model: body.model.0.map(|model| cap_owned(model, MAX_NAME)),
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
            "model": "command-r-plus", "message": "secret", "stream": true, "temperature": 0.5,
            "p": 0.9, "k": 3, "frequency_penalty": 0.25, "presence_penalty": 0, "max_tokens": 9,
            "seed": 7, "stop_sequences": ["END"], "conversation_id": "c1",
            "response_format": { "type": "json_object" },
        });
        let request = ChatRequest::from_value(&body);
        assert_eq!(
            request,
            ChatRequest::from_slice(body.to_string().as_bytes()).expect("JSON")
        );
        assert!(!format!("{request:?}").contains("secret"));
        assert_eq!(request.provider(), Some(Provider::COHERE));
        let expected = RequestInfo {
            temperature: Some(0.5),
            top_p: Some(0.9),
            top_k: Some(3),
            frequency_penalty: Some(0.25),
            presence_penalty: Some(0.0),
            max_tokens: Some(9),
            seed: Some(7),
            stop_sequences: vec!["END".to_owned()],
            stream: Some(true),
            output_type: Some("json".into()),
            conversation_id: Some("c1".to_owned()),
            ..RequestInfo::default()
        };
        assert_eq!(request.info(), expected);
    }
}
