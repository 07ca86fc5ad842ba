//! What a model call costs.
//!
//! [`Prices`] turns the token counts of a call into money, from the price list of the
//! [`genai-prices`](https://docs.rs/genai-prices) crate (bundled, or a newer one from a file), with
//! price lists of one's own before it and negotiated discounts after it. A provider or a model that
//! is not in any list has no cost, which is not a cost of zero.
//!
//! ```
//! use agent_trace_llm::cost::{Call, Prices};
//! use agent_trace_llm::{InputTokens, OutputTokens, Usage};
//!
//! let usage = Usage::new(
//!     InputTokens::CacheIncluded { total: Some(1_000), cache_read: Some(400), cache_write: None },
//!     OutputTokens::ReasoningIncluded { total: Some(100), reasoning: None },
//! );
//! let prices = Prices::bundled();
//!
//! // $2.50 and $1.25 (cached) for a million tokens in, $10 for a million out.
//! let cost = prices.cost(&Call::new("openai", "gpt-4o", &usage)).expect("a known model");
//! assert_eq!(cost.total.to_string(), "$0.003");
//! assert_eq!(cost.input.as_nanos(), 2_000_000);
//!
//! assert_eq!(prices.cost(&Call::new("openai", "gpt-unheard-of", &usage)), None);
//! ```
//!
//! # Money
//!
//! [`NanoUsd`] is a whole number of billionths of a dollar, and adding up is exact. The price of one
//! call is rounded to the nearest nano-dollar once, so the sum of two calls and the price of their
//! tokens in one call may differ by as much as that. They also differ where a provider charges more
//! for long prompts.
//!
//! # Terms
//!
//! | | |
//! | --- | --- |
//! | service tier | [`Call::service_tier`], as the *reply* reports it |
//! | batch | [`Call::batch`] |
//! | lifetime of cache writes | what the usage tells of it, else [`Call::cache_ttl`], [`Call::one_hour_cache_writes`] |
//! | date | [`Call::at`], now unless said otherwise |
//!
//! Where the list has no rates for a tier or for batch, the standard rates are used, and
//! [`Cost::standard_rates`] says so.
//!
//! What is billed is not always what was used. [`Call::of_reply`] prices what is billed where the reply
//! tells ([`BilledUsage`](crate::BilledUsage): Cohere, and Anthropic's compaction); [`Call::new`] prices
//! the usage that it is given. Units that are no tokens (searches of a rerank API, images) have no price
//! here, so a call that is billed in nothing else has no cost.

mod call;
mod discount;
mod model_prices;
mod nano_usd;
mod prices;
mod provider_id;
mod shared;
mod total;

pub use call::{CacheTtl, Call};
pub use discount::Discount;
pub use model_prices::ModelPrices;
pub use nano_usd::{NanoUsd, ParseNanoUsdError};
pub use prices::{Prices, PricesError};
pub use shared::SharedPrices;
pub use total::Cost;
