//! Operations that the conventions do not name.

use agent_trace::testing::Capture;
use agent_trace::{agent_span, llm_call, tool_call};

#[agent_span(operation = "reflect")]
fn reflect() {}

#[agent_span(operation = "reflect", name = "critic")]
fn reflect_named() {}

#[agent_span(operation = "reflect", name = name)]
fn reflect_dynamic(name: &str) {}

#[tool_call(operation = "rerank", model = "m", top_k = 3)]
fn rerank() {}

#[tool_call(operation = "run_guardrail", name = "toxicity")]
fn guardrail() {}

#[llm_call(
    operation = "moderate",
    provider = "acme",
    model = "m",
    temperature = 0
)]
fn moderate() {}

#[llm_call(operation = "moderate", provider = "acme", model = model)]
fn moderate_dynamic(model: Option<&str>) {}

#[test]
fn operations_of_ones_own() {
    for (run, name, kind) in [
        (reflect as fn(), "reflect reflect", "internal"),
        (reflect_named, "reflect critic", "internal"),
        (|| reflect_dynamic("judge"), "reflect judge", "internal"),
        (rerank, "rerank rerank", "internal"),
        (guardrail, "run_guardrail toxicity", "internal"),
        (moderate, "moderate m", "client"),
        (
            || moderate_dynamic(Some("large")),
            "moderate large",
            "client",
        ),
        (|| moderate_dynamic(None), "moderate", "client"),
    ] {
        let spans = Capture::new().run(run).spans;
        assert_eq!(spans.outline(), format!("{name} [{kind}]\n"));
        let operation = name.split(' ').next().unwrap_or_default();
        spans.only().assert_attr("gen_ai.operation.name", operation);
    }
    let spans = Capture::new().run(rerank).spans;
    spans
        .only()
        .assert_attr("gen_ai.request.model", "m")
        .assert_attr("gen_ai.retrieval.top_k", 3);
    let spans = Capture::new().run(moderate).spans;
    spans.only().assert_attr("gen_ai.request.temperature", 0.0);
}
