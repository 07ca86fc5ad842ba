use std::time::SystemTime;

use crate::{InputTokens, OutputTokens, ResponseInfo, Usage};

/// What a reply without usage reports.
static NOTHING: Usage = Usage::new(
    InputTokens::CacheIncluded {
        total: None,
        cache_read: None,
        cache_write: None,
    },
    OutputTokens::ReasoningIncluded {
        total: None,
        reasoning: None,
    },
);

/// A model call as far as its price depends on it.
///
/// ```
/// use agent_trace_llm::Usage;
/// use agent_trace_llm::cost::{CacheTtl, Call};
///
/// let usage = Usage::default();
/// let call = Call::new("anthropic", "claude-sonnet-4-5", &usage)
///     .batch(true)
///     .cache_ttl(CacheTtl::OneHour);
/// # let _ = call;
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    pub(crate) provider: &'a str,
    pub(crate) model: &'a str,
    pub(crate) usage: &'a Usage,
    pub(crate) service_tier: Option<&'a str>,
    pub(crate) batch: bool,
    /// Instead of what the usage says of it.
    pub(crate) one_hour_cache_writes: Option<u64>,
    pub(crate) at: Option<SystemTime>,
}

/// How long what is written to a prompt cache stays there.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum CacheTtl {
    /// Five minutes, what providers do unless asked otherwise.
    #[default]
    FiveMinutes,
    /// One hour.
    OneHour,
}

impl<'a> Call<'a> {
    /// A call under standard terms, at this moment.
    ///
    /// `provider` is a value of `gen_ai.provider.name`, `model` the model of the reply, else of the
    /// request.
    pub fn new(provider: &'a str, model: &'a str, usage: &'a Usage) -> Self {
        Self {
            provider,
            model,
            usage,
            service_tier: None,
            batch: false,
            one_hour_cache_writes: None,
            at: None,
        }
    }

    /// A call of which the reply is known: what it is [charged for](ResponseInfo::charged_usage) (the
    /// billed tokens where the provider tells, else those that were used) and the service tier that
    /// served it.
    ///
    /// The model is that of the reply, else `model`, the one that was asked for. A reply without any
    /// usage has no cost.
    ///
    /// ```
    /// use agent_trace_llm::LlmResponse;
    /// use agent_trace_llm::cost::{Call, Prices};
    /// use agent_trace_llm::wire::cohere::ChatResponse;
    ///
    /// // The provider's own preamble is counted, and not charged.
    /// let body = br#"{ "usage": {
    ///     "tokens": { "input_tokens": 1394, "output_tokens": 6 },
    ///     "billed_units": { "input_tokens": 1000, "output_tokens": 0 }
    /// } }"#;
    /// let info = ChatResponse::from_slice(body)?.info();
    /// let cost = Prices::bundled().cost(&Call::of_reply("cohere", "command-a-03-2025", &info));
    /// assert_eq!(cost.expect("a known model").total.to_string(), "$0.0025");
    /// # Ok::<(), agent_trace_llm::wire::Error>(())
    /// ```
    pub fn of_reply(provider: &'a str, model: &'a str, reply: &'a ResponseInfo) -> Self {
        let model = reply.model.as_deref().unwrap_or(model);
        let usage = reply.charged_usage().unwrap_or(&NOTHING);
        let call = Self::new(provider, model, usage);
        match &reply.service_tier {
            Some(tier) => call.service_tier(tier),
            None => call,
        }
    }

    /// The service tier that served the call, as the reply reports it: a request for `priority` may
    /// have been served as `default`. `batch`, which is a tier to some providers, is the same as
    /// [`batch(true)`](Self::batch).
    #[must_use]
    pub fn service_tier(mut self, tier: &'a str) -> Self {
        match tier {
            "batch" => self.batch = true,
            // What a call without a tier gets. `auto` is a request, and no tier.
            "" | "auto" | "default" | "standard" | "on_demand" => self.service_tier = None,
            tier => self.service_tier = Some(tier),
        }
        self
    }

    /// Whether the call came through the provider's batch API. Replies mostly do not say so.
    #[must_use]
    pub fn batch(mut self, batch: bool) -> Self {
        self.batch = batch;
        self
    }

    /// How long all that the call wrote to a cache stays there. Unless this or
    /// [`one_hour_cache_writes`](Self::one_hour_cache_writes) says so, it is as the
    /// [usage](Usage::cache_write_1h_input_tokens) tells, and five minutes where it does not.
    #[must_use]
    pub fn cache_ttl(mut self, ttl: CacheTtl) -> Self {
        self.one_hour_cache_writes = match ttl {
            CacheTtl::FiveMinutes => Some(0),
            CacheTtl::OneHour => Some(u64::MAX),
        };
        self
    }

    /// How many of the tokens written to a cache stay there for an hour, where a call writes with
    /// both lifetimes.
    #[must_use]
    pub fn one_hour_cache_writes(mut self, tokens: u64) -> Self {
        self.one_hour_cache_writes = Some(tokens);
        self
    }

    /// When the call was made, as prices change. Now, unless this says otherwise.
    #[must_use]
    pub fn at(mut self, time: impl Into<SystemTime>) -> Self {
        self.at = Some(time.into());
        self
    }

    /// The counts with every part at most as large as what it is a part of; `None` if there are
    /// none.
    pub(crate) fn counts(&self) -> Option<Counts> {
        let usage = self.usage;
        if usage.input_tokens.is_none() && usage.output_tokens.is_none() {
            return None;
        }
        let input = usage.input_tokens.unwrap_or_default();
        let output = usage.output_tokens.unwrap_or_default();
        let cache_read = usage.cache_read_input_tokens.unwrap_or_default().min(input);
        let cache_write = usage
            .cache_write_input_tokens
            .unwrap_or_default()
            .min(input - cache_read);
        Some(Counts {
            input,
            output,
            cache_read,
            cache_write,
            cache_write_1h: self
                .one_hour_cache_writes
                .or(usage.cache_write_1h_input_tokens)
                .unwrap_or_default()
                .min(cache_write),
        })
    }
}

/// Token counts that fit into each other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counts {
    pub(crate) input: u64,
    pub(crate) output: u64,
    pub(crate) cache_read: u64,
    pub(crate) cache_write: u64,
    pub(crate) cache_write_1h: u64,
}
