//! Random trees of calls that end in every way: what is exported is what a model of them expects.

use std::collections::HashMap;
use std::future::{Future, pending};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::Arc;
use std::time::Duration;

use agent_trace::testing::{FinishedSpan, Recorder, Spans};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, join_all};
use proptest::prelude::*;
use tokio::sync::Notify;
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use crate::support::*;

/// Which attribute a call has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Agent,
    Tool,
    Llm,
}

/// How its caller runs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Direct,
    InPlainSpan,
    Spawned,
}

/// How it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Ok,
    Err,
    Panic,
    /// Its caller drops it when it has done all its work but the last.
    Cancelled,
    /// It takes too long.
    TimedOut,
}

/// A call and the calls in it.
#[derive(Clone, Debug)]
struct Node {
    id: u16,
    family: Family,
    is_async_fn: bool,
    place: Place,
    end: End,
    /// Whether the children run at the same time.
    joined: bool,
    children: Vec<Self>,
    /// What a call that takes too long is waiting for.
    hangs_in: Option<Box<Self>>,
}

impl Node {
    /// Numbers the calls.
    fn number(&mut self, next: &mut u16) {
        *next += 1;
        self.id = *next;
        if let Some(last) = &mut self.hangs_in {
            last.end = End::TimedOut;
            last.place = Place::Direct;
            last.number(next);
        }
        if self.end != End::TimedOut {
            self.hangs_in = None;
        }
        for child in &mut self.children {
            child.number(next);
        }
    }

    /// How long it is given before it is dropped: longer than all that happens inside.
    fn limit(&self) -> Duration {
        let inside = self.children.iter().chain(self.hangs_in.as_deref());
        Duration::from_millis(2) + inside.map(Self::limit).sum::<Duration>()
    }
}

type Call = BoxFuture<'static, Result<(), Trouble>>;

/// The six kinds of functions.
macro_rules! functions {
    ($($attribute:ident: $native:ident, $future:ident;)*) => {$(
        #[agent_trace::$attribute(fields(node.id = node.id))]
        async fn $native(node: Node, done: Arc<Notify>) -> Result<(), Trouble> {
            body(&node, &done).await
        }

        #[agent_trace::$attribute(fields(node.id = node.id))]
        fn $future(
            node: Node,
            done: Arc<Notify>,
        ) -> impl Future<Output = Result<(), Trouble>> + Send + 'static {
            async move { body(&node, &done).await }
        }
    )*};
}
functions! {
    agent_span: agent_native, agent_future;
    tool_call: tool_native, tool_future;
    llm_call: llm_native, llm_future;
}

fn call(node: Node, done: Arc<Notify>) -> Call {
    match (node.family, node.is_async_fn) {
        (Family::Agent, true) => agent_native(node, done).boxed(),
        (Family::Agent, false) => agent_future(node, done).boxed(),
        (Family::Tool, true) => tool_native(node, done).boxed(),
        (Family::Tool, false) => tool_future(node, done).boxed(),
        (Family::Llm, true) => llm_native(node, done).boxed(),
        (Family::Llm, false) => llm_future(node, done).boxed(),
    }
}

fn body<'a>(node: &'a Node, done: &'a Notify) -> BoxFuture<'a, Result<(), Trouble>> {
    async move {
        if node.joined {
            join_all(node.children.iter().cloned().map(run)).await;
        } else {
            for child in &node.children {
                run(child.clone()).await;
            }
        }
        if let Some(last) = &node.hangs_in {
            let _ = call((**last).clone(), Arc::default()).await;
        }
        tokio::task::yield_now().await;
        match node.end {
            End::Ok => Ok(()),
            End::Err => Err(Trouble::Refused { code: node.id }),
            // No hook has to be silenced for this one.
            End::Panic => resume_unwind(Box::new("on purpose")),
            End::Cancelled => {
                done.notify_one();
                pending().await
            }
            End::TimedOut => pending().await,
        }
    }
    .boxed()
}

/// Runs a call as its caller does, to whatever end.
async fn run(node: Node) {
    let done = Arc::new(Notify::new());
    let (place, end, limit) = (node.place, node.end, node.limit());
    let call = call(node, Arc::clone(&done));
    let call = match place {
        Place::Direct => call,
        Place::InPlainSpan => call.instrument(tracing::info_span!("plain")).boxed(),
        Place::Spawned => {
            let mut task = tokio::spawn(call.in_current_span().with_current_subscriber());
            match end {
                End::Cancelled => done.notified().await,
                End::TimedOut => drop(tokio::time::timeout(limit, &mut task).await),
                End::Ok | End::Err | End::Panic => return drop(task.await),
            }
            task.abort();
            return drop(task.await);
        }
    };
    let call = AssertUnwindSafe(call).catch_unwind();
    match end {
        End::Ok | End::Err | End::Panic => drop(call.await),
        End::TimedOut => drop(tokio::time::timeout(limit, call).await),
        End::Cancelled => tokio::select! {
            biased;
            _ = call => unreachable!("it waits to be dropped"),
            () = done.notified() => {}
        },
    }
}

