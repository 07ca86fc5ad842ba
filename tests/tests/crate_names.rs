//! A crate whose dependencies have the names that an expansion might rely on.

extern crate futures_core as alloc;
extern crate futures_core as core;
extern crate futures_util as tracing;
extern crate serde_json as opentelemetry;

use agent_trace::testing::capture_async;
use agent_trace::{agent_span, llm_call, tool_call};
use futures_core::Stream;
use futures_util::StreamExt as _;

/// Documented.
#[agent_span(conversation = question, fields(given = 1, shown = %question))]
async fn agent(question: &str) -> Result<String, String> {
    if question.is_empty() {
        return Err(tool(question));
    }
    Ok(tool(question))
}

#[tool_call(call_id = ?query, level = "info")]
fn tool(query: &str) -> String {
    query.to_owned()
}

#[llm_call(provider = "openai", model = "m", temperature = 0.5)]
fn stream(prompt: String) -> impl Stream<Item = Result<String, String>> {
    futures_util::stream::iter([Ok(prompt)])
}

#[test]
fn no_name_is_relied_on() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let captured = runtime.block_on(capture_async(async {
        agent("why?").await.unwrap();
        stream(String::new()).count().await
    }));
    assert_eq!(captured.value, 1);
    assert_eq!(
        captured.spans.names(),
        ["invoke_agent agent", "execute_tool tool", "chat m"]
    );
}
