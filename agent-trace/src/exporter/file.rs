//! OTLP JSON lines.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::trace::v1::ResourceSpans;
use opentelemetry_proto::transform::common::tonic::ResourceAttributesWithSchema;
use opentelemetry_proto::transform::trace::tonic::group_spans_by_resource_and_scope;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

/// Writes spans as OTLP JSON lines: one `ExportTraceServiceRequest` a line, as the OpenTelemetry Collector's file
/// exporter writes and its `otlpjsonfile` receiver reads them.
///
/// A line is one batch, written in one piece under a lock, so lines of one exporter never interleave. Give each
/// process a file of its own. Nothing is buffered here: with the simple processor each span is in the file when it
/// has ended, with the batch processor when the batch is due.
///
/// Under the batch processor the file is written on the processor's thread; under the simple one, on the thread that
/// ends the span.
///
/// ```
/// use agent_trace::exporter::FileExporter;
/// use opentelemetry::trace::{Tracer as _, TracerProvider as _};
/// use opentelemetry_sdk::trace::SdkTracerProvider;
///
/// # fn main() -> std::io::Result<()> {
/// # let directory = std::env::temp_dir().join("agent-trace-doc-file");
/// let path = directory.join("traces.jsonl");
/// let provider = SdkTracerProvider::builder().with_simple_exporter(FileExporter::create(&path)?).build();
/// provider.tracer("doc").in_span("work", |_| ());
/// provider.shutdown().expect("everything is written");
///
/// let line = std::fs::read_to_string(&path)?;
/// assert!(line.starts_with(r#"{"resourceSpans":[{"resource":{"#));
/// assert!(line.contains(r#""name":"work""#));
/// # std::fs::remove_dir_all(directory)
/// # }
/// ```
pub struct FileExporter {
    state: Mutex<State>,
    resource: ResourceAttributesWithSchema,
    /// What an error names.
    target: String,
}

struct State {
    /// `None` after shutdown.
    writer: Option<Box<dyn Write + Send>>,
    /// The file ends in the middle of a line, because of a write that failed or a process that died.
    torn: bool,
}

impl FileExporter {
    /// Writes to a new file at `path`; makes the directories above it, and empties a file that is there.
    ///
    /// # Errors
    ///
    /// Where the file or a directory cannot be made. The message has the path in it.
    pub fn create(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        let file = open(path, &options).map_err(|error| with_path(path, &error))?;
        Ok(Self::with_target(file, false, path.display().to_string()))
    }

    /// Writes to the end of the file at `path`; makes it, and the directories above it, where they are missing.
    ///
    /// A last line that a dead process left incomplete is ended first, so that it costs its own batch only.
    ///
    /// # Errors
    ///
    /// Where the file cannot be opened or made. The message has the path in it.
    ///
    /// ```
    /// # fn main() -> std::io::Result<()> {
    /// # let path = std::env::temp_dir().join("agent-trace-doc-append.jsonl");
    /// let exporter = agent_trace::exporter::FileExporter::append(&path)?;
    /// # drop(exporter);
    /// # std::fs::remove_file(path)
    /// # }
    /// ```
    pub fn append(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let opened = open(
            path,
            OpenOptions::new().read(true).append(true).create(true),
        )
        .and_then(|mut file| {
            let torn = ends_within_a_line(&mut file)?;
            Ok((file, torn))
        });
        let (file, torn) = opened.map_err(|error| with_path(path, &error))?;
        Ok(Self::with_target(file, torn, path.display().to_string()))
    }

    /// Writes to any writer: standard output, a pipe, a buffer.
    ///
    /// The writer is flushed by `force_flush` and `shutdown`, and dropped by `shutdown`.
    ///
    /// ```
    /// let exporter = agent_trace::exporter::FileExporter::new(std::io::stdout());
    /// # drop(exporter);
    /// ```
    #[must_use]
    pub fn new(writer: impl Write + Send + 'static) -> Self {
        Self::with_target(writer, false, "writer".to_owned())
    }

