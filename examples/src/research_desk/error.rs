//! What can go wrong at the desk.

use std::error::Error;
use std::fmt;

use async_openai::error::OpenAIError;
use tokio::task::JoinError;

/// Why there is no report.
#[derive(Debug)]
#[non_exhaustive]
pub enum DeskError {
    /// A model call failed for good.
    Model(OpenAIError),
    /// A model answered with something the desk cannot use; says what was expected.
    UnusableReply(&'static str),
    /// A searcher did not come to its end.
    Searcher(JoinError),
}

impl fmt::Display for DeskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Model(_) => f.write_str("a model call failed"),
            Self::UnusableReply(expected) => write!(f, "the model's reply is not {expected}"),
            Self::Searcher(_) => f.write_str("a searcher did not come to its end"),
        }
    }
}

impl Error for DeskError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Model(error) => Some(error),
            Self::UnusableReply(_) => None,
            Self::Searcher(error) => Some(error),
        }
    }
}

impl From<OpenAIError> for DeskError {
    fn from(error: OpenAIError) -> Self {
        Self::Model(error)
    }
}

impl From<JoinError> for DeskError {
    fn from(error: JoinError) -> Self {
        Self::Searcher(error)
    }
}
