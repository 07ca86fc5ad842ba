//! What a model call may allocate, counted: no clock is asked, so that it holds on any machine.
//!
//! The figures are what is reached. `cargo bench -p agent-trace` has the time that belongs to them.

#[path = "../benches/variants/mod.rs"]
mod variants;

use opentelemetry_sdk::trace::Sampler;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use tracing::dispatcher;
use variants::{Reply, Request, attributes, instrument, now, reply, request, stock};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How many agents run, each with ten model calls.
const AGENTS: usize = 20;

/// The allocations of one agent with its model calls.
///
/// Every agent makes as many, but the main thread of the test harness, which shares the allocator,
/// may keep its books of the test (four allocations) while one of them runs: so it is what most make.
fn allocations(run: impl Fn()) -> usize {
    // What is made once is made before.
    (0..3).for_each(|_| run());
    let mut counted = [0; AGENTS];
    for counted in &mut counted {
        let region = Region::new(ALLOCATOR);
        run();
        *counted = region.change().allocations;
    }
    counted.sort_unstable();
    counted[AGENTS / 2]
}

fn ours(request: &Request, reply: &Reply) -> usize {
    allocations(|| now(attributes::agent(request, reply)))
}

fn theirs(request: &Request, reply: &Reply) -> usize {
    allocations(|| now(instrument::agent(request, reply)))
}

// One test, since allocations of others would be counted too.
#[test]
fn a_model_call_allocates_what_it_did() {
    let (request, reply) = (request(), reply());

    // Without a subscriber, so before any is made.
    assert_eq!(ours(&request, &reply), 0, "off");

    for (sampler, limit) in [
        (Sampler::AlwaysOn, SAMPLED),
        (Sampler::AlwaysOff, UNSAMPLED),
    ] {
        let name = format!("{sampler:?}");
        dispatcher::with_default(&stock(sampler), || {
            let (ours, theirs) = (ours(&request, &reply), theirs(&request, &reply));
            assert!(ours <= limit, "{name}: {ours} allocations, at most {limit}");
            assert!(
                ours < theirs,
                "{name}: {ours} allocations, `#[instrument]` makes {theirs}"
            );
        });
    }
}

/// Of an agent and its ten calls that are recorded.
const SAMPLED: usize = 243;
/// Of those that the sampler rejects.
const UNSAMPLED: usize = 169;
