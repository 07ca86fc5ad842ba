//! What is set once is found on every span beneath.

#![cfg(feature = "testing")]

use agent_trace::semconv::attribute::{
    AGENT_TRACE_TAGS, AGENT_TRACE_TENANT_ID, GEN_AI_CONVERSATION_ID, SESSION_ID, USER_ID,
};
use agent_trace::testing::{Capture, Spans, capture, capture_async};
use agent_trace::{Scope, agent_span, llm_call, tool_call};
use opentelemetry_sdk::trace::Sampler;
use proptest::prelude::*;
use std::collections::BTreeMap;
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

#[llm_call(provider = "acme", model = "small")]
fn ask() {}

#[llm_call(provider = "acme", model = "small")]
async fn ask_later() {
    tokio::task::yield_now().await;
}

#[llm_call(operation = "embeddings", provider = "acme", model = "tiny")]
fn embed() {}

#[tool_call]
fn look_up() {}

#[agent_span]
fn agent() {
    ask();
    look_up();
    embed();
}

#[agent_span(conversation = "c-agent")]
fn talker() {
    ask();
}

fn everything() -> Scope {
    Scope::new()
        .conversation("c-1")
        .session("s-1")
        .user("u-1")
        .tenant("acme")
        .tag("beta")
        .tag("nightly")
        .tag("beta")
        .attribute("shop.region", "eu")
        .attribute("shop.items", 3)
}

/// The values under a key, one for each span.
fn values<'a>(spans: &'a Spans, key: &str) -> Vec<Option<&'a str>> {
    spans.iter().map(|span| span.str(key)).collect()
}

#[test]
fn what_is_set_is_on_every_span_beneath() {
    let spans = capture(|| everything().run(agent)).spans;
    assert_eq!(spans.len(), 4);
    for span in spans.iter() {
        span.assert_attr(SESSION_ID, "s-1")
            .assert_attr(USER_ID, "u-1")
            .assert_attr(AGENT_TRACE_TENANT_ID, "acme")
            .assert_attr("shop.region", "eu")
            .assert_attr("shop.items", 3);
        assert_eq!(span.strs(AGENT_TRACE_TAGS), Some(vec!["beta", "nightly"]));
        assert!(span.keys_duplicated().is_empty());
        // Where the conventions list it.
        let expected = Some("c-1").filter(|_| !span.name().starts_with("embeddings"));
        assert_eq!(
            span.str(GEN_AI_CONVERSATION_ID),
            expected,
            "{}",
            span.name()
        );
    }
}

#[test]
fn it_ends_where_it_ends() {
    let spans = capture(|| {
        ask();
        let guard = Scope::new().tenant("acme").enter();
        ask();
        drop(guard);
        ask();
    })
    .spans;
    assert_eq!(
        values(&spans, AGENT_TRACE_TENANT_ID),
        [None, Some("acme"), None]
    );
}

#[test]
fn what_is_nearer_wins_and_tags_add_up() {
    let spans = capture(|| {
        let outer = Scope::new()
            .tenant("acme")
            .user("u-1")
            .tag("a")
            .conversation("c-1");
        outer.run(|| {
            Scope::new()
                .user("u-2")
                .tag("b")
                .conversation("c-2")
                .run(ask);
            ask();
        });
    })
    .spans;
    let tags: Vec<_> = spans
        .iter()
        .map(|span| span.strs(AGENT_TRACE_TAGS))
        .collect();
    assert_eq!(tags, [Some(vec!["a", "b"]), Some(vec!["a"])]);
    assert_eq!(values(&spans, USER_ID), [Some("u-2"), Some("u-1")]);
    assert_eq!(
        values(&spans, AGENT_TRACE_TENANT_ID),
        [Some("acme"), Some("acme")]
    );
    assert_eq!(
        values(&spans, GEN_AI_CONVERSATION_ID),
        [Some("c-2"), Some("c-1")]
    );
}

#[test]
fn what_a_call_says_itself_wins() {
    #[llm_call(provider = "acme", model = "small", fields(user.id = "own"))]
    fn of_its_own() {
        agent_trace::current().attribute("shop.region", "us");
    }

    let hostile = everything()
        .attribute("gen_ai.operation.name", "dance")
        .attribute("gen_ai.request.model", "other")
        .attribute("error.type", "none");
    let spans = capture(|| hostile.run(of_its_own)).spans;
    spans
        .only()
        .assert_attr(USER_ID, "own")
        .assert_attr("shop.region", "us")
        .assert_attr(SESSION_ID, "s-1")
        .assert_attr("gen_ai.operation.name", "chat")
        .assert_attr("gen_ai.request.model", "small")
        .assert_unset();
    assert!(spans.only().keys_duplicated().is_empty());
}

