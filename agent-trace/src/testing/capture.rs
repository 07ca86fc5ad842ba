//! The settings of a capture.

use std::fmt;
use std::future::Future;

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider, ShouldSample, TracerProviderBuilder};
use tracing::Dispatch;
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::layer::{Layer, SubscriberExt as _};
use tracing_subscriber::registry::Registry;

use super::ids::CountingIds;
use super::recorder::Log;
use super::{Captured, Recorder, TestClock};

/// The stock OpenTelemetry layer as a capture sets it up.
pub type OtelLayer = OpenTelemetryLayer<Registry, SdkTracer>;

/// Any layer of a capture's subscriber.
pub type BoxedLayer = Box<dyn Layer<Registry> + Send + Sync>;

/// A capture with settings: a sampler, other layers, the layer's switches.
///
/// ```
/// use agent_trace::testing::Capture;
/// use opentelemetry_sdk::trace::Sampler;
///
/// let captured = Capture::new()
///     .sampler(Sampler::AlwaysOff)
///     .run(|| tracing::info_span!("work").in_scope(|| ()));
///
/// assert!(captured.spans.is_empty());
/// ```
#[must_use = "a capture does nothing until it is run"]
pub struct Capture {
    provider: TracerProviderBuilder,
    context_activation: bool,
    trimmed: bool,
    clock: TestClock,
    wrap: Box<dyn FnOnce(OtelLayer) -> BoxedLayer>,
    layers: Vec<BoxedLayer>,
}

impl Capture {
    /// The stock layer with its default switches, everything sampled, the fixed clock, no other layer.
    pub fn new() -> Self {
        Self {
            provider: SdkTracerProvider::builder()
                .with_sampler(opentelemetry_sdk::trace::Sampler::AlwaysOn),
            context_activation: true,
            trimmed: false,
            clock: TestClock::fixed(),
            wrap: Box::new(|layer| layer.boxed()),
            layers: Vec::new(),
        }
    }

    /// Decides which spans are recorded.
    pub fn sampler(mut self, sampler: impl ShouldSample + 'static) -> Self {
        self.provider = self.provider.with_sampler(sampler);
        self
    }

    /// Changes the tracer provider: span limits, a resource, more processors.
    ///
    /// Ids and the recording processor are set after this.
    ///
    /// ```
    /// use agent_trace::testing::Capture;
    ///
    /// let captured = Capture::new()
    ///     .provider(|provider| provider.with_max_attributes_per_span(1))
    ///     .trimmed()
    ///     .run(|| tracing::info_span!("work", a = 1, b = 2).in_scope(|| ()));
    ///
    /// assert_eq!(captured.spans.only().attributes().len(), 1);
    /// ```
    pub fn provider(
        mut self,
        change: impl FnOnce(TracerProviderBuilder) -> TracerProviderBuilder,
    ) -> Self {
        self.provider = change(self.provider);
        self
    }

    /// Adds a layer around the OpenTelemetry layer: `fmt` into a buffer, a filter for all layers.
    ///
    /// ```
    /// use agent_trace::testing::Capture;
    /// use tracing_subscriber::filter::LevelFilter;
    ///
    /// let captured = Capture::new()
    ///     .layer(LevelFilter::WARN)
    ///     .run(|| tracing::info_span!("work").in_scope(|| ()));
    ///
    /// assert!(captured.spans.is_empty());
    /// ```
    pub fn layer(mut self, layer: impl Layer<Registry> + Send + Sync) -> Self {
        self.layers.push(layer.boxed());
        self
    }

