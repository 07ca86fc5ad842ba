//! Functions that return a stream: opaque, in a box, behind an alias, and in a `Result`.

use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use agent_trace::testing::capture_async;
use futures_core::Stream;
use futures_util::stream::{self, BoxStream, LocalBoxStream, StreamExt, TryStreamExt};

use super::{FAMILY, call};
use crate::family::{Family, block_on};

type Events<'a> = Pin<Box<dyn Stream<Item = Result<u8, String>> + Send + 'a>>;
type LocalEvents = Pin<Box<dyn Stream<Item = u8>>>;

/// Drains a stream that one call of `function` gives, with other work between the items.
fn drain<S: Stream>(function: &str, make: impl AsyncFnOnce() -> S) -> Vec<S::Item> {
    let captured = block_on(capture_async(async {
        let mut stream = std::pin::pin!(make().await);
        let mut items = Vec::new();
        while let Some(item) = stream.next().await {
            tracing::info_span!("between").in_scope(|| ());
            items.push(item);
        }
        tracing::info_span!("after").in_scope(|| ());
        items
    }));
    let span = captured.spans.find(&FAMILY.span_name(function));
    FAMILY.assert_span(span, function);
    if FAMILY == Family::Llm {
        span.assert_attr("gen_ai.request.stream", true);
    }
    for other in captured
        .spans
        .iter()
        .filter(|other| other.id() != span.id())
    {
        assert_eq!(other.parent(), None, "the stream is left between its items");
        let before = other.name() == "between";
        assert_eq!(
            other.end() < span.end(),
            before,
            "the span ends with the last item"
        );
    }
    assert_eq!(captured.unfinished(), 0);
    captured.value
}

fn numbers(upto: u8) -> impl Stream<Item = u8> + Send + 'static {
    stream::iter(0..upto).then(|item| async move {
        tokio::task::yield_now().await;
        item
    })
}

#[test]
fn opaque() {
    #[call]
    fn opaque(upto: u8) -> impl Stream<Item = u8> {
        numbers(upto)
    }
    #[call]
    async fn opaque_async(upto: u8) -> impl Stream<Item = u8> + Send {
        tokio::task::yield_now().await;
        numbers(upto)
    }
    #[call]
    fn borrowing<'a, T: Display>(
        items: &'a [T],
        suffix: &'a str,
    ) -> impl Stream<Item = String> + 'a {
        stream::iter(items).map(move |item| format!("{item}{suffix}"))
    }
    #[call]
    fn owning<T: Clone>(items: &[T]) -> impl Stream<Item = T> + use<T> {
        stream::iter(items.to_vec())
    }
    assert_eq!(drain("opaque", async || opaque(3)), [0, 1, 2]);
    assert_eq!(
        drain("opaque_async", async || opaque_async(2).await),
        [0, 1]
    );
    let items = [1, 2];
    assert_eq!(
        drain("borrowing", async || borrowing(&items, "x")),
        ["1x", "2x"]
    );
    assert_eq!(drain("owning", async || owning(&[1, 2])), [1, 2]);
}

