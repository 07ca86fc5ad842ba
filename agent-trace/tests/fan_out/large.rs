//! Ten thousand subtasks.

use super::support::{fan_in, search, try_search};
use agent_trace::testing::{Capture, capture_async};
use agent_trace::{FanOut, agent_span};

const MANY: usize = 10_000;
const LINKS: usize = 120;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn links_have_a_cap_and_an_honest_count() {
    #[agent_span]
    async fn outer() {
        let mut fan_out = FanOut::new().with_size(MANY).with_limit(64);
        for number in 0..MANY {
            fan_out.spawn(try_search(number, number % 1000 == 999));
        }
        let results = fan_out.join_all().await;
        let failed = results
            .iter()
            .filter(|result| result.as_ref().unwrap().is_err())
            .count();
        assert_eq!((results.len(), failed), (MANY, 10));
    }
    let captured = Capture::new()
        .trimmed()
        .run_async(async { outer().await })
        .await;
    let outer = captured.spans.find("invoke_agent outer");
    let links = fan_in(outer);
    assert_eq!(links.len(), LINKS);
    assert_eq!(outer.data().links.dropped_count, 0);
    outer
        .assert_attr("agent_trace.fan_in.subtasks", MANY as i64)
        .assert_attr("agent_trace.fan_in.failed", 10)
        .assert_attr("agent_trace.fan_in.links_left_out", (MANY - LINKS) as i64);
    let failed = links.iter().filter(|link| link.1 == "failed").count();
    assert_eq!(failed, 10, "those that failed are linked before the others");
    assert!(links.is_sorted_by_key(|link| link.0));

    let searches = captured.spans.named("execute_tool search");
    assert_eq!(searches.len(), MANY);
    for search in searches {
        assert_eq!(search.parent(), Some(outer.id()));
        assert_eq!(search.links_of("fan_out").len(), 1);
    }
}

#[tokio::test]
async fn one_subtask_of_many_calls() {
    #[agent_span]
    async fn outer() {
        let fan_out = FanOut::new();
        fan_out
            .task(async {
                for number in 0..200 {
                    search(number).await;
                }
            })
            .await;
    }
    let captured = capture_async(async { outer().await }).await;
    let outer = captured.spans.find("invoke_agent outer");
    let linked = fan_in(outer).len() as i64;
    outer
        .assert_attr("agent_trace.fan_in.subtasks", 1)
        .assert_attr("agent_trace.fan_in.links_left_out", 200 - linked);
}
