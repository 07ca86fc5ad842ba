//! A task that goes from one agent to another.

#![cfg(feature = "testing")]

use agent_trace::semconv::{attribute, value::link_type};
use agent_trace::testing::{Capture, Event, FinishedSpan, Recorder, Spans, capture};
use agent_trace::{Delegation, agent_span, tool_call};
use opentelemetry::trace::SpanId;
use opentelemetry_sdk::trace::Sampler;
use proptest::prelude::*;
use std::cell::RefCell;
use std::time::Duration;

/// The steps that were said on a span: stage, and the span of the step before.
fn steps(span: &FinishedSpan) -> Vec<(&str, Option<&str>)> {
    task_events(span)
        .iter()
        .map(|event| {
            let attributes = event.attributes();
            let stage = attributes
                .str(attribute::AGENT_TRACE_TASK_STAGE)
                .expect("a stage");
            (
                stage,
                attributes.str(attribute::AGENT_TRACE_HANDOFF_SPAN_ID),
            )
        })
        .collect()
}

fn task_events(span: &FinishedSpan) -> Vec<Event<'_>> {
    span.events()
        .into_iter()
        .filter(|event| event.name() == "agent_trace.task")
        .collect()
}

fn handoffs(span: &FinishedSpan) -> Vec<SpanId> {
    span.links_of(link_type::HANDOFF)
        .iter()
        .map(|link| link.span_id())
        .collect()
}

#[agent_span(name = "bidder")]
fn bidder(task: &Delegation, rating: f64) -> Delegation {
    task.bid_with(rating)
}

#[agent_span(name = "worker")]
fn worker(task: &Delegation) -> Delegation {
    let task = task.execute();
    std::thread::sleep(Duration::from_millis(20));
    task.report()
}

#[test]
fn the_whole_story() {
    #[agent_span(name = "manager")]
    fn manager() -> Delegation {
        let task = Delegation::announce("summarise");
        let bids = [bidder(&task, 0.2), bidder(&task, 0.9)];
        worker(&bids[1].award())
    }

    let captured = capture(manager);
    let spans = captured.spans;
    let manager = spans.find("invoke_agent manager");
    let bidders = spans.named("invoke_agent bidder");
    let worker = spans.find("invoke_agent worker");
    let id = |span: &FinishedSpan| span.id().to_string();

    let (asked, bid) = (id(manager), id(bidders[1]));
    assert_eq!(
        steps(manager),
        [("announced", None), ("awarded", Some(bid.as_str()))]
    );
    for bidder in &bidders {
        assert_eq!(steps(bidder), [("bid", Some(asked.as_str()))]);
        assert_eq!(handoffs(bidder), [manager.id()]);
    }
    assert_eq!(handoffs(manager), [bidders[1].id()]);
    let own = id(worker);
    assert_eq!(
        steps(worker),
        [
            ("executed", Some(asked.as_str())),
            ("reported", Some(own.as_str()))
        ]
    );
    // To itself there is no link.
    assert_eq!(handoffs(worker), [manager.id()]);

    let said: Vec<_> = bidders
        .iter()
        .map(|span| {
            task_events(span)[0]
                .attributes()
                .double(attribute::AGENT_TRACE_TASK_BID)
        })
        .collect();
    assert_eq!(said, [Some(0.2), Some(0.9)]);
    let task = captured.value;
    assert_eq!((task.name(), task.stage()), ("summarise", "reported"));
    for span in spans.iter() {
        span.assert_attr(attribute::AGENT_TRACE_TASK_ID, task.id());
        for event in task_events(span) {
            let attributes = event.attributes();
            assert_eq!(
                attributes.str(attribute::AGENT_TRACE_TASK_ID),
                Some(task.id())
            );
            assert_eq!(
                attributes.str(attribute::AGENT_TRACE_TASK_NAME),
                Some("summarise")
            );
            let agent = span.str(attribute::GEN_AI_AGENT_NAME);
            assert_eq!(attributes.str(attribute::GEN_AI_AGENT_NAME), agent);
            let lasts = attributes.double(attribute::AGENT_TRACE_TASK_DURATION);
            assert_eq!(
                lasts.is_some(),
                steps(span).last().is_some_and(|(stage, _)| {
                    *stage == "reported"
                        && attributes.str(attribute::AGENT_TRACE_TASK_STAGE) == Some("reported")
                })
            );
        }
    }
    let lasted = worker
        .double(attribute::AGENT_TRACE_TASK_DURATION)
        .expect("a duration");
    assert!((0.02..60.0).contains(&lasted), "{lasted}");
    assert_eq!(manager.double(attribute::AGENT_TRACE_TASK_DURATION), None);
    worker.assert_attr(attribute::AGENT_TRACE_HANDOFF_SPAN_ID, id(manager).as_str());
    let trace = manager.trace_id().to_string();
    worker.assert_attr(attribute::AGENT_TRACE_HANDOFF_TRACE_ID, trace.as_str());
}

