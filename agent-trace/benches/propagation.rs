//! Context written into headers and read from them, beside the SDK's propagators, in one run: allocations first, then
//! time. At last a megabyte of hostile headers.
//!
//! `cargo bench -p agent-trace --features http --bench propagation`.

#![allow(missing_docs, reason = "the macros of criterion make public items")]
#![allow(clippy::print_stdout, reason = "the counts are what it is for")]

#[path = "propagation/headers.rs"]
mod headers;
#[path = "propagation/hostile.rs"]
mod hostile;

use agent_trace::propagation::{Egress, Propagator};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use headers::{FromHeaders, IntoHeaders};
use http::HeaderMap;
use opentelemetry::Context;
use opentelemetry::propagation::{TextMapCompositePropagator, TextMapPropagator};
use opentelemetry_sdk::propagation::{BaggagePropagator, TraceContextPropagator};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::hint::black_box;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const TRACE: [(&str, &str); 1] = [(
    "traceparent",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
)];
const STATE: [(&str, &str); 1] = [(
    "tracestate",
    "ot=th:8;rv:1234567890abcd,vendor=00f067aa0ba902b7",
)];
const BAGGAGE: [(&str, &str); 1] = [(
    "baggage",
    "tenant.id=acme,user.tier=gold;ttl=1,city=K%C3%B6ln",
)];

fn headers(parts: &[&[(&'static str, &'static str)]]) -> HeaderMap {
    let fields = parts.iter().copied().flatten();
    fields
        .map(|(name, value)| {
            (
                http::HeaderName::from_static(name),
                http::HeaderValue::from_static(value),
            )
        })
        .collect()
}

/// Both sides of a comparison.
struct Sides {
    ours: Propagator,
    sdk: Box<dyn TextMapPropagator>,
}

fn sides(has_baggage: bool) -> Sides {
    let trace = TraceContextPropagator::new();
    if !has_baggage {
        return Sides {
            ours: Propagator::new([agent_trace::propagation::Format::TraceContext]),
            sdk: Box::new(trace),
        };
    }
    let both: Vec<Box<dyn TextMapPropagator + Send + Sync>> =
        vec![Box::new(trace), Box::new(BaggagePropagator::new())];
    Sides {
        ours: Propagator::default().egress(Egress::default().baggage_keys([
            "tenant.id",
            "user.tier",
            "city",
        ])),
        sdk: Box::new(TextMapCompositePropagator::new(both)),
    }
}

fn count<T>(what: &str, run: impl Fn() -> T) {
    drop(run());
    let region = Region::new(ALLOCATOR);
    let kept = run();
    let counted = region.change();
    println!(
        "{what:<44} {:>6} allocations {:>9} bytes",
        counted.allocations, counted.bytes_allocated
    );
    drop(kept);
}

fn ours_extract(propagator: &Propagator, headers: &HeaderMap) -> Context {
    propagator.extract(headers).context()
}

fn sdk_extract(propagator: &dyn TextMapPropagator, headers: &HeaderMap) -> Context {
    propagator.extract(&FromHeaders(headers))
}

fn both_ways(criterion: &mut Criterion) {
    for (name, incoming, has_baggage) in [
        ("traceparent", headers(&[&TRACE]), false),
        ("tracestate", headers(&[&TRACE, &STATE]), false),
        ("baggage", headers(&[&TRACE, &STATE, &BAGGAGE]), true),
    ] {
        let Sides { ours, sdk } = sides(has_baggage);
        let context = ours_extract(&ours, &incoming);
        let ours_inject = |mut out: HeaderMap| {
            ours.inject_context(&context, &mut out);
            out
        };
        let sdk_inject = |mut out: HeaderMap| {
            sdk.inject_context(&context, &mut IntoHeaders(&mut out));
            out
        };
        let room = || HeaderMap::with_capacity(8);
        count(&format!("extract {name}: agent-trace"), || {
            ours_extract(&ours, &incoming)
        });
        count(&format!("extract {name}: SDK"), || {
            sdk_extract(&*sdk, &incoming)
        });
        count(&format!("inject {name}, with the map: agent-trace"), || {
            ours_inject(room())
        });
        count(&format!("inject {name}, with the map: SDK"), || {
            sdk_inject(room())
        });

        let mut group = criterion.benchmark_group(format!("extract {name}"));
        group.bench_function("agent-trace", |bencher| {
            bencher.iter(|| ours_extract(&ours, black_box(&incoming)));
        });
        group.bench_function("SDK", |bencher| {
            bencher.iter(|| sdk_extract(&*sdk, black_box(&incoming)));
        });
        group.finish();
        let mut group = criterion.benchmark_group(format!("inject {name}"));
        group.bench_function("agent-trace", |bencher| {
            bencher.iter_batched(room, ours_inject, BatchSize::SmallInput);
        });
        group.bench_function("SDK", |bencher| {
            bencher.iter_batched(room, sdk_inject, BatchSize::SmallInput);
        });
        group.finish();
    }
}

fn a_megabyte(criterion: &mut Criterion) {
    let Sides { ours, sdk } = sides(true);
    let mut group = criterion.benchmark_group("1 MB");
    group
        .throughput(Throughput::Bytes(hostile::SIZE as u64))
        .sample_size(20);
    for (name, fields) in hostile::fields() {
        let mut incoming = HeaderMap::new();
        for (name, value) in fields {
            incoming.append(
                name,
                value.parse().unwrap_or(http::HeaderValue::from_static("")),
            );
        }
        count(&format!("1 MB, {name}: agent-trace"), || {
            ours_extract(&ours, &incoming)
        });
        count(&format!("1 MB, {name}: SDK"), || {
            sdk_extract(&*sdk, &incoming)
        });
        group.bench_function(format!("{name}: agent-trace"), |bencher| {
            bencher.iter(|| ours_extract(&ours, black_box(&incoming)));
        });
        group.bench_function(format!("{name}: SDK"), |bencher| {
            bencher.iter(|| sdk_extract(&*sdk, black_box(&incoming)));
        });
    }
    group.finish();
}

criterion_group!(benches, both_ways, a_megabyte);
criterion_main!(benches);
