//! What calls cost: known prices, unknown ones, and what holds for every usage.

use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, process};

use agent_trace_llm::cost::{
    CacheTtl, Call, Cost, Discount, ModelPrices, NanoUsd, Prices, SharedPrices,
};
use agent_trace_llm::wire::anthropic::MessagesResponse;
use agent_trace_llm::wire::cohere::RerankResponse;
use agent_trace_llm::wire::openai::ChatResponse;
use agent_trace_llm::{Provider, Usage};
use proptest::prelude::*;

/// A price list with everything that a price can depend on.
const LIST: &str = r#"[
    {
        "id": "openai", "name": "OpenAI", "api_pattern": "https://api\\.openai\\.com",
        "provider_match": { "contains": "openai" },
        "models": [
            {
                "id": "m", "match": { "starts_with": "m" },
                "prices": [
                    { "prices": { "input_mtok": 8, "output_mtok": 40, "cache_read_mtok": 2 } },
                    {
                        "constraint": { "start_date": "2026-01-01" },
                        "prices": { "input_mtok": 4, "output_mtok": 20, "cache_read_mtok": 1 }
                    }
                ],
                "price_variants": [
                    { "when": { "service_tier": "flex" },
                      "prices": { "input_mtok": 2, "output_mtok": 10, "cache_read_mtok": 0.5 } },
                    { "when": { "processing": "batch" },
                      "prices": { "input_mtok": 1, "output_mtok": 5 } }
                ]
            },
            {
                "id": "tiered", "match": { "equals": "tiered" },
                "prices": {
                    "input_mtok": { "base": 1, "tiers": [{ "start": 1000, "price": 3 }] },
                    "output_mtok": 10
                }
            },
            {
                "id": "audio", "match": { "equals": "audio" },
                "prices": {
                    "input_mtok": 1, "output_mtok": 2, "cache_read_mtok": 0.5,
                    "input_audio_mtok": 10, "output_audio_mtok": 20, "cache_audio_read_mtok": 5
                }
            }
        ]
    },
    {
        "id": "anthropic", "name": "Anthropic", "api_pattern": "https://api\\.anthropic\\.com",
        "models": [{
            "id": "claude", "match": { "equals": "claude" },
            "prices": {
                "input_mtok": 3, "output_mtok": 15, "cache_read_mtok": 0.3,
                "cache_write_mtok": 3.75, "cache_write_1h_mtok": 6
            }
        }]
    }
]"#;

fn list() -> Prices {
    Prices::from_json(LIST.as_bytes()).expect("a valid list")
}

/// In 2026, when the later prices apply.
fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_790_000_000)
}

fn usage(input: u64, output: u64) -> Usage {
    let mut usage = Usage::default();
    usage.input_tokens = Some(input);
    usage.output_tokens = Some(output);
    usage
}

fn total(cost: Option<Cost>) -> String {
    cost.expect("known").total.to_string()
}

#[test]
fn totals_include_their_parts() {
    let prices = list();
    let mut usage = usage(1_000_000, 100_000);
    usage.cache_read_input_tokens = Some(400_000);
    usage.reasoning_output_tokens = Some(60_000);
    let cost = prices
        .cost(&Call::new("openai", "m-1", &usage).at(now()))
        .expect("known");
    // 600,000 at $4, 400,000 at $1, 100,000 at $20.
    assert_eq!(cost.input.to_string(), "$2.8");
    assert_eq!(cost.output.to_string(), "$2");
    assert_eq!(cost.total.to_string(), "$4.8");
    assert_eq!(
        (cost.provider.as_str(), cost.model.as_str()),
        ("openai", "m")
    );
    assert!(!cost.standard_rates);
}

#[test]
fn terms() {
    let prices = list();
    let usage = usage(1_000_000, 0);
    let call = Call::new("openai", "m", &usage).at(now());
    assert_eq!(total(prices.cost(&call)), "$4");
    assert_eq!(total(prices.cost(&call.service_tier("flex"))), "$2");
    assert_eq!(total(prices.cost(&call.batch(true))), "$1");
    assert_eq!(total(prices.cost(&call.service_tier("batch"))), "$1");
    assert_eq!(total(prices.cost(&call.at(UNIX_EPOCH))), "$8");
    for tier in ["default", "auto", "standard", "on_demand", ""] {
        let cost = prices.cost(&call.service_tier(tier)).expect("known");
        assert_eq!(
            (cost.total.to_string().as_str(), cost.standard_rates),
            ("$4", false)
        );
    }
    // A tier without rates has the standard ones, and says so.
    let cost = prices.cost(&call.service_tier("priority")).expect("known");
    assert_eq!(
        (cost.total.to_string().as_str(), cost.standard_rates),
        ("$4", true)
    );
    assert!(
        !prices
            .cost(&call.service_tier("flex"))
            .expect("known")
            .standard_rates
    );
}

