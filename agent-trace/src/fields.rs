//! The fields that a span of ours declares with `tracing`.
//!
//! First stands what identifies a call and what samplers look at: it is known when the span is made,
//! and every layer sees it. Behind it stand the scalars that are known at the end; they are written
//! as fields only where the span has no OpenTelemetry side, so that logs have them, and their being
//! declared lets the OpenTelemetry layer size its vector once. Arrays, dynamic keys and content are
//! never fields.

use crate::family::Family;
use crate::semconv::AttributeId;
use crate::semconv::attribute as a;
use crate::semconv::id;
use opentelemetry::{KeyValue, Value as OtelValue};
use std::fmt::Debug;
use tracing_core::field::{Field, FieldSet, Value, Visit};

/// Places of the early fields, the same in every family.
pub(crate) mod place {
    // The name and the kind for the OpenTelemetry layer come first.
    pub(crate) const OPERATION: usize = 2;
    pub(crate) const PROVIDER: usize = 3;
    pub(crate) const MODEL: usize = 4;
    pub(crate) const SERVER_ADDRESS: usize = 5;
    pub(crate) const SERVER_PORT: usize = 6;
    /// The agent's name on agents and tools.
    pub(crate) const AGENT: usize = 7;
    /// The workflow's name on agents, the tool's name on tools.
    pub(crate) const OWN_NAME: usize = 8;
    /// The tool's type on tools.
    pub(crate) const TOOL_TYPE: usize = 9;
    /// How many there are at most.
    pub(crate) const COUNT: usize = 10;
}

/// The special fields by which the OpenTelemetry layer takes a span's name and kind.
const OTEL_NAME: &str = "otel.name";
const OTEL_KIND: &str = "otel.kind";

const AGENT_FIELDS: &[&str] = &[
    OTEL_NAME,
    OTEL_KIND,
    a::GEN_AI_OPERATION_NAME,
    a::GEN_AI_PROVIDER_NAME,
    a::GEN_AI_REQUEST_MODEL,
    a::SERVER_ADDRESS,
    a::SERVER_PORT,
    a::GEN_AI_AGENT_NAME,
    a::GEN_AI_WORKFLOW_NAME,
    a::GEN_AI_CONVERSATION_ID,
    a::GEN_AI_USAGE_INPUT_TOKENS,
    a::GEN_AI_USAGE_OUTPUT_TOKENS,
    a::AGENT_TRACE_SUBTREE_INPUT_TOKENS,
    a::AGENT_TRACE_SUBTREE_OUTPUT_TOKENS,
    a::ERROR_TYPE,
    a::AGENT_TRACE_OUTCOME,
];

const TOOL_FIELDS: &[&str] = &[
    OTEL_NAME,
    OTEL_KIND,
    a::GEN_AI_OPERATION_NAME,
    a::GEN_AI_PROVIDER_NAME,
    a::GEN_AI_REQUEST_MODEL,
    a::SERVER_ADDRESS,
    a::SERVER_PORT,
    a::GEN_AI_AGENT_NAME,
    a::GEN_AI_TOOL_NAME,
    a::GEN_AI_TOOL_TYPE,
    a::GEN_AI_TOOL_CALL_ID,
    a::GEN_AI_DATA_SOURCE_ID,
    a::GEN_AI_CONVERSATION_ID,
    a::ERROR_TYPE,
    a::AGENT_TRACE_OUTCOME,
];

const LLM_FIELDS: &[&str] = &[
    OTEL_NAME,
    OTEL_KIND,
    a::GEN_AI_OPERATION_NAME,
    a::GEN_AI_PROVIDER_NAME,
    a::GEN_AI_REQUEST_MODEL,
    a::SERVER_ADDRESS,
    a::SERVER_PORT,
    a::GEN_AI_CONVERSATION_ID,
    a::GEN_AI_REQUEST_STREAM,
    a::GEN_AI_REQUEST_TEMPERATURE,
    a::GEN_AI_REQUEST_TOP_P,
    a::GEN_AI_REQUEST_MAX_TOKENS,
    a::GEN_AI_RESPONSE_ID,
    a::GEN_AI_RESPONSE_MODEL,
    a::GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
    a::GEN_AI_USAGE_INPUT_TOKENS,
    a::GEN_AI_USAGE_OUTPUT_TOKENS,
    a::GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
    a::GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
    a::GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
    a::ERROR_TYPE,
    a::AGENT_TRACE_OUTCOME,
];

/// The fields that every span of a family declares.
pub const fn base_fields(family: Family) -> &'static [&'static str] {
    match family {
        Family::Agent => AGENT_FIELDS,
        Family::Tool => TOOL_FIELDS,
        Family::Llm => LLM_FIELDS,
    }
}

