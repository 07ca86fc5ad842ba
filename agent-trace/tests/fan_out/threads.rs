//! Subtasks on threads.

use super::support::{assert_linked, measure, outcomes};
use agent_trace::testing::{Recorder, capture};
use agent_trace::{FanOut, agent_span};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

#[agent_span]
fn on_threads() {
    let fan_out = FanOut::<()>::new();
    let threads: Vec<_> = (0..3)
        .map(|number| {
            let subtask = fan_out.subtask_as(format!("thread {number}"));
            thread::spawn(move || {
                let _subtask = subtask.enter();
                measure(number)
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

#[agent_span]
fn on_a_pool() {
    let fan_out = FanOut::new().with_size(3);
    let sum: usize = (0..3)
        .into_par_iter()
        .map(|number| fan_out.run(|| measure(number)))
        .sum();
    assert_eq!(sum, 3);
}

#[agent_span]
fn on_scoped_threads() {
    let fan_out = &FanOut::new();
    thread::scope(|scope| {
        for number in 0..3 {
            scope.spawn(move || fan_out.run(|| measure(number)));
        }
    });
}

#[test]
fn threads_and_pools() {
    let ways: [(&str, fn()); 3] = [
        ("invoke_agent on_threads", on_threads),
        ("invoke_agent on_a_pool", on_a_pool),
        ("invoke_agent on_scoped_threads", on_scoped_threads),
    ];
    for (name, way) in ways {
        let captured = capture(way);
        let spans = &captured.spans;
        let dispatcher = spans.find(name);
        assert_linked(spans, dispatcher, &spans.named("execute_tool measure"));
        assert_eq!(
            outcomes(dispatcher),
            [(0, "returned"), (1, "returned"), (2, "returned")]
        );
        assert_eq!(captured.unfinished(), 0);
    }
}

#[test]
fn a_thread_that_panics_and_one_that_never_ran() {
    #[agent_span]
    fn outer() {
        let fan_out = FanOut::<()>::new();
        let subtask = fan_out.subtask();
        let panicked = thread::spawn(move || {
            subtask.run(|| {
                measure(1);
                panic!("on purpose")
            })
        });
        assert!(panicked.join().is_err());
        drop(fan_out.subtask());
        let here = fan_out.subtask();
        let _ = catch_unwind(AssertUnwindSafe(|| {
            let _entered = here.enter();
            measure(2);
            panic!("on purpose")
        }));
    }
    let captured = capture(outer);
    let outer = captured.spans.find("invoke_agent outer");
    assert_eq!(outcomes(outer), [(0, "panicked"), (2, "panicked")]);
    outer
        .assert_attr("agent_trace.fan_in.subtasks", 3)
        .assert_attr("agent_trace.fan_in.cancelled", 1);
}

#[test]
fn the_thread_is_left_as_it_was() {
    let captured = capture(|| {
        let fan_out = FanOut::<()>::new();
        let subtask = fan_out.subtask();
        let _outer = tracing::info_span!("other").entered();
        subtask.run(|| measure(1));
        measure(2);
    });
    let other = captured.spans.find("other");
    let measures = captured.spans.named("execute_tool measure");
    assert_eq!(measures[1].parent(), Some(other.id()));
    assert!(measures[1].links().is_empty());
}

#[test]
fn the_last_to_go_ends_the_spans_around_on_whatever_thread() {
    let recorder = Recorder::new();
    let subtask = recorder.run(|| {
        let _outer = tracing::info_span!("outer").entered();
        let _inner = tracing::info_span!("inner").entered();
        FanOut::<()>::new().subtask()
    });
    assert_eq!(recorder.unfinished(), 2);
    // That thread has no subscriber.
    thread::spawn(move || drop(subtask)).join().unwrap();
    assert_eq!(recorder.unfinished(), 0);
}
