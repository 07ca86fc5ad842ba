//! The tables are consistent in themselves.

use std::collections::BTreeSet;

use agent_trace::llm::Provider;
use agent_trace::semconv::{
    ATTRIBUTES, AttributeId, AttributeSet, Instrument, NameSegment, Origin, Requirement, Signal,
    SignalAttribute, SpanKind, ValueType, deprecated, entity, event, id, metric, operation,
    provider, span, span_type, value,
};

use crate::generator::repository;

#[test]
fn attributes_are_sorted_and_found() {
    assert!(ATTRIBUTES.is_sorted_by(|left, right| left.name < right.name));
    for (at, info) in ATTRIBUTES.iter().enumerate() {
        assert_eq!(info.id.index(), at);
        assert_eq!(info.id.name(), info.name);
        assert_eq!(AttributeId::from_name(info.name), Some(info.id));
    }
    for unknown in [
        "",
        "gen_ai",
        "gen_ai.request.modal",
        "zzz",
        "gen_ai.prompt.variable.city",
    ] {
        assert_eq!(AttributeId::from_name(unknown), None);
    }
    let count = |origin| {
        ATTRIBUTES
            .iter()
            .filter(|info| info.origin == origin)
            .count()
    };
    assert_eq!((count(Origin::GenAi), count(Origin::Core)), (89, 20));
}

#[test]
fn own_attributes_are_those_of_the_yaml_file() {
    let yaml = std::fs::read_to_string(repository().join("agent-trace/semconv/agent_trace.yaml"))
        .expect("the file is there");
    let written: BTreeSet<&str> = yaml
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- id: agent_trace."))
        .collect();
    let known: BTreeSet<&str> = ATTRIBUTES
        .iter()
        .filter(|info| info.origin == Origin::Own)
        .map(|info| {
            info.name
                .strip_prefix("agent_trace.")
                .expect("our namespace")
        })
        .collect();
    assert_eq!(written, known);
    assert!(known.len() >= 20);
    assert!(
        span::ALL
            .iter()
            .all(|t| t.listed.iter().all(|id| id.info().origin != Origin::Own))
    );
}

#[test]
fn masks_agree_with_lists() {
    for span_type in span::ALL {
        agrees(span_type.id, span_type.attributes, &span_type.listed);
        for info in &ATTRIBUTES {
            let entry = span_type
                .attributes
                .iter()
                .find(|entry| entry.id == info.id);
            assert_eq!(span_type.lists(info.id), entry.is_some(), "{}", info.name);
            assert_eq!(
                span_type.requirement(info.id),
                entry.map(|entry| entry.requirement)
            );
            let sampling = entry.is_some_and(|entry| entry.sampling);
            assert_eq!(
                span_type.sampling.contains(info.id),
                sampling,
                "{}",
                info.name
            );
            for refinement in span_type.refinements {
                let own = refinement
                    .attributes
                    .iter()
                    .any(|entry| entry.id == info.id);
                let listed = own || entry.is_some();
                assert_eq!(refinement.listed.contains(info.id), listed, "{}", info.name);
                if let Some(provider) = refinement.provider {
                    assert!(
                        !own || span_type.lists_for(info.id, provider),
                        "{}",
                        info.name
                    );
                }
            }
        }
    }
    for event in event::ALL.into_iter().chain(event::OWN) {
        agrees(event.name, event.attributes, &event.listed);
    }
    for metric in metric::ALL {
        agrees(metric.name, metric.attributes, &metric.listed);
    }
}

fn agrees(of: &str, list: &[SignalAttribute], set: &AttributeSet) {
    let from_list: BTreeSet<&str> = list.iter().map(SignalAttribute::name).collect();
    let from_set: BTreeSet<&str> = set.iter().map(AttributeId::name).collect();
    assert_eq!(from_list, from_set, "{of}");
    assert_eq!(
        (list.len(), set.is_empty()),
        (set.len(), list.is_empty()),
        "{of} repeats one"
    );
}

