use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use opentelemetry::trace::{SpanContext, SpanId, SpanKind, Status};
use opentelemetry_sdk::trace::{SpanEvents, SpanLinks};
use proptest::prelude::*;

use super::*;
use crate::telemetry::batch::codec;
use crate::telemetry::batch::export::Failure;

const LONG: Duration = Duration::from_secs(20);

fn span() -> SpanData {
    SpanData {
        span_context: SpanContext::empty_context(),
        parent_span_id: SpanId::INVALID,
        parent_span_is_remote: false,
        span_kind: SpanKind::Client,
        name: "work".into(),
        start_time: std::time::SystemTime::UNIX_EPOCH,
        end_time: std::time::SystemTime::UNIX_EPOCH,
        attributes: Vec::new(),
        dropped_attributes_count: 0,
        events: SpanEvents::default(),
        links: SpanLinks::default(),
        status: Status::Unset,
        instrumentation_scope: opentelemetry::InstrumentationScope::default(),
    }
}

fn sum(stats: &ExporterStats) -> u64 {
    stats.exported + stats.dropped.total() + stats.queued + stats.spilled
}

/// What an exporter may say, in turn.
fn answer(number: u64) -> Result<u64, Failure> {
    match number % 7 {
        1 => Ok(1),
        2 => Err(Failure::Unavailable("down".to_owned())),
        3 => Err(Failure::Refused("no".to_owned())),
        4 => Err(Failure::Panicked("a bug".to_owned())),
        5 => Err(Failure::TimedOut(LONG)),
        _ => Ok(0),
    }
}

/// The worker without an exporter: it takes its time, and gets every answer. Gives how many spans arrived.
fn work(queue: &Queue) -> u64 {
    let (mut number, mut arrived) = (0, 0);
    loop {
        number += 1;
        match queue.next(Instant::now()) {
            Next::Export(batch) => {
                let spans = batch.spans.len() as u64;
                if queue.spills() {
                    queue.keep(codec::encode(&batch.spans));
                }
                if number % 3 == 0 {
                    thread::sleep(Duration::from_micros(200));
                }
                let answer = answer(number);
                arrived += answer
                    .as_ref()
                    .map_or(0, |refused| spans - refused.min(&spans));
                queue.settle(answer);
            }
            Next::Spool => queue.spool(),
            Next::Replay => {
                if let Some(batch) = queue.spilled(0) {
                    let (spans, answer) = (batch.spans.len() as u64, answer(number));
                    arrived += answer
                        .as_ref()
                        .map_or(0, |refused| spans - refused.min(&spans));
                    queue.settle_spilled(spans, batch.bytes(), answer, false);
                }
            }
            Next::End => break,
        }
    }
    queue.finish(Ok(()));
    arrived
}

struct File(std::path::PathBuf);

impl File {
    fn new() -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("agent-trace-queue-{}-{number}.spill", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Push(u8),
    Flush,
    Look,
    Pause,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (1..60_u8).prop_map(Step::Push),
        1 => Just(Step::Flush),
        1 => Just(Step::Look),
        1 => Just(Step::Pause),
    ];
    prop::collection::vec(step, 0..15)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Several threads push, flush and look while a worker works; then the queue is closed, by two of them at once. Every
    /// span is in one place, no flush misses its wake-up, and what was exported is what arrived.
    #[test]
    fn the_account_balances_whatever_threads_do(
        programs in prop::collection::vec(steps(), 1..4),
        queue_spans in 1..200_usize,
        batch_spans in 1..40_usize,
        delay in prop_oneof![Just(0), Just(1), Just(3_600_000)],
        spill in prop::option::of(prop_oneof![Just(300_u64), Just(3_000), Just(1 << 20)]),
        deadline in prop_oneof![Just(LONG), Just(Duration::ZERO)],
    ) {
        let limits = BatchLimits::default()
            .queue_spans(queue_spans)
            .batch_spans(batch_spans)
            .delay(Duration::from_millis(delay));
        let file = File::new();
        let spill = spill.map(|limit| Spill::open(&file.0, limit).expect("it opens"));
        let queue = Arc::new(Queue::new(limits, spill));
        let pushed = AtomicU64::new(0);
        let worker = thread::spawn({ let queue = Arc::clone(&queue); move || work(&queue) });
        let relief = queue.spills().then(|| thread::spawn({ let queue = Arc::clone(&queue); move || queue.relieve() }));
        let missed = AtomicBool::new(false);
        thread::scope(|scope| {
            let (queue, pushed, missed, threads) = (&queue, &pushed, &missed, programs.len() as u64);
            for program in &programs {
                scope.spawn(move || {
                    for step in program {
                        match step {
                            Step::Push(count) => for _ in 0..*count {
                                queue.push(span(), 100);
                                pushed.fetch_add(1, Ordering::SeqCst);
                            },
                            Step::Flush => {
                                let start = Instant::now();
                                let ticket = queue.urge();
                                let waiting = queue.flush(ticket, start + LONG).map_or_else(|error| error.waiting, |()| 0);
                                missed.fetch_or(waiting > 0 || start.elapsed() >= LONG, Ordering::SeqCst);
                            }
                            Step::Look => {
                                let before = pushed.load(Ordering::SeqCst);
                                let stats = queue.stats("sink");
                                let after = pushed.load(Ordering::SeqCst) + threads;
                                missed.fetch_or(!(before..=after).contains(&sum(&stats)), Ordering::SeqCst);
                            }
                            Step::Pause => thread::sleep(Duration::from_micros(300)),
                        }
                    }
                });
            }
        });
        prop_assert!(!missed.load(Ordering::SeqCst), "a flush waited in vain, or a span was nowhere");
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    queue.close();
                    let _ = queue.join(crate::telemetry::batch::after(deadline));
                });
            }
        });
        let stats = queue.stats("sink");
        prop_assert_eq!(stats.queued, 0, "{:?}", stats);
        prop_assert_eq!(sum(&stats), pushed.load(Ordering::SeqCst), "{:?}", stats);
        let arrived = worker.join().expect("no panic");
        if let Some(relief) = relief {
            relief.join().expect("no panic");
        }
        let stats = queue.stats("sink");
        prop_assert_eq!(sum(&stats), pushed.load(Ordering::SeqCst), "{:?}", stats);
        if deadline == LONG {
            prop_assert_eq!(stats.exported, arrived);
        } else {
            // What was under way at the deadline was counted as lost.
            prop_assert!((stats.exported..=stats.exported + stats.dropped.export_failed).contains(&arrived));
        }
        queue.push(span(), 100);
        prop_assert_eq!(queue.stats("sink").dropped.after_shutdown, 1);
    }
}
