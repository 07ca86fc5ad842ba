//! What the model can ask for, and who does it.

use async_openai::types::chat::{
    ChatCompletionMessageToolCall, ChatCompletionTool, ChatCompletionTools, FunctionObject,
};
use serde::Deserialize;
use serde_json::json;

use super::Desk;
use super::library::search_library;
use super::web::{SearchError, read_page, web_search};

/// How often a search that took too long is tried again.
const RETRIES: u32 = 2;

/// The tools, as the model is told of them.
pub(super) fn definitions() -> Vec<ChatCompletionTools> {
    [
        ("web_search", "Searches the web.", "query"),
        ("read_page", "Reads a page of the web.", "url"),
        (
            "search_library",
            "Searches the books of the house.",
            "query",
        ),
    ]
    .into_iter()
    .map(|(name, description, argument)| {
        let function = FunctionObject {
            name: name.to_owned(),
            description: Some(description.to_owned()),
            parameters: Some(json!({
                "type": "object",
                "properties": { argument: { "type": "string" } },
                "required": [argument]
            })),
            strict: None,
        };
        ChatCompletionTools::Function(ChatCompletionTool { function })
    })
    .collect()
}

#[derive(Debug, Deserialize)]
struct Query {
    query: String,
}

#[derive(Debug, Deserialize)]
struct Address {
    url: String,
}

/// Runs the tool that the model asked for and says in words what came of it: a model reads errors too.
pub(super) async fn run(desk: &Desk, call: &ChatCompletionMessageToolCall) -> String {
    let arguments = call.function.arguments.as_str();
    let outcome = match call.function.name.as_str() {
        "web_search" => match serde_json::from_str(arguments) {
            Ok(Query { query }) => search_web(desk, &call.id, &query).await,
            Err(error) => Err(error.to_string()),
        },
        "read_page" => match serde_json::from_str(arguments) {
            Ok(Address { url }) => {
                let page = read_page(&desk.web, &call.id, &url).await;
                page.map(|page| page.to_string())
                    .map_err(|error| error.to_string())
            }
            Err(error) => Err(error.to_string()),
        },
        "search_library" => match serde_json::from_str(arguments) {
            Ok(Query { query }) => {
                let passages = search_library(desk, &call.id, &query).await;
                passages
                    .map(|passages| passages.join("\n"))
                    .map_err(|error| error.to_string())
            }
            Err(error) => Err(error.to_string()),
        },
        other => Err(format!("there is no tool `{other}`")),
    };
    outcome.unwrap_or_else(|error| format!("error: {error}"))
}

/// Searches the web, again when that takes too long.
async fn search_web(desk: &Desk, call_id: &str, query: &str) -> Result<String, String> {
    for _ in 0..RETRIES {
        match web_search(&desk.web, call_id, query).await {
            Err(SearchError::Timeout) => tracing::warn!("the search took too long"),
            Ok(hits) => return Ok(hits.join("\n")),
        }
    }
    web_search(&desk.web, call_id, query)
        .await
        .map(|hits| hits.join("\n"))
        .map_err(|error| error.to_string())
}
