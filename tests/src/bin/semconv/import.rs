//! From the table made of the upstream model files to our compact form.

mod condition;
mod upstream;

use std::collections::BTreeMap;

use crate::Error;
use crate::registry::{
    Attribute, Deprecated, Entity, Entry, Event, FORMAT, Level, Metric, MetricRefinement,
    Refinement, Registry, Source, Span,
};

/// The attributes that `{target}` in the name of an MCP span stands for, the first known one.
/// The URI of a resource is not among them: names must be of low cardinality.
const TARGET: (&str, &str) = ("{target}", "{gen_ai.tool.name|gen_ai.prompt.name}");

/// Converts the upstream table.
pub(crate) fn convert(text: &str) -> Result<Registry, Error> {
    let up: upstream::Registry = serde_json::from_str(text)?;
    let providers: Vec<String> = up
        .attributes
        .get("gen_ai.provider.name")
        .ok_or("the registry has no gen_ai.provider.name")?
        .members
        .iter()
        .map(|member| member.value.clone())
        .collect();
    let mut lists = Lists::default();
    Ok(Registry {
        format: FORMAT,
        source: Source {
            repository: up.meta.repository,
            commit: up.meta.commit,
            date: up.meta.commit_date,
            schema_url: up.meta.schema_url,
            core_version: up.meta.core_version,
            core_schema_url: up.meta.core_schema_url,
        },
        attributes: attributes(up.attributes),
        core: attributes(up.core_attributes),
        spans: up
            .spans
            .into_iter()
            .map(|s| span(s, &mut lists))
            .collect::<Result<_, _>>()?,
        refinements: up
            .span_refinements
            .into_iter()
            .map(|r| refinement(r, &mut lists))
            .collect(),
        events: up
            .events
            .into_iter()
            .map(|e| event(e, &mut lists))
            .collect(),
        metrics: up
            .metrics
            .into_iter()
            .map(|m| metric(m, &mut lists))
            .collect::<Result<_, _>>()?,
        metric_refinements: up
            .metric_refinements
            .into_iter()
            .map(|refinement| MetricRefinement {
                provider: provider_in(&refinement.id, &providers),
                id: refinement.id,
                of: refinement.refines,
                list: lists.intern(refinement.added_or_overridden_attributes),
            })
            .collect(),
        entities: up
            .entities
            .into_iter()
            .map(|entity| Entity {
                id: entity.id,
                stability: entity.stability,
                identity: entity.identity,
                description: entity.description,
            })
            .collect(),
        deprecated: up
            .deprecated_or_removed
            .into_iter()
            .map(deprecated)
            .collect(),
        lists: lists.0,
    })
}

fn attributes(up: BTreeMap<String, upstream::Attribute>) -> BTreeMap<String, Attribute> {
    up.into_iter()
        .map(|(name, up)| {
            let kind = match up.kind.as_str() {
                "enum" => up.value_type.unwrap_or_else(|| "string".to_owned()),
                "template[string]" => "template".to_owned(),
                _ => up.kind,
            };
            let schema = up.json_schema.map(|path| {
                let file = path.rsplit('/').next().unwrap_or_default();
                file.trim_end_matches(".json").to_owned()
            });
            let values = up.members.into_iter().map(|member| member.value).collect();
            (
                name,
                Attribute {
                    kind,
                    stability: up.stability,
                    values,
                    schema,
                },
            )
        })
        .collect()
}

fn span(up: upstream::Span, lists: &mut Lists) -> Result<Span, Error> {
    // The operation selects a type that always has one; an MCP span is known by its method.
    let required = |name: &&upstream::Entry| name.requirement == Level::Required;
    let by = up
        .attributes
        .iter()
        .filter(required)
        .find(|entry| entry.name == "gen_ai.operation.name")
        .or_else(|| up.attributes.iter().find(required))
        .ok_or_else(|| format!("{} requires no attribute", up.id))?
        .name
        .clone();
    Ok(Span {
        id: up.id,
        kind: up.kind,
        kind_may_be: up.kind_may_be,
        stability: up.stability,
        by,
        names: names(up.name_formats),
        operations: up.operation_names,
        entities: up.entity_associations,
        list: lists.intern(up.attributes),
    })
}

fn refinement(up: upstream::Refinement, lists: &mut Lists) -> Refinement {
    Refinement {
        id: up.id,
        of: up.refines,
        provider: up.provider_name,
        names: names(up.name_formats),
        list: lists.intern(up.overrides),
    }
}

fn event(up: upstream::Event, lists: &mut Lists) -> Event {
    Event {
        name: up.name,
        stability: up.stability,
        level: up.requirement_level,
        severity: up.severity.map(|severity| (severity.text, severity.number)),
        list: lists.intern(up.attributes),
    }
}

fn metric(up: upstream::Metric, lists: &mut Lists) -> Result<Metric, Error> {
    let kind = match up.value_type {
        Some(kind) => kind,
        // Upstream leaves the type out only where the unit settles it.
        None if up.unit == "s" => "double".to_owned(),
        None => return Err(format!("metric {} has no value type", up.name).into()),
    };
    Ok(Metric {
        name: up.name,
        instrument: up.instrument,
        unit: up.unit,
        kind,
        stability: up.stability,
        level: up.requirement_level,
        buckets: up.bucket_boundaries,
        list: lists.intern(up.attributes),
    })
}

fn deprecated((name, up): (String, upstream::Deprecated)) -> Deprecated {
    let replacements = match up.replacement {
        Some(upstream::OneOrMany::One(name)) => vec![name],
        Some(upstream::OneOrMany::Many(names)) => names,
        None => up.see,
    };
    Deprecated {
        name,
        signal: up.signal,
        replacements,
    }
}

fn names(formats: Vec<String>) -> Vec<String> {
    formats
        .into_iter()
        .map(|format| format.replace(TARGET.0, TARGET.1))
        .collect()
}

/// The provider that the id of a refinement begins with: `openai.gen_ai.client.inference.duration`.
fn provider_in(id: &str, providers: &[String]) -> Option<String> {
    let begins = |provider: &&String| {
        id.strip_prefix(provider.as_str())
            .is_some_and(|rest| rest.starts_with('.'))
    };
    providers
        .iter()
        .filter(begins)
        .max_by_key(|provider| provider.len())
        .cloned()
}

/// Attribute lists, equal ones once.
#[derive(Default)]
struct Lists(Vec<Vec<Entry>>);

impl Lists {
    fn intern(&mut self, up: Vec<upstream::Entry>) -> usize {
        let list: Vec<Entry> = up
            .into_iter()
            .map(|entry| Entry {
                name: entry.name,
                level: entry.requirement,
                sampling: entry.sampling_relevant,
                only: entry.value_when_set,
                condition: entry.condition.as_deref().map(condition::bare),
            })
            .collect();
        match self.0.iter().position(|present| *present == list) {
            Some(at) => at,
            None => {
                self.0.push(list);
                self.0.len() - 1
            }
        }
    }
}
