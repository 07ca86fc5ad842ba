use crate::RequestInfo;
use crate::text::{MAX_NAME, cap_owned};
use crate::wire::forms::request;
use crate::wire::lenient::{Integer, Text, object};

request! {
    /// The body of an embeddings request.
    ///
    /// ```
    /// use agent_trace_llm::LlmRequest;
    /// use agent_trace_llm::wire::openai::EmbeddingsRequest;
    /// use serde_json::json;
    ///
    /// let body = json!({ "model": "text-embedding-3-small", "input": "Hi.", "dimensions": 256 });
    /// let request = EmbeddingsRequest::from_value(&body);
    /// assert_eq!(request.model(), Some("text-embedding-3-small"));
    /// assert_eq!(request.info().dimensions, Some(256));
    /// ```
    EmbeddingsRequest from Body
}

object! {
    Body<'de> {
        model: Text<'de> = "model",
        encoding_format: Text<'de> = "encoding_format",
        dimensions: Integer = "dimensions",
    }
}

impl EmbeddingsRequest {
    fn new(body: Body<'_>) -> Self {
        let name = |Text(text): Text<'_>| text.map(|text| cap_owned(text, MAX_NAME));
        let info = RequestInfo {
            dimensions: body.dimensions.0,
            encoding_formats: name(body.encoding_format).into_iter().collect(),
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
            "model": "text-embedding-3-large", "input": ["secret"], "user": "secret",
            "encoding_format": "base64", "dimensions": 1024,
        });
        let request = EmbeddingsRequest::from_slice(body.to_string().as_bytes()).expect("JSON");
        assert_eq!(request, EmbeddingsRequest::from_value(&body));
        assert!(!format!("{request:?}").contains("secret"));
        let expected = RequestInfo {
            encoding_formats: vec!["base64".to_owned()],
            dimensions: Some(1024),
            ..RequestInfo::default()
        };
        assert_eq!(request.info(), expected);
    }
}
