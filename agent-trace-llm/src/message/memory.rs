use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::Json;

/// One entry of `gen_ai.memory.records`: a record that a memory was given, or that it found.
///
/// ```
/// use agent_trace_llm::message::MemoryRecord;
///
/// let record = MemoryRecord::new("Prefers trains.").with_id("mem_1").with_score(0.5);
/// assert_eq!(
///     serde_json::to_string(&record)?,
///     r#"{"id":"mem_1","content":"Prefers trains.","score":0.5}"#
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MemoryRecord<'a> {
    /// The identifier of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Cow<'a, str>>,
    /// What is remembered: the one field that the schema demands.
    pub content: Json<'a>,
    /// What the store knows of it besides: an object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Json<'a>>,
    /// How relevant a search found it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

impl<'a> MemoryRecord<'a> {
    /// A record with its content.
    pub fn new(content: impl Into<Json<'a>>) -> Self {
        Self {
            id: None,
            content: content.into(),
            metadata: None,
            score: None,
        }
    }

    /// The records in the answer of a memory service: Mem0 (`results` or the list itself, with
    /// `memory`), Zep (`edges`, with `fact`), Bedrock AgentCore (`memoryRecordSummaries`), LangGraph
    /// stores (`items`, with `value`), and what is alike. An entry without content is none.
    ///
    /// ```
    /// use agent_trace_llm::message::MemoryRecord;
    /// use serde_json::json;
    ///
    /// let found = json!({ "results": [{ "id": "m1", "memory": "Prefers trains.", "score": 0.5 }] });
    /// let records = MemoryRecord::of_search(&found);
    /// assert_eq!(records, [MemoryRecord::new("Prefers trains.").with_id("m1").with_score(0.5)]);
    /// ```
    pub fn of_search(response: &'a Value) -> Vec<Self> {
        super::from::search::memories(response)
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

    /// The same with what the store knows of it. The schema demands an object; anything else is left
    /// out.
    #[must_use]
    pub fn with_metadata(mut self, metadata: impl Into<Json<'a>>) -> Self {
        self.metadata = Some(metadata.into()).filter(Json::is_object);
        self
    }
}
