//! `event.rs`, `metric.rs`, `entity.rs` and `deprecated.rs`.

use super::list::{constant_list, imports};
use super::table::stability;
use super::text::{Source, elements, listed};
use crate::Error;
use crate::naming::constant;
use crate::registry::{Entry, Level, Metric};
use crate::table::Table;

pub(super) fn events(table: &Table) -> Result<String, Error> {
    let mut source = Source::new("The events of the conventions, and our own.");
    let own = &table.own.events;
    let mut entries: Vec<&Entry> = own.iter().flat_map(|event| &event.entries).collect();
    for event in &table.registry.events {
        entries.extend(table.list(event.list)?);
    }
    imports(
        &mut source,
        &[
            "AttributeSet",
            "EventInfo",
            "Requirement",
            "Severity",
            "SignalAttribute",
            "Stability",
            "id",
        ],
        entries.into_iter(),
    );
    all(
        &mut source,
        "EventInfo",
        "event",
        table.registry.events.iter().map(|e| e.name.as_str()),
    );
    source.blank();
    source.doc("", "Every event of our own: `agent_trace.*`, on spans.");
    source.line("#[rustfmt::skip]");
    source.line(format!("pub static OWN: [&EventInfo; {}] = [", own.len()));
    for event in own {
        source.line(format!("    &{},", constant(&event.name)));
    }
    source.line("];");
    for event in &table.registry.events {
        let (severity, spoken) = match &event.severity {
            Some((text, number)) => (
                format!("Some(Severity {{ text: {text:?}, number: {number} }})"),
                format!("severity {text} ({number})"),
            ),
            None => ("None".to_owned(), "no severity given".to_owned()),
        };
        one_event(
            &mut source,
            &event.name,
            &spoken,
            (&event.stability, event.level, &severity),
            table.list(event.list)?,
        );
    }
    for event in own {
        let spoken = event.brief.trim_end_matches('.');
        let rest = (event.stability.as_str(), Level::Recommended, "None");
        one_event(&mut source, &event.name, spoken, rest, &event.entries);
    }
    Ok(source.finish())
}

fn one_event(
    source: &mut Source,
    event: &str,
    spoken: &str,
    (settled, level, severity): (&str, Level, &str),
    entries: &[Entry],
) {
    let name = signal_constant(event);
    source.blank();
    source.doc("", &format!("`{event}`: {spoken}."));
    source.line("#[rustfmt::skip]");
    source.line(format!("pub static {name}: EventInfo = EventInfo {{"));
    source.line(format!("    name: {event:?},"));
    source.line(format!("    stability: Stability::{},", stability(settled)));
    source.line(format!(
        "    requirement: Requirement::{},",
        level.variant()
    ));
    source.line(format!("    severity: {severity},"));
    source.line(format!("    attributes: {name}_ATTRIBUTES,"));
    source.line(format!("    listed: AttributeSet::of({name}_ATTRIBUTES),"));
    source.line("};");
    constant_list(source, &format!("{name}_ATTRIBUTES"), entries);
}

pub(super) fn metrics(table: &Table) -> Result<String, Error> {
    let mut source = Source::new("The metrics of the conventions.");
    let mut entries: Vec<&Entry> = Vec::new();
    for metric in &table.registry.metrics {
        entries.extend(table.list(metric.list)?);
    }
    for refinement in &table.registry.metric_refinements {
        entries.extend(table.list(refinement.list)?);
    }
    imports(
        &mut source,
        &[
            "AttributeSet",
            "Instrument",
            "MetricInfo",
            "MetricRefinement",
            "Requirement",
            "SignalAttribute",
            "Stability",
            "ValueType",
            "id",
        ],
        entries.into_iter(),
    );
    all(
        &mut source,
        "MetricInfo",
        "metric",
        table.registry.metrics.iter().map(|m| m.name.as_str()),
    );
    for metric in &table.registry.metrics {
        one_metric(&mut source, table, metric)?;
    }
    Ok(source.finish())
}

