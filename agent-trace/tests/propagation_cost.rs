//! What hostile fields cost: no more than the limits, however much is sent. Memory is counted, since time depends on the
//! machine; `cargo bench -p agent-trace --features http --bench propagation` has the time.

#[path = "../benches/propagation/hostile.rs"]
mod hostile;

use std::alloc::System;
use std::collections::HashMap;

use agent_trace::propagation::{Carrier, Format, Propagator};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What reading 1 MB may take: a list of 8192 bytes and what is made of it, a few times over.
const BYTES: usize = 48 * 1024;

fn costs_little(name: &str, carrier: &impl Carrier) {
    let formats = [Format::TraceContext, Format::Baggage, Format::B3];
    let propagator = Propagator::new(formats);
    let region = Region::new(ALLOCATOR);
    let remote = propagator.extract(carrier);
    let context = remote.context();
    let used = region.change().bytes_allocated;
    assert!(used <= BYTES, "{name}: {used} bytes, at most {BYTES}");
    drop(context);
}

// One test, since allocations of others would be counted too.
#[test]
fn a_megabyte_costs_what_the_limits_allow() {
    for (name, fields) in hostile::fields() {
        let size: usize = fields.iter().map(|(_, value)| value.len()).sum();
        assert!(size >= hostile::SIZE / 2, "{name}: {size}");
        costs_little(name, &fields);
        let pairs = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        let map: HashMap<String, String> = pairs.collect();
        costs_little(name, &map);
        #[cfg(feature = "http")]
        {
            let mut headers = http::HeaderMap::new();
            for (name, value) in &fields {
                headers.append(*name, value.parse().unwrap());
            }
            costs_little(name, &headers);
        }
    }
}
