//! Text and JSON logs, without OpenTelemetry and beside it.

use agent_trace::testing::Capture;
use serde_json::Value;
use tracing::subscriber::with_default;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::prelude::*;
use tracing_subscriber::registry;

use crate::support::{Log, Mood, Refused, ask_async, desk, desk_async};

/// Runs the team under nothing but a text log.
fn in_text(mood: Mood) -> Log {
    let log = Log::default();
    let fmt = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(log.writer());
    with_default(registry().with(fmt), || {
        let _ = desk(mood);
    });
    log
}

#[test]
fn a_text_log_alone_has_early_and_late_fields() {
    let log = in_text(Mood::Helpful);
    let model = log.line(&["team::model", "close"]);
    for part in [
        "gen_ai.operation.name=\"chat\"",
        "gen_ai.provider.name=\"acme\"",
        "gen_ai.request.model=\"small\"",
        "server.address=\"api.acme.example\"",
        "server.port=8443",
        "gen_ai.request.temperature=0.2",
        "gen_ai.usage.input_tokens=12",
        "gen_ai.usage.output_tokens=3",
        "gen_ai.response.id=\"reply-1\"",
        "gen_ai.response.model=\"small-2026\"",
        "gen_ai.conversation.id=\"conv-1\"",
    ] {
        assert!(model.contains(part), "{part} is not in {model}");
    }
    assert!(!model.contains("error.type"), "{model}");

    let tool = log.line(&["team::tool", "close"]);
    for part in [
        "gen_ai.tool.name=\"look_up\"",
        "gen_ai.tool.call.id=\"call-7\"",
        "gen_ai.agent.name=\"desk\"",
    ] {
        assert!(tool.contains(part), "{part} is not in {tool}");
    }

    let agent = log.line(&["team::agent", "close"]);
    for part in [
        "gen_ai.agent.name=\"desk\"",
        "gen_ai.conversation.id=\"conv-1\"",
        "gen_ai.usage.input_tokens=12",
        "agent_trace.subtree.output_tokens=3",
    ] {
        assert!(agent.contains(part), "{part} is not in {agent}");
    }
}

#[test]
fn a_text_log_alone_has_the_error_type_and_not_the_message() {
    let log = in_text(Mood::Stubborn);
    for target in ["team::model", "team::agent"] {
        let line = log.line(&[target, "close"]);
        assert!(line.contains("error.type=\"Refused\""), "{line}");
    }
    assert!(!log.text().contains("politely"), "{}", log.text());
}

#[tokio::test]
async fn a_text_log_alone_has_the_outcome() {
    use tracing::instrument::WithSubscriber;

    let log = Log::default();
    let fmt = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(log.writer());
    async {
        let mut work = Box::pin(ask_async(Mood::Helpful));
        assert!(futures_util::poll!(work.as_mut()).is_pending());
    }
    .with_subscriber(registry().with(fmt))
    .await;

    let line = log.line(&["team::model", "close"]);
    assert!(line.contains("agent_trace.outcome=\"cancelled\""), "{line}");
    assert!(line.contains("error.type=\"cancelled\""), "{line}");
}

/// The fields of the span of this target, from its `close` record.
fn closed<'v>(lines: &'v [Value], target: &str) -> &'v Value {
    let found = lines
        .iter()
        .find(|line| line["target"] == target && line["fields"]["message"] == "close");
    &found.unwrap_or_else(|| panic!("no close record of {target}"))["span"]
}

#[tokio::test]
async fn json_logs_have_typed_fields() {
    use tracing::instrument::WithSubscriber;

    let log = Log::default();
    let fmt = tracing_subscriber::fmt::layer()
        .json()
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(log.writer());
    async {
        desk_async(Mood::Helpful).await.expect("a reply");
        let error = desk_async(Mood::Stubborn).await;
        assert!(matches!(error, Err(Refused)));
    }
    .with_subscriber(registry().with(fmt))
    .await;

    let lines = log.json();
    let model = closed(&lines, "team::model");
    assert_eq!(model["gen_ai.usage.input_tokens"], 12);
    assert_eq!(model["gen_ai.usage.output_tokens"], 3);
    assert_eq!(model["gen_ai.request.temperature"], 0.2);
    assert_eq!(model["gen_ai.request.model"], "small");
    assert_eq!(model["server.port"], 8443);
    assert_eq!(model["error.type"], Value::Null);
    let agent = closed(&lines, "team::agent");
    assert_eq!(agent["gen_ai.usage.output_tokens"], 3);

    let failed: Vec<&Value> = lines
        .iter()
        .filter(|line| line["fields"]["message"] == "close")
        .filter(|line| line["span"]["error.type"] == "Refused")
        .collect();
    assert_eq!(failed.len(), 2, "the model call and the agent");
}

#[test]
fn a_log_beside_opentelemetry_takes_nothing_away_and_adds_nothing() {
    let log = Log::default();
    let fmt = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(log.writer());
    let captured = Capture::new()
        .layer(fmt)
        .run(|| desk(Mood::Helpful).map(drop));

    for span in captured.spans.iter() {
        assert_eq!(span.keys_duplicated(), [""; 0], "{}", span.name());
    }
    crate::support::assert_model_call(captured.spans.find("chat small"));
    let line = log.line(&["team::model", "close"]);
    assert!(line.contains("gen_ai.request.model=\"small\""), "{line}");
}

#[test]
fn the_line_at_the_end_of_a_call_is_off_by_default() {
    let log = in_text(Mood::Helpful);
    assert!(!log.text().contains("call ended"), "{}", log.text());
}
