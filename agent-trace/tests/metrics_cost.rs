//! What a call allocates beside its span where metrics are recorded, counted: no clock is asked.

#![cfg(all(feature = "metrics", feature = "logs"))]

#[path = "../benches/variants/mod.rs"]
mod variants;

use agent_trace::events::Events;
use agent_trace::metrics::Metrics;
use opentelemetry::InstrumentationScope;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::logs::{LogProcessor, SdkLogRecord, SdkLoggerProvider};
use opentelemetry_sdk::metrics::{InMemoryMetricExporter, SdkMeterProvider};
use opentelemetry_sdk::trace::Sampler;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::hint::black_box;
use tracing::{Dispatch, dispatcher};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry};
use variants::{CALLS, attributes, now, provider, reply, request};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How many agents run, each with ten model calls.
const AGENTS: usize = 20;

/// The allocations of one model call, with its tenth of the agent around it.
fn allocations(dispatch: &Dispatch) -> f64 {
    let (request, reply) = (request(), reply());
    let run = || now(attributes::agent(&request, &reply));
    dispatcher::with_default(dispatch, || {
        // What is made once is made before.
        (0..3).for_each(|_| run());
        let region = Region::new(ALLOCATOR);
        (0..AGENTS).for_each(|_| run());
        let counted = region.change().allocations;
        u32::try_from(counted).map_or(f64::INFINITY, f64::from) / (AGENTS * CALLS) as f64
    })
}

/// Takes every record, and keeps none.
#[derive(Debug)]
struct Forgets;

impl LogProcessor for Forgets {
    fn emit(&self, record: &mut SdkLogRecord, _: &InstrumentationScope) {
        black_box(record);
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }
}

/// The stock layer, and who is told beside it.
fn stock_with(sampler: Sampler, told: Option<Box<dyn Layer<Registry> + Send + Sync>>) -> Dispatch {
    let layer = tracing_opentelemetry::layer().with_tracer(provider(sampler).tracer("cost"));
    Dispatch::new(tracing_subscriber::registry().with(told).with(layer))
}

// One test, since allocations of others would be counted too.
#[test]
fn metrics_and_events_allocate_what_they_did() {
    // A reader that reads once a minute: the sums are added up all the same.
    let meters = SdkMeterProvider::builder()
        .with_periodic_exporter(InMemoryMetricExporter::default())
        .build();
    let loggers = SdkLoggerProvider::builder()
        .with_log_processor(Forgets)
        .build();
    for (sampler, metered, told) in [
        (Sampler::AlwaysOn, METERED, TOLD),
        (Sampler::AlwaysOff, METERED_UNSAMPLED, TOLD_UNSAMPLED),
    ] {
        let name = format!("{sampler:?}");
        let nobody = allocations(&stock_with(sampler.clone(), None));
        let metrics = Some(Metrics::new(&meters).boxed());
        let more = allocations(&stock_with(sampler.clone(), metrics)) - nobody;
        assert!(
            more <= metered,
            "{name}: {more} allocations for metrics, at most {metered}"
        );
        let events = Some(Events::new(&loggers).boxed());
        let more = allocations(&stock_with(sampler, events)) - nobody;
        assert!(
            more <= told,
            "{name}: {more} allocations for events, at most {told}"
        );
    }
}

/// What metrics add to a call that is recorded.
const METERED: f64 = 7.5;
/// What they add to one that the sampler rejects, of which nothing would be gathered otherwise.
const METERED_UNSAMPLED: f64 = 14.9;
/// What events add, with nobody to export them.
const TOLD: f64 = 11.4;
/// The same of a call that the sampler rejects.
const TOLD_UNSAMPLED: f64 = 18.8;
