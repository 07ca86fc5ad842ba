//! The values that a span starts with: its name, its kind, and what samplers look at.

use crate::family::Family;
use crate::fields::{early_attribute, place};
use crate::name::Name;
use crate::parent::Parent;
#[cfg(any(feature = "logs", feature = "metrics"))]
use crate::semconv::AttributeId;
use crate::semconv::{AttributeSet, NameSegment, SpanKind, id, operation};
use crate::server::Server;
use crate::site::Site;
use std::borrow::Cow;
#[cfg(any(feature = "logs", feature = "metrics"))]
use std::sync::Arc;
use tracing::{Dispatch, Span};
use tracing_core::field::Value;

/// How many values fit on the stack.
const VALUES: usize = 32;

/// What options and arguments give before the span exists.
#[derive(Debug, Default)]
pub(crate) struct Given<'a> {
    pub(crate) name: Option<Cow<'a, str>>,
    pub(crate) provider: Option<Cow<'a, str>>,
    pub(crate) model: Option<Cow<'a, str>>,
    pub(crate) server: Option<Cow<'a, str>>,
    pub(crate) data_source: Option<Cow<'a, str>>,
    pub(crate) tool_type: Option<Cow<'a, str>>,
}

/// The values that the span starts with.
pub(crate) struct Early<'a> {
    name: Option<Name>,
    kind: Option<&'static str>,
    operation: &'static str,
    pub(crate) provider: Option<&'a str>,
    model: Option<&'a str>,
    address: Option<&'a str>,
    port: Option<i64>,
    agent: Option<&'a str>,
    own_name: Option<&'a str>,
    tool_type: Option<&'a str>,
}

impl<'a> Early<'a> {
    pub(crate) fn of(
        site: &'static Site,
        given: &'a Given<'_>,
        inherited_agent: Option<&'a str>,
    ) -> Self {
        let said = given.name.as_deref();
        let name = said.or(Some(site.label).filter(|label| !label.is_empty()));
        let (agent, own_name) = match site.family {
            Family::Agent if site.is_workflow() => (None, name),
            Family::Agent if site.operation == operation::PLAN => {
                (said.or(inherited_agent).or(name), None)
            }
            Family::Agent => (name, None),
            Family::Tool => (inherited_agent, name),
            Family::Llm => (None, None),
        };
        let server = given.server.as_deref().and_then(Server::parse);
        let server = server.filter(|_| site.takes(id::SERVER_ADDRESS));
        let tool_name = Some(id::GEN_AI_TOOL_NAME).filter(|_| site.family == Family::Tool);
        let mut early = Self {
            name: None,
            kind: match site.span_type.kind {
                SpanKind::Client => Some("client"),
                SpanKind::Server => Some("server"),
                _ => None,
            },
            operation: site.operation,
            provider: given
                .provider
                .as_deref()
                .filter(|_| site.takes(id::GEN_AI_PROVIDER_NAME)),
            model: given
                .model
                .as_deref()
                .filter(|_| site.takes(id::GEN_AI_REQUEST_MODEL)),
            address: server.as_ref().map(|server| server.address),
            port: server.and_then(|server| server.port).map(i64::from),
            agent: agent.filter(|_| site.takes(id::GEN_AI_AGENT_NAME)),
            own_name: own_name.filter(|_| tool_name.is_none_or(|id| site.takes(id))),
            tool_type: given
                .tool_type
                .as_deref()
                .filter(|_| site.takes(id::GEN_AI_TOOL_TYPE)),
        };
        if site.dynamic {
            let name = early.span_name(site, name, given.data_source.as_deref());
            early.name = Some(name);
        }
        early
    }

    fn span_name(&self, site: &Site, name: Option<&str>, data_source: Option<&str>) -> Name {
        if !site.known {
            let what = if site.family == Family::Llm {
                self.model
            } else {
                name
            };
            return match what {
                Some(what) => Name::joined(site.operation, what),
                None => Name::from(site.operation.to_owned()),
            };
        }
        let known = |attribute| match attribute {
            id::GEN_AI_OPERATION_NAME => Some(self.operation),
            id::GEN_AI_REQUEST_MODEL => self.model,
            id::GEN_AI_AGENT_NAME => self.agent,
            id::GEN_AI_WORKFLOW_NAME | id::GEN_AI_TOOL_NAME => self.own_name,
            id::GEN_AI_DATA_SOURCE_ID => data_source,
            _ => None,
        };
        // Nearly every name is an operation and what it is done with.
        if let Some(
            [
                NameSegment::Attribute(id::GEN_AI_OPERATION_NAME),
                NameSegment::Attribute(object),
            ],
        ) = site
            .span_type
            .name_formats
            .first()
            .map(|format| format.segments)
        {
            if let Some(object) = known(*object).filter(|object| !object.is_empty()) {
                return Name::joined(self.operation, object);
            }
        }
        Name::from(site.span_type.span_name(known))
    }

