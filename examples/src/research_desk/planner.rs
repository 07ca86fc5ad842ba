//! The planner: one question becomes a few topics.

use agent_trace::agent_span;
use async_openai::types::chat::{
    ChatCompletionRequestSystemMessage, ChatCompletionRequestUserMessage, ResponseFormat,
};
use serde::Deserialize;

use super::{Desk, DeskError, model};

/// Topics that one report can hold.
const MOST_TOPICS: usize = 3;

const INSTRUCTIONS: &str = "You plan research. Split the question into three topics that can be \
    researched apart. Answer with JSON: {\"topics\": [{\"title\": \"..\", \"question\": \"..\"}]}";

/// A part of the question that one searcher works on.
#[derive(Debug, Clone, Deserialize)]
pub struct Topic {
    /// A word or two.
    pub title: String,
    /// What is to be found out.
    pub question: String,
}

#[derive(Debug, Deserialize)]
struct Plan {
    topics: Vec<Topic>,
}

/// Splits a question into topics that can be researched apart.
#[agent_span(name = "planner")]
pub(super) async fn planner(desk: &Desk, question: &str) -> Result<Vec<Topic>, DeskError> {
    let mut topics = plan(desk, question).await?;
    topics.truncate(MOST_TOPICS);
    if topics.is_empty() {
        return Err(DeskError::UnusableReply("a plan with a topic in it"));
    }
    Ok(topics)
}

#[agent_span(operation = "plan", name = "planner")]
async fn plan(desk: &Desk, question: &str) -> Result<Vec<Topic>, DeskError> {
    let mut request = model::request(&desk.models);
    request.response_format = Some(ResponseFormat::JsonObject);
    request.messages = vec![
        ChatCompletionRequestSystemMessage::from(INSTRUCTIONS).into(),
        ChatCompletionRequestUserMessage::from(question).into(),
    ];
    let reply = model::ask(&desk.client, request).await?;

    let text = reply
        .choices
        .first()
        .and_then(|choice| choice.message.content.as_deref());
    let plan: Plan = text
        .and_then(|text| serde_json::from_str(text).ok())
        .ok_or(DeskError::UnusableReply("a plan in JSON"))?;
    Ok(plan.topics)
}
