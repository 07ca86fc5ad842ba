//! The three attributes as one kind, with the words used for each.

use crate::semconv::{OPERATIONS, Operation};

/// Which of the three attributes is being expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    Agent,
    Tool,
    Llm,
}

impl Family {
    pub(crate) const ALL: [Self; 3] = [Self::Agent, Self::Tool, Self::Llm];

    /// The attribute as a user writes it.
    pub(crate) const fn attribute(self) -> &'static str {
        match self {
            Self::Agent => "#[agent_span]",
            Self::Tool => "#[tool_call]",
            Self::Llm => "#[llm_call]",
        }
    }

    /// The variant of the runtime's `Family`.
    pub(crate) const fn variant(self) -> &'static str {
        match self {
            Self::Agent => "Agent",
            Self::Tool => "Tool",
            Self::Llm => "Llm",
        }
    }

    /// The family's name in the table of operations.
    const fn key(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Tool => "tool",
            Self::Llm => "llm",
        }
    }

    pub(crate) fn operations(self) -> impl Iterator<Item = &'static Operation> {
        OPERATIONS
            .iter()
            .filter(move |operation| operation.family == self.key())
    }

    /// The operation where none is given.
    pub(crate) const fn default_operation(self) -> &'static str {
        match self {
            Self::Agent => "invoke_agent",
            Self::Tool => "execute_tool",
            Self::Llm => "chat",
        }
    }

    /// The family's operation of that name; where it has two kinds, `remote` asks for CLIENT.
    pub(crate) fn operation(self, name: &str, remote: bool) -> Option<&'static Operation> {
        let kind = if remote { "client" } else { "internal" };
        let named = || self.operations().filter(|operation| operation.name == name);
        named()
            .find(|operation| operation.kind == kind)
            .or_else(|| named().next())
    }
}

impl Operation {
    /// Whether the span type, or a refinement of it, has the attribute.
    pub(crate) fn lists(&self, attribute: &str) -> bool {
        self.attributes.contains(&attribute) || self.refined.contains(&attribute)
    }

    /// Whether it has any of them.
    pub(crate) fn lists_any(&self, attributes: &[&str]) -> bool {
        attributes.iter().any(|attribute| self.lists(attribute))
    }
}
