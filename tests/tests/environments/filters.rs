//! Filters that hide some of the spans from some of the layers.

use std::sync::atomic::{AtomicUsize, Ordering};

use agent_trace::testing::{Capture, Recorder};
use agent_trace::{agent_span, llm_call, tool_call};
use tracing::level_filters::LevelFilter;
use tracing::subscriber::with_default;
use tracing_subscriber::filter::{DynFilterFn, Targets, dynamic_filter_fn, filter_fn};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::prelude::*;
use tracing_subscriber::{EnvFilter, registry};

use crate::support::{HELPFUL, Log, Mood, ask, assert_model_call, desk};

/// A span of the application's own around everything, which must stay as it is.
fn inside_a_request<T>(work: impl FnOnce() -> T) -> T {
    tracing::info_span!(target: "shop", "request", shop.order = 7).in_scope(work)
}

/// The application's span carries its own attribute and nothing of ours.
fn assert_untouched(recorder: &Recorder) {
    let spans = recorder.spans();
    let request = spans.find("request");
    request.assert_attr("shop.order", 7).assert_unset();
    let ours: Vec<&str> = request
        .attributes()
        .keys()
        .into_iter()
        .filter(|key| key.starts_with("gen_ai.") || key.starts_with("agent_trace."))
        .collect();
    assert_eq!(ours, [""; 0]);
    assert!(request.events().is_empty(), "no event of ours");
}

#[test]
fn a_global_filter_hides_spans_from_everyone() {
    let recorder = Capture::new()
        .layer(EnvFilter::new("info,team::model=off"))
        .recorder();
    recorder.run(|| inside_a_request(|| desk(Mood::Helpful).map(drop).expect("a reply")));
    assert_untouched(&recorder);
    assert_eq!(
        recorder.spans().outline(),
        "request [internal]\n  invoke_agent desk [internal]\n    execute_tool look_up [internal]\n"
    );

    let recorder = Capture::new()
        .layer(EnvFilter::new("info,team::agent=off"))
        .recorder();
    recorder.run(|| inside_a_request(|| desk(Mood::Helpful).map(drop).expect("a reply")));
    assert_untouched(&recorder);
    assert_eq!(
        recorder.spans().outline(),
        "request [internal]\n  execute_tool look_up [internal]\n  chat small [client]\n"
    );
    assert_model_call(recorder.spans().find("chat small"));
}

/// Hidden from OpenTelemetry, seen by the log: what the call learns goes to the log's fields, and never to the
/// OpenTelemetry span that happens to be current.
#[test]
fn a_span_that_only_the_log_sees() {
    let log = Log::default();
    let fmt = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(log.writer());
    for activation in [true, false] {
        let recorder = Capture::new()
            .with_context_activation(activation)
            .otel_layer(|layer| layer.with_filter(EnvFilter::new("info,team=off")))
            .recorder();
        recorder.run(|| inside_a_request(|| desk(Mood::Stubborn).map(drop).expect_err("no")));
        assert_untouched(&recorder);
        assert_eq!(recorder.spans().len(), 1);
    }

    let recorder = Capture::new()
        .layer(fmt)
        .otel_layer(|layer| layer.with_filter(EnvFilter::new("info,team=off")))
        .recorder();
    recorder.run(|| {
        inside_a_request(|| {
            desk(Mood::Helpful).expect("a reply");
            ask(Mood::Stubborn).expect_err("no");
        });
    });
    assert_untouched(&recorder);
    let line = log.line(&["team::model", "close", "gen_ai.usage.input_tokens=12"]);
    assert!(line.contains("gen_ai.response.id=\"reply-1\""), "{line}");
    log.line(&["team::model", "close", "error.type=\"Refused\""]);
    log.line(&["team::agent", "close", "gen_ai.usage.output_tokens=3"]);
}

#[test]
fn the_agent_is_hidden_from_opentelemetry_and_the_model_call_is_not() {
    for activation in [true, false] {
        let recorder = Capture::new()
            .with_context_activation(activation)
            .otel_layer(|layer| layer.with_filter(filter_fn(|span| span.target() != "team::agent")))
            .recorder();
        recorder.run(|| inside_a_request(|| desk(Mood::Helpful).map(drop).expect("a reply")));
        assert_untouched(&recorder);
        let spans = recorder.spans();
        let model = spans.find("chat small");
        assert_model_call(model);
        // What the agent knows is known beneath it, whoever sees its span.
        model.assert_attr("gen_ai.conversation.id", "conv-1");
        spans
            .find("execute_tool look_up")
            .assert_attr("gen_ai.agent.name", "desk")
            .assert_attr("shop.shelf", 4);
        assert_eq!(spans.len(), 3);
    }
}

