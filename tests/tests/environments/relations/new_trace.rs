//! `new_trace`.

use agent_trace::testing::{Capture, capture};
use agent_trace::{agent_span, llm_call};
use opentelemetry::trace::TraceId;

use super::{TRACE, extracted};

#[agent_span(name = "detached", new_trace)]
fn detached() {
    model();
}

#[llm_call(provider = "acme", model = "m")]
fn model() {}

#[agent_span(name = "dispatcher", conversation = "conv-9")]
fn dispatcher() {
    detached();
}

#[test]
fn a_new_trace_is_a_linked_root_that_keeps_the_conversation() {
    for activation in [true, false] {
        let captured = Capture::new()
            .with_context_activation(activation)
            .run(dispatcher);
        let spans = &captured.spans;
        let dispatcher = spans.find("invoke_agent dispatcher");
        let detached = spans.find("invoke_agent detached");
        assert_eq!(detached.parent(), None);
        assert_ne!(detached.trace_id(), dispatcher.trace_id());
        let links = detached.links_of("triggered_by");
        assert_eq!(links.len(), 1, "activation {activation}");
        assert_eq!(links[0].span_id(), dispatcher.id());
        detached.assert_attr("gen_ai.conversation.id", "conv-9");

        let model = spans.find("chat m");
        assert_eq!(model.parent(), Some(detached.id()));
        assert_eq!(model.trace_id(), detached.trace_id());
        model.assert_attr("gen_ai.conversation.id", "conv-9");
        // It is not the dispatcher's own work.
        dispatcher.assert_attr("agent_trace.subtree.inference_calls", 0);
    }
}

#[test]
fn a_new_trace_with_nothing_around() {
    let captured = capture(detached);
    let detached = captured.spans.find("invoke_agent detached");
    assert_eq!(detached.parent(), None);
    assert!(detached.links().is_empty());
}

#[test]
fn a_new_trace_in_a_remote_one() {
    let captured = capture(|| {
        let _attached = extracted().attach();
        detached();
    });
    let detached = captured.spans.find("invoke_agent detached");
    assert_ne!(detached.trace_id(), TraceId::from(TRACE));
    assert_eq!(detached.links_of("triggered_by").len(), 1);
    assert_eq!(detached.links()[0].trace_id(), TraceId::from(TRACE));
}
