//! Spans of calls that the sampler rejects declare fewer fields. Nobody else misses any.

use agent_trace::llm_call;
use opentelemetry::trace::{Link, SpanKind, TraceId, TraceState, TracerProvider};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{
    SamplingDecision, SamplingResult, SdkTracerProvider, ShouldSample, SpanData, SpanExporter,
};
use std::fmt::Debug;
use std::future::{Future, ready};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::with_default;
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context as LayerContext, SubscriberExt};

#[llm_call(
    provider = "acme",
    model = "small",
    temperature = 0.5,
    fields(tenant = "t1")
)]
fn ask() {}

/// Samples while it is told to.
#[derive(Clone, Debug, Default)]
struct Switch(Arc<AtomicBool>);

impl Switch {
    fn turn(&self, on: bool) {
        self.0.store(on, Ordering::Relaxed);
    }
}

impl ShouldSample for Switch {
    fn should_sample(
        &self,
        _: Option<&Context>,
        _: TraceId,
        _: &str,
        _: &SpanKind,
        attributes: &[KeyValue],
        _: &[Link],
    ) -> SamplingResult {
        // What samplers look at is there, whatever the span declares.
        for key in ["gen_ai.operation.name", "gen_ai.provider.name", "tenant"] {
            assert!(attributes.iter().any(|kv| kv.key.as_str() == key), "{key}");
        }
        SamplingResult {
            decision: if self.0.load(Ordering::Relaxed) {
                SamplingDecision::RecordAndSample
            } else {
                SamplingDecision::Drop
            },
            attributes: Vec::new(),
            trace_state: TraceState::default(),
        }
    }
}

#[derive(Clone, Debug, Default)]
struct Exported(Arc<Mutex<Vec<SpanData>>>);

impl SpanExporter for Exported {
    fn export(&self, batch: Vec<SpanData>) -> impl Future<Output = OTelSdkResult> + Send {
        self.0.lock().unwrap().extend(batch);
        ready(Ok(()))
    }
}

impl Exported {
    fn keys(&self) -> Vec<String> {
        let spans = std::mem::take(&mut *self.0.lock().unwrap());
        spans
            .iter()
            .flat_map(|span| &span.attributes)
            .map(|kv| kv.key.to_string())
            .collect()
    }
}

/// The fields that a layer sees: those of new spans, and those that come late.
#[derive(Clone, Default)]
struct Seen {
    declared: Arc<Mutex<usize>>,
    recorded: Arc<Mutex<Vec<&'static str>>>,
}

impl Visit for &Seen {
    fn record_debug(&mut self, field: &Field, _: &dyn Debug) {
        self.recorded.lock().unwrap().push(field.name());
    }
}

impl<S: tracing::Subscriber> Layer<S> for Seen {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: LayerContext<'_, S>) {
        *self.declared.lock().unwrap() = attributes.metadata().fields().len();
    }

    fn on_record(&self, _: &Id, values: &Record<'_>, _: LayerContext<'_, S>) {
        values.record(&mut &*self);
    }
}

fn has(keys: &[impl AsRef<str>], key: &str) -> bool {
    keys.iter().any(|known| known.as_ref() == key)
}

#[test]
fn only_rejected_calls_declare_less() {
    let (switch, exported, seen) = (Switch::default(), Exported::default(), Seen::default());
    let provider = SdkTracerProvider::builder()
        .with_sampler(switch.clone())
        .with_simple_exporter(exported.clone())
        .build();
    let declared = || *seen.declared.lock().unwrap();
    let registry = || {
        let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("lean"));
        tracing_subscriber::registry()
            .with(seen.clone())
            .with(layer)
    };

    with_default(registry(), || {
        ask();
        let full = declared();
        ask();
        let lean = declared();
        assert!(lean < full, "{lean} fields of {full}");

        // The first that is sampled is as lean, and loses nothing.
        switch.turn(true);
        ask();
        assert_eq!(declared(), lean);
        assert!(has(&exported.keys(), "gen_ai.request.temperature"));
        ask();
        assert_eq!(declared(), full);
        assert!(has(&exported.keys(), "gen_ai.request.temperature"));

        switch.turn(false);
        ask();
        ask();
        assert_eq!(declared(), lean);
        assert!(exported.keys().is_empty());
    });

    // Another subscriber, which has no OpenTelemetry layer, sees the late fields from the first call.
    seen.recorded.lock().unwrap().clear();
    with_default(tracing_subscriber::registry().with(seen.clone()), || {
        ask();
        let recorded = seen.recorded.lock().unwrap();
        assert!(has(&recorded, "gen_ai.request.temperature"), "{recorded:?}");
    });
}
