//! A set of attributes as a bit mask.

use super::{ATTRIBUTES, AttributeId, SignalAttribute};

const WORDS: usize = 4;

const _: () = assert!(
    ATTRIBUTES.len() <= WORDS * 64,
    "the registry has outgrown the mask"
);

/// A set of attributes: membership is one bit test.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct AttributeSet([u64; WORDS]);

impl AttributeSet {
    /// The set without attributes.
    pub const EMPTY: Self = Self([0; WORDS]);

    /// The attributes of a list.
    pub(super) const fn of(list: &[SignalAttribute]) -> Self {
        Self::EMPTY.and(list)
    }

    /// This set and the attributes of a list.
    pub(super) const fn and(mut self, list: &[SignalAttribute]) -> Self {
        let mut at = 0;
        while at < list.len() {
            self = self.with(list[at].id);
            at += 1;
        }
        self
    }

    /// The attributes of a list that should be known when the span starts.
    pub(super) const fn sampling(list: &[SignalAttribute]) -> Self {
        let mut set = Self::EMPTY;
        let mut at = 0;
        while at < list.len() {
            if list[at].sampling {
                set = set.with(list[at].id);
            }
            at += 1;
        }
        set
    }

    /// Adds an attribute.
    #[inline]
    pub const fn insert(&mut self, attribute: AttributeId) {
        self.0[attribute.index() / 64] |= 1 << (attribute.index() % 64);
    }

    /// This set with one more attribute.
    #[must_use]
    pub const fn with(mut self, attribute: AttributeId) -> Self {
        self.0[attribute.index() / 64] |= 1 << (attribute.index() % 64);
        self
    }

    /// The attributes of both sets.
    #[must_use]
    pub const fn union(mut self, other: Self) -> Self {
        let mut at = 0;
        while at < WORDS {
            self.0[at] |= other.0[at];
            at += 1;
        }
        self
    }

    /// Whether the attribute is in the set.
    #[inline]
    #[must_use]
    pub const fn contains(&self, attribute: AttributeId) -> bool {
        self.0[attribute.index() / 64] & (1 << (attribute.index() % 64)) != 0
    }

    /// How many attributes are in the set.
    #[must_use]
    pub const fn len(&self) -> usize {
        let mut count = 0;
        let mut at = 0;
        while at < WORDS {
            count += self.0[at].count_ones() as usize;
            at += 1;
        }
        count
    }

    /// Whether the set has no attributes.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The attributes, by name.
    pub fn iter(&self) -> impl Iterator<Item = AttributeId> + '_ {
        ATTRIBUTES
            .iter()
            .map(|info| info.id)
            .filter(|id| self.contains(*id))
    }
}

impl std::fmt::Debug for AttributeSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set()
            .entries(self.iter().map(AttributeId::name))
            .finish()
    }
}
