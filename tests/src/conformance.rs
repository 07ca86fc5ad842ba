//! Exported spans against the conventions.
//!
//! [`check`] reads what a file exporter wrote (OTLP JSON, one request a line) and says where it
//! differs from what `agent_trace::semconv` asks for.

mod otlp;
mod rules;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use self::otlp::{Kind, Link, MalformedLine, Span, Status, Value};

/// What the spans of some lines are like.
#[derive(Debug, Default)]
pub struct Report {
    /// The spans, in the order they were written.
    pub spans: Vec<Span>,
    /// Where they break a rule.
    pub violations: Vec<Violation>,
    /// What is permitted and yet worth a look, with the number of times it occurs.
    pub notes: BTreeMap<String, usize>,
    /// The spans of each operation.
    pub operations: BTreeMap<String, usize>,
    /// The links of each `agent_trace.link.type`; `(none)` for those without.
    pub links: BTreeMap<String, usize>,
}

/// One broken rule at one span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// The span's name and the start of its id.
    pub span: String,
    /// What is wrong, and what the registry says.
    pub message: String,
}

/// The rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// An attribute occurs once on a span.
    Unique,
    /// Trace and span ids are lower-case hexadecimal of the right length.
    Ids,
    /// A span does not end before it starts.
    Times,
    /// The parent is in the lines, unless it is in another process.
    Parent,
    /// A link to a trace of the lines leads to a span of the lines, and its type is a known one.
    Link,
    /// No attribute is a deprecated one.
    Deprecated,
    /// An attribute's value has the registry's type.
    Type,
    /// Attributes of the conventions' namespaces and of ours are in the registries.
    Unknown,
    /// Status ERROR and `error.type` come together; success is left unset.
    Status,
    /// The span kind is the type's.
    Kind,
    /// The span name is one of the type's forms.
    Name,
    /// Required attributes are there.
    Required,
    /// Attributes of the conventions are on span types that list them.
    Listed,
    /// Operations the caller asked for occur.
    Operation,
}

impl Report {
    /// Adds a violation for every one of these operations that no span has.
    #[must_use]
    pub fn require(mut self, operations: &[&str]) -> Self {
        for operation in operations {
            if !self.operations.contains_key(*operation) {
                self.violations.push(Violation {
                    rule: Rule::Operation,
                    span: "(none)".to_owned(),
                    message: format!("no span with operation {operation}"),
                });
            }
        }
        self
    }

    /// Whether a rule is broken anywhere.
    #[must_use]
    pub fn breaks(&self, rule: Rule) -> bool {
        self.violations
            .iter()
            .any(|violation| violation.rule == rule)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for violation in &self.violations {
            writeln!(f, "violation: {violation}")?;
        }
        for (note, count) in &self.notes {
            writeln!(f, "note: {note} ({count})")?;
        }
        write!(
            f,
            "{} spans, {} violations",
            self.spans.len(),
            self.violations.len()
        )
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.span, self.message)
    }
}

/// Checks every span of the lines.
///
/// All lines are one world: a parent or the target of a link may be on any of them.
///
/// # Errors
///
/// A line that is not OTLP JSON.
pub fn check(lines: &str) -> Result<Report, MalformedLine> {
    let mut report = Report {
        spans: otlp::spans(lines)?,
        ..Report::default()
    };
    let world = World::of(&report.spans);
    for span in &report.spans {
        rules::check_span(
            span,
            &world,
            &mut Findings {
                span: format!(
                    "{} [{}]",
                    span.name,
                    span.span_id.get(..8).unwrap_or_default()
                ),
                violations: &mut report.violations,
                notes: &mut report.notes,
                operations: &mut report.operations,
                links: &mut report.links,
            },
        );
    }
    Ok(report)
}

/// The ids that are known.
struct World {
    spans: BTreeSet<(String, String)>,
    traces: BTreeSet<String>,
}

impl World {
    fn of(spans: &[Span]) -> Self {
        Self {
            spans: spans
                .iter()
                .map(|s| (s.trace_id.clone(), s.span_id.clone()))
                .collect(),
            traces: spans.iter().map(|s| s.trace_id.clone()).collect(),
        }
    }

    fn has(&self, trace: &str, span: &str) -> bool {
        self.spans.contains(&(trace.to_owned(), span.to_owned()))
    }
}

/// What is found at one span.
struct Findings<'r> {
    span: String,
    violations: &'r mut Vec<Violation>,
    notes: &'r mut BTreeMap<String, usize>,
    operations: &'r mut BTreeMap<String, usize>,
    links: &'r mut BTreeMap<String, usize>,
}

impl Findings<'_> {
    fn bad(&mut self, rule: Rule, message: impl Into<String>) {
        let (span, message) = (self.span.clone(), message.into());
        self.violations.push(Violation {
            rule,
            span,
            message,
        });
    }

    fn note(&mut self, text: String) {
        *self.notes.entry(text).or_default() += 1;
    }
}
