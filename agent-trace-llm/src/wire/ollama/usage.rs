use crate::wire::report::Report;
use crate::{InputTokens, OutputTokens};

/// The counts of a reply. Caching and reasoning are not told apart.
pub(crate) fn report(prompt_eval_count: Option<u64>, eval_count: Option<u64>) -> Option<Report> {
    Report::new(
        InputTokens::CacheIncluded {
            total: prompt_eval_count,
            cache_read: None,
            cache_write: None,
        },
        OutputTokens::ReasoningIncluded {
            total: eval_count,
            reasoning: None,
        },
        None,
    )
    .non_empty()
}
