//! `aws-sdk-bedrockruntime`: Converse, and the models of InvokeModel requests.

mod chunk;
mod error;
mod request;
mod response;

use std::borrow::Cow;

use ::aws_sdk_bedrockruntime::types::{CacheTtl, StopReason, TokenUsage};

use crate::{InputTokens, OutputTokens, Usage};

fn finish_reason(reason: &StopReason) -> Cow<'static, str> {
    crate::text::finish_reason(reason.as_str())
}

/// Cached tokens come on top of the input. The crate has zero where the service has reported no
/// count, and the service itself reports both always.
fn usage(counts: &TokenUsage) -> Usage {
    // A negative number is no count.
    let count = |tokens: i32| u64::try_from(tokens).ok();
    let mut usage = Usage::new(
        InputTokens::CacheOnTop {
            uncached: count(counts.input_tokens),
            cache_read: counts.cache_read_input_tokens.and_then(count),
            cache_write: counts.cache_write_input_tokens.and_then(count),
        },
        OutputTokens::ReasoningIncluded {
            total: count(counts.output_tokens),
            reasoning: None,
        },
    );
    for detail in counts.cache_details() {
        let slot = match detail.ttl() {
            CacheTtl::FiveMinutes => &mut usage.cache_write_5m_input_tokens,
            CacheTtl::OneHour => &mut usage.cache_write_1h_input_tokens,
            _ => continue,
        };
        if let Some(tokens) = count(detail.input_tokens()) {
            *slot = Some(slot.unwrap_or(0).saturating_add(tokens));
        }
    }
    usage
}
