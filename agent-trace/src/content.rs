//! The one place through which prompts, messages, arguments, results and queries go.
//!
//! Nothing is captured in this version: [`capture`] asks for no value. What is to come here is the
//! chain of capture, redaction, truncation and placement, in that order; everything that touches
//! content calls this module already, so that there is one door and not one per attribute.

/// What a piece of content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// The text that a retrieval or a memory is searched for.
    Query,
    /// What a tool gave back.
    ToolResult,
}

/// The content as it may be recorded: never, until capture exists. `value` is not run.
pub(crate) fn capture<T>(kind: Content, value: impl FnOnce() -> Option<T>) -> Option<T> {
    let is_on = match kind {
        Content::Query | Content::ToolResult => false,
    };
    if is_on { value() } else { None }
}
