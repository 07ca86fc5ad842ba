//! The tree of each finished trace.

mod buffer;
mod details;
mod layout;
mod own_fields;
mod render;
mod style;
mod text;

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

use self::buffer::{Buffer, Piece};
use self::style::{Painter, colour_wanted};

/// Prints each finished trace as a tree that a person reads.
///
/// ```text
/// trace 00000000000000000000000000000001 · 4 spans · 1 failed · 812→96 tokens
/// invoke_agent researcher      1.25s ━━━━━━━━━━━━ 812→96
/// ├─ execute_tool web_search   200ms ━━                   ✗ timeout: no answer in 200 ms
/// ├─ execute_tool web_search   120ms   ━━                 ↻ retry of web_search
/// └─ chat gpt-4o               905ms    ━━━━━━━━━ 812→96  first chunk 310ms
/// ```
///
/// A line has the span's name, how long it took and when within the trace, its tokens (in→out), and what is worth
/// knowing: the error type and message, how it ended (cancelled, abandoned), links by the name of the span they point
/// to, the time to the first chunk of a stream, cached and reasoning tokens, an unusual finish reason, the model that
/// answered when it is not the one that was asked, cost when some attribute gives it, evaluation scores. Spans that are not of the
/// GenAI conventions (HTTP clients, functions under `#[tracing::instrument]`) are there as well, dimmer.
///
/// A trace is printed in one piece when its local root has ended: the span without a parent, or whose parent is in
/// another process. Spans that end after their root follow as a continuation. `force_flush` and `shutdown` print what
/// is left, marked as incomplete; so does a trace that does not fit into the buffer, which is bounded in traces and
/// spans.
///
/// It is made for development: under the simple processor the thread that ends a local root does the writing.
///
/// Colours are used where the writer is a terminal and `NO_COLOR` is unset; `CLICOLOR_FORCE` asks for them anywhere.
/// Control characters in names and messages are escaped.
///
/// ```
/// use agent_trace::exporter::TreeExporter;
/// use opentelemetry_sdk::trace::SdkTracerProvider;
///
/// let provider = SdkTracerProvider::builder().with_simple_exporter(TreeExporter::stderr()).build();
/// # drop(provider);
/// ```
pub struct TreeExporter {
    state: Mutex<State>,
    painter: Painter,
    timeline: bool,
}

struct State {
    /// `None` after shutdown.
    writer: Option<Box<dyn Write + Send>>,
    buffer: Buffer,
}

impl TreeExporter {
    /// Prints to standard error, coloured where that is a terminal.
    #[must_use]
    pub fn stderr() -> Self {
        Self::with_colour_for(io::stderr(), io::stderr().is_terminal())
    }

    /// Prints to standard output, coloured where that is a terminal.
    #[must_use]
    pub fn stdout() -> Self {
        Self::with_colour_for(io::stdout(), io::stdout().is_terminal())
    }

    /// Prints to any writer, without colours unless `CLICOLOR_FORCE` or [`with_colour`](Self::with_colour) asks for
    /// them.
    ///
    /// ```
    /// let exporter = agent_trace::exporter::TreeExporter::new(Vec::new());
    /// # drop(exporter);
    /// ```
    #[must_use]
    pub fn new(writer: impl Write + Send + 'static) -> Self {
        Self::with_colour_for(writer, false)
    }

    fn with_colour_for(writer: impl Write + Send + 'static, terminal: bool) -> Self {
        let state = State {
            writer: Some(Box::new(writer)),
            buffer: Buffer::new(),
        };
        let colour = colour_wanted(terminal, |name| std::env::var_os(name));
        Self {
            state: Mutex::new(state),
            painter: Painter::new(colour),
            timeline: true,
        }
    }

    /// Turns colours on or off, whatever the writer and the environment.
    ///
    /// ```
    /// let exporter = agent_trace::exporter::TreeExporter::stderr().with_colour(false);
    /// # drop(exporter);
    /// ```
    #[must_use]
    pub fn with_colour(mut self, on: bool) -> Self {
        self.painter = Painter::new(on);
        self
    }

    /// Whether a bar shows when within the trace each span ran. On by default.
    ///
    /// ```
    /// let exporter = agent_trace::exporter::TreeExporter::stderr().with_timeline(false);
    /// # drop(exporter);
    /// ```
    #[must_use]
    pub fn with_timeline(mut self, on: bool) -> Self {
        self.timeline = on;
        self
    }

    /// How many unfinished traces, and how many spans in all of them, are held at most. 256 and 16,384 by default.
    ///
    /// Beyond that the trace which has waited longest is printed as it is, marked as incomplete.
    ///
    /// ```
    /// let exporter = agent_trace::exporter::TreeExporter::stderr().with_limits(16, 1_000);
    /// # drop(exporter);
    /// ```
    #[must_use]
    pub fn with_limits(self, traces: usize, spans: usize) -> Self {
        self.lock().buffer.set_limits(traces, spans);
        self
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Prints in one write, so that lines of other writers do not come between.
    fn print(&self, writer: &mut dyn Write, buffer: &Buffer, pieces: &[Piece]) -> OTelSdkResult {
        if pieces.is_empty() {
            return Ok(());
        }
        let mut out = String::new();
        for piece in pieces {
            render::render(&mut out, piece, buffer, self.painter, self.timeline);
        }
        writer
            .write_all(out.as_bytes())
            .map_err(|error| failure(&error))
    }

    fn print_rest(&self, state: &mut State) -> OTelSdkResult {
        let writer = state.writer.as_mut().ok_or(OTelSdkError::AlreadyShutdown)?;
        let pieces = state.buffer.drain();
        self.print(writer, &state.buffer, &pieces)?;
        writer.flush().map_err(|error| failure(&error))
    }
}

impl Default for TreeExporter {
    /// As [`stderr`](Self::stderr).
    fn default() -> Self {
        Self::stderr()
    }
}

impl SpanExporter for TreeExporter {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let mut guard = self.lock();
        let state = &mut *guard;
        let writer = state.writer.as_mut().ok_or(OTelSdkError::AlreadyShutdown)?;
        let pieces = state.buffer.add(batch);
        self.print(writer, &state.buffer, &pieces)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.print_rest(&mut self.lock())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        let mut state = self.lock();
        let result = self.print_rest(&mut state);
        state.writer = None;
        result
    }
}

impl fmt::Debug for TreeExporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TreeExporter")
            .field("painter", &self.painter)
            .field("timeline", &self.timeline)
            .finish_non_exhaustive()
    }
}

fn failure(error: &io::Error) -> OTelSdkError {
    OTelSdkError::InternalFailure(format!("cannot print a trace: {error}"))
}