    /// The name under which an agent's scope is known.
    pub(crate) fn own_agent_name(&self) -> Option<&'a str> {
        self.agent
    }

    pub(crate) fn make_span(
        &self,
        site: &'static Site,
        is_root: bool,
        parent: &Parent,
        own: &[&dyn Value],
        dispatch: &Dispatch,
    ) -> Span {
        let metadata = site.metadata(dispatch);
        let fields = metadata.fields();
        let base = fields.len().saturating_sub(own.len());
        let mut stack = [None; VALUES];
        let mut heap;
        let values: &mut [Option<&dyn Value>] = if fields.len() <= VALUES {
            &mut stack[..fields.len()]
        } else {
            heap = vec![None; fields.len()];
            &mut heap
        };
        let name = self.name.as_ref().map(Name::as_str);
        let early: [Option<&dyn Value>; place::COUNT] = [
            name.as_ref().map(|value| value as _),
            self.kind.as_ref().map(|value| value as _),
            Some(&self.operation),
            self.provider.as_ref().map(|value| value as _),
            self.model.as_ref().map(|value| value as _),
            self.address.as_ref().map(|value| value as _),
            self.port.as_ref().map(|value| value as _),
            self.agent.as_ref().map(|value| value as _),
            self.own_name.as_ref().map(|value| value as _),
            self.tool_type.as_ref().map(|value| value as _),
        ];
        for (at, value) in early.into_iter().enumerate() {
            if at <= place::SERVER_PORT || early_attribute(site.family, at).is_some() {
                values[at] = value;
            }
        }
        for (slot, value) in values[base..].iter_mut().zip(own) {
            *slot = Some(*value);
        }
        let values = fields.value_set_all(values);
        if is_root {
            return Span::new_root_with(metadata, &values, dispatch);
        }
        match parent {
            Parent::Span(parent) => {
                Span::child_of_with(parent.clone(), metadata, &values, dispatch)
            }
            Parent::Contextual | Parent::Remote(_) | Parent::NewTrace(..) => {
                Span::new_with(metadata, &values, dispatch)
            }
        }
    }

    /// What the span starts with, for those who are told of the call beside it.
    #[cfg(any(feature = "logs", feature = "metrics"))]
    pub(crate) fn attributes(&self, site: &Site) -> Vec<(AttributeId, opentelemetry::Value)> {
        let text = |value: Option<&str>| value.map(|value| Arc::<str>::from(value).into());
        let values = [
            (place::OPERATION, Some(self.operation.into())),
            (place::PROVIDER, text(self.provider)),
            (place::MODEL, text(self.model)),
            (place::SERVER_ADDRESS, text(self.address)),
            (place::SERVER_PORT, self.port.map(Into::into)),
            (place::AGENT, text(self.agent)),
            (place::OWN_NAME, text(self.own_name)),
            (place::TOOL_TYPE, text(self.tool_type)),
        ];
        let mut attributes = Vec::with_capacity(values.len());
        attributes.extend(
            values
                .into_iter()
                .filter_map(|(at, value)| Some((early_attribute(site.family, at)?, value?))),
        );
        attributes
    }

    /// What stands on the span already.
    pub(crate) fn present(&self, site: &Site) -> AttributeSet {
        let mut present = AttributeSet::EMPTY;
        let set = [
            (place::OPERATION, true),
            (place::PROVIDER, self.provider.is_some()),
            (place::MODEL, self.model.is_some()),
            (place::SERVER_ADDRESS, self.address.is_some()),
            (place::SERVER_PORT, self.port.is_some()),
            (place::AGENT, self.agent.is_some()),
            (place::OWN_NAME, self.own_name.is_some()),
            (place::TOOL_TYPE, self.tool_type.is_some()),
        ];
        for (at, is_set) in set {
            if let Some(attribute) = early_attribute(site.family, at).filter(|_| is_set) {
                present = present.with(attribute);
            }
        }
        present
    }
}

/// What spans of this function may carry, with what the provider's refinement adds.
pub(crate) fn listed(site: &Site, provider: Option<&str>) -> AttributeSet {
    let mut listed = site.span_type.listed;
    if let Some(provider) = provider {
        for refinement in site.span_type.refinements {
            if refinement.provider == Some(provider) {
                listed = listed.union(refinement.listed);
            }
        }
    }
    listed
}
