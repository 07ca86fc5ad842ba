//! The files of all processes as one tree.

use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use agent_trace::exporter::TreeExporter;
use opentelemetry::trace::{
    Link, SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState,
};
use opentelemetry::{InstrumentationScope, KeyValue, Value};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1 as common;
use opentelemetry_proto::tonic::common::v1::any_value::Value as Any;
use opentelemetry_proto::tonic::trace::v1::{self as otlp, status::StatusCode};
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanExporter as _, SpanLinks};

use super::AnyError;

/// A span, and the process that it is from.
struct Found {
    span: SpanData,
    service: String,
}

type Key = (TraceId, SpanId);

impl Found {
    fn key(&self) -> Key {
        let context = &self.span.span_context;
        (context.trace_id(), context.span_id())
    }

    /// `None` for a root.
    fn parent(&self) -> Option<Key> {
        let parent = self.span.parent_span_id;
        (parent != SpanId::INVALID).then(|| (self.span.span_context.trace_id(), parent))
    }
}

/// Prints every trace of the files, the service's name where it changes; says which files these are.
///
/// # Errors
///
/// A span whose parent, or a link whose target, is in none of the files.
pub(super) async fn show(files: &[PathBuf]) -> Result<(), AnyError> {
    let mut spans = Vec::new();
    let mut listed = String::new();
    for file in files {
        // Not every run has all processes.
        let Ok(lines) = fs::read_to_string(file) else {
            continue;
        };
        let before = spans.len();
        for line in lines.lines() {
            read(line, &mut spans).map_err(|error| format!("{}: {error}", file.display()))?;
        }
        listed.push_str(&line(file, spans.len() - before));
    }
    let services: HashMap<Key, String> = spans
        .iter()
        .map(|found| (found.key(), found.service.clone()))
        .collect();
    let links = |found: &Found| {
        let links = found.span.links.iter();
        let to = links.map(|link| (link.span_context.trace_id(), link.span_context.span_id()));
        to.collect::<Vec<_>>()
    };
    let lost = spans.iter().filter(|found| {
        let mut causes = links(found).into_iter().chain(found.parent());
        causes.any(|cause| !services.contains_key(&cause))
    });
    let lost: Vec<String> = lost.map(|found| found.span.name.to_string()).collect();

    print(spans, &services).await?;
    writeln!(std::io::stdout(), "\n{listed}")?;
    if lost.is_empty() {
        Ok(())
    } else {
        Err(format!("what caused these spans is in no file: {}", lost.join(", ")).into())
    }
}

fn line(file: &Path, spans: usize) -> String {
    format!("{} · {spans} spans\n", file.display())
}

async fn print(spans: Vec<Found>, services: &HashMap<Key, String>) -> Result<(), AnyError> {
    let mut traces: HashMap<TraceId, Vec<SpanData>> = HashMap::new();
    for mut found in spans {
        let above = found.parent().and_then(|parent| services.get(&parent));
        if above != Some(&found.service) {
            found.span.name = format!("{}: {}", found.service, found.span.name).into();
        }
        let trace = found.span.span_context.trace_id();
        traces.entry(trace).or_default().push(found.span);
    }
    let mut traces: Vec<_> = traces.into_values().collect();
    let began = |spans: &Vec<SpanData>| spans.iter().map(|span| span.start_time).min();
    traces.sort_by_key(began);
    let exporter = TreeExporter::stdout();
    for trace in traces {
        exporter.export(trace).await?;
    }
    exporter.force_flush()?;
    Ok(())
}

/// Reads one line of OTLP JSON.
fn read(line: &str, spans: &mut Vec<Found>) -> Result<(), AnyError> {
    let request: ExportTraceServiceRequest = serde_json::from_str(line)?;
    for resource_spans in request.resource_spans {
        let resource = resource_spans.resource.unwrap_or_default();
        let attributes = resource.attributes.into_iter().filter_map(attribute);
        let name = attributes.filter(|attribute| attribute.key.as_str() == "service.name");
        let service = name.map(|name| name.value.to_string()).collect::<String>();
        for span in resource_spans.scope_spans.into_iter().flat_map(|s| s.spans) {
            spans.push(Found {
                span: span_data(span)?,
                service: service.clone(),
            });
        }
    }
    Ok(())
}

fn span_data(span: otlp::Span) -> Result<SpanData, AnyError> {
    let mut links = SpanLinks::default();
    for link in span.links {
        let to = context(&link.trace_id, &link.span_id)?;
        let attributes = link.attributes.into_iter().filter_map(attribute).collect();
        links.links.push(Link::new(to, attributes, 0));
    }
    let at = |nanos| UNIX_EPOCH + Duration::from_nanos(nanos);
    let attributes = span.attributes.into_iter().filter_map(attribute);
    Ok(SpanData {
        span_context: context(&span.trace_id, &span.span_id)?,
        parent_span_id: if span.parent_span_id.is_empty() {
            SpanId::INVALID
        } else {
            SpanId::from_bytes(span.parent_span_id.as_slice().try_into()?)
        },
        // All processes are in this one picture.
        parent_span_is_remote: false,
        span_kind: SpanKind::Internal,
        name: span.name.into(),
        start_time: at(span.start_time_unix_nano),
        end_time: at(span.end_time_unix_nano),
        attributes: attributes.filter(is_drawn).collect(),
        dropped_attributes_count: 0,
        events: SpanEvents::default(),
        links,
        status: match span.status {
            Some(status) if status.code == StatusCode::Error as i32 => {
                Status::error(status.message)
            }
            _ => Status::Unset,
        },
        instrumentation_scope: InstrumentationScope::builder("merged").build(),
    })
}

/// What the tree makes something of. The rest it would take for fields of the application.
fn is_drawn(attribute: &KeyValue) -> bool {
    let key = attribute.key.as_str();
    key == "error.type" || key.starts_with("gen_ai.") || key.starts_with("agent_trace.")
}

fn context(trace: &[u8], span: &[u8]) -> Result<SpanContext, AnyError> {
    let trace = TraceId::from_bytes(trace.try_into()?);
    let span = SpanId::from_bytes(span.try_into()?);
    let (flags, state) = (TraceFlags::SAMPLED, TraceState::NONE);
    Ok(SpanContext::new(trace, span, flags, true, state))
}

/// Attributes of the plain types.
fn attribute(attribute: common::KeyValue) -> Option<KeyValue> {
    let value = match attribute.value?.value? {
        Any::StringValue(text) => Value::from(text),
        Any::BoolValue(value) => Value::from(value),
        Any::IntValue(value) => Value::from(value),
        Any::DoubleValue(value) => Value::from(value),
        Any::ArrayValue(list) => {
            let texts = list.values.into_iter().filter_map(|item| match item.value {
                Some(Any::StringValue(text)) => Some(text.into()),
                _ => None,
            });
            Value::Array(opentelemetry::Array::String(texts.collect()))
        }
        _ => return None,
    };
    Some(KeyValue::new(attribute.key, value))
}
