//! Without a subscriber the attributes cost no allocation, and the functions do what they did.
//!
//! A binary of its own: no other test may set a subscriber, and the allocator counts for the whole process.

use std::alloc::System;
use std::future::Future;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use agent_trace::llm::Usage;
use agent_trace::{agent_span, llm_call, tool_call};
use futures_core::Stream;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Formatting an option's value would be seen: it panics.
#[derive(Debug)]
struct Untouched;

impl std::fmt::Display for Untouched {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        panic!("an option was evaluated though nobody listens")
    }
}

#[agent_span(
    name = %Untouched,
    conversation = %Untouched,
    fields(shop.tenant = %Untouched),
    result = |value: &u64, _: &tracing::Span| assert_ne!(*value, u64::MAX, "nobody listens"),
)]
fn agent(question: &str) -> u64 {
    agent_trace::current()
        .usage(Usage::default())
        .finish_reason("stop");
    tool(question)
}

#[tool_call(call_id = %Untouched, fields(shop.stock = 3))]
fn tool(query: &str) -> u64 {
    query.len() as u64
}

#[llm_call(provider = "acme", model = %Untouched, temperature = 0.2, server = %Untouched)]
async fn ask(prompt: &str) -> Result<u64, std::fmt::Error> {
    async {}.await;
    Ok(prompt.len() as u64)
}

#[llm_call(provider = "acme", model = "m")]
fn later(prompt: &str) -> impl Future<Output = usize> + use<'_> {
    std::future::ready(prompt.len())
}

#[llm_call(provider = "acme", model = "m")]
fn pieces(count: u8) -> impl Stream<Item = u8> {
    Countdown(count)
}

struct Countdown(u8);

impl Stream for Countdown {
    type Item = u8;

    fn poll_next(mut self: std::pin::Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u8>> {
        self.0 = self.0.saturating_sub(1);
        Poll::Ready(Some(self.0).filter(|left| *left > 0))
    }
}

fn ready<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing here waits"),
    }
}

/// The fewest allocations of a few runs: the test harness may allocate beside one of them.
fn allocations(run: impl Fn()) -> usize {
    (0..5)
        .map(|_| {
            let region = Region::new(ALLOCATOR);
            run();
            let change = region.change();
            change.allocations + change.reallocations
        })
        .min()
        .unwrap_or_default()
}

#[test]
fn calls_allocate_nothing() {
    assert!(
        allocations(|| drop(black_box(Box::new(1)))) > 0,
        "the allocator counts"
    );
    let sync = allocations(|| assert_eq!(black_box(agent(black_box("four"))), 4));
    let awaited = allocations(|| assert_eq!(ready(ask(black_box("four"))), Ok(4)));
    let future = allocations(|| assert_eq!(ready(later(black_box("four"))), 4));
    let dropped = allocations(|| drop(black_box(ask(black_box("four")))));
    let stream = allocations(|| {
        let mut stream = pin!(pieces(black_box(3)));
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(
            stream.as_mut().poll_next(&mut context),
            Poll::Ready(Some(2))
        );
        assert_eq!(
            stream.as_mut().poll_next(&mut context),
            Poll::Ready(Some(1))
        );
        assert_eq!(stream.as_mut().poll_next(&mut context), Poll::Ready(None));
    });
    assert_eq!(
        [sync, awaited, future, dropped, stream],
        [0; 5],
        "sync, async, a future, one never polled, a stream"
    );
}
