//! What an agent knows, as events of its span.

#![cfg(feature = "testing")]

use agent_trace::agent_state::{
    Decision, GoalStatus, Guardrail, GuardrailVerdict, Plan, PlanStep, StepStatus,
};
use agent_trace::semconv::{AttributeId, EventInfo, Requirement, event};
use agent_trace::testing::{Capture, FinishedSpan, capture};
use agent_trace::{agent_span, tool_call};
use opentelemetry::{Array, Value};
use opentelemetry_sdk::trace::Sampler;

fn ints(value: Option<&Value>) -> &[i64] {
    match value {
        Some(Value::Array(Array::I64(list))) => list,
        other => panic!("no integers: {other:?}"),
    }
}

/// That an event is one that the registry describes, with what it requires and nothing else.
#[track_caller]
fn assert_described(span: &FinishedSpan) {
    for event in span.events() {
        let known: &EventInfo = event::OWN
            .into_iter()
            .find(|known| known.name == event.name())
            .unwrap_or_else(|| panic!("{} is in no registry", event.name()));
        for key in event.attributes().keys() {
            let id = AttributeId::from_name(key).unwrap_or_else(|| panic!("{key} is unknown"));
            assert!(known.listed.contains(id), "{key} on {}", event.name());
        }
        for attribute in known.attributes {
            let is_missing = event.attributes().get(attribute.name()).is_none();
            let is_required = attribute.requirement == Requirement::Required;
            assert!(
                !(is_required && is_missing),
                "{} on {}",
                attribute.name(),
                event.name()
            );
        }
    }
}

#[agent_span]
fn researcher() {
    agent_trace::current()
        .goal("answer_question", GoalStatus::Set)
        .tools(["web_search", "calculator"])
        .plan(Plan::new(1, 3))
        .plan_step(
            PlanStep::new("search", StepStatus::Started)
                .index(0)
                .version(1),
        )
        .plan_step(PlanStep::new("search", StepStatus::Failed))
        .plan(Plan::new(2, 4).reason("tool_failed"))
        .reflection("draft", Decision::Revise)
        .history(["be brief", "why?"])
        .guardrail(
            Guardrail::new("pii", GuardrailVerdict::Blocked)
                .stage("output")
                .reason("email"),
        )
        .guardrail(Guardrail::new("pii", GuardrailVerdict::Passed))
        .state("scratchpad", [("draft", 812), ("sources", 90)])
        .goal("answer_question", GoalStatus::Achieved);
}

#[test]
fn everything_is_an_event_with_its_types() {
    let spans = capture(researcher).spans;
    let span = spans.only();
    assert_described(span);
    let events = span.events();
    let names: Vec<&str> = events.iter().map(|event| event.name()).collect();
    assert_eq!(
        names,
        [
            "agent_trace.goal",
            "agent_trace.tools",
            "agent_trace.plan",
            "agent_trace.plan.step",
            "agent_trace.plan.step",
            "agent_trace.plan",
            "agent_trace.reflection",
            "agent_trace.history",
            "agent_trace.guardrail",
            "agent_trace.guardrail",
            "agent_trace.state",
            "agent_trace.goal",
        ]
    );
    let of = |at: usize| events[at].attributes();
    assert_eq!(of(0).str("agent_trace.goal.name"), Some("answer_question"));
    assert_eq!(of(0).str("agent_trace.goal.status"), Some("set"));
    assert_eq!(of(11).str("agent_trace.goal.status"), Some("achieved"));
    assert_eq!(
        of(1).strs("agent_trace.tools.names"),
        Some(vec!["web_search", "calculator"])
    );
    assert_eq!(of(1).int("agent_trace.tools.count"), Some(2));
    assert_eq!(of(2).int("agent_trace.plan.version"), Some(1));
    assert_eq!(of(2).str("agent_trace.plan.reason"), None);
    assert_eq!(of(5).int("agent_trace.plan.steps"), Some(4));
    assert_eq!(of(5).str("agent_trace.plan.reason"), Some("tool_failed"));
    assert_eq!(of(3).int("agent_trace.plan.step.index"), Some(0));
    assert_eq!(of(3).int("agent_trace.plan.version"), Some(1));
    assert_eq!(of(4).str("agent_trace.plan.step.status"), Some("failed"));
    assert_eq!(of(4).int("agent_trace.plan.step.index"), None);
    assert_eq!(of(6).str("agent_trace.reflection.subject"), Some("draft"));
    assert_eq!(of(6).str("agent_trace.reflection.decision"), Some("revise"));
    assert_eq!(of(7).int("agent_trace.history.messages"), Some(2));
    assert_eq!(of(7).int("agent_trace.history.size"), Some(12));
    assert_eq!(of(8).str("agent_trace.guardrail.verdict"), Some("blocked"));
    assert_eq!(of(8).str("agent_trace.guardrail.stage"), Some("output"));
    assert_eq!(of(8).str("agent_trace.guardrail.reason"), Some("email"));
    assert_eq!(of(9).str("agent_trace.guardrail.verdict"), Some("passed"));
    assert_eq!(
        of(10).strs("agent_trace.state.keys"),
        Some(vec!["draft", "sources"])
    );
    assert_eq!(ints(of(10).get("agent_trace.state.sizes")), [812, 90]);
    assert_eq!(of(10).int("agent_trace.state.count"), Some(2));
    assert_eq!(of(10).int("agent_trace.state.size"), Some(902));
}

