//! A piece of a trace as text.

use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use opentelemetry::trace::SpanContext;
use opentelemetry_sdk::trace::SpanData;

use super::buffer::{Buffer, Piece, Why};
use super::details::Facts;
use super::layout::{Node, Row, rows};
use super::style::{Painter, Style};
use super::text::{columns, cost, count, duration, escaped, fitted};

/// The widest that branches and name get together, as long as the branches leave room.
const NAME: usize = 52;
/// What the branches leave to a name at least.
const MIN_NAME: usize = 20;
const DURATION: usize = 6;
const TIMELINE: u32 = 12;

/// Appends a piece to `out`: a header, a line for each span, an empty line.
pub(super) fn render(
    out: &mut String,
    piece: &Piece,
    names: &Buffer,
    painter: Painter,
    timeline: bool,
) {
    let rows = rows(piece);
    header(out, piece, &rows, painter);

    let labels: Vec<_> = rows.iter().map(|row| label(row, piece, names)).collect();
    // A parent that is elsewhere has nothing beside its name, so nothing is aligned with it.
    let width = rows
        .iter()
        .zip(&labels)
        .filter(|(row, _)| matches!(row.node, Node::Span(_)))
        .map(|(row, label)| columns(&row.branch) + columns(label))
        .max()
        .unwrap_or(0);
    let tokens: Vec<_> = rows.iter().map(|row| tokens(&row.node)).collect();
    let side = |pick: fn(&(String, String)) -> &String| {
        tokens
            .iter()
            .flatten()
            .map(|sides| columns(pick(sides)))
            .max()
            .unwrap_or(0)
    };
    let (before, after) = (side(|sides| &sides.0), side(|sides| &sides.1));
    let extent = Extent::of(&piece.spans);

    for ((row, label), tokens) in rows.iter().zip(&labels).zip(&tokens) {
        let mut line = Line {
            out,
            painter,
            owed: 0,
        };
        line.push(Style::Dim, &row.branch);
        let Node::Span(span) = row.node else {
            line.push(Style::Dim, label);
            out.push('\n');
            continue;
        };
        let facts = Facts::new(span);
        line.push(facts.style(), label);
        line.space(width.saturating_sub(columns(&row.branch) + columns(label)) + 2);

        let took = duration(
            span.end_time
                .duration_since(span.start_time)
                .unwrap_or_default(),
        );
        line.space(DURATION.saturating_sub(columns(&took)));
        line.push(
            if facts.style() == Style::Dim {
                Style::Dim
            } else {
                Style::Plain
            },
            &took,
        );
        if timeline {
            let (lead, bar, rest) = extent.bar(span);
            line.space(1 + lead);
            line.push(
                if facts.failed() {
                    Style::Failure
                } else {
                    Style::Dim
                },
                &"━".repeat(bar),
            );
            line.space(rest);
        }
        if before + after > 0 {
            let (input, output) = tokens
                .as_ref()
                .map_or(("", ""), |(input, output)| (&**input, &**output));
            line.space(1 + before.saturating_sub(columns(input)));
            line.push(Style::Plain, input);
            line.push(Style::Dim, if tokens.is_some() { "→" } else { " " });
            line.push(Style::Plain, output);
            line.space(after.saturating_sub(columns(output)));
        }
        let details = facts.details(&|link| target(link, span, piece, names));
        for (number, (style, text)) in details.iter().enumerate() {
            line.space(if number == 0 { 2 } else { 1 });
            if number > 0 {
                line.push(Style::Dim, "· ");
            }
            line.push(*style, text);
        }
        out.push('\n');
    }
    out.push('\n');
}

/// A line whose spaces at the end are never written.
struct Line<'a> {
    out: &'a mut String,
    painter: Painter,
    owed: usize,
}

impl Line<'_> {
    fn space(&mut self, columns: usize) {
        self.owed += columns;
    }

    fn push(&mut self, style: Style, text: &str) {
        if text.trim().is_empty() {
            self.owed += columns(text);
            return;
        }
        self.out.extend(std::iter::repeat_n(' ', self.owed));
        self.owed = 0;
        self.painter.paint(self.out, style, text);
    }
}

