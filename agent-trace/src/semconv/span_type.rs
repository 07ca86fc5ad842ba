//! A span type of the conventions.

use super::{
    AttributeId, AttributeSet, NameFormat, Requirement, SignalAttribute, Stability, id, same, span,
};

/// The span kinds the conventions use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SpanKind {
    /// A call to another process.
    Client,
    /// A call from another process.
    Server,
    /// Work inside this process.
    Internal,
}

/// A span type of the conventions: what its spans are called and what they carry.
///
/// The types are the statics of [`semconv::span`](super::span). A type is a registry id and never
/// exported: it is known by the span's operation and kind.
#[derive(Debug)]
#[non_exhaustive]
pub struct SpanType {
    /// The registry's id, for example `gen_ai.client.inference`.
    pub id: &'static str,
    /// How settled the type is.
    pub stability: Stability,
    /// The kind of its spans.
    pub kind: SpanKind,
    /// A second kind that is permitted: a model or a memory in the same process.
    pub kind_may_be: Option<SpanKind>,
    /// The attribute whose value makes a span one of this type: `gen_ai.operation.name`, or
    /// `mcp.method.name`.
    pub selector: AttributeId,
    /// The operations of the type. For the MCP types: set only for tool calls.
    pub operations: &'static [&'static str],
    /// The forms of the span name, the preferred one first.
    pub name_formats: &'static [NameFormat],
    /// The attributes the type lists.
    pub attributes: &'static [SignalAttribute],
    /// What providers and special uses add to the type.
    pub refinements: &'static [Refinement],
    /// The entities that may be associated with its spans, by type.
    pub entities: &'static [&'static str],
    /// The attributes the type lists, as a set.
    pub listed: AttributeSet,
    /// Those of them that should be known when the span starts.
    pub sampling: AttributeSet,
}

/// What a provider or a special use adds to a span type.
#[derive(Debug)]
#[non_exhaustive]
pub struct Refinement {
    /// The registry's id, for example `openai.gen_ai.client.inference`.
    pub id: &'static str,
    /// The `gen_ai.provider.name` it is for; `None` for one that any provider's span may be.
    pub provider: Option<&'static str>,
    /// The forms of the span name, the preferred one first.
    pub name_formats: &'static [NameFormat],
    /// The attributes it adds or asks for differently.
    pub attributes: &'static [SignalAttribute],
    /// All attributes of a span of this refinement, as a set.
    pub listed: AttributeSet,
}

impl SpanType {
    /// Whether the conventions list the attribute for this type. Attributes of this project's own
    /// registry are never listed: they may be on any span.
    #[must_use]
    pub const fn lists(&self, attribute: AttributeId) -> bool {
        self.listed.contains(attribute)
    }

    /// Whether the conventions list the attribute for this type, or for a refinement of it that
    /// this provider's spans may be.
    ///
    /// ```
    /// use agent_trace::semconv::{id, provider, span};
    ///
    /// let tier = id::OPENAI_RESPONSE_SERVICE_TIER;
    /// assert!(span::INFERENCE.lists_for(tier, provider::OPENAI));
    /// assert!(!span::INFERENCE.lists_for(tier, provider::ANTHROPIC));
    /// ```
    #[must_use]
    pub const fn lists_for(&self, attribute: AttributeId, provider: &str) -> bool {
        if self.lists(attribute) {
            return true;
        }
        let mut at = 0;
        while at < self.refinements.len() {
            let refinement = &self.refinements[at];
            if refinement.listed.contains(attribute) && refinement.is_for(provider) {
                return true;
            }
            at += 1;
        }
        false
    }

    /// How the type asks for an attribute, or `None` when it does not list it.
    #[must_use]
    pub const fn requirement(&self, attribute: AttributeId) -> Option<Requirement> {
        let mut at = 0;
        while at < self.attributes.len() {
            if self.attributes[at].id.index() == attribute.index() {
                return Some(self.attributes[at].requirement);
            }
            at += 1;
        }
        None
    }

    /// Whether spans of the type may have this kind.
    #[must_use]
    pub const fn permits(&self, kind: SpanKind) -> bool {
        let second = match self.kind_may_be {
            Some(second) => second as u8 == kind as u8,
            None => false,
        };
        self.kind as u8 == kind as u8 || second
    }

    /// The span name: the first form all of whose values are known, else the last form without
    /// the parts that are not.
    ///
    /// ```
    /// use agent_trace::semconv::{id, span};
    ///
    /// let nameless = span::EXECUTE_TOOL.span_name(|_| None);
    /// assert_eq!(nameless, "execute_tool");
    /// ```
    pub fn span_name<'v>(&self, value: impl Fn(AttributeId) -> Option<&'v str>) -> String {
        self.name_formats
            .iter()
            .find_map(|format| format.render(&value))
            .or_else(|| {
                self.name_formats
                    .last()
                    .map(|format| format.render_known(&value))
            })
            .unwrap_or_default()
    }
}

impl Refinement {
    /// Whether a span of this provider may be one of this refinement.
    #[must_use]
    pub const fn is_for(&self, provider: &str) -> bool {
        match self.provider {
            Some(own) => same(own, provider),
            None => true,
        }
    }
}

/// The type of an operation's spans, or `None` for an operation the conventions do not name.
///
/// Where an operation has two types, `remote` chooses: `invoke_agent` is a CLIENT span when the
/// agent runs elsewhere and an INTERNAL one when it runs here. It makes no difference otherwise.
///
/// ```
/// use agent_trace::semconv::{operation, span, span_type};
///
/// let of = |remote| span_type(operation::INVOKE_AGENT, remote).map(|found| found.id);
/// assert_eq!(of(false), Some(span::INVOKE_AGENT_INTERNAL.id));
/// assert_eq!(of(true), Some(span::INVOKE_AGENT_CLIENT.id));
/// assert!(span_type("reflect", false).is_none());
/// ```
#[must_use]
pub const fn span_type(operation: &str, remote: bool) -> Option<&'static SpanType> {
    let mut first = None;
    let mut at = 0;
    while at < span::ALL.len() {
        let candidate = span::ALL[at];
        at += 1;
        if candidate.selector.index() != id::GEN_AI_OPERATION_NAME.index()
            || !contains(candidate.operations, operation)
        {
            continue;
        }
        if matches!(candidate.kind, SpanKind::Client) == remote {
            return Some(candidate);
        }
        if first.is_none() {
            first = Some(candidate);
        }
    }
    first
}

const fn contains(list: &[&str], text: &str) -> bool {
    let mut at = 0;
    while at < list.len() {
        if same(list[at], text) {
            return true;
        }
        at += 1;
    }
    false
}
