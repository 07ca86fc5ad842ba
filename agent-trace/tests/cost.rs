//! What a model call may allocate, counted: no clock is asked, so that it holds on any machine.
//!
//! The figures are what is reached. `cargo bench -p agent-trace` has the time that belongs to them.

#[path = "../benches/variants/mod.rs"]
mod variants;

use opentelemetry_sdk::trace::Sampler;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use tracing::dispatcher;
use variants::{CALLS, Reply, Request, attributes, instrument, now, reply, request, stock};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How many agents run, each with ten model calls.
const AGENTS: usize = 20;

/// The allocations of one model call, with its tenth of the agent around it.
fn allocations(run: impl Fn()) -> f64 {
    // What is made once is made before.
    (0..3).for_each(|_| run());
    let region = Region::new(ALLOCATOR);
    (0..AGENTS).for_each(|_| run());
    let counted = region.change().allocations;
    u32::try_from(counted).map_or(f64::INFINITY, f64::from) / (AGENTS * CALLS) as f64
}

fn ours(request: &Request, reply: &Reply) -> f64 {
    allocations(|| now(attributes::agent(request, reply)))
}

fn theirs(request: &Request, reply: &Reply) -> f64 {
    allocations(|| now(instrument::agent(request, reply)))
}

// One test, since allocations of others would be counted too.
#[test]
fn a_model_call_allocates_what_it_did() {
    let (request, reply) = (request(), reply());

    // Without a subscriber, so before any is made.
    assert_eq!(ours(&request, &reply), 0.0, "off");

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

/// Of a call that is recorded.
const SAMPLED: f64 = 24.3;
/// Of a call that the sampler rejects.
const UNSAMPLED: f64 = 16.9;
