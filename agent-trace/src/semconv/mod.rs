//! The names of the OpenTelemetry GenAI semantic conventions, as tables.
//!
//! Everything here is generated from the registry data in `agent-trace/semconv/` of the repository,
//! pinned to one commit of the conventions ([`REGISTRY_COMMIT`]); only the types are written by
//! hand. A new revision of the conventions is a change of data, not of code.
//!
//! | Module | What it holds |
//! | --- | --- |
//! | [`mod@attribute`] | one constant per attribute name |
//! | [`id`] | the same attributes as [`AttributeId`], for [`SpanType::lists`] |
//! | [`operation`], [`provider`], [`value`] | the values of the registry's enumerations |
//! | [`span`] | one [`SpanType`] per span type, with its refinements |
//! | [`event`], [`metric`], [`entity`] | the other signals |
//! | [`deprecated`] | names that instrumentation must no longer use, with their replacements |
//!
//! ```
//! use agent_trace::semconv::{self, attribute, id, operation, span};
//!
//! const CHAT: &semconv::SpanType = match semconv::span_type(operation::CHAT, true) {
//!     Some(found) => found,
//!     None => panic!("the registry has no such operation"),
//! };
//! assert_eq!(CHAT.id, span::INFERENCE.id);
//! assert!(CHAT.lists(id::GEN_AI_REQUEST_MODEL));
//! assert_eq!(id::GEN_AI_REQUEST_MODEL.name(), attribute::GEN_AI_REQUEST_MODEL);
//! ```
//!
//! The conventions are in development: names change between their revisions, and with them the
//! constants here. [`AttributeId`] values are not stable across versions of this crate.

mod attribute_id;
mod attribute_set;
mod name_format;
mod requirement;
mod signal;
mod span_type;

pub mod attribute;
pub mod deprecated;
pub mod entity;
pub mod event;
pub mod id;
pub mod metric;
pub mod operation;
pub mod provider;
pub mod span;
mod table;
pub mod value;

pub use self::attribute_id::{AttributeId, AttributeInfo, Origin, Stability, ValueType};
pub use self::attribute_set::AttributeSet;
pub use self::name_format::{NameFormat, NameSegment};
pub use self::requirement::{Requirement, SignalAttribute};
pub use self::signal::{
    DeprecatedName, EntityInfo, EventInfo, Instrument, MetricInfo, MetricRefinement, Severity,
    Signal,
};
pub use self::span_type::{Refinement, SpanKind, SpanType, span_type};
pub use self::table::{
    ATTRIBUTES, CORE_SCHEMA_URL, CORE_VERSION, REGISTRY_COMMIT, REGISTRY_REPOSITORY, SCHEMA_URL,
};

/// Compares two strings where `==` is not available: in constants.
const fn same(left: &str, right: &str) -> bool {
    matches!(order(left, right), std::cmp::Ordering::Equal)
}

/// Orders two strings by their bytes, in constants too.
const fn order(left: &str, right: &str) -> std::cmp::Ordering {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut at = 0;
    loop {
        if at == left.len() || at == right.len() {
            return if left.len() < right.len() {
                std::cmp::Ordering::Less
            } else if left.len() > right.len() {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            };
        }
        if left[at] < right[at] {
            return std::cmp::Ordering::Less;
        }
        if left[at] > right[at] {
            return std::cmp::Ordering::Greater;
        }
        at += 1;
    }
}