#[test]
fn cache_writes_by_their_lifetime() {
    let prices = list();
    let mut usage = usage(1_000_000, 0);
    usage.cache_write_input_tokens = Some(1_000_000);
    let call = Call::new("anthropic", "claude", &usage).at(now());
    assert_eq!(total(prices.cost(&call)), "$3.75");
    assert_eq!(total(prices.cost(&call.cache_ttl(CacheTtl::OneHour))), "$6");
    assert_eq!(
        total(prices.cost(&call.one_hour_cache_writes(400_000))),
        "$4.65"
    );
    assert_eq!(
        total(prices.cost(&call.cache_ttl(CacheTtl::FiveMinutes))),
        "$3.75"
    );
    // More than were written at all.
    assert_eq!(
        total(prices.cost(&call.one_hour_cache_writes(u64::MAX))),
        "$6"
    );
}

#[test]
fn the_usage_tells_how_long_cache_writes_stay() {
    let prices = Prices::from_json(LIST.as_bytes()).expect("valid");
    let body = br#"{ "usage": {
        "input_tokens": 0, "output_tokens": 0, "cache_creation_input_tokens": 1000000,
        "cache_creation": { "ephemeral_5m_input_tokens": 600000, "ephemeral_1h_input_tokens": 400000 }
    } }"#;
    let info = MessagesResponse::from_slice(body)
        .expect("JSON")
        .into_info();
    let call = Call::of_reply("anthropic", "claude", &info);
    assert_eq!(total(prices.cost(&call)), "$4.65");
    // What is said of the call goes before what the reply tells.
    let five = call.cache_ttl(CacheTtl::FiveMinutes);
    assert_eq!(total(prices.cost(&five)), "$3.75");

    let ours = ModelPrices::new(NanoUsd::ZERO, NanoUsd::ZERO)
        .cache_write("1".parse().expect("an amount"))
        .one_hour_cache_write("2".parse().expect("an amount"));
    let prices = Prices::none().with_model("anthropic", "claude", ours);
    assert_eq!(total(prices.cost(&call)), "$1.4");
}

#[test]
fn what_is_billed_is_priced() {
    let prices = Prices::from_json(LIST.as_bytes()).expect("valid");
    // The compaction is billed, and not in the counts of the reply.
    let body = br#"{ "model": "claude", "usage": {
        "input_tokens": 1000000, "output_tokens": 0,
        "iterations": [
            { "type": "compaction", "input_tokens": 2000000, "output_tokens": 0 },
            { "type": "message", "input_tokens": 1000000, "output_tokens": 0 }
        ]
    } }"#;
    let info = MessagesResponse::from_slice(body)
        .expect("JSON")
        .into_info();
    let usage = info.usage.expect("reported");
    assert_eq!(
        total(prices.cost(&Call::new("anthropic", "claude", &usage))),
        "$3"
    );
    assert_eq!(
        total(prices.cost(&Call::of_reply("anthropic", "asked", &info))),
        "$9"
    );

    let searches = br#"{ "meta": { "billed_units": { "search_units": 1 } } }"#;
    let info = RerankResponse::from_slice(searches)
        .expect("JSON")
        .into_info();
    assert_eq!(
        prices.cost(&Call::of_reply("anthropic", "claude", &info)),
        None
    );

    let flex =
        br#"{ "model": "m", "service_tier": "flex", "usage": { "prompt_tokens": 1000000 } }"#;
    let info = ChatResponse::from_slice(flex).expect("JSON").into_info();
    assert_eq!(
        total(prices.cost(&Call::of_reply("openai", "m", &info))),
        "$2"
    );
}

