use crate::Usage;

/// What a provider bills for a call, where it says so apart from what was used.
///
/// Cohere reports both, and they differ by far; its embed and rerank APIs report only this. Of Anthropic it
/// is the sum of all passes of the server, where the usage of the reply leaves some of them out. The
/// conventions want the billed counts where both are known and money is meant: metrics and prices.
///
/// ```
/// use agent_trace_llm::LlmResponse;
/// use agent_trace_llm::wire::cohere::RerankResponse;
///
/// let body = br#"{ "id": "a2c5", "results": [], "meta": { "billed_units": { "search_units": 1 } } }"#;
/// let info = RerankResponse::from_slice(body)?.info();
/// assert_eq!(info.usage, None);
/// let billed = info.billed_usage.expect("reported");
/// assert_eq!((billed.search_units, billed.tokens.input_tokens), (Some(1), None));
/// # Ok::<(), agent_trace_llm::wire::Error>(())
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct BilledUsage {
    /// The tokens that are billed. [Empty](Usage::is_empty) where the unit is another one.
    pub tokens: Usage,
    /// Images that are billed.
    pub images: Option<u64>,
    /// Searches that are billed, by rerank APIs.
    pub search_units: Option<u64>,
    /// Classifications that are billed.
    pub classifications: Option<u64>,
}

impl BilledUsage {
    /// Whether nothing is billed that the provider has told of.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl From<Usage> for BilledUsage {
    fn from(tokens: Usage) -> Self {
        Self {
            tokens,
            ..Self::default()
        }
    }
}
