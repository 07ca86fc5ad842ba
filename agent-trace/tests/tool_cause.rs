//! A tool call is linked to the model call that asked for it.

#![cfg(feature = "testing")]

use agent_trace::llm::{LlmChunk, LlmResponse, ResponseInfo, StreamInfo, ToolCallRef};
use agent_trace::semconv::{attribute, value::link_type};
use agent_trace::testing::{Capture, Captured, FinishedSpan, Spans, capture, capture_async};
use agent_trace::{agent_span, llm_call, tool_call};
use futures_util::{Stream, StreamExt as _, stream};
use opentelemetry::trace::{Link, SpanKind, TraceId};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::trace::{SamplingDecision, SamplingResult, ShouldSample};
use proptest::prelude::*;
use std::collections::VecDeque;
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

/// A reply that asks for tool calls.
struct Reply(Vec<String>);

impl LlmResponse for Reply {
    fn info(&self) -> ResponseInfo {
        let mut info = ResponseInfo::default();
        info.tool_calls = self
            .0
            .iter()
            .map(|id| ToolCallRef::new(id, "look_up"))
            .collect();
        info
    }
}

/// A chunk of a reply that asks for one.
struct Chunk(Option<&'static str>);

impl LlmChunk for Chunk {
    fn accumulate(&self, stream: &mut StreamInfo) {
        stream.content();
        if let Some(id) = self.0 {
            let index = u32::try_from(stream.tool_call_count()).unwrap_or_default();
            stream.tool_call(index, Some(id), Some("look_up"));
        }
    }
}

#[llm_call(provider = "acme", model = "small")]
fn ask(ids: &[&str]) -> Reply {
    Reply(ids.iter().map(ToString::to_string).collect())
}

#[llm_call(provider = "acme", model = "small")]
fn ask_stream(chunks: Vec<Chunk>) -> impl Stream<Item = Chunk> {
    stream::iter(chunks)
}

#[tool_call(call_id = id)]
fn look_up(id: &str) {}

#[tool_call(call_id = id)]
async fn look_up_later(id: &str) {
    tokio::task::yield_now().await;
}

/// That the tool span is linked to the model call, in both ways; or is not.
#[track_caller]
fn assert_cause(tool: &FinishedSpan, model: Option<&FinishedSpan>) {
    let links = tool.links_of(link_type::TOOL_CAUSE);
    let linked: Vec<_> = links
        .iter()
        .map(|link| (link.trace_id(), link.span_id()))
        .collect();
    let said = (
        tool.str(attribute::AGENT_TRACE_TOOL_CAUSE_TRACE_ID)
            .map(str::to_owned),
        tool.str(attribute::AGENT_TRACE_TOOL_CAUSE_SPAN_ID)
            .map(str::to_owned),
    );
    match model {
        Some(model) => {
            assert_eq!(linked, [(model.trace_id(), model.id())]);
            let expected = (
                Some(model.trace_id().to_string()),
                Some(model.id().to_string()),
            );
            assert_eq!(said, expected);
        }
        None => {
            assert!(linked.is_empty(), "{linked:?}");
            assert_eq!(said, (None, None));
        }
    }
}

const CHAT: &str = "chat small";
const TOOL: &str = "execute_tool look_up";

fn chats(spans: &Spans) -> Vec<&FinishedSpan> {
    spans.named(CHAT)
}

#[test]
fn each_call_of_one_reply_is_linked_to_it() {
    #[agent_span]
    fn agent() {
        let _ = ask(&["a", "b"]);
        look_up("a");
        look_up("b");
        look_up("c");
    }

    let spans = capture(agent).spans;
    let tools = spans.named(TOOL);
    assert_cause(tools[0], Some(chats(&spans)[0]));
    assert_cause(tools[1], Some(chats(&spans)[0]));
    assert_cause(tools[2], None);
    assert_eq!(
        spans.target(&tools[0].links()[0]).map(FinishedSpan::name),
        Some(CHAT)
    );
}

#[test]
fn nobody_asked_where_there_is_no_agent() {
    let spans = capture(|| {
        let _ = ask(&["a"]);
        look_up("a");
    })
    .spans;
    assert_cause(spans.find(TOOL), None);
}

#[test]
fn an_id_that_only_the_body_knows_is_linked() {
    #[tool_call]
    fn found_out() {
        agent_trace::current().tool_call_id("a");
    }
    #[tool_call(call_id = "a")]
    fn said_twice() {
        agent_trace::current().tool_call_id("b");
    }
    #[agent_span]
    fn agent() {
        let _ = ask(&["a"]);
        found_out();
        said_twice();
    }

    let spans = capture(agent).spans;
    for name in ["execute_tool found_out", "execute_tool said_twice"] {
        assert_cause(spans.find(name), Some(spans.find(CHAT)));
    }
    let last = spans.find("execute_tool said_twice");
    last.assert_attr(attribute::GEN_AI_TOOL_CALL_ID, "b");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_in_a_task_of_its_own_is_linked() {
    #[agent_span]
    async fn agent() {
        let _ = ask(&["a", "b"]);
        let span = tracing::Span::current();
        let spawned = tokio::spawn(
            look_up_later("a")
                .instrument(span.clone())
                .with_current_subscriber(),
        );
        let dispatch = tracing::dispatcher::get_default(Clone::clone);
        let thread = std::thread::spawn(move || {
            tracing::dispatcher::with_default(&dispatch, || span.in_scope(|| look_up("b")));
        });
        spawned.await.expect("no panic");
        thread.join().expect("no panic");
    }

    let spans = capture_async(async { agent().await }).await.spans;
    assert_cause(
        spans.find("execute_tool look_up_later"),
        Some(spans.find(CHAT)),
    );
    assert_cause(spans.find(TOOL), Some(spans.find(CHAT)));
}

#[tokio::test]
async fn on_a_stream_an_id_is_known_as_soon_as_it_comes() {
    #[agent_span]
    async fn agent() {
        let chunks = vec![Chunk(None), Chunk(Some("a")), Chunk(Some("b")), Chunk(None)];
        let mut reply = std::pin::pin!(ask_stream(chunks));
        while let Some(chunk) = reply.next().await {
            // The stream, and the span of the model call, go on.
            if let Chunk(Some(id)) = chunk {
                look_up(id);
            }
        }
        look_up("a");
    }

    let spans = capture_async(async { agent().await }).await.spans;
    for tool in spans.named(TOOL) {
        assert_cause(tool, Some(spans.find(CHAT)));
    }
    let (chat, first) = (spans.find(CHAT), spans.named(TOOL)[0]);
    assert!(
        first.end() < chat.end(),
        "the tool ran before the reply was complete"
    );
}

#[tokio::test]
async fn an_abandoned_stream_has_asked_too() {
    #[agent_span]
    async fn agent() {
        let mut reply = Box::pin(ask_stream(vec![Chunk(Some("a")), Chunk(None)]));
        let _ = reply.next().await;
        drop(reply);
        look_up("a");
    }

    let spans = capture_async(async { agent().await }).await.spans;
    assert_cause(spans.find(TOOL), Some(spans.find(CHAT)));
}

#[test]
fn an_id_that_comes_again_is_the_later_calls() {
    #[agent_span]
    fn agent() {
        let _ = ask(&["call_0"]);
        look_up("call_0");
        look_up("call_0");
        let _ = ask(&["call_0"]);
        look_up("call_0");
    }

    let spans = capture(agent).spans;
    let (tools, chats) = (spans.named(TOOL), chats(&spans));
    assert_cause(tools[0], Some(chats[0]));
    assert_cause(tools[1], Some(chats[0]));
    assert_cause(tools[2], Some(chats[1]));
}

#[test]
fn an_earlier_stream_does_not_take_an_id_back_by_ending_later() {
    #[agent_span]
    fn agent() {
        let mut first = Box::pin(ask_stream(vec![Chunk(Some("call_0")), Chunk(None)]));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let _ = first.as_mut().poll_next(&mut context);
        let _ = ask(&["call_0"]);
        while first.as_mut().poll_next(&mut context) != std::task::Poll::Ready(None) {}
        look_up("call_0");
    }

    let spans = capture(agent).spans;
    assert_cause(spans.find(TOOL), Some(chats(&spans)[1]));
}

impl PartialEq for Chunk {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

#[test]
fn the_same_id_in_two_agents_is_two() {
    #[agent_span]
    fn inner() {
        let _ = ask(&["call_0"]);
        look_up("call_0");
    }
    #[agent_span]
    fn outer() {
        let _ = ask(&["call_0", "call_1"]);
        inner();
        inner();
        look_up("call_0");
    }

    let spans = capture(outer).spans;
    let (tools, chats) = (spans.named(TOOL), chats(&spans));
    assert_cause(tools[0], Some(chats[1]));
    assert_cause(tools[1], Some(chats[2]));
    assert_cause(tools[2], Some(chats[0]));
}

#[test]
fn what_the_outer_model_asked_for_may_be_done_by_an_inner_agent() {
    #[agent_span]
    fn inner() {
        look_up("call_1");
    }
    #[agent_span(operation = "invoke_workflow")]
    fn workflow() {
        let _ = ask(&["call_2"]);
    }
    #[agent_span]
    fn outer() {
        let _ = ask(&["call_1"]);
        inner();
        // A workflow is no agent: what is asked for in it, the agent around it knows.
        workflow();
        look_up("call_2");
    }

    let spans = capture(outer).spans;
    let (tools, chats) = (spans.named(TOOL), chats(&spans));
    assert_cause(tools[0], Some(chats[0]));
    assert_cause(tools[1], Some(chats[1]));
}

#[test]
fn a_wrapper_and_the_client_in_it_are_one_model_call() {
    #[llm_call(provider = "acme", model = "small")]
    fn wrapper() {
        let _ = ask(&["a"]);
        look_up("a");
    }
    #[agent_span]
    fn agent() {
        wrapper();
        look_up("a");
    }

    let spans = capture(agent).spans;
    for tool in spans.named(TOOL) {
        assert_cause(tool, Some(spans.find(CHAT)));
    }
}

/// Decides so for model calls and keeps the rest.
#[derive(Clone, Debug)]
struct ForChat(SamplingDecision);

impl ShouldSample for ForChat {
    fn should_sample(
        &self,
        _: Option<&Context>,
        _: TraceId,
        name: &str,
        _: &SpanKind,
        _: &[KeyValue],
        _: &[Link],
    ) -> SamplingResult {
        SamplingResult {
            decision: if name.starts_with("chat") {
                self.0.clone()
            } else {
                SamplingDecision::RecordAndSample
            },
            attributes: Vec::new(),
            trace_state: opentelemetry::trace::TraceState::default(),
        }
    }
}

#[test]
fn a_model_call_that_nobody_sees_is_linked_by_none() {
    #[agent_span]
    fn agent() {
        let _ = ask(&["a"]);
        look_up("a");
    }

    for decision in [SamplingDecision::Drop, SamplingDecision::RecordOnly] {
        let Captured { spans, .. } = Capture::new().sampler(ForChat(decision)).run(agent);
        assert!(chats(&spans).is_empty());
        assert_cause(spans.find(TOOL), None);
    }
}

#[test]
fn a_long_id_counts_as_far_as_it_is_kept() {
    let id: &'static str = Box::leak("ü".repeat(2000).into_boxed_str());
    #[agent_span]
    fn agent(id: &'static str) {
        for _ in ask_stream_now(vec![Chunk(Some(id))]) {}
        look_up(id);
    }

    let spans = capture(|| agent(id)).spans;
    assert_cause(spans.find(TOOL), Some(spans.find(CHAT)));
}

fn ask_stream_now(chunks: Vec<Chunk>) -> impl Iterator<Item = Chunk> {
    let mut stream = Box::pin(ask_stream(chunks));
    std::iter::from_fn(move || {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match stream.as_mut().poll_next(&mut context) {
            std::task::Poll::Ready(item) => item,
            std::task::Poll::Pending => None,
        }
    })
}

#[test]
fn the_oldest_ids_are_forgotten() {
    #[agent_span]
    fn agent() {
        let ids: Vec<String> = (0..257).map(|id| id.to_string()).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let _ = ask(&ids[..256]);
        look_up("0");
        // What is asked for again is as good as new.
        let _ = ask(&["0"]);
        let _ = ask(&ids[256..]);
        ["0", "1", "2", "256"].into_iter().for_each(look_up);
    }

    let spans = capture(agent).spans;
    let (tools, chats) = (spans.named(TOOL), chats(&spans));
    assert_cause(tools[0], Some(chats[0]));
    assert_cause(tools[1], Some(chats[1]));
    assert_cause(tools[2], None);
    assert_cause(tools[3], Some(chats[0]));
    assert_cause(tools[4], Some(chats[2]));
}

/// What an agent does next.
#[derive(Clone, Debug)]
enum Step {
    Ask(Vec<u16>),
    Call(u16),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    // Few ids meet often, many are evicted.
    let id = prop_oneof![0_u16..6, 0_u16..600];
    let step = prop_oneof![
        2 => proptest::collection::vec(id.clone(), 0..40).prop_map(Step::Ask),
        1 => id.prop_map(Step::Call),
    ];
    proptest::collection::vec(step, 1..40)
}

#[agent_span]
fn act(steps: &[Step]) {
    for step in steps {
        match step {
            Step::Ask(ids) => {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                let _ = ask(&ids);
            }
            Step::Call(id) => look_up(&id.to_string()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The expectation is computed from the order of events alone: the last 256 distinct ids, each
    /// with the last model call that asked for it.
    #[test]
    fn the_last_one_that_asked_is_linked(steps in steps()) {
        let spans = capture(|| act(&steps)).spans;
        let (mut tools, mut chats) = (spans.named(TOOL).into_iter(), chats(&spans).into_iter());
        let mut known: VecDeque<(u16, &FinishedSpan)> = VecDeque::new();
        for step in &steps {
            match step {
                Step::Ask(ids) => {
                    let chat = chats.next().expect("a span for each call");
                    for id in ids {
                        if known.iter().any(|(key, by)| key == id && by.id() == chat.id()) {
                            continue;
                        }
                        known.retain(|(key, _)| key != id);
                        known.push_back((*id, chat));
                        if known.len() > 256 {
                            known.pop_front();
                        }
                    }
                }
                Step::Call(id) => {
                    let tool = tools.next().expect("a span for each call");
                    let cause = known.iter().find(|(key, _)| key == id).map(|(_, chat)| *chat);
                    assert_cause(tool, cause);
                }
            }
        }
    }
}