#[test]
fn long_prompts_have_their_own_price() {
    let prices = list();
    let cost = |input| prices.cost(&Call::new("openai", "tiered", &usage(input, 0)));
    assert_eq!(total(cost(1_000)), "$0.001");
    assert_eq!(total(cost(2_000)), "$0.006");
}

#[test]
fn parts_that_do_not_fit() {
    let prices = list();
    let mut audio = usage(1_000_000, 0);
    audio.audio_input_tokens = Some(500_000);
    assert_eq!(
        total(prices.cost(&Call::new("openai", "audio", &audio))),
        "$5.5"
    );
    // How much of the cached part is audio is not known: all input is charged alike.
    audio.cache_read_input_tokens = Some(200_000);
    assert_eq!(
        total(prices.cost(&Call::new("openai", "audio", &audio))),
        "$0.9"
    );
    audio.audio_cache_read_input_tokens = Some(100_000);
    // 400,000 text, 100,000 cached text, 400,000 audio, 100,000 cached audio.
    assert_eq!(
        total(prices.cost(&Call::new("openai", "audio", &audio))),
        "$4.95"
    );
    let mut odd = usage(10, 10);
    odd.cache_read_input_tokens = Some(u64::MAX);
    odd.cache_write_input_tokens = Some(u64::MAX);
    odd.audio_input_tokens = Some(u64::MAX);
    assert!(prices.cost(&Call::new("openai", "audio", &odd)).is_some());
}

#[test]
fn what_is_not_known_has_no_cost() {
    let prices = list();
    let usage = usage(1_000, 1_000);
    for (provider, model) in [
        ("openai", "unknown"),
        ("openai", ""),
        ("", "m"),
        ("ollama", "m"),
        // Contains a known name, which is no more than a guess.
        ("my-openai-gateway", "m"),
        ("litellm", "openai/m"),
    ] {
        assert_eq!(
            prices.cost(&Call::new(provider, model, &usage)),
            None,
            "{provider} {model}"
        );
    }
    let none = Usage::default();
    assert_eq!(prices.cost(&Call::new("openai", "m", &none)), None);
    assert_eq!(Prices::none().cost(&Call::new("openai", "m", &usage)), None);
    // No tokens are known to cost nothing; that is another thing.
    let zero = self::usage(0, 0);
    let cost = prices
        .cost(&Call::new("openai", "m", &zero))
        .expect("known");
    assert_eq!(cost.total, NanoUsd::ZERO);
}

#[test]
fn own_prices_and_discounts() {
    let ours = ModelPrices::new(NanoUsd::from_nanos(1_000_000_000), NanoUsd::from_nanos(7));
    let prices = list()
        .with_model("openai", "m-special", ours.per_call(NanoUsd::from_nanos(5)))
        .with_discount("anthropic", Discount::percent(50))
        .with_general_discount(Discount::basis_points(1_250));
    let usage = usage(1_000_000, 1_000_000);
    let cost = |provider, model| prices.cost(&Call::new(provider, model, &usage).at(now()));
    let own = cost("openai", "m-special").expect("listed");
    assert_eq!(own.total.as_nanos(), 1_000_000_012);
    assert_eq!(
        (own.input.as_nanos(), own.output.as_nanos()),
        (1_000_000_000, 7)
    );
    // Before it in the list, too, but only to the letter.
    assert_eq!(total(cost("openai", "m-special-2")), "$21");
    assert_eq!(total(cost("anthropic", "claude")), "$9");
    assert_eq!(Discount::percent(1_000).apply(NanoUsd::MAX), NanoUsd::ZERO);
    assert_eq!(Discount::default().apply(NanoUsd::MAX), NanoUsd::MAX);
}

