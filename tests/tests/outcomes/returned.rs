//! Calls that end by themselves: a value, an error, a classified value, a panic.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;

use agent_trace::testing::{capture, capture_async};

use crate::support::*;

/// The same functions and tests for each attribute.
macro_rules! family {
    ($family:ident, $attribute:ident, $operation:literal) => {
        mod $family {
            use super::*;

            #[agent_trace::$attribute]
            fn sync(what: Do) -> Result<i64, Trouble> {
                let value = what.it()?;
                Ok(value + 1)
            }

            #[agent_trace::$attribute]
            async fn native(what: Do) -> Result<i64, Trouble> {
                tokio::task::yield_now().await;
                let value = what.it()?;
                Ok(value + 1)
            }

            #[agent_trace::$attribute]
            fn future(what: Do) -> impl Future<Output = Result<i64, Trouble>> {
                async move {
                    tokio::task::yield_now().await;
                    Ok(what.it()? + 1)
                }
            }

            #[agent_trace::$attribute]
            fn boxed(what: Do) -> Pin<Box<dyn Future<Output = Result<i64, Trouble>> + Send>> {
                Box::pin(async move {
                    tokio::task::yield_now().await;
                    Ok(what.it()? + 1)
                })
            }

            #[agent_trace::$attribute]
            #[track_caller]
            fn tracked(what: Do) -> Result<i64, Trouble> {
                mark("between");
                Ok(what.it()? + 1)
            }

            struct Worker;

            trait Work {
                async fn native(&self, what: Do) -> Result<i64, Trouble>;
            }

            #[async_trait::async_trait]
            trait BoxedWork {
                async fn boxed(&self, what: Do) -> Result<i64, Trouble>;
            }

            impl Work for Worker {
                #[agent_trace::$attribute]
                async fn native(&self, what: Do) -> Result<i64, Trouble> {
                    tokio::task::yield_now().await;
                    Ok(what.it()? + 1)
                }
            }

            #[async_trait::async_trait]
            impl BoxedWork for Worker {
                #[agent_trace::$attribute]
                async fn boxed(&self, what: Do) -> Result<i64, Trouble> {
                    tokio::task::yield_now().await;
                    Ok(what.it()? + 1)
                }
            }

            #[agent_trace::$attribute(error = classify)]
            fn plain(value: i64) -> i64 {
                value
            }

            #[agent_trace::$attribute(error = classify_result)]
            async fn classified(value: Result<i64, Trouble>) -> Result<i64, Trouble> {
                value
            }

            #[agent_trace::$attribute]
            fn in_drop(_what: Do) {
                struct Guard;
                impl Drop for Guard {
                    fn drop(&mut self) {
                        panic!("in a drop");
                    }
                }
                let _guard = Guard;
            }

            #[agent_trace::$attribute]
            async fn in_drop_of_future() {
                struct Guard;
                impl Drop for Guard {
                    fn drop(&mut self) {
                        panic!("in a drop");
                    }
                }
                let _guard = Guard;
                tokio::task::yield_now().await;
            }

            #[agent_trace::$attribute]
            fn catching() -> bool {
                catch_unwind(|| panic!("caught")).is_err()
            }

            #[agent_trace::$attribute]
            fn outer() -> bool {
                catch_unwind(|| sync(Do::Panic)).is_err()
            }

            async fn run(shape: &str, what: Do) -> Result<i64, Trouble> {
                match shape {
                    "sync" => sync(what),
                    "native" => native(what).await,
                    "future" => future(what).await,
                    "boxed" => boxed(what).await,
                    "tracked" => tracked(what),
                    "trait" => Worker.native(what).await,
                    _ => Worker.boxed(what).await,
                }
            }

            const SHAPES: [&str; 7] = [
                "sync",
                "native",
                "future",
                "boxed",
                "tracked",
                "trait",
                "async_trait",
            ];

            #[tokio::test]
            async fn a_value() {
                for shape in SHAPES {
                    let captured = capture_async(async { run(shape, Do::Return).await }).await;
                    assert_eq!(captured.value, Ok(8), "{shape}");
                    let spans = sound(captured);
                    let span = &spans.roots()[0];
                    assert_returned(span);
                    span.assert_attr("gen_ai.operation.name", $operation);
                }
            }

            #[tokio::test]
            async fn an_error() {
                for shape in SHAPES {
                    let captured = capture_async(async { run(shape, Do::Fail).await }).await;
                    assert_eq!(captured.value, Err(Trouble::Refused { code: 403 }));
                    let spans = sound(captured);
                    assert_eq!(spans.roots().len(), 1, "{shape}");
                    assert_refused(&spans.roots()[0]);
                }
            }

            #[test]
            fn a_panic() {
                for shape in SHAPES {
                    let recorder = agent_trace::testing::Recorder::new();
                    let runtime = tokio::runtime::Builder::new_current_thread()
                        .build()
                        .expect("a runtime");
                    let payload = panics(|| {
                        runtime.block_on(recorder.run_async(async { run(shape, Do::Panic).await }))
                    });
                    assert_eq!(payload, "on purpose");
                    let spans = recorded(&recorder);
                    assert_eq!(spans.roots().len(), 1, "{shape}");
                    assert_panicked(&spans.roots()[0]);
                }
            }

            #[test]
            fn the_span_is_current_in_the_body() {
                let spans = sound(capture(|| tracked(Do::Return)));
                assert_eq!(spans.len(), 2);
                assert_eq!(spans.find("between").parent(), Some(spans.roots()[0].id()));
            }

            #[tokio::test]
            async fn a_classified_value() {
                let spans = sound(capture(|| (plain(5), plain(50), plain(500))));
                assert_returned(&spans[0]);
                spans[1]
                    .assert_unset()
                    .assert_attr("agent_trace.outcome", "expected");
                spans[2]
                    .assert_error("too_large")
                    .assert_no_attr("agent_trace.outcome");
                assert_eq!(spans[2].error(), Some(""));
                assert!(spans[2].events().is_empty());
            }

            #[tokio::test]
            async fn a_classified_result() {
                let captured = capture_async(async {
                    let _ = classified(Ok(5)).await;
                    let _ = classified(Ok(500)).await;
                    let _ = classified(Err(Trouble::Refused { code: 1 })).await;
                    let _ = classified(Err(Trouble::NotFound)).await;
                })
                .await;
                let spans = sound(captured);
                assert_returned(&spans[0]);
                spans[1].assert_error("too_large");
                spans[2]
                    .assert_unset()
                    .assert_attr("agent_trace.outcome", "expected");
                assert!(spans[2].events().is_empty());
                spans[3].assert_error("missing");
                assert_eq!(spans[3].error(), Some("nothing was found"));
                assert_eq!(spans[3].events().len(), 1);
            }

            #[tokio::test]
            async fn a_panic_in_a_drop() {
                let captured = capture(|| panics(|| in_drop(Do::Return)));
                assert_eq!(captured.value, "in a drop");
                assert_panicked(sound(captured).only());

                let recorder = agent_trace::testing::Recorder::new();
                let task = tokio::spawn(recorder.run_async(async { in_drop_of_future().await }));
                assert!(task.await.expect_err("a panic").is_panic());
                assert_panicked(recorded(&recorder).only());
            }

            #[test]
            fn a_panic_that_is_caught_inside() {
                let captured = capture(catching);
                assert!(captured.value);
                assert_returned(sound(captured).only());

                let captured = capture(outer);
                assert!(captured.value);
                let spans = sound(captured);
                // A model call within a model call of the same operation is a part of it.
                if $operation == "chat" {
                    assert_returned(spans.only());
                } else {
                    assert_eq!(spans.len(), 2);
                    assert_returned(&spans[0]);
                    assert_panicked(&spans[1]);
                    assert_eq!(spans[1].parent(), Some(spans[0].id()));
                }
            }

            #[test]
            fn a_future_polled_after_its_end() {
                let recorder = agent_trace::testing::Recorder::new();
                let payload = recorder.run(|| {
                    let mut pinned = std::pin::pin!(native(Do::Return));
                    while poll_once(pinned.as_mut()).is_pending() {}
                    panics(AssertUnwindSafe(|| poll_once(pinned.as_mut())))
                });
                assert!(payload.contains("after completion"), "{payload}");
                let payload = recorder.run(|| {
                    let mut pinned = std::pin::pin!(future(Do::Return));
                    while poll_once(pinned.as_mut()).is_pending() {}
                    panics(AssertUnwindSafe(|| poll_once(pinned.as_mut())))
                });
                assert!(payload.contains("after completion"), "{payload}");
                let spans = recorded(&recorder);
                assert_eq!(spans.len(), 2);
                spans.iter().for_each(assert_returned);
            }

            #[test]
            fn a_future_polled_after_a_panic() {
                let recorder = agent_trace::testing::Recorder::new();
                recorder.run(|| {
                    let mut pinned = Box::pin(native(Do::Panic));
                    let payload = panics(|| while poll_once(pinned.as_mut()).is_pending() {});
                    assert_eq!(payload, "on purpose");
                    let payload = panics(|| poll_once(pinned.as_mut()));
                    assert!(payload.contains("after"), "{payload}");
                });
                assert_panicked(recorded(&recorder).only());
            }
        }
    };
}

family!(agent, agent_span, "invoke_agent");
family!(tool, tool_call, "execute_tool");
family!(llm, llm_call, "chat");

/// What infers its type from the function's own, which is not written down.
mod unit_tails {
    #[agent_trace::agent_span]
    async fn native() {
        std::future::pending().await
    }

    #[agent_trace::tool_call]
    fn sync() {
        Default::default()
    }

    #[tokio::test]
    async fn they_compile() {
        let captured = super::capture_async(async {
            tokio::time::timeout(std::time::Duration::from_millis(1), native()).await
        })
        .await;
        assert!(captured.value.is_err());
        super::assert_cancelled(super::sound(captured).only());
        sync();
    }
}
