use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::Json;

/// One entry of `gen_ai.retrieval.documents`: a document that a search found.
///
/// ```
/// use agent_trace_llm::message::RetrievalDocument;
///
/// let document = RetrievalDocument::new().with_id("doc_1").with_score(0.75);
/// assert_eq!(serde_json::to_string(&document)?, r#"{"id":"doc_1","score":0.75}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RetrievalDocument<'a> {
    /// The identifier of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Cow<'a, str>>,
    /// How relevant the search found it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// The text or the fields of the document. The schema allows any further property, and most
    /// backends show this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Json<'a>>,
}

impl<'a> RetrievalDocument<'a> {
    /// A document of which nothing is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// The documents of a search response: Cohere, Voyage and Jina rerank (`results`, `data`; the id
    /// is the position in the request where there is no other), OpenAI vector stores (`data`),
    /// Bedrock knowledge bases (`retrievalResults`), and what is alike.
    ///
    /// ```
    /// use agent_trace_llm::message::RetrievalDocument;
    /// use serde_json::json;
    ///
    /// let response = json!({ "results": [{ "index": 2, "relevance_score": 0.98 }] });
    /// let documents = RetrievalDocument::of_search(&response);
    /// assert_eq!(serde_json::to_string(&documents)?, r#"[{"id":"2","score":0.98}]"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn of_search(response: &'a Value) -> Vec<Self> {
        super::from::search::documents(response)
    }

    /// The same with an identifier.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<Cow<'a, str>>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The same with a score. One that is not finite has no place in JSON and is left out.
    #[must_use]
    pub fn with_score(mut self, score: f64) -> Self {
        self.score = Some(score).filter(|score| score.is_finite());
        self
    }

    /// The same with its content.
    #[must_use]
    pub fn with_content(mut self, content: impl Into<Json<'a>>) -> Self {
        self.content = Some(content.into());
        self
    }
}