#[test]
fn prices_are_replaced_from_a_file() {
    let path = env::temp_dir().join(format!("agent-trace-prices-{}.json", process::id()));
    let usage = usage(1_000_000, 0);
    let call = Call::new("openai", "m", &usage).at(now());

    let prices = SharedPrices::new(Prices::none().with_discount("openai", Discount::percent(50)));
    let other = prices.clone();
    assert_eq!(prices.cost(&call), None);
    fs::write(&path, LIST).expect("written");
    prices.reload(&path).expect("valid");
    // The discount stays, and the clone sees the list.
    assert_eq!(total(other.cost(&call)), "$2");

    fs::write(
        &path,
        LIST.replace("\"input_mtok\": 4,", "\"input_mtok\": 6,"),
    )
    .expect("written");
    prices.reload(&path).expect("valid");
    assert_eq!(total(other.cost(&call)), "$3");

    for broken in [
        "",
        "[",
        "{}",
        "[{\"id\": 1}]",
        &LIST.replace(": 4,", ": -4,"),
    ] {
        fs::write(&path, broken).expect("written");
        let error = prices.reload(&path).expect_err("not valid");
        assert_eq!(error.to_string(), "the price list is not valid");
        assert_eq!(total(other.cost(&call)), "$3", "the one before is in place");
    }
    fs::remove_file(&path).expect("removed");
    let error = prices.reload(&path).expect_err("no file");
    assert_eq!(error.to_string(), "the price list cannot be read");
    assert_eq!(
        total(
            Prices::from_json(LIST.as_bytes())
                .expect("valid")
                .cost(&call)
        ),
        "$4"
    );
}

/// The providers of the conventions that the bundled list has, each by a model that it lists.
#[test]
fn the_bundled_list_knows_the_conventions_names() {
    let prices = Prices::bundled();
    prices.warm_up();
    let usage = usage(1_000, 1_000);
    for (provider, model) in [
        (Provider::OPENAI, "gpt-4o-2024-11-20"),
        (Provider::AZURE_AI_OPENAI, "gpt-4o"),
        (Provider::ANTHROPIC, "claude-sonnet-4-5-20250929"),
        (
            Provider::AWS_BEDROCK,
            "anthropic.claude-3-5-sonnet-20240620-v1:0",
        ),
        (Provider::GCP_GEMINI, "gemini-2.5-flash"),
        (Provider::GCP_VERTEX_AI, "gemini-2.5-pro"),
        (Provider::COHERE, "command-a-03-2025"),
        (Provider::DEEPSEEK, "deepseek-chat"),
        (Provider::GROQ, "llama-3.3-70b-versatile"),
        (Provider::MISTRAL_AI, "mistral-large-latest"),
        (Provider::MOONSHOT_AI, "kimi-k2-0905-preview"),
        (Provider::PERPLEXITY, "sonar"),
        (Provider::X_AI, "grok-3"),
        (Provider::from("voyage"), "voyage-3.5"),
        (Provider::from("openrouter"), "anthropic/claude-sonnet-4.5"),
    ] {
        let cost = prices.cost(&Call::new(provider.as_str(), model, &usage));
        let cost = cost.unwrap_or_else(|| panic!("{provider} {model}"));
        assert!(cost.total > NanoUsd::ZERO, "{provider} {model}");
    }
    let unlisted = Call::new("ibm.watsonx.ai", "ibm/granite-3-8b-instruct", &usage);
    assert_eq!(prices.cost(&unlisted), None);
}

fn count() -> impl Strategy<Value = Option<u64>> {
    prop_oneof![
        3 => (0..2_000_000u64).prop_map(Some),
        1 => any::<u64>().prop_map(Some),
        1 => Just(None),
    ]
}

fn any_usage() -> impl Strategy<Value = Usage> {
    prop::collection::vec(count(), 11).prop_map(|counts| {
        let mut usage = Usage::default();
        let fields = [
            &mut usage.input_tokens,
            &mut usage.output_tokens,
            &mut usage.cache_read_input_tokens,
            &mut usage.cache_write_input_tokens,
            &mut usage.reasoning_output_tokens,
            &mut usage.audio_input_tokens,
            &mut usage.image_input_tokens,
            &mut usage.audio_output_tokens,
            &mut usage.image_output_tokens,
            &mut usage.audio_cache_read_input_tokens,
            &mut usage.text_input_tokens,
        ];
        for (field, count) in fields.into_iter().zip(counts) {
            *field = count;
        }
        usage
    })
}

fn any_model() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(vec![
        ("openai", "m"),
        ("openai", "tiered"),
        ("openai", "audio"),
        ("anthropic", "claude"),
        ("own", "own"),
    ])
}

fn with_own() -> Prices {
    let own = ModelPrices::new(
        NanoUsd::from_nanos(37_500_000),
        NanoUsd::from_nanos(150_000_001),
    )
    .cache_read(NanoUsd::from_nanos(3))
    .cache_write(NanoUsd::from_nanos(46_000_000))
    .one_hour_cache_write(NanoUsd::MAX);
    list().with_model("own", "own", own)
}

