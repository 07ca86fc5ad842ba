//! What holds at a place, all of it in one.

use crate::attributes::Attributes;
use crate::attributes::texts;
use crate::scope::Scope as AgentScope;
use crate::semconv::{AttributeId, id};
use opentelemetry::{Key, StringValue, Value};
use std::sync::Arc;

/// How many attributes, tags and carried entries each a scope keeps.
pub(crate) const LIMIT: usize = 64;

/// What holds at a place. It never changes: what is set inside makes another one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ambient {
    /// With the depth of the agents around the place where it was set, to tell which is nearer.
    pub(crate) conversation: Option<(Arc<str>, u32)>,
    pub(crate) attributes: Vec<Shared>,
    pub(crate) tags: Vec<StringValue>,
    /// What came in by baggage and stands on no span.
    pub(crate) carried: Vec<(Arc<str>, Arc<str>)>,
    /// The keys that may leave.
    pub(crate) outgoing: Vec<Key>,
}

/// One attribute of every span beneath.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    pub(crate) known: Option<AttributeId>,
    pub(crate) key: Key,
    pub(crate) value: Value,
}

impl Ambient {
    pub(crate) fn is_empty(&self) -> bool {
        self.conversation.is_none()
            && self.attributes.is_empty()
            && self.tags.is_empty()
            && self.carried.is_empty()
            && self.outgoing.is_empty()
    }

    /// Sets an attribute, in the place of what is known before. What a call says of itself cannot be
    /// said for it here.
    pub(crate) fn set(&mut self, key: Key, value: Value) {
        let known = AttributeId::from_name(key.as_str());
        if matches!(known, Some(id::ERROR_TYPE | id::GEN_AI_OPERATION_NAME)) {
            return;
        }
        if let Some(found) = self.attributes.iter_mut().find(|found| found.key == key) {
            found.value = value;
        } else if self.attributes.len() < LIMIT {
            self.attributes.push(Shared { known, key, value });
        }
    }

    pub(crate) fn tag(&mut self, tag: StringValue) {
        if !self.tags.contains(&tag) && self.tags.len() < LIMIT {
            self.tags.push(tag);
        }
    }

    pub(crate) fn carry(&mut self, key: Arc<str>, value: Arc<str>) {
        if let Some(found) = self.carried.iter_mut().find(|(known, _)| *known == key) {
            found.1 = value;
        } else if self.carried.len() < LIMIT {
            self.carried.push((key, value));
        }
    }

    pub(crate) fn propagate(&mut self, key: Key) {
        if !self.outgoing.contains(&key) && self.outgoing.len() < LIMIT {
            self.outgoing.push(key);
        }
    }

    /// This, set inside of `outer`, where the agents around are `depth` deep.
    pub(crate) fn inside(mut self, outer: Option<&Self>, depth: u32) -> Self {
        if let Some((_, at)) = &mut self.conversation {
            *at = depth;
        }
        let Some(outer) = outer else {
            return self;
        };
        let mut merged = outer.clone();
        merged.conversation = self.conversation.or(merged.conversation);
        for Shared { key, value, .. } in self.attributes {
            merged.set(key, value);
        }
        self.tags.into_iter().for_each(|tag| merged.tag(tag));
        for (key, value) in self.carried {
            merged.carry(key, value);
        }
        self.outgoing
            .into_iter()
            .for_each(|key| merged.propagate(key));
        merged
    }

    /// Fills in what nobody has said of a span. `is_own` tells which keys its fields have said.
    pub(crate) fn fill(&self, attributes: &mut Attributes, is_own: impl Fn(&str) -> bool) {
        for Shared { known, key, value } in &self.attributes {
            if !is_own(key.as_str()) {
                attributes.fill_shared(*known, key, value);
            }
        }
        if !self.tags.is_empty() && !is_own(id::AGENT_TRACE_TAGS.name()) {
            attributes.fill(id::AGENT_TRACE_TAGS, Some(texts(self.tags.clone())));
        }
    }
}

/// The conversation that a call in `scope` is part of: what an agent around it says, or what was set
/// by a scope, whichever is nearer.
pub(crate) fn conversation(
    ambient: Option<&Ambient>,
    scope: Option<&AgentScope>,
) -> Option<Arc<str>> {
    let said = scope.and_then(AgentScope::conversation);
    let shared = ambient.and_then(|ambient| ambient.conversation.as_ref());
    match (said, shared) {
        (Some((id, depth)), Some((_, at))) if *at < depth => Some(id),
        (_, Some((id, _))) => Some(Arc::clone(id)),
        (said, None) => said.map(|(id, _)| id),
    }
}