#[test]
fn boxed() {
    #[call]
    fn boxed(upto: u8) -> Pin<Box<dyn Stream<Item = u8> + Send>> {
        Box::pin(numbers(upto))
    }
    #[call]
    async fn boxed_async(upto: u8) -> Pin<Box<dyn Stream<Item = u8> + Send>> {
        Box::pin(numbers(upto))
    }
    #[call]
    fn boxed_local(upto: u8) -> Pin<Box<dyn Stream<Item = u8>>> {
        let shared = Rc::new(upto);
        Box::pin(numbers(*shared).map(move |item| item + *shared))
    }
    #[call]
    fn boxed_sync(upto: u8) -> Pin<Box<dyn Stream<Item = u8> + Send + Sync>> {
        Box::pin(stream::iter(0..upto))
    }
    #[call]
    fn box_stream(items: &[u8]) -> BoxStream<'_, &u8> {
        stream::iter(items).boxed()
    }
    #[call]
    async fn box_stream_async(items: &[u8]) -> BoxStream<'_, &u8> {
        stream::iter(items).boxed()
    }
    #[call]
    fn local_box_stream(items: &[u8]) -> LocalBoxStream<'_, u8> {
        let shared = Rc::new(1);
        stream::iter(items)
            .map(move |item| item + *shared)
            .boxed_local()
    }
    assert_eq!(drain("boxed", async || boxed(2)), [0, 1]);
    assert_eq!(drain("boxed_async", async || boxed_async(2).await), [0, 1]);
    assert_eq!(drain("boxed_local", async || boxed_local(2)), [2, 3]);
    assert_eq!(drain("boxed_sync", async || boxed_sync(2)), [0, 1]);
    assert_eq!(drain("box_stream", async || box_stream(&[1, 2])), [&1, &2]);
    assert_eq!(
        drain("box_stream_async", async || box_stream_async(&[1, 2]).await),
        [&1, &2]
    );
    assert_eq!(
        drain("local_box_stream", async || local_box_stream(&[1, 2])),
        [2, 3]
    );
}

#[test]
fn behind_an_alias() {
    #[call]
    fn events(items: &[u8]) -> Events<'_> {
        stream::iter(items.iter().copied().map(Ok)).boxed()
    }
    #[call]
    async fn events_async(items: &[u8]) -> Events<'_> {
        tokio::task::yield_now().await;
        stream::iter(items.iter().copied().map(Ok)).boxed()
    }
    #[call]
    fn local_events(upto: u8) -> LocalEvents {
        stream::iter(0..upto).boxed_local()
    }
    assert_eq!(drain("events", async || events(&[1, 2])), [Ok(1), Ok(2)]);
    assert_eq!(
        drain("events_async", async || events_async(&[1]).await),
        [Ok(1)]
    );
    assert_eq!(drain("local_events", async || local_events(2)), [0, 1]);
}

#[test]
fn in_a_result() {
    #[call]
    fn opaque(upto: u8) -> Result<impl Stream<Item = u8>, String> {
        if upto == 0 {
            return Err("none".to_owned());
        }
        Ok(numbers(upto))
    }
    #[call]
    async fn opaque_async(upto: u8) -> Result<impl Stream<Item = Result<u8, u8>> + Send, String> {
        tokio::task::yield_now().await;
        if upto == 0 {
            return Err("none".to_owned());
        }
        Ok(numbers(upto).map(Ok))
    }
    #[call]
    fn boxed(upto: u8) -> Result<BoxStream<'static, u8>, String> {
        if upto == 0 {
            return Err("none".to_owned());
        }
        Ok(numbers(upto).boxed())
    }
    #[call]
    async fn boxed_async(upto: u8) -> Result<Pin<Box<dyn Stream<Item = u8> + Send>>, String> {
        if upto == 0 {
            return Err("none".to_owned());
        }
        Ok(numbers(upto).boxed())
    }
    #[call]
    async fn events(upto: u8) -> Result<Events<'static>, std::fmt::Error> {
        Ok(numbers(upto).map(Ok).boxed())
    }
    assert_eq!(drain("opaque", async || opaque(1).unwrap()), [0]);
    assert_eq!(
        drain("opaque_async", async || opaque_async(1).await.unwrap()),
        [Ok(0)]
    );
    assert_eq!(drain("boxed", async || boxed(1).unwrap()), [0]);
    assert_eq!(
        drain("boxed_async", async || boxed_async(1).await.unwrap()),
        [0]
    );
    assert_eq!(drain("events", async || events(1).await.unwrap()), [Ok(0)]);

    assert!(FAMILY.fails("opaque", "_OTHER", || opaque(0).is_err()));
    assert!(FAMILY.fails("boxed", "_OTHER", || boxed(0).is_err()));
    assert!(FAMILY.fails_async("opaque_async", "_OTHER", async {
        opaque_async(0).await.is_err()
    }));
    assert!(FAMILY.fails_async("boxed_async", "_OTHER", async {
        boxed_async(0).await.is_err()
    }));
}

