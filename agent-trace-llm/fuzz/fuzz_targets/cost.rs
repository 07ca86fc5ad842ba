//! Costs: no list, name or count panics, and what is not known has no cost.
#![no_main]

use std::time::{Duration, UNIX_EPOCH};

use agent_trace_llm::Usage;
use agent_trace_llm::cost::{Call, Prices};
use libfuzzer_sys::fuzz_target;

type Input<'a> = (
    &'a str,
    &'a str,
    &'a str,
    [Option<u64>; 6],
    u64,
    u32,
    bool,
    &'a [u8],
);

fuzz_target!(|input: Input<'_>| {
    let (provider, model, tier, counts, one_hour, date, batch, list) = input;
    let mut usage = Usage::default();
    usage.input_tokens = counts[0];
    usage.output_tokens = counts[1];
    usage.cache_read_input_tokens = counts[2];
    usage.cache_write_input_tokens = counts[3];
    usage.audio_input_tokens = counts[4];
    usage.reasoning_output_tokens = counts[5];
    let call = |provider, model| {
        Call::new(provider, model, &usage)
            .service_tier(tier)
            .batch(batch)
            .one_hour_cache_writes(one_hour)
            .at(UNIX_EPOCH + Duration::from_secs(date.into()))
    };
    if let Ok(prices) = Prices::from_json(list) {
        let _ = prices.cost(&call(provider, model));
    }
    let prices = Prices::bundled();
    let _ = prices.cost(&call(provider, model));
    let known = counts[0].is_some() || counts[1].is_some();
    for (provider, model) in [("openai", "gpt-4o"), ("anthropic", "claude-sonnet-4-5")] {
        assert_eq!(prices.cost(&call(provider, model)).is_some(), known);
    }
});
