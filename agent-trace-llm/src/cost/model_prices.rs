use crate::cost::NanoUsd;
use crate::cost::call::Counts;

const PER: u128 = 1_000_000;

/// A price list entry of one's own: what a million tokens of a model cost.
///
/// Computed in whole numbers, without a list in between. What has no price of its own is charged as
/// what it is a part of: cache reads and writes as input, writes for an hour as other writes.
///
/// ```
/// use agent_trace_llm::Usage;
/// use agent_trace_llm::cost::{Call, ModelPrices, Prices};
///
/// let ours = ModelPrices::new("0.40".parse()?, "1.60".parse()?).cache_read("0.04".parse()?);
/// let prices = Prices::bundled().with_model("my_gateway", "house-model", ours);
///
/// let mut usage = Usage::default();
/// usage.input_tokens = Some(1_000_000);
/// usage.cache_read_input_tokens = Some(500_000);
/// let cost = prices.cost(&Call::new("my_gateway", "house-model", &usage)).expect("listed");
/// assert_eq!(cost.total.to_string(), "$0.22");
/// # Ok::<(), agent_trace_llm::cost::ParseNanoUsdError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ModelPrices {
    input: NanoUsd,
    output: NanoUsd,
    cache_read: Option<NanoUsd>,
    cache_write: Option<NanoUsd>,
    cache_write_1h: Option<NanoUsd>,
    call: NanoUsd,
}

impl ModelPrices {
    /// Prices of a million tokens in and out.
    pub const fn new(input: NanoUsd, output: NanoUsd) -> Self {
        Self {
            input,
            output,
            cache_read: None,
            cache_write: None,
            cache_write_1h: None,
            call: NanoUsd::ZERO,
        }
    }

    /// The price of a million tokens read from a cache.
    #[must_use]
    pub const fn cache_read(mut self, price: NanoUsd) -> Self {
        self.cache_read = Some(price);
        self
    }

    /// The price of a million tokens written to a cache, for five minutes where that is a choice.
    #[must_use]
    pub const fn cache_write(mut self, price: NanoUsd) -> Self {
        self.cache_write = Some(price);
        self
    }

    /// The price of a million tokens written to a cache for an hour.
    #[must_use]
    pub const fn one_hour_cache_write(mut self, price: NanoUsd) -> Self {
        self.cache_write_1h = Some(price);
        self
    }

    /// What each call costs besides its tokens.
    #[must_use]
    pub const fn per_call(mut self, price: NanoUsd) -> Self {
        self.call = price;
        self
    }

    /// `(total, input, output)`.
    pub(crate) fn price(&self, counts: &Counts) -> (NanoUsd, NanoUsd, NanoUsd) {
        let cache_read = self.cache_read.unwrap_or(self.input);
        let cache_write = self.cache_write.unwrap_or(self.input);
        let cache_write_1h = self.cache_write_1h.unwrap_or(cache_write);
        let uncached = counts.input - counts.cache_read - counts.cache_write;
        let input = charge(uncached, self.input)
            + charge(counts.cache_read, cache_read)
            + charge(counts.cache_write - counts.cache_write_1h, cache_write)
            + charge(counts.cache_write_1h, cache_write_1h);
        let output = charge(counts.output, self.output);
        (
            rounded(input + output) + self.call,
            rounded(input),
            rounded(output),
        )
    }
}

/// In millionths of a nano-dollar. Capped so that no sum of five overflows; what is cut off is far
/// beyond the largest amount.
fn charge(tokens: u64, per_million: NanoUsd) -> u128 {
    (u128::from(tokens) * u128::from(per_million.as_nanos())).min(u128::MAX / 8)
}

fn rounded(millionths: u128) -> NanoUsd {
    let nanos = (millionths + PER / 2) / PER;
    NanoUsd::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}
