//! Flush and shutdown say the truth in time, wherever they are called.

use std::time::{Duration, Instant};

use agent_trace::telemetry::Telemetry;
use agent_trace_tests::receiver::{Behaviour, Receiver};
use tokio::runtime::{Builder, Runtime};

use crate::support::{PROTOCOLS, emit, limits, pipeline, watched};

const LONG: Duration = Duration::from_secs(20);

fn runtimes() -> [Runtime; 3] {
    [
        Builder::new_current_thread().enable_all().build(),
        Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build(),
        Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build(),
    ]
    .map(|runtime| runtime.expect("a thread"))
}

/// Flush, shutdown, and both again.
fn use_and_end(telemetry: &Telemetry, receiver: &Receiver) {
    emit(telemetry, 30);
    telemetry.flush(LONG).expect("it arrives");
    assert_eq!(receiver.account().spans, 30);
    emit(telemetry, 12);
    telemetry.shutdown().expect("it arrives");
    assert_eq!(receiver.account().spans, 42);
    telemetry.shutdown().expect("nothing is new");
    telemetry.flush(LONG).expect("nothing is new");
    emit(telemetry, 1);
    let error = telemetry
        .flush(LONG)
        .expect_err("it ended after the shutdown");
    assert_eq!(error.dropped.after_shutdown, 1);
}

#[test]
fn without_a_runtime() {
    for protocol in PROTOCOLS {
        watched(LONG, move || {
            let receiver = Receiver::start();
            use_and_end(&pipeline(protocol, &receiver, limits()), &receiver);
        });
    }
}

#[test]
fn inside_async_code_of_every_runtime() {
    for protocol in PROTOCOLS {
        for runtime in runtimes() {
            watched(LONG, move || {
                let receiver = Receiver::start();
                runtime.block_on(async {
                    let telemetry = pipeline(protocol, &receiver, limits());
                    use_and_end(&telemetry, &receiver);
                });
            });
        }
    }
}

#[test]
fn in_a_task_of_every_runtime() {
    for protocol in PROTOCOLS {
        for runtime in runtimes() {
            watched(LONG, move || {
                let receiver = Receiver::start();
                runtime.block_on(async {
                    let telemetry = pipeline(protocol, &receiver, limits());
                    let task = tokio::spawn(async move { use_and_end(&telemetry, &receiver) });
                    task.await.expect("no panic");
                });
            });
        }
    }
}

#[test]
fn from_several_threads_at_once() {
    for protocol in PROTOCOLS {
        watched(LONG, move || {
            let receiver = Receiver::start();
            receiver.behave(Behaviour::Delay(Duration::from_millis(20)));
            let telemetry = pipeline(protocol, &receiver, limits());
            emit(&telemetry, 100);
            std::thread::scope(|scope| {
                for at in 0..6 {
                    let telemetry = &telemetry;
                    scope.spawn(move || match at % 2 {
                        0 => telemetry.flush(LONG).expect("it arrives"),
                        _ => telemetry.shutdown().expect("it arrives"),
                    });
                }
            });
            assert_eq!(receiver.account().spans, 100);
        });
    }
}

#[test]
fn when_the_last_handle_is_dropped_inside_a_runtime() {
    for protocol in PROTOCOLS {
        for runtime in runtimes() {
            watched(LONG, move || {
                let receiver = Receiver::start();
                runtime.block_on(async {
                    let telemetry = pipeline(protocol, &receiver, limits());
                    emit(&telemetry, 42);
                    drop(telemetry);
                    assert_eq!(receiver.account().spans, 42);
                });
            });
        }
    }
}

#[test]
fn the_deadline_is_kept_while_the_receiver_hangs() {
    for protocol in PROTOCOLS {
        for runtime in runtimes() {
            watched(LONG, move || {
                let receiver = Receiver::start();
                receiver.behave(Behaviour::Hang);
                runtime.block_on(async {
                    let telemetry = pipeline(protocol, &receiver, limits());
                    emit(&telemetry, 42);
                    let start = Instant::now();
                    let error = telemetry
                        .flush(Duration::from_millis(100))
                        .expect_err("it hangs");
                    assert_eq!((error.waiting, error.dropped.total()), (42, 0), "{error}");
                    let error = telemetry
                        .shutdown_within(Duration::from_millis(100))
                        .expect_err("it hangs");
                    assert_eq!(
                        (error.waiting, error.dropped.export_failed),
                        (0, 42),
                        "{error}"
                    );
                    assert!(
                        start.elapsed() < Duration::from_secs(2),
                        "{:?}",
                        start.elapsed()
                    );
                });
            });
        }
    }
}
