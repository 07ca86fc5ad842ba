use crate::wire::report::Report;
use crate::{InputTokens, OutputTokens, ProviderUsage, StreamInfo, Usage};

/// The counts of a provider whose input count leaves cached tokens out (Anthropic, Bedrock), as it
/// writes them, so that reports that are spread over events can be merged before they are summed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) uncached: Option<u64>,
    pub(crate) cache_read: Option<u64>,
    pub(crate) cache_write: Option<u64>,
    /// By how long it stays.
    pub(crate) cache_write_5m: Option<u64>,
    pub(crate) cache_write_1h: Option<u64>,
    pub(crate) output: Option<u64>,
    pub(crate) reasoning: Option<u64>,
    pub(crate) total: Option<u64>,
    /// Whose input count is not the uncached one: the input count, which says nothing of cached tokens or
    /// includes them.
    pub(crate) plain_input: Option<u64>,
}

impl Counts {
    /// The counts that a usage was made of.
    pub(crate) fn of(usage: &Usage, written: Option<&ProviderUsage>) -> Self {
        let cached = usage
            .cache_read_input_tokens
            .unwrap_or(0)
            .saturating_add(usage.cache_write_input_tokens.unwrap_or(0));
        let plain = written.filter(|written| !written.cache_on_top);
        Self {
            uncached: usage.input_tokens.map(|total| total.saturating_sub(cached)),
            cache_read: usage.cache_read_input_tokens,
            cache_write: usage.cache_write_input_tokens,
            cache_write_5m: usage.cache_write_5m_input_tokens,
            cache_write_1h: usage.cache_write_1h_input_tokens,
            output: usage.output_tokens,
            reasoning: usage.reasoning_output_tokens,
            total: written.and_then(|written| written.total_tokens),
            plain_input: plain.and_then(|written| written.input_tokens),
        }
    }

    /// The same with what a later report says. The last count that was given wins; nothing is added.
    pub(crate) fn then(self, later: Self) -> Self {
        Self {
            uncached: later.uncached.or(self.uncached),
            cache_read: later.cache_read.or(self.cache_read),
            cache_write: later.cache_write.or(self.cache_write),
            cache_write_5m: later.cache_write_5m.or(self.cache_write_5m),
            cache_write_1h: later.cache_write_1h.or(self.cache_write_1h),
            output: later.output.or(self.output),
            reasoning: later.reasoning.or(self.reasoning),
            total: later.total.or(self.total),
            // It belongs to the input count that wins.
            plain_input: match later.uncached {
                Some(_) => later.plain_input,
                None => self.plain_input,
            },
        }
    }

    /// Merges them into what the stream has reported so far.
    pub(crate) fn accumulate(self, stream: &mut StreamInfo) {
        if self != Self::default() {
            let before = stream
                .current_usage()
                .map(|usage| Self::of(usage, stream.current_provider_usage()));
            let merged = before.unwrap_or_default().then(self);
            merged.report().accumulate(stream);
        }
    }

    pub(crate) fn report(self) -> Report {
        let mut report = Report::new(
            InputTokens::CacheOnTop {
                uncached: self.uncached,
                cache_read: self.cache_read,
                cache_write: self.cache_write,
            },
            OutputTokens::ReasoningIncluded {
                total: self.output,
                reasoning: self.reasoning,
            },
            self.total,
        );
        report.usage.cache_write_5m_input_tokens = self.cache_write_5m;
        report.usage.cache_write_1h_input_tokens = self.cache_write_1h;
        if self.plain_input.is_some() {
            report.written.input_tokens = self.plain_input;
            report.written.cache_on_top = false;
        }
        report
    }

    pub(crate) fn usage(self) -> Usage {
        self.report().usage
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
            total: Some(16),
            ..Counts::default()
        };
        let later = Counts {
            uncached: Some(31),
            plain_input: Some(31),
            cache_write_1h: Some(0),
            output: Some(7),
            reasoning: Some(0),
            ..Counts::default()
        };
        let merged = first.then(later);
        let report = first.report();
        assert_eq!(
            merged,
            Counts::of(&report.usage, Some(&report.written)).then(later)
        );
        let Report { usage, written } = merged.report();
        assert_eq!(
            (usage.input_tokens, usage.output_tokens),
            (Some(36), Some(7))
        );
        assert_eq!(usage.cache_write_input_tokens, None);
        assert_eq!(usage.cache_write_1h_input_tokens, Some(0));
        assert_eq!(usage.reasoning_output_tokens, Some(0));
        assert_eq!(
            (written.input_tokens, written.cache_on_top),
            (Some(31), false)
        );
        assert_eq!(written.total_tokens, Some(16));
        assert_eq!(Counts::of(&usage, Some(&written)), merged);
    }
}
