//! The program against its own server: the trace it leaves.

use std::sync::Arc;

use agent_trace::testing::{Capture, FinishedSpan, Spans};
use async_openai::config::OpenAIConfig;
use examples::research_desk::{Desk, ModelNames, Report, Script, client, research_desk};
use examples::server::{ModelServer, Pace};
use tracing_subscriber::filter::{LevelFilter, Targets};

const QUESTION: &str = "Why does an orchard need bees?";

/// One run of the program; the port of its server.
struct Run {
    spans: Spans,
    report: Report,
    port: i64,
}

fn run() -> Run {
    let recorder = Capture::new()
        .layer(Targets::new().with_target("examples", LevelFilter::INFO))
        .recorder();
    // One thread, so that spawned tasks find the recorder too.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let (report, port) = recorder.run(|| {
        runtime.block_on(async {
            let server = ModelServer::start_at(Script::default(), Pace::IMMEDIATE)
                .await
                .unwrap();
            let config = OpenAIConfig::new()
                .with_api_base(server.base_url())
                .with_api_key("key");
            let http = reqwest::Client::builder().no_proxy().build().unwrap();
            let models = ModelNames {
                chat: "gpt-4o-mini".to_owned(),
                embedding: "text-embedding-3-small".to_owned(),
            };
            let desk = Desk::new(client(config, http), models, "desk-1");
            let report = research_desk(Arc::new(desk), QUESTION).await.unwrap();
            let (_, port) = server
                .base_url()
                .trim_end_matches("/v1")
                .rsplit_once(':')
                .unwrap();
            (report, port.parse().unwrap())
        })
    });
    Run {
        spans: recorder.spans(),
        report,
        port,
    }
}

/// The spans of an operation, by start.
fn of<'a>(spans: &'a Spans, operation: &str) -> Vec<&'a FinishedSpan> {
    spans
        .iter()
        .filter(|span| span.str("gen_ai.operation.name") == Some(operation))
        .collect()
}

#[test]
fn the_trace_has_every_step_and_its_outcome() {
    let run = run();
    assert!(
        run.report.text.contains("spraying at dusk"),
        "{}",
        run.report
    );
    assert_eq!(run.spans.outline(), include_str!("research_desk.tree"));
}

#[test]
fn failures_are_where_they_happened_and_nowhere_else() {
    let run = run();
    let failed: Vec<(&str, &str)> = run
        .spans
        .iter()
        .filter(|span| span.error().is_some())
        .map(|span| (span.name(), span.str("error.type").unwrap()))
        .collect();
    assert_eq!(
        failed,
        [
            ("chat gpt-4o-mini", "rate_limit_exceeded"),
            ("execute_tool web_search", "Timeout"),
            ("execute_tool read_page", "404"),
        ]
    );
}

#[test]
fn model_calls_say_where_they_went_and_what_they_used() {
    let run = run();
    let chats = of(&run.spans, "chat");
    for span in &chats {
        span.assert_attr("gen_ai.provider.name", "openai")
            .assert_attr("server.address", "127.0.0.1")
            .assert_attr("server.port", run.port)
            .assert_attr("gen_ai.conversation.id", "desk-1")
            .assert_attr("gen_ai.request.model", "gpt-4o-mini")
            .assert_attr("gen_ai.request.temperature", 0.2)
            .assert_attr("gen_ai.request.top_p", 0.9)
            .assert_attr("gen_ai.request.max_tokens", 800)
            .assert_attr("gen_ai.request.frequency_penalty", 0.3)
            .assert_attr("gen_ai.request.presence_penalty", 0.1);
        assert_eq!(
            span.strs("gen_ai.request.stop_sequences").unwrap(),
            ["END OF REPORT"]
        );
        if span.error().is_some() {
            continue;
        }
        span.assert_attr("gen_ai.response.model", "gpt-4o-mini-2026-08-06");
        assert!(
            span.str("gen_ai.response.id")
                .unwrap()
                .starts_with("chatcmpl-")
        );
        assert!(span.int("gen_ai.usage.input_tokens").unwrap() > 0);
        assert!(span.int("gen_ai.usage.output_tokens").unwrap() > 0);
        assert_eq!(
            span.strs("gen_ai.response.finish_reasons").unwrap().len(),
            1
        );
    }

    let [streamed] = chats
        .iter()
        .filter(|span| span.bool("gen_ai.request.stream") == Some(true))
        .collect::<Vec<_>>()[..]
    else {
        panic!("one stream")
    };
    assert!(
        streamed
            .double("gen_ai.response.time_to_first_chunk")
            .is_some()
    );

    for span in of(&run.spans, "embeddings") {
        span.assert_attr("server.address", "127.0.0.1")
            .assert_attr("gen_ai.embeddings.dimension.count", 256)
            .assert_attr("gen_ai.response.model", "text-embedding-3-small");
        assert_eq!(
            span.strs("gen_ai.request.encoding_formats").unwrap(),
            ["float"]
        );
        assert!(span.int("gen_ai.usage.input_tokens").unwrap() > 0);
    }
}

#[test]
fn agents_add_up_their_own_calls_and_the_workflow_everything() {
    let run = run();
    let input = |span: &FinishedSpan| span.int("gen_ai.usage.input_tokens").unwrap_or(0);
    let chats = of(&run.spans, "chat");
    let calls: Vec<_> = chats
        .iter()
        .chain(&of(&run.spans, "embeddings"))
        .copied()
        .collect();
    for agent in of(&run.spans, "invoke_agent") {
        let below: Vec<_> = calls
            .iter()
            .filter(|call| {
                let mut at = **call;
                while let Some(parent) = run.spans.parent(at) {
                    if parent.id() == agent.id() {
                        return true;
                    }
                    at = parent;
                }
                false
            })
            .collect();
        assert!(!below.is_empty());
        assert_eq!(
            input(agent),
            below.iter().map(|call| input(call)).sum::<i64>()
        );
    }
    run.spans
        .find("invoke_workflow research_desk")
        .assert_attr("agent_trace.subtree.inference_calls", chats.len() as i64)
        .assert_attr("agent_trace.subtree.agent_calls", 5)
        .assert_attr(
            "agent_trace.subtree.tool_calls",
            of(&run.spans, "execute_tool").len() as i64,
        );
}

#[test]
fn a_tool_names_the_call_it_answers() {
    let run = run();
    let tools = of(&run.spans, "execute_tool");
    assert!(tools.iter().all(|tool| {
        tool.str("gen_ai.tool.call.id")
            .unwrap()
            .starts_with("call_")
    }));
    let searches = run.spans.named("execute_tool web_search");
    assert_eq!(searches.len(), 2, "one that took too long, and one more");
    assert_eq!(
        searches[0].str("gen_ai.tool.call.id"),
        searches[1].str("gen_ai.tool.call.id")
    );
}

#[test]
fn no_word_of_the_conversation_is_in_the_trace() {
    let run = run();
    let everything = format!("{:?}", run.spans.to_data());
    for word in [
        QUESTION,
        "You plan research",
        "apple pollination bees",
        "spraying at dusk",
        "hedges",
    ] {
        assert!(!everything.contains(word), "`{word}` was recorded");
    }
}
