//! The switches of the process, in a process of their own: one test, because they are global.

use agent_trace::llm::{InputTokens, OutputTokens, Usage};
use agent_trace::testing::capture;

const INPUT: &str = "gen_ai.usage.input_tokens";
const FINISH: &str = "gen_ai.response.finish_reasons";

#[agent_trace::llm_call(model = "small")]
fn ask() {
    agent_trace::current()
        .usage(Usage::new(
            InputTokens::CacheIncluded {
                total: Some(12),
                cache_read: None,
                cache_write: None,
            },
            OutputTokens::ReasoningIncluded {
                total: Some(3),
                reasoning: None,
            },
        ))
        .finish_reason("stop");
}

#[agent_trace::llm_call(model = "outer")]
fn around() {
    ask();
}

#[agent_trace::agent_span]
fn agent() {
    around();
}

#[test]
fn switches() {
    let settings = agent_trace::settings();

    let spans = capture(agent).spans;
    assert_eq!(spans.names(), ["invoke_agent agent", "chat outer"]);
    spans[0]
        .assert_attr(INPUT, 12)
        .assert_attr(FINISH, ["stop"])
        .assert_attr("agent_trace.subtree.input_tokens", 12);

    settings.agent_usage(false);
    let spans = capture(agent).spans;
    spans[0]
        .assert_no_attr(INPUT)
        .assert_no_attr(FINISH)
        .assert_attr("agent_trace.inference_calls", 1)
        .assert_attr("agent_trace.subtree.input_tokens", 12);
    spans[1].assert_attr(INPUT, 12);
    settings.agent_usage(true);

    settings.nested_inference(true);
    let spans = capture(agent).spans;
    assert_eq!(
        spans.names(),
        ["invoke_agent agent", "chat outer", "chat small"]
    );
    spans[0].assert_attr("agent_trace.inference_calls", 2);
    spans[1].assert_no_attr(INPUT);
    spans[2].assert_attr(INPUT, 12);
    settings.nested_inference(false);

    let spans = capture(agent).spans;
    assert_eq!(spans.len(), 2);
    spans[0].assert_attr(INPUT, 12);
}
