//! Subtasks that fail, panic, and are cancelled.

use super::support::{assert_linked, forever, measure, outcomes, panicking, search, try_search};
use agent_trace::testing::capture_async;
use agent_trace::{FanOut, agent_span};
use futures_util::FutureExt as _;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use tokio::task::yield_now;

#[tokio::test]
async fn a_panic_and_an_abort_show_on_both_ends() {
    #[agent_span]
    async fn outer() {
        let mut fan_out = FanOut::new();
        fan_out.spawn(panicking());
        let running = fan_out.spawn(forever());
        fan_out.spawn(async { _ = search(2).await });
        yield_now().await;
        yield_now().await;
        running.abort();
        let results = fan_out.join_all().await;
        assert!(results[0].as_ref().unwrap_err().is_panic());
        assert!(results[1].as_ref().unwrap_err().is_cancelled());
        assert!(results[2].is_ok());
    }
    let captured = capture_async(async { outer().await }).await;
    let spans = &captured.spans;
    let outer = spans.find("invoke_agent outer");
    assert_linked(spans, outer, &spans.children(outer));
    assert_eq!(
        outcomes(outer),
        [(0, "panicked"), (1, "cancelled"), (2, "returned")]
    );
    outer
        .assert_attr("agent_trace.fan_in.subtasks", 3)
        .assert_attr("agent_trace.fan_in.panicked", 1)
        .assert_attr("agent_trace.fan_in.cancelled", 1)
        .assert_unset();
    spans.find("invoke_agent panicking").assert_error("panic");
    spans.find("invoke_agent forever").assert_error("cancelled");
}

#[tokio::test]
async fn the_rest_is_cancelled_at_the_first_error_when_asked() {
    #[agent_span]
    async fn outer() -> Result<Vec<usize>, std::io::Error> {
        let mut fan_out = FanOut::new();
        fan_out.spawn(try_search(0, false));
        fan_out.spawn(async {
            yield_now().await;
            try_search(1, true).await
        });
        fan_out.spawn(async {
            forever().await;
            Ok(2)
        });
        fan_out.try_join_all().await
    }
    let captured = capture_async(async { outer().await }).await;
    assert_eq!(captured.value.unwrap_err().to_string(), "no");
    assert_eq!(captured.spans.len(), 4);
    let outer = captured.spans.find("invoke_agent outer");
    assert_eq!(
        outcomes(outer),
        [(0, "returned"), (1, "failed"), (2, "cancelled")]
    );
    outer
        .assert_attr("agent_trace.fan_in.failed", 1)
        .assert_attr("agent_trace.fan_in.cancelled", 1);
    let forever = captured.spans.find("invoke_agent forever");
    forever.assert_error("cancelled");
    assert!(forever.end() <= outer.end(), "it was waited for");
}

