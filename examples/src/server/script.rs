//! What the server says.

use std::time::Duration;

use super::wire::{ChatRequest, ToolCall};

/// Decides what the model answers to a request. Any function from a request to a reply is one.
pub trait Script: Send + Sync + 'static {
    /// The reply to `request`.
    fn reply(&self, request: &ChatRequest) -> Reply;
}

impl<F> Script for F
where
    F: Fn(&ChatRequest) -> Reply + Send + Sync + 'static,
{
    fn reply(&self, request: &ChatRequest) -> Reply {
        self(request)
    }
}

/// One answer of the model.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Reply {
    /// The assistant says something; finish reason `stop`.
    Text(String),
    /// The assistant asks for tools; finish reason `tool_calls`.
    ToolCalls(Vec<ToolCall>),
    /// 429, with the time after which to try again.
    RateLimited(Duration),
}

impl Reply {
    /// An assistant message.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A request for tools: `(name, arguments)` pairs, the arguments as JSON.
    pub fn tools<const N: usize>(calls: [(&str, serde_json::Value); N]) -> Self {
        let calls = calls
            .into_iter()
            .map(|(name, arguments)| ToolCall::new(name, &arguments))
            .collect();
        Self::ToolCalls(calls)
    }
}
