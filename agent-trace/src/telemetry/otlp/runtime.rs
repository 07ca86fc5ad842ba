//! A runtime for exporters alone, so that nothing they wait for depends on the application's.

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};
use tokio::runtime::{Builder, EnterGuard};
use tracing::Dispatch;

/// Ends with its last clone, and waits for nothing then.
#[derive(Clone)]
pub(in crate::telemetry) struct Runtime(Arc<Running>);

struct Running(Option<tokio::runtime::Runtime>);

impl Runtime {
    /// One with a single worker, whose threads are part of no trace.
    ///
    /// # Errors
    ///
    /// Where the system gives no thread.
    pub(in crate::telemetry) fn start() -> io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("agent-trace-otlp")
            .on_thread_start(|| {
                // For as long as the thread lives: spans of h2 and hyper would be exported in their turn.
                std::mem::forget(tracing::dispatcher::set_default(&Dispatch::none()));
            })
            .enable_all()
            .build()?;
        Ok(Self(Arc::new(Running(Some(runtime)))))
    }

    /// Whatever is made or polled while this is held belongs to the runtime.
    pub(super) fn enter(&self) -> Option<EnterGuard<'_>> {
        self.0.0.as_ref().map(tokio::runtime::Runtime::enter)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Dropping it as it is panics within another runtime.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// An exporter that belongs to a runtime, whoever polls it.
pub(super) struct OnRuntime<E> {
    pub(super) exporter: E,
    pub(super) runtime: Runtime,
}

/// A future that enters a runtime at each poll.
struct Inside<'a, F> {
    future: Pin<Box<F>>,
    runtime: &'a Runtime,
}

impl<F: Future> Future for Inside<'_, F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let _entered = self.runtime.enter();
        self.future.as_mut().poll(context)
    }
}

impl<E: SpanExporter> SpanExporter for OnRuntime<E> {
    fn export(&self, batch: Vec<SpanData>) -> impl Future<Output = OTelSdkResult> + Send {
        Inside {
            future: Box::pin(self.exporter.export(batch)),
            runtime: &self.runtime,
        }
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        let _entered = self.runtime.enter();
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        let _entered = self.runtime.enter();
        self.exporter.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}

impl<E: fmt::Debug> fmt::Debug for OnRuntime<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.exporter.fmt(f)
    }
}
