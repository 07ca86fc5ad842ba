//! The spans of a capture as text.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use opentelemetry::trace::{SpanKind, Status};

use super::attributes::display;
use super::{Attributes, FinishedSpan, Link, Spans};
use crate::semconv::attribute as key;

/// What differs from run to run, or with every edit of the file.
const VOLATILE: [&str; 6] = [
    "busy_ns",
    "code.*",
    "exception.stacktrace",
    "idle_ns",
    "target",
    "thread.*",
];

/// Attributes that are times. Under the real clock, a snapshot shows only that they are there.
const SECONDS: [&str; 2] = [
    key::AGENT_TRACE_TIME_PER_OUTPUT_CHUNK,
    key::GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
];

/// Spans as an indented text that stays the same as long as the code does, with choices.
///
/// One line per span: its name, kind and status. Under it, four columns in: its attributes, sorted, typed (strings
/// quoted, doubles with a point, arrays in brackets); its events; its links, by the name of the span they point to.
/// Then, two columns in, its children by start. What the layer adds by itself is left out: code location, target,
/// thread, busy and idle times.
///
/// ```
/// use agent_trace::testing::capture;
///
/// let captured = capture(|| {
///     tracing::info_span!("work", model = "gpt-4o", tokens = 12).in_scope(|| tracing::info!("half way"));
/// });
///
/// assert_eq!(
///     captured.spans.snapshot().only(["tokens"]).times().to_string(),
///     "work [internal] 0..2ms\n    tokens = 12\n    event \"half way\" 1ms\n"
/// );
/// ```
#[derive(Clone, Debug)]
#[must_use = "a snapshot is text once it is displayed"]
pub struct Snapshot<'a> {
    spans: &'a Spans,
    only: Option<Vec<Cow<'a, str>>>,
    keep: Vec<Cow<'a, str>>,
    skip: Vec<Cow<'a, str>>,
    outline: bool,
    times: bool,
    ids: bool,
}

impl<'a> Snapshot<'a> {
    pub(super) fn new(spans: &'a Spans) -> Self {
        Self {
            spans,
            only: None,
            keep: Vec::new(),
            skip: Vec::new(),
            outline: false,
            times: false,
            ids: false,
        }
    }

