//! Log lines on standard error, with the ids of the trace and the span that they belong to.

use std::fmt;
use std::io::{self, IsTerminal as _};

use opentelemetry::Context;
use opentelemetry::trace::TraceContextExt as _;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::{Format, Json, Writer};
use tracing_subscriber::fmt::time::{FormatTime as _, SystemTime};
use tracing_subscriber::fmt::{self as subscriber_fmt, FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{EnvFilter, Layer};

use super::StartError;

/// How log lines look.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// Time, level, target, message and fields, for people; in colour on a terminal.
    #[default]
    Text,
    /// A JSON object per line, as `tracing_subscriber`'s with `trace_id` and `span_id` beside its own fields.
    Json,
    /// None.
    Off,
}

/// What is printed, and which spans are exported.
#[derive(Debug, Clone)]
pub(super) struct Logs {
    pub(super) lines: String,
    pub(super) spans: String,
    pub(super) format: LogFormat,
}

impl Default for Logs {
    fn default() -> Self {
        Self {
            lines: "info".to_owned(),
            spans: "info".to_owned(),
            format: LogFormat::Text,
        }
    }
}

pub(super) type BoxedLayer<S> = Box<dyn Layer<S> + Send + Sync>;

impl Logs {
    /// The layer that prints, by `RUST_LOG` or else by what code says. What is wrong in `RUST_LOG` is returned as a
    /// warning and left out.
    pub(super) fn layer<S>(
        &self,
        rust_log: Option<&str>,
        warnings: &mut Vec<String>,
    ) -> Result<Option<BoxedLayer<S>>, StartError>
    where
        S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
    {
        let said = filter(&self.lines)?;
        let filter = match rust_log.filter(|directives| !directives.trim().is_empty()) {
            None => said,
            Some(directives) => EnvFilter::builder().parse(directives).unwrap_or_else(|_| {
                warnings.push("RUST_LOG is no filter: it is ignored".to_owned());
                said
            }),
        };
        let layer = subscriber_fmt::layer()
            .with_writer(io::stderr)
            .log_internal_errors(false);
        Ok(match self.format {
            LogFormat::Off => None,
            LogFormat::Text => {
                let layer = layer.with_ansi(wants_colour()).event_format(Text);
                Some(layer.with_filter(filter).boxed())
            }
            LogFormat::Json => {
                let layer = layer.json().with_span_list(false).map_event_format(WithIds);
                Some(layer.with_filter(filter).boxed())
            }
        })
    }

    /// Which spans are exported.
    pub(super) fn span_filter(&self) -> Result<EnvFilter, StartError> {
        filter(&self.spans)
    }
}

fn filter(directives: &str) -> Result<EnvFilter, StartError> {
    EnvFilter::builder()
        .parse(directives)
        .map_err(|error| StartError::filter(directives, error))
}

fn wants_colour() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    io::stderr().is_terminal() && !is_set("NO_COLOR")
}

/// The ids of the span that is current, in hexadecimal.
fn ids() -> Option<(String, String)> {
    let context = Context::map_current(|context| context.span().span_context().clone());
    let ids = || {
        (
            context.trace_id().to_string(),
            context.span_id().to_string(),
        )
    };
    context.is_valid().then(ids)
}

/// A line for people.
struct Text;

impl<S, N> FormatEvent<S, N> for Text
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let metadata = event.metadata();
        let (dim, level, plain) = if writer.has_ansi_escapes() {
            ("\x1b[2m", colour(*metadata.level()), "\x1b[0m")
        } else {
            ("", "", "")
        };
        write!(writer, "{dim}")?;
        // A clock that cannot be read is no reason to lose the line.
        if SystemTime.format_time(&mut writer).is_err() {
            write!(writer, "-")?;
        }
        write!(
            writer,
            "{plain} {level}{:>5}{plain} {dim}{}:{plain} ",
            metadata.level(),
            metadata.target()
        )?;
        context.format_fields(writer.by_ref(), event)?;
        if let Some((trace, span)) = ids() {
            write!(writer, " {dim}trace_id={trace} span_id={span}{plain}")?;
        }
        writeln!(writer)
    }
}

fn colour(level: Level) -> &'static str {
    match level {
        Level::ERROR => "\x1b[31m",
        Level::WARN => "\x1b[33m",
        Level::INFO => "\x1b[32m",
        Level::DEBUG => "\x1b[34m",
        Level::TRACE => "\x1b[35m",
    }
}

/// The JSON of `tracing_subscriber`, which has no place for more fields, with them at its end.
struct WithIds(Format<Json, SystemTime>);

impl<S, N> FormatEvent<S, N> for WithIds
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut line = String::with_capacity(256);
        self.0
            .format_event(context, Writer::new(&mut line), event)?;
        match (ids(), line.trim_end().strip_suffix('}')) {
            (Some((trace, span)), Some(object)) => {
                writeln!(
                    writer,
                    r#"{object},"trace_id":"{trace}","span_id":"{span}"}}"#
                )
            }
            _ => writer.write_str(&line),
        }
    }
}