fn one_metric(source: &mut Source, table: &Table, metric: &Metric) -> Result<(), Error> {
    let name = signal_constant(&metric.name);
    let instrument = match metric.instrument.as_str() {
        "counter" => "Counter",
        "histogram" => "Histogram",
        other => return Err(format!("{} is recorded by a {other}", metric.name).into()),
    };
    let kind = match metric.kind.as_str() {
        "int" => "Int",
        "double" => "Double",
        other => return Err(format!("{} has values of type {other}", metric.name).into()),
    };
    let level = match metric.level.map(Level::variant) {
        Some(variant) => format!("Some(Requirement::{variant})"),
        None => "None".to_owned(),
    };
    let buckets: Vec<String> = metric
        .buckets
        .iter()
        .map(|bound| format!("{bound:?}"))
        .collect();
    source.blank();
    source.doc(
        "",
        &format!(
            "`{}`: a {} of {} in `{}`.",
            metric.name, metric.instrument, metric.kind, metric.unit
        ),
    );
    source.line("#[rustfmt::skip]");
    source.line(format!("pub static {name}: MetricInfo = MetricInfo {{"));
    source.line(format!("    name: {:?},", metric.name));
    source.line(format!(
        "    stability: Stability::{},",
        stability(&metric.stability)
    ));
    source.line(format!("    requirement: {level},"));
    source.line(format!("    instrument: Instrument::{instrument},"));
    source.line(format!("    unit: {:?},", metric.unit));
    source.line(format!("    value_type: ValueType::{kind},"));
    source.line(format!("    boundaries: &[{}],", buckets.join(", ")));
    source.line(format!("    attributes: {name}_ATTRIBUTES,"));
    source.line(format!("    listed: AttributeSet::of({name}_ATTRIBUTES),"));
    source.line("    refinements: &[");
    let refinements = table
        .registry
        .metric_refinements
        .iter()
        .filter(|refinement| refinement.of == metric.name);
    let mut lists = Vec::new();
    for refinement in refinements {
        let list = format!("{name}_REFINED_{}", lists.len());
        source.line("        MetricRefinement {");
        source.line(format!("            id: {:?},", refinement.id));
        source.line(format!("            provider: {:?},", refinement.provider));
        source.line(format!("            attributes: {list},"));
        source.line("        },");
        lists.push((list, table.list(refinement.list)?));
    }
    source.line("    ],");
    source.line("};");
    constant_list(
        source,
        &format!("{name}_ATTRIBUTES"),
        table.list(metric.list)?,
    );
    for (list, entries) in lists {
        constant_list(source, &list, entries);
    }
    Ok(())
}

pub(super) fn entities(table: &Table) -> String {
    let mut source = Source::new("The entities of the conventions.");
    source.blank();
    source.line("use super::{EntityInfo, Stability, id};");
    all(
        &mut source,
        "EntityInfo",
        "entity",
        table.registry.entities.iter().map(|e| e.id.as_str()),
    );
    for entity in &table.registry.entities {
        let ids = |names: &[String]| {
            let ids: Vec<String> = names
                .iter()
                .map(|name| format!("id::{}", constant(name)))
                .collect();
            ids.join(", ")
        };
        source.blank();
        source.doc("", &format!("`{}`.", entity.id));
        source.line("#[rustfmt::skip]");
        source.line(format!(
            "pub static {}: EntityInfo = EntityInfo {{",
            signal_constant(&entity.id)
        ));
        source.line(format!("    name: {:?},", entity.id));
        source.line(format!(
            "    stability: Stability::{},",
            stability(&entity.stability)
        ));
        source.line(format!("    identity: &[{}],", ids(&entity.identity)));
        source.line(format!("    description: &[{}],", ids(&entity.description)));
        source.line("};");
    }
    source.finish()
}

pub(super) fn deprecated(table: &Table) -> String {
    let mut source = Source::new(
        "Names that were once the conventions' and must no longer be used. They are here to be \
         recognised.",
    );
    source.blank();
    source.line("use super::{DeprecatedName, Signal};");
    for old in &table.registry.deprecated {
        let note = match old.replacements.as_slice() {
            [] => "it has no successor".to_owned(),
            names => format!("use {}", names.join(", ")),
        };
        let replaced = match old.replacements.as_slice() {
            [] => "no successor".to_owned(),
            names => format!("replaced by {}", listed(names.iter().map(String::as_str))),
        };
        source.blank();
        source.doc("", &format!("`{}` ({}): {replaced}.", old.name, old.signal));
        source.line("#[rustfmt::skip]");
        source.line(format!("#[deprecated(note = {note:?})]"));
        source.text_constant("", &constant(&old.name), &old.name);
    }
    source.blank();
    source.doc("", "Every such name.");
    source.line("#[rustfmt::skip]");
    source.line(format!(
        "pub static ALL: [DeprecatedName; {}] = [",
        table.registry.deprecated.len()
    ));
    for old in &table.registry.deprecated {
        let signal = match old.signal.as_str() {
            "span" => "Span",
            "event" => "Event",
            "metric" => "Metric",
            _ => "Attribute",
        };
        let replacements = elements(old.replacements.iter().map(String::as_str));
        source.line("    DeprecatedName {");
        source.line(format!("        name: {:?},", old.name));
        source.line(format!("        signal: Signal::{signal},"));
        source.line(format!("        replacements: &[{replacements}],"));
        source.line("    },");
    }
    source.line("];");
    source.finish()
}

/// `gen_ai.client.inference.duration` is `CLIENT_INFERENCE_DURATION`.
fn signal_constant(name: &str) -> String {
    constant(name.strip_prefix("gen_ai.").unwrap_or(name))
}

fn all<'n>(
    source: &mut Source,
    kind: &str,
    noun: &str,
    names: impl ExactSizeIterator<Item = &'n str>,
) {
    source.blank();
    source.doc("", &format!("Every {noun}."));
    source.line("#[rustfmt::skip]");
    source.line(format!("pub static ALL: [&{kind}; {}] = [", names.len()));
    for name in names {
        source.line(format!("    &{},", signal_constant(name)));
    }
    source.line("];");
}
