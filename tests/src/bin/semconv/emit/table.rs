//! `table.rs`: the attribute table and where it comes from.

use super::text::{Source, elements};
use crate::naming::constant;
use crate::table::{Origin, Table};

pub(super) fn rows(table: &Table) -> String {
    let from = &table.registry.source;
    let mut source = Source::new("The attribute table, and the revision it was made from.");
    source.blank();
    source.line("use super::{AttributeInfo, Origin, Stability, ValueType, id};");
    for (name, doc, value) in [
        (
            "SCHEMA_URL",
            "The schema URL of the GenAI conventions, for instrumentation scopes.",
            &from.schema_url,
        ),
        (
            "REGISTRY_REPOSITORY",
            "The repository of the GenAI conventions, on GitHub.",
            &from.repository,
        ),
        (
            "REGISTRY_COMMIT",
            "The commit of that repository everything here was made from.",
            &from.commit,
        ),
        (
            "CORE_VERSION",
            "The version of the general conventions that it builds on.",
            &from.core_version,
        ),
        (
            "CORE_SCHEMA_URL",
            "The schema URL of the general conventions.",
            &from.core_schema_url,
        ),
    ] {
        source.blank();
        source.doc("", doc);
        source.text_constant("", name, value);
    }
    source.blank();
    source.doc(
        "",
        "Every attribute, by name; [`AttributeId::index`](super::AttributeId::index) is its place.",
    );
    source.line("#[rustfmt::skip]");
    source.line(format!(
        "pub static ATTRIBUTES: [AttributeInfo; {}] = [",
        table.attributes.len()
    ));
    for (name, row) in &table.attributes {
        let kind = match row.kind.as_str() {
            "int" => "Int",
            "double" => "Double",
            "boolean" => "Bool",
            "string[]" => "Strings",
            "int[]" => "Ints",
            "any" => "Any",
            "template" => "Template",
            _ => "String",
        };
        let origin = match row.origin {
            Origin::GenAi => "GenAi",
            Origin::Core => "Core",
            Origin::Own => "Own",
        };
        let schema = match &row.schema {
            Some(schema) => format!("Some({schema:?})"),
            None => "None".to_owned(),
        };
        source.line("    AttributeInfo {");
        source.line(format!("        id: id::{},", constant(name)));
        source.line(format!("        name: {name:?},"));
        source.line(format!("        value_type: ValueType::{kind},"));
        source.line(format!(
            "        stability: Stability::{},",
            stability(&row.stability)
        ));
        source.line(format!("        origin: Origin::{origin},"));
        source.line(format!(
            "        values: &[{}],",
            elements(row.values.iter().map(|(value, _)| value.as_str()))
        ));
        source.line(format!("        schema: {schema},"));
        source.line("    },");
    }
    source.line("];");
    source.finish()
}

/// The variant of `Stability`.
pub(super) fn stability(word: &str) -> &'static str {
    match word {
        "stable" => "Stable",
        "release_candidate" => "ReleaseCandidate",
        _ => "Development",
    }
}
