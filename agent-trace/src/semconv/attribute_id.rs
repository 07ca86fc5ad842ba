//! What the registry says about one attribute, and a number that stands for it.

use super::table::ATTRIBUTES;

/// A number that stands for one attribute of [`ATTRIBUTES`]; the constants are in
/// [`semconv::id`](super::id).
///
/// It exists so that questions like "does this span type list that attribute?" are a bit test and
/// not a string comparison. The numbers change with the registry: never store one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttributeId(u16);

impl AttributeId {
    /// The attribute at this place of the table.
    pub(super) const fn new(index: u16) -> Self {
        Self(index)
    }

    /// Its place in [`ATTRIBUTES`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The attribute's name, for example `gen_ai.request.model`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        ATTRIBUTES[self.index()].name
    }

    /// The registry's entry for it.
    #[must_use]
    pub const fn info(self) -> &'static AttributeInfo {
        &ATTRIBUTES[self.index()]
    }

    /// The attribute of this name, or `None` when the table does not have it.
    ///
    /// A key of a template attribute (`gen_ai.prompt.variable.city`) is not a name of the table.
    ///
    /// ```
    /// use agent_trace::semconv::{AttributeId, id};
    ///
    /// assert_eq!(AttributeId::from_name("gen_ai.request.model"), Some(id::GEN_AI_REQUEST_MODEL));
    /// assert_eq!(AttributeId::from_name("gen_ai.system"), None);
    /// ```
    #[must_use]
    pub const fn from_name(name: &str) -> Option<Self> {
        let (mut low, mut high) = (0, ATTRIBUTES.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match super::order(ATTRIBUTES[middle].name, name) {
                std::cmp::Ordering::Equal => return Some(Self(middle as u16)),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

impl std::fmt::Debug for AttributeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("AttributeId").field(&self.name()).finish()
    }
}

impl std::fmt::Display for AttributeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// What the registry says about one attribute.
#[derive(Debug)]
#[non_exhaustive]
pub struct AttributeInfo {
    /// The number that stands for it.
    pub id: AttributeId,
    /// The attribute's name.
    pub name: &'static str,
    /// The type of its value.
    pub value_type: ValueType,
    /// How settled the name is.
    pub stability: Stability,
    /// Which registry defines it.
    pub origin: Origin,
    /// The well-known values; empty where any value is as good as another. Other values are
    /// permitted.
    pub values: &'static [&'static str],
    /// The JSON schema of a structured value, by its name in the conventions' repository.
    pub schema: Option<&'static str>,
}

/// The type of an attribute's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ValueType {
    /// Text.
    String,
    /// A signed 64-bit integer.
    Int,
    /// A 64-bit floating point number.
    Double,
    /// True or false.
    Bool,
    /// A list of texts.
    Strings,
    /// A list of integers.
    Ints,
    /// A structured value: on spans JSON text, on events a map or list.
    Any,
    /// Text under a name that is completed by a key: `gen_ai.prompt.variable.<key>`.
    Template,
}

/// How settled a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stability {
    /// May change or go with any revision.
    Development,
    /// About to become stable.
    ReleaseCandidate,
    /// Will not change.
    Stable,
}

/// Which registry defines an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// The OpenTelemetry GenAI conventions.
    GenAi,
    /// The general OpenTelemetry conventions; the GenAI ones borrow it.
    Core,
    /// This project: `agent_trace.*`.
    Own,
}
