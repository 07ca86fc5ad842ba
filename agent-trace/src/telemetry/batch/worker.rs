//! The thread that exports.

use std::time::{Duration, Instant};

use opentelemetry::Context;
use opentelemetry_sdk::trace::SpanData;

use super::codec;
use super::export::{self, Export, Failure};
use super::listener::Listener;
use super::queue::{Batch, Next, Queue};
use crate::telemetry::diagnostics::Warnings;

/// How long an exporter may take to shut down.
const SHUTDOWN: Duration = Duration::from_secs(5);
/// How long after a batch that did not arrive the spill file is tried again: from the first to the last, doubled each time.
const RETRY: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(30));
/// After so many tries of one batch another one shows whether it is the batch or the receiver.
const TRIES: u32 = 3;

/// Exports batch by batch until the queue is closed and empty. Whatever the exporter does, the next batch is tried.
pub(crate) fn run(queue: &Queue, exporter: &dyn Export, name: &str) {
    // What the exporter does is no part of any trace.
    let _suppressed = Context::enter_telemetry_suppressed_scope();
    let mut worker = Worker {
        queue,
        exporter,
        listener: Listener::new(),
        retry: Instant::now(),
        backoff: RETRY.0,
        tries: 0,
    };
    let mut warnings = Warnings::new(name);
    loop {
        match queue.next(worker.retry) {
            Next::Export(batch) => worker.export(batch),
            Next::Spool => queue.spool(),
            Next::Replay => worker.replay(),
            Next::End => break,
        }
        warnings.tell(queue);
    }
    let shutdown = || export::guarded(|| exporter.shutdown(SHUTDOWN));
    queue.finish(worker.listener.listen(shutdown));
    warnings.tell(queue);
}

struct Worker<'a> {
    queue: &'a Queue,
    exporter: &'a dyn Export,
    listener: Listener,
    /// When the spill file may be tried again, how long to wait after that, and how often its first batch was tried.
    retry: Instant,
    backoff: Duration,
    tries: u32,
}

impl Worker<'_> {
    fn export(&mut self, batch: Batch) {
        if self.queue.spills() {
            self.queue.keep(codec::encode(&batch.spans));
        }
        let result = self.send(batch.spans, batch.flush);
        if result.as_ref().is_err_and(Failure::is_outage) {
            (self.tries, self.backoff) = (1, RETRY.0);
            self.wait();
        }
        self.queue.settle(result);
    }

    /// Tries the first batch of the spill file.
    fn replay(&mut self) {
        let Some(batch) = self.queue.spilled(0) else {
            return;
        };
        let (spans, bytes) = (batch.spans.len() as u64, batch.bytes());
        let result = self.send(batch.spans, false);
        if !result.as_ref().is_err_and(Failure::is_outage) {
            self.recovered();
            return self.queue.settle_spilled(spans, bytes, result, false);
        }
        self.tries += 1;
        self.wait();
        if self.tries > TRIES {
            if let Some(second) = self.queue.spilled(1) {
                let (second_spans, second_bytes) = (second.spans.len() as u64, second.bytes());
                let second = self.send(second.spans, false);
                if !second.as_ref().is_err_and(Failure::is_outage) {
                    self.recovered();
                    self.queue.settle_spilled(spans, bytes, result, true);
                    return self
                        .queue
                        .settle_spilled(second_spans, second_bytes, second, false);
                }
            }
        }
        self.queue.settle_spilled(spans, bytes, result, false);
    }

    fn send(&self, spans: Vec<SpanData>, flush: bool) -> Result<u64, Failure> {
        let timeout = self.queue.limits().export_timeout;
        let result = self.listener.listen(|| {
            export::export(self.exporter, spans, timeout)?;
            if flush {
                export::guarded(|| self.exporter.force_flush())?;
            }
            Ok(())
        });
        let heard = self.listener.heard();
        match result {
            Ok(()) => Ok(heard.refused),
            Err(Failure::Unavailable(reason)) if heard.is_final && !is_local(&reason) => {
                Err(Failure::Refused(reason))
            }
            Err(failure) => Err(failure),
        }
    }

    fn wait(&mut self) {
        self.retry = Instant::now() + self.backoff;
        self.backoff = (self.backoff * 2).min(RETRY.1);
    }

    fn recovered(&mut self) {
        (self.retry, self.backoff, self.tries) = (Instant::now(), RETRY.0, 0);
    }
}

/// Whether `opentelemetry-otlp` speaks of an error that arose here: of a connection that broke. It does not try a batch again
/// for all of these, but nobody refused it. Of what arose here it tells the cause, of what the receiver said only the code.
fn is_local(reason: &str) -> bool {
    let code = reason.split_once("gRPC code: ");
    code.is_some_and(|(_, code)| code.contains(": "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_connection_is_no_refusal() {
        let failed = "TonicTracesClient export failed with gRPC code: ";
        assert!(is_local(&format!(
            "{failed}Unknown: transport error: broken pipe"
        )));
        assert!(!is_local(&format!("{failed}InvalidArgument")));
        assert!(!is_local("HTTP export failed with status code: 400"));
    }
}
