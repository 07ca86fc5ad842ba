//! Subtasks on the runtime.

use super::support::{ID, INDEX, LABEL, SIZE, assert_linked, outcomes, search};
use agent_trace::testing::{Capture, Recorder, capture_async};
use agent_trace::{FanOut, agent_span};
use opentelemetry::trace::SpanKind;
use tracing::Instrument as _;

#[agent_span]
async fn researcher(topics: usize) -> Vec<usize> {
    let mut searches = FanOut::new().with_size(topics);
    for topic in 0..topics {
        searches.spawn_as(format!("topic {topic}"), search(topic));
    }
    let results = searches.join_all().await;
    results.into_iter().map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn subtasks_are_beneath_and_linked_both_ways() {
    for activation in [true, false] {
        let captured = Capture::new()
            .with_context_activation(activation)
            .run_async(async { researcher(3).await })
            .await;
        assert_eq!(captured.value, [0, 1, 2], "in the order of dispatch");
        assert_eq!(captured.unfinished(), 0);
        let spans = captured.spans;
        let dispatcher = spans.find("invoke_agent researcher");
        let subtasks = spans.named("execute_tool search");
        assert_eq!(spans.len(), 4, "no span but those of the calls");
        assert_linked(&spans, dispatcher, &subtasks);
        assert_eq!(
            outcomes(dispatcher),
            [(0, "returned"), (1, "returned"), (2, "returned")]
        );
        let id = dispatcher.id().to_string();
        dispatcher
            .assert_attr("agent_trace.fan_in.ids", [id.as_str()])
            .assert_attr("agent_trace.fan_in.subtasks", 3)
            .assert_no_attr("agent_trace.fan_in.failed")
            .assert_no_attr("agent_trace.fan_in.unfinished")
            .assert_no_attr(INDEX);
        for subtask in subtasks {
            let index = subtask.int(INDEX).unwrap();
            subtask
                .assert_attr(ID, id.as_str())
                .assert_attr(SIZE, 3)
                .assert_attr(LABEL, format!("topic {index}").as_str());
            assert_eq!(
                subtask.links_of("fan_out")[0].str(LABEL),
                Some(format!("topic {index}").as_str())
            );
            assert!(subtask.keys_duplicated().is_empty());
        }
        assert!(dispatcher.keys_duplicated().is_empty());
    }
}

#[tokio::test]
async fn results_come_as_they_finish() {
    #[agent_span]
    async fn racing() -> Vec<usize> {
        let mut fan_out = FanOut::new();
        for number in 0..3_u64 {
            fan_out.spawn(async move {
                for _ in number..3 {
                    tokio::task::yield_now().await;
                }
                search(number as usize).await
            });
        }
        assert_eq!(fan_out.len(), 3);
        let mut seen = Vec::new();
        while let Some((index, result)) = fan_out.join_next_indexed().await {
            assert_eq!(index, result.unwrap());
            seen.push(index);
        }
        assert!(fan_out.is_empty());
        seen
    }
    let captured = capture_async(async { racing().await }).await;
    assert_eq!(captured.value, [2, 1, 0]);
    let racing = captured.spans.find("invoke_agent racing");
    assert_eq!(outcomes(racing).len(), 3);
}

#[tokio::test]
async fn every_fan_out_of_a_span_has_an_id_of_its_own() {
    #[agent_span]
    async fn twice() {
        for _ in 0..2 {
            let mut fan_out = FanOut::new();
            fan_out.spawn(search(0));
            fan_out.join_all().await;
        }
    }
    let captured = capture_async(async { twice().await }).await;
    let twice = captured.spans.find("invoke_agent twice");
    let (first, second) = (twice.id().to_string(), format!("{}-1", twice.id()));
    twice
        .assert_attr("agent_trace.fan_in.ids", [first.as_str(), second.as_str()])
        .assert_attr("agent_trace.fan_in.subtasks", 2);
    let mut ids: Vec<_> = captured
        .spans
        .named("execute_tool search")
        .iter()
        .map(|span| span.str(ID).unwrap().to_owned())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, [first, second]);
}

#[tokio::test]
async fn the_nested_fan_out_is_the_subtasks_own() {
    #[agent_span]
    async fn outer() {
        let mut fan_out = FanOut::new();
        fan_out.spawn(inner(10));
        fan_out.spawn(inner(20));
        fan_out.join_all().await;
    }
    #[agent_span]
    async fn inner(base: usize) {
        let mut fan_out = FanOut::new().with_size(2);
        fan_out.spawn(search(base));
        fan_out.spawn(search(base + 1));
        fan_out.join_all().await;
    }
    let captured = capture_async(async { outer().await }).await;
    let spans = &captured.spans;
    let outer = spans.find("invoke_agent outer");
    let inners = spans.named("invoke_agent inner");
    assert_linked(spans, outer, &inners);
    for inner in inners {
        let searches = spans.children(inner);
        assert_eq!(searches.len(), 2);
        assert_linked(spans, inner, &searches);
        inner.assert_no_attr(SIZE);
        searches[0].assert_attr(SIZE, 2);
    }
}

