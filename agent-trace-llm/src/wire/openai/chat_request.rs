use std::borrow::Cow;

use crate::RequestInfo;
use crate::text::{MAX_NAME, cap_owned};
use crate::wire::forms::request;
use crate::wire::lenient::{Double, Flag, Integer, Text, Texts, object};
use crate::wire::openai::CHAT_COMPLETIONS;

request! {
    /// The body of a chat completion request.
    ///
    /// For code that sends JSON of its own making: pass it to `#[llm_call(request = ..)]`.
    ///
    /// ```
    /// use agent_trace_llm::LlmRequest;
    /// use agent_trace_llm::wire::openai::ChatRequest;
    /// use serde_json::json;
    ///
    /// let body = json!({
    ///     "model": "gpt-4o",
    ///     "temperature": 0.2,
    ///     "max_completion_tokens": 512,
    ///     "messages": [{ "role": "user", "content": "Hi." }],
    /// });
    /// let request = ChatRequest::from_value(&body);
    /// assert_eq!(request.model(), Some("gpt-4o"));
    /// assert_eq!(request.info().max_tokens, Some(512));
    /// ```
    ChatRequest from Body
}

object! {
    Body<'de> {
        model: Text<'de> = "model",
        temperature: Double = "temperature",
        top_p: Double = "top_p",
        frequency_penalty: Double = "frequency_penalty",
        presence_penalty: Double = "presence_penalty",
        top_k: Integer = "top_k",
        max_completion_tokens: Integer = "max_completion_tokens",
        max_tokens: Integer = "max_tokens",
        seed: Integer = "seed",
        n: Integer = "n",
        stop: Texts<'de> = "stop",
        stream: Flag = "stream",
        response_format: ResponseFormat<'de> = "response_format",
        modalities: Texts<'de> = "modalities",
        reasoning_effort: Text<'de> = "reasoning_effort",
        service_tier: Text<'de> = "service_tier",
    }
}

object! {
    ResponseFormat<'de> {
        kind: Text<'de> = "type",
    }
}

impl ChatRequest {
    fn new(body: Body<'_>) -> Self {
        let name = |Text(text): Text<'_>| text.map(|text| cap_owned(text, MAX_NAME));
        let info = RequestInfo {
            temperature: body.temperature.0,
            top_p: body.top_p.0,
            frequency_penalty: body.frequency_penalty.0,
            presence_penalty: body.presence_penalty.0,
            top_k: body.top_k.0,
            max_tokens: body.max_completion_tokens.0.or(body.max_tokens.0),
            seed: body.seed.0,
            choice_count: body.n.0,
            stop_sequences: body.stop.0.into_iter().map(Cow::into_owned).collect(),
            stream: body.stream.0,
            output_type: output_type(body.response_format.kind.0.as_deref(), &body.modalities)
                .map(Cow::Borrowed),
            reasoning_level: name(body.reasoning_effort).map(Cow::Owned),

            // `auto` is what a request without the parameter gets.
            service_tier: name(body.service_tier)
                .filter(|tier| tier != "auto")
                .map(Cow::Owned),
            api_type: Some(Cow::Borrowed(CHAT_COMPLETIONS)),
            ..RequestInfo::default()
        };
        Self {
            model: name(body.model),
            info,
        }
    }
}

/// `gen_ai.output.type`, if the request asks for one.
fn output_type(format: Option<&str>, modalities: &Texts<'_>) -> Option<&'static str> {
    if modalities.0.iter().any(|modality| modality == "audio") {
        return Some("speech");
    }
    match format {
        Some("text") => Some("text"),
        Some("json_object" | "json_schema") => Some("json"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LlmRequest;
    use serde_json::{Value, json};

    #[test]
    fn every_parameter() {
        let body = json!({
            "model": "gpt-5-mini",
            "messages": [{ "role": "user", "content": "secret" }],
            "temperature": 1, "top_p": 0.5, "frequency_penalty": -0.25, "presence_penalty": 0.125,
            "max_completion_tokens": 100, "max_tokens": 200, "seed": -7, "n": 2,
            "stop": ["\n", "END"], "stream": true,
            "response_format": { "type": "json_schema", "json_schema": { "name": "secret" } },
            "reasoning_effort": "minimal", "service_tier": "flex",
        });
        let request = ChatRequest::from_value(&body);
        assert_eq!(
            request,
            ChatRequest::from_slice(body.to_string().as_bytes()).expect("JSON")
        );
        assert_eq!(request.model(), Some("gpt-5-mini"));
        assert!(!format!("{request:?}").contains("secret"));

        let expected = RequestInfo {
            temperature: Some(1.0),
            top_p: Some(0.5),
            frequency_penalty: Some(-0.25),
            presence_penalty: Some(0.125),
            max_tokens: Some(100),
            seed: Some(-7),
            choice_count: Some(2),
            stop_sequences: vec!["\n".to_owned(), "END".to_owned()],
            stream: Some(true),
            output_type: Some("json".into()),
            reasoning_level: Some("minimal".into()),
            service_tier: Some("flex".into()),
            api_type: Some("chat_completions".into()),
            ..RequestInfo::default()
        };
        assert_eq!(request.info(), expected);
    }

    #[test]
    fn what_is_not_asked_for_is_absent() {
        let request = ChatRequest::from_value(&json!({ "model": "", "service_tier": "auto" }));
        assert_eq!(request.model(), None);
        let expected = RequestInfo {
            api_type: Some("chat_completions".into()),
            ..RequestInfo::default()
        };
        assert_eq!(request.info(), expected);
    }

    #[test]
    fn alternatives() {
        let info = |body: Value| ChatRequest::from_value(&body).info();
        assert_eq!(info(json!({ "max_tokens": 5 })).max_tokens, Some(5));
        assert_eq!(info(json!({ "stop": "END" })).stop_sequences, ["END"]);
        assert_eq!(info(json!({ "stop": null })).stop_sequences, [""; 0]);
        let output = |body: Value| info(body).output_type;
        assert_eq!(
            output(json!({ "modalities": ["text", "audio"] })).as_deref(),
            Some("speech")
        );
        assert_eq!(
            output(json!({ "response_format": { "type": "text" } })).as_deref(),
            Some("text")
        );
        assert_eq!(output(json!({ "modalities": ["text"] })), None);
    }

    #[test]
    fn an_odd_parameter_costs_no_other() {
        let body = json!({
            "temperature": "hot", "n": 1.5, "stop": { "a": 1 }, "stream": "yes", "seed": 1e300,
            "response_format": "json", "model": "gpt-4o",
        });
        let request = ChatRequest::from_value(&body);
        assert_eq!(request.model(), Some("gpt-4o"));
        let expected = RequestInfo {
            api_type: Some("chat_completions".into()),
            ..RequestInfo::default()
        };
        assert_eq!(request.info(), expected);
        assert_eq!(ChatRequest::from_value(&json!([1])).model(), None);
    }
}
