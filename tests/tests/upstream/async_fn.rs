//! Async functions: entered while they are polled and never else, whatever they nest in.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use async_trait::async_trait;
use tracing::Span;

use super::{FAMILY, call};
use crate::family::Family;
use crate::record::{record, record_async};

/// Is ready when it has been polled so often, and looks at the current span each time.
struct Polls(u32);

impl Future for Polls {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        tracing::info!("polled");
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

fn current() -> Option<&'static str> {
    Span::current().metadata().map(tracing::Metadata::name)
}

/// The span's name as a layer sees it.
fn static_name(function: &str) -> String {
    FAMILY.span_name(function)
}

#[test]
fn entered_only_for_polls() {
    #[call]
    async fn polled(times: u32) -> Result<(), ()> {
        Polls(times).await;
        Ok(())
    }
    let (recording, captured) = record_async(async { polled(2).await });
    assert_eq!(captured.value, Ok(()));
    let name = static_name("polled");
    let mut expected = vec![format!("new {name}")];
    for _ in 0..3 {
        expected.extend([
            format!("enter {name}"),
            "event polled".to_owned(),
            format!("exit {name}"),
        ]);
    }
    expected.push(format!("close {name}"));
    assert_eq!(recording.steps(), expected);
}

#[test]
fn two_that_are_polled_in_turn() {
    #[call]
    async fn first() {
        for _ in 0..3 {
            assert!(Span::current().metadata().is_some());
            tokio::task::yield_now().await;
            tracing::info!("first");
        }
    }
    #[call(level = "debug")]
    async fn second() {
        for _ in 0..3 {
            assert_eq!(
                Span::current().metadata().map(|m| *m.level()),
                Some(tracing::Level::DEBUG)
            );
            tokio::task::yield_now().await;
            assert_eq!(
                Span::current().metadata().map(|m| *m.level()),
                Some(tracing::Level::DEBUG)
            );
        }
    }
    let (recording, captured) = record_async(async {
        let outside = std::future::poll_fn(|_| {
            assert_eq!(current(), None);
            Poll::Ready(())
        });
        tokio::join!(first(), outside, second());
        assert_eq!(current(), None);
    });
    assert_eq!(captured.spans.len(), 2);
    assert_eq!(captured.spans.roots().len(), 2);
    let steps = recording.steps();
    let entered = |what: &str| steps.iter().filter(|step| step.starts_with(what)).count();
    assert_eq!(entered("enter"), entered("exit"));
    assert_eq!(entered("enter"), 8);
    let mut inside = 0;
    for step in &steps {
        inside += i32::from(step.starts_with("enter")) - i32::from(step.starts_with("exit"));
        assert!((0..=1).contains(&inside), "one at a time: {steps:?}");
    }
}

#[test]
fn nested() {
    #[call]
    async fn outer() {
        inner().await;
    }
    #[call]
    async fn inner() {
        tracing::info!("nested");
        tokio::task::yield_now().await;
    }
    let (recording, captured) = record_async(async { outer().await });
    let steps = recording.steps();
    if FAMILY == Family::Llm {
        // A model call right inside one of the same operation is the same call.
        assert_eq!(captured.spans.len(), 1);
        return;
    }
    let (outer, inner) = (static_name("outer"), static_name("inner"));
    let expected = [
        format!("new {outer}"),
        format!("enter {outer}"),
        format!("new {inner}"),
        format!("enter {inner}"),
        "event nested".to_owned(),
        format!("exit {inner}"),
        format!("exit {outer}"),
        format!("enter {outer}"),
        format!("enter {inner}"),
        format!("exit {inner}"),
        format!("close {inner}"),
        format!("exit {outer}"),
        format!("close {outer}"),
    ];
    assert_eq!(steps, expected);
    let child = captured.spans.find(&FAMILY.span_name("inner"));
    assert_eq!(
        captured.spans.path(child),
        format!(
            "{} > {}",
            FAMILY.span_name("outer"),
            FAMILY.span_name("inner")
        )
    );
}

#[async_trait]
trait First {
    async fn first(&mut self, value: usize);
}

#[async_trait]
trait Second {
    async fn second(&self) -> usize;
    async fn without_self() -> &'static str
    where
        Self: Sized;
}

struct Worker(usize);

impl Worker {
    fn answer(&self) -> i64 {
        42
    }

    #[call(fields(Self = std::any::type_name::<Self>()))]
    fn boxed(&self) -> Pin<Box<dyn Future<Output = usize> + Send + '_>> {
        let value = self.0;
        Box::pin(async move { value })
    }
}

