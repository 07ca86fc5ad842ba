//! Every form of a span's name.

use agent_trace::testing::Capture;
use agent_trace::{agent_span, llm_call, tool_call};

#[agent_span]
fn from_the_function() {}

#[agent_span(name = name)]
fn agent(name: Option<&str>) {}

#[agent_span(remote, provider = "acme", name = name)]
fn remote(name: Option<String>) {}

#[agent_span(operation = "invoke_workflow")]
fn workflow() {}

#[agent_span(operation = "plan")]
fn plan() {}

#[agent_span(name = "outer")]
fn planning() {
    plan();
}

#[tool_call(name = %name)]
fn tool(name: u8) {}

#[tool_call(operation = "retrieval", data_source = source)]
fn retrieve(source: Option<&str>) {}

#[llm_call(provider = "acme", model = model)]
fn ask(model: Option<&str>) {}

#[llm_call(provider = "acme")]
fn ask_nothing() {}

#[llm_call(operation = "embeddings", provider = "acme", model = ?model)]
fn embed(model: &str) {}

#[tool_call]
fn r#match() {}

#[test]
fn every_form_of_a_name() {
    for (run, name) in [
        (from_the_function as fn(), "invoke_agent from_the_function"),
        (|| agent(Some("named")), "invoke_agent named"),
        (|| agent(None), "invoke_agent agent"),
        (|| remote(Some("far".to_owned())), "invoke_agent far"),
        (workflow, "invoke_workflow workflow"),
        (plan, "plan plan"),
        (|| tool(7), "execute_tool 7"),
        (|| retrieve(Some("library")), "retrieval library"),
        (|| retrieve(None), "retrieval"),
        (|| ask(Some("m")), "chat m"),
        (|| ask(None), "chat"),
        (ask_nothing, "chat"),
        (|| embed("m"), "embeddings \"m\""),
        (r#match, "execute_tool match"),
    ] {
        let spans = Capture::new().run(run).spans;
        assert_eq!(spans.names(), [name]);
    }
    let spans = Capture::new().run(|| ask(Some("a\nb\u{1b}[31mc"))).spans;
    assert_eq!(
        spans.names(),
        ["chat a b [31mc"],
        "no terminal obeys a name"
    );
    let spans = Capture::new().run(planning).spans;
    assert_eq!(spans.names(), ["invoke_agent outer", "plan outer"]);
}
