//! The rules for one span.

use std::collections::{BTreeMap, BTreeSet};

use agent_trace::semconv::{
    ATTRIBUTES, AttributeId, AttributeInfo, DeprecatedName, Requirement, Signal, SpanKind,
    SpanType, ValueType, attribute, deprecated, id, span, value,
};

use super::{Findings, Kind, Rule, Span, Status, Value, World};

/// The namespaces in which every attribute must be a known one.
const CLOSED: [&str; 2] = ["gen_ai.", "agent_trace."];

/// The namespaces whose attributes must be listed by the span type they are on.
const LISTED: [&str; 2] = ["gen_ai.", "mcp."];

pub(super) fn check_span(span: &Span, world: &World, found: &mut Findings<'_>) {
    unique(span, found);
    form(span, world, found);
    links(span, world, found);
    for (key, value) in &span.attributes {
        one_attribute(key, value, found);
    }
    let method = span.text(attribute::MCP_METHOD_NAME);
    let operation = span.text(attribute::GEN_AI_OPERATION_NAME);
    if let Some(selected) = operation.or(method) {
        *found.operations.entry(selected.to_owned()).or_default() += 1;
        status(span, found);
        match span_type(span) {
            Some((span_type, candidates)) => typed(span, span_type, &candidates, found),
            None => found.note(format!("own operation {selected}")),
        }
    }
}

fn unique(span: &Span, found: &mut Findings<'_>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, _) in &span.attributes {
        *counts.entry(key).or_default() += 1;
    }
    for (key, count) in counts.into_iter().filter(|(_, count)| *count > 1) {
        found.bad(
            Rule::Unique,
            format!("attribute {key} occurs {count} times"),
        );
    }
}

fn form(span: &Span, world: &World, found: &mut Findings<'_>) {
    if !is_id(&span.trace_id, 32) || !is_id(&span.span_id, 16) {
        found.bad(Rule::Ids, "malformed trace or span id");
    }
    if span.end < span.start {
        found.bad(Rule::Times, "ends before it starts");
    }
    if let Some(parent) = &span.parent_span_id
        && !span.remote_parent
        && !world.has(&span.trace_id, parent)
    {
        found.bad(Rule::Parent, format!("parent {parent} is in no line"));
    }
}

