//! Threads: what is `Send` and `Sync`, and futures that are polled on one thread after the other.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::thread;

use agent_trace::testing::Recorder;
use agent_trace::{CallHandle, Evaluation, Settings, Verdict, llm};
use agent_trace::{agent_span, llm_call, tool_call};
use futures_util::{Stream, StreamExt, stream};

use crate::support::{HELPFUL, Mood, Refused, Reply, desk_async};

fn send<T: Send>(_: &T) {}

#[test]
fn public_types_are_send_and_sync() {
    fn both<T: Send + Sync>() {}
    both::<CallHandle>();
    both::<Evaluation>();
    both::<Settings>();
    both::<Verdict>();
    both::<llm::Usage>();
    both::<llm::RequestInfo>();
    both::<llm::ResponseInfo>();
    both::<llm::StreamInfo>();
    both::<llm::Provider>();
    both::<Recorder>();
    both::<agent_trace::testing::Spans>();
    both::<agent_trace::exporter::FileExporter>();
    both::<agent_trace::exporter::TreeExporter>();
}

#[tool_call]
async fn boxed_argument(words: Vec<String>) -> Result<usize, Refused> {
    tokio::task::yield_now().await;
    Ok(words.len())
}

#[llm_call(provider = "acme", model = "m")]
fn pieces(count: u8) -> impl Stream<Item = Result<u8, Refused>> + Send {
    stream::iter((0..count).map(Ok))
}

#[llm_call(provider = "acme", model = "m")]
fn later() -> impl Future<Output = u8> + Send {
    async { 7 }
}

#[test]
fn instrumented_futures_are_send() {
    send(&desk_async(Mood::Helpful));
    send(&boxed_argument(Vec::new()));
    send(&later());
    send(&pieces(1));
}

/// Polls once, on a thread of its own that knows the recorder.
fn poll_elsewhere<F>(
    recorder: &Recorder,
    mut future: Pin<Box<F>>,
) -> (Option<F::Output>, Pin<Box<F>>)
where
    F: Future<Output: Send> + Send + 'static,
{
    let recorder = recorder.clone();
    thread::spawn(move || {
        recorder.run(|| {
            let mut context = Context::from_waker(Waker::noop());
            match future.as_mut().poll(&mut context) {
                Poll::Ready(value) => (Some(value), future),
                Poll::Pending => (None, future),
            }
        })
    })
    .join()
    .expect("a thread")
}

#[test]
fn a_future_moves_from_thread_to_thread() {
    let recorder = Recorder::new();
    let mut future = Box::pin(desk_async(Mood::Helpful));
    let mut polls = 0;
    let reply: Result<Reply, Refused> = loop {
        let (reply, back) = poll_elsewhere(&recorder, future);
        polls += 1;
        match reply {
            Some(reply) => break reply,
            None => future = back,
        }
    };
    assert!(reply.is_ok());
    assert_eq!(polls, 3, "both calls yield once");
    assert_eq!(recorder.spans().tree(), HELPFUL);
}

#[test]
fn a_future_is_dropped_on_another_thread() {
    let recorder = Recorder::new();
    let (_, future) = poll_elsewhere(&recorder, Box::pin(desk_async(Mood::Helpful)));
    thread::spawn(move || drop(future))
        .join()
        .expect("a thread");
    recorder
        .spans()
        .only()
        .assert_error("cancelled")
        .assert_attr("agent_trace.outcome", "cancelled");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_on_other_threads() {
    let recorder = Recorder::new();
    let mut items = recorder.run(|| pieces(3).boxed());
    let mut seen = 0;
    while let (Some(item), rest) = tokio::spawn(items.into_future()).await.expect("a task") {
        item.expect("an item");
        seen += 1;
        items = rest;
    }
    assert_eq!(seen, 3);
    recorder
        .spans()
        .find("chat m")
        .assert_attr("agent_trace.stream.chunks", 3)
        .assert_unset();
}

#[test]
fn a_thread_that_enters_the_span_works_for_the_agent() {
    #[agent_span(name = "threads", conversation = "conv-3")]
    fn threads() {
        let span = tracing::Span::current();
        thread::scope(|scope| {
            for _ in 0..4 {
                let dispatch = tracing::dispatcher::get_default(Clone::clone);
                let span = span.clone();
                scope.spawn(move || {
                    tracing::dispatcher::with_default(&dispatch, || span.in_scope(count));
                });
            }
        });
    }

    #[tool_call]
    fn count() {
        agent_trace::current().attribute("shop.thread", true);
    }

    let recorder = Recorder::new();
    recorder.run(threads);
    let spans = recorder.spans();
    let agent = spans.find("invoke_agent threads");
    agent.assert_attr("agent_trace.tool_calls", 4);
    let tools = spans.children(agent);
    assert_eq!(tools.len(), 4);
    for tool in tools {
        tool.assert_attr("gen_ai.agent.name", "threads")
            .assert_attr("gen_ai.conversation.id", "conv-3")
            .assert_attr("shop.thread", true);
    }
}

#[test]
fn a_handle_is_used_from_another_thread() {
    #[tool_call]
    fn work() {
        let handle = agent_trace::current();
        thread::spawn(move || {
            handle.attribute("shop.elsewhere", 1).event("elsewhere", []);
        })
        .join()
        .expect("a thread");
    }

    let recorder = Recorder::new();
    recorder.run(work);
    let spans = recorder.spans();
    let work = spans.only();
    work.assert_attr("shop.elsewhere", 1).assert_unset();
    assert!(work.event("elsewhere").is_some());
}

/// A handle that outlives its call says nothing to anyone.
#[test]
fn a_handle_after_the_end() {
    #[tool_call]
    fn work() -> CallHandle {
        agent_trace::current()
    }

    let recorder = Recorder::new();
    recorder.run(|| {
        tracing::info_span!("around").in_scope(|| {
            let handle = work();
            handle.attribute("shop.late", 1).error("late").name("late");
        });
    });
    let spans = recorder.spans();
    spans
        .find("execute_tool work")
        .assert_no_attr("shop.late")
        .assert_unset();
    spans
        .find("around")
        .assert_no_attr("shop.late")
        .assert_unset();
}
