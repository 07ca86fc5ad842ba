use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use genai_prices::{Calculator, ErrorKind, PriceCalculation, PriceRequest, UsageKey};

use crate::cost::call::Counts;
use crate::cost::provider_id::provider_id;
use crate::cost::{Call, Cost, Discount, ModelPrices, NanoUsd};

/// What model calls cost: entries of one's own, then a price list, then discounts.
///
/// Immutable and cheap to clone; [`SharedPrices`](crate::cost::SharedPrices) is what can be replaced
/// while a program runs.
///
/// ```
/// use agent_trace_llm::Usage;
/// use agent_trace_llm::cost::{Call, Discount, Prices};
///
/// let mut usage = Usage::default();
/// usage.input_tokens = Some(1_000_000);
///
/// let list = Prices::bundled();
/// let ours = list.clone().with_discount("openai", Discount::percent(20));
/// let call = Call::new("openai", "gpt-4o", &usage);
/// let total = |prices: &Prices| prices.cost(&call).map(|cost| cost.total.to_string());
/// assert_eq!(total(&list).as_deref(), Some("$2.5"));
/// assert_eq!(total(&ours).as_deref(), Some("$2"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Prices {
    list: List,
    /// By provider, then by model.
    own: HashMap<String, HashMap<String, ModelPrices>>,
    /// By provider, as the conventions call it.
    discounts: HashMap<String, Discount>,
    discount: Discount,
}

#[derive(Debug, Clone, Default)]
enum List {
    #[default]
    None,
    Bundled,
    Loaded(Arc<Calculator>),
}

impl Prices {
    /// The price list that came with this version of the `genai-prices` crate.
    ///
    /// The list is decoded when it is first used, which takes tens of milliseconds; [`warm_up`] does
    /// it ahead of time.
    ///
    /// [`warm_up`]: Self::warm_up
    pub fn bundled() -> Self {
        Self {
            list: List::Bundled,
            ..Self::default()
        }
    }

    /// No price list, for entries of one's own and nothing else.
    pub fn none() -> Self {
        Self::default()
    }

    /// A price list in the format of the `genai-prices` project (its data file, version 2).
    ///
    /// # Errors
    ///
    /// If it is not valid.
    pub fn from_json(list: &[u8]) -> Result<Self, PricesError> {
        Self::none().with_list_json(list)
    }

    /// A price list from a file: see [`from_json`](Self::from_json).
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is not valid.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, PricesError> {
        Self::none().with_list_file(path)
    }

    /// The same own entries and discounts with another price list.
    ///
    /// # Errors
    ///
    /// If it is not valid.
    pub fn with_list_json(mut self, list: &[u8]) -> Result<Self, PricesError> {
        let calculator = Calculator::from_json(list).map_err(PricesError::invalid)?;
        self.list = List::Loaded(Arc::new(calculator));
        Ok(self)
    }

    /// The same own entries and discounts with another price list from a file.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is not valid.
    pub fn with_list_file(self, path: impl AsRef<Path>) -> Result<Self, PricesError> {
        let list = std::fs::read(path).map_err(PricesError::io)?;
        self.with_list_json(&list)
    }

    /// An entry of one's own, before any list. The provider is a value of `gen_ai.provider.name`;
    /// the model has to be the same to the letter.
    #[must_use]
    pub fn with_model(
        mut self,
        provider: impl Into<String>,
        model: impl Into<String>,
        prices: ModelPrices,
    ) -> Self {
        let models = self.own.entry(provider.into()).or_default();
        models.insert(model.into(), prices);
        self
    }

    /// A discount on what a provider of the price list charges, in place of the general one. Entries
    /// of one's own are what was agreed on, and not discounted.
    #[must_use]
    pub fn with_discount(mut self, provider: impl Into<String>, discount: Discount) -> Self {
        self.discounts.insert(provider.into(), discount);
        self
    }

    /// A discount on what any provider of the price list charges.
    #[must_use]
    pub fn with_general_discount(mut self, discount: Discount) -> Self {
        self.discount = discount;
        self
    }

    /// Decodes the bundled list, so that no call has to wait for it.
    pub fn warm_up(&self) {
        if let List::Bundled = self.list {
            let _ = Calculator::bundled();
        }
    }

