//! `span.rs`: the span types.

use super::list::{constant_list, imports};
use super::table::stability;
use super::text::{Source, elements, listed};
use crate::Error;
use crate::naming::constant;
use crate::registry::{Refinement, Span};
use crate::table::Table;

pub(super) fn types(table: &Table) -> Result<String, Error> {
    let mut source = Source::new("The span types of the conventions.");
    let constants = table.span_constants();
    let mut entries = Vec::new();
    for span in &table.registry.spans {
        entries.extend(table.list(span.list)?);
    }
    for refinement in &table.registry.refinements {
        entries.extend(table.list(refinement.list)?);
    }
    imports(
        &mut source,
        &[
            "AttributeSet",
            "NameFormat",
            "NameSegment",
            "Refinement",
            "SignalAttribute",
            "SpanKind",
            "SpanType",
            "Stability",
            "id",
        ],
        entries.into_iter(),
    );
    source.blank();
    source.doc("", "Every span type.");
    source.line("#[rustfmt::skip]");
    source.line(format!(
        "pub static ALL: [&SpanType; {}] = [",
        constants.len()
    ));
    for name in &constants {
        source.line(format!("    &{name},"));
    }
    source.line("];");
    for (span, name) in table.registry.spans.iter().zip(&constants) {
        one(&mut source, table, span, name)?;
    }
    Ok(source.finish())
}

fn one(source: &mut Source, table: &Table, span: &Span, name: &str) -> Result<(), Error> {
    let refinements: Vec<&Refinement> = table
        .registry
        .refinements
        .iter()
        .filter(|refinement| refinement.of == span.id)
        .collect();
    source.blank();
    source.doc("", &description(span, &refinements));
    source.line("#[rustfmt::skip]");
    source.line(format!("pub static {name}: SpanType = SpanType {{"));
    source.line(format!("    id: {:?},", span.id));
    source.line(format!(
        "    stability: Stability::{},",
        stability(&span.stability)
    ));
    source.line(format!("    kind: SpanKind::{},", kind(&span.kind)));
    source.line(match &span.kind_may_be {
        Some(second) => format!("    kind_may_be: Some(SpanKind::{}),", kind(second)),
        None => "    kind_may_be: None,".to_owned(),
    });
    source.line(format!("    selector: id::{},", constant(&span.by)));
    let operations = span.operations.iter().map(String::as_str);
    source.line(format!("    operations: &[{}],", elements(operations)));
    source.line(format!("    name_formats: {name}_NAMES,"));
    source.line(format!("    attributes: {name}_ATTRIBUTES,"));
    source.line("    refinements: &[");
    for refinement in &refinements {
        let list = refinement_list(name, refinement);
        let names = names_of(span, name, refinement);
        source.line("        Refinement {");
        source.line(format!("            id: {:?},", refinement.id));
        source.line(format!("            provider: {:?},", refinement.provider));
        source.line(format!("            name_formats: {names},"));
        source.line(format!("            attributes: {list},"));
        source.line(format!(
            "            listed: AttributeSet::of({name}_ATTRIBUTES).and({list}),"
        ));
        source.line("        },");
    }
    source.line("    ],");
    source.line(format!(
        "    entities: &[{}],",
        elements(span.entities.iter().map(String::as_str))
    ));
    source.line(format!("    listed: AttributeSet::of({name}_ATTRIBUTES),"));
    source.line(format!(
        "    sampling: AttributeSet::sampling({name}_ATTRIBUTES),"
    ));
    source.line("};");
    formats(source, &format!("{name}_NAMES"), &span.names);
    constant_list(
        source,
        &format!("{name}_ATTRIBUTES"),
        table.list(span.list)?,
    );
    for refinement in refinements {
        if refinement.names != span.names {
            formats(source, &names_of(span, name, refinement), &refinement.names);
        }
        let list = refinement_list(name, refinement);
        constant_list(source, &list, table.list(refinement.list)?);
    }
    Ok(())
}

fn description(span: &Span, refinements: &[&Refinement]) -> String {
    let names: Vec<String> = span
        .names
        .iter()
        .map(|format| format!("`{}`", written(format)))
        .collect();
    let second = match &span.kind_may_be {
        Some(second) => format!(" (may be {second})"),
        None => String::new(),
    };
    let mut text = format!(
        "`{}`: a {}{second} span named {}.",
        span.id,
        span.kind,
        names.join(", else ")
    );
    let operations = listed(span.operations.iter().map(String::as_str));
    text.push_str(&match span.by.as_str() {
        "gen_ai.operation.name" => format!("\nOperations: {operations}."),
        _ => format!("\nOperation, for tool calls only: {operations}."),
    });
    if !refinements.is_empty() {
        let ids = listed(refinements.iter().map(|refinement| refinement.id.as_str()));
        text.push_str(&format!("\nRefinements: {ids}."));
    }
    text
}

/// The constant of a refinement's name forms; mostly it is that of the type.
fn names_of(span: &Span, name: &str, refinement: &Refinement) -> String {
    if refinement.names == span.names {
        format!("{name}_NAMES")
    } else {
        format!("{}_NAMES", refinement_list(name, refinement))
    }
}

fn formats(source: &mut Source, name: &str, formats: &[String]) {
    source.blank();
    source.line("#[rustfmt::skip]");
    source.line(format!("const {name}: &[NameFormat] = &["));
    for format in formats {
        source.line("    NameFormat {");
        source.line(format!("        text: {:?},", written(format)));
        source.line("        segments: &[");
        for part in format.split(' ') {
            source.line(format!("            {},", segment(part)));
        }
        source.line("        ],");
        source.line("    },");
    }
    source.line("];");
}

/// The form for people: alternatives are the conventions' `{target}`.
fn written(format: &str) -> String {
    let parts = format
        .split(' ')
        .map(|part| if part.contains('|') { "{target}" } else { part });
    parts.collect::<Vec<_>>().join(" ")
}

fn segment(part: &str) -> String {
    let Some(inner) = part
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
    else {
        return format!("NameSegment::Literal({part:?})");
    };
    let ids: Vec<String> = inner
        .split('|')
        .map(|name| format!("id::{}", constant(name)))
        .collect();
    match ids.as_slice() {
        [id] => format!("NameSegment::Attribute({id})"),
        ids => format!("NameSegment::FirstOf(&[{}])", ids.join(", ")),
    }
}

fn refinement_list(name: &str, refinement: &Refinement) -> String {
    // The part of the id that the type's own does not have: `openai`, `load_skill`.
    let known: Vec<&str> = refinement.of.split('.').collect();
    let own: Vec<&str> = refinement
        .id
        .split('.')
        .filter(|part| !known.contains(part))
        .collect();
    format!("{name}_{}", constant(&own.join(".")))
}

fn kind(word: &str) -> &'static str {
    match word {
        "CLIENT" => "Client",
        "SERVER" => "Server",
        _ => "Internal",
    }
}