fn header(out: &mut String, piece: &Piece, rows: &[Row<'_>], painter: Painter) {
    let mut parts = vec![(Style::Dim, format!("trace {}", piece.trace))];
    match piece.why {
        Why::Ended => {}
        Why::Late => parts.push((Style::Notice, "continued".to_owned())),
        Why::Flushed => parts.push((
            Style::Notice,
            "incomplete: flushed before its root ended".to_owned(),
        )),
        Why::Full => parts.push((
            Style::Notice,
            "incomplete: too much to hold until its root ends".to_owned(),
        )),
    }
    let remote = rows.iter().find_map(|row| match row.node {
        Node::Span(span) if row.parent.is_none() && span.parent_span_is_remote => Some(span),
        _ => None,
    });
    if let Some(root) = remote {
        parts.push((
            Style::Dim,
            format!("from span {} in another process", root.parent_span_id),
        ));
    }
    let spans = piece.spans.len();
    parts.push((
        Style::Dim,
        format!("{spans} {}", if spans == 1 { "span" } else { "spans" }),
    ));
    let failed = piece
        .spans
        .iter()
        .filter(|span| Facts::new(span).failed())
        .count();
    if failed > 0 {
        parts.push((Style::Failure, format!("{failed} failed")));
    }
    let totals = Totals::of(rows);
    if totals.input + totals.output > 0 {
        parts.push((
            Style::Dim,
            format!("{}→{} tokens", count(totals.input), count(totals.output)),
        ));
    }
    if totals.cost > 0.0 {
        parts.push((Style::Cost, cost(totals.cost)));
    }

    for (number, (style, text)) in parts.iter().enumerate() {
        if number > 0 {
            painter.paint(out, Style::Dim, " · ");
        }
        painter.paint(out, *style, text);
    }
    out.push('\n');
}

/// What the spans of a piece add up to. An agent repeats the usage of its model calls, so a span counts only where
/// nothing beneath it has any.
#[derive(Default)]
struct Totals {
    input: i64,
    output: i64,
    cost: f64,
}

impl Totals {
    fn of(rows: &[Row<'_>]) -> Self {
        let mut totals = Self::default();
        let mut usage_beneath = vec![false; rows.len()];
        let mut cost_beneath = vec![false; rows.len()];
        // Children come after their parents.
        for (index, row) in rows.iter().enumerate().rev() {
            let Node::Span(span) = row.node else { continue };
            let facts = Facts::new(span);
            if let Some((input, output)) = facts.usage().filter(|_| !usage_beneath[index]) {
                totals.input = totals.input.saturating_add(input.unwrap_or(0));
                totals.output = totals.output.saturating_add(output.unwrap_or(0));
            }
            if !cost_beneath[index] {
                totals.cost += facts.cost().unwrap_or(0.0);
            }
            if let Some(parent) = row.parent {
                usage_beneath[parent] |= usage_beneath[index] || facts.usage().is_some();
                cost_beneath[parent] |= cost_beneath[index] || facts.cost().is_some();
            }
        }
        totals
    }
}

fn label(row: &Row<'_>, piece: &Piece, names: &Buffer) -> String {
    let room = NAME.saturating_sub(columns(&row.branch)).max(MIN_NAME);
    match row.node {
        Node::Span(span) => fitted(&escaped(&span.name), room).into_owned(),
        Node::Elsewhere(parent) => match names.name(piece.trace, parent) {
            Some(name) => format!("⋯ {}", fitted(&escaped(name), room)),
            None => format!("⋯ span {parent}, not ended"),
        },
    }
}

/// The name of a link's target; with its trace where that is another one.
fn target(link: &SpanContext, span: &SpanData, piece: &Piece, names: &Buffer) -> Option<String> {
    let here = link.trace_id() == span.span_context.trace_id();
    let same = |candidate: &&SpanData| here && candidate.span_context.span_id() == link.span_id();
    let name = piece
        .spans
        .iter()
        .find(same)
        .map(|span| &*span.name)
        .or_else(|| names.name(link.trace_id(), link.span_id()));
    if here {
        return name.map(str::to_owned);
    }
    let mut text = match name {
        Some(name) => format!("{name} "),
        None => format!("span {} ", link.span_id()),
    };
    // Writing to a string does not fail.
    let _ = write!(text, "(trace {:.8})", link.trace_id().to_string());
    Some(text)
}

fn tokens(node: &Node<'_>) -> Option<(String, String)> {
    let Node::Span(span) = node else { return None };
    let (input, output) = Facts::new(span).tokens()?;
    let text = |tokens: Option<i64>| tokens.map(count).unwrap_or_default();
    Some((text(input), text(output)))
}

/// From the first start to the last end of a piece.
struct Extent {
    start: SystemTime,
    length: Duration,
}

impl Extent {
    fn of(spans: &[SpanData]) -> Self {
        let start = spans
            .iter()
            .map(|span| span.start_time)
            .min()
            .unwrap_or(SystemTime::UNIX_EPOCH);
        let end = spans
            .iter()
            .map(|span| span.end_time)
            .max()
            .unwrap_or(start);
        Self {
            start,
            length: end.duration_since(start).unwrap_or_default(),
        }
    }

    /// Columns before the bar, of the bar, after it.
    fn bar(&self, span: &SpanData) -> (usize, usize, usize) {
        let all = TIMELINE as usize;
        let at = |time: SystemTime| {
            let since = time.duration_since(self.start).unwrap_or_default();
            (since.as_secs_f64() / self.length.as_secs_f64().max(1e-9) * f64::from(TIMELINE))
                .clamp(0.0, f64::from(TIMELINE))
        };
        let lead = (at(span.start_time) as usize).min(all - 1);
        let end = (at(span.end_time).ceil() as usize).clamp(lead + 1, all);
        (lead, end - lead, all - end)
    }
}