/// What is expected of one span.
#[derive(Debug, Default)]
struct Expected {
    parent: Option<u16>,
    end: Option<End>,
    is_agent: bool,
    inference_calls: i64,
    tool_calls: i64,
    agents: i64,
    errors: i64,
}

/// What is around a call.
#[derive(Clone, Default)]
struct Around {
    span: Option<(u16, Family)>,
    agents: Vec<u16>,
}

fn expect(node: &Node, around: &Around, found: &mut HashMap<u16, Expected>) {
    let mut inside = around.clone();
    // A model call directly in a model call is a part of it.
    let is_covered = node.family == Family::Llm && matches!(around.span, Some((_, Family::Llm)));
    if !is_covered {
        inside.span = Some((node.id, node.family));
        let fails = i64::from(node.end != End::Ok);
        for (distance, agent) in around.agents.iter().rev().enumerate() {
            let agent = found.get_mut(agent).expect("agents come first");
            let own = i64::from(distance == 0);
            agent.errors += fails;
            match node.family {
                Family::Agent => agent.agents += 1,
                Family::Tool => agent.tool_calls += own,
                Family::Llm => agent.inference_calls += own,
            }
        }
        let expected = Expected {
            parent: around.span.map(|(id, _)| id),
            end: Some(node.end),
            is_agent: node.family == Family::Agent,
            ..Expected::default()
        };
        assert!(found.insert(node.id, expected).is_none());
        if node.family == Family::Agent {
            inside.agents.push(node.id);
        }
    }
    for child in node.children.iter().chain(node.hangs_in.as_deref()) {
        expect(child, &inside, found);
    }
}

fn id_of(span: &FinishedSpan) -> Option<u16> {
    span.int("node.id").and_then(|id| id.try_into().ok())
}

/// The nearest call around a span, beyond spans of the application's own.
fn call_around(spans: &Spans, span: &FinishedSpan) -> Option<u16> {
    let parent = spans.parent(span)?;
    id_of(parent).or_else(|| call_around(spans, parent))
}

fn check(spans: &Spans, mut expected: HashMap<u16, Expected>) {
    for span in spans.iter() {
        let Some(id) = id_of(span) else {
            span.assert_unset();
            continue;
        };
        let expected = expected.remove(&id).expect("one span for each call");
        assert_eq!(
            call_around(spans, span),
            expected.parent,
            "{}",
            spans.outline()
        );
        if let Some(parent) = spans.parent(span) {
            assert_eq!(parent.trace_id(), span.trace_id());
        }
        match expected.end.expect("a call's end") {
            End::Ok => assert_returned(span),
            End::Panic => assert_panicked(span),
            End::Cancelled | End::TimedOut => assert_cancelled(span),
            End::Err => {
                span.assert_error("Refused")
                    .assert_no_attr("agent_trace.outcome");
                let message = format!("refused with {id}");
                assert_eq!(span.error(), Some(&*message));
                let events = span.events();
                assert_eq!(events.len(), 1, "its own error, once");
                assert_eq!(events[0].str("exception.message"), Some(&*message));
            }
        }
        if expected.is_agent {
            span.assert_attr("agent_trace.inference_calls", expected.inference_calls)
                .assert_attr("agent_trace.tool_calls", expected.tool_calls)
                .assert_attr("agent_trace.subtree.agent_calls", expected.agents);
            assert_eq!(
                span.int("agent_trace.subtree.errors").unwrap_or_default(),
                expected.errors
            );
        }
    }
    assert!(expected.is_empty(), "not exported: {expected:?}");
}

fn node() -> impl Strategy<Value = Node> {
    let family = prop_oneof![Just(Family::Agent), Just(Family::Tool), Just(Family::Llm)];
    let place = prop_oneof![
        Just(Place::Direct),
        Just(Place::InPlainSpan),
        Just(Place::Spawned)
    ];
    let end = prop_oneof![
        3 => Just(End::Ok),
        1 => Just(End::Err),
        1 => Just(End::Panic),
        1 => Just(End::Cancelled),
        1 => Just(End::TimedOut)
    ];
    let single = (family, any::<bool>(), place, end, any::<bool>()).prop_map(
        |(family, is_async_fn, place, end, joined)| Node {
            id: 0,
            family,
            is_async_fn,
            place,
            end,
            joined,
            children: Vec::new(),
            hangs_in: None,
        },
    );
    let inner = single.clone().boxed();
    single.prop_recursive(4, 24, 4, move |child| {
        (
            inner.clone(),
            prop::collection::vec(child.clone(), 0..4),
            prop::option::of(child),
        )
            .prop_map(|(node, children, last)| Node {
                children,
                hangs_in: last.map(Box::new),
                ..node
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 500,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_tree_is_told_as_it_was(mut root in node()) {
        root.number(&mut 0);
        let mut expected = HashMap::new();
        expect(&root, &Around::default(), &mut expected);

        let recorder = Recorder::new();
        tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime")
            .block_on(recorder.run_async(async { run(root).await }));
        check(&recorded(&recorder), expected);
    }
}