fn is_id(text: &str, length: usize) -> bool {
    text.len() == length
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn links(span: &Span, world: &World, found: &mut Findings<'_>) {
    for link in &span.links {
        let kind = link.text(attribute::AGENT_TRACE_LINK_TYPE);
        *found
            .links
            .entry(kind.unwrap_or("(none)").to_owned())
            .or_default() += 1;
        if let Some(kind) = kind
            && !value::link_type::ALL.contains(&kind)
        {
            found.bad(Rule::Link, format!("link of unknown type {kind}"));
        }
        if world.traces.contains(&link.trace_id) && !world.has(&link.trace_id, &link.span_id) {
            found.bad(
                Rule::Link,
                format!("link to span {}, which is in no line", link.span_id),
            );
        }
    }
}

fn one_attribute(key: &str, value: &Value, found: &mut Findings<'_>) {
    let dead = |old: &&DeprecatedName| old.signal == Signal::Attribute && old.name == key;
    if let Some(known) = AttributeId::from_name(key) {
        // A template's own name, without a key, takes no value at all.
        let expected = known.info().value_type;
        if !fits(expected, value) {
            found.bad(
                Rule::Type,
                format!("{key} is {value:?}, the registry says {expected:?}"),
            );
        }
    } else if let Some(old) = deprecated::ALL.iter().find(dead) {
        let instead = old.replacements.join(", ");
        found.bad(
            Rule::Deprecated,
            format!("deprecated attribute {key} (now: {instead})"),
        );
    } else if template(key).is_some() {
        if !fits(ValueType::String, value) {
            found.bad(
                Rule::Type,
                format!("{key} is {value:?}, the registry says String"),
            );
        }
    } else if CLOSED.iter().any(|prefix| key.starts_with(prefix)) {
        found.bad(Rule::Unknown, format!("unknown attribute {key}"));
    }
}

/// The template attribute that a key completes.
fn template(key: &str) -> Option<AttributeId> {
    let of = |info: &&AttributeInfo| {
        info.value_type == ValueType::Template
            && key
                .strip_prefix(info.name)
                .is_some_and(|rest| rest.len() > 1 && rest.starts_with('.'))
    };
    ATTRIBUTES.iter().find(of).map(|info| info.id)
}

fn fits(expected: ValueType, value: &Value) -> bool {
    match (expected, value) {
        (ValueType::String, Value::String(_))
        | (ValueType::Int, Value::Int(_))
        | (ValueType::Double, Value::Double(_) | Value::Int(_))
        | (ValueType::Bool, Value::Bool(_))
        | (ValueType::Any, Value::Map(_) | Value::Array(_)) => true,
        (ValueType::Strings, Value::Array(items)) => {
            items.iter().all(|item| matches!(item, Value::String(_)))
        }
        (ValueType::Ints, Value::Array(items)) => {
            items.iter().all(|item| matches!(item, Value::Int(_)))
        }
        (ValueType::Any, Value::String(text)) => {
            serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
        }
        _ => false,
    }
}

fn status(span: &Span, found: &mut Findings<'_>) {
    let typed = span.attribute(attribute::ERROR_TYPE).is_some();
    match (span.status, typed) {
        (Status::Error, false) => found.bad(Rule::Status, "status ERROR without error.type"),
        (Status::Unset | Status::Ok, true) => {
            found.bad(Rule::Status, "error.type without status ERROR");
        }
        _ => {}
    }
    if span.status == Status::Ok {
        found.bad(
            Rule::Status,
            "status OK: instrumentation leaves success unset",
        );
    }
}

/// The type of a span, and the types among which its kind chose.
fn span_type(of: &Span) -> Option<(&'static SpanType, Vec<&'static SpanType>)> {
    let permits = |candidate: &SpanType, kind| native(kind).is_some_and(|k| candidate.permits(k));
    if of.attribute(attribute::MCP_METHOD_NAME).is_some() {
        let by_method = |t: &&SpanType| t.selector == id::MCP_METHOD_NAME && permits(t, of.kind);
        if let Some(found) = span::ALL.into_iter().find(by_method) {
            return Some((found, vec![found]));
        }
    }
    let operation = of.text(attribute::GEN_AI_OPERATION_NAME)?;
    let candidates: Vec<&'static SpanType> = span::ALL
        .into_iter()
        .filter(|t| t.selector == id::GEN_AI_OPERATION_NAME && t.operations.contains(&operation))
        .collect();
    let chosen = candidates
        .iter()
        .find(|t| permits(t, of.kind))
        .or(candidates.first())?;
    Some((chosen, candidates))
}

fn native(kind: Kind) -> Option<SpanKind> {
    match kind {
        Kind::Client => Some(SpanKind::Client),
        Kind::Server => Some(SpanKind::Server),
        Kind::Internal => Some(SpanKind::Internal),
        _ => None,
    }
}

fn typed(span: &Span, span_type: &SpanType, candidates: &[&SpanType], found: &mut Findings<'_>) {
    let permitted = |kind| candidates.iter().any(|candidate| candidate.permits(kind));
    if !native(span.kind).is_some_and(permitted) {
        let message = format!(
            "kind {:?}, the registry says {:?}",
            span.kind, span_type.kind
        );
        found.bad(Rule::Kind, message);
    }
    let allowed = names(span, span_type);
    if !allowed.contains(&span.name) {
        let allowed: Vec<&str> = allowed.iter().map(String::as_str).collect();
        found.bad(
            Rule::Name,
            format!("name, the registry says {}", allowed.join(" or ")),
        );
    }
    let operation = span
        .text(attribute::GEN_AI_OPERATION_NAME)
        .unwrap_or_default();
    for entry in span_type.attributes {
        if span.attribute(entry.name()).is_some() {
            continue;
        }
        match entry.requirement {
            Requirement::Required => found.bad(
                Rule::Required,
                format!("required attribute {} is missing", entry.name()),
            ),
            Requirement::Recommended if entry.condition.is_none() => {
                found.note(format!("{operation} without recommended {}", entry.name()));
            }
            _ => {}
        }
    }
    let provider = span
        .text(attribute::GEN_AI_PROVIDER_NAME)
        .unwrap_or_default();
    for (key, _) in &span.attributes {
        let known = AttributeId::from_name(key).or_else(|| template(key));
        if LISTED.iter().any(|prefix| key.starts_with(prefix))
            && known.is_some_and(|id| !span_type.lists_for(id, provider))
        {
            let message = format!("{key} does not belong on a {} span", span_type.id);
            found.bad(Rule::Listed, message);
        }
    }
}

/// The names that the forms permit with what the span has.
fn names(span: &Span, span_type: &SpanType) -> BTreeSet<String> {
    let value = |id: AttributeId| span.text(id.name());
    let refined = span_type
        .refinements
        .iter()
        .flat_map(|refinement| refinement.name_formats);
    let forms = span_type.name_formats.iter().chain(refined);
    let mut permitted: BTreeSet<String> = forms.filter_map(|form| form.render(value)).collect();
    // With nothing but the operation known, that is the name.
    permitted.insert(span_type.span_name(value));
    // The URI of a resource is not what we would put into a name, but it is not forbidden.
    if let (Some(method), Some(uri), None, None) = (
        span.text(attribute::MCP_METHOD_NAME),
        span.text(attribute::MCP_RESOURCE_URI),
        span.text(attribute::GEN_AI_TOOL_NAME),
        span.text(attribute::GEN_AI_PROMPT_NAME),
    ) {
        permitted.insert(format!("{method} {uri}"));
    }
    permitted
}