#[tokio::test]
async fn a_subtask_may_have_no_call_or_several() {
    #[agent_span]
    async fn mixed() {
        let mut fan_out = FanOut::new();
        fan_out.spawn(async { 1 });
        fan_out.spawn(async { search(1).await + search(2).await });
        fan_out.spawn(async {
            // Not a call: what is beneath it is still directly in the subtask.
            search(3).instrument(tracing::info_span!("a step")).await
        });
        fan_out.join_all().await;
    }
    let captured = capture_async(async { mixed().await }).await;
    let spans = &captured.spans;
    let mixed = spans.find("invoke_agent mixed");
    assert_eq!(
        outcomes(mixed),
        [(1, "returned"), (1, "returned"), (2, "returned")]
    );
    mixed
        .assert_attr("agent_trace.fan_in.subtasks", 3)
        .assert_attr("agent_trace.fan_in.without_span", 1);
    let step = spans.find("a step");
    assert_eq!(step.parent(), Some(mixed.id()));
    let [search] = spans.children(step)[..] else {
        panic!("one search")
    };
    assert_eq!(search.links_of("fan_out")[0].span_id(), mixed.id());
    search.assert_attr(INDEX, 2);
}

#[tokio::test]
async fn what_is_beneath_a_subtask_is_not_one() {
    #[agent_span]
    async fn outer() {
        let mut fan_out = FanOut::new();
        fan_out.spawn(middle());
        fan_out.join_all().await;
    }
    #[agent_span]
    async fn middle() -> usize {
        search(1).await
    }
    let captured = capture_async(async { outer().await }).await;
    let search = captured.spans.find("execute_tool search");
    assert!(search.links().is_empty());
    search.assert_no_attr(INDEX);
    assert_eq!(
        search.parent(),
        Some(captured.spans.find("invoke_agent middle").id())
    );
}

#[tokio::test]
async fn a_span_that_is_no_call_dispatches_as_well() {
    let captured = capture_async(async {
        let handler = async {
            let mut fan_out = FanOut::new();
            fan_out.spawn(search(0));
            fan_out.spawn(search(1));
            fan_out.join_all().await
        };
        handler.instrument(tracing::info_span!("handler")).await
    })
    .await;
    let spans = &captured.spans;
    assert_linked(
        spans,
        spans.find("handler"),
        &spans.named("execute_tool search"),
    );
}

#[tokio::test]
async fn without_a_span_around_the_subtasks_are_roots() {
    let captured = capture_async(async {
        let mut fan_out = FanOut::new().with_size(2);
        fan_out.spawn(search(0));
        fan_out.spawn(search(1));
        fan_out.join_all().await
    })
    .await;
    let searches = captured.spans.named("execute_tool search");
    assert_eq!(captured.spans.roots().len(), 2);
    assert_eq!(searches[0].str(ID), searches[1].str(ID));
    for search in searches {
        assert!(search.links().is_empty());
        search.assert_attr(SIZE, 2);
        assert_eq!(search.kind(), SpanKind::Internal);
    }
}

#[tokio::test]
async fn without_a_subscriber_it_is_a_join_set() {
    let mut fan_out = FanOut::new().with_limit(1);
    for number in 0..4 {
        fan_out.spawn(search(number));
    }
    fan_out.spawn_blocking(|| 4);
    let values: Vec<_> = fan_out
        .join_all()
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!(values, [0, 1, 2, 3, 4]);
    let fan_out = FanOut::new();
    assert_eq!(fan_out.task(async { 1 }).await, 1);
    assert_eq!(fan_out.run(|| 2), 2);
}

#[tokio::test]
async fn nothing_is_linked_where_the_sampler_says_no() {
    let captured = Capture::new()
        .sampler(opentelemetry_sdk::trace::Sampler::AlwaysOff)
        .run_async(async { researcher(3).await })
        .await;
    assert_eq!(captured.value, [0, 1, 2]);
    assert!(captured.spans.is_empty());
}

#[tokio::test]
async fn baggage_reaches_the_subtasks() {
    use opentelemetry::baggage::BaggageExt as _;
    use opentelemetry::{Context, KeyValue};

    fn baggage() -> Option<String> {
        Context::map_current(|cx| cx.baggage().get("tenant").map(ToString::to_string))
    }
    #[agent_span]
    async fn outer() -> Option<String> {
        let context = Context::current().with_baggage([KeyValue::new("tenant", "acme")]);
        let mut fan_out = {
            let _attached = context.attach();
            FanOut::new()
        };
        fan_out.spawn(async {
            search(1).await;
            baggage()
        });
        let found = fan_out.join_next().await.unwrap().unwrap();
        assert_eq!(baggage(), None, "left behind");
        found
    }
    let captured = capture_async(async { outer().await }).await;
    assert_eq!(captured.value.as_deref(), Some("acme"));
    let spans = &captured.spans;
    assert_linked(
        spans,
        spans.find("invoke_agent outer"),
        &spans.named("execute_tool search"),
    );
}

#[test]
fn subtasks_follow_the_subscriber_of_their_dispatcher() {
    // The runtime's threads know nothing of the recorder.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap();
    let recorder = Recorder::new();
    let results = runtime.block_on(recorder.run_async(async { researcher(5).await }));
    assert_eq!(results.len(), 5);
    let spans = recorder.spans();
    assert_linked(
        &spans,
        spans.find("invoke_agent researcher"),
        &spans.named("execute_tool search"),
    );
}
