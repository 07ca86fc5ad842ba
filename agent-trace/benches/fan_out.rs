//! What a subtask costs, spawned by hand and by `FanOut`, in one run: medians of interleaved rounds, and counted
//! allocations.
//!
//! `cargo bench -p agent-trace --features tokio --bench fan_out` prints the table.

#![allow(clippy::print_stdout, reason = "the table is what it is for")]

use agent_trace::{FanOut, agent_span, tool_call};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::{SdkTracerProvider, SpanData, SpanProcessor};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::future::Future;
use std::hint::black_box;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tracing::{Instrument as _, dispatcher};
use tracing_subscriber::layer::SubscriberExt as _;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const SUBTASKS: usize = 1000;
const ROUNDS: usize = 200;

/// Takes every span and keeps none.
#[derive(Debug)]
struct Sink;

impl SpanProcessor for Sink {
    fn on_start(&self, _: &mut opentelemetry_sdk::trace::Span, _: &opentelemetry::Context) {}

    fn on_end(&self, span: SpanData) {
        black_box(span);
    }

    fn force_flush(&self) -> opentelemetry_sdk::error::OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> opentelemetry_sdk::error::OTelSdkResult {
        Ok(())
    }
}

#[tool_call]
async fn tool(number: usize) -> usize {
    black_box(number)
}

async fn nothing(number: usize) -> usize {
    black_box(number)
}

#[agent_span]
async fn by_spawn<F: Future<Output = usize> + Send + 'static>(subtask: fn(usize) -> F) {
    let tasks: Vec<_> = (0..SUBTASKS)
        .map(|number| tokio::spawn(subtask(number).in_current_span()))
        .collect();
    for task in tasks {
        black_box(task.await.is_ok());
    }
}

#[agent_span]
async fn by_join_set<F: Future<Output = usize> + Send + 'static>(subtask: fn(usize) -> F) {
    let mut set = JoinSet::new();
    for number in 0..SUBTASKS {
        set.spawn(subtask(number).in_current_span());
    }
    while let Some(result) = set.join_next().await {
        black_box(result.is_ok());
    }
}

#[agent_span]
async fn by_fan_out<F: Future<Output = usize> + Send + 'static>(subtask: fn(usize) -> F) {
    let mut fan_out = FanOut::new().with_size(SUBTASKS);
    for number in 0..SUBTASKS {
        fan_out.spawn(subtask(number));
    }
    while let Some(result) = fan_out.join_next().await {
        black_box(result.is_ok());
    }
}

struct Case<'a> {
    name: &'static str,
    run: Box<dyn FnMut() + 'a>,
    nanos: Vec<f64>,
}

impl Case<'_> {
    fn round(&mut self) {
        let start = Instant::now();
        (self.run)();
        self.nanos
            .push(start.elapsed().as_nanos() as f64 / SUBTASKS as f64);
    }

    fn print(&mut self) {
        self.nanos.sort_by(f64::total_cmp);
        let median = self.nanos[self.nanos.len() / 2];
        let region = Region::new(ALLOCATOR);
        (self.run)();
        let allocations = region.change().allocations as f64 / SUBTASKS as f64;
        println!("{:<44} {median:>9.0} {allocations:>8.1}", self.name);
    }
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    macro_rules! cases {
        ($($name:literal: $work:expr;)*) => {
            vec![$(Case {
                name: $name,
                run: Box::new(|| runtime.block_on($work)),
                nanos: Vec::new(),
            }),*]
        };
    }
    // A process without a subscriber comes before any is made.
    let mut off = cases! {
        "off, tokio::spawn + in_current_span": by_spawn(nothing);
        "off, JoinSet::spawn + in_current_span": by_join_set(nothing);
        "off, FanOut::spawn": by_fan_out(nothing);
    };
    for _ in 0..ROUNDS {
        off.iter_mut().for_each(Case::round);
    }
    println!("{:<44} {:>9} {:>8}", "per subtask", "ns", "allocs");
    off.iter_mut().for_each(Case::print);

    let provider = SdkTracerProvider::builder()
        .with_span_processor(Sink)
        .build();
    let subscriber = tracing_subscriber::registry()
        .with(tracing_opentelemetry::layer().with_tracer(provider.tracer("bench")));
    dispatcher::set_global_default(subscriber.into()).expect("the first subscriber");
    let mut on = cases! {
        "no call inside, tokio::spawn + in_current_span": by_spawn(nothing);
        "no call inside, JoinSet + in_current_span": by_join_set(nothing);
        "no call inside, FanOut::spawn": by_fan_out(nothing);
        "a tool call, tokio::spawn + in_current_span": by_spawn(tool);
        "a tool call, JoinSet + in_current_span": by_join_set(tool);
        "a tool call, FanOut::spawn": by_fan_out(tool);
    };
    for _ in 0..ROUNDS {
        on.iter_mut().for_each(Case::round);
    }
    on.iter_mut().for_each(Case::print);
}
