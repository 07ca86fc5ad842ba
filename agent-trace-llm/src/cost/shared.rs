use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use crate::cost::{Call, Cost, Prices, PricesError};

/// Prices that can be replaced while a program runs.
///
/// All clones see a replacement. A list that cannot be read leaves the one before in place.
///
/// ```
/// use agent_trace_llm::Usage;
/// use agent_trace_llm::cost::{Call, Prices, SharedPrices};
///
/// let mut usage = Usage::default();
/// usage.input_tokens = Some(1_000_000);
/// let call = Call::new("openai", "gpt-4o", &usage);
///
/// let prices = SharedPrices::new(Prices::bundled());
/// assert!(prices.reload("/no/such/file.json").is_err());
/// assert!(prices.cost(&call).is_some());
///
/// prices.replace(Prices::none());
/// assert!(prices.cost(&call).is_none());
/// ```
#[derive(Debug, Clone)]
pub struct SharedPrices {
    current: Arc<RwLock<Arc<Prices>>>,
}

impl SharedPrices {
    /// Shares these prices.
    pub fn new(prices: Prices) -> Self {
        Self {
            current: Arc::new(RwLock::new(Arc::new(prices))),
        }
    }

    /// The prices of this moment.
    pub fn get(&self) -> Arc<Prices> {
        let current = self.current.read();
        Arc::clone(&current.unwrap_or_else(PoisonError::into_inner))
    }

    /// What a call costs: see [`Prices::cost`].
    pub fn cost(&self, call: &Call<'_>) -> Option<Cost> {
        self.get().cost(call)
    }

    /// Replaces everything: list, own entries and discounts.
    pub fn replace(&self, prices: Prices) {
        let current = self.current.write();
        *current.unwrap_or_else(PoisonError::into_inner) = Arc::new(prices);
    }

    /// Replaces the list by that of a file; own entries and discounts stay.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is not valid. Nothing is replaced then.
    pub fn reload(&self, path: impl AsRef<Path>) -> Result<(), PricesError> {
        let prices = Prices::clone(&self.get()).with_list_file(path)?;
        self.replace(prices);
        Ok(())
    }
}

impl Default for SharedPrices {
    /// The [bundled](Prices::bundled) list.
    fn default() -> Self {
        Self::new(Prices::bundled())
    }
}