#[async_trait]
impl First for Worker {
    #[call(fields(before = self.answer(), own = Self::answer(self), more = %value + 5, Self = std::any::type_name::<Self>()))]
    async fn first(&mut self, value: usize) {
        self.0 = value;
        tokio::task::yield_now().await;
        self.0 += 1;
    }
}

#[async_trait]
impl Second for Worker {
    #[call(skip(self))]
    async fn second(&self) -> usize {
        self.0
    }

    #[call(fields(Self = std::any::type_name::<Self>()))]
    async fn without_self() -> &'static str {
        std::any::type_name::<Self>()
    }
}

#[test]
fn with_async_trait() {
    let (recording, captured) = record_async(async {
        let mut worker = Worker(2);
        worker.first(5).await;
        (
            worker.second().await,
            worker.boxed().await,
            Worker::without_self().await,
        )
    });
    assert_eq!(captured.value.0, 6);
    assert_eq!(captured.value.1, 6);
    let spans = recording.spans();
    assert_eq!(spans.len(), 4);
    spans[0]
        .assert("before", 42)
        .assert("own", 42)
        .assert("more", crate::record::Value::Debug("10".to_owned()))
        .assert("Self", captured.value.2);
    spans[2].assert("Self", captured.value.2);
    spans[3].assert("Self", captured.value.2);
    for (seen, span) in spans.iter().zip(captured.spans.iter()) {
        assert_eq!(seen.parent, None);
        assert_eq!(seen.metadata.name(), span.name());
    }
}

#[test]
fn what_the_future_takes_from_the_body() {
    struct Thing {
        shared: Arc<()>,
    }
    impl Thing {
        #[call(skip(self, _request), fields(app_id))]
        fn call(&mut self, _request: ()) -> Pin<Box<dyn Future<Output = Arc<()>> + Send + Sync>> {
            let shared = self.shared.clone();
            Box::pin(async move { shared })
        }
    }
    let (recording, captured) = record_async(async {
        let mut thing = Thing {
            shared: Arc::new(()),
        };
        let shared = thing.call(()).await;
        Arc::strong_count(&shared)
    });
    assert_eq!(captured.value, 1 + 1);
    recording.only().assert_none("app_id");
}

#[test]
fn futures_made_by_hand() {
    #[call]
    #[allow(clippy::manual_async_fn)]
    fn block() -> impl Future<Output = ()> {
        async {
            tracing::info!("poll");
        }
    }
    #[call]
    fn boxed() -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(async {
            tracing::info!("poll");
        })
    }
    for (function, boxes) in [("block", false), ("boxed", true)] {
        let (recording, captured) =
            record_async(async { if boxes { boxed().await } else { block().await } });
        FAMILY.assert_span(captured.spans.only(), function);
        let name = static_name(function);
        let expected = [
            format!("new {name}"),
            format!("enter {name}"),
            format!("exit {name}"),
            format!("enter {name}"),
            "event poll".to_owned(),
            format!("exit {name}"),
            format!("close {name}"),
        ];
        assert_eq!(recording.steps(), expected);
    }
}

#[test]
fn lints_about_the_look_of_the_body_stay_silent() {
    #[call]
    #[deny(clippy::suspicious_else_formatting)]
    async fn conditional(value: bool) -> String {
        format!("{}", if value { "true" } else { "false" })
    }
    #[call]
    #[deny(clippy::suspicious_else_formatting)]
    async fn comments() {
        // Nothing.
        // else
    }
    #[call]
    #[deny(unused_braces)]
    fn braces() -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(async move {})
    }
    #[call]
    #[deny(unused_braces)]
    #[allow(clippy::manual_async_fn)]
    fn block() -> impl Future<Output = Result<(), Infallible>> {
        async { Ok(()) }
    }
    #[call]
    #[deny(unused_variables)]
    #[allow(clippy::mixed_attributes_style)]
    async fn inner_attribute() {
        #![allow(unused_variables)]
        let unused = 42;
    }
    let (_, captured) = record_async(async {
        comments().await;
        braces().await;
        block().await.expect("infallible");
        inner_attribute().await;
        conditional(true).await
    });
    assert_eq!(captured.value, "true");
    assert_eq!(captured.spans.len(), 5);
}

#[test]
fn nothing_is_made_before_the_first_poll() {
    #[call]
    async fn lazy() {}
    let (recording, _) = record(|| drop(lazy()));
    assert!(recording.steps().is_empty());
}
