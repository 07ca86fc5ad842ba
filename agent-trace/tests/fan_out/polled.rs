//! Subtasks that the caller polls.

use super::support::{INDEX, LABEL, assert_linked, outcomes, search};
use agent_trace::testing::capture_async;
use agent_trace::{FanOut, agent_span};
use futures_util::future::{join, join_all, select};
use futures_util::stream::{self, FuturesUnordered, StreamExt as _};
use std::pin::pin;

macro_rules! linked {
    ($body:expr) => {{
        #[agent_span]
        async fn outer() -> Vec<usize> {
            $body.await
        }
        let captured = capture_async(async { outer().await }).await;
        let spans = &captured.spans;
        let outer = spans.find("invoke_agent outer");
        assert_linked(spans, outer, &spans.children(outer));
        assert_eq!(
            outcomes(outer),
            [(0, "returned"), (1, "returned"), (2, "returned")]
        );
        assert_eq!(captured.value.iter().sum::<usize>(), 3);
    }};
}

#[tokio::test]
async fn all_joined() {
    linked!(async {
        let fan_out = FanOut::new();
        join_all((0..3).map(|number| fan_out.task(search(number)))).await
    });
}

#[tokio::test]
async fn labels() {
    #[agent_span]
    async fn outer() {
        let fan_out = FanOut::new();
        join_all((0..3).map(|number| fan_out.task_as(format!("n{number}"), search(number)))).await;
    }
    let captured = capture_async(async { outer().await }).await;
    for search in captured.spans.named("execute_tool search") {
        let label = format!("n{}", search.int(INDEX).unwrap());
        search.assert_attr(LABEL, label.as_str());
    }
}

#[tokio::test]
async fn futures_unordered() {
    linked!(async {
        let fan_out = FanOut::new();
        let tasks: FuturesUnordered<_> =
            (0..3).map(|number| fan_out.task(search(number))).collect();
        // The tasks do without it.
        drop(fan_out);
        tasks.collect().await
    });
}

#[tokio::test]
async fn buffer_unordered() {
    linked!(async {
        let fan_out = FanOut::new();
        stream::iter(0..3)
            .map(|number| fan_out.task(search(number)))
            .buffer_unordered(2)
            .collect()
            .await
    });
}

#[tokio::test]
async fn tasks_of_several_types() {
    linked!(async {
        let fan_out = FanOut::<()>::new();
        let (one, two) = join(
            fan_out.subtask().task(search(0)),
            fan_out
                .subtask_as("text")
                .task(async { search(1).await.to_string() }),
        )
        .await;
        let three = fan_out.subtask().task(search(2)).await;
        vec![one, two.parse().unwrap(), three]
    });
}

#[tokio::test]
async fn tasks_that_other_runtimes_spawn() {
    linked!(async {
        let fan_out = FanOut::new();
        let tasks: Vec<_> = (0..3)
            .map(|number| tokio::spawn(fan_out.task(search(number))))
            .collect();
        let mut values = Vec::new();
        for task in tasks {
            values.push(task.await.unwrap());
        }
        values
    });
}

#[tokio::test]
async fn the_loser_of_a_race_is_cancelled() {
    #[agent_span]
    async fn racing() {
        let fan_out = FanOut::new().with_size(2);
        let fast = pin!(fan_out.task(search(0)));
        let slow = pin!(fan_out.task(async {
            super::support::forever().await;
            0
        }));
        let _ = select(fast, slow).await;
    }
    let captured = capture_async(async { racing().await }).await;
    let racing = captured.spans.find("invoke_agent racing");
    assert_eq!(outcomes(racing), [(0, "returned"), (1, "cancelled")]);
}

#[tokio::test]
async fn who_polls_consumes_and_who_dispatched_is_the_parent() {
    #[agent_span]
    async fn dispatching() -> agent_trace::Task<impl Future<Output = usize>> {
        FanOut::new().task(search(0))
    }
    #[agent_span]
    async fn collecting(task: agent_trace::Task<impl Future<Output = usize>>) {
        task.await;
    }
    let captured = capture_async(async { collecting(dispatching().await).await }).await;
    let spans = &captured.spans;
    let (dispatching, collecting) = (
        spans.find("invoke_agent dispatching"),
        spans.find("invoke_agent collecting"),
    );
    let search = spans.find("execute_tool search");
    assert_eq!(search.parent(), Some(dispatching.id()));
    assert_eq!(search.links_of("fan_out")[0].span_id(), dispatching.id());
    assert_eq!(outcomes(collecting), [(0, "returned")]);
    assert_eq!(collecting.links_of("fan_in")[0].span_id(), search.id());
    assert!(dispatching.links().is_empty());
    dispatching.assert_attr("agent_trace.fan_in.unfinished", 1);
}
