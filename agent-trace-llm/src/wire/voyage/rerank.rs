use super::embeddings::Body;
use crate::text::{MAX_NAME, cap_owned};
use crate::wire::forms::{request, response};
use crate::wire::lenient::{Text, object};
use crate::{Provider, RequestInfo};

request! {
    /// The body of a rerank request. Its parameters have no name in the conventions but the model.
    ///
    /// ```
    /// use agent_trace_llm::LlmRequest;
    /// use agent_trace_llm::wire::voyage::RerankRequest;
    /// use serde_json::json;
    ///
    /// let body = json!({ "model": "rerank-2.5", "query": "Hi.", "documents": [], "top_k": 3 });
    /// assert_eq!(RerankRequest::from_value(&body).model(), Some("rerank-2.5"));
    /// ```
    RerankRequest from Request, Provider::from_static("voyage")
}

response! {
    /// The body of a rerank reply, or of the error that came in its place.
    ///
    /// ```
    /// use agent_trace_llm::LlmResponse;
    /// use agent_trace_llm::wire::voyage::RerankResponse;
    ///
    /// let body = br#"{ "data": [], "model": "rerank-2.5", "usage": { "total_tokens": 26 } }"#;
    /// let info = RerankResponse::from_slice(body)?.info();
    /// assert_eq!(info.usage.and_then(|usage| usage.input_tokens), Some(26));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    RerankResponse from Body
}

object! {
    Request<'de> {
        model: Text<'de> = "model",
    }
}

impl RerankRequest {
    fn new(body: Request<'_>) -> Self {
        Self {
            model: body.model.0.map(|model| cap_owned(model, MAX_NAME)),
            info: RequestInfo::default(),
        }
    }
}