#[tokio::test]
async fn all_values_in_order_where_none_fails() {
    let mut fan_out = FanOut::new();
    for number in 0..10 {
        fan_out.spawn(try_search(number, false));
    }
    let values = fan_out.try_join_all().await.unwrap();
    assert_eq!(values, (0..10).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_panic_ends_try_join_all_too() {
    let mut fan_out = FanOut::new();
    fan_out.spawn(async {
        panicking().await;
        Ok(())
    });
    fan_out.spawn(async {
        forever().await;
        Ok::<_, tokio::task::JoinError>(())
    });
    assert!(fan_out.try_join_all().await.unwrap_err().is_panic());
}

#[tokio::test]
async fn an_error_outside_the_calls_is_a_failure_of_the_subtask() {
    #[agent_span]
    async fn outer() {
        let mut fan_out = FanOut::new();
        fan_out.spawn(async {
            search(0).await;
            Err::<(), _>(std::io::Error::other("unusable"))
        });
        fan_out.try_join_all().await.unwrap_err();
    }
    let captured = capture_async(async { outer().await }).await;
    assert_eq!(
        outcomes(captured.spans.find("invoke_agent outer")),
        [(0, "failed")]
    );
    captured.spans.find("execute_tool search").assert_unset();
}

#[tokio::test]
async fn what_was_tried_again_has_not_failed() {
    #[agent_span]
    async fn outer() {
        let mut fan_out = FanOut::new();
        fan_out.spawn(async {
            match try_search(0, true).await {
                Ok(number) => number,
                Err(_) => try_search(0, false).await.unwrap(),
            }
        });
        fan_out.join_all().await;
    }
    let captured = capture_async(async { outer().await }).await;
    let outer = captured.spans.find("invoke_agent outer");
    assert_eq!(outcomes(outer), [(0, "failed"), (0, "returned")]);
    outer
        .assert_attr("agent_trace.fan_in.subtasks", 1)
        .assert_no_attr("agent_trace.fan_in.failed");
}

#[tokio::test]
async fn a_fan_out_that_is_dropped_shows_its_subtasks_as_cancelled() {
    #[agent_span]
    async fn outer() {
        let mut fan_out = FanOut::new();
        fan_out.spawn(forever());
        fan_out.spawn(async { _ = search(1).await });
        fan_out.spawn(async { forever().await });
        for _ in 0..4 {
            yield_now().await;
        }
        // The third never starts.
        fan_out.spawn(forever());
        drop(fan_out);
        yield_now().await;
    }
    let captured = capture_async(async { outer().await }).await;
    let outer = captured.spans.find("invoke_agent outer");
    assert_eq!(
        outcomes(outer),
        [(0, "cancelled"), (1, "returned"), (2, "cancelled")]
    );
    outer
        .assert_attr("agent_trace.fan_in.subtasks", 4)
        .assert_attr("agent_trace.fan_in.cancelled", 3)
        .assert_attr("agent_trace.fan_in.without_span", 1);
}

#[tokio::test]
async fn a_dispatcher_that_is_cancelled_takes_its_subtasks_with_it() {
    #[agent_span]
    async fn outer() {
        let mut fan_out = FanOut::new();
        fan_out.spawn(forever());
        fan_out.join_all().await;
    }
    let captured = capture_async(async {
        let running = outer();
        tokio::select! {
            biased;
            () = running => unreachable!(),
            () = async { for _ in 0..3 { yield_now().await } } => {}
        }
        yield_now().await;
    })
    .await;
    let spans = &captured.spans;
    let outer = spans.find("invoke_agent outer");
    outer.assert_error("cancelled");
    assert_eq!(outcomes(outer), [(0, "cancelled")]);
    let forever = spans.find("invoke_agent forever");
    forever.assert_error("cancelled");
    assert_linked(spans, outer, &[forever]);
}

#[tokio::test]
async fn a_task_that_panics_or_is_dropped() {
    #[agent_span]
    async fn outer() {
        let fan_out = FanOut::new();
        let caught = AssertUnwindSafe(fan_out.task(panicking())).catch_unwind();
        assert!(caught.await.is_err());
        let mut lost = Box::pin(fan_out.task(forever()));
        assert!(futures_util::poll!(&mut lost).is_pending());
        drop(lost);
        drop(fan_out.task(forever()));
    }
    let captured = capture_async(async { outer().await }).await;
    let outer = captured.spans.find("invoke_agent outer");
    outer.assert_unset();
    let _: Vec<_> = outcomes(outer);
    assert_eq!(outcomes(outer)[..2], [(0, "panicked"), (1, "cancelled")]);
    outer
        .assert_attr("agent_trace.fan_in.subtasks", 3)
        .assert_attr("agent_trace.fan_in.cancelled", 2)
        .assert_attr("agent_trace.fan_in.panicked", 1);
}

#[tokio::test]
async fn blocking_work_is_linked_and_cannot_be_stopped() {
    static HAS_STARTED: AtomicBool = AtomicBool::new(false);
    #[agent_span]
    async fn outer(release: mpsc::Receiver<()>, done: mpsc::Sender<()>) {
        let mut fan_out = FanOut::new();
        fan_out.spawn_blocking_as("quick", || measure(1));
        assert_eq!(fan_out.join_next().await.unwrap().unwrap(), 1);
        fan_out.spawn_blocking(move || {
            HAS_STARTED.store(true, Ordering::SeqCst);
            release.recv().unwrap();
            let number = measure(2);
            done.send(()).unwrap();
            number
        });
        while !HAS_STARTED.load(Ordering::SeqCst) {
            yield_now().await;
        }
    }
    let (release, held) = mpsc::channel();
    let (done, was_done) = mpsc::channel();
    let captured = capture_async(async {
        outer(held, done).await;
        release.send(()).unwrap();
        was_done.recv().unwrap();
    })
    .await;
    let outer = captured.spans.find("invoke_agent outer");
    assert_eq!(outcomes(outer), [(0, "returned")]);
    outer.assert_attr("agent_trace.fan_in.subtasks", 2);
    outer.assert_attr("agent_trace.fan_in.unfinished", 1);
}

#[tokio::test]
async fn a_limit_holds_blocking_work_back() {
    let mut fan_out = FanOut::new().with_limit(2);
    let running = Arc::new(AtomicUsize::new(0));
    for number in 0..20 {
        let running = running.clone();
        fan_out.spawn_blocking(move || {
            assert!(running.fetch_add(1, Ordering::SeqCst) < 2);
            std::thread::sleep(std::time::Duration::from_millis(1));
            running.fetch_sub(1, Ordering::SeqCst);
            number
        });
    }
    fan_out.spawn_blocking(|| panic!("on purpose"));
    let mut results = fan_out.join_all().await;
    assert!(results.pop().unwrap().unwrap_err().is_panic());
    assert!(results.into_iter().map(Result::unwrap).eq(0..20));
}