#[test]
fn equal_histories_have_equal_digests_and_others_do_not() {
    #[agent_span]
    fn remember(history: &[&str]) {
        agent_trace::current().history(history);
    }

    let digest = |history: &[&str]| {
        let spans = capture(|| remember(history)).spans;
        let digest = spans.only().events()[0]
            .attributes()
            .str("agent_trace.history.digest");
        digest.expect("a digest").to_owned()
    };
    let histories: [&[&str]; 6] = [
        &[],
        &[""],
        &["ab"],
        &["a", "b"],
        &["b", "a"],
        &["a", "b", ""],
    ];
    for (at, one) in histories.iter().enumerate() {
        assert_eq!(digest(one), digest(one));
        assert_eq!(digest(one).len(), 32);
        for other in &histories[..at] {
            assert_ne!(digest(one), digest(other), "{one:?} {other:?}");
        }
    }
    // As it was, in every version.
    assert_eq!(digest(&[]), "6c62272e07bb014262b821756295c58d");
}

#[test]
fn long_lists_are_cut_and_counted() {
    #[agent_span]
    fn hoarder() {
        agent_trace::current()
            .tools((0..1000).map(|n| format!("tool {n}")))
            .state("heap", (0..1000).map(|n| (format!("key {n}"), 2)));
    }

    let spans = capture(hoarder).spans;
    let events = spans.only().events();
    let (tools, state) = (events[0].attributes(), events[1].attributes());
    assert_eq!(
        tools
            .strs("agent_trace.tools.names")
            .map(|names| names.len()),
        Some(128)
    );
    assert_eq!(tools.int("agent_trace.tools.count"), Some(1000));
    assert_eq!(ints(state.get("agent_trace.state.sizes")).len(), 128);
    assert_eq!(state.int("agent_trace.state.count"), Some(1000));
    assert_eq!(state.int("agent_trace.state.size"), Some(2000));
}

#[test]
fn nothing_is_looked_at_where_nobody_records() {
    fn looked() -> impl Iterator<Item = &'static str> {
        std::iter::from_fn(|| panic!("looked at"))
    }
    #[agent_span]
    fn agent() {
        let here = agent_trace::current();
        here.history(looked())
            .tools(looked())
            .state("any", looked().map(|key| (key, 1)));
        here.collective_snapshot();
    }

    let spans = Capture::new().sampler(Sampler::AlwaysOff).run(agent).spans;
    assert!(spans.is_empty());
    // Outside of any call too.
    agent_trace::current()
        .history(looked())
        .goal("none", GoalStatus::Set);
}

#[test]
fn a_workflow_sees_its_agents() {
    #[agent_span(name = "planner")]
    fn planner() {
        agent_trace::current()
            .goal("plan", GoalStatus::Set)
            .history(["a"]);
    }
    #[agent_span(name = "writer")]
    fn writer(workflow: &agent_trace::CallHandle) {
        agent_trace::current()
            .goal("write", GoalStatus::Set)
            .goal("rewrite", GoalStatus::Revised);
        // Said in a tool of the agent's, it is the agent's.
        note();
        workflow.collective_snapshot();
    }
    #[tool_call]
    fn note() {
        agent_trace::current()
            .plan_step(PlanStep::new("draft", StepStatus::Started))
            .state("notes", [("n", 5)]);
    }
    #[agent_span(name = "silent")]
    fn silent() {}
    #[agent_span(operation = "invoke_workflow", name = "inner")]
    fn inner() {
        planner();
        agent_trace::current().collective_snapshot();
    }
    #[agent_span(operation = "invoke_workflow", name = "publish")]
    fn publish() {
        planner();
        silent();
        inner();
        writer(&agent_trace::current());
    }

    let spans = capture(publish).spans;
    let workflow = spans.find("invoke_workflow publish");
    assert_described(workflow);
    let events = workflow.events();
    let told = events[0].attributes();
    let list = |key: &str| told.strs(key).expect("a list");
    assert_eq!(
        list("agent_trace.collective.agents"),
        ["planner", "planner", "writer"]
    );
    assert_eq!(
        list("agent_trace.collective.statuses"),
        ["ended", "ended", "running"]
    );
    assert_eq!(
        list("agent_trace.collective.goals"),
        ["plan", "plan", "rewrite"]
    );
    assert_eq!(list("agent_trace.collective.steps"), ["", "", "draft"]);
    let histories = list("agent_trace.collective.histories");
    assert_eq!(
        (
            histories[0].len(),
            histories[0] == histories[1],
            histories[2]
        ),
        (32, true, "")
    );
    assert_eq!(
        ints(told.get("agent_trace.collective.state_sizes")),
        [0, 0, 5]
    );
    assert_eq!(told.int("agent_trace.collective.count"), Some(3));

    let inner = spans.find("invoke_workflow inner");
    let seen = inner.events()[0]
        .attributes()
        .int("agent_trace.collective.count");
    assert_eq!(seen, Some(1), "only its own");
    assert!(spans.find("invoke_agent silent").events().is_empty());
}

#[test]
fn very_many_agents_are_counted() {
    #[agent_span(name = "worker")]
    fn worker() {
        agent_trace::current().goal("work", GoalStatus::Set);
    }
    #[agent_span(name = "boss")]
    fn boss() {
        (0..200).for_each(|_| worker());
        agent_trace::current().collective_snapshot();
    }

    let spans = capture(boss).spans;
    let events = spans.find("invoke_agent boss").events();
    let told = events[0].attributes();
    assert_eq!(
        told.strs("agent_trace.collective.agents")
            .map(|list| list.len()),
        Some(128)
    );
    assert_eq!(told.int("agent_trace.collective.count"), Some(200));
}
