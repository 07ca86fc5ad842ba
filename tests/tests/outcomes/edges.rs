//! Ends that are easily got wrong.

use std::future::{Future, pending};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use agent_trace::testing::{Capture, Recorder, capture, capture_async};
use futures_core::Stream;
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use opentelemetry_sdk::trace::Sampler;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::reload;

use crate::model::{Chunk, Reply};
use crate::support::*;

/// Panics when it is dropped.
struct Grenade;

impl Drop for Grenade {
    fn drop(&mut self) {
        panic!("in a drop");
    }
}

impl Stream for Grenade {
    type Item = i64;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<i64>> {
        Poll::Ready(Some(1))
    }
}

macro_rules! family {
    ($family:ident, $attribute:ident) => {
        mod $family {
            use super::*;

            #[agent_trace::$attribute]
            async fn holding() {
                let _grenade = Grenade;
                pending::<()>().await;
            }

            #[agent_trace::$attribute]
            fn streaming() -> impl Stream<Item = i64> {
                Grenade
            }

            #[agent_trace::$attribute]
            fn no_future(what: Do) -> impl Future<Output = i64> {
                let value = what.it().unwrap_or_default();
                async move { value }
            }

            #[agent_trace::$attribute]
            fn no_box(what: Do) -> Pin<Box<dyn Future<Output = i64> + Send>> {
                let value = what.it().unwrap_or_default();
                Box::pin(async move { value })
            }

            #[agent_trace::$attribute]
            fn no_stream(what: Do) -> impl Stream<Item = i64> {
                stream::iter(what.it())
            }

            #[agent_trace::$attribute]
            fn no_boxed_stream(what: Do) -> Result<BoxStream<'static, i64>, Trouble> {
                Ok(stream::iter(what.it()).boxed())
            }

            #[agent_trace::$attribute]
            fn never() -> ! {
                panic!("on purpose");
            }

            #[agent_trace::$attribute]
            async fn pending_in_a_child() {
                child().await;
            }

            #[agent_trace::tool_call]
            async fn child() {
                pending::<()>().await;
            }

            #[agent_trace::$attribute]
            fn items() -> impl Stream<Item = i64> {
                stream::iter([1, 2])
            }

            #[agent_trace::tool_call]
            fn later() -> impl Future<Output = ()> + Send + 'static {
                tokio::task::yield_now()
            }

            #[agent_trace::$attribute]
            async fn detaching() -> [tokio::task::JoinHandle<()>; 1] {
                [tokio::spawn(later())]
            }

            #[test]
            fn a_panic_while_it_is_dropped() {
                let captured = capture(|| {
                    let mut pinned = Box::pin(holding());
                    assert!(poll_once(pinned.as_mut()).is_pending());
                    panics(|| drop(pinned))
                });
                assert_eq!(captured.value, "in a drop");
                assert_panicked(sound(captured).only());

                let captured = capture(|| {
                    let items = Box::pin(streaming());
                    panics(|| drop(items))
                });
                assert_eq!(captured.value, "in a drop");
                assert_panicked(sound(captured).only());
            }

            #[test]
            fn a_panic_before_there_is_a_future_or_a_stream() {
                let captured = capture(|| {
                    [
                        panics(|| drop(no_future(Do::Panic))),
                        panics(|| drop(no_box(Do::Panic))),
                        panics(|| drop(no_stream(Do::Panic))),
                        panics(|| drop(no_boxed_stream(Do::Panic))),
                        panics(|| never()),
                    ]
                });
                assert_eq!(captured.value, ["on purpose"; 5]);
                let spans = sound(captured);
                assert_eq!(spans.len(), 5);
                spans.iter().for_each(assert_panicked);
            }

            #[test]
            fn children_are_cancelled_with_it_and_say_so_themselves() {
                let spans = sound(capture(|| {
                    let mut pinned = Box::pin(pending_in_a_child());
                    assert!(poll_once(pinned.as_mut()).is_pending());
                }));
                assert_eq!(spans.len(), 2);
                let (parent, child) = (&spans[0], &spans[1]);
                assert_cancelled(parent);
                assert_cancelled(child);
                assert_eq!(child.parent(), Some(parent.id()));
                assert!(child.end() < parent.end());
            }

            #[tokio::test]
            async fn a_child_that_outlives_it_does_not_delay_its_end() {
                let captured = capture_async(async {
                    let [later] = detaching().await;
                    mark("after");
                    later.await.expect("no panic");
                })
                .await;
                let spans = sound(captured);
                assert_eq!(spans.len(), 3);
                assert_returned(&spans[0]);
                assert!(spans[0].end() < spans.find("after").start());
                let later = spans.find("execute_tool later");
                assert_eq!(later.parent(), Some(spans[0].id()));
                assert!(later.end() > spans.find("after").end());
            }

            #[test]
            fn whatever_the_layer_is_like() {
                let settings: [fn() -> Capture; 5] = [
                    || Capture::new().trimmed(),
                    || Capture::new().with_context_activation(false),
                    || Capture::new().trimmed().with_context_activation(false),
                    || Capture::new().otel_layer(|layer| layer.with_filter(LevelFilter::INFO)),
                    || Capture::new().otel_layer(|layer| reload::Layer::new(layer).0),
                ];
                for (number, capture) in settings.iter().enumerate() {
                    let spans = sound(capture().run(|| {
                        let mut pinned = Box::pin(pending_in_a_child());
                        assert!(poll_once(pinned.as_mut()).is_pending());
                        let mut items = Box::pin(items());
                        let mut context = Context::from_waker(Waker::noop());
                        assert!(items.poll_next_unpin(&mut context).is_ready());
                        mark("between");
                        drop(items);
                        drop(pinned);
                        mark("after");
                        panics(|| drop(no_future(Do::Panic)))
                    }));
                    assert_eq!(spans.len(), 6, "{number}: {}", spans.outline());
                    assert_cancelled(&spans[0]);
                    assert_cancelled(&spans[1]);
                    assert_abandoned(&spans[2]);
                    assert_panicked(&spans[5]);
                    assert_eq!(spans[1].parent(), Some(spans[0].id()));
                    for span in &[&spans[0], &spans[1], &spans[2]] {
                        assert!(span.end() > spans.find("between").end(), "{number}");
                        assert!(span.end() < spans.find("after").start(), "{number}");
                    }
                }
            }

            #[test]
            fn sampled_out() {
                let captured = Capture::new().sampler(Sampler::AlwaysOff).run(|| {
                    let mut pinned = Box::pin(pending_in_a_child());
                    assert!(poll_once(pinned.as_mut()).is_pending());
                    drop(pinned);
                    panics(|| drop(no_future(Do::Panic)))
                });
                assert_eq!(captured.value, "on purpose");
                assert!(sound(captured).is_empty());
            }

            #[test]
            fn with_no_subscriber_at_all() {
                let mut pinned = Box::pin(pending_in_a_child());
                assert!(poll_once(pinned.as_mut()).is_pending());
                drop(pinned);
                assert_eq!(panics(|| drop(no_stream(Do::Panic))), "on purpose");
                assert_eq!(panics(|| never()), "on purpose");
                let mut items = Box::pin(items());
                let mut context = Context::from_waker(Waker::noop());
                assert_eq!(items.poll_next_unpin(&mut context), Poll::Ready(Some(1)));
            }
        }
    };
}
family!(agent, agent_span);
family!(tool, tool_call);
family!(llm, llm_call);

