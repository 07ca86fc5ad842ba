//! The documents and the memories that a search has found.

use std::borrow::Cow;

use serde_json::Value;

use super::read::{items, list, owned};
use crate::message::{Json, MemoryRecord, RetrievalDocument};

pub(in crate::message) fn documents(response: &Value) -> Vec<RetrievalDocument<'_>> {
    let lists = [
        "results",
        "data",
        "retrievalResults",
        "documents",
        "matches",
    ];
    let found = lists.into_iter().map(|key| list(response, key));
    let found = found.into_iter().find(|found| !found.is_empty());
    found.unwrap_or_default().iter().map(document).collect()
}

fn document(found: &Value) -> RetrievalDocument<'_> {
    let inner = found.get("document").filter(|inner| inner.is_object());
    let ids = ["id", "file_id", "document_id"];
    let id = ids.into_iter().find_map(|key| {
        let id = owned(found, key);
        id.or_else(|| owned(inner?, key))
    });
    // A reranker refers to what it was given by position.
    let position = || Some(Cow::Owned(found.get("index")?.as_u64()?.to_string()));
    let scores = ["score", "relevance_score", "similarity"];
    let score = scores.into_iter().find_map(|key| found.get(key)?.as_f64());
    let contents = ["document", "content", "text", "metadata"];
    let content = contents.into_iter().find_map(|key| found.get(key));
    let mut document = RetrievalDocument::new();
    document.id = id.or_else(position);
    document.score = score;
    document.content = content
        .filter(|said| !said.is_null())
        .map(|said| match said {
            Value::String(said) => Json::Text(Cow::Borrowed(said)),
            said => Json::Borrowed(said),
        });
    document
}

pub(in crate::message) fn memories(response: &Value) -> Vec<MemoryRecord<'_>> {
    let lists = [
        "results",
        "memories",
        "memoryRecordSummaries",
        "facts",
        "edges",
        "records",
        "items",
        "data",
    ];
    let found = lists.into_iter().map(|key| list(response, key));
    let found = found.into_iter().find(|found| !found.is_empty());
    let found = found.unwrap_or_else(|| items(response));
    found.iter().filter_map(memory).collect()
}

fn memory(found: &Value) -> Option<MemoryRecord<'_>> {
    if let Value::String(text) = found {
        return Some(MemoryRecord::new(text.as_str()));
    }
    let contents = ["memory", "content", "text", "fact", "value"];
    let content = contents
        .into_iter()
        .find_map(|key| found.get(key).filter(|said| !said.is_null()))?;
    // Bedrock AgentCore has the text in an object of its own.
    let content = match content {
        Value::Object(fields) if fields.len() == 1 => fields.get("text").unwrap_or(content),
        content => content,
    };
    let mut record = match content {
        Value::String(text) => MemoryRecord::new(text.as_str()),
        content => MemoryRecord::new(content),
    };
    let ids = ["id", "memory_id", "memoryRecordId", "uuid", "key"];
    record.id = ids.into_iter().find_map(|key| owned(found, key));
    record.score = ["score", "relevance", "similarity"]
        .into_iter()
        .find_map(|key| found.get(key)?.as_f64());
    let metadata = found
        .get("metadata")
        .filter(|metadata| metadata.is_object());
    record.metadata = metadata.map(Json::Borrowed);
    Some(record)
}
