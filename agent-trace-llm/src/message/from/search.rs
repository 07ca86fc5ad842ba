//! The documents that a search has found.

use std::borrow::Cow;

use serde_json::Value;

use super::read::{list, owned};
use crate::message::{Json, RetrievalDocument};

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
