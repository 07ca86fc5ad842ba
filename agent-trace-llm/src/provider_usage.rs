use crate::{InputTokens, OutputTokens};

/// The totals of one model call as the provider has written them, uninterpreted.
///
/// [`Usage`](crate::Usage) means the same for all providers; these numbers mean what the provider says, and
/// are for whoever compares with its dashboard, its bill or its documentation. They are never added up and
/// have no attribute.
///
/// ```
/// use agent_trace_llm::LlmResponse;
/// use agent_trace_llm::wire::anthropic::MessagesResponse;
///
/// let body = br#"{ "usage": { "input_tokens": 4, "cache_read_input_tokens": 1000, "output_tokens": 9 } }"#;
/// let info = MessagesResponse::from_slice(body)?.info();
/// assert_eq!(info.usage.and_then(|usage| usage.input_tokens), Some(1004));
///
/// let written = info.provider_usage.expect("reported");
/// assert_eq!((written.input_tokens, written.cache_on_top), (Some(4), true));
/// assert_eq!(written.total_tokens, None);
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ProviderUsage {
    /// The provider's input count.
    pub input_tokens: Option<u64>,
    /// The provider's output count.
    pub output_tokens: Option<u64>,
    /// The provider's total. It need not be the sum of the other two: that of Gemini also has thoughts
    /// in it, that of Bedrock cached tokens.
    pub total_tokens: Option<u64>,
    /// Cached tokens are not in `input_tokens`: [`InputTokens::CacheOnTop`].
    pub cache_on_top: bool,
    /// Reasoning is not in `output_tokens`: [`OutputTokens::ReasoningOnTop`].
    pub reasoning_on_top: bool,
}

impl ProviderUsage {
    /// The provider's numbers, from what [`Usage::new`](crate::Usage::new) is made of, and its total.
    pub const fn new(input: InputTokens, output: OutputTokens, total_tokens: Option<u64>) -> Self {
        let (input_tokens, cache_on_top) = match input {
            InputTokens::CacheIncluded { total, .. } => (total, false),
            InputTokens::CacheOnTop { uncached, .. } => (uncached, true),
        };
        let (output_tokens, reasoning_on_top) = match output {
            OutputTokens::ReasoningIncluded { total, .. } => (total, false),
            OutputTokens::ReasoningOnTop { visible, .. } => (visible, true),
        };
        Self {
            input_tokens,
            output_tokens,
            total_tokens,
            cache_on_top,
            reasoning_on_top,
        }
    }

    /// `Some` if there is a number in it: what an adapter puts into
    /// [`ResponseInfo::provider_usage`](crate::ResponseInfo::provider_usage).
    pub const fn non_empty(self) -> Option<Self> {
        match (self.input_tokens, self.output_tokens, self.total_tokens) {
            (None, None, None) => None,
            _ => Some(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_it_was_written() {
        let written = ProviderUsage::new(
            InputTokens::CacheOnTop {
                uncached: Some(4),
                cache_read: Some(1000),
                cache_write: None,
            },
            OutputTokens::ReasoningOnTop {
                visible: Some(1),
                reasoning: Some(290),
            },
            Some(1295),
        );
        assert_eq!(
            (written.input_tokens, written.output_tokens),
            (Some(4), Some(1))
        );
        assert_eq!(written.total_tokens, Some(1295));
        assert!(written.cache_on_top && written.reasoning_on_top);
    }

    #[test]
    fn a_meaning_without_a_number_is_nothing() {
        let nothing = ProviderUsage {
            cache_on_top: true,
            ..ProviderUsage::default()
        };
        assert_eq!(nothing.non_empty(), None);
        let total = ProviderUsage {
            total_tokens: Some(0),
            ..ProviderUsage::default()
        };
        assert_eq!(total.non_empty(), Some(total));
    }
}
