//! The end of a call: the one moment at which everything known is written.

use crate::ambient::conversation;
use crate::clock::Moment;
use crate::failure::{self, Failure, Message};
use crate::family::Family;
use crate::fan_out::frame::Frame;
use crate::fields;
use crate::guard::{guarded, lock};
use crate::observed::End;
use crate::otel::Bridge;
use crate::outcome::Outcome;
use crate::parts::Parts;
use crate::progress::Progress;
use crate::record::{Record, TimedEvent, tokens, write_finish_reasons, write_reply, write_usage};
use crate::scope::{Counted, Summary};
use crate::semconv::value::outcome as outcomes;
use crate::semconv::{attribute, id, span};
use crate::settings::settings;
use crate::state::CallState;
use crate::tool_cause;
use agent_trace_llm::{ResponseInfo, Usage};
use opentelemetry::KeyValue;
use opentelemetry::trace::Status;
use std::borrow::Cow;
use std::time::SystemTime;

/// The finish reason of a generation that was cut short, by the conventions.
const CUT_SHORT: &str = "error";

/// A call at its end.
#[derive(Debug)]
pub(crate) struct Ending<'a> {
    pub(crate) parts: &'a Parts,
    pub(crate) bridge: &'a Bridge,
    pub(crate) state: &'a CallState,
    pub(crate) started: Option<Moment>,
    pub(crate) stream: Option<Box<Progress>>,
    /// Seconds between the pieces of the stream, once it was looked at.
    pub(crate) gaps: Vec<f64>,
    pub(crate) found: &'a mut Option<ResponseInfo>,
}

/// An outcome as it is written.
struct Verdict {
    /// `error.type` of a failed call.
    error_type: Option<Cow<'static, str>>,
    /// `agent_trace.outcome`, where status and type do not say it all.
    outcome: Option<&'static str>,
    /// Whether the reply was cut short.
    is_cut: bool,
    message: Option<Message>,
    exception_type: Option<&'static str>,
}

impl Verdict {
    fn of(outcome: Outcome, record: &mut Record) -> Self {
        let none = Self {
            error_type: None,
            outcome: None,
            is_cut: false,
            message: None,
            exception_type: None,
        };
        match outcome {
            Outcome::Returned => Self {
                error_type: record.failure.take(),
                ..none
            },
            Outcome::Expected => Self {
                outcome: Some(outcomes::EXPECTED),
                ..none
            },
            Outcome::Failed(Failure {
                error_type,
                exception_type,
                message,
            }) => Self {
                error_type: Some(record.failure.take().unwrap_or(error_type)),
                is_cut: true,
                message,
                exception_type,
                ..none
            },
            Outcome::Panicked => Self {
                error_type: Some(Cow::Borrowed(failure::PANIC)),
                is_cut: true,
                ..none
            },
            Outcome::Cancelled => Self {
                error_type: (!record.cancel_is_expected)
                    .then_some(Cow::Borrowed(failure::CANCELLED)),
                outcome: Some(outcomes::CANCELLED),
                is_cut: true,
                ..none
            },
            Outcome::Abandoned => Self {
                outcome: Some(outcomes::ABANDONED),
                is_cut: true,
                ..none
            },
        }
    }
}

