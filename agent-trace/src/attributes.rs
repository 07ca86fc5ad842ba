//! Attributes that are gathered so that each is written once.

use crate::semconv::{AttributeId, AttributeSet, Origin};
use opentelemetry::{Key, KeyValue, StringValue, Value};

/// How many attributes there is room for at first: a model call has about as many.
const ROOM: usize = 16;

/// The attributes of one span, and what it may carry.
#[derive(Debug)]
pub(crate) struct Attributes {
    list: Vec<KeyValue>,
    present: AttributeSet,
    listed: AttributeSet,
}

impl Attributes {
    /// For a span that carries `present` already and may carry what is `listed`.
    pub(crate) fn new(present: AttributeSet, listed: AttributeSet) -> Self {
        Self {
            list: Vec::new(),
            present,
            listed,
        }
    }

    /// Marks an attribute as written already, by a field of the span.
    #[inline]
    pub(crate) fn mark(&mut self, attribute: AttributeId) {
        self.present.insert(attribute);
    }

    /// What spans of this type carry.
    pub(crate) fn listed(&self) -> AttributeSet {
        self.listed
    }

    /// Whether spans of this type carry the attribute.
    #[inline]
    pub(crate) fn takes(&self, attribute: AttributeId) -> bool {
        self.listed.contains(attribute) || matches!(attribute.info().origin, Origin::Own)
    }

    #[inline]
    pub(crate) fn has(&self, attribute: AttributeId) -> bool {
        self.present.contains(attribute)
    }

    /// Sets an attribute that nobody has set; one that the span type does not list is left out.
    #[inline]
    pub(crate) fn fill(&mut self, attribute: AttributeId, value: Option<impl Into<Value>>) {
        // Most of what could be known is not: that is all that it should cost.
        if let Some(value) = value {
            if self.takes(attribute) {
                self.set(attribute, value.into());
            }
        }
    }

    /// Sets an attribute that nobody has set, whatever the span type lists: the macros have checked
    /// the options.
    #[inline]
    pub(crate) fn say(&mut self, attribute: AttributeId, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.set(attribute, value.into());
        }
    }

    fn set(&mut self, attribute: AttributeId, value: Value) {
        if !self.has(attribute) {
            self.mark(attribute);
            self.push(KeyValue::new(attribute.name(), value));
        }
    }

    fn push(&mut self, attribute: KeyValue) {
        if self.list.capacity() == 0 {
            self.list.reserve(ROOM);
        }
        self.list.push(attribute);
    }

    /// Sets an attribute again, in the place of what was known before. What stands in a field of the
    /// span was written when it started and stays.
    pub(crate) fn put(&mut self, attribute: AttributeId, value: impl Into<Value>) {
        match self
            .list
            .iter_mut()
            .find(|kv| kv.key.as_str() == attribute.name())
        {
            Some(found) => found.value = value.into(),
            None => self.fill(attribute, Some(value)),
        }
    }

    /// Sets an attribute of the user's own.
    pub(crate) fn put_own(&mut self, key: Key, value: Value) {
        if let Some(found) = self.list.iter_mut().find(|kv| kv.key == key) {
            found.value = value;
            return;
        }
        if let Some(known) = AttributeId::from_name(key.as_str()) {
            if self.has(known) {
                return;
            }
            self.mark(known);
        }
        self.push(KeyValue::new(key, value));
    }

    /// Sets what holds for this span among others, if nothing else is known.
    pub(crate) fn fill_shared(&mut self, known: Option<AttributeId>, key: &Key, value: &Value) {
        match known {
            Some(known) => {
                let is_free = !matches!(known.info().origin, Origin::GenAi);
                if is_free || self.listed.contains(known) {
                    self.say(known, Some(value.clone()));
                }
            }
            None if self.list.iter().any(|kv| kv.key == *key) => {}
            None => self.push(KeyValue::new(key.clone(), value.clone())),
        }
    }

    /// Adds to a count.
    pub(crate) fn add(&mut self, attribute: AttributeId, more: i64) {
        let found = self
            .list
            .iter_mut()
            .find(|kv| kv.key.as_str() == attribute.name());
        match found.map(|kv| &mut kv.value) {
            Some(Value::I64(count)) => *count = count.saturating_add(more),
            Some(_) => {}
            None => self.fill(attribute, Some(more)),
        }
    }

    /// Takes over what is not known here yet.
    pub(crate) fn absorb(&mut self, other: Self) {
        for kv in other.list {
            match AttributeId::from_name(kv.key.as_str()) {
                Some(known) if self.has(known) => {}
                Some(known) => {
                    self.mark(known);
                    self.push(kv);
                }
                None => self.put_own(kv.key, kv.value),
            }
        }
    }

    /// Everything gathered, for the one step in which it is written.
    pub(crate) fn take(&mut self) -> Vec<KeyValue> {
        std::mem::take(&mut self.list)
    }

    /// All of it, which leaves the place to be filled again.
    pub(crate) fn take_all(&mut self) -> Self {
        let listed = self.listed;
        std::mem::replace(self, Self::new(AttributeSet::EMPTY, listed))
    }
}

/// A list of texts as an array value.
pub(crate) fn texts<T: Into<StringValue>>(items: impl IntoIterator<Item = T>) -> Value {
    Value::Array(
        items
            .into_iter()
            .map(Into::into)
            .collect::<Vec<StringValue>>()
            .into(),
    )
}
