//! The graph that a plan should give. Nothing of the runtime is asked.

use crate::plan::{Call, End, Plan, Step, Way};
use std::collections::BTreeMap;

/// What a span should be.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) parent: Option<String>,
    /// The root of its trace.
    pub(crate) root: String,
    pub(crate) error: Option<&'static str>,
    /// Sorted: type, target, number of the fan-out among those of its dispatcher, index, outcome.
    pub(crate) links: Vec<Link>,
    /// Dispatcher, number of the fan-out, index, size.
    pub(crate) subtask: Option<(String, usize, i64, Option<i64>)>,
    /// Subtasks, failed, panicked, cancelled, unfinished, without a span.
    pub(crate) counts: [i64; 6],
}

#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Link {
    pub(crate) kind: &'static str,
    pub(crate) to: String,
    pub(crate) fan_out: Option<(usize, i64)>,
    pub(crate) outcome: Option<&'static str>,
}

pub(crate) fn graph(plan: &Plan) -> BTreeMap<String, Span> {
    let mut spans = BTreeMap::new();
    let root = Span {
        root: plan.root.name.clone(),
        ..Span::default()
    };
    visit(&plan.root, root, &mut spans);
    spans
}

fn visit(call: &Call, mut span: Span, spans: &mut BTreeMap<String, Span>) {
    span.error = match call.end {
        End::Returns => None,
        End::Fails => Some("Error"),
        End::Panics => Some("panic"),
        End::Stays => Some("cancelled"),
    };
    let mut fan_outs = 0;
    for step in &call.steps {
        let number = fan_outs;
        if !matches!(step.way, Way::Await | Way::Detach) {
            fan_outs += 1;
        }
        take_step(call, step, number, &mut span, spans);
    }
    span.links.sort();
    spans.insert(call.name.clone(), span);
}

fn take_step(
    call: &Call,
    step: &Step,
    number: usize,
    span: &mut Span,
    spans: &mut BTreeMap<String, Span>,
) {
    for (index, subtask) in (0..).zip(&step.subtasks) {
        for below in subtask.reached() {
            let child = match step.way {
                Way::Await => Span {
                    parent: Some(call.name.clone()),
                    root: span.root.clone(),
                    ..Span::default()
                },
                Way::Detach => Span {
                    root: below.name.clone(),
                    links: vec![Link {
                        kind: "triggered_by",
                        to: call.name.clone(),
                        ..Link::default()
                    }],
                    ..Span::default()
                },
                way => Span {
                    parent: Some(call.name.clone()),
                    root: span.root.clone(),
                    links: vec![Link {
                        kind: "fan_out",
                        to: call.name.clone(),
                        fan_out: Some((number, index)),
                        outcome: None,
                    }],
                    subtask: Some((
                        call.name.clone(),
                        number,
                        index,
                        matches!(way, Way::Spawn | Way::Drop).then_some(step.subtasks.len() as i64),
                    )),
                    ..Span::default()
                },
            };
            visit(below, child, spans);
        }
        match step.way {
            Way::Await | Way::Detach => continue,
            // When it ends, nobody is there any more to whom it would be a result.
            Way::Outlive => {
                span.counts[4] += 1;
                continue;
            }
            _ => {}
        }
        let whole = match subtask.end() {
            End::Returns => "returned",
            End::Fails => "failed",
            End::Panics => "panicked",
            End::Stays => "cancelled",
        };
        span.counts[0] += 1;
        span.counts[1] += i64::from(whole == "failed");
        span.counts[2] += i64::from(whole == "panicked");
        span.counts[3] += i64::from(whole == "cancelled");
        span.counts[5] += i64::from(subtask.reached().is_empty());
        for below in subtask.reached() {
            let outcome = match (whole, below.end) {
                ("panicked" | "cancelled", _) => whole,
                (_, End::Fails) => "failed",
                _ => "returned",
            };
            span.links.push(Link {
                kind: "fan_in",
                to: below.name.clone(),
                fan_out: Some((number, index)),
                outcome: Some(outcome),
            });
        }
    }
}
