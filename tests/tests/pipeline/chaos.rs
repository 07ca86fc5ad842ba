use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use agent_trace_tests::receiver::{Behaviour, Receiver};
use opentelemetry_otlp::Protocol;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

use crate::support::{
    Exporter, PROTOCOLS, assert_agrees, assert_balances, emit, limits, otlp, pipeline, taken,
};

const FLUSH: Duration = Duration::from_secs(20);

#[test]
fn slow() {
    for protocol in PROTOCOLS {
        let receiver = Receiver::start();
        receiver.behave(Behaviour::Delay(Duration::from_millis(20)));
        let telemetry = pipeline(protocol, &receiver, limits());
        emit(&telemetry, 500);
        telemetry.shutdown().unwrap();
        let stats = assert_agrees(&telemetry, &receiver);
        assert_eq!(stats.exporters[0].exported, 500, "{protocol:?}");
    }
}

#[test]
fn refusing() {
    for protocol in PROTOCOLS {
        let receiver = Receiver::start();
        let telemetry = pipeline(protocol, &receiver, limits());
        receiver.behave(Behaviour::Refuse(400));
        emit(&telemetry, 100);
        let error = telemetry.flush(FLUSH).expect_err("all were refused");
        assert_eq!(error.dropped.export_failed, 100, "{protocol:?}: {error}");
        receiver.behave(Behaviour::Accept);
        emit(&telemetry, 50);
        telemetry.shutdown().unwrap();
        let stats = assert_agrees(&telemetry, &receiver);
        assert_eq!(stats.exporters[0].exported, 50, "{protocol:?}");
    }
}

#[test]
fn unavailable_for_a_moment() {
    for protocol in PROTOCOLS {
        let receiver = Receiver::start();
        let telemetry = pipeline(protocol, &receiver, limits());
        receiver.next([Behaviour::Refuse(503), Behaviour::Refuse(502)]);
        emit(&telemetry, 20);
        telemetry.flush(FLUSH).expect("the exporter tries again");
        telemetry.shutdown().unwrap();
        let stats = assert_agrees(&telemetry, &receiver);
        assert_eq!(stats.exporters[0].exported, 20, "{protocol:?}");
        assert_eq!(receiver.account().requests, 3, "{protocol:?}");
    }
}

#[test]
fn too_busy_and_says_when_to_come_again() {
    for protocol in PROTOCOLS {
        let receiver = Receiver::start();
        let limits = limits().export_timeout(Duration::from_secs(10));
        let telemetry = agent_trace::telemetry::Telemetry::builder()
            .batch(limits)
            .otlp(
                otlp(protocol)
                    .endpoint(receiver.endpoint())
                    .timeout(Duration::from_secs(8)),
            )
            .build()
            .expect("it starts");
        let retry_after = Duration::from_secs(1);
        receiver.next([Behaviour::Busy { retry_after }]);
        let start = Instant::now();
        emit(&telemetry, 20);
        telemetry.flush(FLUSH).expect("the exporter comes again");
        assert!(
            start.elapsed() >= retry_after,
            "{protocol:?}: {:?}",
            start.elapsed()
        );
        telemetry.shutdown().unwrap();
        let stats = assert_agrees(&telemetry, &receiver);
        assert_eq!(stats.exporters[0].exported, 20, "{protocol:?}");
    }
}

#[test]
fn partial_success() {
    for protocol in PROTOCOLS {
        let receiver = Receiver::start();
        let telemetry = pipeline(protocol, &receiver, limits());
        receiver.next([Behaviour::Partial(7), Behaviour::Partial(100)]);
        emit(&telemetry, 60);
        let error = telemetry.shutdown().expect_err("some were refused");
        let stats = assert_agrees(&telemetry, &receiver);
        assert_eq!(
            stats.exporters[0].dropped.export_failed, 27,
            "{protocol:?}: {error}"
        );
        assert_eq!(stats.exporters[0].exported, 33, "{protocol:?}");
        assert!(error.to_string().contains("refused a part"), "{error}");
    }
}

#[test]
fn hanging() {
    for protocol in PROTOCOLS {
        let receiver = Receiver::start();
        let telemetry = pipeline(
            protocol,
            &receiver,
            limits().export_timeout(Duration::from_millis(300)),
        );
        receiver.next([Behaviour::Hang, Behaviour::Hang]);
        emit(&telemetry, 100);
        let start = Instant::now();
        let error = telemetry
            .flush(FLUSH)
            .expect_err("two batches got no answer");
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{protocol:?}: {:?}",
            start.elapsed()
        );
        assert_eq!(error.dropped.export_failed, 40, "{protocol:?}: {error}");
        telemetry.shutdown().unwrap();
        let stats = assert_agrees(&telemetry, &receiver);
        assert_eq!(stats.exporters[0].exported, 60, "{protocol:?}");
    }
}

/// A connection that is cut costs nothing if the next one is not: the exporter tries again.
#[test]
fn disconnecting() {
    for protocol in PROTOCOLS {
        let receiver = Receiver::start();
        let telemetry = pipeline(protocol, &receiver, limits());
        receiver.next([Behaviour::Accept, Behaviour::Cut, Behaviour::Cut]);
        emit(&telemetry, 200);
        let result = telemetry.shutdown();
        let stats = assert_agrees(&telemetry, &receiver);
        assert_eq!(
            result.is_ok(),
            stats.exporters[0].exported == 200,
            "{protocol:?}: {stats:?}"
        );
        // gRPC's error for a connection that is cut is not always one to try again.
        assert!(
            stats.exporters[0].exported >= 160,
            "{protocol:?}: {stats:?}"
        );
    }
}

