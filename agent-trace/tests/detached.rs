//! Work that goes on by itself: a trace of its own, linked, with what the agent around knows.

#![cfg(all(feature = "testing", feature = "tokio"))]

use agent_trace::testing::{Capture, Recorder, capture_async};
use agent_trace::{FanOut, agent_span, detached, llm_call, spawn_detached, tool_call};
use opentelemetry::baggage::BaggageExt as _;
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::trace::Sampler;
use std::future::{Future, ready};

const CONVERSATION: &str = "gen_ai.conversation.id";

fn tenant() -> Option<String> {
    Context::map_current(|cx| cx.baggage().get("tenant").map(ToString::to_string))
}

#[llm_call(provider = "acme", model = "small")]
async fn ask() {
    tokio::task::yield_now().await;
    let mut usage = agent_trace::llm::Usage::default();
    usage.input_tokens = Some(10);
    agent_trace::current().usage(usage);
}

#[agent_span]
async fn background() -> Option<String> {
    ask().await;
    tenant()
}

#[agent_span(new_trace)]
async fn of_its_own() -> Option<String> {
    ask().await;
    tenant()
}

#[tool_call(new_trace)]
async fn tool_of_its_own() -> Option<String> {
    ask().await;
    tenant()
}

/// Runs `work` in an agent of a conversation, with baggage that is set before the agent and more that is set in it.
async fn around<F: Future>(work: impl FnOnce() -> F) -> F::Output {
    #[agent_span(name = "around", conversation = "c-1")]
    async fn agent<F: Future>(work: impl FnOnce() -> F) -> F::Output {
        let context = Context::current().with_baggage([KeyValue::new("tenant", "acme")]);
        let future = {
            let _attached = context.attach();
            work()
        };
        future.await
    }
    agent(work).await
}

#[tokio::test]
async fn detached_work_is_a_linked_root_that_keeps_what_is_known() {
    // A parent-based sampler must not take the baggage's context for a parent that was not sampled.
    let parent_based = Sampler::ParentBased(Box::new(Sampler::AlwaysOn));
    for activation in [true, false] {
        let captured = Capture::new()
            .with_context_activation(activation)
            .sampler(parent_based.clone())
            .run_async(async {
                let task = around(|| {
                    let task = spawn_detached(background());
                    ready(task)
                })
                .await;
                task.await.unwrap()
            })
            .await;
        assert_eq!(captured.unfinished(), 0);
        let spans = &captured.spans;
        let (around, background) = (
            spans.find("invoke_agent around"),
            spans.find("invoke_agent background"),
        );
        assert_eq!(background.parent(), None);
        assert_ne!(background.trace_id(), around.trace_id());
        let [link] = background.links()[..] else {
            panic!("one link")
        };
        assert_eq!(link.kind(), Some("triggered_by"));
        assert_eq!(link.span_id(), around.id());
        assert_eq!(link.trace_id(), around.trace_id());
        background.assert_attr(CONVERSATION, "c-1");
        let ask = spans.find("chat small");
        assert_eq!(ask.parent(), Some(background.id()));
        ask.assert_attr(CONVERSATION, "c-1");
        background.assert_attr("gen_ai.usage.input_tokens", 10);
        around
            .assert_attr("agent_trace.subtree.agent_calls", 0)
            .assert_attr("agent_trace.inference_calls", 0);
        assert!(around.links().is_empty());
        assert_eq!(captured.value.as_deref(), Some("acme"), "{activation}");
    }
}

#[tokio::test]
async fn a_function_with_new_trace_gives_the_same() {
    for activation in [true, false] {
        let captured = Capture::new()
            .with_context_activation(activation)
            .sampler(Sampler::ParentBased(Box::new(Sampler::AlwaysOn)))
            .run_async(async {
                around(|| async {
                    // Set for the code that runs, not only for the code that makes the future.
                    let context = Context::current().with_baggage([KeyValue::new("tenant", "b")]);
                    use opentelemetry::trace::FutureExt as _;
                    let agent = of_its_own().with_context(context.clone()).await;
                    let tool = tool_of_its_own().with_context(context).await;
                    (agent, tool)
                })
                .await
            })
            .await;
        let spans = &captured.spans;
        let around = spans.find("invoke_agent around");
        for name in ["invoke_agent of_its_own", "execute_tool tool_of_its_own"] {
            let own = spans.find(name);
            assert_eq!(own.parent(), None);
            assert_ne!(own.trace_id(), around.trace_id());
            let [link] = own.links_of("triggered_by")[..] else {
                panic!("one link")
            };
            assert_eq!(link.span_id(), around.id());
            let [ask] = spans.children(own)[..] else {
                panic!("one call")
            };
            ask.assert_attr(CONVERSATION, "c-1");
        }
        let (agent, tool) = captured.value;
        assert_eq!((agent.as_deref(), tool.as_deref()), (Some("b"), Some("b")));
    }
}

