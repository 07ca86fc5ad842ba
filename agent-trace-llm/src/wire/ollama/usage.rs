use crate::{InputTokens, OutputTokens, Usage};

/// The counts of a reply. Caching and reasoning are not told apart.
pub(crate) fn usage(prompt_eval_count: Option<u64>, eval_count: Option<u64>) -> Option<Usage> {
    Usage::new(
        InputTokens::CacheIncluded {
            total: prompt_eval_count,
            cache_read: None,
            cache_write: None,
        },
        OutputTokens::ReasoningIncluded {
            total: eval_count,
            reasoning: None,
        },
    )
    .non_empty()
}
