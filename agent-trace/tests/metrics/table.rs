//! Every metric is the registry's: name, unit, instrument, type, boundaries, attributes and their types.

use crate::calls::{self, Chunk, Overloaded, Reply, usage};
use crate::measured::Measured;
use agent_trace::metrics::Mcp;
use agent_trace::semconv::{
    AttributeId, Instrument, MetricInfo, Requirement, SCHEMA_URL, SignalAttribute, ValueType,
    attribute, metric,
};
use agent_trace::testing::Capture;
use opentelemetry::{KeyValue, Value};
use opentelemetry_sdk::metrics::data::{AggregatedMetrics, Metric, MetricData};
use std::collections::BTreeSet;
use std::time::Duration;

/// Calls of every kind, of which some fail, by known providers.
fn everything() {
    let reply = || Reply {
        usage: Some(usage(10, 5)),
        model: Some("small-2026"),
        ..Reply::default()
    };
    let _ = calls::workflow(|| {
        calls::create();
        let _ = calls::agent("writer", || {
            calls::plan();
            for provider in ["acme", "openai"] {
                let _ = calls::ask(provider, Ok(reply()));
                let _ = calls::ask(provider, Err(Overloaded));
            }
            let chunks = vec![
                Ok(Chunk(None)),
                Ok(Chunk(None)),
                Ok(Chunk(Some(usage(3, 2)))),
            ];
            calls::take(calls::stream(chunks), 9);
            calls::embed();
            calls::fetch();
            let _ = calls::retrieve();
            calls::remember();
            calls::rerank();
            let _ = calls::tool("search", || Ok(()));
            calls::tool("search", || Err(Overloaded))
        });
        calls::remote()
    });
    let about = [
        KeyValue::new(attribute::MCP_METHOD_NAME, "tools/call"),
        KeyValue::new(attribute::GEN_AI_TOOL_NAME, "search"),
        KeyValue::new(attribute::GEN_AI_OPERATION_NAME, "execute_tool"),
        KeyValue::new(attribute::ERROR_TYPE, "tool_error"),
        KeyValue::new(attribute::NETWORK_TRANSPORT, "pipe"),
        // What only who asks for it gets, and what is no attribute of metrics.
        KeyValue::new(attribute::MCP_RESOURCE_URI, "file:///secret"),
        KeyValue::new(attribute::MCP_SESSION_ID, "s1"),
    ];
    let all = [
        Mcp::ClientOperation,
        Mcp::ServerOperation,
        Mcp::ClientSession,
        Mcp::ServerSession,
    ];
    for mcp in all {
        mcp.record(Duration::from_millis(30), &about);
    }
}

#[test]
fn every_metric_is_the_registrys() {
    let measured = Measured::of(Capture::new(), everything);
    let scopes: Vec<_> = measured.exported.scope_metrics().collect();
    assert_eq!(scopes.len(), 1);
    assert_eq!(scopes[0].scope().name(), "agent-trace");
    assert_eq!(scopes[0].scope().schema_url(), Some(SCHEMA_URL));

    let mut seen = BTreeSet::new();
    for exported in scopes[0].metrics() {
        let name = exported.name();
        let info = metric::ALL
            .into_iter()
            .find(|info| info.name == name)
            .unwrap_or_else(|| panic!("the registry has no `{name}`"));
        assert!(seen.insert(name), "{name} twice");
        assert_eq!(exported.unit(), info.unit, "{name}");
        assert!(!exported.description().is_empty(), "{name}");
        check_data(exported, info);
    }
    // A model server's own metrics are no client's to record.
    let clients = metric::ALL.into_iter().map(|info| info.name);
    let clients: BTreeSet<_> = clients
        .filter(|name| !name.starts_with("gen_ai.server."))
        .collect();
    assert_eq!(seen, clients);
}

fn check_data(exported: &Metric, info: &MetricInfo) {
    let name = info.name;
    match (exported.data(), info.instrument, info.value_type) {
        (AggregatedMetrics::U64(MetricData::Sum(sum)), Instrument::Counter, ValueType::Int) => {
            assert!(sum.is_monotonic(), "{name}");
            for point in sum.data_points() {
                check_attributes(info, point.attributes());
            }
        }
        (
            AggregatedMetrics::U64(MetricData::Histogram(histogram)),
            Instrument::Histogram,
            ValueType::Int,
        ) => {
            for point in histogram.data_points() {
                assert_eq!(
                    point.bounds().collect::<Vec<_>>(),
                    info.boundaries,
                    "{name}"
                );
                check_attributes(info, point.attributes());
            }
        }
        (
            AggregatedMetrics::F64(MetricData::Histogram(histogram)),
            Instrument::Histogram,
            ValueType::Double,
        ) => {
            for point in histogram.data_points() {
                assert_eq!(
                    point.bounds().collect::<Vec<_>>(),
                    info.boundaries,
                    "{name}"
                );
                check_attributes(info, point.attributes());
            }
        }
        (data, ..) => panic!(
            "{name} is {:?} of {:?}: {data:?}",
            info.instrument, info.value_type
        ),
    }
}