#[tokio::test]
async fn every_call_directly_in_it_is_a_root_and_nobodys_account() {
    let captured = capture_async(async {
        around(|| async {
            spawn_detached(async {
                ask().await;
                ask().await;
            })
            .await
            .unwrap();
        })
        .await;
    })
    .await;
    let around = captured.spans.find("invoke_agent around");
    around
        .assert_attr("agent_trace.inference_calls", 0)
        .assert_no_attr("gen_ai.usage.input_tokens");
    let asks = captured.spans.named("chat small");
    assert_eq!(asks.len(), 2);
    for ask in asks {
        assert_eq!(ask.parent(), None);
        assert_eq!(ask.links_of("triggered_by")[0].span_id(), around.id());
        ask.assert_attr(CONVERSATION, "c-1");
    }
}

#[tokio::test]
async fn polled_in_place_it_is_detached_as_well() {
    let captured = capture_async(async {
        around(|| async {
            detached(background()).await;
            // And not a moment longer.
            ask().await;
        })
        .await;
    })
    .await;
    let spans = &captured.spans;
    let around = spans.find("invoke_agent around");
    assert_eq!(spans.find("invoke_agent background").parent(), None);
    let [ask] = spans.children(around)[..] else {
        panic!("one call")
    };
    assert_eq!(ask.name(), "chat small");
    assert!(ask.links().is_empty());
}

#[tokio::test]
async fn a_fan_out_in_detached_work() {
    #[agent_span]
    async fn crew() {
        let mut fan_out = FanOut::new();
        fan_out.spawn(ask());
        fan_out.spawn(ask());
        fan_out.join_all().await;
    }
    let captured = capture_async(async {
        around(|| async { spawn_detached(crew()).await.unwrap() }).await;
    })
    .await;
    let crew = captured.spans.find("invoke_agent crew");
    let asks = captured.spans.children(crew);
    assert_eq!(asks.len(), 2);
    for ask in asks {
        ask.assert_attr(CONVERSATION, "c-1");
        assert_eq!(ask.links_of("fan_out")[0].span_id(), crew.id());
    }
}

#[tokio::test]
async fn what_nobody_records_is_not_taken_apart() {
    // Recorded or not by the trace, as a ratio does it.
    #[derive(Clone, Debug)]
    struct Every(u128);
    impl opentelemetry_sdk::trace::ShouldSample for Every {
        fn should_sample(
            &self,
            parent: Option<&Context>,
            trace: opentelemetry::trace::TraceId,
            _: &str,
            _: &opentelemetry::trace::SpanKind,
            _: &[KeyValue],
            _: &[opentelemetry::trace::Link],
        ) -> opentelemetry_sdk::trace::SamplingResult {
            let _ = parent;
            let number = u128::from_be_bytes(trace.to_bytes());
            opentelemetry_sdk::trace::SamplingResult {
                decision: if number % self.0 == 0 {
                    opentelemetry_sdk::trace::SamplingDecision::RecordAndSample
                } else {
                    opentelemetry_sdk::trace::SamplingDecision::Drop
                },
                attributes: Vec::new(),
                trace_state: opentelemetry::trace::TraceState::default(),
            }
        }
    }
    #[tool_call]
    async fn tool() {
        ask().await;
        ask().await;
    }
    // Traces count from 1: the third is recorded, and the tools in between must not make more of them.
    let captured = Capture::new()
        .sampler(Every(3))
        .run_async(async {
            for _ in 0..3 {
                spawn_detached(tool()).await.unwrap();
            }
        })
        .await;
    assert_eq!(captured.spans.named("execute_tool tool").len(), 1);
    assert_eq!(captured.spans.len(), 3);
    let tool = captured.spans.find("execute_tool tool");
    assert_eq!(captured.spans.children(tool).len(), 2);
}

#[tokio::test]
async fn without_anything_around_or_anyone_listening() {
    let captured = capture_async(async { spawn_detached(background()).await.unwrap() }).await;
    let background = captured.spans.find("invoke_agent background");
    assert!(background.links().is_empty());
    assert_eq!(captured.value, None);

    assert_eq!(spawn_detached(async { 1 }).await.unwrap(), 1);
    assert_eq!(detached(async { 2 }).await, 2);
    drop(detached(async {}));
}

#[test]
fn on_a_thread_it_follows_its_subscriber() {
    let recorder = Recorder::new();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .unwrap();
    let task = runtime.block_on(recorder.run_async(around(|| ready(spawn_detached(background())))));
    runtime.block_on(task).unwrap();
    assert_eq!(recorder.spans().len(), 3);
    assert_eq!(recorder.unfinished(), 0);
}
