//! How fast the server answers.

use std::time::Duration;

/// How fast the server answers: slow enough to be seen in a trace, fast enough for a demonstration.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// From the request to the first byte of a reply.
    pub first: Duration,
    /// Between two chunks of a streamed reply.
    pub chunk: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            first: Duration::from_millis(90),
            chunk: Duration::from_millis(25),
        }
    }
}

impl Pace {
    /// No waiting at all, for tests.
    pub const IMMEDIATE: Self = Self {
        first: Duration::ZERO,
        chunk: Duration::ZERO,
    };
}
