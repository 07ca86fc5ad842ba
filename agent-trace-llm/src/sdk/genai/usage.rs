use ::genai::chat::Usage as Counts;

use crate::{InputTokens, OutputTokens, Usage};

/// The crate brings all providers to OpenAI's meaning, with two exceptions. Bedrock's cached tokens
/// stay on top of the prompt, which its total shows; and where Gemini reports thoughts alone, the
/// completion is missing.
pub(super) fn chat(counts: &Counts) -> Usage {
    let prompt = count(counts.prompt_tokens);
    let completion = count(counts.completion_tokens);
    let details = counts.prompt_tokens_details.as_ref();
    let cache_read = details.and_then(|details| count(details.cached_tokens));
    let cache_write = details.and_then(|details| count(details.cache_creation_tokens));
    let output = counts.completion_tokens_details.as_ref();
    let reasoning = output.and_then(|details| count(details.reasoning_tokens));

    let cached = cache_read
        .unwrap_or(0)
        .saturating_add(cache_write.unwrap_or(0));
    let sum = [prompt, completion].into_iter().flatten().sum::<u64>();
    let input = if cached > 0 && count(counts.total_tokens) == sum.checked_add(cached) {
        InputTokens::CacheOnTop {
            uncached: prompt,
            cache_read,
            cache_write,
        }
    } else {
        InputTokens::CacheIncluded {
            total: prompt,
            cache_read,
            cache_write,
        }
    };
    let mut usage = Usage::new(
        input,
        OutputTokens::ReasoningIncluded {
            total: completion.or(reasoning),
            reasoning,
        },
    );
    let lifetimes = details.and_then(|details| details.cache_creation_details.as_ref());
    usage.cache_write_5m_input_tokens =
        lifetimes.and_then(|details| count(details.ephemeral_5m_tokens));
    usage.cache_write_1h_input_tokens =
        lifetimes.and_then(|details| count(details.ephemeral_1h_tokens));
    usage.audio_input_tokens = details.and_then(|details| count(details.audio_tokens));
    usage.audio_output_tokens = output.and_then(|details| count(details.audio_tokens));
    usage
}

/// An embedding has no output, though the crate may count zero for it.
pub(super) fn embedding(counts: &Counts) -> Usage {
    let input = counts.prompt_tokens.or(counts.total_tokens);
    Usage {
        input_tokens: count(input),
        ..Usage::default()
    }
}

/// A negative number is no count.
fn count(tokens: Option<i32>) -> Option<u64> {
    tokens.and_then(|tokens| u64::try_from(tokens).ok())
}

#[cfg(test)]
mod tests {
    use ::genai::chat::{CacheCreationDetails, PromptTokensDetails};

    use super::*;

    #[test]
    fn how_long_cache_writes_stay() {
        let counts = Counts {
            prompt_tokens: Some(400),
            prompt_tokens_details: Some(PromptTokensDetails {
                cache_creation_tokens: Some(300),
                cache_creation_details: Some(CacheCreationDetails {
                    ephemeral_5m_tokens: Some(100),
                    ephemeral_1h_tokens: Some(200),
                }),
                ..PromptTokensDetails::default()
            }),
            ..Counts::default()
        };
        let usage = chat(&counts);
        assert_eq!(usage.cache_write_input_tokens, Some(300));
        assert_eq!(usage.cache_write_5m_input_tokens, Some(100));
        assert_eq!(usage.cache_write_1h_input_tokens, Some(200));
    }
}
