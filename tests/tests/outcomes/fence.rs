//! What fails inside the instrumentation stays inside of it.

use std::borrow::Cow;
use std::fmt;

use agent_trace::Verdict;
use agent_trace::llm::{
    LlmChunk, LlmError, LlmRequest, LlmResponse, RequestInfo, ResponseInfo, StreamInfo,
};
use agent_trace::testing::{Recorder, capture, capture_async};
use futures_core::Stream;
use futures_util::StreamExt as _;
use futures_util::stream;

use crate::support::*;

/// Panics whenever it is looked at.
#[derive(Clone, Copy)]
struct Mine;

impl fmt::Display for Mine {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("in Display");
    }
}

impl fmt::Debug for Mine {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("in Debug");
    }
}

impl std::error::Error for Mine {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        panic!("in source");
    }
}

impl LlmRequest for Mine {
    fn model(&self) -> Option<&str> {
        panic!("in model");
    }

    fn info(&self) -> RequestInfo {
        panic!("in info");
    }
}

impl LlmResponse for Mine {
    fn info(&self) -> ResponseInfo {
        panic!("in info");
    }
}

impl LlmChunk for Mine {
    fn accumulate(&self, _: &mut StreamInfo) {
        panic!("in accumulate");
    }
}

/// Its own type is one that panics too.
#[derive(Debug)]
struct Worse;

impl fmt::Display for Worse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("worse")
    }
}

impl std::error::Error for Worse {}

impl LlmError for Worse {
    fn error_type(&self) -> Option<Cow<'static, str>> {
        panic!("in error_type");
    }
}

fn explodes<T>() -> T {
    panic!("in an expression");
}

fn explosive<T>(_: &T) -> Verdict {
    panic!("in a classifier");
}

#[agent_trace::agent_span(
    name = explodes::<&str>(),
    fields(user.id = explodes::<&str>()),
    parent = explodes::<tracing::Span>(),
    links(explodes::<tracing::Span>())
)]
fn head() -> i64 {
    mark("between");
    1
}

#[agent_trace::agent_span(remote, id = "1", version = explodes::<&str>(), conversation = "never said")]
async fn about() -> i64 {
    mark("between");
    1
}

#[agent_trace::tool_call(name = %Mine, call_id = ?Mine, fields(user.mood = ?Mine, user.name = %Mine))]
fn formatted() -> i64 {
    1
}

#[agent_trace::tool_call(error = explosive)]
fn classified(value: Result<i64, Trouble>) -> Result<i64, Trouble> {
    value
}

#[agent_trace::tool_call(result = |_, _| explodes::<()>())]
fn observed() -> i64 {
    1
}

#[agent_trace::llm_call(provider = "acme", temperature = explodes::<f64>())]
async fn asked(request: Mine) -> Mine {
    request
}

#[agent_trace::llm_call]
async fn explicit(request: &[Mine]) -> i64 {
    let _ = request;
    1
}

#[agent_trace::llm_call(provider = "acme", request = request[0])]
async fn out_of_bounds(request: &[Mine]) -> i64 {
    let _ = request;
    1
}

#[agent_trace::llm_call]
fn streamed() -> impl Stream<Item = Result<Mine, Mine>> {
    stream::iter([Ok(Mine), Err(Mine), Ok(Mine)])
}

#[agent_trace::llm_call]
fn failing() -> Result<(), Mine> {
    Err(Mine)
}

#[agent_trace::llm_call]
fn failing_worse() -> Result<(), Worse> {
    Err(Worse)
}

#[test]
fn an_option_before_the_span() {
    let captured = capture(head);
    assert_eq!(captured.value, 1);
    let spans = sound(captured);
    assert_eq!(spans.len(), 2);
    assert_returned(&spans[0]);
    spans[0]
        .assert_attr("gen_ai.operation.name", "invoke_agent")
        .assert_attr("gen_ai.agent.name", "head")
        .assert_no_attr("user.id");
    assert_eq!(spans[1].parent(), Some(spans[0].id()));
}

#[tokio::test]
async fn an_option_after_it() {
    let captured = capture_async(async { about().await }).await;
    assert_eq!(captured.value, 1);
    let spans = sound(captured);
    assert_returned(&spans[0]);
    spans[0].assert_attr("gen_ai.agent.id", "1");
    assert_eq!(spans[1].parent(), Some(spans[0].id()));
}

#[test]
fn formatting() {
    let captured = capture(formatted);
    assert_eq!(captured.value, 1);
    let spans = sound(captured);
    assert_returned(spans.only());
}

#[test]
fn a_classifier() {
    let captured = capture(|| (classified(Ok(1)), classified(Err(Trouble::NotFound))));
    assert_eq!(captured.value, (Ok(1), Err(Trouble::NotFound)));
    let spans = sound(captured);
    assert_returned(&spans[0]);
    spans[1].assert_error("NotFound");
}

#[test]
fn an_observer() {
    assert_returned(sound(capture(observed)).only());
}

#[tokio::test]
async fn an_adapter() {
    let captured = capture_async(async {
        let _ = asked(Mine).await;
        explicit(&[]).await;
        out_of_bounds(&[]).await;
    })
    .await;
    let spans = sound(captured);
    assert_eq!(spans.names(), ["chat", "chat", "chat"]);
    spans.iter().for_each(assert_returned);

    let captured = capture_async(async { streamed().count().await }).await;
    assert_eq!(captured.value, 3);
    sound(captured).only().assert_error("Mine");
}

#[test]
fn an_error() {
    let spans = sound(capture(|| failing().is_err()));
    spans.only().assert_error("Mine");
    let spans = sound(capture(|| failing_worse().is_err()));
    spans.only().assert_error("Worse");
}

#[test]
fn while_the_thread_goes_away() {
    thread_local! {
        static SLOT: std::cell::RefCell<Option<Box<dyn std::any::Any>>> =
            const { std::cell::RefCell::new(None) };
    }

    #[agent_trace::tool_call]
    async fn pending() {
        std::future::pending::<()>().await;
    }

    let recorder = Recorder::new();
    let cloned = recorder.clone();
    std::thread::spawn(move || {
        // Registered before anything of `tracing` and OpenTelemetry is, and so dropped after them.
        SLOT.with_borrow_mut(|slot| *slot = None);
        let pinned = cloned.run(|| {
            let mut pinned = Box::pin(pending());
            assert!(poll_once(pinned.as_mut()).is_pending());
            pinned
        });
        SLOT.with_borrow_mut(|slot| *slot = Some(Box::new(pinned)));
    })
    .join()
    .expect("no panic");
    // The span cannot be entered any more, and has its outcome all the same.
    assert_cancelled(recorded(&recorder).only());
}
