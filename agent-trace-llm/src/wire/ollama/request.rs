use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, MapAccess};

use crate::text::{MAX_NAME, cap_owned};
use crate::wire::forms::request;
use crate::wire::lenient::{Double, Flag, Integer, Key, Lenient, Text, Texts, lenient, object};
use crate::{Provider, RequestInfo};

request! {
    /// The body of a chat, generate or embed request.
    ///
    /// ```
    /// use agent_trace_llm::LlmRequest;
    /// use agent_trace_llm::wire::ollama::Request;
    /// use serde_json::json;
    ///
    /// let body = json!({
    ///     "model": "qwen3:8b",
    ///     "messages": [{ "role": "user", "content": "Hi." }],
    ///     "think": "low",
    ///     "options": { "temperature": 0.2, "num_predict": 512 },
    /// });
    /// let request = Request::from_value(&body);
    /// assert_eq!(request.model(), Some("qwen3:8b"));
    /// assert_eq!(request.info().max_tokens, Some(512));
    /// assert_eq!(request.info().reasoning_level.as_deref(), Some("low"));
    /// ```
    Request from Body, Provider::from_static("ollama")
}

object! {
    Body<'de> {
        model: Text<'de> = "model",
        stream: Flag = "stream",
        format: Format = "format",
        think: Text<'de> = "think",
        dimensions: Integer = "dimensions",
        options: Options<'de> = "options",
    }
}

object! {
    Options<'de> {
        temperature: Double = "temperature",
        top_p: Double = "top_p",
        top_k: Integer = "top_k",
        frequency_penalty: Double = "frequency_penalty",
        presence_penalty: Double = "presence_penalty",
        num_predict: Integer = "num_predict",
        seed: Integer = "seed",
        stop: Texts<'de> = "stop",
    }
}

/// `"json"`, or a schema: either asks for JSON.
#[derive(Debug, Default)]
pub(crate) struct Format(bool);

impl<'de> Lenient<'de> for Format {
    fn text(text: Cow<'de, str>) -> Self {
        Self(text == "json")
    }

    fn object<A: MapAccess<'de>>(first: Option<Key<'de>>, object: A) -> Result<Self, A::Error> {
        let any = first.is_some();
        Flag::object(first, object)?;
        Ok(Self(any))
    }
}

impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient(deserializer)
    }
}

impl Request {
    fn new(body: Body<'_>) -> Self {
        let name = |Text(text): Text<'_>| text.map(|text| cap_owned(text, MAX_NAME));
        let options = body.options;
        let info = RequestInfo {
            temperature: options.temperature.0,
            top_p: options.top_p.0,
            top_k: options.top_k.0,
            frequency_penalty: options.frequency_penalty.0,
            presence_penalty: options.presence_penalty.0,
            // Below zero it means "no limit".
            max_tokens: options.num_predict.0.filter(|count| *count >= 0),
            seed: options.seed.0,
            stop_sequences: options.stop.0.into_iter().map(Cow::into_owned).collect(),
            dimensions: body.dimensions.0,
            stream: body.stream.0,
            output_type: body.format.0.then_some(Cow::Borrowed("json")),
            reasoning_level: name(body.think).map(Cow::Owned),
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
            "model": "llama3.2", "prompt": "secret", "stream": false, "think": true,
            "format": { "type": "object" }, "dimensions": 64,
            "options": {
                "temperature": 0.5, "top_p": 0.9, "top_k": 3, "frequency_penalty": 0.25,
                "presence_penalty": 0, "num_predict": -1, "seed": 7, "stop": ["END"],
            },
        });
        let request = Request::from_value(&body);
        assert_eq!(
            request,
            Request::from_slice(body.to_string().as_bytes()).expect("JSON")
        );
        assert!(!format!("{request:?}").contains("secret"));
        let expected = RequestInfo {
            temperature: Some(0.5),
            top_p: Some(0.9),
            top_k: Some(3),
            frequency_penalty: Some(0.25),
            presence_penalty: Some(0.0),
            seed: Some(7),
            stop_sequences: vec!["END".to_owned()],
            dimensions: Some(64),
            stream: Some(false),
            output_type: Some("json".into()),
            ..RequestInfo::default()
        };
        assert_eq!(request.info(), expected);
        let format = |format| {
            Request::from_value(&json!({ "format": format }))
                .info()
                .output_type
        };
        assert_eq!(format(json!("json")).as_deref(), Some("json"));
        assert_eq!(format(json!("")), None);
        assert_eq!(format(json!({})), None);
    }
}