    /// Changes the OpenTelemetry layer itself: its switches, a filter of its own, a `reload` layer around it.
    ///
    /// ```
    /// use agent_trace::testing::Capture;
    /// use tracing_subscriber::Layer as _;
    /// use tracing_subscriber::filter::LevelFilter;
    ///
    /// let captured = Capture::new()
    ///     .otel_layer(|layer| layer.with_level(true).with_filter(LevelFilter::WARN))
    ///     .run(|| tracing::warn_span!("work").in_scope(|| ()));
    ///
    /// captured.spans.only().assert_attr("level", "WARN");
    /// ```
    pub fn otel_layer<L>(mut self, wrap: impl FnOnce(OtelLayer) -> L + 'static) -> Self
    where
        L: Layer<Registry> + Send + Sync,
    {
        self.wrap = Box::new(|layer| wrap(layer).boxed());
        self
    }

    /// Whether the layer makes a span's OpenTelemetry context the current one while the span is entered.
    ///
    /// On by default, as in the layer. Applications that turn it off exist, so both are worth a test.
    ///
    /// ```
    /// use agent_trace::testing::Capture;
    /// use opentelemetry::{Context, trace::TraceContextExt as _};
    ///
    /// let active = || tracing::info_span!("work").in_scope(|| Context::current().has_active_span());
    ///
    /// assert!(Capture::new().run(active).value);
    /// assert!(!Capture::new().with_context_activation(false).run(active).value);
    /// ```
    pub fn with_context_activation(mut self, on: bool) -> Self {
        self.context_activation = on;
        self
    }

    /// Turns off what the layer adds to every span: code location, thread, target, busy and idle times.
    ///
    /// ```
    /// let captured = agent_trace::testing::Capture::new()
    ///     .trimmed()
    ///     .run(|| tracing::info_span!("work").in_scope(|| ()));
    ///
    /// assert!(captured.spans.only().attributes().is_empty());
    /// ```
    pub fn trimmed(mut self) -> Self {
        self.trimmed = true;
        self
    }

    /// Keeps real times, for tests of how long something took.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// let captured = agent_trace::testing::Capture::new()
    ///     .real_clock()
    ///     .run(|| tracing::info_span!("nap").in_scope(|| std::thread::sleep(Duration::from_millis(3))));
    ///
    /// assert!(captured.spans.only().duration() >= Duration::from_millis(3));
    /// ```
    pub fn real_clock(mut self) -> Self {
        self.clock = TestClock::real();
        self
    }

    /// Runs `block` and returns its value with the spans that ended meanwhile.
    pub fn run<T>(self, block: impl FnOnce() -> T) -> Captured<T> {
        let recorder = self.recorder();
        let value = recorder.run(block);
        Captured::new(value, &recorder)
    }

    /// Runs `future` and returns its output with the spans that ended meanwhile.
    pub async fn run_async<F: Future>(self, future: F) -> Captured<F::Output> {
        let recorder = self.recorder();
        let value = recorder.run_async(future).await;
        Captured::new(value, &recorder)
    }

    /// A recorder with these settings, to be set by hand.
    ///
    /// ```
    /// use agent_trace::testing::Capture;
    ///
    /// let recorder = Capture::new().trimmed().recorder();
    /// recorder.run(|| tracing::info_span!("work").in_scope(|| ()));
    /// recorder.spans().find("work");
    /// ```
    pub fn recorder(self) -> Recorder {
        let log = Log::default();
        let provider = self
            .provider
            .with_id_generator(CountingIds::new())
            .with_span_processor(log.clone())
            .build();
        let otel = tracing_opentelemetry::layer()
            .with_tracer(provider.tracer("agent_trace::testing"))
            .with_context_activation(self.context_activation)
            .with_location(!self.trimmed)
            .with_threads(!self.trimmed)
            .with_target(!self.trimmed)
            .with_tracked_inactivity(!self.trimmed);
        let layers = self
            .layers
            .into_iter()
            .fold((self.wrap)(otel), |inner, layer| {
                inner.and_then(layer).boxed()
            })
            .and_then(self.clock.clone());
        let dispatch = Dispatch::new(tracing_subscriber::registry().with(layers));
        Recorder::from_parts(dispatch, provider, self.clock, log)
    }
}

impl Default for Capture {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Capture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Capture")
            .field("provider", &self.provider)
            .field("context_activation", &self.context_activation)
            .field("trimmed", &self.trimmed)
            .field("layers", &self.layers.len())
            .finish_non_exhaustive()
    }
}
