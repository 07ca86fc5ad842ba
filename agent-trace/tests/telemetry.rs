//! The account of the pipeline balances, whatever the exporter does.

#![cfg(feature = "telemetry")]

use std::future::pending;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use agent_trace::telemetry::{BatchLimits, Stats, Telemetry};
use opentelemetry::KeyValue;
use opentelemetry::trace::{Span as _, Tracer as _, TracerProvider as _};
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{Sampler, SpanData, SpanExporter};

/// An exporter that does what it is told, and counts what it took.
#[derive(Debug, Clone)]
struct Sink {
    behaviour: Behaviour,
    taken: Arc<AtomicU64>,
    largest: Arc<AtomicU64>,
    batches: Arc<AtomicU64>,
    shut: Arc<AtomicBool>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Behaviour {
    Good,
    Fails,
    /// Fails on each batch with an odd number.
    FailsOdd,
    PanicsOdd,
    HangsOdd,
    Slow(Duration),
    /// Blocks its thread.
    Blocks(Duration),
}

impl Sink {
    fn new(behaviour: Behaviour) -> Self {
        Self {
            behaviour,
            taken: Arc::default(),
            largest: Arc::default(),
            batches: Arc::default(),
            shut: Arc::default(),
        }
    }

    fn taken(&self) -> u64 {
        self.taken.load(Ordering::SeqCst)
    }
}

impl SpanExporter for Sink {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let number = self.batches.fetch_add(1, Ordering::SeqCst);
        let odd = number % 2 == 1;
        let failed = || Err(OTelSdkError::InternalFailure("no receiver".to_owned()));
        match self.behaviour {
            Behaviour::Fails => return failed(),
            Behaviour::FailsOdd if odd => return failed(),
            Behaviour::PanicsOdd if odd => panic!("an exporter's bug"),
            Behaviour::HangsOdd if odd => pending().await,
            Behaviour::Slow(time) | Behaviour::Blocks(time) => thread::sleep(time),
            _ => {}
        }
        self.taken.fetch_add(batch.len() as u64, Ordering::SeqCst);
        self.largest.fetch_max(batch.len() as u64, Ordering::SeqCst);
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        self.shut.store(true, Ordering::SeqCst);
        Ok(())
    }
}

fn limits() -> BatchLimits {
    BatchLimits::default()
        .queue_spans(100_000)
        .batch_spans(10)
        .delay(Duration::from_millis(20))
        .export_timeout(Duration::from_millis(50))
}

fn pipeline(sink: &Sink, limits: BatchLimits) -> Telemetry {
    Telemetry::builder()
        .service("test")
        .batch(limits)
        .exporter("sink", sink.clone())
        .shutdown_timeout(Duration::from_secs(20))
        .build()
        .expect("it starts")
}

fn emit(telemetry: &Telemetry, spans: u64) {
    let tracer = telemetry.tracer_provider().tracer("test");
    for _ in 0..spans {
        tracer.start("work").end();
    }
}

/// Every span that ended is somewhere, and the receiver counts what the pipeline counts.
#[track_caller]
fn assert_balances(telemetry: &Telemetry, sink: &Sink) -> Stats {
    let stats = telemetry.stats();
    let exporter = &stats.exporters[0];
    assert_eq!(stats.started, stats.ended + stats.open, "{stats:?}");
    assert_eq!(
        stats.ended,
        exporter.exported + stats.sampled_out + exporter.dropped.total() + exporter.queued,
        "{stats:?}"
    );
    assert_eq!(exporter.exported, sink.taken(), "{stats:?}");
    stats
}

#[test]
fn everything_arrives_at_an_exporter_that_works() {
    let sink = Sink::new(Behaviour::Good);
    let telemetry = pipeline(&sink, limits());
    emit(&telemetry, 995);
    telemetry.flush(Duration::from_secs(10)).unwrap();
    let stats = assert_balances(&telemetry, &sink);
    assert_eq!((stats.ended, sink.taken()), (995, 995));
    assert_eq!(sink.largest.load(Ordering::SeqCst), 10);
    telemetry.shutdown().unwrap();
    assert!(sink.shut.load(Ordering::SeqCst));
    assert_eq!(
        telemetry.shutdown(),
        Ok(()),
        "a second time there is nothing new"
    );
}