impl Ending<'_> {
    pub(crate) fn write(mut self, outcome: Outcome) {
        let mut record = lock(&self.state.record);
        let mut verdict = Verdict::of(outcome, &mut record);
        if let Some(attempt) = &self.parts.attempt {
            attempt.end(verdict.error_type.as_ref());
        }
        self.write_reply(&mut record, &verdict);
        self.write_inherited(&mut record);
        self.write_description(&mut record);
        self.write_summary(&mut record);
        let nested_calls = record.reply.nested_calls();
        record
            .attributes
            .fill(id::AGENT_TRACE_NESTED_CALLS, nested_calls);
        record
            .attributes
            .fill(id::ERROR_TYPE, verdict.error_type.clone());
        record
            .attributes
            .fill(id::AGENT_TRACE_OUTCOME, verdict.outcome);
        let exception = self.exception(&mut record, &mut verdict);
        record.write_fan_in();

        let name = record.name.take();
        let events = std::mem::take(&mut record.events);
        let links = std::mem::take(&mut record.links);
        let attributes = record.take_attributes();
        drop(record);
        self.tell(&attributes, &events, exception.as_ref());

        if settings().has_call_events() {
            self.say_in_log(&verdict);
        }
        if matches!(self.bridge, Bridge::Absent) {
            fields::record_late(&self.parts.span, &attributes);
            return;
        }
        self.bridge.with(&self.parts.span, |otel| {
            otel.set_attributes(attributes);
            if let Some(name) = name {
                otel.update_name(name);
            }
            for (to, attributes) in links {
                otel.add_link(to, attributes);
            }
            for event in events.into_iter().chain(exception) {
                otel.add_event_with_timestamp(event.name, event.at, event.attributes);
            }
            if verdict.error_type.is_some() {
                if let Some(Frame::Subtask(subtask)) = &self.parts.frame {
                    subtask.span_failed(otel.span_context().span_id());
                }
                let description = verdict
                    .message
                    .map(|message| message.text)
                    .unwrap_or_default();
                otel.set_status(Status::error(description));
            }
        });
    }

    /// Tells metrics and events of what the span is about to carry.
    fn tell(&self, attributes: &[KeyValue], events: &[TimedEvent], exception: Option<&TimedEvent>) {
        let Some(observed) = &self.parts.observed else {
            return;
        };
        let _ = guarded(|| {
            let _current = self.bridge.make_current(&self.parts.span);
            observed.end(&End {
                site: self.parts.site,
                now: self.state.clock.now(),
                attributes,
                usage: self.found.as_ref().and_then(ResponseInfo::charged_usage),
                gaps: &self.gaps,
                events,
                exception,
            });
        });
    }

    /// Writes what the model replied, when it has been counted.
    fn write_reply(&mut self, record: &mut Record, verdict: &Verdict) {
        if self.parts.site.family != Family::Llm {
            *self.found = None;
            self.count(verdict.error_type.is_some());
            return;
        }
        let mut stream = self.stream.take();
        if let Some(stream) = &mut stream {
            self.gaps = stream.take_gaps();
            record
                .attributes
                .fill(id::AGENT_TRACE_STREAM_CHUNKS, Some(stream.chunks()));
            record.attributes.fill(
                id::GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
                stream.time_to_first_chunk(self.started),
            );
            record.attributes.fill(
                id::AGENT_TRACE_TIME_PER_OUTPUT_CHUNK,
                stream.time_per_output_chunk(),
            );
        }
        let noted = stream
            .as_ref()
            .map_or(0, |stream| stream.noted_tool_calls());
        let is_cut_stream =
            verdict.is_cut && stream.as_ref().is_some_and(|stream| stream.has_started());
        if let Some(stream) = stream {
            *self.found = Some(stream.reply());
        }
        record.reply.settle(self.found);
        if let Some(reply) = self.found {
            let asked = reply.tool_calls.get(noted..).unwrap_or_default();
            let by = || self.bridge.span_context(&self.parts.span);
            tool_cause::remember(self.state, asked, by);
            if is_cut_stream && reply.finish_reasons.is_empty() && verdict.error_type.is_some() {
                reply.finish_reasons.push(Cow::Borrowed(CUT_SHORT));
            }
            if is_cut_stream && reply.usage.is_some() {
                record
                    .attributes
                    .fill(id::AGENT_TRACE_USAGE_INCOMPLETE, Some(true));
            }
        }
        self.count(verdict.error_type.is_some());
        if let Some(reply) = self.found {
            write_reply(&mut record.attributes, reply);
        }
    }

    /// Adds the call up where it belongs.
    fn count(&self, failed: bool) {
        let Some(scope) = &self.state.scope else {
            return;
        };
        let site = self.parts.site;
        match site.family {
            Family::Llm => {
                let is_fetch = std::ptr::eq(site.span_type, &span::FETCH_RESPONSE);
                let response = self.found.as_ref().filter(|_| !is_fetch);
                let inference = std::ptr::eq(site.span_type, &span::INFERENCE);
                scope.count(
                    &Counted::Model {
                        response,
                        inference,
                    },
                    failed,
                );
            }
            // A look into a data source is no tool that a model called.
            Family::Tool if std::ptr::eq(site.span_type, &span::EXECUTE_TOOL) => {
                scope.count(&Counted::Tool, failed);
            }
            Family::Agent if self.parts.opens_scope && site.is_agent() => scope.count_self(failed),
            Family::Agent | Family::Tool => {}
        }
    }

    /// What the enclosing agent knows, where the span type lists it, and what holds for every span.
    fn write_inherited(&self, record: &mut Record) {
        let wanted = id::GEN_AI_CONVERSATION_ID;
        if record.attributes.takes(wanted) && !record.attributes.has(wanted) {
            let state = self.state;
            let known = conversation(state.ambient.as_deref(), state.scope.as_deref());
            record.attributes.fill(wanted, known);
        }
        if let Some(ambient) = &self.state.ambient {
            ambient.fill(&mut record.attributes, |key| self.state.has_own(key));
        }
    }

    /// What the function's documentation says, where no option says otherwise.
    fn write_description(&self, record: &mut Record) {
        let description = Some(self.parts.site.description).filter(|text| !text.is_empty());
        let attribute = match self.parts.site.family {
            Family::Agent => id::GEN_AI_AGENT_DESCRIPTION,
            Family::Tool => id::GEN_AI_TOOL_DESCRIPTION,
            Family::Llm => return,
        };
        record.attributes.fill(attribute, description);
    }

    /// What was added up beneath an agent or a workflow.
    fn write_summary(&self, record: &mut Record) {
        let Some(scope) = self.state.scope.as_ref().filter(|_| self.parts.opens_scope) else {
            return;
        };
        let Summary {
            own,
            subtree,
            finish_reasons,
        } = scope.summary();
        if self.parts.site.is_agent() {
            let mut said = None;
            record.reply.settle(&mut said);
            if let Some(said) = said {
                if let Some(usage) = &said.usage {
                    write_usage(&mut record.attributes, usage);
                }
                write_finish_reasons(&mut record.attributes, said.finish_reasons);
            }
            if settings().has_agent_usage() {
                write_usage(&mut record.attributes, &own.usage);
                write_finish_reasons(&mut record.attributes, finish_reasons);
            }
            record
                .attributes
                .fill(id::AGENT_TRACE_INFERENCE_CALLS, Some(own.inference_calls));
            record
                .attributes
                .fill(id::AGENT_TRACE_TOOL_CALLS, Some(own.tool_calls));
        }
        let Usage {
            input_tokens,
            output_tokens,
            ..
        } = subtree.usage;
        record.attributes.fill(
            id::AGENT_TRACE_SUBTREE_INPUT_TOKENS,
            input_tokens.map(tokens),
        );
        record.attributes.fill(
            id::AGENT_TRACE_SUBTREE_OUTPUT_TOKENS,
            output_tokens.map(tokens),
        );
        record.attributes.fill(
            id::AGENT_TRACE_SUBTREE_INFERENCE_CALLS,
            Some(subtree.inference_calls),
        );
        record
            .attributes
            .fill(id::AGENT_TRACE_SUBTREE_TOOL_CALLS, Some(subtree.tool_calls));
        record.attributes.fill(
            id::AGENT_TRACE_SUBTREE_AGENT_CALLS,
            Some(subtree.agent_calls),
        );
        record.attributes.fill(
            id::AGENT_TRACE_SUBTREE_ERRORS,
            Some(subtree.errors).filter(|n| *n > 0),
        );
    }

    /// The record of the error, on the span where it arose and on none that passes it on.
    fn exception(&self, record: &mut Record, verdict: &mut Verdict) -> Option<TimedEvent> {
        let error = verdict.message.as_ref()?;
        if error.truncated {
            record
                .attributes
                .fill(id::AGENT_TRACE_ERROR_TRUNCATED, Some(true));
        }
        let is_new = !record.passes_on(error);
        if let Some(around) = &self.parts.around {
            lock(&around.record).remember_error(error);
        }
        is_new.then(|| {
            let message = KeyValue::new(attribute::EXCEPTION_MESSAGE, error.text.clone());
            let exception_type = verdict
                .exception_type
                .map(|name| KeyValue::new(attribute::EXCEPTION_TYPE, name));
            TimedEvent {
                name: Cow::Borrowed("exception"),
                at: SystemTime::now(),
                attributes: exception_type.into_iter().chain([message]).collect(),
            }
        })
    }

    /// One line with the call's numbers, for those who asked for it.
    fn say_in_log(&self, verdict: &Verdict) {
        let reply = self.found.as_ref();
        let usage = reply.and_then(|reply| reply.usage).unwrap_or_default();
        let seconds = self
            .started
            .map(|started| self.state.clock.now().seconds_since(started));
        tracing::info!(
            target: "agent_trace::calls",
            operation = self.parts.site.operation,
            duration_s = seconds,
            input_tokens = usage.input_tokens.map(tokens),
            output_tokens = usage.output_tokens.map(tokens),
            error_type = verdict.error_type.as_deref(),
            outcome = verdict.outcome,
            "call ended"
        );
    }
}
