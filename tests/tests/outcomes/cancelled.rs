//! Futures that are dropped before they are ready.

use std::future::{Future, pending};
use std::pin::Pin;
use std::time::Duration;

use agent_trace::testing::{Recorder, capture, capture_async};
use tokio::task::JoinSet;
use tracing::Instrument as _;

use crate::support::*;

macro_rules! family {
    ($family:ident, $attribute:ident) => {
        mod $family {
            use super::*;

            #[agent_trace::$attribute]
            async fn native(trail: Trail) {
                pending::<()>().await;
                drop(trail);
            }

            #[agent_trace::$attribute]
            fn future(trail: Trail) -> impl Future<Output = ()> {
                async move {
                    pending::<()>().await;
                    drop(trail);
                }
            }

            #[agent_trace::$attribute]
            fn boxed(trail: Trail) -> Pin<Box<dyn Future<Output = ()> + Send>> {
                Box::pin(async move {
                    pending::<()>().await;
                    drop(trail);
                })
            }

            #[agent_trace::$attribute]
            async fn loser() {
                agent_trace::current().cancel_is_expected();
                pending::<()>().await;
            }

            #[tokio::test]
            async fn the_loser_of_a_select() {
                let captured = capture_async(async {
                    let root = tracing::info_span!("root");
                    async {
                        tokio::select! {
                            () = native(Trail::default()) => unreachable!("it never ends"),
                            () = tokio::task::yield_now() => {}
                        }
                        mark("after");
                    }
                    .instrument(root)
                    .await;
                })
                .await;
                let spans = sound(captured);
                assert_eq!(spans.len(), 3);
                let (root, call, after) = (&spans[0], &spans[1], spans.find("after"));
                assert_cancelled(call);
                assert_eq!(call.parent(), Some(root.id()));
                assert!(call.end() < after.start(), "it ended when it lost");
                root.assert_unset();
            }

            #[tokio::test(start_paused = true)]
            async fn a_timeout() {
                let captured = capture_async(async {
                    tokio::time::timeout(Duration::from_millis(5), native(Trail::default()))
                        .await
                        .is_err()
                })
                .await;
                assert!(captured.value);
                assert_cancelled(sound(captured).only());
            }

            #[tokio::test]
            async fn an_abort() {
                let recorder = Recorder::new();
                let task =
                    tokio::spawn(recorder.run_async(async { native(Trail::default()).await }));
                tokio::task::yield_now().await;
                assert_eq!(recorder.unfinished(), 1);
                task.abort();
                assert!(task.await.expect_err("aborted").is_cancelled());
                assert_cancelled(recorded(&recorder).only());
            }

            #[tokio::test]
            async fn a_join_set_that_is_dropped() {
                let recorder = Recorder::new();
                let mut tasks = JoinSet::new();
                for _ in 0..3 {
                    tasks.spawn(recorder.run_async(async { native(Trail::default()).await }));
                }
                tokio::task::yield_now().await;
                drop(tasks);
                while recorder.unfinished() > 0 {
                    tokio::task::yield_now().await;
                }
                let spans = recorded(&recorder);
                assert_eq!(spans.len(), 3);
                spans.iter().for_each(assert_cancelled);
            }

            #[test]
            fn a_runtime_that_shuts_down() {
                let recorder = Recorder::new();
                let runtime = tokio::runtime::Builder::new_multi_thread()
                    .worker_threads(2)
                    .build()
                    .expect("a runtime");
                runtime.spawn(recorder.run_async(async { native(Trail::default()).await }));
                runtime.spawn(recorder.run_async(async { boxed(Trail::default()).await }));
                while recorder.unfinished() < 2 {
                    std::thread::yield_now();
                }
                drop(runtime);
                let spans = recorded(&recorder);
                assert_eq!(spans.len(), 2);
                spans.iter().for_each(assert_cancelled);
            }

            #[test]
            fn before_its_first_poll() {
                let spans = sound(capture(|| drop(native(Trail::default()))));
                assert!(spans.is_empty(), "{}", spans.tree());

                for make in [
                    || drop(future(Trail::default())),
                    || drop(boxed(Trail::default())),
                ] {
                    let spans = sound(capture(|| {
                        make();
                        mark("after");
                    }));
                    assert_eq!(spans.len(), 2);
                    assert_abandoned(&spans[0]);
                    assert!(spans[0].end() < spans[1].start());
                }
            }

            #[test]
            fn the_end_is_the_drop_and_not_the_last_poll() {
                let trail = Trail::default();
                let said = std::sync::Arc::clone(&trail.0);
                let spans = sound(capture(|| {
                    let mut pinned = Box::pin(native(trail));
                    assert!(poll_once(pinned.as_mut()).is_pending());
                    mark("between");
                    drop(pinned);
                    mark("after");
                }));
                assert_eq!(spans.len(), 3);
                assert_cancelled(&spans[0]);
                assert!(spans[0].end() > spans.find("between").end());
                assert!(spans[0].end() < spans.find("after").start());
                assert_eq!(spans.find("between").parent(), None, "left between polls");
                // What the body held was dropped inside the span.
                let said = said.lock().expect("no poison");
                assert_eq!(said.len(), 1);
                assert_ne!(said[0], "nothing");
            }

            #[tokio::test]
            async fn an_expected_one() {
                let captured = capture_async(async {
                    tokio::select! {
                        () = loser() => unreachable!("it never ends"),
                        () = tokio::task::yield_now() => {}
                    }
                })
                .await;
                sound(captured)
                    .only()
                    .assert_unset()
                    .assert_attr("agent_trace.outcome", "cancelled");
            }

            #[test]
            fn while_another_panic_unwinds() {
                let recorder = Recorder::new();
                let payload = panics(|| {
                    recorder.run(|| {
                        let mut polled = Box::pin(native(Trail::default()));
                        assert!(poll_once(polled.as_mut()).is_pending());
                        let _never_polled = future(Trail::default());
                        panic!("elsewhere");
                    })
                });
                assert_eq!(payload, "elsewhere");
                let spans = recorded(&recorder);
                assert_eq!(spans.len(), 2);
                assert_cancelled(&spans[0]);
                assert_abandoned(&spans[1]);
            }

            #[test]
            fn forgotten() {
                let recorder = Recorder::new();
                recorder.run(|| {
                    let mut pinned = Box::pin(native(Trail::default()));
                    assert!(poll_once(pinned.as_mut()).is_pending());
                    std::mem::forget(pinned);
                    std::mem::forget(boxed(Trail::default()));
                    mark("after");
                });
                assert_eq!(recorder.unfinished(), 2, "they never end");
                assert_eq!(recorder.spans().only().parent(), None);
            }

            #[test]
            fn dropped_on_another_thread() {
                let recorder = Recorder::new();
                let pinned = recorder.run(|| {
                    let mut pinned = Box::pin(native(Trail::default()));
                    assert!(poll_once(pinned.as_mut()).is_pending());
                    pinned
                });
                std::thread::spawn(move || drop(pinned))
                    .join()
                    .expect("no panic");
                assert_cancelled(recorded(&recorder).only());
            }
        }
    };
}
family!(agent, agent_span);
family!(tool, tool_call);
family!(llm, llm_call);
