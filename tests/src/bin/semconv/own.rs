//! Our own attributes and events, in OpenTelemetry Weaver's format: `agent_trace.yaml`.

use saphyr::{LoadableYamlNode, Yaml};

use crate::Error;
use crate::registry::{Entry, Level};

/// Everything that is our own.
#[derive(Debug)]
pub(crate) struct Own {
    pub(crate) groups: Vec<Group>,
    pub(crate) events: Vec<OwnEvent>,
}

/// A group of attributes.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) title: String,
    pub(crate) brief: String,
    pub(crate) attributes: Vec<OwnAttribute>,
}

/// One attribute.
#[derive(Debug)]
pub(crate) struct OwnAttribute {
    pub(crate) name: String,
    /// As in the compact form: `string`, `int`, `double`, `boolean`, `string[]`, `int[]`.
    pub(crate) kind: String,
    pub(crate) brief: String,
    pub(crate) note: Option<String>,
    pub(crate) stability: String,
    /// `recommended`, or `conditionally required when ..`.
    pub(crate) requirement: String,
    pub(crate) members: Vec<Member>,
}

/// One event of a span.
#[derive(Debug)]
pub(crate) struct OwnEvent {
    pub(crate) name: String,
    pub(crate) brief: String,
    pub(crate) stability: String,
    pub(crate) entries: Vec<Entry>,
}

/// One well-known value.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) value: String,
    pub(crate) brief: String,
}

impl Own {
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let documents = Yaml::load_from_str(text)?;
        let [document] = documents.as_slice() else {
            return Err("agent_trace.yaml must be one document".into());
        };
        let mut own = Self {
            groups: Vec::new(),
            events: Vec::new(),
        };
        for node in sequence(document, "groups")? {
            let id = self::text(node, "id")?;
            match self::text(node, "type")?.as_str() {
                "attribute_group" => own.groups.push(Group::parse(node, &id)?),
                "event" => own.events.push(OwnEvent::parse(node, &id)?),
                _ => return Err(format!("{id} is neither attribute_group nor event").into()),
            }
        }
        Ok(own)
    }
}

impl Group {
    fn parse(node: &Yaml<'_>, id: &str) -> Result<Self, Error> {
        let attributes = sequence(node, "attributes")?
            .iter()
            .map(OwnAttribute::parse)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| format!("{id}: {error}"))?;
        Ok(Self {
            title: text(node, "display_name")?,
            brief: text(node, "brief")?,
            attributes,
        })
    }
}

impl OwnEvent {
    fn parse(node: &Yaml<'_>, id: &str) -> Result<Self, Error> {
        let at = |error: Error| format!("{id}: {error}");
        let name = text(node, "name").map_err(at)?;
        if !name.starts_with("agent_trace.") {
            return Err(format!("{name} is outside our namespace").into());
        }
        Ok(Self {
            brief: text(node, "brief").map_err(at)?,
            stability: text(node, "stability").map_err(at)?,
            entries: sequence(node, "attributes")?
                .iter()
                .map(reference)
                .collect::<Result<_, _>>()
                .map_err(at)?,
            name,
        })
    }
}

/// What a signal says of one of its attributes.
fn reference(node: &Yaml<'_>) -> Result<Entry, Error> {
    let name = text(node, "ref")?;
    let level = node
        .as_mapping_get("requirement_level")
        .ok_or_else(|| format!("{name} has no requirement_level"))?;
    let (level, condition) = match level.as_str() {
        Some(word) => (word, None),
        None => (
            "conditional",
            Some(
                text(level, "conditionally_required")
                    .map_err(|error| format!("{name}: {error}"))?,
            ),
        ),
    };
    Ok(Entry {
        level: Level::ALL
            .into_iter()
            .find(|known| known.word() == level)
            .ok_or_else(|| format!("{name} has unknown requirement_level {level}"))?,
        name,
        sampling: false,
        only: None,
        condition,
    })
}

impl OwnAttribute {
    fn parse(node: &Yaml<'_>) -> Result<Self, Error> {
        let name = text(node, "id")?;
        if !name.starts_with("agent_trace.") {
            return Err(format!("{name} is outside our namespace").into());
        }
        let at = |error: Error| format!("{name}: {error}");
        let kind = node
            .as_mapping_get("type")
            .ok_or_else(|| format!("{name} has no type"))?;
        let (kind, members) = match kind.as_str() {
            Some(kind) => (kind.to_owned(), Vec::new()),
            None => ("string".to_owned(), members(kind).map_err(at)?),
        };
        if !["string", "int", "double", "boolean", "string[]", "int[]"].contains(&kind.as_str()) {
            return Err(format!("{name} has unknown type {kind}").into());
        }
        Ok(Self {
            kind,
            members,
            brief: text(node, "brief").map_err(at)?,
            note: node
                .as_mapping_get("note")
                .and_then(Yaml::as_str)
                .map(|n| n.trim().to_owned()),
            stability: text(node, "stability").map_err(at)?,
            requirement: requirement(node).map_err(at)?,
            name,
        })
    }
}

fn members(node: &Yaml<'_>) -> Result<Vec<Member>, Error> {
    sequence(node, "members")?
        .iter()
        .map(|member| {
            Ok(Member {
                value: text(member, "value")?,
                brief: text(member, "brief")?,
            })
        })
        .collect()
}

fn requirement(node: &Yaml<'_>) -> Result<String, Error> {
    let level = node
        .as_mapping_get("requirement_level")
        .ok_or("no requirement_level")?;
    if let Some(word) = level.as_str() {
        return Ok(word.replace('_', "-"));
    }
    Ok(format!(
        "conditionally required: {}",
        text(level, "conditionally_required")?
    ))
}

fn sequence<'n>(node: &'n Yaml<'n>, key: &str) -> Result<&'n [Yaml<'n>], Error> {
    node.as_mapping_get(key)
        .and_then(|value| value.as_sequence())
        .map(Vec::as_slice)
        .ok_or_else(|| format!("`{key}` is missing or not a list").into())
}

fn text(node: &Yaml<'_>, key: &str) -> Result<String, Error> {
    node.as_mapping_get(key)
        .and_then(Yaml::as_str)
        .map(|text| text.trim().to_owned())
        .ok_or_else(|| format!("`{key}` is missing or not text").into())
}
