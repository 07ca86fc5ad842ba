//! A small run of what `examples/throughput` of this package measures.

use std::thread;
use std::time::Duration;

use agent_trace_tests::receiver::Receiver;
use opentelemetry_otlp::Protocol;

use crate::support::{assert_agrees, emit, limits, pipeline};

#[test]
fn a_queue_that_fits_loses_nothing() {
    for protocol in [Protocol::Grpc, Protocol::HttpBinary] {
        let receiver = Receiver::start();
        let telemetry = pipeline(
            protocol,
            &receiver,
            limits().batch_spans(512).queue_spans(50_000),
        );
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| emit(&telemetry, 20_000));
            }
        });
        telemetry
            .shutdown_within(Duration::from_secs(60))
            .expect("all arrive");
        let stats = assert_agrees(&telemetry, &receiver);
        assert_eq!((stats.ended, stats.exporters[0].exported), (40_000, 40_000));
    }
}
