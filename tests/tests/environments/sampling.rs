//! Samplers: what they see, and what their no means.

use std::sync::{Arc, Mutex};

use agent_trace::llm::Usage;
use agent_trace::testing::{Capture, Recorder};
use agent_trace::{agent_span, llm_call, tool_call};
use opentelemetry::trace::{Link, SpanKind, TraceId, TraceState};
use opentelemetry::{Context, KeyValue, Value};
use opentelemetry_sdk::trace::{Sampler, SamplingDecision, SamplingResult, ShouldSample};

use crate::support::{HELPFUL, Mood, assert_model_call, desk, desk_async};

/// What a sampler was asked about.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) name: String,
    pub(crate) kind: SpanKind,
    pub(crate) attributes: Vec<KeyValue>,
    pub(crate) links: usize,
}

impl Asked {
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.attributes
            .iter()
            .find(|kv| kv.key.as_str() == key)
            .map(|kv| &kv.value)
    }
}

/// Remembers every question and answers by the operation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Witness {
    asked: Arc<Mutex<Vec<Asked>>>,
    drops: &'static [&'static str],
}

impl Witness {
    /// Says no to these operations.
    pub(crate) fn dropping(operations: &'static [&'static str]) -> Self {
        Self {
            drops: operations,
            ..Self::default()
        }
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("questions").clone()
    }
}

impl ShouldSample for Witness {
    fn should_sample(
        &self,
        _: Option<&Context>,
        _: TraceId,
        name: &str,
        kind: &SpanKind,
        attributes: &[KeyValue],
        links: &[Link],
    ) -> SamplingResult {
        let asked = Asked {
            name: name.to_owned(),
            kind: kind.clone(),
            attributes: attributes.to_vec(),
            links: links.len(),
        };
        let operation = asked
            .get("gen_ai.operation.name")
            .map(|value| value.as_str().into_owned())
            .unwrap_or_default();
        self.asked.lock().expect("questions").push(asked);
        SamplingResult {
            decision: if self.drops.contains(&operation.as_str()) {
                SamplingDecision::Drop
            } else {
                SamplingDecision::RecordAndSample
            },
            attributes: Vec::new(),
            trace_state: TraceState::default(),
        }
    }
}

#[tokio::test]
async fn nothing_is_sampled() {
    for activation in [true, false] {
        let capture = || {
            Capture::new()
                .sampler(Sampler::AlwaysOff)
                .with_context_activation(activation)
        };
        let captured = capture().run(|| desk(Mood::Helpful).map(drop));
        assert!(captured.value.is_ok());
        assert!(captured.spans.is_empty());
        let captured = capture()
            .run_async(async { desk_async(Mood::Stubborn).await.map(drop) })
            .await;
        assert!(captured.value.is_err());
        assert!(captured.spans.is_empty());
    }
}

#[test]
fn the_parent_decides() {
    let recorder = Capture::new()
        .sampler(Sampler::ParentBased(Box::new(Witness::dropping(&[
            "invoke_agent",
        ]))))
        .recorder();
    recorder.run(|| {
        desk(Mood::Helpful).map(drop).expect("a reply");
        tracing::info_span!("request").in_scope(|| desk(Mood::Helpful).map(drop).expect("a reply"));
    });
    let names: Vec<String> = recorder
        .spans()
        .names()
        .into_iter()
        .map(Into::into)
        .collect();
    assert_eq!(
        names,
        [
            "request",
            "invoke_agent desk",
            "execute_tool look_up",
            "chat small"
        ]
    );
}

#[test]
fn only_tools_are_dropped() {
    for activation in [true, false] {
        let captured = Capture::new()
            .sampler(Witness::dropping(&["execute_tool"]))
            .with_context_activation(activation)
            .run(|| desk(Mood::Helpful).map(drop));
        let agent = captured.spans.find("invoke_agent desk");
        // The tool says `shop.shelf` in its body.
        agent
            .assert_no_attr("shop.shelf")
            .assert_no_attr("gen_ai.tool.name")
            .assert_attr("gen_ai.usage.input_tokens", 12)
            .assert_unset();
        assert_model_call(captured.spans.find("chat small"));
        assert_eq!(captured.spans.len(), 2);
    }
}

#[test]
fn only_agents_are_dropped() {
    for activation in [true, false] {
        let captured = Capture::new()
            .sampler(Witness::dropping(&["invoke_agent"]))
            .with_context_activation(activation)
            .run(|| tracing::info_span!("request").in_scope(|| desk(Mood::Helpful).map(drop)));
        let request = captured.spans.find("request");
        request
            .assert_no_attr("gen_ai.conversation.id")
            .assert_no_attr("gen_ai.usage.input_tokens")
            .assert_unset();
        let model = captured.spans.find("chat small");
        assert_model_call(model);
        model.assert_attr("gen_ai.conversation.id", "conv-1");
        captured
            .spans
            .find("execute_tool look_up")
            .assert_attr("gen_ai.agent.name", "desk");
    }
}

