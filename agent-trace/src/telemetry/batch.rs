//! A batch processor that keeps its word: bounded in spans and bytes, never in the caller's way, and every span that
//! it was given is exported or counted as lost.

mod codec;
mod cut;
mod export;
mod limits;
mod listener;
mod queue;
pub(crate) mod size;
mod spill;
mod worker;

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SpanData;

use super::stats::ExporterStats;
use super::{FlushError, StartError};

pub(crate) use export::Export;
pub use limits::{BatchLimits, SpillLimits};
pub(crate) use queue::Queue;
use spill::Spill;

/// Hands spans to one exporter, in batches, on a thread of its own. Clones are handles to the same one.
#[derive(Debug, Clone)]
pub(crate) struct BatchProcessor {
    name: String,
    queue: Arc<Queue>,
}

impl BatchProcessor {
    /// Opens the spill file, if there is to be one, and starts the thread.
    ///
    /// # Errors
    ///
    /// Where the system gives no thread or no file.
    pub(crate) fn start(
        name: impl Into<String>,
        mut exporter: Box<dyn Export>,
        limits: BatchLimits,
        resource: &Resource,
    ) -> Result<Self, StartError> {
        exporter.set_resource(resource);
        let name = name.into();
        let spill = limits.spill.as_ref().map(|spill| {
            let plain = |at: char| at.is_alphanumeric() || at == '-';
            let file = name.replace(|at| !plain(at), "_") + ".spill";
            let path = spill.directory.join(file);
            Spill::open(&path, spill.max_bytes)
        });
        let spill = spill.transpose().map_err(StartError::spill)?;
        let queue = Arc::new(Queue::new(limits, spill));
        let thread = |name: String, run: Box<dyn FnOnce() + Send>| {
            let spawned = thread::Builder::new().name(name).spawn(run);
            spawned.map(drop).map_err(StartError::thread)
        };
        if queue.spills() {
            let queue = Arc::clone(&queue);
            thread(
                format!("agent-trace-spill-{name}"),
                Box::new(move || queue.relieve()),
            )?;
        }
        let worker = {
            let (name, queue) = (name.clone(), Arc::clone(&queue));
            move || worker::run(&queue, &*exporter, &name)
        };
        thread(format!("agent-trace-{name}"), Box::new(worker))?;
        Ok(Self { name, queue })
    }

    /// What became of the spans that it was given.
    pub(crate) fn stats(&self) -> ExporterStats {
        self.queue.stats(&self.name)
    }

    /// How long one export may take.
    pub(crate) fn export_timeout(&self) -> Duration {
        self.queue.limits().export_timeout
    }

    fn queue(&self) -> &Queue {
        &self.queue
    }

    /// Takes a span of so many bytes, or what fits of it.
    pub(crate) fn take(&self, mut span: SpanData, mut bytes: usize) {
        let limit = self.queue.limits().batch_bytes;
        if bytes > limit {
            bytes = cut::fit(&mut span, bytes, limit).unwrap_or(bytes);
        }
        self.queue.push(span, bytes);
    }
}

/// Exports what all of them have been given, at once, so that one that hangs costs the others no time.
pub(crate) fn flush(exporters: &[BatchProcessor], timeout: Duration) -> Result<(), FlushError> {
    let deadline = after(timeout);
    let queues = exporters.iter().map(BatchProcessor::queue);
    let tickets: Vec<_> = queues.map(|queue| (queue, queue.urge())).collect();
    let flushed = tickets.into_iter();
    FlushError::collect(flushed.map(|(queue, ticket)| queue.flush(ticket, deadline)))
}

/// The same, and nothing more is accepted.
pub(crate) fn shutdown(exporters: &[BatchProcessor], timeout: Duration) -> Result<(), FlushError> {
    let deadline = after(timeout);
    let queues = || exporters.iter().map(BatchProcessor::queue);
    queues().for_each(Queue::close);
    FlushError::collect(queues().map(|queue| queue.join(deadline)))
}

/// The moment at which a timeout that begins now ends. One beyond what clocks can say ends in a year.
fn after(timeout: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(timeout)
        .unwrap_or_else(|| now + Duration::from_secs(365 * 24 * 3_600))
}