#[test]
fn spans_leave_after_the_delay_without_a_flush() {
    let sink = Sink::new(Behaviour::Good);
    let telemetry = pipeline(&sink, limits());
    emit(&telemetry, 3);
    let start = Instant::now();
    while sink.taken() < 3 {
        assert!(start.elapsed() < Duration::from_secs(10), "they never left");
        thread::sleep(Duration::from_millis(1));
    }
    telemetry.shutdown().unwrap();
}

#[test]
fn what_fails_panics_or_hangs_costs_its_own_batch() {
    for behaviour in [
        Behaviour::FailsOdd,
        Behaviour::PanicsOdd,
        Behaviour::HangsOdd,
    ] {
        let sink = Sink::new(behaviour);
        let telemetry = pipeline(&sink, limits());
        emit(&telemetry, 60);
        let error = telemetry
            .flush(Duration::from_secs(20))
            .expect_err("half of them were lost");
        assert_eq!(error.dropped.export_failed, 30, "{behaviour:?}: {error}");
        assert_eq!(error.waiting, 0);
        let stats = assert_balances(&telemetry, &sink);
        assert_eq!(stats.exporters[0].exported, 30);
        // What was told is not told again.
        telemetry.shutdown().unwrap();
    }
}

#[test]
fn a_failure_that_a_timer_triggered_is_told_by_the_next_flush() {
    let sink = Sink::new(Behaviour::Fails);
    let telemetry = pipeline(&sink, limits());
    emit(&telemetry, 7);
    let start = Instant::now();
    while telemetry.stats().exporters[0].dropped.export_failed < 7 {
        assert!(start.elapsed() < Duration::from_secs(10));
        thread::sleep(Duration::from_millis(1));
    }
    let error = telemetry
        .flush(Duration::from_secs(5))
        .expect_err("they were lost");
    assert_eq!(error.dropped.export_failed, 7);
    assert!(error.to_string().contains("no receiver"), "{error}");
    telemetry.shutdown().unwrap();
}

#[test]
fn a_queue_that_overflows_counts_what_it_refuses() {
    let sink = Sink::new(Behaviour::Slow(Duration::from_millis(5)));
    let telemetry = pipeline(&sink, limits().queue_spans(50));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| emit(&telemetry, 2_000));
        }
    });
    let error = telemetry.shutdown().expect_err("the queue was too small");
    let stats = assert_balances(&telemetry, &sink);
    assert_eq!(stats.ended, 8_000);
    assert!(stats.exporters[0].dropped.queue_full > 0);
    assert_eq!(error.dropped, stats.exporters[0].dropped);
}

#[test]
fn bytes_are_bounded_too() {
    let sink = Sink::new(Behaviour::Slow(Duration::from_millis(5)));
    let telemetry = pipeline(&sink, limits().queue_bytes(20_000).batch_bytes(4_000));
    let tracer = telemetry.tracer_provider().tracer("test");
    for _ in 0..200 {
        let mut span = tracer.start("work");
        span.set_attribute(KeyValue::new("text", "x".repeat(900)));
        span.end();
        assert!(telemetry.stats().exporters[0].queued_bytes <= 24_000);
    }
    telemetry.shutdown().expect_err("the queue was too small");
    assert_balances(&telemetry, &sink);
    assert!(
        sink.largest.load(Ordering::SeqCst) <= 3,
        "a batch stays below its bytes"
    );
}

#[test]
fn what_ends_after_shutdown_is_counted() {
    let sink = Sink::new(Behaviour::Good);
    let telemetry = pipeline(&sink, limits());
    let tracer = telemetry.tracer_provider().tracer("test");
    let mut open = tracer.start("open");
    assert_eq!(telemetry.open_spans().len(), 1);
    assert_eq!(telemetry.open_spans()[0].name, "open");
    telemetry.shutdown().unwrap();
    open.end();
    let stats = assert_balances(&telemetry, &sink);
    assert_eq!(stats.exporters[0].dropped.after_shutdown, 1);
    assert_eq!(stats.open, 0);
}

