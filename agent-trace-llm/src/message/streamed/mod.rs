//! From the events of a streamed reply to the conventions' messages, one file a shape.

pub(super) mod anthropic;
mod argument;
pub(super) mod bedrock;
pub(super) mod bedrock_invoke;
pub(super) mod cohere;
pub(super) mod cohere_v1;
pub(super) mod gemini;
pub(super) mod gemini_interactions;
pub(super) mod ollama;
pub(super) mod openai_chat;
pub(super) mod openai_responses;
mod read;
pub(super) mod watsonx;
