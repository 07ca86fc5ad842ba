use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use agent_trace::telemetry::{BatchLimits, Otlp, Telemetry};
use agent_trace_tests::receiver::Receiver;
use opentelemetry::trace::{Tracer as _, TracerProvider as _};

/// Runs something that might wait for ever, and fails when it does.
pub(crate) fn watched<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, result) = mpsc::channel();
    let worker = thread::spawn(move || done.send(work()));
    match result.recv_timeout(Duration::from_secs(30)) {
        Ok(value) => value,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("it hangs"),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            let panic = worker.join().expect_err("it sent nothing");
            std::panic::resume_unwind(panic)
        }
    }
}

/// The three ways to speak OTLP.
pub(crate) fn protocols() -> [(&'static str, Otlp); 3] {
    [
        ("gRPC", Otlp::grpc()),
        ("HTTP with protobuf", Otlp::http_protobuf()),
        ("HTTP with JSON", Otlp::http_json()),
    ]
}

/// A pipeline that exports when it is told to.
pub(crate) fn telemetry(otlp: Otlp, receiver: &Receiver) -> Telemetry {
    Telemetry::builder()
        .service("tests")
        .batch(BatchLimits::default().delay(Duration::from_secs(3_600)))
        .otlp(otlp.endpoint(receiver.endpoint()))
        .build()
        .expect("it starts")
}

pub(crate) fn emit(telemetry: &Telemetry, spans: u64) {
    let tracer = telemetry.tracer_provider().tracer("test");
    for _ in 0..spans {
        drop(tracer.start("work"));
    }
}