/// What the receiver counted just before it died it could not say. Those spans count as lost, or are sent again: the
/// receiver may have more than was exported, never less.
#[test]
fn dying_and_returning() {
    for protocol in PROTOCOLS {
        let receiver = Receiver::keeping();
        receiver.behave(Behaviour::Delay(Duration::from_millis(2)));
        let telemetry = pipeline(
            protocol,
            &receiver,
            limits().export_timeout(Duration::from_millis(500)),
        );
        for _ in 0..3 {
            emit(&telemetry, 300);
            thread::sleep(Duration::from_millis(30));
            receiver.die();
            emit(&telemetry, 20);
            thread::sleep(Duration::from_millis(700));
            receiver.come_back().expect("the port is free");
        }
        emit(&telemetry, 300);
        let _ = telemetry.shutdown();
        let stats = assert_balances(&telemetry);
        let exporter = &stats.exporters[0];
        assert_eq!((stats.ended, exporter.queued), (1_260, 0));
        let (different, _) = taken(&receiver);
        assert!(
            (exporter.exported..=exporter.exported + exporter.dropped.export_failed)
                .contains(&different),
            "{protocol:?}: the receiver has {different}: {stats:?}"
        );
        assert!(
            different - exporter.exported <= 3 * 20,
            "a batch for each death: {different}, {stats:?}"
        );
        assert!(exporter.exported >= 300, "{protocol:?}: {stats:?}");
    }
}

/// The receiver counts a batch and answers too late: the batch is lost here, and there it is not.
#[test]
fn an_answer_that_comes_too_late() {
    for protocol in PROTOCOLS {
        let receiver = Receiver::keeping();
        let telemetry = pipeline(
            protocol,
            &receiver,
            limits().export_timeout(Duration::from_millis(200)),
        );
        receiver.next([Behaviour::Delay(Duration::from_millis(400))]);
        emit(&telemetry, 20);
        let error = telemetry.flush(FLUSH).expect_err("no answer");
        assert_eq!(error.dropped.export_failed, 20, "{protocol:?}: {error}");
        assert!(
            error.to_string().contains("did not answer within"),
            "{error}"
        );
        thread::sleep(Duration::from_millis(400));
        emit(&telemetry, 20);
        telemetry.shutdown().unwrap();
        let exporter = &assert_balances(&telemetry).exporters[0];
        assert_eq!(exporter.exported, 20, "{protocol:?}");
        let (different, all) = taken(&receiver);
        assert_eq!(different, all);
        assert!((20..=40).contains(&different), "{protocol:?}: {different}");
    }
}

/// Every third batch makes the exporter panic.
#[derive(Debug)]
struct Panics(Exporter, AtomicU64);

impl SpanExporter for Panics {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        assert!(
            self.1.fetch_add(1, Ordering::SeqCst) % 3 != 1,
            "an exporter's bug"
        );
        self.0.export(batch).await
    }
}

#[test]
fn panicking() {
    let receiver = Receiver::start();
    let exporter = Exporter::new(Protocol::Grpc, &receiver.endpoint(), Duration::from_secs(1));
    let telemetry = agent_trace::telemetry::Telemetry::builder()
        .batch(limits())
        .exporter("otlp", Panics(exporter, AtomicU64::new(0)))
        .build()
        .expect("it starts");
    emit(&telemetry, 180);
    let error = telemetry.shutdown().expect_err("every third batch is lost");
    assert!(error.to_string().contains("an exporter's bug"), "{error}");
    let stats = assert_agrees(&telemetry, &receiver);
    assert_eq!(stats.exporters[0].dropped.export_failed, 60);
}

#[test]
fn ten_times_more_than_is_exported() {
    for protocol in PROTOCOLS {
        let receiver = Receiver::start();
        // 20 spans every 10 milliseconds at best.
        receiver.behave(Behaviour::Delay(Duration::from_millis(10)));
        let telemetry = pipeline(protocol, &receiver, limits().queue_spans(200));
        let start = Instant::now();
        let mut sent = 0;
        while start.elapsed() < Duration::from_secs(1) {
            let due = start.elapsed().as_millis() as u64 * 20;
            emit(&telemetry, due - sent);
            sent = due;
            thread::sleep(Duration::from_millis(1));
        }
        let error = telemetry.shutdown().expect_err("the queue was full");
        let stats = assert_agrees(&telemetry, &receiver);
        assert_eq!(stats.ended, sent);
        assert_eq!(error.dropped, stats.exporters[0].dropped);
        assert!(
            stats.exporters[0].dropped.queue_full > sent / 2,
            "{protocol:?}: {stats:?}"
        );
        assert!(stats.exporters[0].exported > 0);
    }
}

#[test]
fn shutdown_under_load() {
    for protocol in PROTOCOLS {
        let receiver = Receiver::start();
        let telemetry = pipeline(protocol, &receiver, limits());
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        emit(&telemetry, 20);
                        thread::sleep(Duration::from_micros(500));
                    }
                });
            }
            thread::sleep(Duration::from_millis(60));
            // What ends later is lost, and counted; whether this call still sees any is chance.
            let _ = telemetry.shutdown();
        });
        let stats = assert_agrees(&telemetry, &receiver);
        assert_eq!(stats.ended, 8_000);
        assert!(
            stats.exporters[0].exported > 0 && stats.exporters[0].dropped.after_shutdown > 0,
            "{stats:?}"
        );
        assert_eq!(stats.exporters[0].dropped.queue_full, 0);
    }
}
