//! Streams: from the call to the last item, or to the moment at which the consumer lets go.

use std::pin::Pin;
use std::task::{Context, Waker};

use agent_trace::testing::{capture, capture_async};
use futures_core::{FusedStream, Stream};
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};

use crate::script::{Items, Script, Step, TWO};
use crate::support::*;

type Alias = Result<Items, Trouble>;

macro_rules! family {
    ($family:ident, $attribute:ident) => {
        mod $family {
            use super::*;

            #[agent_trace::$attribute]
            fn opaque(
                steps: &'static [Step],
            ) -> impl Stream<Item = Result<i64, Trouble>> + Send + 'static {
                Script::new(steps)
            }

            #[agent_trace::$attribute]
            fn fused(
                steps: &'static [Step],
            ) -> impl FusedStream<Item = Result<i64, Trouble>> + Send + 'static {
                Script::new(steps)
            }

            #[agent_trace::$attribute]
            fn pinned(
                steps: &'static [Step],
            ) -> Pin<Box<dyn Stream<Item = Result<i64, Trouble>> + Send>> {
                Box::pin(Script::new(steps))
            }

            #[agent_trace::$attribute]
            fn boxed(steps: &'static [Step]) -> BoxStream<'static, Result<i64, Trouble>> {
                Script::new(steps).boxed()
            }

            #[agent_trace::$attribute]
            fn alias(steps: &'static [Step]) -> Items {
                Script::new(steps).boxed()
            }

            #[agent_trace::$attribute]
            fn tried(steps: &'static [Step]) -> Result<Items, Trouble> {
                Ok(Script::new(steps).boxed())
            }

            #[agent_trace::$attribute]
            fn tried_opaque(
                steps: &'static [Step],
            ) -> Result<impl Stream<Item = Result<i64, Trouble>> + Send + 'static, Trouble> {
                Ok(Script::new(steps))
            }

            #[agent_trace::$attribute]
            fn tried_alias(steps: &'static [Step]) -> Alias {
                Ok(Script::new(steps).boxed())
            }

            #[agent_trace::$attribute]
            async fn native(steps: &'static [Step]) -> BoxStream<'static, Result<i64, Trouble>> {
                tokio::task::yield_now().await;
                Script::new(steps).boxed()
            }

            #[agent_trace::$attribute]
            async fn native_opaque(
                steps: &'static [Step],
            ) -> impl Stream<Item = Result<i64, Trouble>> + Send + 'static {
                tokio::task::yield_now().await;
                Script::new(steps)
            }

            #[agent_trace::$attribute]
            async fn native_tried(steps: &'static [Step]) -> Result<Items, Trouble> {
                tokio::task::yield_now().await;
                Ok(Script::new(steps).boxed())
            }

            #[agent_trace::$attribute]
            async fn native_tried_opaque(
                steps: &'static [Step],
            ) -> Result<impl Stream<Item = Result<i64, Trouble>> + Send + 'static, Trouble> {
                tokio::task::yield_now().await;
                Ok(Script::new(steps))
            }

            #[agent_trace::$attribute]
            fn future_tried(
                steps: &'static [Step],
            ) -> impl Future<Output = Result<Items, Trouble>> + Send + 'static {
                async move {
                    tokio::task::yield_now().await;
                    Ok(Script::new(steps).boxed())
                }
            }

            struct Worker;

            #[async_trait::async_trait]
            trait Work {
                async fn boxed(&self, steps: &'static [Step]) -> Items;
                async fn tried(&self, steps: &'static [Step]) -> Result<Items, Trouble>;
            }

            #[async_trait::async_trait]
            impl Work for Worker {
                #[agent_trace::$attribute]
                async fn boxed(&self, steps: &'static [Step]) -> Items {
                    tokio::task::yield_now().await;
                    Script::new(steps).boxed()
                }

                #[agent_trace::$attribute]
                async fn tried(&self, steps: &'static [Step]) -> Result<Items, Trouble> {
                    tokio::task::yield_now().await;
                    Ok(Script::new(steps).boxed())
                }
            }

            #[agent_trace::$attribute]
            async fn refused() -> Result<Items, Trouble> {
                Err(Trouble::Refused { code: 403 })
            }

            #[agent_trace::$attribute]
            fn refused_opaque() -> Result<impl Stream<Item = i64>, Trouble> {
                if true {
                    Err(Trouble::Refused { code: 403 })
                } else {
                    Ok(stream::empty())
                }
            }

            const SHAPES: [&str; 16] = [
                "opaque",
                "fused",
                "pinned",
                "boxed",
                "alias",
                "tried",
                "tried_opaque",
                "tried_alias",
                "native",
                "native_opaque",
                "native_tried",
                "native_tried_opaque",
                "future_tried",
                "async_trait",
                "async_trait_tried",
                "pinned",
            ];

            async fn open(shape: &str, steps: &'static [Step]) -> Items {
                const OPENS: &str = "it opens";
                match shape {
                    "opaque" => opaque(steps).boxed(),
                    "fused" => fused(steps).boxed(),
                    "pinned" => pinned(steps),
                    "boxed" => boxed(steps),
                    "alias" => alias(steps),
                    "tried" => tried(steps).expect(OPENS),
                    "tried_opaque" => tried_opaque(steps).expect(OPENS).boxed(),
                    "tried_alias" => tried_alias(steps).expect(OPENS),
                    "native" => native(steps).await,
                    "native_opaque" => native_opaque(steps).await.boxed(),
                    "native_tried" => native_tried(steps).await.expect(OPENS),
                    "native_tried_opaque" => native_tried_opaque(steps).await.expect(OPENS).boxed(),
                    "future_tried" => future_tried(steps).await.expect(OPENS),
                    "async_trait" => Worker.boxed(steps).await,
                    _ => Worker.tried(steps).await.expect(OPENS),
                }
            }

            #[tokio::test]
            async fn drained() {
                for shape in SHAPES {
                    let captured = capture_async(async {
                        let mut items = open(shape, TWO).await;
                        let mut sum = 0;
                        while let Some(item) = items.next().await {
                            sum += item.expect("no error");
                        }
                        mark("after");
                        sum
                    })
                    .await;
                    assert_eq!(captured.value, 3, "{shape}");
                    let spans = sound(captured);
                    assert_eq!(spans.len(), 2, "{shape}");
                    assert_returned(&spans[0]);
                    assert!(
                        spans[0].end() < spans[1].start(),
                        "it ended with its stream"
                    );
                }
            }

            #[tokio::test]
            async fn an_error_item_is_not_the_end() {
                const STEPS: &[Step] = &[
                    Step::Item(1),
                    Step::Error(403),
                    Step::Error(500),
                    Step::Item(2),
                ];
                for shape in SHAPES {
                    let captured = capture_async(async {
                        let mut items = open(shape, STEPS).await;
                        let mut seen = 0;
                        while items.next().await.is_some() {
                            seen += 1;
                            if seen == 3 {
                                mark("between");
                            }
                        }
                        seen
                    })
                    .await;
                    assert_eq!(captured.value, 4, "{shape}");
                    let spans = sound(captured);
                    assert_eq!(spans.len(), 2, "{shape}");
                    assert_refused(&spans[0]);
                    assert!(spans[0].end() > spans[1].end());
                }
            }

            #[tokio::test]
            async fn dropped_after_an_error_item() {
                for shape in SHAPES {
                    let captured = capture_async(async {
                        let mut items = open(shape, &[Step::Error(403), Step::Item(1)]).await;
                        assert!(items.next().await.is_some_and(|item| item.is_err()));
                    })
                    .await;
                    assert_refused(sound(captured).only());
                }
            }

            #[tokio::test]
            async fn dropped_after_its_first_item() {
                for shape in SHAPES {
                    let captured = capture_async(async {
                        let mut items = open(shape, TWO).await;
                        mark("before");
                        assert!(items.next().await.is_some());
                        // It is held for a while, without being polled.
                        mark("between");
                        drop(items);
                        mark("after");
                    })
                    .await;
                    let spans = sound(captured);
                    assert_eq!(spans.len(), 4, "{shape}");
                    assert_abandoned(&spans[0]);
                    let before = spans.find("before");
                    assert_eq!(before.parent(), None, "{shape}: left until it is polled");
                    let (between, after) = (spans.find("between"), spans.find("after"));
                    assert!(
                        spans[0].end() > between.end(),
                        "{shape}: the drop is the end"
                    );
                    assert!(
                        spans[0].end() < after.start(),
                        "{shape}: the drop is the end"
                    );
                    assert_eq!(between.parent(), None, "{shape}: left between polls");
                }
            }

            #[tokio::test]
            async fn dropped_before_its_first_item() {
                for shape in SHAPES {
                    let captured = capture_async(async {
                        let mut items = open(shape, &[Step::Pending, Step::Item(1)]).await;
                        let mut context = Context::from_waker(Waker::noop());
                        assert!(items.poll_next_unpin(&mut context).is_pending());
                    })
                    .await;
                    assert_cancelled(sound(captured).only());
                }
            }

            #[tokio::test]
            async fn never_polled() {
                for shape in SHAPES {
                    let captured = capture_async(async { drop(open(shape, TWO).await) }).await;
                    assert_abandoned(sound(captured).only());
                }
            }

            #[tokio::test]
            async fn polled_after_its_end() {
                for shape in SHAPES {
                    let captured = capture_async(async {
                        let mut items = open(shape, TWO).await;
                        while items.next().await.is_some() {}
                        mark("after");
                        // As the stream itself does it: once is fine with this one.
                        assert!(items.next().await.is_none());
                        let mut context = Context::from_waker(Waker::noop());
                        panics(|| items.poll_next_unpin(&mut context).is_ready())
                    })
                    .await;
                    assert!(captured.value.contains("polled twice after the end"));
                    let spans = sound(captured);
                    assert_eq!(spans.len(), 2);
                    assert_returned(&spans[0]);
                    assert!(spans[0].end() < spans[1].start());
                }
            }

            #[tokio::test]
            async fn a_panic_between_items() {
                for shape in SHAPES {
                    let captured = capture_async(async {
                        let mut items = open(shape, &[Step::Item(1), Step::Panic]).await;
                        assert!(items.next().await.is_some());
                        let mut context = Context::from_waker(Waker::noop());
                        let payload = panics(|| items.poll_next_unpin(&mut context).is_ready());
                        mark("after");
                        payload
                    })
                    .await;
                    assert_eq!(captured.value, "on purpose", "{shape}");
                    let spans = sound(captured);
                    assert_eq!(spans.len(), 2);
                    assert_panicked(&spans[0]);
                    assert!(spans[0].end() < spans[1].start());
                }
            }

            #[tokio::test]
            async fn no_stream_at_all() {
                let captured = capture_async(async { refused().await.is_err() }).await;
                assert!(captured.value);
                assert_refused(sound(captured).only());
                let captured = capture(|| refused_opaque().is_err());
                assert!(captured.value);
                assert_refused(sound(captured).only());
            }
        }
    };
}

family!(agent, agent_span);
family!(tool, tool_call);
family!(llm, llm_call);
