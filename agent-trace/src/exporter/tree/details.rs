//! What a span's line says besides its name and duration.

use std::time::Duration;

use opentelemetry::trace::{SpanContext, Status};
use opentelemetry::{Array, KeyValue, StringValue, Value};
use opentelemetry_sdk::trace::SpanData;

use super::own_fields::own_fields;
use super::style::Style;
use super::text::{cost, count, duration, escaped, fitted};
use crate::semconv::attribute as key;
use crate::semconv::event::EVALUATION_RESULT;
use crate::semconv::operation;
use crate::semconv::value::{link_type, outcome, response_finish_reasons};

/// No convention names cost yet. These are what libraries in the field write, in US dollars.
const COST: [&str; 3] = ["gen_ai.usage.cost", "operation.cost", "llm.cost.total"];

/// How much of an error message, a link's target or an address is shown.
const MESSAGE: usize = 72;
const TARGET: usize = 40;

/// A span with its attributes at hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts<'a> {
    span: &'a SpanData,
}

/// Something to say, and how it looks.
pub(super) type Detail = (Style, String);

impl<'a> Facts<'a> {
    pub(super) fn new(span: &'a SpanData) -> Self {
        Self { span }
    }

    pub(super) fn failed(&self) -> bool {
        matches!(self.span.status, Status::Error { .. })
    }

    /// How the name looks: by what the span does.
    pub(super) fn style(&self) -> Style {
        let Some(operation) = self.operation() else {
            return Style::Dim;
        };
        match operation {
            operation::EXECUTE_TOOL
            | operation::SEARCH_MEMORY
            | operation::CREATE_MEMORY
            | operation::UPDATE_MEMORY
            | operation::UPSERT_MEMORY
            | operation::DELETE_MEMORY
            | operation::CREATE_MEMORY_STORE
            | operation::DELETE_MEMORY_STORE
            | operation::RETRIEVAL => Style::Tool,
            operation::CHAT
            | operation::GENERATE_CONTENT
            | operation::TEXT_COMPLETION
            | operation::EMBEDDINGS
            | operation::FETCH_RESPONSE => Style::Model,
            operation::CREATE_AGENT
            | operation::INVOKE_AGENT
            | operation::INVOKE_WORKFLOW
            | operation::PLAN => Style::Agent,
            _ => Style::Plain,
        }
    }