#[test]
fn refinements_are_for_their_provider() {
    let tier = id::OPENAI_RESPONSE_SERVICE_TIER;
    assert!(!span::INFERENCE.lists(tier));
    assert!(span::INFERENCE.lists_for(tier, "openai"));
    assert!(span::FETCH_RESPONSE.lists_for(tier, "openai"));
    assert!(!span::INFERENCE.lists_for(tier, "anthropic"));
    assert!(!span::EMBEDDINGS.lists_for(tier, "openai"));
    // A use that any provider's tools may have.
    assert!(span::EXECUTE_TOOL.lists_for(id::GEN_AI_SKILL_NAME, ""));
    let refinements: usize = span::ALL
        .iter()
        .map(|span_type| span_type.refinements.len())
        .sum();
    assert_eq!((span::ALL.len(), refinements), (13, 8));
}

#[test]
fn every_operation_selects_a_type() {
    const INSIDE: &str = match span_type(operation::INVOKE_AGENT, false) {
        Some(found) => found.id,
        None => "none",
    };
    assert_eq!(INSIDE, span::INVOKE_AGENT_INTERNAL.id);
    for name in operation::ALL {
        for remote in [false, true] {
            let found = span_type(name, remote).expect("the operation has a type");
            assert!(found.operations.contains(name), "{name}");
            assert!(!found.id.starts_with("mcp."), "{name}");
        }
    }
    let remote = span_type(operation::INVOKE_AGENT, true).expect("a type");
    assert_eq!(
        (remote.id, remote.kind),
        ("gen_ai.invoke_agent.client", SpanKind::Client)
    );
    assert!(span::INFERENCE.permits(SpanKind::Internal));
    assert!(!span::EMBEDDINGS.permits(SpanKind::Internal));
    assert!(span_type("", false).is_none() && span_type("chats", false).is_none());
}

#[test]
fn names_are_rendered_as_the_conventions_say() {
    let value = |wanted: AttributeId| match wanted {
        id::GEN_AI_OPERATION_NAME => Some("execute_tool"),
        id::GEN_AI_TOOL_NAME => Some("search"),
        id::GEN_AI_SKILL_NAME => Some("web"),
        id::GEN_AI_AGENT_NAME => Some(""),
        id::MCP_METHOD_NAME => Some("tools/call"),
        _ => None,
    };
    assert_eq!(span::EXECUTE_TOOL.span_name(value), "execute_tool search");
    assert_eq!(span::EXECUTE_TOOL.span_name(|_| None), "execute_tool");
    assert_eq!(span::INVOKE_AGENT_INTERNAL.span_name(value), "invoke_agent");
    assert_eq!(span::MCP_CLIENT.span_name(value), "tools/call search");
    let skill = &span::EXECUTE_TOOL.refinements[0];
    assert_eq!(
        skill.name_formats[0].render(value).as_deref(),
        Some("execute_tool search web")
    );
    for span_type in span::ALL {
        for format in span_type.name_formats {
            let parts: Vec<String> = format.segments.iter().map(written).collect();
            assert_eq!(parts.join(" "), format.text);
        }
    }
}

fn written(segment: &NameSegment) -> String {
    match segment {
        NameSegment::Literal(text) => (*text).to_owned(),
        NameSegment::Attribute(id) => format!("{{{id}}}"),
        _ => "{target}".to_owned(),
    }
}

#[test]
fn deprecated_names_are_not_live_and_their_replacements_are() {
    let live: BTreeSet<&str> = ATTRIBUTES
        .iter()
        .map(|info| info.name)
        .chain(span::ALL.iter().map(|span_type| span_type.id))
        .chain(event::ALL.iter().map(|event| event.name))
        .chain(metric::ALL.iter().map(|metric| metric.name))
        .collect();
    for old in &deprecated::ALL {
        assert!(!live.contains(old.name), "{} is live", old.name);
        for replacement in old.replacements {
            assert!(
                live.contains(replacement),
                "{} has a dead successor",
                old.name
            );
        }
    }
    let system = deprecated::ALL
        .iter()
        .find(|old| old.name == "gen_ai.system");
    let system = system.expect("the best known one");
    assert_eq!(
        (system.signal, system.replacements),
        (Signal::Attribute, &["gen_ai.provider.name"][..])
    );
    assert_eq!(deprecated::ALL.len(), 26);
}