#[test]
fn each_in_a_process_of_its_own() {
    // Each recorder is a process: another subscriber, another provider. Only text goes between.
    #[agent_span(name = "asks")]
    fn asks() -> String {
        Delegation::announce_as("task-7", "translate").to_string()
    }
    #[agent_span(name = "does")]
    fn does(wire: &str) -> String {
        let task: Delegation = serde_json::from_str(wire).expect("a task");
        task.execute().report_failed("no_dictionary").to_string()
    }

    let (here, there) = (Recorder::new(), Recorder::new());
    // Ids are counted in each.
    there.run(|| tracing::info_span!("before").in_scope(|| ()));
    let wire = here.run(asks);
    let wire = serde_json::to_string(&wire.parse::<Delegation>().expect("a task")).expect("text");
    let back: Delegation = there.run(|| does(&wire)).parse().expect("a task");
    assert_eq!((back.id(), back.stage()), ("task-7", "reported"));

    let (asked, done) = (here.spans(), there.spans());
    let (asked, done) = (asked.only(), done.find("invoke_agent does"));
    assert_ne!(asked.trace_id(), done.trace_id());
    let links = done.links_of(link_type::HANDOFF);
    let linked: Vec<_> = links
        .iter()
        .map(|link| (link.trace_id(), link.span_id()))
        .collect();
    assert_eq!(linked, [(asked.trace_id(), asked.id())]);
    let events = task_events(done);
    let before = events[0].attributes();
    let (trace, span) = (asked.trace_id().to_string(), asked.id().to_string());
    assert_eq!(
        before.str(attribute::AGENT_TRACE_HANDOFF_TRACE_ID),
        Some(trace.as_str())
    );
    assert_eq!(
        before.str(attribute::AGENT_TRACE_HANDOFF_SPAN_ID),
        Some(span.as_str())
    );
    let last = events[1].attributes();
    assert_eq!(last.str(attribute::ERROR_TYPE), Some("no_dictionary"));
    assert!(last.double(attribute::AGENT_TRACE_TASK_DURATION).is_some());
}

#[test]
fn a_step_in_a_tool_is_on_the_tools_span() {
    #[tool_call]
    fn hand_over() -> Delegation {
        Delegation::announce("book").award()
    }
    #[agent_span]
    fn agent() {
        let _ = worker(&hand_over());
    }

    let spans = capture(agent).spans;
    let tool = spans.find("execute_tool hand_over");
    assert_eq!(task_events(tool).len(), 2);
    assert_eq!(handoffs(tool), []);
    assert_eq!(handoffs(spans.find("invoke_agent worker")), [tool.id()]);
}

#[test]
fn steps_that_nobody_records_are_passed_over() {
    thread_local! {
        static TASK: RefCell<Option<Delegation>> = const { RefCell::new(None) };
    }
    #[agent_span(name = "asks")]
    fn asks() {
        TASK.set(Some(Delegation::announce("search")));
    }
    #[agent_span(name = "bids")]
    fn bids() {
        TASK.with_borrow_mut(|task| *task = task.as_ref().map(Delegation::bid));
    }

    let recorder = Recorder::new();
    recorder.run(asks);
    // Not sampled, and in no call at all.
    assert!(
        Capture::new()
            .sampler(Sampler::AlwaysOff)
            .run(bids)
            .spans
            .is_empty()
    );
    TASK.with_borrow_mut(|task| *task = task.as_ref().map(Delegation::award));
    let task = TASK.take().expect("a task");
    assert_eq!(task.stage(), "awarded");
    recorder.run(|| worker(&task));
    let spans = recorder.spans();
    assert_eq!(
        handoffs(spans.find("invoke_agent worker")),
        [spans.find("invoke_agent asks").id()]
    );

    let alone = Delegation::announce("nothing");
    assert!(alone.to_string().contains(";-;"), "{alone}");
    let spans = capture(|| worker(&alone)).spans;
    assert_eq!(handoffs(spans.only()), []);
}

