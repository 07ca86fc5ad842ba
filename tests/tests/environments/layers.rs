//! The stock OpenTelemetry layer in all the ways it is set up.

use agent_trace::exporter::FileExporter;
use agent_trace::testing::{Capture, Captured, Recorder};
use agent_trace_tests::conformance;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::instrument::WithSubscriber;
use tracing::level_filters::LevelFilter;
use tracing::subscriber::with_default;
use tracing_subscriber::filter::{Targets, filter_fn};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::prelude::*;
use tracing_subscriber::{registry, reload};

use crate::support::{
    HELPFUL, Log, Mood, Refused, Reply, assert_model_call, desk, desk_async, look_up,
};

fn assert_helpful(captured: &Captured<Result<Reply, Refused>>) {
    assert!(captured.value.is_ok());
    assert_eq!(captured.unfinished(), 0);
    assert_eq!(captured.spans.tree(), HELPFUL);
}

#[test]
fn the_default_layer() {
    assert_helpful(&Capture::new().run(|| desk(Mood::Helpful)));
}

#[tokio::test]
async fn the_default_layer_awaited() {
    let captured = Capture::new()
        .run_async(async { desk_async(Mood::Helpful).await })
        .await;
    assert_helpful(&captured);
}

#[test]
fn failures_under_the_default_layer() {
    for activation in [true, false] {
        let captured = Capture::new()
            .with_context_activation(activation)
            .run(|| desk(Mood::Stubborn));
        assert!(captured.value.is_err());
        for name in ["invoke_agent desk", "chat small"] {
            let span = captured.spans.find(name);
            span.assert_error("Refused");
            assert_eq!(span.error(), Some("the model refused politely"));
        }
        let exceptions = captured
            .spans
            .iter()
            .filter(|span| span.event("exception").is_some())
            .count();
        assert_eq!(exceptions, 1, "recorded where it arose");
    }
}

#[test]
fn the_trimmed_layer() {
    let captured = Capture::new().trimmed().run(|| desk(Mood::Helpful));
    assert_helpful(&captured);
    for span in captured.spans.iter() {
        span.assert_no_attr("code.file.path")
            .assert_no_attr("thread.id")
            .assert_no_attr("target")
            .assert_no_attr("busy_ns");
    }
}

#[tokio::test]
async fn without_context_activation() {
    let capture = || Capture::new().with_context_activation(false);
    assert_helpful(&capture().run(|| desk(Mood::Helpful)));
    assert_helpful(&capture().trimmed().run(|| desk(Mood::Helpful)));
    let awaited = capture()
        .run_async(async { desk_async(Mood::Helpful).await })
        .await;
    assert_helpful(&awaited);
}

#[test]
fn a_reload_layer_around_the_opentelemetry_layer() {
    let captured = Capture::new()
        .otel_layer(|layer| reload::Layer::new(layer).0)
        .run(|| desk(Mood::Helpful));
    assert_helpful(&captured);
}

/// Nothing reaches the OpenTelemetry span here but the fields of the `tracing` span.
#[test]
fn a_reload_layer_without_context_activation_gets_the_fields() {
    let captured = Capture::new()
        .with_context_activation(false)
        .otel_layer(|layer| reload::Layer::new(layer).0)
        .run(|| desk(Mood::Helpful));
    assert_model_call(captured.spans.find("chat small"));
    captured
        .spans
        .find("invoke_agent desk")
        .assert_attr("gen_ai.conversation.id", "conv-1")
        .assert_attr("gen_ai.usage.input_tokens", 12);
    assert_eq!(
        captured.spans.outline(),
        "invoke_agent desk [internal]\n  execute_tool look_up [internal]\n  chat small [client]\n"
    );

    let captured = Capture::new()
        .with_context_activation(false)
        .otel_layer(|layer| reload::Layer::new(layer).0)
        .run(|| desk(Mood::Stubborn));
    captured
        .spans
        .find("chat small")
        .assert_attr("error.type", "Refused");
}

#[test]
fn a_filter_that_is_reloaded_while_agents_run() {
    let (filter, handle) = reload::Layer::new(LevelFilter::INFO);
    let recorder = Capture::new().layer(filter).recorder();
    recorder.run(|| {
        desk(Mood::Helpful).expect("a reply");
        handle.reload(LevelFilter::OFF).expect("a filter");
        desk(Mood::Helpful).expect("a reply");
        handle.reload(LevelFilter::INFO).expect("a filter");
        desk(Mood::Helpful).expect("a reply");
    });
    assert_eq!(recorder.spans().named("invoke_agent desk").len(), 2);
    assert_eq!(recorder.spans().named("chat small").len(), 2);
}

#[test]
fn a_filter_of_the_layer_that_is_reloaded_while_an_agent_runs() {
    let (filter, handle) = reload::Layer::new(LevelFilter::INFO);
    let recorder = Capture::new()
        .otel_layer(move |layer| layer.with_filter(filter))
        .recorder();

    #[agent_trace::agent_span(name = "outer", target = "team::outer")]
    fn outer(change: impl FnOnce()) {
        change();
        desk(Mood::Helpful).expect("a reply");
        agent_trace::current().attribute("shop.done", true);
    }

    recorder.run(|| outer(|| handle.reload(LevelFilter::OFF).expect("a filter")));
    let spans = recorder.spans();
    let outer = spans.only();
    assert_eq!(outer.name(), "invoke_agent outer");
    outer.assert_attr("shop.done", true).assert_unset();
    assert_eq!(outer.keys_duplicated(), [""; 0]);
    outer.assert_no_attr("gen_ai.request.model");
}

