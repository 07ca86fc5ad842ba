//! The three families, one for each attribute.

use crate::semconv::{SpanType, span};

/// The family of an annotated function, which is the attribute it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `#[agent_span]`.
    Agent,
    /// `#[tool_call]`.
    Tool,
    /// `#[llm_call]`.
    Llm,
}

impl Family {
    /// The span type that an operation of one's own follows.
    pub(crate) const fn base(self) -> &'static SpanType {
        match self {
            Self::Agent => &span::INVOKE_AGENT_INTERNAL,
            Self::Tool => &span::EXECUTE_TOOL,
            Self::Llm => &span::INFERENCE,
        }
    }
}