#[test]
fn tasks_have_ids_of_their_own() {
    let ids: std::collections::BTreeSet<String> = (0..1000)
        .map(|_| Delegation::announce("x").id().to_owned())
        .collect();
    assert_eq!(ids.len(), 1000);
    assert!(ids.iter().all(|id| id.len() == 16));
}

#[test]
fn text_that_is_no_task_is_refused() {
    let span = "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let good = format!("1;awarded;{span};1700000000000000000;t-1;summ%20up");
    let task: Delegation = good.parse().expect("a task");
    assert_eq!(
        (task.id(), task.name(), task.stage()),
        ("t-1", "summ up", "awarded")
    );
    assert_eq!(task.to_string(), good);
    let bad = [
        String::new(),
        "1".to_owned(),
        good.replace("1;awarded", "2;awarded"),
        good.replace("awarded", "eaten"),
        good.replace("0af7", "0AF7"),
        good.replace("0af7", "af7"),
        good.replace("-01;", "-1;"),
        good.replace("-01;", "-01-;"),
        good.replace("-01;", ";"),
        good.replace(span, ""),
        good.replace(span, "00000000000000000000000000000000-b7ad6b7169203331-01"),
        good.replace("1700000000000000000", "+17"),
        good.replace("1700000000000000000", ""),
        good.replace("1700000000000000000", "99999999999999999999999"),
        good.replace("%20", "%2"),
        good.replace("%20", "%zz"),
        good.replace("%20", " "),
        good.replace("%20", "%FF"),
        good.replace("%20", "\n"),
        format!("{good};more"),
        format!(" {good}"),
        good.replace("t-1", &"t".repeat(300)),
    ];
    for text in bad {
        let error = text.parse::<Delegation>().expect_err(&text);
        assert!(
            error.to_string().starts_with("not a delegated task"),
            "{error}"
        );
    }
}

proptest! {
    #[test]
    fn text_goes_there_and_back(id in ".{0,40}", name in ".{0,40}") {
        let task = capture(|| said(&id, &name)).value;
        let text = task.to_string();
        prop_assert!(text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b','), "{}", text);
        let back: Delegation = text.parse().expect("what was written");
        prop_assert_eq!((back.id(), back.name()), (id.as_str(), name.as_str()));
        prop_assert_eq!(back.to_string(), text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[0-9a-f;%-]{0,120}|.{0,60}|1;bid;-;[0-9]{0,22};.{0,20};.{0,20}") {
        if let Ok(task) = text.parse::<Delegation>() {
            prop_assert!(task.to_string().parse::<Delegation>().is_ok());
        }
    }

    /// However a task goes around: each step is on the span it was said on, after the span of the one
    /// before it, and linked to that.
    #[test]
    fn the_story_is_a_chain(way in proptest::collection::vec(0_usize..4, 1..12)) {
        let spans = capture(|| pass_on(&way)).spans;
        assert_chain(&spans, &way);
    }
}

#[agent_span]
fn said(id: &str, name: &str) -> Delegation {
    Delegation::announce_as(id, name.to_owned())
}

#[agent_span(name = "asker")]
fn pass_on(way: &[usize]) {
    let mut task = Delegation::announce("relay");
    for stage in way {
        task = hop(&task, *stage);
    }
}

#[agent_span(name = "hop")]
fn hop(task: &Delegation, stage: usize) -> Delegation {
    match stage {
        0 => task.bid(),
        1 => task.award(),
        2 => task.execute(),
        _ => task.report(),
    }
}

#[track_caller]
fn assert_chain(spans: &Spans, way: &[usize]) {
    let hops = spans.named("invoke_agent hop");
    assert_eq!(hops.len(), way.len());
    let mut before = spans.find("invoke_agent asker");
    for (hop, stage) in hops.into_iter().zip(way) {
        let named = ["bid", "awarded", "executed", "reported"][*stage];
        let id = before.id().to_string();
        assert_eq!(steps(hop), [(named, Some(id.as_str()))]);
        assert_eq!(handoffs(hop), [before.id()]);
        before = hop;
    }
}