#[test]
fn an_exporter_that_blocks_for_ever_does_not_block_the_shutdown() {
    let sink = Sink::new(Behaviour::Blocks(Duration::from_secs(3)));
    let telemetry = pipeline(&sink, limits());
    emit(&telemetry, 25);
    let start = Instant::now();
    let error = telemetry
        .shutdown_within(Duration::from_millis(200))
        .expect_err("nothing arrived");
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(error.dropped.export_failed, 25, "{error}");
    let stats = telemetry.stats();
    assert_eq!(
        stats.exporters[0].dropped.total() + stats.exporters[0].exported,
        25
    );
    assert_eq!(stats.exporters[0].queued, 0);
}

#[test]
fn what_the_sampler_refuses_is_counted_and_never_queued() {
    let sink = Sink::new(Behaviour::Good);
    let telemetry = Telemetry::builder()
        .sampler(Sampler::AlwaysOff)
        .batch(limits())
        .exporter("sink", sink.clone())
        .build()
        .expect("it starts");
    emit(&telemetry, 100);
    let stats = assert_balances(&telemetry, &sink);
    assert_eq!(
        (stats.started, stats.ended, stats.sampled_out),
        (100, 100, 100)
    );
    assert_eq!(stats.exporters[0].queued, 0);
}

#[test]
fn shutdown_under_load_loses_nothing_without_a_count() {
    let sink = Sink::new(Behaviour::Good);
    let telemetry = pipeline(&sink, limits());
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    emit(&telemetry, 10);
                }
            });
        }
        thread::sleep(Duration::from_millis(50));
        let results: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| telemetry.shutdown()))
            .collect();
        for result in results {
            let _ = result.join().expect("no panic");
        }
        stop.store(true, Ordering::Relaxed);
    });
    let stats = assert_balances(&telemetry, &sink);
    assert_eq!(stats.exporters[0].queued, 0);
    assert!(stats.exporters[0].exported > 0);
}

#[test]
fn flush_and_shutdown_on_a_single_threaded_runtime() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let sink = Sink::new(Behaviour::Good);
        let telemetry = pipeline(&sink, limits());
        emit(&telemetry, 5);
        telemetry.flush(Duration::from_secs(5)).unwrap();
        emit(&telemetry, 5);
        telemetry.shutdown().unwrap();
        assert_eq!(sink.taken(), 10);
    });
}

#[test]
fn the_last_handle_shuts_down() {
    let sink = Sink::new(Behaviour::Good);
    let telemetry = pipeline(&sink, limits().delay(Duration::from_secs(3_600)));
    emit(&telemetry, 5);
    let clone = telemetry.clone();
    drop(telemetry);
    assert_eq!(sink.taken(), 0);
    drop(clone);
    assert_eq!(sink.taken(), 5);
}

#[test]
fn one_exporter_that_hangs_costs_the_others_nothing() {
    let (good, stuck) = (
        Sink::new(Behaviour::Good),
        Sink::new(Behaviour::Blocks(Duration::from_secs(2))),
    );
    let telemetry = Telemetry::builder()
        .batch(limits())
        .exporter("stuck", stuck)
        .exporter("good", good.clone())
        .build()
        .expect("it starts");
    emit(&telemetry, 10);
    let error = telemetry
        .shutdown_within(Duration::from_millis(300))
        .expect_err("one of them hangs");
    assert_eq!(error.dropped.export_failed, 10);
    assert_eq!(good.taken(), 10);
}

/// Guards what the tests above rely on.
#[test]
fn names_of_open_spans_are_their_own() {
    let sink = Sink::new(Behaviour::Good);
    let telemetry = pipeline(&sink, limits());
    let names = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for thread in 0..4 {
            let (telemetry, names) = (&telemetry, &names);
            scope.spawn(move || {
                let tracer = telemetry.tracer_provider().tracer("test");
                let spans: Vec<_> = (0..50)
                    .map(|at| tracer.start(format!("{thread}-{at}")))
                    .collect();
                let open = telemetry.open_spans();
                for span in &spans {
                    let found = open
                        .iter()
                        .find(|open| open.span_id == span.span_context().span_id())
                        .expect("it is open");
                    names.lock().unwrap().push(found.name.to_string());
                }
            });
        }
    });
    let mut names = names.into_inner().unwrap();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 200);
    assert!(telemetry.open_spans().is_empty());
}
