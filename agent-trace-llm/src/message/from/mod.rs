//! From the wire shapes to the conventions' messages, one file a shape.

pub(super) mod anthropic;
pub(super) mod bedrock;
pub(super) mod bedrock_invoke;
pub(super) mod cohere;
pub(super) mod cohere_v1;
pub(super) mod completions;
pub(super) mod gemini;
pub(super) mod gemini_interactions;
pub(super) mod ollama;
pub(super) mod openai_chat;
pub(super) mod openai_responses;
pub(super) mod read;
pub(super) mod search;
pub(super) mod watsonx;
