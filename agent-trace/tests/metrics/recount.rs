//! The metrics of random runs are what their spans add up to, whatever the sampler.

use crate::measured::{Measured, Point, Series, pair};
use crate::tree::tree;
use agent_trace::semconv::{MetricInfo, attribute as a, metric as m};
use agent_trace::testing::{Capture, FinishedSpan, Spans};
use opentelemetry_sdk::trace::Sampler;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Series, counted from spans.
#[derive(Default)]
struct Recount(BTreeMap<Series, Point>);

impl Recount {
    fn of(spans: &Spans) -> Self {
        let mut recount = Self::default();
        for span in spans.iter() {
            recount.span(spans, span);
        }
        recount
    }

    fn span(&mut self, spans: &Spans, span: &FinishedSpan) {
        let attributes = span.attributes();
        let took = span.duration().as_secs_f64();
        match attributes.str(a::GEN_AI_OPERATION_NAME).expect("required") {
            "chat" => {
                self.seconds(&m::CLIENT_INFERENCE_DURATION, span, took, 1);
                self.chunks(span);
                self.tokens(span);
            }
            "invoke_agent" if attributes.get(a::GEN_AI_PROVIDER_NAME).is_none() => {
                self.seconds(&m::INVOKE_AGENT_DURATION, span, took, 1);
                let own = |operation| own_calls(spans, span, operation);
                self.count(&m::INVOKE_AGENT_INFERENCE_CALLS, span, own("chat"));
                self.count(&m::INVOKE_AGENT_TOOL_CALLS, span, own("execute_tool"));
            }
            "invoke_workflow" => self.seconds(&m::INVOKE_WORKFLOW_DURATION, span, took, 1),
            "execute_tool" => self.seconds(&m::EXECUTE_TOOL_DURATION, span, took, 1),
            _ => self.seconds(&m::CLIENT_OPERATION_DURATION, span, took, 1),
        }
    }

    fn chunks(&mut self, span: &FinishedSpan) {
        let attributes = span.attributes();
        if let Some(first) = attributes.double(a::GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK) {
            self.seconds(&m::CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK, span, first, 1);
        }
        if let Some(mean) = attributes.double(a::AGENT_TRACE_TIME_PER_OUTPUT_CHUNK) {
            // Each chunk of these streams has content.
            let chunks = attributes
                .int(a::AGENT_TRACE_STREAM_CHUNKS)
                .expect("a stream");
            let gaps = u32::try_from(chunks - 1).expect("few");
            let info = &m::CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK;
            self.seconds(info, span, mean * f64::from(gaps), gaps.into());
        }
    }

    fn tokens(&mut self, span: &FinishedSpan) {
        let tokens = |key: &str| {
            let count = span.attributes().int(key);
            count.map(|count| u64::try_from(count).expect("no debt"))
        };
        let input = tokens(a::GEN_AI_USAGE_INPUT_TOKENS);
        let output = tokens(a::GEN_AI_USAGE_OUTPUT_TOKENS);
        let text = ("text", tokens(a::GEN_AI_USAGE_TEXT_INPUT_TOKENS));
        let audio = ("audio", tokens(a::GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS));
        let image = (
            "image",
            tokens(a::GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS),
        );
        let none = ("text", None);
        self.total(&m::CLIENT_INFERENCE_USAGE_INPUT_TOKENS, span, input, text);
        self.total(
            &m::CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS,
            span,
            output,
            audio,
        );
        let cache_read = tokens(a::GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS);
        self.total(
            &m::CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS,
            span,
            cache_read,
            image,
        );
        let cache_write = tokens(a::GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS);
        self.total(
            &m::CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS,
            span,
            cache_write,
            none,
        );
        let reasoning = tokens(a::GEN_AI_USAGE_REASONING_OUTPUT_TOKENS);
        self.total(
            &m::CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS,
            span,
            reasoning,
            none,
        );
        let each = |total: Option<u64>, part: Option<u64>| total.or(part).unwrap_or(0);
        let info = &m::CLIENT_INFERENCE_OPERATION_INPUT_TOKENS;
        self.count(info, span, each(input, text.1));
        let info = &m::CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS;
        self.count(info, span, each(output, audio.1));
    }

    /// A total of which one modality may be known.
    fn total(
        &mut self,
        info: &MetricInfo,
        span: &FinishedSpan,
        total: Option<u64>,
        (modality, part): (&str, Option<u64>),
    ) {
        let total = total.or(part).unwrap_or(0);
        let part = part.filter(|part| *part <= total).unwrap_or(0);
        for (modality, tokens) in [(modality, part), ("unknown", total - part)] {
            if tokens > 0 || (total == 0 && modality == "unknown") {
                let modality = pair(a::GEN_AI_TOKEN_MODALITY, &modality.to_owned().into());
                let series = series(info, span, Some(modality));
                let Point::Total(sum) = self.0.entry(series).or_insert(Point::Total(0)) else {
                    panic!("{}", info.name)
                };
                *sum += tokens;
            }
        }
    }

