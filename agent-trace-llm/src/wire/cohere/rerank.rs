use super::error::ErrorMessage;
use super::usage::UsageBody;
use crate::text::{MAX_NAME, cap_owned};
use crate::wire::bits::{Bits, Reply};
use crate::wire::forms::{request, response};
use crate::wire::lenient::{Text, object};
use crate::{Provider, RequestInfo};

request! {
    /// The body of a rerank request. Its parameters have no name in the conventions but the model.
    ///
    /// ```
    /// use agent_trace_llm::LlmRequest;
    /// use agent_trace_llm::wire::cohere::RerankRequest;
    /// use serde_json::json;
    ///
    /// let body = json!({ "model": "rerank-v3.5", "query": "Hi.", "documents": [], "top_n": 3 });
    /// assert_eq!(RerankRequest::from_value(&body).model(), Some("rerank-v3.5"));
    /// ```
    RerankRequest from Request, Provider::COHERE
}

response! {
    /// The body of a rerank reply, or of the error that came in its place.
    ///
    /// Rerank is billed by the search and reports no tokens.
    ///
    /// ```
    /// use agent_trace_llm::wire::cohere::RerankResponse;
    ///
    /// let body = br#"{
    ///     "id": "a2c5",
    ///     "results": [{ "index": 1, "relevance_score": 0.71 }],
    ///     "meta": { "billed_units": { "search_units": 1 } }
    /// }"#;
    /// let billed = RerankResponse::from_slice(body)?.into_info().billed_usage;
    /// assert_eq!(billed.and_then(|billed| billed.search_units), Some(1));
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    RerankResponse from Body
}

object! {
    Request<'de> {
        model: Text<'de> = "model",
    }
}

object! {
    Body<'de> {
        id: Text<'de> = "id",
        meta: UsageBody<'de> = "meta",
        message: ErrorMessage = "message",
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

impl Body<'_> {
    fn reply(self) -> Reply {
        Bits {
            id: self.id.0,
            usage: self.meta.report(),
            billed: self.meta.billed(),
            error_type: self.message.error_type(),
            ..Bits::default()
        }
        .reply()
    }
}
