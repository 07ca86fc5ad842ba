//! What one traced model call costs, beside the alternatives, in one run: medians of interleaved
//! rounds and counted allocations.
//!
//! `cargo bench -p agent-trace --bench ratio` prints the table; `-- --check` also fails where a goal
//! is missed.

#![allow(clippy::print_stdout, reason = "the table is what it is for")]

mod variants;

use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::trace::Sampler;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::time::Instant;
use tracing::{Dispatch, dispatcher};
use variants::{CALLS, attributes, bare, instrument, now, provider, reply, request, sdk, stock};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const ROUNDS: usize = 150;
const AGENTS: usize = 100;

struct Case<'a> {
    name: &'static str,
    run: Box<dyn FnMut() + 'a>,
    nanos: Vec<f64>,
    allocations: f64,
}

impl Case<'_> {
    fn round(&mut self) {
        let start = Instant::now();
        for _ in 0..AGENTS {
            (self.run)();
        }
        let calls = (AGENTS * CALLS) as f64;
        self.nanos.push(start.elapsed().as_nanos() as f64 / calls);
    }

    fn median(&mut self) -> f64 {
        self.nanos.sort_by(f64::total_cmp);
        self.nanos[self.nanos.len() / 2]
    }
}

fn main() {
    let (request, reply) = (request(), reply());
    let (request, reply) = (&request, &reply);
    macro_rules! cases {
        ($($name:literal: $run:expr;)*) => {
            vec![$(Case { name: $name, run: Box::new(|| $run), nanos: Vec::new(), allocations: 0.0 }),*]
        };
    }

    // "Off" is a process without a subscriber, so it comes before any is made.
    let mut off: Vec<Case<'_>> = cases! {
        "bare": now(bare::agent(request, reply));
        "off, instrument": now(instrument::agent(request, reply));
        "off, agent-trace": now(attributes::agent(request, reply));
    };
    // For a profiler: one case alone.
    let only = std::env::var("ONLY").ok();
    if let Some(only) = &only {
        if let Some(case) = off.iter_mut().find(|case| case.name == only) {
            (0..10).for_each(|_| case.round());
            return;
        }
    } else {
        for _ in 0..ROUNDS {
            off.iter_mut().for_each(Case::round);
        }
        off.iter_mut().for_each(count);
    }

    // For the rest of the process.
    let sampled: &Dispatch = Box::leak(Box::new(stock(Sampler::AlwaysOn)));
    let unsampled: &Dispatch = Box::leak(Box::new(stock(Sampler::AlwaysOff)));
    let tracer = &*Box::leak(Box::new(provider(Sampler::AlwaysOn).tracer("bench")));
    let mut on: Vec<Case<'_>> = cases! {
        "sampled, instrument (c)": dispatcher::with_default(sampled, || now(instrument::agent(request, reply)));
        "sampled, agent-trace": dispatcher::with_default(sampled, || now(attributes::agent(request, reply)));
        "sampled, SDK by hand": now(sdk::agent(tracer, request, reply));
        "unsampled, instrument": dispatcher::with_default(unsampled, || now(instrument::agent(request, reply)));
        "unsampled, agent-trace": dispatcher::with_default(unsampled, || now(attributes::agent(request, reply)));
    };
    if let Some(only) = only {
        for case in on.iter_mut().filter(|case| case.name == only) {
            (0..10).for_each(|_| case.round());
        }
        return;
    }
    for round in 0..ROUNDS + 10 {
        for case in &mut on {
            case.round();
            if round < 10 {
                case.nanos.clear();
            }
        }
    }
    on.iter_mut().for_each(count);

    let c = on[0].median();
    let bare = off[0].median();
    println!(
        "{:<26} {:>9} {:>8} {:>8}",
        "per model call", "ns", "x c", "allocs"
    );
    let mut rows = Vec::new();
    for case in off.iter_mut().chain(&mut on) {
        let median = case.median();
        println!(
            "{:<26} {median:>9.1} {:>8.3} {:>8.1}",
            case.name,
            median / c,
            case.allocations
        );
        rows.push((case.name, median, case.allocations));
    }
    if std::env::args().any(|argument| argument == "--check") {
        let find = |name| {
            rows.iter()
                .find(|row| row.0 == name)
                .expect("a row of the table")
        };
        let (_, off, off_allocations) = *find("off, agent-trace");
        assert!(
            off - bare <= 2.0,
            "off: {:.2} ns over the bare function, at most 2",
            off - bare
        );
        assert!(
            off_allocations == 0.0,
            "off: {off_allocations} allocations, none allowed"
        );
        let sampled = find("sampled, agent-trace").1 / c;
        assert!(sampled <= 0.70, "sampled: {sampled:.3} x c, at most 0.70");
        let unsampled = find("unsampled, agent-trace").1 / c;
        assert!(
            unsampled <= 0.45,
            "sampled out: {unsampled:.3} x c, at most 0.45"
        );
    }
}

/// Allocations are counted apart from the clock, in one round.
fn count(case: &mut Case<'_>) {
    let region = Region::new(ALLOCATOR);
    for _ in 0..AGENTS {
        (case.run)();
    }
    case.allocations = region.change().allocations as f64 / (AGENTS * CALLS) as f64;
}
