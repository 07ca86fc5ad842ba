//! What is said to a model and what it answers is recorded nowhere.

use std::error::Error;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use agent_trace::exporter::TreeExporter;
use agent_trace::llm::{LlmRequest, LlmResponse, RequestInfo, ResponseInfo};
use agent_trace::testing::{Capture, FinishedSpan};
use agent_trace::{Evaluation, Verdict, agent_span, llm_call, tool_call};
use futures_util::{Stream, StreamExt, stream};
use opentelemetry::trace::Status;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::prelude::*;

use crate::support::Log;

/// What stands in everything that must stay inside.
const CANARY: &str = "canary-5f1c";
/// What stands in an error's text.
const ERROR: &str = "finch-90aa";

/// A request whose `Debug` and `Display` tell everything.
#[derive(Debug, Clone)]
struct Request {
    prompt: String,
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.prompt)
    }
}

impl LlmRequest for Request {
    fn model(&self) -> Option<&str> {
        Some("m")
    }

    fn info(&self) -> RequestInfo {
        RequestInfo::default()
    }
}

#[derive(Debug)]
struct Answer {
    #[expect(dead_code, reason = "printed by `Debug`")]
    text: String,
}

impl LlmResponse for Answer {
    fn info(&self) -> ResponseInfo {
        ResponseInfo::default()
    }
}

#[derive(Debug)]
struct Failed {
    #[expect(dead_code, reason = "printed by `Debug`")]
    body: String,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{ERROR} went wrong")
    }
}

impl Error for Failed {}

fn canary() -> String {
    format!("<{CANARY}>")
}

#[agent_span(name = "careful", description = "Says nothing.")]
async fn careful(question: String) -> Result<String, Failed> {
    let request = Request { prompt: question };
    let answer = ask(request.clone()).await?;
    let found = search(&request.prompt, Some(&request));
    remember(found.clone());
    let mut items = std::pin::pin!(stream_answer(request.clone()));
    while let Some(item) = items.next().await {
        drop(item);
    }
    drop(refuse(&request).await);
    let panicked = catch_unwind(AssertUnwindSafe(|| explode(&request)));
    assert!(panicked.is_err());
    Ok(format!("{answer:?}{found}"))
}

#[llm_call(
    provider = "acme",
    server = "https://user:canary-5f1c@host.example/v1?key=canary-5f1c"
)]
async fn ask(request: Request) -> Result<Answer, Failed> {
    tokio::task::yield_now().await;
    Ok(Answer {
        text: request.prompt,
    })
}

#[tool_call(operation = "retrieval", data_source = "library", query = query, top_k = 3)]
fn search(query: &str, _request: Option<&Request>) -> String {
    agent_trace::current().tool_result(query);
    query.to_owned()
}

#[tool_call(operation = "search_memory", store = "notes", query = %text)]
fn remember(text: String) -> Vec<String> {
    vec![text]
}

#[llm_call(provider = "acme")]
fn stream_answer(request: Request) -> impl Stream<Item = Result<Answer, Failed>> {
    stream::iter([Ok(Answer {
        text: request.prompt,
    })])
}

#[tool_call]
async fn refuse(request: &Request) -> Result<String, Failed> {
    Err(Failed {
        body: request.prompt.clone(),
    })
}

#[tool_call]
fn explode(request: &Request) {
    std::panic::resume_unwind(Box::new(request.prompt.clone()));
}

/// Every text that an exported span carries.
fn texts(span: &FinishedSpan) -> Vec<String> {
    let data = span.data();
    let mut texts = vec![data.name.to_string(), format!("{:?}", data.attributes)];
    for event in data.events.iter() {
        texts.push(format!("{} {:?}", event.name, event.attributes));
    }
    for link in data.links.iter() {
        texts.push(format!("{:?}", link.attributes));
    }
    texts.push(format!("{:?} {:?}", data.status, data.span_context));
    texts
}

#[tokio::test]
async fn content_reaches_neither_spans_nor_logs() {
    let logs: [Log; 4] = std::array::from_fn(|_| Log::default());
    let fmt = tracing_subscriber::fmt::layer;
    let events = FmtSpan::FULL;
    let captured = Capture::new()
        .layer(
            fmt()
                .with_span_events(events.clone())
                .with_writer(logs[0].writer()),
        )
        .layer(
            fmt()
                .pretty()
                .with_span_events(events.clone())
                .with_writer(logs[1].writer()),
        )
        .layer(
            fmt()
                .compact()
                .with_span_events(events.clone())
                .with_writer(logs[2].writer()),
        )
        .layer(
            fmt()
                .json()
                .with_span_events(events)
                .with_writer(logs[3].writer()),
        )
        .run_async(async { careful(canary()).await.expect("an answer") })
        .await;

    assert!(captured.value.contains(CANARY), "the work was done");
    assert_eq!(captured.spans.len(), 7);
    for span in captured.spans.iter() {
        for text in texts(span) {
            assert!(!text.contains(CANARY), "{}: {text}", span.name());
        }
    }
    for log in &logs {
        let text = log.text();
        assert!(text.contains("careful"), "the log has the spans");
        assert!(!text.contains(CANARY), "{text}");
        assert!(!text.contains(ERROR), "{text}");
    }
    // The error's text is on its span, in the status and in the exception, and nowhere else.
    let failed = captured.spans.find("execute_tool refuse");
    assert_eq!(failed.error(), Some("finch-90aa went wrong"));
    for span in captured.spans.iter() {
        assert!(!format!("{:?}", span.data().attributes).contains(ERROR));
    }
    let panicked = captured.spans.find("execute_tool explode");
    panicked.assert_error("panic");
    assert_eq!(panicked.data().status, Status::error(""));
    assert!(panicked.events().is_empty(), "no payload");

    let ask = captured.spans.named("chat m");
    ask[0].assert_attr("server.address", "host.example");
}

