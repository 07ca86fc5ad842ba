use std::ops::AddAssign;

/// The token counts of one or more model calls, `gen_ai.usage.*`.
///
/// All providers count, but not the same things. Here, as in the conventions, `input_tokens` counts
/// everything that was sent, cached or not, and `output_tokens` everything that was generated,
/// reasoning included; every other field is a part of one of those two. [`Usage::new`] does that
/// sum, and asks for the provider's meaning by name so that it cannot be mixed up.
///
/// What the provider itself has written is [`ProviderUsage`](crate::ProviderUsage).
///
/// A count that the provider did not report is `None`, which is not the same as zero. The unit is
/// the provider's token. OpenTelemetry's integers are signed: whoever records a count beyond
/// `i64::MAX` has to saturate.
///
/// ```
/// use agent_trace_llm::{InputTokens, OutputTokens, Usage};
///
/// // A provider that counts cached tokens as a part of its input (OpenAI, Gemini).
/// let within = Usage::new(
///     InputTokens::CacheIncluded { total: Some(100), cache_read: Some(80), cache_write: None },
///     OutputTokens::ReasoningIncluded { total: Some(50), reasoning: Some(20) },
/// );
/// assert_eq!(within.input_tokens, Some(100));
///
/// // A provider that counts them on top (Anthropic, Bedrock Converse).
/// let on_top = Usage::new(
///     InputTokens::CacheOnTop { uncached: Some(20), cache_read: Some(80), cache_write: None },
///     OutputTokens::ReasoningIncluded { total: Some(50), reasoning: None },
/// );
/// assert_eq!(on_top.input_tokens, Some(100));
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Usage {
    /// `gen_ai.usage.input_tokens`: all tokens sent, cache reads and writes included.
    pub input_tokens: Option<u64>,
    /// `gen_ai.usage.output_tokens`: all tokens generated, reasoning included.
    pub output_tokens: Option<u64>,
    /// `gen_ai.usage.cache_read.input_tokens`: the part of the input served from a cache.
    pub cache_read_input_tokens: Option<u64>,
    /// `gen_ai.usage.cache_write.input_tokens`: the part of the input written to a cache.
    pub cache_write_input_tokens: Option<u64>,
    /// The part of the cache writes that stays for five minutes, where the provider tells. No
    /// attribute; prices depend on it.
    pub cache_write_5m_input_tokens: Option<u64>,
    /// The part of the cache writes that stays for an hour, where the provider tells. No attribute;
    /// prices depend on it.
    pub cache_write_1h_input_tokens: Option<u64>,
    /// The part of the input that tools which the provider runs itself have put there: what a search
    /// found, a page that was fetched. No attribute.
    pub tool_use_input_tokens: Option<u64>,
    /// `gen_ai.usage.reasoning.output_tokens`: the part of the output spent on reasoning.
    pub reasoning_output_tokens: Option<u64>,
    /// `gen_ai.usage.text.input_tokens`: the text part of the input.
    pub text_input_tokens: Option<u64>,
    /// `gen_ai.usage.image.input_tokens`: the image part of the input.
    pub image_input_tokens: Option<u64>,
    /// `gen_ai.usage.audio.input_tokens`: the audio part of the input.
    pub audio_input_tokens: Option<u64>,
    /// `gen_ai.usage.text.output_tokens`: the text part of the output.
    pub text_output_tokens: Option<u64>,
    /// `gen_ai.usage.image.output_tokens`: the image part of the output.
    pub image_output_tokens: Option<u64>,
    /// `gen_ai.usage.audio.output_tokens`: the audio part of the output.
    pub audio_output_tokens: Option<u64>,
    /// `gen_ai.usage.text.cache_read.input_tokens`: the text part of the cache reads.
    pub text_cache_read_input_tokens: Option<u64>,
    /// `gen_ai.usage.image.cache_read.input_tokens`: the image part of the cache reads.
    pub image_cache_read_input_tokens: Option<u64>,
    /// `gen_ai.usage.audio.cache_read.input_tokens`: the audio part of the cache reads.
    pub audio_cache_read_input_tokens: Option<u64>,
}

