//! `operation.rs`, `provider.rs` and `value.rs`: the values of enumerations.

use std::collections::BTreeSet;

use super::text::{Source, elements};
use crate::Error;
use crate::naming::{constant, value_module};
use crate::table::Table;

const OPERATION: &str = "gen_ai.operation.name";
const PROVIDER: &str = "gen_ai.provider.name";

pub(super) fn operations(table: &Table) -> Result<String, Error> {
    let mut source = Source::new("Values of `gen_ai.operation.name`.");
    let types = table.span_constants();
    for operation in table.values(OPERATION) {
        let family = table.overlay.family(operation)?;
        let of: Vec<String> = table
            .registry
            .spans
            .iter()
            .zip(&types)
            .filter(|(span, _)| span.by == OPERATION)
            .filter(|(span, _)| span.operations.iter().any(|listed| listed == operation))
            .map(|(_, constant)| format!("[`span::{constant}`](super::span::{constant})"))
            .collect();
        let attribute = match family {
            "agent" => "#[agent_span]",
            "tool" => "#[tool_call]",
            _ => "#[llm_call]",
        };
        source.blank();
        source.doc(
            "",
            &format!("`{operation}`: {}, by `{attribute}`.", of.join(" or ")),
        );
        source.text_constant("", &constant(operation), operation);
    }
    all(&mut source, "", table.values(OPERATION));
    Ok(source.finish())
}

pub(super) fn providers(table: &Table) -> String {
    let mut source = Source::new("Values of `gen_ai.provider.name`.");
    constants(&mut source, "", table, PROVIDER);
    source.finish()
}

pub(super) fn others(table: &Table) -> Result<String, Error> {
    let mut source = Source::new(
        "Values of the other enumerations, one module per attribute. Values that are not here are \
         permitted.",
    );
    let mut modules = BTreeSet::new();
    for (name, row) in &table.attributes {
        if row.values.is_empty() || [OPERATION, PROVIDER].contains(&name.as_str()) {
            continue;
        }
        let module = value_module(name);
        source.blank();
        source.doc("", &format!("Values of `{name}`."));
        source.line(format!("pub mod {module} {{"));
        constants(&mut source, "    ", table, name);
        source.line("}");
        if !modules.insert(module) {
            return Err(format!("two attributes share the value module of {name}").into());
        }
    }
    Ok(source.finish())
}

fn constants(source: &mut Source, indent: &str, table: &Table, attribute: &str) {
    for (at, (value, brief)) in table.attributes[attribute].values.iter().enumerate() {
        if at > 0 || indent.is_empty() {
            source.blank();
        }
        let doc = match brief {
            Some(brief) => format!("`{value}`: {brief}"),
            None => format!("`{value}`."),
        };
        source.doc(indent, &doc);
        source.text_constant(indent, &constant(value), value);
    }
    all(source, indent, table.values(attribute));
}

fn all<'v>(source: &mut Source, indent: &str, values: impl Iterator<Item = &'v str>) {
    source.blank();
    source.doc(indent, "Every value here.");
    source.line(format!("{indent}#[rustfmt::skip]"));
    source.line(format!(
        "{indent}pub const ALL: &[&str] = &[{}];",
        elements(values)
    ));
}
