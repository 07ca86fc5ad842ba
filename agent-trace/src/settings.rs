//! Process-wide switches.

use std::sync::atomic::{AtomicBool, Ordering};

static SETTINGS: Settings = Settings {
    agent_usage: AtomicBool::new(true),
    nested_inference: AtomicBool::new(false),
    call_events: AtomicBool::new(false),
};

/// The switches of this process. Each may be set at any time, from any thread.
///
/// ```
/// // A backend that sums every span of a trace would count an agent's tokens twice.
/// agent_trace::settings().agent_usage(false);
/// # agent_trace::settings().agent_usage(true);
/// ```
#[derive(Debug)]
pub struct Settings {
    agent_usage: AtomicBool,
    nested_inference: AtomicBool,
    call_events: AtomicBool,
}

/// The switches of this process.
pub fn settings() -> &'static Settings {
    &SETTINGS
}

impl Settings {
    /// Whether an agent's span carries the usage of its own model calls as `gen_ai.usage.*`. On by
    /// default. Turn it off for a backend that sums the usage of all spans; the totals under
    /// `agent_trace.subtree.*` stay.
    pub fn agent_usage(&self, on: bool) -> &Self {
        self.agent_usage.store(on, Ordering::Relaxed);
        self
    }

    /// Whether an inference call directly inside an inference call of the same operation has a span
    /// of its own. Off by default: what it learns enriches the outer span, and nothing is counted
    /// twice.
    pub fn nested_inference(&self, on: bool) -> &Self {
        self.nested_inference.store(on, Ordering::Relaxed);
        self
    }

    /// Whether the end of each call also makes one event (target `agent_trace::calls`, level INFO)
    /// with its numbers, for applications that read logs. Off by default.
    pub fn call_events(&self, on: bool) -> &Self {
        self.call_events.store(on, Ordering::Relaxed);
        self
    }

    pub(crate) fn has_agent_usage(&self) -> bool {
        self.agent_usage.load(Ordering::Relaxed)
    }

    pub(crate) fn has_nested_inference(&self) -> bool {
        self.nested_inference.load(Ordering::Relaxed)
    }

    pub(crate) fn has_call_events(&self) -> bool {
        self.call_events.load(Ordering::Relaxed)
    }
}