    fn operation(&self) -> Option<&'a str> {
        self.str(key::GEN_AI_OPERATION_NAME)
    }

    /// Tokens in and out, as far as the span has them.
    pub(super) fn usage(&self) -> Option<(Option<i64>, Option<i64>)> {
        let usage = (
            self.int(key::GEN_AI_USAGE_INPUT_TOKENS),
            self.int(key::GEN_AI_USAGE_OUTPUT_TOKENS),
        );
        (usage != (None, None)).then_some(usage)
    }

    /// The usage, or where the span has none of its own, that of everything beneath it.
    pub(super) fn tokens(&self) -> Option<(Option<i64>, Option<i64>)> {
        let subtree = (
            self.int(key::AGENT_TRACE_SUBTREE_INPUT_TOKENS),
            self.int(key::AGENT_TRACE_SUBTREE_OUTPUT_TOKENS),
        );
        self.usage()
            .or_else(|| (subtree != (None, None)).then_some(subtree))
    }

    pub(super) fn cost(&self) -> Option<f64> {
        COST.iter().find_map(|key| match self.get(key)? {
            Value::F64(dollars) if dollars.is_finite() => Some(*dollars),
            _ => None,
        })
    }

    /// Everything to say at the end of the line, most important first.
    pub(super) fn details(&self, name_of: &dyn Fn(&SpanContext) -> Option<String>) -> Vec<Detail> {
        let mut details = Vec::new();
        self.ending(&mut details);
        self.links(&mut details, name_of);
        self.subject(&mut details);
        self.reply(&mut details);
        self.scores(&mut details);
        if self.operation().is_some() {
            details.extend(own_fields(&self.span.attributes));
        }
        if let Some(dollars) = self.cost() {
            details.push((Style::Cost, cost(dollars)));
        }
        details
    }

    fn ending(&self, details: &mut Vec<Detail>) {
        let error_type = self.str(key::ERROR_TYPE);
        if let Status::Error { description } = &self.span.status {
            let mut text = error_type.unwrap_or("error").to_owned();
            if !description.is_empty() && *description != text {
                text = format!("{text}: {description}");
            }
            details.push((
                Style::Failure,
                format!("✗ {}", fitted(&escaped(&text), MESSAGE)),
            ));
        }
        match self.str(key::AGENT_TRACE_OUTCOME) {
            Some(outcome::CANCELLED) if self.failed() && error_type == Some(outcome::CANCELLED) => {
            }
            Some(outcome) => details.push((Style::Notice, escaped(outcome).into_owned())),
            None => {}
        }
        if self.get(key::AGENT_TRACE_USAGE_INCOMPLETE) == Some(&Value::Bool(true)) {
            details.push((Style::Notice, "usage incomplete".to_owned()));
        }
    }

    fn links(&self, details: &mut Vec<Detail>, name_of: &dyn Fn(&SpanContext) -> Option<String>) {
        // One entry for each type of link: its targets by name, those of one name counted.
        let mut types: Vec<(&str, Vec<(String, usize)>)> = Vec::new();
        for link in self.span.links.iter() {
            let kind = find(&link.attributes, key::AGENT_TRACE_LINK_TYPE)
                .and_then(text)
                .unwrap_or("link");
            let target =
                name_of(&link.span_context).unwrap_or_else(|| short_id(&link.span_context));
            let position = types
                .iter()
                .position(|(known, _)| *known == kind)
                .unwrap_or_else(|| {
                    types.push((kind, Vec::new()));
                    types.len() - 1
                });
            let targets = &mut types[position].1;
            match targets.iter_mut().find(|(name, _)| *name == target) {
                Some((_, times)) => *times += 1,
                None => targets.push((target, 1)),
            }
        }
        for (kind, targets) in types {
            let mut names: Vec<_> = targets
                .iter()
                .take(3)
                .map(|(name, times)| {
                    let name = fitted(&escaped(without_operation(name)), TARGET).into_owned();
                    if *times > 1 {
                        format!("{name} ×{times}")
                    } else {
                        name
                    }
                })
                .collect();
            if targets.len() > names.len() {
                names.push(format!("{} more", targets.len() - names.len()));
            }
            let names = names.join(", ");
            details.push(match kind {
                link_type::RETRY_OF => (Style::Notice, format!("↻ retry of {names}")),
                link_type::FAN_OUT => (Style::Dim, format!("⤷ fan-out of {names}")),
                link_type::FAN_IN => (Style::Dim, format!("⤶ fan-in of {names}")),
                link_type::TOOL_CAUSE => (Style::Dim, format!("← asked for by {names}")),
                link_type::HANDOFF => (Style::Dim, format!("← handed off by {names}")),
                link_type::TRIGGERED_BY => (Style::Dim, format!("← triggered by {names}")),
                link_type::RESUMED_FROM => (Style::Dim, format!("← resumed from {names}")),
                other => (
                    Style::Dim,
                    format!("← {} {names}", fitted(&escaped(other), TARGET)),
                ),
            });
        }
    }

    /// Whom the span is about, where its name does not say so.
    fn subject(&self, details: &mut Vec<Detail>) {
        if let (Some(index), Some(size)) = (
            self.int(key::AGENT_TRACE_FAN_OUT_INDEX),
            self.int(key::AGENT_TRACE_FAN_OUT_SIZE),
        ) {
            details.push((Style::Dim, format!("{} of {size}", index.saturating_add(1))));
        }
        let subject = match self.operation() {
            Some(operation::EXECUTE_TOOL) => self.str(key::GEN_AI_TOOL_NAME),
            Some(operation::INVOKE_WORKFLOW) => self.str(key::GEN_AI_WORKFLOW_NAME),
            Some(operation::CREATE_AGENT | operation::INVOKE_AGENT | operation::PLAN) => {
                self.str(key::GEN_AI_AGENT_NAME)
            }
            Some(_) => None,
            None => self
                .str("url.full")
                .or_else(|| self.str("http.route"))
                .or_else(|| self.str("url.path")),
        };
        let asked = self.str(key::GEN_AI_REQUEST_MODEL);
        let answered = self
            .str(key::GEN_AI_RESPONSE_MODEL)
            .filter(|model| asked.is_none_or(|asked| !model.starts_with(asked)));
        for text in [subject, asked, answered].into_iter().flatten() {
            // An agent's model is the model calls' news, not its own.
            if !self.span.name.contains(text)
                && (self.style() != Style::Agent || Some(text) == subject)
            {
                details.push((Style::Dim, fitted(&escaped(text), TARGET).into_owned()));
            }
        }
        if let Some(Value::I64(status)) = self.get("http.response.status_code") {
            details.push((Style::Dim, status.to_string()));
        }
    }

    fn reply(&self, details: &mut Vec<Detail>) {
        if let Some(Value::F64(seconds)) = self.get(key::GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK) {
            if let Ok(time) = Duration::try_from_secs_f64(*seconds) {
                details.push((Style::Dim, format!("first chunk {}", duration(time))));
            }
        }
        if let Some(Value::Array(Array::String(reasons))) =
            self.get(key::GEN_AI_RESPONSE_FINISH_REASONS)
        {
            let ordinary = [response_finish_reasons::STOP, "end_turn", "completed"];
            let mut shown: Vec<_> = reasons
                .iter()
                .map(StringValue::as_str)
                .filter(|reason| !ordinary.contains(reason))
                .collect();
            shown.dedup();
            let style = match shown[..] {
                [response_finish_reasons::TOOL_CALL | "tool_calls" | "tool_use"] => Style::Dim,
                _ => Style::Notice,
            };
            if !shown.is_empty() && self.style() != Style::Agent {
                details.push((
                    style,
                    fitted(&escaped(&shown.join(", ")), TARGET).into_owned(),
                ));
            }
        }
        let parts = [
            (key::GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, "cached"),
            (
                key::GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
                "written to cache",
            ),
            (key::GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, "reasoning"),
        ];
        for (key, label) in parts {
            if let Some(tokens) = self.int(key).filter(|tokens| *tokens > 0) {
                details.push((Style::Dim, format!("{} {label}", count(tokens))));
            }
        }
    }

    fn scores(&self, details: &mut Vec<Detail>) {
        for event in self
            .span
            .events
            .iter()
            .filter(|event| event.name == EVALUATION_RESULT.name)
        {
            let name = find(&event.attributes, key::GEN_AI_EVALUATION_NAME)
                .and_then(text)
                .unwrap_or("evaluation");
            let label = find(&event.attributes, key::GEN_AI_EVALUATION_SCORE_LABEL).and_then(text);
            let score = match find(&event.attributes, key::GEN_AI_EVALUATION_SCORE_VALUE) {
                Some(Value::F64(score)) => Some(format!("{score:.2}")),
                Some(Value::I64(score)) => Some(score.to_string()),
                _ => None,
            };
            let mut detail = name.to_owned();
            for word in [score.as_deref(), label].into_iter().flatten() {
                detail.push(' ');
                detail.push_str(word);
            }
            details.push((Style::Plain, fitted(&escaped(&detail), TARGET).into_owned()));
        }
    }

    fn get(&self, key: &str) -> Option<&'a Value> {
        find(&self.span.attributes, key)
    }

    fn str(&self, key: &str) -> Option<&'a str> {
        self.get(key).and_then(text)
    }

    fn int(&self, key: &str) -> Option<i64> {
        match self.get(key)? {
            Value::I64(value) => Some(*value),
            _ => None,
        }
    }
}

fn find<'a>(attributes: &'a [KeyValue], key: &str) -> Option<&'a Value> {
    attributes
        .iter()
        .find(|pair| pair.key.as_str() == key)
        .map(|pair| &pair.value)
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text.as_str()),
        _ => None,
    }
}

/// `searcher` for `invoke_agent searcher`: the type of the link says enough of what it is.
fn without_operation(name: &str) -> &str {
    [operation::INVOKE_AGENT, operation::EXECUTE_TOOL]
        .iter()
        .find_map(|operation| name.strip_prefix(operation)?.strip_prefix(' '))
        .unwrap_or(name)
}

fn short_id(context: &SpanContext) -> String {
    format!("span {}", context.span_id())
}
