//! What holds where work is dispatched holds for the work, and a tool in a subtask knows what asked for it.

#![cfg(all(feature = "testing", feature = "tokio"))]

use agent_trace::llm::{LlmResponse, ResponseInfo, ToolCallRef};
use agent_trace::semconv::attribute::{
    AGENT_TRACE_ATTEMPT_NUMBER, AGENT_TRACE_TAGS, GEN_AI_CONVERSATION_ID, USER_ID,
};
use agent_trace::semconv::value::link_type;
use agent_trace::testing::capture_async;
use agent_trace::{FanOut, Scope, agent_span, attempts, llm_call, spawn_detached, tool_call};
use futures_util::future::join_all;

struct Reply(usize);

impl LlmResponse for Reply {
    fn info(&self) -> ResponseInfo {
        let mut info = ResponseInfo::default();
        info.tool_calls = (0..self.0)
            .map(|id| ToolCallRef::new(id.to_string(), "look_up"))
            .collect();
        info
    }
}

#[llm_call(provider = "acme", model = "small")]
fn ask(tools: usize) -> Reply {
    Reply(tools)
}

#[tool_call(call_id = id)]
async fn look_up(id: String) {
    tokio::task::yield_now().await;
}

const TOOL: &str = "execute_tool look_up";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_in_a_subtask_is_linked_to_the_model_call() {
    #[agent_span]
    async fn agent() {
        let Reply(tools) = ask(8);
        let mut fan_out = FanOut::new();
        for id in 0..tools {
            fan_out.spawn(look_up(id.to_string()));
        }
        fan_out.join_all().await;
    }

    let spans = capture_async(async { agent().await }).await.spans;
    let tools = spans.named(TOOL);
    assert_eq!(tools.len(), 8);
    for tool in tools {
        let links = tool.links_of(link_type::TOOL_CAUSE);
        assert_eq!(links[0].span_id(), spans.find("chat small").id());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scope_inside_the_agent_holds_in_its_subtasks() {
    #[agent_span]
    async fn agent() {
        Scope::new()
            .user("u-1")
            .run_async(async {
                let mut fan_out = FanOut::new();
                fan_out.spawn(look_up("spawned".to_owned()));
                let polled = (0..2)
                    .map(|n| fan_out.task(look_up(n.to_string())))
                    .collect::<Vec<_>>();
                join_all(polled).await;
                fan_out.join_all().await;
            })
            .await;
        look_up("after".to_owned()).await;
    }

    let spans = capture_async(async { agent().await }).await.spans;
    let tools = spans.named(TOOL);
    assert_eq!(tools.len(), 4);
    for tool in tools {
        let is_after = tool.str("gen_ai.tool.call.id") == Some("after");
        assert_eq!(tool.str(USER_ID), (!is_after).then_some("u-1"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn subtasks_are_no_attempts() {
    #[agent_span]
    async fn agent() {
        attempts(async {
            let mut fan_out = FanOut::new();
            fan_out.spawn(look_up("spawned".to_owned()));
            let polled = (0..2)
                .map(|n| fan_out.task(look_up(n.to_string())))
                .collect::<Vec<_>>();
            join_all(polled).await;
            fan_out.join_all().await;
        })
        .await;
    }

    let spans = capture_async(async { agent().await }).await.spans;
    for tool in spans.named(TOOL) {
        assert_eq!(tool.int(AGENT_TRACE_ATTEMPT_NUMBER), None);
    }
    assert_eq!(spans.named(TOOL).len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn detached_work_keeps_what_holds() {
    #[agent_span]
    async fn background() {
        look_up("x".to_owned()).await;
    }
    #[agent_span(conversation = "c-1")]
    async fn agent() {
        let scope = Scope::new().user("u-1").tag("a");
        let work = scope.run(|| {
            spawn_detached(async {
                background().await;
                Scope::new()
                    .tag("b")
                    .run_async(async { background().await })
                    .await;
            })
        });
        work.await.expect("no panic");
    }

    let spans = capture_async(async { agent().await }).await.spans;
    let background = spans.named("invoke_agent background");
    for (agent, tags) in background.iter().zip([vec!["a"], vec!["a", "b"]]) {
        agent
            .assert_attr(USER_ID, "u-1")
            .assert_attr(GEN_AI_CONVERSATION_ID, "c-1");
        assert_eq!(agent.strs(AGENT_TRACE_TAGS), Some(tags));
        let tool = spans.children(agent)[0];
        tool.assert_attr(USER_ID, "u-1");
    }
    assert_eq!(background.len(), 2);
}
