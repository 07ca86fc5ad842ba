//! The time of one agent with ten model calls, each way: sampled, rejected by the sampler, and off.
//!
//! `cargo bench -p agent-trace --bench call`. Shares between ways are what `--bench ratio` prints,
//! from interleaved rounds.

#![allow(missing_docs, reason = "the macros of criterion make public items")]

mod variants;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::trace::Sampler;
use tracing::dispatcher;
use variants::{
    CALLS, Reply, Request, attributes, bare, instrument, now, provider, reply, request, sdk, stock,
};

fn group<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Elements(CALLS as u64));
    group
}

fn macros(group: &mut BenchmarkGroup<'_, WallTime>, request: &Request, reply: &Reply) {
    group.bench_function("instrument", |bencher| {
        bencher.iter(|| now(instrument::agent(request, reply)));
    });
    group.bench_function("agent-trace", |bencher| {
        bencher.iter(|| now(attributes::agent(request, reply)));
    });
}

/// Without a subscriber, so before any is made.
fn off(criterion: &mut Criterion) {
    let (request, reply) = (request(), reply());
    let mut group = group(criterion, "off");
    group.bench_function("bare", |bencher| {
        bencher.iter(|| now(bare::agent(&request, &reply)));
    });
    macros(&mut group, &request, &reply);
}

fn on(criterion: &mut Criterion) {
    let (request, reply) = (request(), reply());
    for (name, sampler) in [
        ("sampled", Sampler::AlwaysOn),
        ("unsampled", Sampler::AlwaysOff),
    ] {
        let tracer = provider(sampler.clone()).tracer("bench");
        let mut group = group(criterion, name);
        dispatcher::with_default(&stock(sampler), || macros(&mut group, &request, &reply));
        group.bench_function("SDK by hand", |bencher| {
            bencher.iter(|| now(sdk::agent(&tracer, &request, &reply)));
        });
    }
}

criterion_group!(benches, off, on);
criterion_main!(benches);
