//! What is spilled over an outage arrives, in order, and the account balances all the while.

#![cfg(feature = "telemetry")]

use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use agent_trace::telemetry::{BatchLimits, Stats, Telemetry};
use opentelemetry::trace::{Span as _, Tracer as _, TracerProvider as _};
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

const UP: u8 = 0;
const DOWN: u8 = 1;
/// Blocks for half a second, and fails.
const STUCK: u8 = 2;
/// Refuses a batch with a span named `poison`.
const PICKY: u8 = 3;

/// A receiver that is there or not, and remembers the names of what it took.
#[derive(Debug, Clone, Default)]
struct Receiver {
    mode: Arc<AtomicU8>,
    taken: Arc<Mutex<Vec<String>>>,
    tries: Arc<AtomicU64>,
}

impl Receiver {
    fn be(&self, mode: u8) {
        self.mode.store(mode, Ordering::SeqCst);
    }

    fn names(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

impl SpanExporter for Receiver {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.tries.fetch_add(1, Ordering::SeqCst);
        let failed = || Err(OTelSdkError::InternalFailure("no receiver".to_owned()));
        match self.mode.load(Ordering::SeqCst) {
            DOWN => return failed(),
            STUCK => {
                thread::sleep(Duration::from_millis(500));
                return failed();
            }
            PICKY if batch.iter().any(|span| span.name == "poison") => return failed(),
            _ => {}
        }
        let names = batch.into_iter().map(|span| span.name.into_owned());
        self.taken.lock().unwrap().extend(names);
        Ok(())
    }
}

struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let name = format!("agent-trace-telemetry-{}-{name}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn limits(directory: &Directory) -> BatchLimits {
    BatchLimits::default()
        .queue_spans(1_000)
        .batch_spans(10)
        .delay(Duration::from_millis(10))
        .spill(&directory.0, 10 << 20)
}

fn pipeline(receiver: &Receiver, limits: BatchLimits) -> Telemetry {
    Telemetry::builder()
        .batch(limits)
        .exporter("sink", receiver.clone())
        .shutdown_timeout(Duration::from_secs(20))
        .build()
        .expect("it starts")
}

fn emit(telemetry: &Telemetry, numbers: std::ops::Range<u32>) {
    let tracer = telemetry.tracer_provider().tracer("test");
    for number in numbers {
        tracer.start(format!("{number:05}")).end();
    }
}

fn names(numbers: std::ops::Range<u32>) -> Vec<String> {
    numbers.map(|number| format!("{number:05}")).collect()
}

#[track_caller]
fn assert_balances(telemetry: &Telemetry) -> Stats {
    let stats = telemetry.stats();
    let exporter = &stats.exporters[0];
    assert_eq!(
        stats.ended + exporter.recovered,
        stats.sampled_out
            + exporter.exported
            + exporter.dropped.total()
            + exporter.queued
            + exporter.spilled,
        "{stats:?}"
    );
    stats
}

#[track_caller]
fn wait(what: &str, done: impl Fn() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < Duration::from_secs(20), "never: {what}");
        thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn an_outage_loses_nothing_and_keeps_the_order() {
    let (receiver, directory) = (Receiver::default(), Directory::new("outage"));
    let telemetry = pipeline(&receiver, limits(&directory));
    emit(&telemetry, 0..100);
    telemetry.flush(Duration::from_secs(10)).unwrap();
    receiver.be(DOWN);
    emit(&telemetry, 100..400);
    let error = telemetry
        .flush(Duration::from_secs(10))
        .expect_err("they wait in the file");
    assert_eq!(
        (error.spilled, error.dropped.total(), error.waiting),
        (300, 0, 0),
        "{error}"
    );
    assert!(
        error
            .to_string()
            .contains("300 spans wait in the spill file"),
        "{error}"
    );
    assert!(error.to_string().contains("no receiver"), "{error}");
    let stats = assert_balances(&telemetry);
    assert!(stats.exporters[0].spilled_bytes > 300 * 30);

    receiver.be(UP);
    emit(&telemetry, 400..500);
    wait("the receiver is tried again", || {
        telemetry.stats().exporters[0].spilled == 0
    });
    telemetry.flush(Duration::from_secs(10)).unwrap();
    assert_eq!(receiver.names(), names(0..500));
    assert_eq!(assert_balances(&telemetry).exporters[0].exported, 500);
    telemetry.shutdown().unwrap();
}

#[test]
fn a_flush_tries_the_receiver_at_once() {
    let (receiver, directory) = (Receiver::default(), Directory::new("flush"));
    let telemetry = pipeline(&receiver, limits(&directory));
    receiver.be(DOWN);
    emit(&telemetry, 0..50);
    for _ in 0..8 {
        // Each is a failure, and doubles the time until the next try that nobody asked for.
        telemetry
            .flush(Duration::from_secs(10))
            .expect_err("they wait");
    }
    receiver.be(UP);
    telemetry
        .flush(Duration::from_secs(10))
        .expect("they arrived");
    assert_eq!(receiver.names(), names(0..50));
    telemetry.shutdown().unwrap();
}

#[test]
fn what_is_left_is_exported_by_the_next_process() {
    let (receiver, directory) = (Receiver::default(), Directory::new("next"));
    let telemetry = pipeline(&receiver, limits(&directory));
    receiver.be(DOWN);
    emit(&telemetry, 0..35);
    let taken = Telemetry::builder()
        .batch(limits(&directory))
        .exporter("sink", receiver.clone())
        .build()
        .map(drop)
        .map_err(|error| error.to_string());
    // The file is the first pipeline's until that is shut down.
    assert!(
        taken
            .expect_err("it is in use")
            .contains("a directory of its own")
    );
    let error = telemetry.shutdown().expect_err("they wait in the file");
    assert_eq!((error.spilled, error.dropped.total()), (35, 0), "{error}");
    assert_balances(&telemetry);

    receiver.be(UP);
    let telemetry = pipeline(&receiver, limits(&directory));
    emit(&telemetry, 35..40);
    telemetry.shutdown().expect("all arrived");
    assert_eq!(receiver.names(), names(0..40));
    let stats = assert_balances(&telemetry);
    assert_eq!((stats.ended, stats.exporters[0].recovered), (5, 35));
}

#[test]
fn a_queue_that_fills_behind_a_stuck_exporter_goes_to_the_file() {
    let (receiver, directory) = (Receiver::default(), Directory::new("stuck"));
    let telemetry = pipeline(&receiver, limits(&directory).queue_spans(100));
    receiver.be(STUCK);
    for at in 0..100 {
        emit(&telemetry, at * 20..(at + 1) * 20);
        // A rate that a disk keeps up with and the exporter does not.
        wait("room", || telemetry.stats().exporters[0].queued < 80);
    }
    let stats = assert_balances(&telemetry);
    assert_eq!(stats.exporters[0].dropped.total(), 0, "{stats:?}");
    receiver.be(UP);
    wait("all of it arrives", || {
        telemetry.stats().exporters[0].exported == 2_000
    });
    assert_eq!(receiver.names(), names(0..2_000));
    telemetry.shutdown().unwrap();
}

#[test]
fn a_shutdown_that_runs_out_of_time_leaves_the_rest_in_the_file() {
    let (receiver, directory) = (Receiver::default(), Directory::new("late"));
    let telemetry = pipeline(&receiver, limits(&directory));
    receiver.be(STUCK);
    emit(&telemetry, 0..200);
    let error = telemetry
        .shutdown_within(Duration::from_millis(100))
        .expect_err("it is stuck");
    assert_eq!((error.spilled, error.dropped.total()), (200, 0), "{error}");
    let stats = assert_balances(&telemetry);
    assert_eq!(
        (stats.exporters[0].queued, stats.exporters[0].spilled),
        (0, 200)
    );
    drop(telemetry);
    thread::sleep(Duration::from_millis(700));

    receiver.be(UP);
    let telemetry = pipeline(&receiver, limits(&directory));
    telemetry.shutdown().expect("all arrived");
    assert_eq!(receiver.names(), names(0..200));
}

#[test]
fn a_full_file_loses_what_is_newest_and_counts_it() {
    let (receiver, directory) = (Receiver::default(), Directory::new("full"));
    let limits = limits(&directory)
        .queue_spans(100)
        .spill(&directory.0, 5_000);
    let telemetry = pipeline(&receiver, limits);
    receiver.be(DOWN);
    for at in 0..100 {
        emit(&telemetry, at * 10..(at + 1) * 10);
        thread::sleep(Duration::from_millis(1));
    }
    let stats = assert_balances(&telemetry);
    assert!(stats.exporters[0].spilled > 20, "{stats:?}");
    assert!(stats.exporters[0].spilled_bytes <= 5_000, "{stats:?}");
    let error = telemetry.shutdown().expect_err("most were lost");
    let stats = assert_balances(&telemetry);
    let exporter = &stats.exporters[0];
    assert_eq!(exporter.queued, 0);
    assert_eq!(error.dropped, exporter.dropped);
    assert!(
        exporter.dropped.queue_full > 0 && exporter.dropped.spill_failed > 0,
        "{stats:?}"
    );
    let kept = exporter.spilled as u32;
    drop(telemetry);

    receiver.be(UP);
    let telemetry = pipeline(&receiver, BatchLimits::default().spill(&directory.0, 5_000));
    telemetry.shutdown().expect("all arrived");
    assert_eq!(receiver.names(), names(0..kept));
}

#[test]
fn a_batch_that_never_arrives_does_not_hold_up_the_others() {
    let (receiver, directory) = (Receiver::default(), Directory::new("poison"));
    let telemetry = pipeline(&receiver, limits(&directory));
    receiver.be(PICKY);
    telemetry
        .tracer_provider()
        .tracer("test")
        .start("poison")
        .end();
    telemetry
        .flush(Duration::from_secs(5))
        .expect_err("it is refused");
    emit(&telemetry, 0..30);
    wait("the others go past it", || {
        let _ = telemetry.flush(Duration::from_secs(5));
        telemetry.stats().exporters[0].spilled == 0
    });
    assert_eq!(receiver.names(), names(0..30));
    let stats = assert_balances(&telemetry);
    assert_eq!(stats.exporters[0].dropped.export_failed, 1);
    telemetry.shutdown().expect("the loss was told");
}
