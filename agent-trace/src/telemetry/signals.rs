//! What to do when the process is told to end.

use std::sync::Arc;
use std::thread;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::{Running, StartError, Telemetry, diagnostics};

impl Telemetry {
    /// On `SIGTERM` and `SIGINT` (Ctrl-C): shuts telemetry down, and then ends the process as that signal does by itself,
    /// so that whoever sent it sees the conventional status, 143 or 130 in a shell. A second signal ends it at once.
    ///
    /// For programs that do nothing else on a signal. One that shuts itself down in order listens to the signal itself, calls
    /// [`shutdown`](Self::shutdown) at the end, and may use [`flush_on_signals`](Self::flush_on_signals) in case it never gets there.
    ///
    /// Spans that are open then have not ended, and are not exported. Listeners that other code set for the same signals are
    /// called as well. Available on Unix.
    ///
    /// # Errors
    ///
    /// Where the system gives no thread, or does not let signals be listened to.
    pub fn shutdown_on_signals(&self) -> Result<(), StartError> {
        self.on_signals(|running| running.shutdown(running.shutdown_timeout), true)
    }

    /// On `SIGTERM` and `SIGINT`: exports what has ended. What the signal would do by itself it does no more, so this is for
    /// programs that listen to it and end in order. Available on Unix.
    ///
    /// # Errors
    ///
    /// As [`shutdown_on_signals`](Self::shutdown_on_signals).
    pub fn flush_on_signals(&self) -> Result<(), StartError> {
        self.on_signals(|running| running.flush(running.shutdown_timeout), false)
    }

    fn on_signals(
        &self,
        end: impl Fn(&Running) -> Result<(), super::FlushError> + Copy + Send + 'static,
        terminates: bool,
    ) -> Result<(), StartError> {
        let mut signals = Signals::new([SIGTERM, SIGINT]).map_err(StartError::signals)?;
        // The thread keeps nothing alive: the last handle still shuts down when it is dropped.
        let running = Arc::downgrade(&self.running);
        let listen = move || {
            let mut is_ending = false;
            for signal in &mut signals {
                if is_ending && terminates {
                    let _ = emulate_default_handler(signal);
                }
                is_ending = true;
                let running = running.clone();
                let work = move || {
                    let ended = running.upgrade().map(|running| end(&running));
                    if let Some(Err(error)) = ended {
                        diagnostics::at_exit(&error);
                    }
                    if terminates {
                        let _ = emulate_default_handler(signal);
                    }
                };
                // On a thread of its own, so that a second signal is heard.
                if thread::Builder::new()
                    .name("agent-trace-signal".to_owned())
                    .spawn(work)
                    .is_err()
                    && terminates
                {
                    let _ = emulate_default_handler(signal);
                }
            }
        };
        thread::Builder::new()
            .name("agent-trace-signals".to_owned())
            .spawn(listen)
            .map(drop)
            .map_err(StartError::signals)
    }
}