/// The same where the log is all there is, so that late fields go to it.
#[tokio::test]
async fn content_does_not_reach_a_log_alone() {
    use tracing::instrument::WithSubscriber;

    let logs: [Log; 2] = std::array::from_fn(|_| Log::default());
    let pretty = tracing_subscriber::fmt::layer()
        .pretty()
        .with_span_events(FmtSpan::FULL)
        .with_writer(logs[0].writer());
    let json = tracing_subscriber::fmt::layer()
        .json()
        .with_span_events(FmtSpan::FULL)
        .with_writer(logs[1].writer());
    let subscriber = tracing_subscriber::registry().with(pretty).with(json);
    careful(canary())
        .with_subscriber(subscriber)
        .await
        .expect("an answer");
    for log in &logs {
        let text = log.text();
        assert!(text.contains("error.type"), "late fields are there");
        assert!(!text.contains(CANARY), "{text}");
        assert!(!text.contains(ERROR), "{text}");
    }
}

#[tokio::test]
async fn content_does_not_reach_the_tree() {
    use opentelemetry::trace::TracerProvider as _;
    use tracing::instrument::WithSubscriber;

    let log = Log::default();
    let provider = opentelemetry_sdk::trace::SdkTracerProvider::builder()
        .with_simple_exporter(TreeExporter::new(log.clone()))
        .build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("tree"));
    careful(canary())
        .with_subscriber(tracing_subscriber::registry().with(layer))
        .await
        .expect("an answer");
    provider.shutdown().expect("a tree");
    let text = log.text();
    assert!(text.contains("careful"), "{text}");
    assert!(!text.contains(CANARY), "{text}");
}

#[test]
fn error_text_is_bounded_and_of_one_line() {
    #[tool_call]
    fn fail() -> Result<(), String> {
        Err(format!("\u{1b}[31mline\nline{}", "x".repeat(100_000)))
    }

    let captured = Capture::new().run(fail);
    let span = captured.spans.only();
    span.assert_error("_OTHER")
        .assert_attr("agent_trace.error.truncated", true);
    let message = span.error().expect("a message");
    assert!(message.len() <= 1_100, "{} bytes", message.len());
    assert!(!message.contains(char::is_control));
    let exception = span.event("exception").expect("an exception");
    let recorded = exception.str("exception.message").expect("a message");
    assert_eq!(recorded, message);
}

#[test]
fn user_info_of_a_server_is_never_recorded() {
    #[llm_call(provider = "acme", model = "m", server = server)]
    fn ask_server(server: &str) {}

    for (server, address, port) in [
        ("https://user:canary-5f1c@host.example", "host.example", 443),
        ("http://canary-5f1c@host.example:81/x", "host.example", 81),
        ("user:canary-5f1c@host.example:82", "host.example", 82),
        (
            "https://a:b@canary-5f1c@host.example:83/",
            "host.example",
            83,
        ),
        (
            "https://host.example:84/v1?api-key=canary-5f1c",
            "host.example",
            84,
        ),
        ("https://host.example:85#canary-5f1c", "host.example", 85),
    ] {
        let captured = Capture::new().run(|| ask_server(server));
        let span = captured.spans.only();
        span.assert_attr("server.address", address)
            .assert_attr("server.port", port);
        assert!(!texts(span).concat().contains(CANARY), "{server}");
    }
    // What is no URL leaves no part of a password either.
    for server in [
        "https://user:a:canary-5f1c/b@host.example",
        "user:a:canary-5f1c",
        "https://user name:canary-5f1c",
    ] {
        let captured = Capture::new().run(|| ask_server(server));
        let span = captured.spans.only();
        assert!(!texts(span).concat().contains(CANARY), "{server}");
    }
}

#[test]
fn debug_of_public_types_has_no_content() {
    #[tool_call(operation = "retrieval", query = query)]
    fn look(query: &str) -> String {
        drop(fail());
        let handle = agent_trace::current();
        handle
            .tool_result(query)
            .attribute("shop.note", CANARY)
            .event("note", [opentelemetry::KeyValue::new("shop.note", CANARY)]);
        format!("{handle:?}")
    }

    #[tool_call]
    fn fail() -> Result<(), String> {
        Err(CANARY.to_owned())
    }

    let captured = Capture::new().run(|| look(CANARY));
    assert!(captured.value.contains("retrieval"), "{}", captured.value);
    assert!(!captured.value.contains(CANARY), "{}", captured.value);

    for text in [
        format!("{:?}", Evaluation::new("relevance").score(0.5)),
        format!("{:?}", Verdict::failure("tool_error")),
        format!("{:?}", agent_trace::settings()),
        format!("{:?}", agent_trace::current()),
    ] {
        assert!(!text.contains(CANARY), "{text}");
    }
}

#[test]
fn debug_of_the_wire_types_has_no_content() {
    use agent_trace::llm::wire::openai::{ChatChunk, ChatResponse};

    let body = serde_json::json!({
        "id": "chatcmpl-1", "model": "gpt-4o", "object": "chat.completion",
        "choices": [{
            "index": 0, "finish_reason": "stop",
            "message": { "role": "assistant", "content": CANARY, "refusal": CANARY },
            "delta": { "role": "assistant", "content": CANARY },
        }],
    });
    let reply = format!("{:?}", ChatResponse::from_value(&body));
    assert!(
        reply.contains("gpt-4o") && !reply.contains(CANARY),
        "{reply}"
    );
    let chunk = format!("{:?}", ChatChunk::from_value(&body));
    assert!(
        chunk.contains("gpt-4o") && !chunk.contains(CANARY),
        "{chunk}"
    );
}
