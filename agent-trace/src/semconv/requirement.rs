//! An attribute in the list of a signal.

use super::AttributeId;

/// How strongly the conventions ask for an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Requirement {
    /// Always.
    Required,
    /// Always, when the condition holds.
    ConditionallyRequired,
    /// By default; with a condition, by default when it holds.
    Recommended,
    /// Only when the user asks for it. All content is.
    OptIn,
}

/// An attribute in the list of a span type, an event or a metric.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct SignalAttribute {
    /// The attribute.
    pub id: AttributeId,
    /// How strongly the conventions ask for it.
    pub requirement: Requirement,
    /// When they ask for it, in a few words that continue "when ..".
    pub condition: Option<&'static str>,
    /// Samplers may look at it: give it when the span starts.
    pub sampling: bool,
}

impl SignalAttribute {
    /// The attribute's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.id.name()
    }

    pub(super) const fn when(mut self, condition: &'static str) -> Self {
        self.condition = Some(condition);
        self
    }

    pub(super) const fn sampling(mut self) -> Self {
        self.sampling = true;
        self
    }

    const fn new(id: AttributeId, requirement: Requirement) -> Self {
        Self {
            id,
            requirement,
            condition: None,
            sampling: false,
        }
    }
}

pub(super) const fn required(id: AttributeId) -> SignalAttribute {
    SignalAttribute::new(id, Requirement::Required)
}

pub(super) const fn conditional(id: AttributeId) -> SignalAttribute {
    SignalAttribute::new(id, Requirement::ConditionallyRequired)
}

pub(super) const fn recommended(id: AttributeId) -> SignalAttribute {
    SignalAttribute::new(id, Requirement::Recommended)
}

pub(super) const fn opt_in(id: AttributeId) -> SignalAttribute {
    SignalAttribute::new(id, Requirement::OptIn)
}
