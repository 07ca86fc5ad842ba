//! The table of the macro crate: which attributes an operation's spans list.

use std::collections::BTreeSet;

use super::text::Source;
use crate::Error;
use crate::table::Table;

pub(super) fn operations(table: &Table) -> Result<String, Error> {
    let mut source = Source::new(
        "The operations of the OpenTelemetry GenAI conventions, for what the attributes check.",
    );
    source.blank();
    source.line(DECLARATION.trim());
    source.blank();
    source.doc(
        "",
        "Every operation; one that has two span types is here twice.",
    );
    source.line("#[rustfmt::skip]");
    source.line("pub(crate) static OPERATIONS: &[Operation] = &[");
    for span in table
        .registry
        .spans
        .iter()
        .filter(|span| span.by == "gen_ai.operation.name")
    {
        let listed: BTreeSet<&str> = table
            .list(span.list)?
            .iter()
            .map(|entry| entry.name.as_str())
            .collect();
        let mut refined = BTreeSet::new();
        for refinement in table
            .registry
            .refinements
            .iter()
            .filter(|r| r.of == span.id)
        {
            let entries = table.list(refinement.list)?.iter();
            refined.extend(
                entries
                    .map(|entry| entry.name.as_str())
                    .filter(|name| !listed.contains(name)),
            );
        }
        let subject = span
            .names
            .iter()
            .flat_map(|format| format.split(' '))
            .filter_map(|part| {
                part.strip_prefix('{')
                    .and_then(|rest| rest.strip_suffix('}'))
            })
            .find(|name| *name != "gen_ai.operation.name");
        for operation in &span.operations {
            source.line("    Operation {");
            source.line(format!("        name: {operation:?},"));
            source.line(format!(
                "        family: {:?},",
                table.overlay.family(operation)?
            ));
            source.line(format!("        kind: {:?},", span.kind.to_lowercase()));
            source.line(format!("        subject: {subject:?},"));
            names(&mut source, "attributes", &listed);
            names(&mut source, "refined", &refined);
            source.line("    },");
        }
    }
    source.line("];");
    Ok(source.finish())
}

fn names(source: &mut Source, field: &str, names: &BTreeSet<&str>) {
    if names.is_empty() {
        source.line(format!("        {field}: &[],"));
        return;
    }
    source.line(format!("        {field}: &["));
    for name in names {
        source.line(format!("            {name:?},"));
    }
    source.line("        ],");
}

const DECLARATION: &str = r#"
/// One operation with the span type it selects.
#[allow(
    dead_code,
    reason = "the table says what there is to say, not only what is asked today"
)]
#[derive(Debug)]
pub(crate) struct Operation {
    /// The value of `gen_ai.operation.name`.
    pub(crate) name: &'static str,
    /// The attribute that covers it: `agent`, `tool` or `llm`.
    pub(crate) family: &'static str,
    /// The span kind: `client`, `server` or `internal`.
    pub(crate) kind: &'static str,
    /// The attribute whose value follows the operation in the span name.
    pub(crate) subject: Option<&'static str>,
    /// The attributes the span type lists, by name.
    pub(crate) attributes: &'static [&'static str],
    /// The attributes that only a refinement of the type lists: some provider's, or some use's.
    pub(crate) refined: &'static [&'static str],
}
"#;
