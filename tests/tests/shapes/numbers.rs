//! Numbers, switches and lists: options that only model calls have.

use agent_trace::llm_call;
use agent_trace::testing::{FinishedSpan, capture};

const MODEL: &str = "gpt-4o";

struct Settings {
    temperature: f32,
    stop: Vec<String>,
    limit: Option<u32>,
}

impl Settings {
    const SEED: u64 = u64::MAX;

    #[llm_call(
        model = MODEL,
        temperature = self.temperature,
        stop_sequences = self.stop,
        max_tokens = self.limit,
        seed = Self::SEED,
        stream = self.limit.is_none(),
    )]
    fn ask(&self) -> usize {
        self.stop.len()
    }
}

/// The one span of `block`.
fn span<T>(block: impl FnOnce() -> T) -> FinishedSpan {
    capture(block).spans.only().clone()
}

#[test]
fn an_integer_where_a_double_is_wanted() {
    #[llm_call(model = MODEL, temperature = 1, top_p = 0, frequency_penalty = -2)]
    fn ask() {}
    span(ask)
        .assert_attr("gen_ai.request.temperature", 1.0)
        .assert_attr("gen_ai.request.top_p", 0.0)
        .assert_attr("gen_ai.request.frequency_penalty", -2.0);
}

#[test]
fn a_short_float_is_what_a_person_would_write() {
    #[llm_call(model = MODEL, temperature = temperature, top_p = 0.9_f32, presence_penalty = penalty)]
    fn ask(temperature: f32, penalty: Option<f32>) -> f32 {
        temperature + penalty.unwrap_or_default()
    }
    span(|| ask(0.2, Some(0.1)))
        .assert_attr("gen_ai.request.temperature", 0.2)
        .assert_attr("gen_ai.request.top_p", 0.9)
        .assert_attr("gen_ai.request.presence_penalty", 0.1);
    span(|| ask(0.2, None)).assert_no_attr("gen_ai.request.presence_penalty");
}

#[test]
fn wide_integers_saturate() {
    #[llm_call(model = MODEL, seed = seed, max_tokens = max, top_k = least)]
    fn ask(seed: u64, max: &usize, least: i128) -> bool {
        seed > *max as u64 && least < 0
    }
    span(|| ask(u64::MAX, &7, i128::MIN))
        .assert_attr("gen_ai.request.seed", i64::MAX)
        .assert_attr("gen_ai.request.max_tokens", 7)
        .assert_attr("gen_ai.request.top_k", i64::MIN);
}

#[test]
fn lists_in_every_form() {
    #[llm_call(model = MODEL, stop_sequences = ["a", "b"])]
    fn array() {}
    #[llm_call(model = MODEL, stop_sequences = stop)]
    fn slice(stop: &[&str]) -> usize {
        stop.len()
    }
    #[llm_call(model = MODEL, stop_sequences = stop)]
    fn vector(stop: Option<Vec<String>>) -> bool {
        stop.is_some()
    }
    const KEY: &str = "gen_ai.request.stop_sequences";
    span(array).assert_attr(KEY, ["a", "b"]);
    span(|| slice(&["a"])).assert_attr(KEY, ["a"]);
    span(|| slice(&[])).assert_no_attr(KEY);
    span(|| vector(Some(vec!["a".to_owned()]))).assert_attr(KEY, ["a"]);
    span(|| vector(None)).assert_no_attr(KEY);
}

#[test]
fn fields_of_self_and_its_constants() {
    let settings = Settings {
        temperature: 0.7,
        stop: vec!["end".to_owned()],
        limit: Some(64),
    };
    let found = span(|| settings.ask());
    assert_eq!(found.name(), "chat gpt-4o");
    found
        .assert_attr("gen_ai.request.model", "gpt-4o")
        .assert_attr("gen_ai.request.temperature", 0.7)
        .assert_attr("gen_ai.request.stop_sequences", ["end"])
        .assert_attr("gen_ai.request.max_tokens", 64)
        .assert_attr("gen_ai.request.seed", i64::MAX)
        .assert_no_attr("gen_ai.request.stream");
    let settings = Settings {
        limit: None,
        ..settings
    };
    span(|| settings.ask())
        .assert_attr("gen_ai.request.stream", true)
        .assert_no_attr("gen_ai.request.max_tokens");
}

#[test]
fn a_model_from_anywhere_names_the_span() {
    #[llm_call(model = model)]
    fn argument(model: Option<&str>) -> bool {
        model.is_some()
    }
    #[llm_call(model = format!("{}-{}", family, 4))]
    fn made(family: &str) -> usize {
        family.len()
    }
    #[llm_call(model = %version)]
    fn displayed(version: u8) -> u8 {
        version
    }
    assert_eq!(span(|| argument(Some("m"))).name(), "chat m");
    assert_eq!(span(|| argument(None)).name(), "chat");
    assert_eq!(span(|| made("gpt")).name(), "chat gpt-4");
    assert_eq!(span(|| displayed(4)).name(), "chat 4");
}
