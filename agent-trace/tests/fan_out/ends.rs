//! A span ends when its call does, whatever still runs beneath it.

use super::support::{INDEX, search};
use agent_trace::testing::{Capture, capture_async};
use agent_trace::{FanOut, agent_span};
use std::time::Duration;
use tokio::sync::oneshot;
use tracing::Instrument as _;

#[agent_span]
async fn leaving(held: oneshot::Receiver<()>) -> tokio::task::JoinHandle<()> {
    let fan_out = FanOut::new();
    tokio::spawn(fan_out.task(async {
        held.await.unwrap();
        search(1).await;
    }))
}

#[tokio::test]
async fn a_fan_out_whose_parent_ends_first() {
    let (release, held) = oneshot::channel();
    let captured = capture_async(async {
        let task = leaving(held).await;
        let after = tracing::info_span!("after");
        after.in_scope(|| ());
        drop(after);
        release.send(()).unwrap();
        task.await.unwrap();
    })
    .await;
    let spans = &captured.spans;
    let leaving = spans.find("invoke_agent leaving");
    let search = spans.find("execute_tool search");
    assert_eq!(search.parent(), Some(leaving.id()));
    assert_eq!(search.trace_id(), leaving.trace_id());
    assert_eq!(search.links_of("fan_out")[0].span_id(), leaving.id());
    search.assert_attr(INDEX, 0);
    leaving.assert_attr("agent_trace.fan_in.unfinished", 1);
    assert!(leaving.end() <= spans.find("after").start());
    assert!(search.start() > leaving.end());
    assert_eq!(captured.unfinished(), 0);
}

#[tokio::test]
async fn a_task_that_goes_on_in_the_span_does_not_move_its_end() {
    #[agent_span]
    async fn outer(held: oneshot::Receiver<()>) {
        tokio::spawn(
            async {
                let _ = held.await;
                search(2).await;
            }
            .in_current_span(),
        );
        tokio::task::yield_now().await;
    }
    for activation in [true, false] {
        let (release, held) = oneshot::channel();
        let recorder = Capture::new()
            .with_context_activation(activation)
            .real_clock()
            .recorder();
        recorder.run_async(async { outer(held).await }).await;
        assert_eq!(recorder.spans().len(), 1, "it is exported when it ends");
        tokio::time::sleep(Duration::from_millis(60)).await;
        release.send(()).unwrap();
        tokio::task::yield_now().await;
        let spans = recorder.spans();
        let outer = spans.find("invoke_agent outer");
        assert!(
            outer.duration() < Duration::from_millis(50),
            "{:?}",
            outer.duration()
        );
        assert_eq!(recorder.unfinished(), 0);
    }
}

#[test]
fn a_handle_that_is_kept_does_not_keep_the_span_open() {
    #[agent_span]
    fn outer() -> tracing::Span {
        tracing::Span::current()
    }
    let captured = agent_trace::testing::capture(|| {
        let kept = outer();
        let late = tracing::info_span!(parent: &kept, "late");
        late.in_scope(|| ());
        drop(late);
        kept.in_scope(|| ());
        drop(kept);
    });
    let spans = &captured.spans;
    let outer = spans.find("invoke_agent outer");
    let late = spans.find("late");
    assert_eq!(late.parent(), Some(outer.id()));
    assert!(outer.end() <= late.start());
    assert!(outer.keys_duplicated().is_empty());
}
