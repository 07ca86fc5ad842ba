//! The table made of the upstream model files, as far as it is read.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::registry::Level;

#[derive(Deserialize)]
pub(super) struct Registry {
    pub(super) meta: Meta,
    pub(super) attributes: BTreeMap<String, Attribute>,
    pub(super) core_attributes: BTreeMap<String, Attribute>,
    pub(super) spans: Vec<Span>,
    pub(super) span_refinements: Vec<Refinement>,
    pub(super) events: Vec<Event>,
    pub(super) metrics: Vec<Metric>,
    pub(super) metric_refinements: Vec<MetricRefinement>,
    pub(super) entities: Vec<Entity>,
    pub(super) deprecated_or_removed: BTreeMap<String, Deprecated>,
}

#[derive(Deserialize)]
pub(super) struct Meta {
    pub(super) repository: String,
    pub(super) commit: String,
    pub(super) commit_date: String,
    pub(super) schema_url: String,
    pub(super) core_version: String,
    pub(super) core_schema_url: String,
}

#[derive(Deserialize)]
pub(super) struct Attribute {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) value_type: Option<String>,
    pub(super) stability: String,
    pub(super) json_schema: Option<String>,
    #[serde(default)]
    pub(super) members: Vec<Member>,
}

#[derive(Deserialize)]
pub(super) struct Member {
    pub(super) value: String,
}

#[derive(Deserialize)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) requirement: Level,
    pub(super) condition: Option<String>,
    #[serde(default)]
    pub(super) sampling_relevant: bool,
    pub(super) value_when_set: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Span {
    #[serde(rename = "type")]
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) kind_may_be: Option<String>,
    pub(super) stability: String,
    pub(super) name_formats: Vec<String>,
    #[serde(default)]
    pub(super) operation_names: Vec<String>,
    #[serde(default)]
    pub(super) entity_associations: Vec<String>,
    pub(super) attributes: Vec<Entry>,
}

#[derive(Deserialize)]
pub(super) struct Refinement {
    pub(super) id: String,
    pub(super) refines: String,
    pub(super) provider_name: Option<String>,
    pub(super) name_formats: Vec<String>,
    pub(super) overrides: Vec<Entry>,
}

#[derive(Deserialize)]
pub(super) struct Event {
    pub(super) name: String,
    pub(super) stability: String,
    pub(super) requirement_level: Level,
    pub(super) severity: Option<Severity>,
    pub(super) attributes: Vec<Entry>,
}

#[derive(Deserialize)]
pub(super) struct Severity {
    pub(super) text: String,
    pub(super) number: u8,
}

#[derive(Deserialize)]
pub(super) struct Metric {
    pub(super) name: String,
    pub(super) instrument: String,
    pub(super) unit: String,
    pub(super) stability: String,
    pub(super) value_type: Option<String>,
    pub(super) requirement_level: Option<Level>,
    #[serde(default)]
    pub(super) bucket_boundaries: Vec<f64>,
    pub(super) attributes: Vec<Entry>,
}

#[derive(Deserialize)]
pub(super) struct MetricRefinement {
    pub(super) id: String,
    pub(super) refines: String,
    pub(super) added_or_overridden_attributes: Vec<Entry>,
}

#[derive(Deserialize)]
pub(super) struct Entity {
    #[serde(rename = "type")]
    pub(super) id: String,
    pub(super) stability: String,
    pub(super) identity: Vec<String>,
    pub(super) description: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Deprecated {
    pub(super) signal: String,
    pub(super) replacement: Option<OneOrMany>,
    #[serde(default)]
    pub(super) see: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}
