//! One call's end, as its metrics see it.

use super::instruments::{Instrument, Instruments};
use super::modality::Tokens;
use crate::observed::{Carried, End};
use crate::semconv::{AttributeId, AttributeSet, MetricInfo, attribute, id, span};
use agent_trace_llm::Usage;
use opentelemetry::metrics::{Counter, Histogram};
use opentelemetry::{KeyValue, Value};
use std::borrow::Cow;

/// The recording of one call.
pub(super) struct Recording<'a> {
    instruments: &'a Instruments,
    carried: Carried<'a>,
    attributes: Vec<KeyValue>,
    /// What `attributes` was filled for: the metrics of a call list nearly the same.
    filled: Option<AttributeSet>,
    /// What makes no difference, listed or not.
    absent: AttributeSet,
    provider: Option<Cow<'a, str>>,
}

/// Room for the attributes of a metric.
const ROOM: usize = 10;

impl<'a> Recording<'a> {
    pub(super) fn new(instruments: &'a Instruments, carried: Carried<'a>) -> Self {
        // It is no attribute of the span, and is added count by count.
        let mut absent = AttributeSet::EMPTY.with(id::GEN_AI_TOKEN_MODALITY);
        if carried.get(id::ERROR_TYPE).is_none() {
            absent.insert(id::ERROR_TYPE);
        }
        Self {
            instruments,
            carried,
            attributes: Vec::with_capacity(ROOM),
            filled: None,
            absent,
            provider: carried
                .get(id::GEN_AI_PROVIDER_NAME)
                .map(|provider| provider.as_str()),
        }
    }

    /// Records a call by the type of its span.
    pub(super) fn call(mut self, seconds: f64, end: &End<'_>) {
        let site = end.site;
        let is = |span_type| std::ptr::eq(site.span_type, span_type);
        if is(&span::INFERENCE) {
            self.inference(seconds, end);
        } else if is(&span::INVOKE_AGENT_INTERNAL) && site.known {
            self.agent(seconds);
        } else if is(&span::INVOKE_WORKFLOW) {
            self.time(&self.instruments.workflow, seconds);
        } else if is(&span::EXECUTE_TOOL) && site.known {
            self.time(&self.instruments.tool, seconds);
        } else {
            self.time(&self.instruments.client_operation, seconds);
        }
    }

    fn inference(&mut self, seconds: f64, end: &End<'_>) {
        let all = self.instruments;
        self.time(&all.inference, seconds);
        if let Some(Value::F64(first)) = self.carried.get(id::GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK) {
            self.time(&all.first_chunk, *first);
        }
        for gap in end.gaps {
            self.time(&all.output_chunk, *gap);
        }
        let nothing = Usage::default();
        let usage = end.usage.unwrap_or(&nothing);
        let input = Tokens {
            total: usage.input_tokens,
            parts: [
                usage.text_input_tokens,
                usage.image_input_tokens,
                usage.audio_input_tokens,
            ],
        };
        let output = Tokens {
            total: usage.output_tokens,
            parts: [
                usage.text_output_tokens,
                usage.image_output_tokens,
                usage.audio_output_tokens,
            ],
        };
        let cache_read = Tokens {
            total: usage.cache_read_input_tokens,
            parts: [
                usage.text_cache_read_input_tokens,
                usage.image_cache_read_input_tokens,
                usage.audio_cache_read_input_tokens,
            ],
        };
        self.distribute(&all.input_each, input.count());
        self.distribute(&all.output_each, output.count());
        self.add(&all.input, input);
        self.add(&all.output, output);
        self.add(&all.cache_read, cache_read);
        self.add(
            &all.cache_write,
            Tokens::undivided(usage.cache_write_input_tokens),
        );
        self.add(
            &all.reasoning,
            Tokens::undivided(usage.reasoning_output_tokens),
        );
    }

    fn agent(&mut self, seconds: f64) {
        let all = self.instruments;
        self.time(&all.agent, seconds);
        let inference = self.number(id::AGENT_TRACE_INFERENCE_CALLS);
        self.distribute(&all.agent_inference_calls, inference);
        let tools = self.number(id::AGENT_TRACE_TOOL_CALLS);
        self.distribute(&all.agent_tool_calls, tools);
    }

    fn number(&self, attribute: AttributeId) -> u64 {
        match self.carried.get(attribute) {
            Some(Value::I64(number)) => u64::try_from(*number).unwrap_or_default(),
            _ => 0,
        }
    }

    fn time(&mut self, to: &Instrument<Histogram<f64>>, seconds: f64) {
        to.instrument.record(seconds, self.attributes_of(to.info));
    }

    fn distribute(&mut self, to: &Instrument<Histogram<u64>>, count: u64) {
        to.instrument.record(count, self.attributes_of(to.info));
    }

    fn add(&mut self, to: &Instrument<Counter<u64>>, tokens: Tokens) {
        self.attributes_of(to.info);
        for (modality, count) in tokens.by_modality() {
            self.attributes
                .push(KeyValue::new(attribute::GEN_AI_TOKEN_MODALITY, modality));
            to.instrument.add(count, &self.attributes);
            self.attributes.pop();
        }
    }

    fn attributes_of(&mut self, info: &'static MetricInfo) -> &[KeyValue] {
        let refined = info
            .refinements
            .iter()
            .filter(|refined| refined.provider.is_some())
            .filter(|refined| refined.provider == self.provider.as_deref())
            .flat_map(|refined| refined.attributes);
        let mut wanted = info.listed.union(self.absent);
        for added in refined.clone() {
            wanted.insert(added.id);
        }
        if self.filled != Some(wanted) {
            self.filled = Some(wanted);
            let added = refined.filter(|added| !info.listed.contains(added.id));
            let listed = self.carried.listed(info.attributes.iter().chain(added));
            self.attributes.clear();
            self.attributes
                .extend(listed.map(|(name, value)| KeyValue::new(name, value.clone())));
        }
        &self.attributes
    }
}