    /// What a call costs. `None` if its provider or model is not known, or its usage is not: there
    /// is no cost of zero for what is not known.
    ///
    /// Where a call reports only a part of its usage (a stream cut short), this is what that part
    /// costs. Finding a model in a list takes some microseconds.
    pub fn cost(&self, call: &Call<'_>) -> Option<Cost> {
        let counts = call.counts()?;
        let own = self.own.get(call.provider);
        if let Some(prices) = own.and_then(|models| models.get(call.model)) {
            let (total, input, output) = prices.price(&counts);
            return Some(Cost {
                total,
                input,
                output,
                provider: call.provider.to_owned(),
                model: call.model.to_owned(),
                standard_rates: call.batch || call.service_tier.is_some(),
            });
        }
        let mut cost = match &self.list {
            List::None => return None,
            List::Bundled => from_list(Calculator::bundled(), call, &counts)?,
            List::Loaded(list) => from_list(list, call, &counts)?,
        };
        let discount = self.discounts.get(call.provider);
        discount.unwrap_or(&self.discount).apply_to(&mut cost);
        Some(cost)
    }
}

/// What the list says of a call.
fn from_list(list: &Calculator, call: &Call<'_>, counts: &Counts) -> Option<Cost> {
    let provider = provider_id(call.provider);
    let price = |usage: &genai_prices::Usage, special: bool| {
        let mut request = PriceRequest::new(call.model, usage).with_provider_id(provider);
        request.timestamp = call.at;
        if special {
            if let Some(tier) = call.service_tier {
                request = request.with_price_context("service_tier", tier);
            }
            if call.batch {
                request = request.with_price_context("processing", "batch");
            }
        }
        list.calculate(&request)
    };
    let find = |special| -> Option<PriceCalculation> {
        match price(&usage(call, counts, true), special) {
            Ok(price) => Some(price),
            // The parts by modality do not fit together, or one that the price needs is missing:
            // all tokens are then charged alike.
            Err(error) if error.kind() == ErrorKind::InvalidUsage => {
                price(&usage(call, counts, false), special).ok()
            }
            Err(_) => None,
        }
    };
    let special = call.batch || call.service_tier.is_some();
    let found = find(special)?;
    // The list also matches names that merely contain one that it knows. That is a guess.
    if !found.provider_id.eq_ignore_ascii_case(provider) {
        return None;
    }
    let standard = special && find(false).is_some_and(|it| it.total_price == found.total_price);
    Some(Cost {
        total: NanoUsd::from_usd(found.total_price)?,
        input: NanoUsd::from_usd(found.input_price)?,
        output: NanoUsd::from_usd(found.output_price)?,
        provider: found.provider_id,
        model: found.model_id,
        standard_rates: standard,
    })
}

/// The counts under the names of the list, which counts like the conventions: totals, and parts of
/// them.
fn usage(call: &Call<'_>, counts: &Counts, parts: bool) -> genai_prices::Usage {
    let mut usage = genai_prices::Usage::new();
    let mut set = |key: UsageKey, count: u64| {
        // A count beyond 2^53 loses a few units of 2^53, which no price notices.
        usage.insert(key, count as f64);
    };
    set(UsageKey::INPUT_TOKENS, counts.input);
    set(UsageKey::OUTPUT_TOKENS, counts.output);
    set(UsageKey::CACHE_READ_TOKENS, counts.cache_read);
    set(UsageKey::CACHE_WRITE_TOKENS, counts.cache_write);
    set(UsageKey::CACHE_WRITE_1H_TOKENS, counts.cache_write_1h);
    if parts {
        let reported = call.usage;
        for (key, count) in [
            (
                UsageKey::OUTPUT_REASONING_TOKENS,
                reported.reasoning_output_tokens,
            ),
            (UsageKey::INPUT_AUDIO_TOKENS, reported.audio_input_tokens),
            (UsageKey::INPUT_IMAGE_TOKENS, reported.image_input_tokens),
            (UsageKey::OUTPUT_AUDIO_TOKENS, reported.audio_output_tokens),
            (UsageKey::OUTPUT_IMAGE_TOKENS, reported.image_output_tokens),
            (
                UsageKey::CACHE_AUDIO_READ_TOKENS,
                reported.audio_cache_read_input_tokens,
            ),
            (
                UsageKey::CACHE_IMAGE_READ_TOKENS,
                reported.image_cache_read_input_tokens,
            ),
        ] {
            if let Some(count) = count {
                set(key, count);
            }
        }
    }
    usage
}

/// A price list that could not be read.
#[derive(Debug)]
pub struct PricesError {
    what: &'static str,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl PricesError {
    fn io(error: std::io::Error) -> Self {
        Self {
            what: "the price list cannot be read",
            source: Box::new(error),
        }
    }

    fn invalid(error: genai_prices::Error) -> Self {
        Self {
            what: "the price list is not valid",
            source: Box::new(error),
        }
    }
}

impl fmt::Display for PricesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }
}

impl std::error::Error for PricesError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
