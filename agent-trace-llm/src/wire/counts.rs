use crate::{InputTokens, OutputTokens, Usage};

/// The counts of a provider whose input count leaves cached tokens out (Anthropic, Bedrock), as it
/// writes them, so that reports that are spread over events can be merged before they are summed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) uncached: Option<u64>,
    pub(crate) cache_read: Option<u64>,
    pub(crate) cache_write: Option<u64>,
    pub(crate) output: Option<u64>,
    pub(crate) reasoning: Option<u64>,
}

impl Counts {
    /// The counts that a usage was made of.
    pub(crate) fn of(usage: &Usage) -> Self {
        let cached = usage
            .cache_read_input_tokens
            .unwrap_or(0)
            .saturating_add(usage.cache_write_input_tokens.unwrap_or(0));
        Self {
            uncached: usage.input_tokens.map(|total| total.saturating_sub(cached)),
            cache_read: usage.cache_read_input_tokens,
            cache_write: usage.cache_write_input_tokens,
            output: usage.output_tokens,
            reasoning: usage.reasoning_output_tokens,
        }
    }

    /// The same with what a later report says. The last count that was given wins; nothing is added.
    pub(crate) fn then(self, later: Self) -> Self {
        Self {
            uncached: later.uncached.or(self.uncached),
            cache_read: later.cache_read.or(self.cache_read),
            cache_write: later.cache_write.or(self.cache_write),
            output: later.output.or(self.output),
            reasoning: later.reasoning.or(self.reasoning),
        }
    }

    pub(crate) fn usage(self) -> Usage {
        Usage::new(
            InputTokens::CacheOnTop {
                uncached: self.uncached,
                cache_read: self.cache_read,
                cache_write: self.cache_write,
            },
            OutputTokens::ReasoningIncluded {
                total: self.output,
                reasoning: self.reasoning,
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_count_that_was_given_wins() {
        let first = Counts {
            uncached: Some(10),
            cache_read: Some(5),
            output: Some(1),
            ..Counts::default()
        };
        let later = Counts {
            uncached: Some(31),
            output: Some(7),
            reasoning: Some(0),
            ..Counts::default()
        };
        let merged = first.then(later);
        assert_eq!(merged, Counts::of(&first.usage()).then(later));
        let usage = merged.usage();
        assert_eq!(
            (usage.input_tokens, usage.output_tokens),
            (Some(36), Some(7))
        );
        assert_eq!(usage.cache_write_input_tokens, None);
        assert_eq!(usage.reasoning_output_tokens, Some(0));
    }
}
