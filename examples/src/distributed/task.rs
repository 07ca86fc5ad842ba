//! What the processes tell each other.

use serde::{Deserialize, Serialize};

/// From the client.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Question {
    pub(super) text: String,
}

/// From the gateway to the agents.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Task {
    pub(super) conversation: String,
    pub(super) question: String,
}

/// From one agent to the next: the task, and how far it has come.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct HandOff {
    /// An [`agent_trace::Delegation`] as a line of text.
    pub(super) delegation: String,
    pub(super) conversation: String,
    pub(super) notes: String,
}

/// What comes out.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Report {
    pub(super) text: String,
}
