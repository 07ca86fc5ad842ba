//! The options of its own.

use agent_trace::agent_span;
use agent_trace::testing::capture;
use opentelemetry::trace::SpanKind;

struct Session {
    id: String,
}

#[agent_span(name = "researcher")]
fn name() {}

#[test]
fn the_name_is_in_the_span_and_in_its_name() {
    let spans = capture(name).spans;
    spans
        .find("invoke_agent researcher")
        .assert_attr("gen_ai.agent.name", "researcher");
}

#[agent_span(name = %format_args!("searcher {number}"))]
fn dynamic_name(number: u32) {}

#[test]
fn a_name_may_be_known_only_at_the_call() {
    let spans = capture(|| dynamic_name(3)).spans;
    spans
        .find("invoke_agent searcher 3")
        .assert_attr("gen_ai.agent.name", "searcher 3");
}

#[agent_span]
fn r#loop() {}

#[test]
fn the_function_names_the_agent() {
    capture(r#loop)
        .spans
        .find("invoke_agent loop")
        .assert_attr("gen_ai.agent.name", "loop");
}

#[agent_span(remote, id = "asst_1", version = "2")]
fn id_and_version() {}

#[test]
fn an_agent_elsewhere_has_an_id_and_a_version() {
    let spans = capture(id_and_version).spans;
    let span = spans.only();
    assert_eq!(span.kind(), SpanKind::Client);
    span.assert_attr("gen_ai.agent.id", "asst_1")
        .assert_attr("gen_ai.agent.version", "2");
}

#[agent_span]
fn here() {}

#[test]
fn an_agent_here_is_internal() {
    assert_eq!(capture(here).spans.only().kind(), SpanKind::Internal);
}

/// Answers questions
/// with a team.
///
/// Not this.
#[agent_span]
fn documented() {}

#[agent_span(description = "Says it otherwise.")]
/// Answers questions.
fn described() {}

#[agent_span(description = %text)]
fn described_at_the_call(text: u32) {}

#[test]
fn the_description_is_the_documentation_unless_given() {
    let of = |spans: agent_trace::testing::Spans| {
        spans
            .only()
            .str("gen_ai.agent.description")
            .map(str::to_owned)
    };
    assert_eq!(
        of(capture(documented).spans).as_deref(),
        Some("Answers questions with a team.")
    );
    assert_eq!(
        of(capture(described).spans).as_deref(),
        Some("Says it otherwise.")
    );
    assert_eq!(
        of(capture(|| described_at_the_call(7)).spans).as_deref(),
        Some("7")
    );
    assert_eq!(of(capture(here).spans), None);
}

#[agent_span(conversation = session.id)]
fn conversation(session: &Session) {}

#[test]
fn a_value_is_an_expression_over_the_arguments() {
    let spans = capture(|| {
        conversation(&Session {
            id: "c-1".to_owned(),
        });
    })
    .spans;
    spans.only().assert_attr("gen_ai.conversation.id", "c-1");
}

#[agent_span(conversation = id)]
fn maybe_conversation(id: Option<&str>) {}

#[test]
fn nothing_is_recorded_of_none() {
    capture(|| maybe_conversation(None))
        .spans
        .only()
        .assert_no_attr("gen_ai.conversation.id");
    let spans = capture(|| maybe_conversation(Some("c"))).spans;
    spans.only().assert_attr("gen_ai.conversation.id", "c");
}

#[agent_span(
    remote,
    provider = "openai",
    server = "https://user:secret@agents.example/v1"
)]
fn provider_and_server() {}

#[test]
fn the_server_is_an_address_and_a_port() {
    let spans = capture(provider_and_server).spans;
    let span = spans.only();
    span.assert_attr("gen_ai.provider.name", "openai")
        .assert_attr("server.address", "agents.example")
        .assert_attr("server.port", 443);
}

#[agent_span(model = "gpt-4o", data_source = "docs")]
fn model_and_data_source() {}

#[test]
fn the_model_and_the_data_source_are_known_at_the_start() {
    let spans = capture(model_and_data_source).spans;
    let span = spans.only();
    span.assert_attr("gen_ai.request.model", "gpt-4o")
        .assert_attr("gen_ai.data_source.id", "docs");
}

#[agent_span(operation = "invoke_workflow", name = "nightly")]
fn workflow() {}

#[agent_span(operation = "create_agent", id = "asst_2", provider = "openai")]
fn create() {}

#[agent_span(operation = "reflect")]
fn own() {}

#[agent_span(operation = "plan")]
fn plan() {}

#[agent_span(name = "planner")]
fn planner() {
    plan();
}

#[test]
fn each_operation_has_its_name_and_kind() {
    let spans = capture(workflow).spans;
    spans
        .find("invoke_workflow nightly")
        .assert_attr("gen_ai.workflow.name", "nightly");
    let spans = capture(create).spans;
    assert_eq!(spans.find("create_agent create").kind(), SpanKind::Client);
    spans.only().assert_attr("gen_ai.agent.id", "asst_2");
    let spans = capture(own).spans;
    assert_eq!(spans.find("reflect own").kind(), SpanKind::Internal);
    spans.only().assert_attr("gen_ai.operation.name", "reflect");
}

#[test]
fn a_plan_is_named_after_the_agent_around_it() {
    let spans = capture(planner).spans;
    spans
        .find("plan planner")
        .assert_attr("gen_ai.agent.name", "planner");
}
