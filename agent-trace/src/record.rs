//! What becomes known of a call while it runs, gathered so that each attribute is written once.

use crate::attributes::{Attributes, texts};
use crate::failure::Message;
use crate::fan_in::FanIn;
use crate::semconv::id;
use agent_trace_llm::{BilledUsage, ResponseInfo, Usage};
use opentelemetry::KeyValue;
use opentelemetry::trace::SpanContext;
use std::borrow::Cow;
use std::time::SystemTime;

/// How many events and links a call keeps until its end; the SDK drops what is beyond as well.
const LIMIT: usize = 128;
/// How many failures beneath are remembered, to know an error that is only passed on.
const REMEMBERED_ERRORS: usize = 16;

/// The gathered attributes of one span.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) attributes: Attributes,
    pub(crate) reply: Reply,
    pub(crate) events: Vec<TimedEvent>,
    pub(crate) links: Vec<(SpanContext, Vec<KeyValue>)>,
    pub(crate) name: Option<String>,
    pub(crate) failure: Option<Cow<'static, str>>,
    pub(crate) cancel_is_expected: bool,
    /// The call has ended: what comes now comes too late.
    pub(crate) is_written: bool,
    errors_beneath: Vec<String>,
    fan_in: Option<Box<FanIn>>,
}

/// An event of the span, with the time at which it was said.
#[derive(Debug)]
pub(crate) struct TimedEvent {
    pub(crate) name: Cow<'static, str>,
    pub(crate) at: SystemTime,
    pub(crate) attributes: Vec<KeyValue>,
}

/// What is known of a model's reply beside what its value or stream says itself.
#[derive(Debug, Default)]
pub(crate) struct Reply {
    /// Said in the body: it wins.
    said: Option<Box<ResponseInfo>>,
    /// Brought by calls of the same operation inside this one.
    nested: Option<Box<ResponseInfo>>,
    nested_calls: i64,
}

impl Record {
    /// A record that begins with these attributes.
    pub(crate) fn new(attributes: Attributes) -> Self {
        Self {
            attributes,
            reply: Reply::default(),
            events: Vec::new(),
            links: Vec::new(),
            name: None,
            failure: None,
            cancel_is_expected: false,
            is_written: false,
            errors_beneath: Vec::new(),
            fan_in: None,
        }
    }

    /// What the call dispatched, and consumed of what it or others dispatched.
    pub(crate) fn fan_in(&mut self) -> &mut FanIn {
        self.fan_in.get_or_insert_with(Box::default)
    }

    /// Writes what the call consumed.
    pub(crate) fn write_fan_in(&mut self) {
        if let Some(fan_in) = self.fan_in.take() {
            fan_in.write(&mut self.attributes, &mut self.links);
        }
    }

    pub(crate) fn push_event(&mut self, event: TimedEvent) {
        if self.events.len() < LIMIT {
            self.events.push(event);
        }
    }

    pub(crate) fn push_link(&mut self, to: SpanContext, attributes: Vec<KeyValue>) {
        if self.links.len() < LIMIT {
            self.links.push((to, attributes));
        }
    }

    /// Remembers an error that ended a call beneath.
    pub(crate) fn remember_error(&mut self, message: &Message) {
        for text in std::iter::once(&message.text).chain(&message.causes) {
            if self.errors_beneath.len() == REMEMBERED_ERRORS {
                self.errors_beneath.remove(0);
            }
            self.errors_beneath.push(text.clone());
        }
    }

    /// Whether `message` only passes on an error that a call beneath has recorded.
    pub(crate) fn passes_on(&self, message: &Message) -> bool {
        self.errors_beneath
            .iter()
            .any(|known| message.repeats(known))
    }

    /// Everything gathered, for the one step in which it is written.
    pub(crate) fn take_attributes(&mut self) -> Vec<KeyValue> {
        self.is_written = true;
        self.attributes.take()
    }
}

impl Reply {
    /// What the body itself says of the reply: it wins.
    pub(crate) fn said(&mut self) -> &mut ResponseInfo {
        self.said.get_or_insert_with(Box::default)
    }

    /// Adds what a call of the same operation inside this one learned: the tokens of every one of
    /// them were used, of the rest the last word counts.
    pub(crate) fn nest(&mut self, inner: Option<ResponseInfo>) {
        self.nested_calls += 1;
        let Some(inner) = inner else {
            return;
        };
        let nested = self.nested.get_or_insert_with(Box::default);
        let billed = match (nested.charged_usage(), inner.charged_usage()) {
            _ if nested.billed_usage.is_none() && inner.billed_usage.is_none() => None,
            (one, other) => sum(one.copied(), other.copied()).map(BilledUsage::from),
        };
        let usage = sum(nested.usage, inner.usage);
        **nested = inner;
        nested.usage = usage;
        nested.billed_usage = billed.map(Box::new);
    }