#[test]
fn nobody_listens_to_a_span_that_is_sampled_out() {
    #[agent_trace::agent_span]
    fn agent() -> bool {
        agent_trace::current().is_recorded()
    }
    #[agent_trace::tool_call]
    fn tool() -> bool {
        agent_trace::current().is_recorded()
    }
    let off = || Capture::new().sampler(Sampler::AlwaysOff);
    assert!(!off().run(tool).value);
    assert!(!off().run(agent).value);
    assert!(capture(tool).value);
    assert!(capture(agent).value);
    assert!(!agent_trace::current().is_recorded());
}

#[agent_trace::llm_call(model = "small")]
fn chunks() -> impl Stream<Item = Chunk> {
    stream::iter([Chunk::Usage(12, 1), Chunk::Text, Chunk::Text])
}

#[agent_trace::agent_span]
async fn stopping_early() {
    let mut chunks = Box::pin(chunks());
    chunks.next().await;
    chunks.next().await;
    pending::<()>().await;
}

/// Usage so far is written, and added up, when everything is dropped at once.
#[test]
fn a_stream_that_is_cancelled_with_its_agent() {
    let spans = sound(capture(|| {
        let mut pinned = Box::pin(stopping_early());
        assert!(poll_once(pinned.as_mut()).is_pending());
    }));
    assert_cancelled(&spans[0]);
    assert_abandoned(&spans[1]);
    for span in spans.iter() {
        span.assert_attr("gen_ai.usage.input_tokens", 12);
    }
    spans[1].assert_attr("agent_trace.usage.incomplete", true);
}

/// The tree of a call in which everything goes wrong, as text.
#[tokio::test]
async fn the_whole_picture() {
    #[agent_trace::tool_call]
    async fn flaky(attempt: i64) -> Result<i64, Trouble> {
        if attempt == 0 {
            Err(Trouble::Refused { code: 503 })
        } else {
            Ok(attempt)
        }
    }

    #[agent_trace::llm_call(provider = "acme", model = "small")]
    async fn ask() -> Result<Reply, Trouble> {
        Ok(Reply::of(12, 3))
    }

    #[agent_trace::agent_span]
    async fn desk() -> Result<i64, Trouble> {
        let _ = flaky(0).await;
        flaky(1).await?;
        ask().await?;
        Err(Trouble::NotFound)
    }

    let recorder = Recorder::new();
    let result = recorder.run_async(async { desk().await }).await;
    assert_eq!(result, Err(Trouble::NotFound));
    let tree = recorded(&recorder)
        .snapshot()
        .skip(["agent_trace.subtree.*", "exception.type"])
        .to_string();
    assert_eq!(
        tree,
        r#"invoke_agent desk [internal, error "nothing was found"]
    agent_trace.inference_calls = 1
    agent_trace.tool_calls = 2
    error.type = "NotFound"
    gen_ai.agent.name = "desk"
    gen_ai.operation.name = "invoke_agent"
    gen_ai.response.finish_reasons = ["stop"]
    gen_ai.usage.input_tokens = 12
    gen_ai.usage.output_tokens = 3
    event "exception"
        exception.message = "nothing was found"
  execute_tool flaky [internal, error "refused with 503"]
      error.type = "Refused"
      gen_ai.agent.name = "desk"
      gen_ai.operation.name = "execute_tool"
      gen_ai.tool.name = "flaky"
      event "exception"
          exception.message = "refused with 503"
  execute_tool flaky [internal]
      gen_ai.agent.name = "desk"
      gen_ai.operation.name = "execute_tool"
      gen_ai.tool.name = "flaky"
  chat small [client]
      gen_ai.operation.name = "chat"
      gen_ai.provider.name = "acme"
      gen_ai.request.model = "small"
      gen_ai.response.finish_reasons = ["stop"]
      gen_ai.usage.input_tokens = 12
      gen_ai.usage.output_tokens = 3
"#
    );
}
