//! A searcher: works on one topic with tools until it has something to say.

use std::sync::Arc;

use agent_trace::agent_span;
use async_openai::types::chat::{
    ChatCompletionMessageToolCalls, ChatCompletionRequestAssistantMessage,
    ChatCompletionRequestAssistantMessageContent, ChatCompletionRequestMessage,
    ChatCompletionRequestSystemMessage, ChatCompletionRequestToolMessage,
    ChatCompletionRequestUserMessage, ChatCompletionResponseMessage,
};
use futures_util::future::join_all;

use super::{Desk, DeskError, Topic, model, tools};

/// Rounds of tools before a searcher has to come to an end.
const MOST_ROUNDS: usize = 4;

const INSTRUCTIONS: &str = "You research one topic. Use the tools, then answer with notes of two \
    or three sentences. Say where a source was missing.";

/// What a searcher found.
#[derive(Debug, Clone)]
pub struct Notes {
    /// The topic's title.
    pub title: String,
    /// What there is to say on it.
    pub text: String,
}

/// Researches one topic with tools.
#[agent_span(name = "searcher", fields(topic = number))]
pub(super) async fn searcher(
    desk: Arc<Desk>,
    number: usize,
    topic: Topic,
) -> Result<Notes, DeskError> {
    let mut messages: Vec<ChatCompletionRequestMessage> = vec![
        ChatCompletionRequestSystemMessage::from(INSTRUCTIONS).into(),
        ChatCompletionRequestUserMessage::from(format!("{}: {}", topic.title, topic.question))
            .into(),
    ];
    for round in 0..=MOST_ROUNDS {
        let mut request = model::request(&desk.models);
        request.messages = messages.clone();
        if round < MOST_ROUNDS {
            request.tools = Some(tools::definitions());
        }
        let mut reply = model::ask(&desk.client, request).await?;
        if reply.choices.is_empty() {
            break;
        }
        let message = reply.choices.swap_remove(0).message;

        let calls = message.tool_calls.clone().unwrap_or_default();
        if calls.is_empty() {
            let text = message.content.unwrap_or_default();
            return Ok(Notes {
                title: topic.title,
                text,
            });
        }
        messages.push(said(message));
        messages.extend(join_all(calls.iter().map(|call| answer(&desk, call))).await);
    }
    Err(DeskError::UnusableReply("notes"))
}

/// Does what one tool call asks for.
async fn answer(
    desk: &Desk,
    call: &ChatCompletionMessageToolCalls,
) -> ChatCompletionRequestMessage {
    let (id, content) = match call {
        ChatCompletionMessageToolCalls::Function(call) => (&call.id, tools::run(desk, call).await),
        ChatCompletionMessageToolCalls::Custom(call) => (&call.id, "no such tool".to_owned()),
    };
    ChatCompletionRequestToolMessage {
        content: content.into(),
        tool_call_id: id.clone(),
    }
    .into()
}

/// The model's own message, as the conversation goes on from it.
fn said(message: ChatCompletionResponseMessage) -> ChatCompletionRequestMessage {
    ChatCompletionRequestAssistantMessage {
        content: message
            .content
            .map(ChatCompletionRequestAssistantMessageContent::Text),
        refusal: message.refusal,
        tool_calls: message.tool_calls,
        ..ChatCompletionRequestAssistantMessage::default()
    }
    .into()
}