#[test]
fn the_nearer_conversation_wins() {
    let spans = capture(|| {
        Scope::new().conversation("c-outer").run(|| {
            ask();
            talker();
        });
    })
    .spans;
    let expected = [Some("c-outer"), Some("c-agent"), Some("c-agent")];
    assert_eq!(values(&spans, GEN_AI_CONVERSATION_ID), expected);

    #[agent_span(conversation = "c-outer")]
    fn outer() {
        Scope::new().conversation("c-inner").run(|| {
            ask();
            talker();
        });
        ask();
    }
    let spans = capture(outer).spans;
    let expected = [
        Some("c-outer"),
        Some("c-inner"),
        Some("c-agent"),
        Some("c-agent"),
        Some("c-outer"),
    ];
    assert_eq!(values(&spans, GEN_AI_CONVERSATION_ID), expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_goes_with_spans_across_tasks_and_threads() {
    #[agent_span]
    async fn team() {
        let span = tracing::Span::current();
        let task = tokio::spawn(
            ask_later()
                .instrument(span.clone())
                .with_current_subscriber(),
        );
        let dispatch = tracing::dispatcher::get_default(Clone::clone);
        let thread = std::thread::spawn(move || {
            tracing::dispatcher::with_default(&dispatch, || span.in_scope(look_up));
        });
        task.await.expect("no panic");
        thread.join().expect("no panic");
    }

    let spans = capture_async(async { everything().run_async(async { team().await }).await })
        .await
        .spans;
    assert_eq!(values(&spans, USER_ID), [Some("u-1"); 3]);
    assert_eq!(values(&spans, GEN_AI_CONVERSATION_ID), [Some("c-1"); 3]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bare_task_or_thread_is_given_the_current_scope() {
    let spans = capture_async(async {
        let carried = everything().run(Scope::current);
        let task = carried.run_async(ask_later()).with_current_subscriber();
        tokio::spawn(task).await.expect("no panic");
        let dispatch = tracing::dispatcher::get_default(Clone::clone);
        let thread = std::thread::spawn(move || {
            tracing::dispatcher::with_default(&dispatch, || carried.run(look_up));
        });
        thread.join().expect("no panic");
        ask();
    })
    .await
    .spans;
    assert_eq!(values(&spans, USER_ID), [Some("u-1"), Some("u-1"), None]);
    assert_eq!(
        values(&spans, GEN_AI_CONVERSATION_ID),
        [Some("c-1"), Some("c-1"), None]
    );
}

#[tokio::test]
async fn a_task_on_the_same_thread_keeps_what_is_its_own() {
    #[agent_span]
    async fn neighbour() {
        for _ in 0..5 {
            ask_later().await;
        }
    }

    let spans = capture_async(async {
        let mine = Scope::new().user("mine").run_async(async {
            for _ in 0..5 {
                ask_later().await;
            }
        });
        let theirs = Scope::new()
            .user("theirs")
            .run_async(async { neighbour().await });
        tokio::join!(mine, theirs);
    })
    .await
    .spans;
    let agent = spans.find("invoke_agent neighbour");
    agent.assert_attr(USER_ID, "theirs");
    for span in spans.named("chat small") {
        let expected = if span.parent() == Some(agent.id()) {
            "theirs"
        } else {
            "mine"
        };
        span.assert_attr(USER_ID, expected);
    }
}

#[test]
fn a_guard_says_nothing_of_other_agents_on_the_thread() {
    let spans = capture(|| {
        let elsewhere = tracing::info_span!(parent: None, "elsewhere");
        let span = tracing::info_span!("here");
        span.in_scope(|| {
            let _guard = Scope::new().user("here").enter();
            ask();
            // As an executor does that polls another task before the guard is gone.
            elsewhere.in_scope(ask);
        });
    })
    .spans;
    let users: BTreeMap<_, _> = spans
        .named("chat small")
        .into_iter()
        .map(|span| {
            (
                spans.parent(span).expect("a parent").name(),
                span.str(USER_ID),
            )
        })
        .collect();
    assert_eq!(
        users,
        BTreeMap::from([("elsewhere", None), ("here", Some("here"))])
    );
}

#[test]
fn a_new_trace_keeps_it() {
    #[agent_span(new_trace)]
    fn detached() {
        ask();
    }

    let spans =
        capture(|| everything().run(|| tracing::info_span!("request").in_scope(detached))).spans;
    let detached = spans.find("invoke_agent detached");
    assert_eq!(detached.parent(), None);
    detached
        .assert_attr(USER_ID, "u-1")
        .assert_attr(GEN_AI_CONVERSATION_ID, "c-1");
    spans.find("chat small").assert_attr(USER_ID, "u-1");
}

#[test]
fn an_agent_that_is_not_sampled_passes_it_on() {
    let sampler = Sampler::ParentBased(Box::new(Sampler::AlwaysOff));
    let spans = Capture::new()
        .sampler(sampler)
        .run(|| everything().run(agent))
        .spans;
    assert!(spans.is_empty());
    let here = capture(|| everything().run(Scope::current)).value;
    assert!(!here.is_empty());
}

#[test]
fn only_what_is_named_leaves() {
    let leaves = |scope: Scope| capture(|| scope.run(|| Scope::current().baggage())).value;
    assert_eq!(leaves(everything()), []);
    let allowed = everything().propagate([
        AGENT_TRACE_TENANT_ID,
        GEN_AI_CONVERSATION_ID,
        "shop.items",
        "not.set",
    ]);
    let expected = [
        ("agent_trace.tenant.id", "acme"),
        ("gen_ai.conversation.id", "c-1"),
        ("shop.items", "3"),
    ];
    assert_eq!(
        leaves(allowed),
        expected.map(|(key, value)| (key.to_owned(), value.to_owned()))
    );

    // Outside of every scope nothing holds.
    assert!(Scope::current().is_empty());
}

#[test]
fn a_key_that_may_leave_leaves_with_its_present_value() {
    #[agent_span(conversation = "c-agent")]
    fn agent() -> Vec<(String, String)> {
        Scope::new().user("u-2").run(|| Scope::current().baggage())
    }

    let scope = Scope::new()
        .user("u-1")
        .propagate([USER_ID, GEN_AI_CONVERSATION_ID]);
    let leaves = capture(|| scope.run(agent)).value;
    let expected = [("user.id", "u-2"), ("gen_ai.conversation.id", "c-agent")];
    assert_eq!(
        leaves,
        expected.map(|(key, value)| (key.to_owned(), value.to_owned()))
    );
}

#[test]
fn of_what_comes_in_only_the_known_is_on_spans() {
    let entries = [
        ("user.id", "u-1"),
        ("gen_ai.conversation.id", "c-1"),
        ("agent_trace.tags", "a,b%2Cc,,d%25"),
        ("gen_ai.agent.name", "evil"),
        ("shop.region", "eu"),
        ("anything", "goes"),
    ];
    let scope = Scope::from_baggage(entries).accept(["shop.region"]);
    let captured = capture(|| {
        scope.run(|| {
            look_up();
            Scope::current().baggage()
        })
    });
    let span = captured.spans.only();
    span.assert_attr(USER_ID, "u-1")
        .assert_attr(GEN_AI_CONVERSATION_ID, "c-1")
        .assert_attr("shop.region", "eu");
    assert_eq!(span.strs(AGENT_TRACE_TAGS), Some(vec!["a", "b,c", "d%"]));
    for absent in ["gen_ai.agent.name", "anything"] {
        assert!(span.get(absent).is_none(), "{absent}");
    }
    // Of itself nothing goes on.
    assert_eq!(captured.value, []);
    let named = [
        "anything",
        "shop.region",
        AGENT_TRACE_TAGS,
        "not.sent",
        GEN_AI_CONVERSATION_ID,
    ];
    let leaves = capture(|| {
        Scope::new()
            .propagate(named)
            .run(|| scope.run(|| Scope::current().baggage()))
    });
    let expected = [
        ("anything", "goes"),
        ("shop.region", "eu"),
        ("agent_trace.tags", "a,b%2Cc,d%25"),
        ("gen_ai.conversation.id", "c-1"),
    ];
    assert_eq!(
        leaves.value,
        expected.map(|(key, value)| (key.to_owned(), value.to_owned()))
    );
}

#[test]
fn a_scope_is_bounded() {
    let scope = (0..1000).fold(Scope::new(), |scope, n| {
        scope
            .attribute(format!("key.{n}"), n)
            .tag(format!("tag {n}"))
    });
    let entries = (0..1000).map(|n| (format!("key.{n}"), "x"));
    let keys = (0..1000).map(|n| format!("key.{n}"));
    assert_eq!(
        Scope::from_baggage(entries).propagate(keys).baggage().len(),
        64
    );
    let spans = capture(|| scope.run(ask)).spans;
    let keys = spans.only().attributes().keys();
    assert_eq!(
        keys.iter().filter(|key| key.starts_with("key.")).count(),
        64
    );
    assert_eq!(
        spans.only().strs(AGENT_TRACE_TAGS).map(|tags| tags.len()),
        Some(64)
    );
}

#[test]
fn logs_of_a_scope_have_no_values() {
    let scope = everything();
    let printed = format!("{scope:?} {:?}", Scope::from_baggage([("other", "secret")]));
    for key in [
        GEN_AI_CONVERSATION_ID,
        USER_ID,
        AGENT_TRACE_TAGS,
        "shop.region",
        "other",
    ] {
        assert!(printed.contains(key), "{printed}");
    }
    for value in ["c-1", "u-1", "beta", "secret"] {
        assert!(!printed.contains(value), "{printed}");
    }
}

#[test]
fn a_panic_leaves_the_scope() {
    let spans = capture(|| {
        let _ = std::panic::catch_unwind(|| everything().run(|| panic!("boom")));
        ask();
    })
    .spans;
    assert_eq!(spans.only().str(USER_ID), None);
}

/// A program of scopes and calls.
#[derive(Clone, Debug)]
enum Node {
    Scope(u8, u8, Vec<Node>),
    Agent(Vec<Node>),
    Foreign(Vec<Node>),
    Call,
}

fn nodes() -> impl Strategy<Value = Vec<Node>> {
    let leaf = Just(vec![Node::Call]);
    leaf.prop_recursive(5, 40, 4, |inner| {
        let node = prop_oneof![
            (0_u8..3, any::<u8>(), inner.clone())
                .prop_map(|(key, value, inner)| Node::Scope(key, value, inner)),
            inner.clone().prop_map(Node::Agent),
            inner.prop_map(Node::Foreign),
            Just(Node::Call),
        ];
        proptest::collection::vec(node, 1..4)
    })
}

fn key(n: u8) -> String {
    format!("key.{n}")
}

#[agent_span]
fn nested(nodes: &[Node]) {
    run(nodes);
}

fn run(nodes: &[Node]) {
    for node in nodes {
        match node {
            Node::Scope(n, value, inner) => {
                Scope::new()
                    .attribute(key(*n), i64::from(*value))
                    .run(|| run(inner));
            }
            Node::Agent(inner) => nested(inner),
            Node::Foreign(inner) => tracing::info_span!("foreign").in_scope(|| run(inner)),
            Node::Call => look_up(),
        }
    }
}

/// What each span of ours is to have, in the order of their starts.
fn expect(nodes: &[Node], here: &BTreeMap<u8, u8>, all: &mut Vec<BTreeMap<u8, u8>>) {
    for node in nodes {
        match node {
            Node::Scope(n, value, inner) => {
                let mut there = here.clone();
                there.insert(*n, *value);
                expect(inner, &there, all);
            }
            Node::Agent(inner) => {
                all.push(here.clone());
                expect(inner, here, all);
            }
            Node::Foreign(inner) => expect(inner, here, all),
            Node::Call => all.push(here.clone()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_holds_is_what_is_around(nodes in nodes()) {
        let spans = capture(|| run(&nodes)).spans;
        let mut expected = Vec::new();
        expect(&nodes, &BTreeMap::new(), &mut expected);
        let found: Vec<BTreeMap<u8, u8>> = spans
            .iter()
            .filter(|span| span.name() != "foreign")
            .map(|span| {
                let value = |n: &u8| span.int(&key(*n)).and_then(|value| u8::try_from(value).ok());
                (0..3).filter_map(|n| Some((n, value(&n)?))).collect()
            })
            .collect();
        prop_assert_eq!(found, expected);
    }

    /// What leaves one process and comes in at the next is the same.
    #[test]
    fn tags_come_through(tags in proptest::collection::btree_set("[a%,2C5]{1,6}", 0..6)) {
        let scope = tags.iter().fold(Scope::new(), |scope, tag| scope.tag(tag.clone())).propagate([AGENT_TRACE_TAGS]);
        let spans = capture(|| Scope::from_baggage(scope.baggage()).run(look_up)).spans;
        let found: Vec<&str> = spans.only().strs(AGENT_TRACE_TAGS).unwrap_or_default();
        prop_assert_eq!(found, tags.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
