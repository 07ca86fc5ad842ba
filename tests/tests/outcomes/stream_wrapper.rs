//! What is seen of a stream through the one around it: where its span is, and what is passed on.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use agent_trace::testing::{Recorder, capture, capture_async};
use futures_core::{FusedStream, Stream};
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};

use crate::script::{Script, Step, TWO};
use crate::support::*;

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
            fn local(steps: &'static [Step]) -> Pin<Box<dyn Stream<Item = Result<i64, Trouble>>>> {
                Box::pin(Script::new(steps))
            }

            #[agent_trace::$attribute]
            fn boxed(steps: &'static [Step]) -> BoxStream<'static, Result<i64, Trouble>> {
                Script::new(steps).boxed()
            }

            #[agent_trace::$attribute(error = |item: &Result<i64, Trouble>| match item {
                                                Ok(13) => agent_trace::Verdict::failure("unlucky"),
                                                Err(_) => agent_trace::Verdict::Success,
                                                _ => agent_trace::Verdict::Success,
                                            })]
            fn classified(steps: &'static [Step]) -> impl Stream<Item = Result<i64, Trouble>> {
                Script::new(steps)
            }

            #[agent_trace::$attribute]
            fn loser(steps: &'static [Step]) -> impl Stream<Item = Result<i64, Trouble>> {
                agent_trace::current().cancel_is_expected();
                Script::new(steps)
            }

            #[agent_trace::$attribute]
            fn holding(trail: Trail) -> impl Stream<Item = i64> {
                stream::unfold(trail, |trail| async move {
                    mark("between");
                    Some((1, trail))
                })
            }

            #[tokio::test]
            async fn a_panic_of_the_consumer() {
                let recorder = Recorder::new();
                let task = tokio::spawn(recorder.run_async(async {
                    let mut items = pin!(opaque(TWO));
                    assert!(items.next().await.is_some());
                    let _unpolled = opaque(TWO);
                    panic!("elsewhere");
                }));
                assert!(task.await.expect_err("a panic").is_panic());
                let spans = recorded(&recorder);
                assert_eq!(spans.len(), 2);
                spans.iter().for_each(assert_abandoned);
            }

            #[tokio::test]
            async fn classified_items() {
                const STEPS: &[Step] = &[Step::Error(1), Step::Item(13), Step::Item(1)];
                let captured = capture_async(async { classified(STEPS).count().await }).await;
                assert_eq!(captured.value, 3);
                sound(captured).only().assert_error("unlucky");
                let captured =
                    capture_async(async { classified(&[Step::Error(1)]).count().await }).await;
                assert_returned(sound(captured).only());
            }

            #[test]
            fn an_expected_cancel() {
                let spans = sound(capture(|| {
                    let mut items = Box::pin(loser(&[Step::Pending]));
                    let mut context = Context::from_waker(Waker::noop());
                    assert!(items.poll_next_unpin(&mut context).is_pending());
                }));
                spans
                    .only()
                    .assert_unset()
                    .assert_attr("agent_trace.outcome", "cancelled");
            }

            #[tokio::test]
            async fn the_parent_is_that_of_the_call() {
                let captured = capture_async(async {
                    let items = tracing::info_span!("caller").in_scope(|| opaque(TWO));
                    let elsewhere = tracing::info_span!("elsewhere");
                    let _entered = elsewhere.enter();
                    assert_eq!(
                        futures_util::future::FutureExt::now_or_never(pin!(items).next()).flatten(),
                        Some(Ok(1))
                    );
                })
                .await;
                let spans = sound(captured);
                assert_eq!(spans.len(), 3);
                let caller = spans.find("caller");
                let call = spans.children(caller);
                assert_eq!(call.len(), 1);
                assert!(call[0].end() > caller.end(), "it outlives the caller");
                caller.assert_unset();
            }

            #[tokio::test]
            async fn sent_to_another_task_and_thread() {
                let recorder = Recorder::new();
                let caller =
                    || recorder.run(|| tracing::info_span!("caller").in_scope(|| opaque(TWO)));
                tokio::spawn(recorder.run_async(caller().count()))
                    .await
                    .expect("no panic");
                let (items, cloned) = (caller(), recorder.clone());
                std::thread::spawn(move || {
                    futures_util::FutureExt::now_or_never(cloned.run_async(items.take(1).count()))
                })
                .join()
                .expect("no panic");
                let spans = recorded(&recorder);
                assert_eq!(spans.len(), 4);
                assert_returned(&spans[1]);
                assert_abandoned(&spans[3]);
                assert_eq!(spans[1].parent(), Some(spans[0].id()));
                assert_eq!(spans[3].parent(), Some(spans[2].id()));
            }

            #[tokio::test]
            async fn polled_where_there_is_no_subscriber() {
                let recorder = Recorder::new();
                let items = recorder.run(|| opaque(TWO));
                assert_eq!(items.count().await, 2);
                assert_returned(recorded(&recorder).only());
            }

            #[test]
            fn what_the_stream_holds_is_dropped_inside() {
                let trail = Trail::default();
                let said = Arc::clone(&trail.0);
                let spans = sound(capture(|| {
                    let mut items = Box::pin(holding(trail));
                    let mut context = Context::from_waker(Waker::noop());
                    assert!(items.poll_next_unpin(&mut context).is_ready());
                    drop(items);
                }));
                assert_eq!(spans.len(), 2);
                assert_eq!(
                    spans.find("between").parent(),
                    Some(spans[0].id()),
                    "entered while it is polled"
                );
                assert_abandoned(&spans[0]);
                assert_ne!(*said.lock().expect("no poison"), ["nothing"]);
            }

            struct Counting(AtomicUsize);

            impl Wake for Counting {
                fn wake(self: Arc<Self>) {
                    self.0.fetch_add(1, Ordering::Relaxed);
                }
            }

            #[test]
            fn seen_through() {
                let _ = sound(capture(|| {
                    let counting = Arc::new(Counting(AtomicUsize::new(0)));
                    let waker = Waker::from(Arc::clone(&counting));
                    let mut context = Context::from_waker(&waker);

                    let mut items = pin!(fused(TWO));
                    assert_eq!(items.size_hint(), (3, Some(13)));
                    assert!(!items.is_terminated());
                    assert!(items.as_mut().poll_next(&mut context).is_ready());
                    assert!(items.as_mut().poll_next(&mut context).is_pending());
                    assert_eq!(
                        counting.0.load(Ordering::Relaxed),
                        1,
                        "the waker is handed on"
                    );
                    assert_eq!(items.size_hint(), (1, Some(11)));
                    assert!(items.as_mut().poll_next(&mut context).is_ready());
                    assert!(!items.is_terminated());
                    assert!(matches!(
                        items.as_mut().poll_next(&mut context),
                        Poll::Ready(None)
                    ));
                    assert!(items.is_terminated());
                    drop(local(TWO));
                    assert_eq!(boxed(TWO).size_hint(), (3, Some(13)));
                }));
            }
        }
    };
}

family!(agent, agent_span);
family!(tool, tool_call);
family!(llm, llm_call);