#[test]
fn the_model_call_is_hidden_from_opentelemetry_and_the_agent_is_not() {
    let recorder = Capture::new()
        .otel_layer(|layer| layer.with_filter(filter_fn(|span| span.target() != "team::model")))
        .recorder();
    recorder.run(|| inside_a_request(|| desk(Mood::Helpful).map(drop).expect("a reply")));
    assert_untouched(&recorder);
    let spans = recorder.spans();
    let agent = spans.find("invoke_agent desk");
    // Its usage is counted all the same; what only the call itself carries stays away.
    agent
        .assert_attr("gen_ai.usage.input_tokens", 12)
        .assert_no_attr("gen_ai.response.id")
        .assert_no_attr("gen_ai.request.model")
        .assert_no_attr("server.address");
    assert!(agent.event("asked").is_none());
    assert_eq!(agent.keys_duplicated(), [""; 0]);
}

#[test]
fn levels_decide() {
    #[agent_span(name = "loud", level = "error")]
    fn loud() {
        middling();
    }

    #[tool_call(level = "info")]
    fn middling() {
        soft();
    }

    #[llm_call(provider = "acme", model = "soft", level = "trace")]
    fn soft() {}

    let names = |filter: LevelFilter| {
        let captured = Capture::new().layer(filter).run(loud);
        let names: Vec<String> = captured.spans.names().into_iter().map(Into::into).collect();
        names
    };
    let all = ["invoke_agent loud", "execute_tool middling", "chat soft"];
    assert_eq!(names(LevelFilter::TRACE), all);
    assert_eq!(names(LevelFilter::DEBUG), all[..2]);
    assert_eq!(names(LevelFilter::INFO), all[..2]);
    assert_eq!(names(LevelFilter::WARN), all[..1]);
    assert_eq!(names(LevelFilter::OFF), [""; 0]);
}

#[test]
fn dynamic_filters_are_asked_for_every_call() {
    let asked = AtomicUsize::new(0);
    let filter: DynFilterFn<_, _> = dynamic_filter_fn(move |span, _| {
        span.target() != "team::model" || asked.fetch_add(1, Ordering::Relaxed).is_multiple_of(2)
    });
    let recorder = Capture::new()
        .otel_layer(move |layer| layer.with_filter(filter))
        .recorder();
    recorder.run(|| {
        for _ in 0..20 {
            desk(Mood::Helpful).expect("a reply");
        }
    });
    let spans = recorder.spans();
    assert_eq!(spans.named("invoke_agent desk").len(), 20);
    let asked = spans.named("chat small");
    assert_eq!(asked.len(), 10, "each call is asked about once");
    for span in asked {
        assert_model_call(span);
    }
    for agent in spans.named("invoke_agent desk") {
        agent
            .assert_attr("gen_ai.usage.input_tokens", 12)
            .assert_no_attr("gen_ai.request.model");
    }
}

#[test]
fn a_filter_on_the_value_of_an_early_field() {
    let recorder = Recorder::new();
    let otel = tracing_opentelemetry::layer().with_tracer(recorder.tracer());
    let log = Log::default();
    let fmt = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(log.writer())
        .with_filter(EnvFilter::new("off,[{gen_ai.request.model=chosen}]=debug"));

    #[llm_call(provider = "acme", model = model)]
    fn ask_model(model: &str) {
        tracing::debug!("inside");
    }

    with_default(registry().with(otel).with(fmt), || {
        ask_model("chosen");
        ask_model("other");
    });
    let text = log.text();
    assert_eq!(text.matches("inside").count(), 1, "{text}");
    assert!(text.contains("chosen"), "{text}");
    assert_eq!(recorder.spans().len(), 2);
}

/// A call that only enriches the one around it makes no span, so nobody takes up what the filters said of it.
#[test]
fn a_suppressed_call_leaves_the_filters_as_they_were() {
    #[llm_call(provider = "acme", model = "m", target = "team::model")]
    fn outer() {
        inner();
    }

    #[llm_call(provider = "acme", model = "m", target = "team::client")]
    fn inner() {}

    let log = Log::default();
    let fmt = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(log.writer())
        .with_filter(LevelFilter::INFO);
    let recorder = Capture::new()
        .layer(fmt)
        .otel_layer(|layer| layer.with_filter(filter_fn(|span| span.target() != "team::client")))
        .recorder();
    recorder.run(|| {
        outer();
        tracing::info_span!("after").in_scope(|| ());
    });
    let spans = recorder.spans();
    assert_eq!(spans.names(), ["chat m", "after"]);
    spans
        .find("chat m")
        .assert_attr("agent_trace.nested_calls", 1);
}

#[test]
fn a_filter_that_lets_everything_through_changes_nothing() {
    let captured = Capture::new()
        .layer(EnvFilter::new("trace"))
        .otel_layer(|layer| {
            layer
                .with_filter(EnvFilter::new("trace"))
                .with_filter(Targets::new().with_default(LevelFilter::TRACE))
        })
        .run(|| desk(Mood::Helpful).map(drop));
    assert_eq!(captured.spans.tree(), HELPFUL);
}
