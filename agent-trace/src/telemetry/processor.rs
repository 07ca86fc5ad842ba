//! The one processor of the provider: with a single one the SDK moves a span instead of copying it.

use std::sync::Arc;
use std::time::Duration;

use opentelemetry::Context;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{Span, SpanData, SpanProcessor};

use super::FlushError;
use super::batch::{self, BatchProcessor};
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
        let timeouts = self.exporters.iter().map(BatchProcessor::export_timeout);
        let timeout = timeouts.max().unwrap_or_default();
        batch::flush(&self.exporters, timeout).map_err(into_sdk)
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        batch::shutdown(&self.exporters, timeout).map_err(into_sdk)
    }
}

fn into_sdk(error: FlushError) -> OTelSdkError {
    OTelSdkError::InternalFailure(error.to_string())
}
