//! Nothing stays behind when ten thousand subtasks are dropped half-way: no memory, no span, no future.

#![cfg(feature = "tokio")]

use agent_trace::{FanOut, agent_span, tool_call};
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use opentelemetry::Context;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SdkTracerProvider, Span, SpanData, SpanProcessor};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicIsize, Ordering};
use std::time::Duration;
use tokio::task::yield_now;
use tracing::dispatcher;
use tracing_subscriber::layer::SubscriberExt as _;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const MANY: usize = 10_000;

/// Counts the spans that are open.
#[derive(Clone, Debug, Default)]
struct Open(Arc<AtomicIsize>);

impl SpanProcessor for Open {
    fn on_start(&self, _: &mut Span, _: &Context) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn on_end(&self, _: SpanData) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}

/// What a subtask holds on to.
type Held = Arc<()>;

#[tool_call]
async fn step(number: usize, held: Held) {
    if number % 2 == 1 {
        std::future::pending::<()>().await;
    }
    yield_now().await;
    drop(held);
}

#[agent_span]
async fn spawned(held: Held) {
    let mut fan_out = FanOut::new().with_size(MANY);
    for number in 0..MANY {
        fan_out.spawn_as("step", step(number, held.clone()));
    }
    for _ in 0..MANY / 4 {
        fan_out.join_next().await.unwrap().unwrap();
    }
}

#[agent_span]
async fn limited(held: Held) {
    let mut fan_out = FanOut::new().with_limit(MANY / 2);
    for number in 0..MANY {
        fan_out.spawn(step(number, held.clone()));
    }
    for _ in 0..MANY / 4 {
        fan_out.join_next().await.unwrap().unwrap();
    }
}

#[agent_span]
async fn polled(held: Held) {
    let fan_out = FanOut::new();
    let mut tasks: FuturesUnordered<_> = (0..MANY)
        .map(|number| fan_out.task(step(number, held.clone())))
        .collect();
    for _ in 0..MANY / 4 {
        tasks.next().await.unwrap();
    }
}

#[agent_span]
async fn never_run(held: Held) {
    let fan_out = FanOut::<()>::new();
    let subtasks: Vec<_> = (0..MANY)
        .map(|_| (fan_out.subtask(), held.clone()))
        .collect();
    drop(subtasks);
}

/// The dispatcher itself is dropped while its subtasks run.
async fn cancelled(held: Held) {
    let running = spawned_for_ever(held);
    tokio::select! {
        biased;
        () = running => {}
        () = async { for _ in 0..3 { yield_now().await } } => {}
    }
}

#[agent_span]
async fn spawned_for_ever(held: Held) {
    let mut fan_out = FanOut::new();
    for _ in 0..MANY {
        fan_out.spawn(step(1, held.clone()));
    }
    fan_out.join_all().await;
}

// One test, since allocations of others would be counted too.
#[test]
fn nothing_stays_behind() {
    let open = Open::default();
    let provider = SdkTracerProvider::builder()
        .with_span_processor(open.clone())
        .build();
    let subscriber = tracing_subscriber::registry()
        .with(tracing_opentelemetry::layer().with_tracer(provider.tracer("test")));
    let _default = dispatcher::set_default(&subscriber.into());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();

    macro_rules! check {
        ($($work:ident),*) => {$(check(stringify!($work), &runtime, &open, $work);)*};
    }
    check!(spawned, limited, polled, never_run, cancelled);
}

fn check<F: Future<Output = ()>>(
    name: &str,
    runtime: &tokio::runtime::Runtime,
    open: &Open,
    work: impl Fn(Held) -> F,
) {
    let held = Held::default();
    let round = || {
        runtime.block_on(async {
            work(held.clone()).await;
            // What was aborted is dropped when the runtime comes to it.
            while Arc::strong_count(&held) > 1 {
                yield_now().await;
            }
        });
        assert_eq!(open.0.load(Ordering::SeqCst), 0, "{name}: open spans");
    };
    // The slabs of registry and runtime grow once, and are kept.
    (0..2).for_each(|_| round());
    let region = Region::new(ALLOCATOR);
    round();
    let change = region.change();
    let left = change.bytes_allocated as i64 - change.bytes_deallocated as i64;
    assert!(
        left.abs() < 64 * 1024,
        "{name}: {left} bytes of {MANY} subtasks, {} allocations",
        change.allocations as i64 - change.deallocations as i64,
    );
}
