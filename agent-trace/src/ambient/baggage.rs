//! What of a scope leaves the process as baggage, and what comes in.

use super::Scope;
use crate::semconv::attribute;
use opentelemetry::{Array, Key, Value};
use std::sync::Arc;

/// What is understood of baggage without being asked for.
const WELL_KNOWN: [&str; 5] = [
    attribute::GEN_AI_CONVERSATION_ID,
    attribute::SESSION_ID,
    attribute::USER_ID,
    attribute::AGENT_TRACE_TENANT_ID,
    attribute::AGENT_TRACE_TAGS,
];

impl Scope {
    /// The entries that may leave this process: the keys that [`propagate`](Self::propagate) named
    /// and that have a value, with what came in and is only carried on. Keys and values are plain
    /// text, not percent-encoded; a list is its items, each with `%` and `,` as `%25` and `%2C`,
    /// joined by commas.
    #[must_use]
    pub fn baggage(&self) -> Vec<(String, String)> {
        let ambient = self.ambient();
        let allowed = ambient.outgoing.iter().filter_map(|key| {
            let value = match key.as_str() {
                attribute::GEN_AI_CONVERSATION_ID => ambient.conversation.as_ref()?.0.to_string(),
                attribute::AGENT_TRACE_TAGS if ambient.tags.is_empty() => return None,
                attribute::AGENT_TRACE_TAGS => joined(ambient.tags.iter().map(|tag| tag.as_str())),
                key => {
                    let mut shared = ambient.attributes.iter();
                    plain(&shared.find(|shared| shared.key.as_str() == key)?.value)
                }
            };
            Some((key.as_str().to_owned(), value))
        });
        let carried = ambient.carried.iter();
        allowed
            .chain(carried.map(|(key, value)| (key.to_string(), value.to_string())))
            .collect()
    }

    /// The scope of work that came in with these baggage entries, decoded.
    ///
    /// Conversation, session, user, tenant and tags are set; every other entry is carried on as
    /// baggage and stands on no span, because whoever sent it could name it as he likes: see
    /// [`accept`](Self::accept). All of it may leave again.
    ///
    /// ```
    /// use agent_trace::Scope;
    ///
    /// let scope = Scope::from_baggage([("user.id", "u-1"), ("shop.region", "eu"), ("other", "1")])
    ///     .accept(["shop.region"]);
    /// # assert_eq!(scope.baggage().len(), 3);
    /// scope.run(|| { /* spans here have `user.id` and `shop.region` */ });
    /// ```
    pub fn from_baggage<K: AsRef<str>, V: AsRef<str>>(
        entries: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let mut scope = Self::new();
        for (key, value) in entries {
            let (key, value) = (key.as_ref(), value.as_ref());
            let Some(known) = WELL_KNOWN.into_iter().find(|known| *known == key) else {
                scope.ambient_mut().carry(Arc::from(key), Arc::from(value));
                continue;
            };
            scope = if known == attribute::AGENT_TRACE_TAGS {
                items(value).fold(scope, |scope, tag| scope.tag(tag))
            } else {
                scope.attribute(known, value.to_owned())
            };
            scope = scope.propagate([known]);
        }
        scope
    }

    /// Puts incoming entries of these keys on spans, as text.
    pub fn accept<K: Into<Key>>(mut self, keys: impl IntoIterator<Item = K>) -> Self {
        for key in keys {
            let key = key.into();
            let carried = &mut self.ambient_mut().carried;
            let at = carried
                .iter()
                .position(|(known, _)| **known == *key.as_str());
            if let Some(at) = at {
                let (_, value) = carried.remove(at);
                self = self.attribute(key.clone(), value).propagate([key]);
            }
        }
        self
    }
}

/// A value as the text of a baggage entry.
fn plain(value: &Value) -> String {
    match value {
        Value::Array(Array::String(list)) => joined(list.iter().map(|text| text.as_str())),
        value => value.as_str().into_owned(),
    }
}

fn joined<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let escaped: Vec<String> = items
        .map(|item| item.replace('%', "%25").replace(',', "%2C"))
        .collect();
    escaped.join(",")
}

fn items(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(',')
        .filter(|item| !item.is_empty())
        .map(|item| item.replace("%2C", ",").replace("%25", "%"))
}