/// The fields of [`base_fields`] that are known when the span is made.
pub const fn early_fields(family: Family) -> &'static [&'static str] {
    let early = match family {
        Family::Agent => place::TOOL_TYPE,
        Family::Tool => place::COUNT,
        Family::Llm => place::AGENT,
    };
    base_fields(family).split_at(early).0
}

/// The base fields followed by the user's own.
///
/// # Panics
/// In a constant only: when `N` is not the sum of both lengths.
pub const fn join_fields<const N: usize>(
    base: &[&'static str],
    own: &[&'static str],
) -> [&'static str; N] {
    let mut names = [""; N];
    let mut at = 0;
    while at < base.len() {
        names[at] = base[at];
        at += 1;
    }
    while at < N {
        names[at] = own[at - base.len()];
        at += 1;
    }
    names
}

/// Which place each early field's attribute has, for the question whether it was written already.
pub(crate) fn early_attribute(family: Family, at: usize) -> Option<AttributeId> {
    Some(match (at, family) {
        (place::OPERATION, _) => id::GEN_AI_OPERATION_NAME,
        (place::PROVIDER, _) => id::GEN_AI_PROVIDER_NAME,
        (place::MODEL, _) => id::GEN_AI_REQUEST_MODEL,
        (place::SERVER_ADDRESS, _) => id::SERVER_ADDRESS,
        (place::SERVER_PORT, _) => id::SERVER_PORT,
        (place::AGENT, Family::Agent | Family::Tool) => id::GEN_AI_AGENT_NAME,
        (place::OWN_NAME, Family::Agent) => id::GEN_AI_WORKFLOW_NAME,
        (place::OWN_NAME, Family::Tool) => id::GEN_AI_TOOL_NAME,
        (place::TOOL_TYPE, Family::Tool) => id::GEN_AI_TOOL_TYPE,
        _ => return None,
    })
}

/// Writes late attributes to the declared fields: for spans that only `tracing` sees.
pub(crate) fn record_late(span: &tracing::Span, attributes: &[KeyValue]) {
    let Some(metadata) = span.metadata() else {
        return;
    };
    let late: Vec<(usize, Scalar<'_>)> = metadata
        .fields()
        .iter()
        .enumerate()
        .filter_map(|(at, field)| {
            let value = attributes
                .iter()
                .find(|kv| kv.key.as_str() == field.name())?;
            Some((at, Scalar::of(&value.value)?))
        })
        .collect();
    if late.is_empty() {
        return;
    }
    let mut values: Vec<Option<&dyn Value>> = vec![None; metadata.fields().len()];
    for (at, scalar) in &late {
        values[*at] = Some(scalar.as_value());
    }
    span.record_all(&metadata.fields().value_set_all(&values));
}

/// The values that a field can take.
enum Scalar<'a> {
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(&'a str),
}

impl<'a> Scalar<'a> {
    fn of(value: &'a OtelValue) -> Option<Self> {
        Some(match value {
            OtelValue::Bool(value) => Self::Bool(*value),
            OtelValue::I64(value) => Self::Int(*value),
            OtelValue::F64(value) => Self::Double(*value),
            OtelValue::String(value) => Self::Text(value.as_str()),
            _ => return None,
        })
    }

    fn as_value(&self) -> &dyn Value {
        match self {
            Self::Bool(value) => value,
            Self::Int(value) => value,
            Self::Double(value) => value,
            Self::Text(value) => value,
        }
    }
}

/// Notices that there is a value.
struct Noticed(bool);

impl Visit for Noticed {
    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {
        self.0 = true;
    }
}

/// Which of the user's own values, the last of `fields`, are there: one bit each, from the last one on.
pub(crate) fn set_of(fields: &FieldSet, own: &[&dyn Value]) -> u64 {
    let base = fields.len().saturating_sub(own.len());
    let mut set = 0;
    for (field, value) in fields.iter().skip(base).zip(own) {
        let mut noticed = Noticed(false);
        value.record(&field, &mut noticed);
        if noticed.0 {
            set |= bit(fields, &field);
        }
    }
    set
}

/// Whether the field `key` is in what [`set_of`] gave.
pub(crate) fn is_set(fields: &FieldSet, set: u64, key: &str) -> bool {
    fields
        .field(key)
        .is_some_and(|field| set & bit(fields, &field) != 0)
}

/// Nobody declares more than fit.
fn bit(fields: &FieldSet, field: &Field) -> u64 {
    u32::try_from(fields.len() - 1 - field.index())
        .ok()
        .and_then(|place| 1_u64.checked_shl(place))
        .unwrap_or_default()
}
