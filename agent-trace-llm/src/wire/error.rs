use std::fmt;

use serde_json::error::Category;

/// A body that is not JSON, or is cut off.
///
/// Says where, never what: the text of a body is content.
///
/// ```
/// use agent_trace_llm::wire::openai::ChatResponse;
///
/// let error = ChatResponse::from_slice(b"{\"id\": \"chatcmpl-1\"").unwrap_err();
/// assert!(error.is_truncated());
/// assert_eq!(error.to_string(), "truncated JSON at line 1, column 19");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Error {
    truncated: bool,
    line: usize,
    column: usize,
}

impl Error {
    /// Whether the body ended too early, as opposed to being malformed.
    pub fn is_truncated(&self) -> bool {
        self.truncated
    }

    /// The line of the body at which reading stopped, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column at which reading stopped, in bytes.
    pub fn column(&self) -> usize {
        self.column
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        // The text of the other error is dropped on purpose: it may quote the body.
        Self {
            truncated: error.classify() == Category::Eof,
            line: error.line(),
            column: error.column(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.truncated {
            "truncated"
        } else {
            "malformed"
        };
        write!(
            f,
            "{what} JSON at line {}, column {}",
            self.line, self.column
        )
    }
}

impl std::error::Error for Error {}
