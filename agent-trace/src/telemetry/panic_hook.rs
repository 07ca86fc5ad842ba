//! What to do when a thread panics.

use std::panic;
use std::sync::Arc;
use std::thread;

use super::{Telemetry, diagnostics};

impl Telemetry {
    /// When a thread panics: calls the hook that is set now, which prints the message, and then
    /// [flushes](Self::flush), for at most the [shutdown timeout](super::Builder::shutdown_timeout).
    ///
    /// For programs that a panic may end: with `panic = "abort"`, or one that leaves `main`. The spans that the panic goes
    /// through end only when it has left them, so these are exported by `shutdown`, by dropping the last handle, or not at all.
    /// The thread that panics waits for the flush, so a server that catches panics of its handlers has no use for it.
    ///
    /// A panic within an exporter costs its batch and calls only the hook that was set before.
    pub fn flush_on_panic(&self) {
        let running = Arc::downgrade(&self.running);
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            previous(info);
            // The exporters' own threads would wait for themselves.
            let is_own = thread::current()
                .name()
                .is_some_and(|name| name.starts_with("agent-trace-"));
            if is_own {
                return;
            }
            let flushed = running
                .upgrade()
                .map(|running| running.flush(running.shutdown_timeout));
            if let Some(Err(error)) = flushed {
                diagnostics::at_exit(&error);
            }
        }));
    }
}
