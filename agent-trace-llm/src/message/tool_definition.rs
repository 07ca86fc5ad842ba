use std::borrow::Cow;

use serde::Serialize;

use super::Json;

/// How much of a tool definition is wanted.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum ToolDetail {
    /// Its type and name: the conventions' default, because the rest can be large.
    #[default]
    Names,
    /// Its description and parameters as well.
    Full,
}

/// One entry of `gen_ai.tool.definitions`.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToolDefinition<'a> {
    /// `function`, or the provider's name for a kind of its own.
    #[serde(rename = "type")]
    pub kind: Cow<'a, str>,
    /// The name of the tool.
    pub name: Cow<'a, str>,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Cow<'a, str>>,
    /// The JSON schema of its arguments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Json<'a>>,
}

impl<'a> ToolDefinition<'a> {
    /// A function of which only the name is told.
    pub fn function(name: impl Into<Cow<'a, str>>) -> Self {
        Self::of_kind("function", name)
    }

    /// A tool of another kind.
    pub fn of_kind(kind: impl Into<Cow<'a, str>>, name: impl Into<Cow<'a, str>>) -> Self {
        Self {
            kind: kind.into(),
            name: name.into(),
            description: None,
            parameters: None,
        }
    }
}
