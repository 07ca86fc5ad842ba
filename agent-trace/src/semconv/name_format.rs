//! The form of a span name.

use super::AttributeId;

/// One form of a span name, taken apart once, when the table was generated.
#[derive(Debug)]
#[non_exhaustive]
pub struct NameFormat {
    /// The form as the conventions write it: `{gen_ai.operation.name} {gen_ai.request.model}`.
    pub text: &'static str,
    /// Its parts in order, without the spaces between them.
    pub segments: &'static [NameSegment],
}

/// Room for a name, so that joining one allocates once.
const ROOM: usize = 48;

/// A part of a span name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameSegment {
    /// This text.
    Literal(&'static str),
    /// The value of this attribute.
    Attribute(AttributeId),
    /// The value of the first of these attributes that is known.
    FirstOf(&'static [AttributeId]),
}

impl NameFormat {
    /// The span name, or `None` when a value it needs is not known or is empty.
    ///
    /// ```
    /// use agent_trace::semconv::{id, span};
    ///
    /// let name = span::INFERENCE.name_formats[0].render(|attribute| match attribute {
    ///     id::GEN_AI_OPERATION_NAME => Some("chat"),
    ///     id::GEN_AI_REQUEST_MODEL => Some("gpt-4o"),
    ///     _ => None,
    /// });
    /// assert_eq!(name.as_deref(), Some("chat gpt-4o"));
    /// ```
    pub fn render<'v>(&self, value: impl Fn(AttributeId) -> Option<&'v str>) -> Option<String> {
        let mut name = String::with_capacity(ROOM);
        for segment in self.segments {
            join(&mut name, segment.resolve(&value)?);
        }
        Some(name)
    }

    /// The span name without the parts that are not known.
    pub(super) fn render_known<'v>(
        &self,
        value: impl Fn(AttributeId) -> Option<&'v str>,
    ) -> String {
        let mut name = String::new();
        for part in self
            .segments
            .iter()
            .filter_map(|segment| segment.resolve(&value))
        {
            join(&mut name, part);
        }
        name
    }
}

impl NameSegment {
    fn resolve<'v>(&self, value: &impl Fn(AttributeId) -> Option<&'v str>) -> Option<&'v str> {
        let known = |id: AttributeId| value(id).filter(|text| !text.is_empty());
        match *self {
            Self::Literal(text) => Some(text),
            Self::Attribute(id) => known(id),
            Self::FirstOf(ids) => ids.iter().copied().find_map(known),
        }
    }
}

fn join(name: &mut String, part: &str) {
    if !name.is_empty() {
        name.push(' ');
    }
    name.push_str(part);
}