#[test]
fn from_a_future() {
    #[call]
    fn boxed(
        upto: u8,
    ) -> Pin<Box<dyn Future<Output = Result<BoxStream<'static, u8>, String>> + Send>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            Ok(numbers(upto).boxed())
        })
    }
    #[call]
    fn opaque(upto: u8) -> impl Future<Output = BoxStream<'static, u8>> + Send {
        async move {
            tokio::task::yield_now().await;
            numbers(upto).boxed()
        }
    }
    #[call]
    fn nested(upto: u8) -> impl Future<Output = impl Stream<Item = u8>> {
        async move { numbers(upto) }
    }
    assert_eq!(drain("boxed", async || boxed(2).await.unwrap()), [0, 1]);
    assert_eq!(drain("opaque", async || opaque(2).await), [0, 1]);
    assert_eq!(drain("nested", async || nested(2).await), [0, 1]);
}

#[test]
fn methods_and_traits() {
    trait Source {
        fn items(&self) -> BoxStream<'_, u8>;

        #[call]
        fn doubled(&self) -> BoxStream<'_, u8> {
            self.items().map(|item| item * 2).boxed()
        }

        fn opaque(&mut self) -> impl Stream<Item = u8>;
    }
    struct Numbers(Vec<u8>);
    impl Source for Numbers {
        #[call]
        fn items(&self) -> BoxStream<'_, u8> {
            stream::iter(self.0.iter().copied()).boxed()
        }

        #[call]
        fn opaque(&mut self) -> impl Stream<Item = u8> {
            stream::iter(self.0.drain(..))
        }
    }
    impl Numbers {
        #[call]
        async fn each(&mut self) -> Result<impl Stream<Item = &mut u8> + '_, String> {
            Ok(stream::iter(&mut self.0))
        }
    }
    struct Plain;
    impl Source for Plain {
        fn items(&self) -> BoxStream<'_, u8> {
            numbers(2).boxed()
        }
        fn opaque(&mut self) -> impl Stream<Item = u8> {
            stream::empty()
        }
    }
    let mut source = Numbers(vec![1, 2]);
    assert_eq!(drain("items", async || source.items()), [1, 2]);
    assert_eq!(drain("doubled", async || Plain.doubled()), [0, 2]);
    let items = drain("each", async || source.each().await.unwrap());
    for item in items {
        *item += 1;
    }
    assert_eq!(drain("opaque", async || source.opaque()), [2, 3]);
}

#[test]
fn items_that_are_errors() {
    #[call]
    fn failing() -> impl Stream<Item = Result<u8, String>> {
        stream::iter([Ok(1), Err("broken".to_owned()), Ok(2)])
    }
    #[call]
    fn failing_boxed() -> Events<'static> {
        stream::iter([Ok(1), Err("broken".to_owned()), Ok(2)]).boxed()
    }
    let value = FAMILY.fails_async("failing", "_OTHER", async {
        failing().collect::<Vec<_>>().await
    });
    assert_eq!(value, [Ok(1), Err("broken".to_owned()), Ok(2)]);
    let value = FAMILY.fails_async("failing_boxed", "_OTHER", async {
        failing_boxed().try_collect::<Vec<_>>().await
    });
    assert_eq!(value, Err("broken".to_owned()));
}

#[test]
fn other_stream_traits() {
    #[call]
    fn tried() -> impl futures_util::TryStream<Ok = u8, Error = String, Item = Result<u8, String>> {
        stream::iter([Ok(1), Ok(2)])
    }
    let value = FAMILY.once_async("tried", async { tried().try_collect::<Vec<_>>().await });
    assert_eq!(value, Ok(vec![1, 2]));
}

#[test]
fn streams_that_report_their_size() {
    #[call]
    fn sized() -> impl Stream<Item = u8> {
        stream::iter([1, 2, 3])
    }
    let hint = FAMILY.once_async("sized", async {
        let mut stream = std::pin::pin!(sized());
        let hint = stream.size_hint();
        while stream.next().await.is_some() {}
        hint
    });
    assert_eq!(hint, (3, Some(3)));
}
