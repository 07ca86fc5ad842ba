//! With `nested_inference`, attempts inside of a model call are spans. The switch is the process's, so
//! this test is alone.

#![cfg(feature = "testing")]

use agent_trace::semconv::{attribute, value::link_type};
use agent_trace::testing::capture;
use agent_trace::{Attempts, llm_call, settings};

#[llm_call(provider = "acme", model = "small")]
fn ask(answers: bool) -> Result<(), std::fmt::Error> {
    if answers {
        Ok(())
    } else {
        Err(std::fmt::Error)
    }
}

#[llm_call(provider = "acme", model = "small", fields(wrapper = true))]
fn wrapper() {
    let tried = Attempts::new();
    for answers in [false, true] {
        let _ = tried.run(|| ask(answers));
    }
}

#[test]
fn attempts_inside_of_a_model_call_can_be_spans() {
    settings().nested_inference(true);
    let spans = capture(wrapper).spans;
    let outer = spans.roots()[0];
    let tried = spans.children(outer);
    assert_eq!(outer.int(attribute::AGENT_TRACE_ATTEMPTS), Some(2));
    assert_eq!(tried.len(), 2);
    assert!(outer.events().is_empty());
    let links = tried[1].links_of(link_type::RETRY_OF);
    assert_eq!(links[0].span_id(), tried[0].id());
    tried[1].assert_attr(attribute::AGENT_TRACE_ATTEMPT_REASON, "Error");
}
