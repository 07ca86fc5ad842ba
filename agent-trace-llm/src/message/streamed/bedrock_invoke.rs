//! What the model says in the chunks of a streamed InvokeModel reply, by the family of the model.

use serde_json::Value;

use super::read::number;
use super::{anthropic, bedrock, cohere_v1, openai_chat};
use crate::message::OutputAccumulator;
use crate::message::from::bedrock_invoke::completions_of;
use crate::message::from::read::text;

pub(in crate::message) fn event(output: &mut OutputAccumulator, event: &Value) {
    let kind = text(event, "type").unwrap_or_default();
    let has = |key| event.get(key).is_some();
    if kind.starts_with("message_") || kind.starts_with("content_block_") {
        anthropic::event(output, event);
    } else if bedrock::EVENTS.into_iter().any(has) {
        bedrock::event(output, event);
    } else if has("choices") {
        openai_chat::event(output, event);
    } else if has("event_type") {
        cohere_v1::event(output, event);
    } else {
        for ((said, reason), place) in completions_of(event).into_iter().zip(0..) {
            // Cohere's and Titan's streams of several say which one.
            let choice = number(event, "index").filter(|_| place == 0);
            let choice = choice.unwrap_or(place);
            output.choice_begins(choice);
            output.text(choice, said);
            output.finish_reason(choice, reason.unwrap_or_default());
        }
    }
}
