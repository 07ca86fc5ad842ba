//! Events, metrics and entities of the conventions, and names that are no longer theirs.

use super::{AttributeId, AttributeSet, Requirement, SignalAttribute, Stability, ValueType};

/// An event of the conventions: a log record with an event name.
#[derive(Debug)]
#[non_exhaustive]
pub struct EventInfo {
    /// The event name.
    pub name: &'static str,
    /// How settled the event is.
    pub stability: Stability,
    /// How strongly the conventions ask for it.
    pub requirement: Requirement,
    /// The severity of its records; `None` where the conventions leave it open.
    pub severity: Option<Severity>,
    /// The attributes it lists.
    pub attributes: &'static [SignalAttribute],
    /// The same as a set.
    pub listed: AttributeSet,
}

/// The severity of a log record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Severity {
    /// The text, for example `WARN`.
    pub text: &'static str,
    /// OpenTelemetry's severity number, 1 to 24.
    pub number: u8,
}

/// A metric of the conventions.
#[derive(Debug)]
#[non_exhaustive]
pub struct MetricInfo {
    /// The metric's name.
    pub name: &'static str,
    /// How settled the metric is.
    pub stability: Stability,
    /// How strongly the conventions ask for it; `None` where they do not say.
    pub requirement: Option<Requirement>,
    /// The instrument that records it.
    pub instrument: Instrument,
    /// The unit, in UCUM: `s`, `{token}`.
    pub unit: &'static str,
    /// The type of its values: integer or double.
    pub value_type: ValueType,
    /// The bucket boundaries of a histogram; empty for a counter.
    pub boundaries: &'static [f64],
    /// The attributes it lists.
    pub attributes: &'static [SignalAttribute],
    /// The same as a set.
    pub listed: AttributeSet,
    /// What providers add to it.
    pub refinements: &'static [MetricRefinement],
}

/// What a provider adds to a metric.
#[derive(Debug)]
#[non_exhaustive]
pub struct MetricRefinement {
    /// The registry's id.
    pub id: &'static str,
    /// The `gen_ai.provider.name` it is for, where the id says so.
    pub provider: Option<&'static str>,
    /// The attributes it adds or asks for differently.
    pub attributes: &'static [SignalAttribute],
}

/// The instruments the conventions use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Instrument {
    /// A sum that only grows.
    Counter,
    /// A distribution.
    Histogram,
}

/// An entity of the conventions: a thing that spans are associated with.
#[derive(Debug)]
#[non_exhaustive]
pub struct EntityInfo {
    /// The entity's type.
    pub name: &'static str,
    /// How settled the entity is.
    pub stability: Stability,
    /// The attributes that identify it.
    pub identity: &'static [AttributeId],
    /// The attributes that describe it.
    pub description: &'static [AttributeId],
}

/// A name the conventions no longer use.
#[derive(Debug)]
#[non_exhaustive]
pub struct DeprecatedName {
    /// The old name.
    pub name: &'static str,
    /// What it named.
    pub signal: Signal,
    /// The names to use in its place; empty where it has no successor.
    pub replacements: &'static [&'static str],
}

/// What a name of the conventions names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Signal {
    /// An attribute.
    Attribute,
    /// A span type.
    Span,
    /// An event.
    Event,
    /// A metric.
    Metric,
}
