//! `async-openai`: chat completions, Responses and embeddings.

mod chunk;
mod client;
mod error;
mod request;
mod response;
mod responses_event;
mod responses_request;
mod responses_response;
mod usage;

use async_openai::types::chat::{FinishReason, ServiceTier};

/// As the provider spells it.
fn finish_reason(reason: FinishReason) -> &'static str {
    match reason {
        FinishReason::Stop => "stop",
        FinishReason::Length => "length",
        FinishReason::ToolCalls => "tool_calls",
        FinishReason::ContentFilter => "content_filter",
        FinishReason::FunctionCall => "function_call",
    }
}

/// As the provider spells it.
fn service_tier(tier: &ServiceTier) -> &'static str {
    match tier {
        ServiceTier::Auto => "auto",
        ServiceTier::Default => "default",
        ServiceTier::Flex => "flex",
        ServiceTier::Scale => "scale",
        ServiceTier::Priority => "priority",
        ServiceTier::Fast => "fast",
    }
}

/// `Some` unless empty: the crate has plain strings where servers may leave a field empty.
fn present(text: &str) -> Option<String> {
    crate::text::present(text).map(str::to_owned)
}
