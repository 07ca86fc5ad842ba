use std::time::{Duration, Instant};

use agent_trace::telemetry::Otlp;
use agent_trace_tests::receiver::{Behaviour, Receiver};

use crate::support::{emit, protocols, telemetry, watched};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn spans_arrive_by_each_protocol_with_headers_and_packed() {
    for (name, otlp) in protocols() {
        let receiver = Receiver::keeping();
        let telemetry = telemetry(otlp.header("Api-Key", "k 1").gzip(), &receiver);
        emit(&telemetry, 600);
        watched({
            let telemetry = telemetry.clone();
            move || telemetry.shutdown().expect("all of it arrives")
        });
        let account = receiver.account();
        assert_eq!(
            (account.spans, account.requests),
            (600, 2),
            "{name}: {account:?}"
        );
        let kept = receiver.kept();
        assert_eq!(kept.spans().count(), 600, "{name}");
        let path = if name == "gRPC" {
            "TraceService/Export"
        } else {
            "/v1/traces"
        };
        assert_eq!(kept.header(path, "api-key"), Some("k 1"), "{name}");
        let packed = if name == "gRPC" {
            "grpc-encoding"
        } else {
            "content-encoding"
        };
        assert_eq!(kept.header(path, packed), Some("gzip"), "{name}");
        let resource = kept.traces[0].resource.as_ref().expect("it has one");
        let service = resource
            .attributes
            .iter()
            .find(|attribute| attribute.key == "service.name");
        assert!(
            format!("{service:?}").contains("tests"),
            "{name}: {service:?}"
        );
    }
}

/// A blocking flush on the only thread of a runtime, which is where exporters that use it hang.
#[test]
fn flush_and_shutdown_within_a_single_threaded_runtime() {
    for (name, otlp) in protocols() {
        let spans = watched(move || {
            let receiver = Receiver::start();
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let telemetry = telemetry(otlp, &receiver);
                emit(&telemetry, 5);
                telemetry.flush(10 * SECOND).unwrap();
                emit(&telemetry, 5);
                telemetry.shutdown_within(10 * SECOND).unwrap();
                // And it is dropped within the runtime.
            });
            receiver.account().spans
        });
        assert_eq!(spans, 10, "{name}");
    }
}

#[test]
fn flush_and_shutdown_within_tasks_of_a_runtime_with_one_worker() {
    for (name, otlp) in protocols() {
        let spans = watched(move || {
            let receiver = Receiver::start();
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .unwrap();
            let telemetry = telemetry(otlp, &receiver);
            let task = telemetry.clone();
            let done = runtime.spawn(async move {
                emit(&task, 5);
                task.flush(10 * SECOND).unwrap();
                emit(&task, 5);
                task.shutdown_within(10 * SECOND)
            });
            runtime.block_on(done).unwrap().unwrap();
            receiver.account().spans
        });
        assert_eq!(spans, 10, "{name}");
    }
}

#[test]
fn without_a_runtime_twice_at_once_and_from_drop() {
    for (name, otlp) in protocols() {
        let spans = watched(move || {
            let receiver = Receiver::start();
            let first = telemetry(otlp.clone(), &receiver);
            emit(&first, 5);
            std::thread::scope(|scope| {
                let results = [0, 1].map(|_| scope.spawn(|| first.shutdown_within(10 * SECOND)));
                for result in results {
                    result.join().expect("no panic").expect("all of it arrives");
                }
            });
            first.shutdown().expect("there is nothing new");
            let second = telemetry(otlp, &receiver);
            emit(&second, 5);
            drop(second);
            receiver.account().spans
        });
        assert_eq!(spans, 10, "{name}");
    }
}

/// It outlives the runtime on which it was made, and ends within one.
#[test]
fn the_applications_runtime_may_end_first() {
    for (name, otlp) in protocols() {
        let spans = watched(move || {
            let receiver = Receiver::start();
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            let telemetry = runtime.block_on(async {
                let telemetry = telemetry(otlp, &receiver);
                emit(&telemetry, 1);
                telemetry.flush(10 * SECOND).unwrap();
                telemetry
            });
            drop(runtime);
            emit(&telemetry, 1);
            telemetry.shutdown_within(10 * SECOND).unwrap();
            receiver.account().spans
        });
        assert_eq!(spans, 2, "{name}");
    }
}

#[test]
fn a_receiver_that_hangs_does_not_hold_a_shutdown_past_its_deadline() {
    for (name, otlp) in protocols() {
        let (took, error) = watched(move || {
            let receiver = Receiver::start();
            receiver.behave(Behaviour::Hang);
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let telemetry = telemetry(otlp, &receiver);
                emit(&telemetry, 3);
                let start = Instant::now();
                let error = telemetry
                    .shutdown_within(SECOND)
                    .expect_err("nothing is answered");
                (start.elapsed(), error)
            })
        });
        assert!(took < 3 * SECOND, "{name}: {took:?}");
        assert_eq!(error.dropped.export_failed, 3, "{name}: {error}");
    }
}

#[test]
fn what_the_receiver_refuses_is_told() {
    for (name, otlp) in protocols() {
        let receiver = Receiver::start();
        receiver.next([Behaviour::Refuse(401), Behaviour::Partial(2)]);
        let telemetry = telemetry(otlp.header("authorization", "hunter2"), &receiver);
        emit(&telemetry, 3);
        let error = telemetry.flush(10 * SECOND).expect_err("they were refused");
        assert_eq!(error.dropped.export_failed, 3, "{name}: {error}");
        assert!(
            !format!("{error} {error:?} {telemetry:?}").contains("hunter2"),
            "{name}"
        );
        emit(&telemetry, 5);
        let error = telemetry.shutdown().expect_err("some were refused");
        assert_eq!(error.dropped.export_failed, 2, "{name}: {error}");
        assert_eq!(receiver.account().spans, 3, "{name}");
    }
}

/// Neither gRPC nor HTTP is seen by the application's subscriber, at any level.
#[test]
fn the_exporter_is_part_of_no_trace() {
    use tracing_subscriber::layer::SubscriberExt as _;
    for (name, otlp) in protocols() {
        let receiver = Receiver::start();
        let telemetry = telemetry(otlp, &receiver);
        let subscriber = tracing_subscriber::registry().with(telemetry.layer());
        tracing::subscriber::with_default(subscriber, || {
            tracing::info_span!("work").in_scope(|| ());
            telemetry.flush(10 * SECOND).unwrap();
        });
        telemetry.shutdown().unwrap();
        assert_eq!(telemetry.stats().ended, 1, "{name}");
        assert_eq!(receiver.account().spans, 1, "{name}");
    }
}

#[test]
fn an_endpoint_without_a_receiver_is_told_and_costs_no_more_than_its_spans() {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    for (name, otlp) in protocols() {
        let otlp: Otlp = otlp.endpoint(format!("http://{free}")).timeout(SECOND);
        let telemetry = agent_trace::telemetry::Telemetry::builder()
            .otlp(otlp)
            .build()
            .unwrap();
        emit(&telemetry, 4);
        let error = telemetry
            .shutdown_within(10 * SECOND)
            .expect_err("nobody listens");
        assert_eq!(error.dropped.export_failed, 4, "{name}: {error}");
    }
}