/// What the body of an unsampled call says is not said to the span around it.
#[tokio::test]
async fn the_body_of_an_unsampled_call_never_writes_to_the_span_around_it() {
    #[agent_span(name = "outer")]
    async fn outer() {
        dropped_tool();
        dropped_model().await;
        dropped_agent();
    }

    fn say_everything() {
        let mut usage = Usage::default();
        usage.input_tokens = Some(999);
        agent_trace::current()
            .usage(usage)
            .response_id("leaked")
            .response_model("leaked")
            .finish_reason("leaked")
            .tool_call_id("leaked")
            .conversation("leaked")
            .attribute("shop.leaked", true)
            .event("leaked", [])
            .error("leaked")
            .name("leaked");
    }

    #[tool_call]
    fn dropped_tool() {
        say_everything();
    }

    #[llm_call(provider = "acme", model = "m")]
    async fn dropped_model() {
        tokio::task::yield_now().await;
        say_everything();
    }

    #[agent_span(operation = "create_agent", provider = "acme", name = "inner")]
    fn dropped_agent() {
        say_everything();
    }

    for activation in [true, false] {
        let captured = Capture::new()
            .sampler(Witness::dropping(&["execute_tool", "chat", "create_agent"]))
            .with_context_activation(activation)
            .run_async(async { outer().await })
            .await;
        let outer = captured.spans.only();
        assert_eq!(outer.name(), "invoke_agent outer");
        outer.assert_unset();
        let text = captured.spans.tree();
        assert!(!text.contains("leaked") && !text.contains("999"), "{text}");
    }
}

#[test]
fn a_sampler_that_says_yes_to_all_changes_nothing() {
    let captured = Capture::new()
        .sampler(Witness::default())
        .run(|| desk(Mood::Helpful).map(drop));
    assert_eq!(captured.spans.tree(), HELPFUL);
}

#[test]
fn samplers_see_what_identifies_a_call() {
    for activation in [true, false] {
        let witness = Witness::default();
        let recorder: Recorder = Capture::new()
            .sampler(witness.clone())
            .with_context_activation(activation)
            .recorder();
        recorder.run(|| desk(Mood::Helpful).map(drop).expect("a reply"));
        let asked = witness.asked();
        assert_eq!(asked.len(), 3);

        assert_eq!(asked[0].name, "invoke_agent desk");
        assert_eq!(asked[0].kind, SpanKind::Internal);
        assert_eq!(asked[0].get("gen_ai.agent.name"), Some(&"desk".into()));

        assert_eq!(asked[1].name, "execute_tool look_up");
        assert_eq!(asked[1].get("gen_ai.tool.name"), Some(&"look_up".into()));
        assert_eq!(asked[1].get("gen_ai.agent.name"), Some(&"desk".into()));

        assert_eq!(asked[2].name, "chat small");
        assert_eq!(asked[2].kind, SpanKind::Client);
        for (key, value) in [
            ("gen_ai.operation.name", Value::from("chat")),
            ("gen_ai.provider.name", "acme".into()),
            ("gen_ai.request.model", "small".into()),
            ("server.address", "api.acme.example".into()),
            ("server.port", 8443.into()),
        ] {
            assert_eq!(asked[2].get(key), Some(&value), "{key}");
        }
        assert_eq!(asked[2].get("otel.name"), None);
        assert_eq!(asked[2].get("otel.kind"), None);
    }
}

#[test]
fn samplers_see_the_name_of_a_call_that_is_known_at_run_time() {
    #[llm_call(provider = provider, model = model, server = server)]
    fn ask_model(provider: &str, model: &str, server: &str) {}

    #[agent_span(name = name)]
    fn agent(name: &str) {
        ask_model("acme", "large", "localhost:11434");
    }

    let witness = Witness::default();
    let recorder = Capture::new().sampler(witness.clone()).recorder();
    recorder.run(|| agent("planner"));
    let asked = witness.asked();
    assert_eq!(asked[0].name, "invoke_agent planner");
    assert_eq!(asked[1].name, "chat large");
    assert_eq!(asked[1].kind, SpanKind::Client);
    assert_eq!(asked[1].get("server.address"), Some(&"localhost".into()));
    assert_eq!(asked[1].get("server.port"), Some(&11434.into()));
}

#[test]
fn samplers_see_links() {
    #[agent_span(name = "woken", links(cause))]
    fn woken(cause: opentelemetry::trace::SpanContext) {}

    let witness = Witness::default();
    let recorder = Capture::new().sampler(witness.clone()).recorder();
    recorder.run(|| woken(crate::relations::remote()));
    assert_eq!(witness.asked()[0].links, 1);
}
