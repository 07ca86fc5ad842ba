use async_openai::types::chat::CompletionUsage;
use async_openai::types::embeddings::EmbeddingUsage;

use crate::wire::report::Report;
use crate::{InputTokens, OutputTokens};

/// By OpenAI's rule: the prompt count includes cached tokens, the completion count includes
/// reasoning.
pub(super) fn completion(usage: &CompletionUsage) -> Report {
    let input = usage.prompt_tokens_details.as_ref();
    let output = usage.completion_tokens_details.as_ref();
    // The crate reads some counts as signed; a negative one is no count.
    let signed = |count: Option<i64>| count.and_then(|count| u64::try_from(count).ok());
    let mut report = Report::new(
        InputTokens::CacheIncluded {
            total: Some(usage.prompt_tokens.into()),
            cache_read: input
                .and_then(|details| details.cached_tokens)
                .map(u64::from),
            cache_write: input.and_then(|details| signed(details.cache_write_tokens)),
        },
        OutputTokens::ReasoningIncluded {
            total: Some(usage.completion_tokens.into()),
            reasoning: output
                .and_then(|details| details.reasoning_tokens)
                .map(u64::from),
        },
        Some(usage.total_tokens.into()),
    );
    let counts = &mut report.usage;
    counts.text_input_tokens = input.and_then(|details| signed(details.text_tokens));
    counts.image_input_tokens = input.and_then(|details| signed(details.image_tokens));
    counts.audio_input_tokens = input
        .and_then(|details| details.audio_tokens)
        .map(u64::from);
    counts.text_output_tokens = output.and_then(|details| signed(details.text_tokens));
    counts.audio_output_tokens = output
        .and_then(|details| details.audio_tokens)
        .map(u64::from);
    report
}

/// Embeddings have no output tokens.
pub(super) fn embedding(usage: &EmbeddingUsage) -> Report {
    Report::new(
        InputTokens::CacheIncluded {
            total: Some(usage.prompt_tokens.into()),
            cache_read: None,
            cache_write: None,
        },
        OutputTokens::ReasoningIncluded {
            total: None,
            reasoning: None,
        },
        Some(usage.total_tokens.into()),
    )
}
