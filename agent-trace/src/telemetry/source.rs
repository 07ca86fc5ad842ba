use std::sync::Arc;

use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};

use super::batch::BatchProcessor;
use super::open_spans::Spans;

/// Where spans are made, and what is known of them.
pub(super) struct Source {
    pub(super) provider: SdkTracerProvider,
    pub(super) spans: Arc<Spans>,
    pub(super) exporters: Vec<BatchProcessor>,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A provider of ours.
    Ours,
    /// The application's, which knows its exporters.
    Theirs,
    /// `OTEL_SDK_DISABLED`: no span is made.
    Disabled,
}

impl Source {
    pub(super) fn ours(
        provider: SdkTracerProvider,
        spans: Arc<Spans>,
        exporters: Vec<BatchProcessor>,
    ) -> Self {
        Self {
            provider,
            spans,
            exporters,
            kind: Kind::Ours,
        }
    }

    pub(super) fn theirs(provider: SdkTracerProvider) -> Self {
        Self {
            provider,
            spans: Arc::default(),
            exporters: Vec::new(),
            kind: Kind::Theirs,
        }
    }

    pub(super) fn disabled() -> Self {
        let provider = SdkTracerProvider::builder()
            .with_sampler(Sampler::AlwaysOff)
            .build();
        Self {
            provider,
            spans: Arc::default(),
            exporters: Vec::new(),
            kind: Kind::Disabled,
        }
    }
}