/// The agent started unseen; what starts beneath it is seen, and knows it all the same.
#[test]
fn a_filter_of_the_layer_that_is_opened_while_an_agent_runs() {
    let (filter, handle) = reload::Layer::new(LevelFilter::OFF);
    let log = Log::default();
    let fmt = tracing_subscriber::fmt::layer().with_writer(log.writer());
    let recorder = Capture::new()
        .layer(fmt)
        .otel_layer(move |layer| layer.with_filter(filter))
        .recorder();

    #[agent_trace::agent_span(name = "outer", conversation = "conv-2", target = "team::outer")]
    fn outer(change: impl FnOnce()) {
        change();
        look_up("rust");
        agent_trace::current().attribute("shop.done", true);
    }

    recorder.run(|| outer(|| handle.reload(LevelFilter::INFO).expect("a filter")));
    let spans = recorder.spans();
    spans
        .only()
        .assert_attr("gen_ai.tool.name", "look_up")
        .assert_attr("gen_ai.agent.name", "outer")
        .assert_attr("gen_ai.conversation.id", "conv-2")
        .assert_no_attr("shop.done");
}

#[test]
fn a_layer_without_a_tracer() {
    let log = Log::default();
    let fmt = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(log.writer());
    for mood in [Mood::Helpful, Mood::Stubborn] {
        with_default(registry().with(tracing_opentelemetry::layer()), || {
            assert_eq!(desk(mood).is_ok(), mood == Mood::Helpful);
        });
    }
    let subscriber = registry().with(tracing_opentelemetry::layer()).with(fmt);
    with_default(subscriber, || {
        desk(Mood::Helpful).expect("a reply");
    });
    let line = log.line(&["team::model", "close"]);
    assert!(line.contains("gen_ai.request.model=\"small\""), "{line}");
    assert!(line.contains("gen_ai.usage.input_tokens=12"), "{line}");
}

#[tokio::test]
async fn a_layer_with_a_tracer_of_an_ordinary_provider() {
    let file = Log::default();
    let provider = SdkTracerProvider::builder()
        .with_simple_exporter(FileExporter::new(file.clone()))
        .build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("application"));
    desk_async(Mood::Helpful)
        .with_subscriber(registry().with(layer))
        .await
        .expect("a reply");
    provider.shutdown().expect("a file");
    let report = conformance::check(&file.text()).expect("OTLP JSON");
    let names: Vec<&str> = report.spans.iter().map(|span| &*span.name).collect();
    assert_eq!(
        names,
        ["execute_tool look_up", "chat small", "invoke_agent desk"]
    );
    assert!(report.violations.is_empty(), "{report}");
}

#[test]
fn the_layer_over_and_under_other_layers() {
    let recorder = Recorder::new();
    let otel = tracing_opentelemetry::layer().with_tracer(recorder.tracer());
    let log = Log::default();
    let fmt = tracing_subscriber::fmt::layer().with_writer(log.writer());
    let subscriber = registry()
        .with(Some(LevelFilter::INFO))
        .with(fmt)
        .with(vec![otel.boxed()])
        .with(recorder.clock());
    with_default(subscriber, || desk(Mood::Helpful).map(drop)).expect("a reply");
    assert_eq!(recorder.spans().tree(), HELPFUL);
}

/// The stock layer keeps one span's data in one place, so two of them can only share a registry if no span goes to
/// both.
#[test]
fn two_layers_for_different_spans() {
    let agents = Recorder::new();
    let models = Recorder::new();
    let to_agents = Targets::new().with_target("team::agent", LevelFilter::INFO);
    let to_models = filter_fn(|span| span.target() != "team::agent");
    let layer = tracing_opentelemetry::layer().with_tracer(agents.tracer());
    let second = tracing_opentelemetry::layer().with_tracer(models.tracer());
    let subscriber = registry()
        .with(layer.with_filter(to_agents))
        .with(second.with_filter(to_models));
    with_default(subscriber, || desk(Mood::Helpful).map(drop)).expect("a reply");

    let agents = agents.spans();
    let agent = agents.only();
    agent
        .assert_attr("gen_ai.agent.name", "desk")
        .assert_attr("gen_ai.usage.input_tokens", 12)
        .assert_no_attr("gen_ai.request.model")
        .assert_unset();
    let models = models.spans();
    assert_eq!(models.len(), 2);
    assert_model_call(models.find("chat small"));
    models
        .find("execute_tool look_up")
        .assert_attr("shop.shelf", 4)
        .assert_attr("gen_ai.agent.name", "desk");
}

#[test]
fn span_limits_drop_what_is_too_much_and_nothing_else() {
    let captured = Capture::new()
        .trimmed()
        .provider(|provider| provider.with_max_attributes_per_span(4))
        .run(|| desk(Mood::Helpful).map(drop));
    let model = captured.spans.find("chat small");
    assert_eq!(model.attributes().len(), 4);
    model.assert_attr("gen_ai.operation.name", "chat");
}
