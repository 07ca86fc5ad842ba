//! The events of calls as log records: the registry's, beside the span, once.

#![cfg(all(feature = "logs", feature = "testing"))]

use agent_trace::events::Events;
use agent_trace::llm::{LlmResponse, ResponseInfo, Usage};
use agent_trace::semconv::{
    AttributeId, EventInfo, Requirement, SCHEMA_URL, ValueType, attribute, event,
};
use agent_trace::testing::{Capture, Captured};
use agent_trace::{Evaluation, agent_span, current, llm_call, tool_call};
use opentelemetry::Key;
use opentelemetry::logs::AnyValue;
use opentelemetry_sdk::logs::{InMemoryLogExporter, SdkLogRecord, SdkLoggerProvider};
use opentelemetry_sdk::trace::Sampler;
use std::io;

struct Reply;

impl LlmResponse for Reply {
    fn info(&self) -> ResponseInfo {
        let mut usage = Usage::default();
        usage.input_tokens = Some(10);
        let mut info = ResponseInfo::default();
        info.id = Some("r1".into());
        info.usage = Some(usage);
        info.finish_reasons.push("stop".into());
        info
    }
}

#[llm_call(
    provider = "acme",
    model = "small",
    server = "http://localhost:8080",
    temperature = 0.5,
    max_tokens = 100,
    stop_sequences = ["a", "b"],
    fields(shop.order = 7)
)]
fn ask(fails: bool) -> Result<Reply, io::Error> {
    current().evaluation(
        Evaluation::new("relevance")
            .score(0.9)
            .label("pass")
            .response_id("r1"),
    );
    if fails {
        return Err(io::Error::new(io::ErrorKind::TimedOut, "too slow"));
    }
    Ok(Reply)
}

#[tool_call]
fn break_tool() -> Result<(), io::Error> {
    Err(io::Error::new(io::ErrorKind::NotFound, "no such page"))
}

#[tool_call(operation = "retrieval", data_source = "docs")]
fn retrieve() -> Result<(), io::Error> {
    Err(io::Error::new(io::ErrorKind::PermissionDenied, "not yours"))
}

#[agent_span(conversation = "c1")]
fn desk(fails: bool) -> Result<(), io::Error> {
    let _ = break_tool();
    let _ = retrieve();
    ask(fails).map(|_| ())
}

/// Runs `block` with events of its own.
fn told<T>(capture: Capture, block: impl FnOnce() -> T) -> (Captured<T>, Vec<SdkLogRecord>) {
    let exporter = InMemoryLogExporter::default();
    let provider = SdkLoggerProvider::builder()
        .with_simple_exporter(exporter.clone())
        .build();
    let captured = capture.layer(Events::new(&provider)).run(block);
    let told = exporter.get_emitted_logs().expect("in memory");
    for log in &told {
        assert_eq!(log.instrumentation.name(), "agent-trace");
        assert_eq!(log.instrumentation.schema_url(), Some(SCHEMA_URL));
    }
    let records = told.into_iter().map(|log| log.record).collect();
    (captured, records)
}

fn names(records: &[SdkLogRecord]) -> Vec<&str> {
    records
        .iter()
        .filter_map(SdkLogRecord::event_name)
        .collect()
}

fn get<'a>(record: &'a SdkLogRecord, key: &str) -> Option<&'a AnyValue> {
    let mut attributes = record.attributes_iter();
    let found: Option<&(Key, AnyValue)> = attributes.find(|(own, _)| own.as_str() == key);
    found.map(|(_, value)| value)
}

const DETAILS: &str = "gen_ai.client.inference.operation.details";
const EVALUATION: &str = "gen_ai.evaluation.result";
const EXCEPTION: &str = "gen_ai.client.operation.exception";

#[test]
fn every_event_is_the_registrys() {
    let (_, records) = told(Capture::new(), || {
        let _ = desk(true);
        desk(false)
    });
    for record in &records {
        let name = record.event_name().expect("an event");
        let info = event::ALL.into_iter().find(|info| info.name == name);
        check(
            record,
            info.unwrap_or_else(|| panic!("the registry has no `{name}`")),
        );
    }
    let mut seen = names(&records);
    seen.sort_unstable();
    seen.dedup();
    let mut all: Vec<_> = event::ALL
        .into_iter()
        .map(|info| info.name)
        .filter(|name| name.starts_with("gen_ai."))
        .collect();
    all.sort_unstable();
    assert_eq!(seen, all);
}

