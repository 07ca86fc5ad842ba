//! One export: any exporter, a deadline, and what became of it.

use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

/// A `SpanExporter` of any type.
pub(crate) trait Export: Send + Sync + fmt::Debug {
    fn export<'a>(
        &'a self,
        batch: Vec<SpanData>,
    ) -> Pin<Box<dyn Future<Output = OTelSdkResult> + Send + 'a>>;
    fn shutdown(&self, timeout: Duration) -> OTelSdkResult;
    fn force_flush(&self) -> OTelSdkResult;
    fn set_resource(&mut self, resource: &Resource);
}

impl<E: SpanExporter> Export for E {
    fn export<'a>(
        &'a self,
        batch: Vec<SpanData>,
    ) -> Pin<Box<dyn Future<Output = OTelSdkResult> + Send + 'a>> {
        Box::pin(SpanExporter::export(self, batch))
    }

    fn shutdown(&self, timeout: Duration) -> OTelSdkResult {
        self.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        SpanExporter::force_flush(self)
    }

    fn set_resource(&mut self, resource: &Resource) {
        SpanExporter::set_resource(self, resource);
    }
}

/// Why a batch did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The exporter says so, and it may be tried again.
    Unavailable(String),
    /// The exporter says so, and that it will never succeed.
    Refused(String),
    /// It did not answer in time.
    TimedOut(Duration),
    /// It panicked.
    Panicked(String),
}

impl Failure {
    /// Whether the same batch may arrive later. One that makes the exporter panic would do so again.
    pub(crate) fn is_outage(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::TimedOut(_))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(reason) | Self::Refused(reason) => {
                write!(f, "the exporter failed: {reason}")
            }
            Self::TimedOut(after) => write!(f, "the exporter did not answer within {after:?}"),
            Self::Panicked(reason) => write!(f, "the exporter panicked: {reason}"),
        }
    }
}

/// Runs something of the exporter's own, which may panic.
pub(crate) fn guarded(call: impl FnOnce() -> OTelSdkResult) -> Result<(), Failure> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(Failure::Unavailable(error.to_string())),
        Err(payload) => Err(Failure::Panicked(text(&*payload))),
    }
}

/// Exports a batch on this thread. A future that is not ready in time is dropped, which is how it is cancelled.
pub(crate) fn export(
    exporter: &dyn Export,
    batch: Vec<SpanData>,
    timeout: Duration,
) -> Result<(), Failure> {
    let deadline = Instant::now().checked_add(timeout);
    let run = || block_on(exporter.export(batch), deadline);
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Some(Ok(()))) => Ok(()),
        Ok(Some(Err(error))) => Err(Failure::Unavailable(error.to_string())),
        Ok(None) => Err(Failure::TimedOut(timeout)),
        Err(payload) => Err(Failure::Panicked(text(&*payload))),
    }
}

/// What a future gives, or `None` if it is not ready before the deadline.
fn block_on<T>(future: impl Future<Output = T>, deadline: Option<Instant>) -> Option<T> {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return Some(value);
        }
        match deadline {
            None => thread::park(),
            Some(deadline) => {
                let left = deadline.checked_duration_since(Instant::now())?;
                thread::park_timeout(left);
            }
        }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.unpark();
    }
}

fn text(payload: &(dyn std::any::Any + Send)) -> String {
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::{pending, ready};

    #[test]
    fn a_future_that_is_never_ready_ends_with_its_deadline() {
        let start = Instant::now();
        let deadline = start + Duration::from_millis(30);
        assert_eq!(block_on(pending::<()>(), Some(deadline)), None);
        assert!(start.elapsed() >= Duration::from_millis(30));
        assert_eq!(block_on(ready(1), None), Some(1));
    }

    #[test]
    fn a_future_is_polled_again_when_another_thread_wakes_it() {
        let (sender, receiver) = std::sync::mpsc::channel::<Waker>();
        let waking = thread::spawn(move || receiver.recv().unwrap().wake());
        let mut polls = 0;
        let future = std::future::poll_fn(|context| {
            polls += 1;
            if polls == 2 {
                return Poll::Ready(polls);
            }
            sender.send(context.waker().clone()).unwrap();
            Poll::Pending
        });
        assert_eq!(block_on(future, None), Some(2));
        waking.join().unwrap();
    }
}
