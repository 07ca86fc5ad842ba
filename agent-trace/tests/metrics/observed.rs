//! Who is told, of what, and when.

use crate::calls::{self, Chunk, Overloaded, Reply, usage};
use crate::measured::{Measured, Point};
use agent_trace::metrics::Metrics;
use agent_trace::testing::{Capture, Recorder};
use opentelemetry::metrics::{
    Histogram, HistogramBuilder, InstrumentProvider, Meter, MeterProvider, SyncInstrument,
};
use opentelemetry::trace::{SpanContext, TraceContextExt as _};
use opentelemetry::{Context, InstrumentationScope, KeyValue};
use opentelemetry_sdk::trace::Sampler;
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[test]
fn a_duration_is_that_of_the_span() {
    const NAP: Duration = Duration::from_millis(20);
    let measured = Measured::of(Capture::new().real_clock(), || {
        _ = calls::tool("nap", || {
            std::thread::sleep(NAP);
            Ok(())
        });
    });
    let Point::Seconds { sum, count } = measured.only("gen_ai.execute_tool.duration").1 else {
        panic!("no histogram")
    };
    let span = measured.spans.only().duration();
    assert_eq!(count, 1);
    assert!(sum >= NAP.as_secs_f64(), "{sum}");
    // It begins behind the span's beginning and ends before the span's end; another clock counts there.
    assert!(sum <= span.as_secs_f64() + 0.001, "{sum} of {span:?}");
}

#[test]
fn times_between_chunks_are_recorded_one_by_one() {
    let chunks: Vec<_> = (0..5).map(|_| Ok(Chunk(None))).collect();
    let measured = Measured::of(Capture::new(), || {
        calls::take(calls::stream(chunks), 9);
        _ = calls::ask("acme", Ok(Reply::default()));
    });
    let span = measured
        .spans
        .iter()
        .find(|span| span.attributes().get("gen_ai.request.stream").is_some());
    let attributes = span.expect("a stream").attributes();
    let first = attributes.double("gen_ai.response.time_to_first_chunk");
    let mean = attributes.double("agent_trace.time_per_output_chunk");
    let seconds = |name| match measured.only(name).1 {
        Point::Seconds { sum, count } => (sum, count),
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(
        seconds("gen_ai.client.inference.time_to_first_chunk"),
        (first.expect("a stream"), 1)
    );
    let (sum, count) = seconds("gen_ai.client.inference.time_per_output_chunk");
    assert_eq!(count, 4);
    assert!((sum - 4.0 * mean.expect("a stream")).abs() < 1e-9);
}

#[test]
fn metrics_are_of_the_subscribers_own_calls() {
    let outside = Recorder::new();
    let measured = Measured::of(Capture::new(), || {
        _ = calls::tool("mine", || Ok(()));
        outside.run(|| _ = calls::tool("theirs", || Ok(())));
    });
    let (attributes, _) = measured.only("gen_ai.execute_tool.duration");
    assert!(attributes.contains("mine"), "{attributes}");
}

#[test]
fn without_context_activation_the_same() {
    let run = |capture: Capture| {
        let mut all = Measured::of(capture, || {
            _ = calls::agent("writer", || {
                _ = calls::ask(
                    "acme",
                    Ok(Reply {
                        usage: Some(usage(1, 2)),
                        ..Reply::default()
                    }),
                );
                calls::tool("search", || Err(Overloaded))
            });
        })
        .series();
        // How long it took is another matter.
        all.values_mut().for_each(|point| {
            if let Point::Seconds { sum, .. } = point {
                *sum = 0.0;
            }
        });
        all
    };
    let expected = run(Capture::new());
    assert_eq!(run(Capture::new().with_context_activation(false)), expected);
    let off = Capture::new().sampler(Sampler::AlwaysOff);
    assert_eq!(run(off.with_context_activation(false)), expected);
}

/// A meter that looks at the context in which it is told, as one with exemplars does.
#[derive(Clone, Default)]
struct Watch(Arc<Mutex<Vec<SpanContext>>>);

impl MeterProvider for Watch {
    fn meter_with_scope(&self, _: InstrumentationScope) -> Meter {
        Meter::new(Arc::new(self.clone()))
    }
}

impl InstrumentProvider for Watch {
    fn f64_histogram(&self, _: HistogramBuilder<'_, Histogram<f64>>) -> Histogram<f64> {
        Histogram::new(Arc::new(self.clone()))
    }
}

impl SyncInstrument<f64> for Watch {
    fn measure(&self, _: f64, _: &[KeyValue]) {
        let current = Context::current();
        self.0
            .lock()
            .unwrap()
            .push(current.span().span_context().clone());
    }
}

#[test]
fn the_span_is_current_while_its_metrics_are_recorded() {
    for activation in [true, false] {
        let watch = Watch::default();
        let captured = Capture::new()
            .with_context_activation(activation)
            .layer(Metrics::new(&watch))
            .run(|| calls::agent("outer", || calls::tool("inner", || Ok(()))));
        let seen = std::mem::take(&mut *watch.0.lock().unwrap());
        let seen: Vec<_> = seen.iter().map(SpanContext::span_id).collect();
        let of = |name: &str| captured.spans.find(name).id();
        assert_eq!(
            seen,
            [of("execute_tool inner"), of("invoke_agent outer")],
            "{activation}"
        );
    }
}

#[test]
fn a_meter_that_panics_costs_nothing_but_its_numbers() {
    struct Broken;
    impl MeterProvider for Broken {
        fn meter_with_scope(&self, _: InstrumentationScope) -> Meter {
            Meter::new(Arc::new(Self))
        }
    }
    impl InstrumentProvider for Broken {
        fn f64_histogram(&self, _: HistogramBuilder<'_, Histogram<f64>>) -> Histogram<f64> {
            Histogram::new(Arc::new(Self))
        }
    }
    impl SyncInstrument<f64> for Broken {
        fn measure(&self, _: f64, _: &[KeyValue]) {
            panic!("on purpose")
        }
    }
    let captured = Capture::new()
        .layer(Metrics::new(&Broken))
        .run(|| calls::tool("search", || Err(Overloaded)));
    captured.spans.only().assert_error("Overloaded");
}