fn check(record: &SdkLogRecord, info: &EventInfo) {
    let name = info.name;
    let severity = record.severity_number().map(|severity| severity as u8);
    assert_eq!(
        severity,
        info.severity.map(|severity| severity.number),
        "{name}"
    );
    let text = info.severity.map(|severity| severity.text);
    assert_eq!(record.severity_text(), text, "{name}");
    assert!(record.timestamp().is_some(), "{name}");
    assert_eq!(record.body(), None, "{name}");
    for (key, value) in record.attributes_iter() {
        let listed = info
            .attributes
            .iter()
            .find(|listed| listed.name() == key.as_str());
        let listed = listed.unwrap_or_else(|| panic!("{name} does not list `{key}`"));
        // Content is asked for by nobody here.
        assert_ne!(listed.requirement, Requirement::OptIn, "{name}: {key}");
        let known = AttributeId::from_name(key.as_str()).expect("of the registry");
        let is_typed = match (known.info().value_type, value) {
            (ValueType::Strings, AnyValue::ListAny(list)) => {
                list.iter().all(|item| matches!(item, AnyValue::String(_)))
            }
            (ValueType::String, AnyValue::String(_))
            | (ValueType::Int, AnyValue::Int(_))
            | (ValueType::Double, AnyValue::Double(_))
            | (ValueType::Bool, AnyValue::Boolean(_)) => true,
            _ => false,
        };
        assert!(is_typed, "{name}: {key} = {value:?}");
    }
    for listed in info.attributes {
        if listed.requirement == Requirement::Required {
            assert!(
                get(record, listed.name()).is_some(),
                "{name}: {}",
                listed.name()
            );
        }
    }
}

#[test]
fn details_are_what_the_span_carries() {
    let (captured, records) = told(Capture::new(), || desk(false));
    let details = records
        .iter()
        .find(|record| record.event_name() == Some(DETAILS))
        .expect("an inference");
    let span = captured.spans.find("chat small");
    let own = span.attributes();
    let listed = event::CLIENT_INFERENCE_OPERATION_DETAILS.listed;
    let carried: Vec<&str> = own
        .keys()
        .into_iter()
        .filter(|key| AttributeId::from_name(key).is_some_and(|id| listed.contains(id)))
        .collect();
    assert_eq!(details.attributes_iter().count(), carried.len());
    for key in carried {
        assert!(get(details, key).is_some(), "{key}");
    }
    assert_eq!(
        get(details, attribute::SERVER_PORT),
        Some(&AnyValue::Int(8080))
    );
    assert_eq!(
        get(details, attribute::GEN_AI_USAGE_INPUT_TOKENS),
        Some(&AnyValue::Int(10))
    );
    let conversation = get(details, attribute::GEN_AI_CONVERSATION_ID);
    assert_eq!(conversation, Some(&AnyValue::String("c1".into())));
    // Own attributes, and own fields, are the span's alone.
    assert!(get(details, "shop.order").is_none());
}

#[test]
fn an_error_is_told_once_where_it_arose() {
    let (captured, records) = told(Capture::new(), || desk(true));
    let errors: Vec<_> = records
        .iter()
        .filter(|record| record.event_name() == Some(EXCEPTION))
        .map(|record| (record, record.trace_context().expect("a span").span_id))
        .collect();
    let id = |name: &str| captured.spans.find(name).id();
    // Not by the agent that passes it on. A tool is no operation of a client: its span has the error.
    let found: Vec<_> = errors.iter().map(|(_, id)| *id).collect();
    assert_eq!(found, [id("retrieval docs"), id("chat small")]);
    let message = get(errors[1].0, attribute::EXCEPTION_MESSAGE);
    assert_eq!(message, Some(&AnyValue::String("too slow".into())));
    let details = records.last().expect("the call's end");
    assert_eq!(details.event_name(), Some(DETAILS));
    assert_eq!(
        get(details, attribute::ERROR_TYPE),
        Some(&AnyValue::String("TimedOut".into()))
    );
}

#[test]
fn records_belong_to_their_span_with_any_sampler_and_layer() {
    let run = |capture| {
        let (captured, records) = told(capture, || desk(false));
        assert_eq!(names(&records), [EXCEPTION, EVALUATION, DETAILS]);
        (captured, records)
    };
    for activation in [true, false] {
        let (captured, records) = run(Capture::new().with_context_activation(activation));
        let call = captured.spans.find("chat small");
        for record in &records[1..] {
            let context = record.trace_context().expect("a span");
            assert_eq!(
                (context.trace_id, context.span_id),
                (call.trace_id(), call.id())
            );
            assert!(context.trace_flags.is_some_and(|flags| flags.is_sampled()));
        }

        let off = Capture::new()
            .with_context_activation(activation)
            .sampler(Sampler::AlwaysOff);
        let (captured, unsampled) = run(off);
        assert!(captured.spans.is_empty());
        for (record, sampled) in unsampled.iter().zip(&records) {
            let context = record.trace_context().expect("a span");
            assert!(context.trace_flags.is_some_and(|flags| !flags.is_sampled()));
            let keys = |record: &SdkLogRecord| {
                let keys = record.attributes_iter().map(|(key, _)| key.to_string());
                keys.collect::<Vec<_>>()
            };
            assert_eq!(keys(record), keys(sampled), "nothing is missing");
        }
        assert_ne!(
            unsampled[0].trace_context().map(|context| context.span_id),
            unsampled[1].trace_context().map(|context| context.span_id)
        );
    }
}