    pub(crate) fn nested_calls(&self) -> Option<i64> {
        (self.nested_calls > 0).then_some(self.nested_calls)
    }

    /// Makes of `reply`, what the call's value or stream says, the reply as it is recorded. It is
    /// large, and stays where it is.
    pub(crate) fn settle(&mut self, reply: &mut Option<ResponseInfo>) {
        if let Some(mut nested) = self.nested.take() {
            let (usage, billed) = (nested.usage, nested.billed_usage.take());
            let reply = reply.get_or_insert_with(|| *nested);
            if usage.is_some() || billed.is_some() {
                // Whatever the outer value says, it says of one of the calls.
                reply.usage = usage;
                reply.billed_usage = billed;
            }
        }
        let Some(said) = self.said.take() else {
            return;
        };
        let reply = reply.get_or_insert_with(ResponseInfo::default);
        if said.usage.is_some() || said.billed_usage.is_some() {
            reply.billed_usage = said.billed_usage;
        }
        replace(&mut reply.usage, said.usage);
        replace(&mut reply.id, said.id);
        replace(&mut reply.model, said.model);
        replace(&mut reply.service_tier, said.service_tier);
        replace(&mut reply.system_fingerprint, said.system_fingerprint);
        replace(&mut reply.status, said.status);
        if !said.finish_reasons.is_empty() {
            reply.finish_reasons = said.finish_reasons;
        }
        if !said.tool_calls.is_empty() {
            reply.tool_calls = said.tool_calls;
        }
    }
}

/// The tokens of both, where either is known.
fn sum(one: Option<Usage>, other: Option<Usage>) -> Option<Usage> {
    match (one, other) {
        (Some(mut sum), Some(more)) => {
            sum.add(&more);
            Some(sum)
        }
        (one, other) => one.or(other),
    }
}

fn replace<T>(slot: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *slot = value;
    }
}

/// Writes a reply into a record.
pub(crate) fn write_reply(attributes: &mut Attributes, reply: &mut ResponseInfo) {
    attributes.fill(id::GEN_AI_RESPONSE_ID, reply.id.take());
    attributes.fill(id::GEN_AI_RESPONSE_MODEL, reply.model.take());
    attributes.fill(id::GEN_AI_RESPONSE_STATUS, reply.status.take());
    attributes.fill(id::OPENAI_RESPONSE_SERVICE_TIER, reply.service_tier.take());
    attributes.fill(
        id::OPENAI_RESPONSE_SYSTEM_FINGERPRINT,
        reply.system_fingerprint.take(),
    );
    write_finish_reasons(attributes, std::mem::take(&mut reply.finish_reasons));
    if let Some(usage) = &reply.usage {
        write_usage(attributes, usage);
    }
}

/// Writes finish reasons as the array that the conventions ask for.
pub(crate) fn write_finish_reasons(attributes: &mut Attributes, reasons: Vec<Cow<'static, str>>) {
    if !reasons.is_empty() {
        attributes.fill(id::GEN_AI_RESPONSE_FINISH_REASONS, Some(texts(reasons)));
    }
}

/// Writes the token counts that were reported, and no others.
pub(crate) fn write_usage(attributes: &mut Attributes, usage: &Usage) {
    macro_rules! write {
        ($($attribute:ident: $count:ident;)*) => {$(
            // Most are not reported, and cost no more than this.
            if let Some(count) = usage.$count {
                attributes.fill(id::$attribute, Some(tokens(count)));
            }
        )*};
    }
    write! {
        GEN_AI_USAGE_INPUT_TOKENS: input_tokens;
        GEN_AI_USAGE_OUTPUT_TOKENS: output_tokens;
        GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS: cache_read_input_tokens;
        GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS: cache_write_input_tokens;
        GEN_AI_USAGE_REASONING_OUTPUT_TOKENS: reasoning_output_tokens;
        GEN_AI_USAGE_TEXT_INPUT_TOKENS: text_input_tokens;
        GEN_AI_USAGE_IMAGE_INPUT_TOKENS: image_input_tokens;
        GEN_AI_USAGE_AUDIO_INPUT_TOKENS: audio_input_tokens;
        GEN_AI_USAGE_TEXT_OUTPUT_TOKENS: text_output_tokens;
        GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS: image_output_tokens;
        GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS: audio_output_tokens;
        GEN_AI_USAGE_TEXT_CACHE_READ_INPUT_TOKENS: text_cache_read_input_tokens;
        GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS: image_cache_read_input_tokens;
        GEN_AI_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS: audio_cache_read_input_tokens;
    }
}

/// A token count as the integer that OpenTelemetry has.
pub(crate) fn tokens(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