    fn count(&mut self, info: &MetricInfo, span: &FinishedSpan, value: u64) {
        let new = || Point::Counts {
            sum: 0,
            buckets: vec![0; info.boundaries.len() + 1],
        };
        let point = self.0.entry(series(info, span, None)).or_insert_with(new);
        let Point::Counts { sum, buckets } = point else {
            panic!("{}", info.name)
        };
        *sum += value;
        let at = info
            .boundaries
            .iter()
            .take_while(|bound| **bound < value as f64);
        buckets[at.count()] += 1;
    }

    fn seconds(&mut self, info: &MetricInfo, span: &FinishedSpan, value: f64, times: u64) {
        let new = Point::Seconds { sum: 0.0, count: 0 };
        let point = self.0.entry(series(info, span, None)).or_insert(new);
        let Point::Seconds { sum, count } = point else {
            panic!("{}", info.name)
        };
        *sum += value;
        *count += times;
    }
}

/// The series of a metric that a span belongs to.
fn series(info: &MetricInfo, span: &FinishedSpan, more: Option<String>) -> Series {
    let provider = span.attributes().str(a::GEN_AI_PROVIDER_NAME);
    let refined = info
        .refinements
        .iter()
        .filter(|refined| refined.provider == provider);
    let listed = info
        .attributes
        .iter()
        .chain(refined.flat_map(|refined| refined.attributes));
    let mut pairs: Vec<String> = listed
        .filter_map(|listed| Some(pair(listed.name(), span.attributes().get(listed.name())?)))
        .chain(more)
        .collect();
    pairs.sort();
    (info.name.to_owned(), pairs.join(" "))
}

/// The calls of this operation whose nearest agent is `agent`.
fn own_calls(spans: &Spans, agent: &FinishedSpan, operation: &str) -> u64 {
    let operation_of = |span: &FinishedSpan| {
        span.attributes()
            .str(a::GEN_AI_OPERATION_NAME)
            .map(str::to_owned)
    };
    let is_agent = |span: &FinishedSpan| operation_of(span).as_deref() == Some("invoke_agent");
    let nearest = |span: &FinishedSpan| {
        let mut next = spans.parent(span);
        while let Some(span) = next {
            if is_agent(span) {
                return Some(span.id());
            }
            next = spans.parent(span);
        }
        None
    };
    let own = spans
        .iter()
        .filter(|span| operation_of(span).as_deref() == Some(operation))
        .filter(|span| nearest(span) == Some(agent.id()));
    own.count().try_into().expect("few")
}

/// The same without what a clock says.
fn timeless(series: &BTreeMap<Series, Point>) -> BTreeMap<Series, Point> {
    let mut series = series.clone();
    for point in series.values_mut() {
        if let Point::Seconds { sum, .. } = point {
            *sum = 0.0;
        }
    }
    series
}

/// How far two sums of seconds may be apart.
fn is_near(name: &str, measured: f64, counted: f64) -> bool {
    if name.contains("chunk") {
        // The same numbers, in another order.
        (measured - counted).abs() < 1e-6
    } else {
        // Measured inside the span, by a clock that is never set.
        measured > 0.0 && measured <= counted + 0.005
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn metrics_are_what_the_spans_add_up_to(tree in tree()) {
        let capture = || Capture::new().real_clock();
        let run = |capture| Measured::of(capture, || tree.run());

        let all = run(capture());
        let measured = all.series();
        let counted = Recount::of(&all.spans).0;
        prop_assert_eq!(timeless(&measured), timeless(&counted));
        for (series, point) in &measured {
            if let (Point::Seconds { sum, .. }, Some(Point::Seconds { sum: counted, .. })) = (point, counted.get(series)) {
                prop_assert!(is_near(&series.0, *sum, *counted), "{:?}: {} of {}", series, sum, counted);
            }
        }

        let rare = || Sampler::TraceIdRatioBased(0.01);
        let samplers = [rare(), Sampler::ParentBased(Box::new(rare())), Sampler::AlwaysOff];
        for sampler in samplers {
            let name = format!("{sampler:?}");
            let few = run(capture().sampler(sampler));
            prop_assert_eq!(timeless(&few.series()), timeless(&measured), "{}", name);
        }
    }
}
