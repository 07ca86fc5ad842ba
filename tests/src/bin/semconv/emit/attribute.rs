//! `attribute.rs` and `id.rs`: a constant and a number per attribute.

use super::text::{Source, listed};
use crate::naming::constant;
use crate::table::{Origin, Row, Table};

pub(super) fn names(table: &Table) -> String {
    let mut source = Source::new(
        "Attribute names: the GenAI conventions' own, those they borrow, and `agent_trace.*`.",
    );
    for (name, row) in &table.attributes {
        source.blank();
        source.doc("", &description(name, row));
        source.text_constant("", &constant(name), name);
    }
    source.finish()
}

pub(super) fn ids(table: &Table) -> String {
    let mut source = Source::new(
        "The attributes of [`attribute`](super::attribute) as numbers, under the same names.",
    );
    source.blank();
    source.line("use super::AttributeId;");
    for (at, name) in table.attributes.keys().enumerate() {
        source.blank();
        source.doc("", &format!("`{name}`."));
        source.line(format!(
            "pub const {}: AttributeId = AttributeId::new({at});",
            constant(name)
        ));
    }
    source.finish()
}

fn description(name: &str, row: &Row) -> String {
    let mut text = String::new();
    if let Some(brief) = &row.brief {
        text.push_str(brief);
        text.push('\n');
    }
    if let Some(note) = &row.note {
        text.push_str(note);
        text.push('\n');
    }
    let kind = match row.kind.as_str() {
        "template" => format!("text under the name `{name}.<key>`"),
        "any" => "structured; JSON text on spans".to_owned(),
        kind => format!("`{kind}`"),
    };
    let origin = match row.origin {
        Origin::GenAi => "",
        Origin::Core => "; of the general conventions",
        Origin::Own => "; of agent-trace itself",
    };
    text.push_str(&format!(
        "Type: {kind}. Stability: {}{origin}.",
        row.stability.replace('_', " ")
    ));
    if let Some(schema) = &row.schema {
        text.push_str(&format!(" JSON schema: `{schema}`."));
    }
    if row.values.iter().any(|(_, brief)| brief.is_some()) {
        text.push_str("\nValues:\n");
        let items: Vec<String> = row
            .values
            .iter()
            .map(|(value, brief)| format!("- `{value}`: {}", brief.as_deref().unwrap_or_default()))
            .collect();
        text.push_str(&items.join("\n"));
    } else if !row.values.is_empty() {
        let values = listed(row.values.iter().map(|(value, _)| value.as_str()));
        text.push_str(&format!("\nWell-known values: {values}."));
    }
    text
}