#[test]
fn metrics_and_events_say_what_a_recorder_needs() {
    for metric in metric::ALL {
        let histogram = metric.instrument == Instrument::Histogram;
        assert_eq!(histogram, !metric.boundaries.is_empty(), "{}", metric.name);
        assert!(
            metric.boundaries.is_sorted_by(|left, right| left < right),
            "{}",
            metric.name
        );
        assert!(matches!(
            metric.value_type,
            ValueType::Int | ValueType::Double
        ));
        assert_eq!(
            metric.unit == "s",
            metric.value_type == ValueType::Double,
            "{}",
            metric.name
        );
    }
    let refined: Vec<_> = metric::ALL
        .iter()
        .flat_map(|metric| metric.refinements)
        .collect();
    assert!(
        refined
            .iter()
            .all(|refinement| refinement.provider == Some("openai"))
    );
    assert_eq!((metric::ALL.len(), refined.len()), (23, 9));
    let details = &event::CLIENT_INFERENCE_OPERATION_DETAILS;
    assert_eq!(details.severity.expect("a severity").number, 5);
    assert_eq!(details.requirement, Requirement::Recommended);
    assert_eq!((event::ALL.len(), entity::ALL.len()), (3, 1));
    assert_eq!(entity::MAIN_AGENT.identity, [id::GEN_AI_MAIN_AGENT_ID]);
}

#[test]
fn own_events_are_those_of_the_yaml_file() {
    let yaml = std::fs::read_to_string(repository().join("agent-trace/semconv/agent_trace.yaml"))
        .expect("the file is there");
    let written: Vec<&str> = yaml
        .lines()
        .filter_map(|line| line.strip_prefix("    name: "))
        .collect();
    let known = event::OWN.map(|event| event.name);
    assert_eq!(written, known);
    for event in event::OWN {
        assert!(event.name.starts_with("agent_trace."), "{}", event.name);
        assert!(!event.attributes.is_empty(), "{}", event.name);
        assert!(event::ALL.iter().all(|other| other.name != event.name));
    }
    assert_eq!(
        id::AGENT_TRACE_STATE_SIZES.info().value_type,
        ValueType::Ints
    );
}

#[test]
fn own_values_are_those_the_runtime_writes() {
    assert_eq!(value::outcome::ALL, ["cancelled", "abandoned", "expected"]);
    assert_eq!(value::link_type::ALL.len(), 7);
    assert_eq!(id::AGENT_TRACE_OUTCOME.info().values, value::outcome::ALL);
}

/// The vocabulary crate knows no generated table, so its constants are compared here.
#[test]
fn the_vocabulary_has_every_provider() {
    let constants = [
        Provider::ANTHROPIC,
        Provider::AWS_BEDROCK,
        Provider::AZURE_AI_INFERENCE,
        Provider::AZURE_AI_OPENAI,
        Provider::COHERE,
        Provider::DEEPSEEK,
        Provider::GCP_GEMINI,
        Provider::GCP_GEN_AI,
        Provider::GCP_VERTEX_AI,
        Provider::GROQ,
        Provider::IBM_WATSONX_AI,
        Provider::MISTRAL_AI,
        Provider::MOONSHOT_AI,
        Provider::OPENAI,
        Provider::PERPLEXITY,
        Provider::X_AI,
    ];
    let known: BTreeSet<&str> = constants.iter().map(Provider::as_str).collect();
    assert_eq!(known, provider::ALL.iter().copied().collect());
}
