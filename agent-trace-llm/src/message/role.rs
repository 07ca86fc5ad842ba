use std::borrow::Cow;

use serde::{Serialize, Serializer};

/// Who speaks.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Role<'a> {
    /// Instructions within the history.
    System,
    /// The user, or the application in its place.
    User,
    /// The model.
    Assistant,
    /// A tool.
    Tool,
    /// None of the schema's values: as the provider spells it (`developer`).
    Other(Cow<'a, str>),
}

impl Role<'_> {
    /// The schema's spelling.
    pub fn as_str(&self) -> &str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
            Self::Tool => "tool",
            Self::Other(role) => role,
        }
    }
}

impl<'a> From<&'a str> for Role<'a> {
    /// From any provider's spelling: Gemini's `model`, Cohere v1's upper case and `CHATBOT`, and
    /// OpenAI's old `function` have their place in the schema.
    fn from(role: &'a str) -> Self {
        match role {
            "system" | "SYSTEM" => Self::System,
            "user" | "USER" => Self::User,
            "assistant" | "model" | "CHATBOT" => Self::Assistant,
            "tool" | "function" | "TOOL" => Self::Tool,
            role => Self::Other(Cow::Borrowed(role)),
        }
    }
}

impl Serialize for Role<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
