//! Every operation: its name, its kind, and every option's attribute with the registry's type.

mod absent;
mod cases;
mod names;
mod own;
mod own_fields;

use agent_trace::exporter::FileExporter;
use agent_trace::semconv::{self, AttributeId, Requirement, SpanKind, ValueType};
use agent_trace::testing::{Capture, FinishedSpan};
use agent_trace_tests::conformance;
use opentelemetry::{Array, Value};
use opentelemetry_sdk::trace::{SdkTracerProvider, SpanExporter as _};

use self::cases::CASES;
use crate::sampling::Witness;
use crate::support::Log;

/// Every operation of the registry that the attributes cover has a case.
#[test]
fn the_table_is_complete() {
    for span_type in semconv::span::ALL {
        if span_type.selector != semconv::id::GEN_AI_OPERATION_NAME {
            continue;
        }
        for operation in span_type.operations {
            assert!(
                CASES.iter().any(|case| case.operation == *operation
                    && std::ptr::eq(case.span_type(), span_type)),
                "{operation} of {} has no case",
                span_type.id
            );
        }
    }
}

#[test]
fn names_and_kinds() {
    for case in CASES {
        let spans = case.spans();
        let span = spans.only();
        assert_eq!(span.name(), case.name);
        let kind = match span.kind() {
            opentelemetry::trace::SpanKind::Client => SpanKind::Client,
            opentelemetry::trace::SpanKind::Internal => SpanKind::Internal,
            other => panic!("{} is {other:?}", case.name),
        };
        assert_eq!(kind, case.span_type().kind, "{}", case.name);
        span.assert_unset();
    }
}

#[test]
fn every_option_has_its_attribute_and_nothing_else_is_written() {
    for case in CASES {
        let spans = case.spans();
        let span = spans.only();
        let mut expected: Vec<&str> = case.given.to_vec();
        expected.push("gen_ai.operation.name");
        expected.sort_unstable();
        let mut found: Vec<&str> = span
            .attributes()
            .keys()
            .into_iter()
            .filter(|key| !key.starts_with("agent_trace."))
            .collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{}", case.name);
        span.assert_attr("gen_ai.operation.name", case.operation);
    }
}

fn provider(span: &FinishedSpan) -> &str {
    span.str("gen_ai.provider.name").unwrap_or_default()
}

#[test]
fn attributes_are_listed_and_typed() {
    for case in CASES {
        let spans = case.spans();
        let span = spans.only();
        for kv in span.attributes().as_slice() {
            let key = kv.key.as_str();
            let id = AttributeId::from_name(key).unwrap_or_else(|| panic!("{key} is unknown"));
            assert!(
                key.starts_with("agent_trace.") || case.span_type().lists_for(id, provider(span)),
                "{key} does not belong on {}",
                case.name
            );
            let fits = match id.info().value_type {
                ValueType::String => matches!(kv.value, Value::String(_)),
                ValueType::Int => matches!(kv.value, Value::I64(_)),
                ValueType::Double => matches!(kv.value, Value::F64(_)),
                ValueType::Bool => matches!(kv.value, Value::Bool(_)),
                ValueType::Strings => matches!(kv.value, Value::Array(Array::String(_))),
                ref other => panic!("{key} is {other:?}"),
            };
            assert!(fits, "{key} is {:?} on {}", kv.value, case.name);
        }
    }
}

#[test]
fn required_attributes_are_there() {
    for case in CASES {
        let spans = case.spans();
        let span = spans.only();
        for attribute in case.span_type().attributes {
            if attribute.requirement == Requirement::Required {
                assert!(
                    span.get(attribute.name()).is_some(),
                    "{} is required on {}",
                    attribute.name(),
                    case.name
                );
            }
        }
    }
}

/// What the registry marks for samplers is known when the span starts, for everything that was given.
#[test]
fn samplers_see_what_the_registry_marks() {
    for case in CASES {
        for activation in [true, false] {
            let witness = Witness::default();
            let captured = Capture::new()
                .sampler(witness.clone())
                .with_context_activation(activation)
                .run(case.run);
            let span = captured.spans.only();
            let asked = &witness.asked()[0];
            assert_eq!(asked.name, case.name);
            assert_eq!(asked.kind, span.kind(), "{}", case.name);
            for attribute in case.span_type().attributes {
                let key = attribute.name();
                let identifies = matches!(
                    key,
                    "gen_ai.operation.name"
                        | "gen_ai.provider.name"
                        | "gen_ai.request.model"
                        | "server.address"
                        | "server.port"
                );
                if attribute.sampling || identifies {
                    assert_eq!(asked.get(key), span.get(key), "{key} of {}", case.name);
                }
            }
        }
    }
}

#[test]
fn the_conformance_checker_agrees() {
    let file = Log::default();
    let exporter = FileExporter::new(file.clone());
    let provider = SdkTracerProvider::builder()
        .with_simple_exporter(exporter)
        .build();
    let batch: Vec<_> = CASES
        .iter()
        .flat_map(|case| case.spans().to_data())
        .collect();
    let count = batch.len();
    let direct = FileExporter::new(file.clone());
    futures_util::FutureExt::now_or_never(direct.export(batch))
        .expect("a file needs no waiting")
        .expect("a file");
    drop(direct);
    provider.shutdown().expect("a file");
    let report = conformance::check(&file.text()).expect("OTLP JSON");
    assert_eq!(report.spans.len(), count);
    // Each case is a trace of its own, made by the same counting ids.
    let violations: Vec<String> = report.violations.iter().map(ToString::to_string).collect();
    assert_eq!(violations, [""; 0]);
}