    /// Shows these attributes alone. A trailing `*` stands for any ending: `gen_ai.usage.*`.
    pub fn only<K: Into<Cow<'a, str>>>(mut self, keys: impl IntoIterator<Item = K>) -> Self {
        self.only = Some(keys.into_iter().map(Into::into).collect());
        self
    }

    /// Shows these attributes although they are volatile: `code.*`, `target`.
    pub fn keep<K: Into<Cow<'a, str>>>(mut self, keys: impl IntoIterator<Item = K>) -> Self {
        self.keep.extend(keys.into_iter().map(Into::into));
        self
    }

    /// Leaves these attributes out.
    pub fn skip<K: Into<Cow<'a, str>>>(mut self, keys: impl IntoIterator<Item = K>) -> Self {
        self.skip.extend(keys.into_iter().map(Into::into));
        self
    }

    /// Shows names, kinds and statuses alone.
    pub fn outline(mut self) -> Self {
        self.outline = true;
        self
    }

    /// Shows when spans started and ended, and events happened, since the first start.
    pub fn times(mut self) -> Self {
        self.times = true;
        self
    }

    /// Shows trace and span ids, without leading zeros.
    pub fn ids(mut self) -> Self {
        self.ids = true;
        self
    }

    fn shows(&self, key: &str) -> bool {
        let any = |patterns: &[Cow<'_, str>]| patterns.iter().any(|pattern| matches(pattern, key));
        if any(&self.skip) {
            return false;
        }
        if let Some(only) = &self.only {
            return any(only);
        }
        any(&self.keep) || !VOLATILE.iter().any(|pattern| matches(pattern, key))
    }

    fn span(&self, f: &mut fmt::Formatter<'_>, span: &FinishedSpan, depth: usize) -> fmt::Result {
        let indent = " ".repeat(2 * depth);
        write!(
            f,
            "{indent}{} [{}]",
            Escaped(span.name()),
            self.header(span)
        )?;
        if self.times {
            write!(
                f,
                " {}..{}ms",
                span.start().as_millis(),
                span.end().as_millis()
            )?;
        }
        f.write_char('\n')?;
        if !self.outline {
            let indent = " ".repeat(2 * depth + 4);
            self.attributes(f, span.attributes(), &indent)?;
            for event in span.events() {
                write!(f, "{indent}event {:?}", event.name())?;
                if self.times {
                    let at = event
                        .data()
                        .timestamp
                        .duration_since(span.data().start_time)
                        .unwrap_or_default();
                    write!(f, " {}ms", (span.start() + at).as_millis())?;
                }
                f.write_char('\n')?;
                self.attributes(f, event.attributes(), &format!("{indent}    "))?;
            }
            for link in span.links() {
                writeln!(f, "{indent}link -> {}", self.target(&link))?;
                self.attributes(f, link.attributes(), &format!("{indent}    "))?;
            }
        }
        for child in self.spans.children(span) {
            self.span(f, child, depth + 1)?;
        }
        Ok(())
    }

    fn header(&self, span: &FinishedSpan) -> String {
        let mut header = kind(&span.kind()).to_owned();
        match span.status() {
            Status::Unset => {}
            Status::Ok => header.push_str(", ok"),
            Status::Error { description } if description.is_empty() => header.push_str(", error"),
            Status::Error { description } => header.push_str(&format!(", error {description:?}")),
        }
        if self.ids {
            let (trace, id) = (span.trace_id().to_string(), span.id().to_string());
            header.push_str(&format!(", trace {}, span {}", short(&trace), short(&id)));
        }
        if self.spans.parent(span).is_none() {
            if let Some(parent) = span.parent() {
                let whose = if span.has_remote_parent() {
                    "remote parent"
                } else {
                    "parent not captured:"
                };
                header.push_str(&format!(", {whose} {}", short(&parent.to_string())));
            }
        }
        header
    }

    fn attributes(
        &self,
        f: &mut fmt::Formatter<'_>,
        attributes: Attributes<'_>,
        indent: &str,
    ) -> fmt::Result {
        let mut pairs: Vec<_> = attributes
            .as_slice()
            .iter()
            .map(|pair| (pair.key.as_str(), &pair.value))
            .filter(|(key, _)| self.shows(key))
            .collect();
        // Stable: a key that occurs twice keeps its order.
        pairs.sort_by_key(|(key, _)| *key);
        for (key, value) in pairs {
            if SECONDS.contains(&key) && !self.spans.is_fixed() {
                writeln!(f, "{indent}{key} = <seconds>")?;
            } else {
                writeln!(f, "{indent}{key} = {}", display(value))?;
            }
        }
        Ok(())
    }

    fn target(&self, link: &Link<'_>) -> String {
        match self.spans.target(link) {
            Some(span) => Escaped(span.name()).to_string(),
            None => format!("span {} (not captured)", short(&link.span_id().to_string())),
        }
    }
}

impl fmt::Display for Snapshot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.spans
            .roots()
            .into_iter()
            .try_for_each(|root| self.span(f, root, 0))
    }
}

/// A name on one line, whatever is in it.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            if character.is_control() {
                write!(f, "{}", character.escape_default())?;
            } else {
                f.write_char(character)?;
            }
        }
        Ok(())
    }
}

fn matches(pattern: &str, key: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => key.starts_with(start),
        None => pattern == key,
    }
}

fn short(id: &str) -> &str {
    let short = id.trim_start_matches('0');
    if short.is_empty() { "0" } else { short }
}

fn kind(kind: &SpanKind) -> &'static str {
    match kind {
        SpanKind::Client => "client",
        SpanKind::Server => "server",
        SpanKind::Producer => "producer",
        SpanKind::Consumer => "consumer",
        SpanKind::Internal => "internal",
    }
}