proptest! {
    /// Known exactly when input or output are, whatever the other counts are; and never more than
    /// rounding apart from the sum of its parts.
    #[test]
    fn known_or_not(usage in any_usage(), (provider, model) in any_model(), hour in any::<bool>()) {
        let ttl = if hour { CacheTtl::OneHour } else { CacheTtl::FiveMinutes };
        let call = Call::new(provider, model, &usage).at(now()).cache_ttl(ttl);
        let cost = with_own().cost(&call);
        let known = usage.input_tokens.is_some() || usage.output_tokens.is_some();
        prop_assert_eq!(cost.is_some(), known);
        if let Some(cost) = cost {
            let sum = cost.input + cost.output;
            let slack = 2 + cost.total.as_nanos() / (1 << 50);
            prop_assert!(sum.as_nanos().abs_diff(cost.total.as_nanos()) <= slack);
        }
    }

    /// More tokens cost no less.
    #[test]
    fn monotone(
        (provider, model) in any_model(),
        (input, output, cached) in (0..1u64 << 40, 0..1u64 << 40, 0..1u64 << 40),
        (more_in, more_out) in (0..1u64 << 40, 0..1u64 << 40),
    ) {
        let prices = with_own();
        let cost = |input: u64, output: u64| {
            let mut usage = usage(input, output);
            usage.cache_read_input_tokens = Some(cached.min(1_000));
            prices.cost(&Call::new(provider, model, &usage).at(now())).expect("known").total
        };
        // Below the thousand, more input means fewer tokens that are not cached.
        let input = input + 1_000;
        prop_assert!(cost(input, output) <= cost(input + more_in, output));
        prop_assert!(cost(input, output) <= cost(input, output + more_out));
    }

    /// Where no price depends on the amount, two calls cost what one with their tokens does, but for
    /// rounding each to a nano-dollar.
    #[test]
    fn additive(
        model in prop::sample::select(vec![("openai", "m"), ("anthropic", "claude"), ("own", "own")]),
        a in (0..10_000_000u64, 0..10_000_000u64, 0..10_000_000u64),
        b in (0..10_000_000u64, 0..10_000_000u64, 0..10_000_000u64),
    ) {
        let prices = with_own();
        let cost = |usage: &Usage| {
            let call = Call::new(model.0, model.1, usage).at(now());
            prices.cost(&call).expect("known").total
        };
        let make = |(cached, input, output): (u64, u64, u64)| {
            let mut usage = usage(cached + input, output);
            usage.cache_read_input_tokens = Some(cached);
            usage
        };
        let (a, b) = (make(a), make(b));
        let mut both = a;
        both += b;
        let sum = cost(&a) + cost(&b);
        prop_assert!(sum.as_nanos().abs_diff(cost(&both).as_nanos()) <= 2);
    }

    /// Own prices are computed in whole numbers: exactly, at any size.
    #[test]
    fn own_prices_are_exact(input in any::<u64>(), price in any::<u64>()) {
        let own = ModelPrices::new(NanoUsd::from_nanos(price), NanoUsd::ZERO);
        let prices = Prices::none().with_model("own", "own", own);
        let usage = usage(input, 0);
        let cost = prices.cost(&Call::new("own", "own", &usage)).expect("listed").total;
        let exact = (u128::from(input) * u128::from(price)).min(u128::MAX / 8);
        let exact = (exact + 500_000) / 1_000_000;
        prop_assert_eq!(u128::from(cost.as_nanos()), exact.min(u128::from(u64::MAX)));
    }

    /// A discount takes away, never adds, and keeps the order.
    #[test]
    fn discounts(a in any::<u64>(), b in any::<u64>(), points in 0..20_000u32) {
        let (a, b) = (NanoUsd::from_nanos(a.min(b)), NanoUsd::from_nanos(a.max(b)));
        let discount = Discount::basis_points(points);
        prop_assert!(discount.apply(a) <= a);
        prop_assert!(discount.apply(a) <= discount.apply(b));
    }

    #[test]
    fn any_name_does_no_harm(provider in "\\PC{0,12}", model in "\\PC{0,24}") {
        let usage = usage(1, 1);
        let _ = list().cost(&Call::new(&provider, &model, &usage));
    }
}
