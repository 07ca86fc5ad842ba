//! Random trees of calls, run in every way there is to run them, against the graph that they should give. The graph
//! is read off the tree, by code that knows nothing of the runtime.

#![cfg(all(feature = "testing", feature = "tokio"))]

mod actual;
mod expected;
mod plan;
mod run;

use agent_trace::testing::Capture;
use plan::{Plan, Ways};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use run::Run;
use std::collections::BTreeMap;
use tokio::runtime::{Builder, Runtime};

/// Runs one plan and compares.
fn check(
    runtime: &Runtime,
    activation: bool,
    bytes: &[u8],
    ways: Ways,
) -> Result<usize, TestCaseError> {
    let plan = Plan::from_bytes(bytes, ways);
    let recorder = Capture::new()
        .with_context_activation(activation)
        .trimmed()
        .recorder();
    let run = Run::default();
    recorder.run(|| {
        runtime.block_on(async {
            recorder.run_async(run.start(plan.root.clone())).await;
            // What was aborted is dropped when the runtime comes to it.
            for _ in 0..100_000 {
                if recorder.unfinished() == 0 {
                    break;
                }
                tokio::task::yield_now().await;
            }
        });
    });
    let spans = recorder.spans();
    let expected = expected::graph(&plan);
    let actual: BTreeMap<_, _> = actual::graph(&spans);
    prop_assert_eq!(spans.len(), actual.len(), "a span twice");
    prop_assert_eq!(recorder.unfinished(), 0);
    for (name, expected) in &expected {
        prop_assert_eq!(actual.get(name), Some(expected), "{} of {:#?}", name, plan);
    }
    prop_assert_eq!(actual.len(), expected.len(), "{:#?}", plan);
    Ok(actual.len())
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    })
}

/// Bytes that a plan is read from: shorter ones are smaller plans.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..40)
}

#[test]
fn ten_thousand_random_trees_give_the_graph_that_they_should() {
    let runtime = Builder::new_current_thread().build().unwrap();
    let spans = std::cell::Cell::new(0);
    runner(10_000)
        .run(&(bytes(), any::<bool>()), |(bytes, activation)| {
            let found = check(&runtime, activation, &bytes, Ways::All)?;
            spans.set(spans.get() + found);
            Ok(())
        })
        .unwrap();
    // Lest the trees shrink to nothing.
    assert!(spans.get() > 50_000, "{} spans", spans.get());
}

#[test]
fn on_several_threads_too() {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap();
    runner(500)
        .run(&(bytes(), any::<bool>()), |(bytes, activation)| {
            check(&runtime, activation, &bytes, Ways::NoneDropped)?;
            Ok(())
        })
        .unwrap();
}