/// What a provider's input count means. The variant is the rule, so an adapter has to choose one.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputTokens {
    /// Cached tokens are a part of the provider's input count (OpenAI, Gemini, Mistral, DeepSeek).
    CacheIncluded {
        /// The provider's input count.
        total: Option<u64>,
        /// The part of it that was read from a cache.
        cache_read: Option<u64>,
        /// The part of it that was written to a cache.
        cache_write: Option<u64>,
    },
    /// Cached tokens come on top of the provider's input count (Anthropic, Bedrock Converse).
    CacheOnTop {
        /// The provider's input count, which leaves cached tokens out. Without it the total is
        /// unknown; an adapter whose provider omits zeros passes `Some(0)`.
        uncached: Option<u64>,
        /// Tokens read from a cache.
        cache_read: Option<u64>,
        /// Tokens written to a cache.
        cache_write: Option<u64>,
    },
}

/// What a provider's output count means. The variant is the rule, so an adapter has to choose one.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputTokens {
    /// Reasoning is a part of the provider's output count (OpenAI, Anthropic, DeepSeek).
    ReasoningIncluded {
        /// The provider's output count.
        total: Option<u64>,
        /// The part of it that was spent on reasoning.
        reasoning: Option<u64>,
    },
    /// Reasoning comes on top of the provider's output count (Gemini, xAI).
    ReasoningOnTop {
        /// The provider's output count, which leaves reasoning out. Without it the total is
        /// unknown; an adapter whose provider omits zeros passes `Some(0)`.
        visible: Option<u64>,
        /// Tokens spent on reasoning.
        reasoning: Option<u64>,
    },
}

/// Calls `$each!(field)` for every count there is, so that none is forgotten in one place.
macro_rules! for_each_count {
    ($each:ident) => {
        $each!(
            input_tokens,
            output_tokens,
            cache_read_input_tokens,
            cache_write_input_tokens,
            cache_write_5m_input_tokens,
            cache_write_1h_input_tokens,
            tool_use_input_tokens,
            reasoning_output_tokens,
            text_input_tokens,
            image_input_tokens,
            audio_input_tokens,
            text_output_tokens,
            image_output_tokens,
            audio_output_tokens,
            text_cache_read_input_tokens,
            image_cache_read_input_tokens,
            audio_cache_read_input_tokens
        )
    };
}

impl Usage {
    /// The counts of one call, from the provider's numbers and what they mean. The other
    /// parts are assigned afterwards. Sums saturate.
    pub const fn new(input: InputTokens, output: OutputTokens) -> Self {
        let (input_tokens, cache_read, cache_write) = match input {
            InputTokens::CacheIncluded {
                total,
                cache_read,
                cache_write,
            } => (total, cache_read, cache_write),
            InputTokens::CacheOnTop {
                uncached,
                cache_read,
                cache_write,
            } => (
                on_top(on_top(uncached, cache_read), cache_write),
                cache_read,
                cache_write,
            ),
        };
        let (output_tokens, reasoning) = match output {
            OutputTokens::ReasoningIncluded { total, reasoning } => (total, reasoning),
            OutputTokens::ReasoningOnTop { visible, reasoning } => {
                (on_top(visible, reasoning), reasoning)
            }
        };
        Self {
            input_tokens,
            output_tokens,
            cache_read_input_tokens: cache_read,
            cache_write_input_tokens: cache_write,
            cache_write_5m_input_tokens: None,
            cache_write_1h_input_tokens: None,
            tool_use_input_tokens: None,
            reasoning_output_tokens: reasoning,
            text_input_tokens: None,
            image_input_tokens: None,
            audio_input_tokens: None,
            text_output_tokens: None,
            image_output_tokens: None,
            audio_output_tokens: None,
            text_cache_read_input_tokens: None,
            image_cache_read_input_tokens: None,
            audio_cache_read_input_tokens: None,
        }
    }

