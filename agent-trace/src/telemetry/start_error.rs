use std::error::Error;
use std::fmt;
use std::io;
#[cfg(feature = "file")]
use std::path::Path;

/// Why telemetry could not start, and what to do about it.
#[derive(Debug)]
pub struct StartError {
    message: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl StartError {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            source: None,
        }
    }

    fn because(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    pub(super) fn thread(source: io::Error) -> Self {
        Self::new("no thread for an exporter: raise the limit of threads of this process")
            .because(source)
    }

    pub(super) fn spill(source: io::Error) -> Self {
        Self::new("no spill file: give each process a directory of its own that it can write to")
            .because(source)
    }

    #[cfg(feature = "file")]
    pub(super) fn file(path: &Path, source: io::Error) -> Self {
        let path = path.display();
        Self::new(format!(
            "{path} cannot be written: name a file that this program may make"
        ))
        .because(source)
    }

    /// What is wrong with OTLP as code describes it, which says what to write.
    #[cfg(feature = "otlp")]
    pub(super) fn otlp(reason: String) -> Self {
        Self::new(format!("no OTLP can be sent: {reason}"))
    }

    pub(super) fn joined() -> Self {
        Self::new(
            "a provider that is joined takes no further exporters: add them to that provider, or leave `join` out",
        )
    }

    pub(super) fn propagator() -> Self {
        Self::new(
            "the process has a propagator already: name it once, and before context is written or read",
        )
    }

    pub(super) fn subscriber(source: tracing::subscriber::SetGlobalDefaultError) -> Self {
        Self::new(
            "this process has a subscriber already: in place of `install()`, write `build()` and add the \
             `layer()` of what it returns to that subscriber",
        )
        .because(source)
    }

    pub(super) fn filter(of: &str, source: tracing_subscriber::filter::ParseError) -> Self {
        Self::new(format!(
            "`{of}` is no filter: write for example \"info,my_crate=debug\""
        ))
        .because(source)
    }

    #[cfg(unix)]
    pub(super) fn signals(source: io::Error) -> Self {
        Self::new("signals cannot be listened to: leave out the signal helper").because(source)
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let source = self.source.as_deref()?;
        Some(source)
    }
}
