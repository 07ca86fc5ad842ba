//! The graph that the spans are, in the words of the expected one.

use crate::expected::{Link, Span};
use agent_trace::testing::{FinishedSpan, Spans};
use std::collections::{BTreeMap, HashMap};

const ID: &str = "agent_trace.fan_out.id";
const INDEX: &str = "agent_trace.fan_out.index";

struct Names<'a>(HashMap<String, &'a str>);

impl Names<'_> {
    fn of(&self, id: &str) -> String {
        match self.0.get(id) {
            Some(name) => (*name).to_owned(),
            None => format!("unknown {id}"),
        }
    }

    /// The dispatcher and the number that an id of a fan-out stands for.
    fn fan_out(&self, id: &str) -> (String, usize) {
        let (span, number) = id.split_once('-').unwrap_or((id, "0"));
        (self.of(span), number.parse().unwrap())
    }
}

pub(crate) fn graph(spans: &Spans) -> BTreeMap<String, Span> {
    let names = Names(
        spans
            .iter()
            .map(|span| (span.id().to_string(), name(span)))
            .collect(),
    );
    spans
        .iter()
        .map(|span| (name(span).to_owned(), read(spans, &names, span)))
        .collect()
}

fn name(span: &FinishedSpan) -> &str {
    span.name().strip_prefix("invoke_agent ").unwrap()
}

fn read(spans: &Spans, names: &Names<'_>, span: &FinishedSpan) -> Span {
    let mut root = span;
    while let Some(parent) = spans.parent(root) {
        assert_eq!(parent.trace_id(), span.trace_id());
        root = parent;
    }
    let mut links: Vec<Link> = span
        .links()
        .iter()
        .map(|link| {
            let to = spans.target(link).expect("a link to a span that there is");
            let kind = match link.kind() {
                Some("fan_out") => "fan_out",
                Some("fan_in") => "fan_in",
                Some("triggered_by") => "triggered_by",
                other => panic!("{other:?}"),
            };
            let fan_out = link.str(ID).map(|id| {
                let (dispatcher, number) = names.fan_out(id);
                let expected = if kind == "fan_out" {
                    name(to)
                } else {
                    name(span)
                };
                assert_eq!(dispatcher, expected);
                (number, link.int(INDEX).unwrap())
            });
            let outcome = link
                .str("agent_trace.fan_out.outcome")
                .map(|outcome| match outcome {
                    "returned" => "returned",
                    "failed" => "failed",
                    "panicked" => "panicked",
                    "cancelled" => "cancelled",
                    other => panic!("{other}"),
                });
            Link {
                kind,
                to: name(to).to_owned(),
                fan_out,
                outcome,
            }
        })
        .collect();
    links.sort();
    assert!(span.keys_duplicated().is_empty());
    let count = |key: &str| span.int(&format!("agent_trace.fan_in.{key}")).unwrap_or(0);
    Span {
        parent: span.parent().map(|id| names.of(&id.to_string())),
        root: name(root).to_owned(),
        error: span.str("error.type").map(|error| match error {
            "panic" => "panic",
            "cancelled" => "cancelled",
            "Error" => "Error",
            other => panic!("{other}"),
        }),
        links,
        subtask: span.str(ID).map(|id| {
            let (dispatcher, number) = names.fan_out(id);
            let index = span.int(INDEX).unwrap();
            (
                dispatcher,
                number,
                index,
                span.int("agent_trace.fan_out.size"),
            )
        }),
        counts: [
            "subtasks",
            "failed",
            "panicked",
            "cancelled",
            "unfinished",
            "without_span",
        ]
        .map(count),
    }
}
