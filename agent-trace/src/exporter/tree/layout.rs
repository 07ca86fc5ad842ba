//! Who is beneath whom.

use std::collections::HashMap;

use opentelemetry::trace::SpanId;
use opentelemetry_sdk::trace::SpanData;

use super::buffer::{Piece, Why};

/// How deep the indentation goes. What is deeper stands at the same column.
const MAX_INDENT: usize = 24;

/// A line of a tree.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// `│  ├─ `, and the like.
    pub(super) branch: String,
    pub(super) node: Node<'a>,
    /// The row above it in the tree.
    pub(super) parent: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Node<'a> {
    Span(&'a SpanData),
    /// The parent of the rows beneath, which is not in this piece.
    Elsewhere(SpanId),
}

/// The rows of a piece from top to bottom, siblings by start.
pub(super) fn rows(piece: &Piece) -> Vec<Row<'_>> {
    let spans = &piece.spans;
    let known: HashMap<_, _> = spans
        .iter()
        .enumerate()
        .map(|(index, span)| (span.span_context.span_id(), index))
        .collect();
    let mut children: HashMap<SpanId, Vec<usize>> = HashMap::new();
    let mut tops = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        // A span that is its own parent must not get lost.
        if known
            .get(&span.parent_span_id)
            .is_some_and(|parent| *parent != index)
        {
            children.entry(span.parent_span_id).or_default().push(index);
        } else {
            tops.push(index);
        }
    }

    let mut layout = Layout {
        spans,
        children,
        placed: vec![false; spans.len()],
        rows: Vec::with_capacity(spans.len()),
    };
    let mut elsewhere: Vec<(SpanId, Vec<usize>)> = Vec::new();
    for top in tops {
        let span = &spans[top];
        let is_root = span.parent_span_id == SpanId::INVALID
            || (span.parent_span_is_remote && piece.why != Why::Late)
            || known.contains_key(&span.parent_span_id);
        if is_root {
            layout.tree(Pending::top(top));
            continue;
        }
        match elsewhere
            .iter_mut()
            .find(|(parent, _)| *parent == span.parent_span_id)
        {
            Some((_, siblings)) => siblings.push(top),
            None => elsewhere.push((span.parent_span_id, vec![top])),
        }
    }
    for (parent, siblings) in elsewhere {
        let row = layout.rows.len();
        let node = Node::Elsewhere(parent);
        layout.rows.push(Row {
            branch: String::new(),
            node,
            parent: None,
        });
        for pending in beneath(&siblings, "", row, 1) {
            layout.tree(pending);
        }
    }
    // Spans that are each other's parents.
    for index in 0..spans.len() {
        layout.tree(Pending::top(index));
    }
    layout.rows
}

struct Layout<'a> {
    spans: &'a [SpanData],
    children: HashMap<SpanId, Vec<usize>>,
    /// Which spans have a row.
    placed: Vec<bool>,
    rows: Vec<Row<'a>>,
}

/// A span that is yet to become a row.
struct Pending {
    index: usize,
    branch: String,
    /// What stands before the branches of its children.
    indent: String,
    parent: Option<usize>,
    depth: usize,
}

impl Pending {
    fn top(index: usize) -> Self {
        Self {
            index,
            branch: String::new(),
            indent: String::new(),
            parent: None,
            depth: 0,
        }
    }
}

impl Layout<'_> {
    /// Adds a span and all beneath it. A loop, because a trace may be deeper than the stack.
    fn tree(&mut self, top: Pending) {
        let mut pending = vec![top];
        while let Some(next) = pending.pop() {
            if std::mem::replace(&mut self.placed[next.index], true) {
                continue;
            }
            let span = &self.spans[next.index];
            let row = self.rows.len();
            self.rows.push(Row {
                branch: next.branch,
                node: Node::Span(span),
                parent: next.parent,
            });
            if let Some(children) = self.children.remove(&span.span_context.span_id()) {
                let children = beneath(&children, &next.indent, row, next.depth + 1);
                pending.extend(children.into_iter().rev());
            }
        }
    }
}

fn beneath(siblings: &[usize], indent: &str, parent: usize, depth: usize) -> Vec<Pending> {
    let last = siblings.len().saturating_sub(1);
    let place = |(number, index): (usize, &usize)| {
        let (branch, below) = match (depth > MAX_INDENT, number == last) {
            (true, _) => ("┄┄ ", ""),
            (false, true) => ("└─ ", "   "),
            (false, false) => ("├─ ", "│  "),
        };
        Pending {
            index: *index,
            branch: format!("{indent}{branch}"),
            indent: format!("{indent}{below}"),
            parent: Some(parent),
            depth,
        }
    };
    siblings.iter().enumerate().map(place).collect()
}