fn check_attributes<'a>(info: &MetricInfo, attributes: impl Iterator<Item = &'a KeyValue>) {
    let attributes: Vec<_> = attributes.collect();
    let provider = attributes
        .iter()
        .find(|kv| kv.key.as_str() == attribute::GEN_AI_PROVIDER_NAME)
        .map(|kv| kv.value.as_str());
    let refined = info
        .refinements
        .iter()
        .filter(|refinement| refinement.provider == provider.as_deref())
        .flat_map(|refinement| refinement.attributes);
    let listed: Vec<&SignalAttribute> = info.attributes.iter().chain(refined).collect();
    for kv in &attributes {
        let key = kv.key.as_str();
        let found = listed
            .iter()
            .find(|listed| listed.name() == key)
            .unwrap_or_else(|| panic!("{} does not list `{key}`", info.name));
        assert_ne!(
            found.requirement,
            Requirement::OptIn,
            "{}: {key}",
            info.name
        );
        let known = AttributeId::from_name(key).expect("an attribute of the registry");
        let is_typed = matches!(
            (known.info().value_type, &kv.value),
            (ValueType::String, Value::String(_)) | (ValueType::Int, Value::I64(_))
        );
        assert!(is_typed, "{}: {key} = {:?}", info.name, kv.value);
    }
    for listed in listed {
        if listed.requirement == Requirement::Required {
            let is_there = attributes.iter().any(|kv| kv.key.as_str() == listed.name());
            assert!(
                is_there,
                "{} without `{}`: {attributes:?}",
                info.name,
                listed.name()
            );
        }
    }
}

#[test]
fn attributes_are_those_of_the_span() {
    let measured = Measured::of(Capture::new(), everything);
    let points = |name| measured.metric(name).into_keys().collect::<Vec<_>>();
    assert_eq!(
        points("gen_ai.client.inference.duration"),
        [
            "error.type=Overloaded gen_ai.operation.name=chat gen_ai.provider.name=acme \
             gen_ai.request.model=small server.address=api.example.com server.port=8443",
            "error.type=Overloaded gen_ai.operation.name=chat gen_ai.provider.name=openai \
             gen_ai.request.model=small server.address=api.example.com server.port=8443",
            "gen_ai.operation.name=chat gen_ai.provider.name=acme gen_ai.request.model=small \
             gen_ai.response.model=small-2026",
            "gen_ai.operation.name=chat gen_ai.provider.name=acme gen_ai.request.model=small \
             gen_ai.response.model=small-2026 server.address=api.example.com server.port=8443",
            "gen_ai.operation.name=chat gen_ai.provider.name=openai gen_ai.request.model=small \
             gen_ai.response.model=small-2026 openai.response.service_tier=priority \
             server.address=api.example.com server.port=8443",
        ]
    );
    assert_eq!(
        points("gen_ai.execute_tool.duration"),
        [
            "error.type=Overloaded gen_ai.agent.name=writer gen_ai.tool.name=search gen_ai.tool.type=function",
            "gen_ai.agent.name=writer gen_ai.tool.name=search gen_ai.tool.type=function",
        ]
    );
    assert_eq!(
        points("gen_ai.invoke_agent.duration"),
        ["error.type=Overloaded gen_ai.agent.name=writer gen_ai.request.model=small"]
    );
    assert_eq!(
        points("gen_ai.invoke_workflow.duration"),
        ["error.type=Overloaded gen_ai.workflow.name=pipeline"]
    );
    assert_eq!(
        points("gen_ai.client.operation.duration"),
        [
            "error.type=Overloaded gen_ai.operation.name=invoke_agent gen_ai.provider.name=acme",
            "error.type=Overloaded gen_ai.operation.name=retrieval",
            "gen_ai.operation.name=create_agent gen_ai.provider.name=acme",
            "gen_ai.operation.name=embeddings gen_ai.provider.name=acme gen_ai.request.model=embed",
            "gen_ai.operation.name=fetch_response gen_ai.provider.name=acme",
            "gen_ai.operation.name=plan",
            "gen_ai.operation.name=rerank",
            "gen_ai.operation.name=search_memory",
        ]
    );
}
