//! The writer: notes become a report.

use std::fmt::{self, Write as _};

use agent_trace::agent_span;
use async_openai::types::chat::{
    ChatCompletionRequestSystemMessage, ChatCompletionRequestUserMessage,
    ChatCompletionStreamOptions,
};
use futures_util::TryStreamExt as _;

use super::{Desk, DeskError, Notes, model};

const INSTRUCTIONS: &str =
    "You write a report of one paragraph from the notes you are given. Plain words, no lists.";

/// The answer to a question.
#[derive(Debug, Clone)]
pub struct Report {
    /// The question.
    pub question: String,
    /// A paragraph.
    pub text: String,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n\n{}", self.question, self.text)
    }
}

/// Writes a report from the searchers' notes.
#[agent_span(name = "writer")]
pub(super) async fn writer(
    desk: &Desk,
    question: &str,
    notes: &[Notes],
) -> Result<Report, DeskError> {
    let mut brief = format!("Question: {question}\n");
    for note in notes {
        // Writing to a string does not fail.
        let _ = writeln!(brief, "{}: {}", note.title, note.text);
    }
    let mut request = model::request(&desk.models);
    request.stream_options = Some(ChatCompletionStreamOptions {
        include_usage: Some(true),
        include_obfuscation: None,
    });
    request.messages = vec![
        ChatCompletionRequestSystemMessage::from(INSTRUCTIONS).into(),
        ChatCompletionRequestUserMessage::from(brief).into(),
    ];

    let mut text = String::new();
    let mut chunks = model::stream(&desk.client, request).await?;
    while let Some(chunk) = chunks.try_next().await? {
        for choice in chunk.choices {
            text.push_str(&choice.delta.content.unwrap_or_default());
        }
    }
    if text.is_empty() {
        return Err(DeskError::UnusableReply("a report"));
    }
    Ok(Report {
        question: question.to_owned(),
        text,
    })
}