    /// Adds the counts of another call. Sums saturate; what both lack stays absent.
    ///
    /// ```
    /// use agent_trace_llm::Usage;
    ///
    /// let mut first = Usage::default();
    /// first.input_tokens = Some(u64::MAX);
    /// let mut second = Usage::default();
    /// second.input_tokens = Some(1);
    /// second.output_tokens = Some(2);
    ///
    /// first.add(&second);
    /// assert_eq!(first.input_tokens, Some(u64::MAX));
    /// assert_eq!(first.output_tokens, Some(2));
    /// assert_eq!(first.reasoning_output_tokens, None);
    /// ```
    pub fn add(&mut self, other: &Self) {
        macro_rules! each {
            ($($field:ident),*) => { $(self.$field = sum(self.$field, other.$field);)* };
        }
        for_each_count!(each);
    }

    /// Whether the provider reported nothing at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// `Some` unless [empty](Usage::is_empty): what an adapter puts into
    /// [`ResponseInfo::usage`](crate::ResponseInfo::usage).
    pub fn non_empty(self) -> Option<Self> {
        (!self.is_empty()).then_some(self)
    }
}

impl AddAssign for Usage {
    fn add_assign(&mut self, other: Self) {
        self.add(&other);
    }
}

/// `base` with a part that it leaves out. An unknown base stays unknown: a sum of parts is no total.
const fn on_top(base: Option<u64>, part: Option<u64>) -> Option<u64> {
    match (base, part) {
        (Some(base), Some(part)) => Some(base.saturating_add(part)),
        (base, _) => base,
    }
}

const fn sum(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (Some(one), None) | (None, Some(one)) => Some(one),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parts_of_an_unknown_total_make_no_total() {
        let usage = Usage::new(
            InputTokens::CacheOnTop {
                uncached: None,
                cache_read: Some(5),
                cache_write: None,
            },
            OutputTokens::ReasoningOnTop {
                visible: None,
                reasoning: Some(7),
            },
        );
        assert_eq!(usage.input_tokens, None);
        assert_eq!(usage.output_tokens, None);
        assert_eq!(usage.cache_read_input_tokens, Some(5));
        assert_eq!(usage.reasoning_output_tokens, Some(7));
    }

    #[test]
    fn on_top_counts_are_summed_once() {
        let usage = Usage::new(
            InputTokens::CacheOnTop {
                uncached: Some(1),
                cache_read: Some(20),
                cache_write: Some(300),
            },
            OutputTokens::ReasoningOnTop {
                visible: Some(4),
                reasoning: Some(50),
            },
        );
        assert_eq!(usage.input_tokens, Some(321));
        assert_eq!(usage.output_tokens, Some(54));
    }

    #[test]
    fn nothing_reported_is_not_zero() {
        assert!(Usage::default().is_empty());
        assert_eq!(Usage::default().non_empty(), None);
        let zero = Usage {
            input_tokens: Some(0),
            ..Usage::default()
        };
        assert!(!zero.is_empty());
    }

    fn count() -> impl Strategy<Value = Option<u64>> {
        prop_oneof![
            Just(None),
            Just(Some(u64::MAX)),
            (0..1_000_000u64).prop_map(Some)
        ]
    }

    fn usage() -> impl Strategy<Value = Usage> {
        prop::collection::vec(count(), 17).prop_map(|counts| {
            let mut usage = Usage::default();
            let mut counts = counts.into_iter();
            macro_rules! each {
                ($($field:ident),*) => { $(usage.$field = counts.next().expect("17 counts");)* };
            }
            for_each_count!(each);
            assert!(counts.next().is_none());
            usage
        })
    }

    proptest! {
        #[test]
        fn addition_commutes_and_associates(a in usage(), b in usage(), c in usage()) {
            let sum = |x: Usage, y: Usage| { let mut x = x; x += y; x };
            prop_assert_eq!(sum(a, b), sum(b, a));
            prop_assert_eq!(sum(sum(a, b), c), sum(a, sum(b, c)));
            prop_assert_eq!(sum(a, Usage::default()), a);
        }
    }
}
