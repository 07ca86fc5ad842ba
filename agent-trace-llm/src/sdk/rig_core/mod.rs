//! `rig-core`: completions, embeddings and reranking.

mod chunk;
mod error;
mod model;
mod request;
mod response;

use std::borrow::Cow;

use ::rig_core::completion::{FinishReason, Usage as Counts};

use crate::{InputTokens, OutputTokens, Usage};

/// In OpenAI's spelling, because the crate has dropped the provider's for the usual reasons.
fn finish_reason(reason: &FinishReason) -> Cow<'static, str> {
    match reason {
        FinishReason::Stop => Cow::Borrowed("stop"),
        FinishReason::Length => Cow::Borrowed("length"),
        FinishReason::ToolCalls => Cow::Borrowed("tool_calls"),
        FinishReason::ContentFilter => Cow::Borrowed("content_filter"),
        FinishReason::Other(reason) => crate::text::finish_reason(reason),
        // What the crate may add.
        _ => Cow::Borrowed("other"),
    }
}

/// The crate's counts have the conventions' meaning already, for every provider.
fn usage(counts: &Counts) -> Usage {
    let mut usage = Usage::new(
        InputTokens::CacheIncluded {
            total: counts.input_tokens,
            cache_read: counts.cached_input_tokens,
            cache_write: counts.cache_creation_input_tokens,
        },
        OutputTokens::ReasoningIncluded {
            total: counts.output_tokens,
            reasoning: counts.reasoning_tokens,
        },
    );
    usage.tool_use_input_tokens = counts.tool_use_prompt_tokens;
    usage
}
