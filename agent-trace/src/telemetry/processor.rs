//! The one processor of the provider: with a single one the SDK moves a span instead of copying it.

use std::sync::Arc;
use std::time::Duration;

use opentelemetry::Context;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{Span, SpanData, SpanProcessor};

use super::FlushError;
use super::batch::{self, BatchProcessor, Queue};
use super::open_spans::Spans;
use super::value_length;

/// Counts each span, cuts its values if they have a limit, and hands it to each exporter.
#[derive(Debug)]
pub(super) struct Processor {
    pub(super) spans: Arc<Spans>,
    pub(super) exporters: Vec<BatchProcessor>,
    /// Characters of a value.
    pub(super) value_length: Option<usize>,
}

impl SpanProcessor for Processor {
    fn on_start(&self, span: &mut Span, context: &Context) {
        self.spans.begin(span, context);
    }

    fn on_end(&self, mut span: SpanData) {
        self.spans.end(&span);
        if !span.span_context.is_sampled() {
            return;
        }
        if let Some(characters) = self.value_length {
            value_length::cut(&mut span, characters);
        }
        if let Some((last, others)) = self.exporters.split_last() {
            let bytes = batch::size::span(&span);
            for exporter in others {
                exporter.take(span.clone(), bytes);
            }
            last.take(span, bytes);
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        let queues = self.exporters.iter().map(BatchProcessor::queue);
        let tickets: Vec<_> = queues.map(|queue| (queue, queue.urge())).collect();
        let flushed = tickets.into_iter().map(|(queue, ticket)| {
            let deadline = batch::after(queue.limits().export_timeout);
            queue.flush(ticket, deadline)
        });
        FlushError::collect(flushed).map_err(into_sdk)
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        let deadline = batch::after(timeout);
        let queues = || self.exporters.iter().map(BatchProcessor::queue);
        queues().for_each(Queue::close);
        FlushError::collect(queues().map(|queue| queue.join(deadline))).map_err(into_sdk)
    }
}

fn into_sdk(error: FlushError) -> OTelSdkError {
    OTelSdkError::InternalFailure(error.to_string())
}