    fn with_target(writer: impl Write + Send + 'static, torn: bool, target: String) -> Self {
        let state = State {
            writer: Some(Box::new(writer)),
            torn,
        };
        let resource = ResourceAttributesWithSchema::from(&Resource::builder_empty().build());
        Self {
            state: Mutex::new(state),
            resource,
            target,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A writer that panicked under the lock leaves at worst a torn line, which the flag knows of.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let mut line = Vec::new();
        let mut resource_spans = group_spans_by_resource_and_scope(batch, &self.resource);
        resource_spans.iter_mut().for_each(make_finite);
        serde_json::to_writer(&mut line, &ExportTraceServiceRequest { resource_spans })
            .map_err(|error| self.failure(&error))?;
        line.push(b'\n');

        let mut guard = self.lock();
        let state = &mut *guard;
        let writer = state.writer.as_mut().ok_or(OTelSdkError::AlreadyShutdown)?;
        if state.torn {
            line.insert(0, b'\n');
        }
        state.torn = true;
        writer
            .write_all(&line)
            .map_err(|error| self.failure(&error))?;
        state.torn = false;
        Ok(())
    }

    fn flush(&self, writer: Option<&mut Box<dyn Write + Send>>) -> OTelSdkResult {
        let writer = writer.ok_or(OTelSdkError::AlreadyShutdown)?;
        writer.flush().map_err(|error| self.failure(&error))
    }

    fn failure(&self, error: &dyn fmt::Display) -> OTelSdkError {
        OTelSdkError::InternalFailure(format!("cannot write spans to {}: {error}", self.target))
    }
}

impl SpanExporter for FileExporter {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        if batch.is_empty() {
            Ok(())
        } else {
            self.write(batch)
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.flush(self.lock().writer.as_mut())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        let mut writer = self.lock().writer.take();
        self.flush(writer.as_mut())
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.resource = ResourceAttributesWithSchema::from(resource);
    }
}

impl fmt::Debug for FileExporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileExporter")
            .field("target", &self.target)
            .finish_non_exhaustive()
    }
}

fn open(path: &Path, options: &OpenOptions) -> io::Result<File> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    options.open(path)
}

fn ends_within_a_line(file: &mut File) -> io::Result<bool> {
    // What is not a regular file (a pipe, a terminal) has no end to look at.
    let metadata = file.metadata()?;
    if !metadata.is_file() || metadata.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

fn with_path(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// JSON has no number for infinities and NaN. `serde_json` writes `null`, for which the Collector refuses the whole
/// line; the text keeps what was said.
fn make_finite(resource_spans: &mut ResourceSpans) {
    let resource = resource_spans
        .resource
        .iter_mut()
        .flat_map(|resource| &mut resource.attributes);
    resource.for_each(finite_attribute);
    for scope_spans in &mut resource_spans.scope_spans {
        scope_spans
            .scope
            .iter_mut()
            .flat_map(|scope| &mut scope.attributes)
            .for_each(finite_attribute);
        for span in &mut scope_spans.spans {
            span.attributes.iter_mut().for_each(finite_attribute);
            span.events
                .iter_mut()
                .flat_map(|event| &mut event.attributes)
                .for_each(finite_attribute);
            span.links
                .iter_mut()
                .flat_map(|link| &mut link.attributes)
                .for_each(finite_attribute);
        }
    }
}

fn finite_attribute(attribute: &mut KeyValue) {
    if let Some(value) = &mut attribute.value {
        finite(value);
    }
}

fn finite(value: &mut AnyValue) {
    match &mut value.value {
        Some(Value::DoubleValue(double)) if !double.is_finite() => {
            let text = if double.is_nan() {
                "NaN"
            } else if double.is_sign_positive() {
                "Infinity"
            } else {
                "-Infinity"
            };
            value.value = Some(Value::StringValue(text.to_owned()));
        }
        Some(Value::ArrayValue(array)) => array.values.iter_mut().for_each(finite),
        _ => {}
    }
}
