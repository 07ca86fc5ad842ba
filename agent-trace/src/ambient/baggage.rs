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
    /// The entries that may leave this process: the keys that [`propagate`](Self::propagate) named and
    /// that have a value, be it set here or come in. Keys and values are plain text, not percent-encoded;
    /// a list is its items, each with `%` and `,` as `%25` and `%2C`, joined by commas.
    #[must_use]
    pub fn baggage(&self) -> Vec<(String, String)> {
        let ambient = self.ambient();
        let value = |key: &str| {
            let mut attributes = ambient.attributes.iter();
            let mut carried = ambient.carried.iter();
            match key {
                attribute::GEN_AI_CONVERSATION_ID => {
                    Some(ambient.conversation.as_ref()?.0.to_string())
                }
                attribute::AGENT_TRACE_TAGS if ambient.tags.is_empty() => None,
                attribute::AGENT_TRACE_TAGS => {
                    Some(joined(ambient.tags.iter().map(|tag| tag.as_str())))
                }
                key => attributes
                    .find(|shared| shared.key.as_str() == key)
                    .map(|shared| plain(&shared.value))
                    .or_else(|| Some(carried.find(|(known, _)| **known == *key)?.1.to_string())),
            }
        };
        ambient
            .outgoing
            .iter()
            .filter_map(|key| Some((key.as_str().to_owned(), value(key.as_str())?)))
            .collect()
    }

    /// The scope of work that came in with these baggage entries, decoded.
    ///
    /// Conversation, session, user, tenant and tags are set; every other entry stands on no span, because
    /// whoever sent it could name it as he likes: see [`accept`](Self::accept). All of it is kept, to leave
    /// again if [`propagate`](Self::propagate) names it.
    ///
    /// ```
    /// use agent_trace::Scope;
    ///
    /// let scope = Scope::from_baggage([("user.id", "u-1"), ("shop.region", "eu"), ("other", "1")])
    ///     .accept(["shop.region"])
    ///     .propagate(["other"]);
    /// # assert_eq!(scope.baggage(), [("other".to_owned(), "1".to_owned())]);
    /// scope.run(|| { /* spans here have `user.id` and `shop.region` */ });
    /// ```
    pub fn from_baggage<K: AsRef<str>, V: AsRef<str>>(
        entries: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let mut scope = Self::new();
        for (key, value) in entries {
            let (key, value) = (key.as_ref(), value.as_ref());
            scope = match WELL_KNOWN.into_iter().find(|known| *known == key) {
                Some(attribute::AGENT_TRACE_TAGS) => {
                    items(value).fold(scope, |scope, tag| scope.tag(tag))
                }
                Some(known) => scope.attribute(known, value.to_owned()),
                None => {
                    scope.ambient_mut().carry(Arc::from(key), Arc::from(value));
                    scope
                }
            };
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
                self = self.attribute(key, value);
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
