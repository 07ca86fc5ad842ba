//! What `agent_trace::testing` captures, prints and asserts.

#![cfg(feature = "testing")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use agent_trace::testing::{Capture, Recorder, Spans, TestClock, capture, capture_async};
use opentelemetry::trace::{
    SpanContext, SpanId, SpanKind, TraceContextExt as _, TraceFlags, TraceId, TraceState,
};
use opentelemetry::{Array, Context, KeyValue, Value};
use opentelemetry_sdk::trace::{Sampler, SamplingDecision, SamplingResult, ShouldSample};
use tracing::instrument::WithSubscriber as _;
use tracing::{Instrument as _, info, info_span};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

fn failure(block: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(block)).expect_err("no panic");
    payload
        .downcast_ref::<String>()
        .cloned()
        .expect("a formatted message")
}

fn remote(trace: u128, span: u64) -> SpanContext {
    SpanContext::new(
        TraceId::from(trace),
        SpanId::from(span),
        TraceFlags::SAMPLED,
        true,
        TraceState::default(),
    )
}

fn two_spans() -> Spans {
    capture(|| {
        let agent = info_span!("agent", otel.kind = "server");
        agent.in_scope(|| {
            let tool = info_span!("tool", text = "it's", int = 1, double = 1.0, yes = true);
            tool.set_attribute(
                "list",
                Value::Array(Array::String(vec!["a".into(), "b".into()])),
            );
            tool.in_scope(|| info!(left = 2, "half way"));
        });
    })
    .spans
}

#[test]
fn text_shows_types_and_structure() {
    assert_eq!(
        two_spans().tree(),
        r#"agent [server]
  tool [internal]
      double = 1.0
      int = 1
      list = ["a", "b"]
      text = "it's"
      yes = true
      event "half way"
          left = 2
          level = "INFO"
"#
    );
}

#[test]
fn text_shows_links_errors_ids_and_times() {
    let captured = capture(|| {
        let first = info_span!("first");
        first.set_attribute("otel.ignored", "by nobody");
        first.add_link_with_attributes(
            remote(9, 0xab),
            vec![KeyValue::new("agent_trace.link.type", "handoff")],
        );
        first.in_scope(|| Context::current().span().update_name("first\n"));
        let second = info_span!(
            "second",
            otel.status_code = "error",
            otel.status_description = "no \"luck\""
        );
        second.follows_from(&first);
        second.in_scope(|| ());
    });

    assert_eq!(
        captured.spans.snapshot().ids().times().to_string(),
        r#"first\n [internal, trace 1, span 1] 0..1ms
    otel.ignored = "by nobody"
    link -> span ab (not captured)
        agent_trace.link.type = "handoff"
second [internal, error "no \"luck\"", trace 2, span 2] 2..3ms
    link -> first\n
"#
    );
    assert_eq!(captured.spans.find("first\n").links_of("handoff").len(), 1);
    assert_eq!(captured.spans.find("first\n").links_of("fan_in").len(), 0);
}

#[test]
fn text_says_where_a_parent_is() {
    let captured = capture(|| {
        let served = info_span!("served");
        served
            .set_parent(Context::new().with_remote_span_context(remote(7, 0x1f)))
            .expect("a parent");
        served.in_scope(|| ());
        let open = info_span!("open");
        open.in_scope(|| info_span!("closed").in_scope(|| ()));
        open
    });

    assert_eq!(
        captured.spans.tree(),
        "served [internal, remote parent 1f]\nclosed [internal, parent not captured: 2]\n"
    );
    assert!(captured.spans.find("served").has_remote_parent());
    assert_eq!(captured.unfinished(), 1);
}

#[test]
fn choices_of_what_is_shown() {
    let spans = two_spans();

    assert_eq!(spans.outline(), "agent [server]\n  tool [internal]\n");
    assert_eq!(
        spans.snapshot().only(["int", "li*"]).to_string(),
        "agent [server]\n  tool [internal]\n      int = 1\n      list = [\"a\", \"b\"]\n      event \"half way\"\n"
    );
    let target = spans
        .snapshot()
        .keep(["target"])
        .skip(["te*", "int", "double", "yes", "l*"])
        .to_string();
    assert_eq!(
        target,
        "agent [server]\n    target = \"testing\"\n  tool [internal]\n      target = \"testing\"\n      \
         event \"half way\"\n          target = \"testing\"\n"
    );
    assert!(
        spans
            .snapshot()
            .keep(["code.*"])
            .to_string()
            .contains("code.line.number = ")
    );
}

#[test]
fn fixed_times_follow_the_real_order_of_starts_events_and_ends() {
    let captured = capture(|| {
        let late = info_span!("late");
        info_span!("early").in_scope(|| info!("seen"));
        late.in_scope(|| ());
        std::thread::sleep(Duration::from_millis(2));
        info_span!("last").in_scope(|| ());
        // The layer ends a span at its last exit: closing it here changes nothing.
        drop(late);
    });

    assert_eq!(
        captured.spans.snapshot().only(["none"]).times().to_string(),
        "late [internal] 0..4ms\nearly [internal] 1..3ms\n    event \"seen\" 2ms\nlast [internal] 5..6ms\n"
    );
    let late = captured.spans.find("late");
    let four = Duration::from_millis(4);
    assert_eq!(
        (late.start(), late.end(), late.duration()),
        (Duration::ZERO, four, four)
    );
}

#[test]
fn the_clock_is_found_through_the_dispatcher() {
    let now = || {
        tracing::dispatcher::get_default(|found| {
            found.downcast_ref::<TestClock>().map(TestClock::now)
        })
    };
    let tick = Duration::from_millis(1);

    assert_eq!(
        capture(|| [now(), now(), now()]).value,
        [Some(tick), Some(2 * tick), Some(3 * tick)]
    );
    let wrapped = Capture::new()
        .otel_layer(|layer| tracing_subscriber::reload::Layer::new(layer).0)
        .layer(tracing_subscriber::filter::LevelFilter::INFO)
        .run(now);
    assert_eq!(wrapped.value, Some(tick));
    assert!(Capture::new().real_clock().run(now).value.expect("a clock") < Duration::from_secs(60));
    assert_eq!(now(), None);
}

#[test]
fn times_measured_by_the_real_clock_are_not_shown() {
    let block = || info_span!("chat", gen_ai.response.time_to_first_chunk = 0.25).in_scope(|| ());

    assert!(
        capture(block)
            .spans
            .tree()
            .contains("time_to_first_chunk = 0.25\n")
    );
    assert!(
        Capture::new()
            .real_clock()
            .run(block)
            .spans
            .tree()
            .contains("time_to_first_chunk = <seconds>\n")
    );
}

#[test]
fn spans_are_found_by_name_and_family() {
    let spans = two_spans();
    let (agent, tool) = (spans.find("agent"), spans.find("tool"));

    assert_eq!(agent.kind(), SpanKind::Server);
    assert_eq!(
        (spans.len(), spans.roots().len(), spans.named("tool").len()),
        (2, 1, 1)
    );
    assert_eq!(spans.children(agent)[0].id(), tool.id());
    assert_eq!(spans.parent(tool).map(|span| span.id()), Some(agent.id()));
    assert_eq!((tool.parent(), agent.parent()), (Some(agent.id()), None));
    assert_eq!(spans.path(tool), "agent > tool");
    assert_eq!(tool.strs("list"), Some(vec!["a", "b"]));
    assert_eq!((tool.str("text"), tool.int("int")), (Some("it's"), Some(1)));
    assert_eq!(
        (tool.double("double"), tool.bool("yes"), tool.bool("no")),
        (Some(1.0), Some(true), None)
    );
    assert_eq!(
        tool.event("half way").and_then(|event| event.int("left")),
        Some(2)
    );

    let missing = failure(|| {
        let _ = spans.find("chat");
    });
    assert_eq!(
        missing,
        "no span `chat`; there are:\nagent [server]\n  tool [internal]\n"
    );
    let many = failure(|| {
        let _ = spans.only();
    });
    assert_eq!(
        many,
        "2 spans, expected one; there are:\nagent [server]\n  tool [internal]\n"
    );
}

#[test]
fn assertions_say_what_there_is_instead() {
    let spans = two_spans();
    let tool = spans.find("tool");
    tool.assert_attr("int", 1)
        .assert_attr("double", 1.0)
        .assert_attr("list", ["a", "b"])
        .assert_unset();

    let message = failure(|| {
        tool.assert_attr("int", "1");
    });
    assert_eq!(
        message,
        "span `tool`: attribute `int` is 1 (int), expected \"1\" (string)"
    );
    let message = failure(|| {
        tool.assert_attr("intt", 1);
    });
    assert!(
        message.starts_with("span `tool` has no attribute `intt`, expected 1; it has:\n"),
        "{message}"
    );
    assert!(message.contains("\ntext = \"it's\"\n"), "{message}");
    let message = failure(|| {
        tool.assert_no_attr("yes");
    });
    assert_eq!(
        message,
        "span `tool` has attribute `yes` = true, expected none"
    );
    let message = failure(|| {
        let _ = tool.str("int");
    });
    assert_eq!(message, "attribute `int` is not a string: it is 1 (int)");
    let message = failure(|| {
        tool.assert_error("timeout");
    });
    assert!(
        message.starts_with("span `tool` has status Unset, expected an error"),
        "{message}"
    );
}

#[test]
fn a_key_written_twice_is_seen() {
    let captured = capture(|| {
        let span = info_span!("work", tokens = 1, once = 1);
        span.in_scope(|| ());
        span.record("tokens", 2);
    });
    let span = captured.spans.only();

    assert_eq!(span.keys_duplicated(), ["tokens"]);
    assert!(
        captured
            .spans
            .tree()
            .contains("    tokens = 1\n    tokens = 2\n")
    );
    let message = failure(|| {
        span.assert_attr("tokens", 1);
    });
    assert!(
        message.starts_with("span `work` has attribute `tokens` more than once"),
        "{message}"
    );
}

#[test]
fn errors_are_asserted_with_their_type() {
    let captured = capture(|| {
        info_span!("work", otel.status_code = "error", error.type = "timeout").in_scope(|| ());
    });
    let span = captured.spans.only().assert_error("timeout");

    assert_eq!(span.error(), Some(""));
    let message = failure(|| {
        span.assert_unset();
    });
    assert!(message.contains("expected unset"), "{message}");
}

#[test]
fn captures_nest_and_do_not_see_each_other() {
    let outer = capture(|| {
        info_span!("outer").in_scope(|| {
            let inner = capture(|| info_span!("inner").in_scope(|| ()));
            info_span!("after").in_scope(|| ());
            inner
        })
    });

    assert_eq!(
        outer.spans.outline(),
        "outer [internal]\n  after [internal]\n"
    );
    let inner = outer.value.spans;
    assert_eq!(inner.outline(), "inner [internal]\n");
    assert_eq!(
        (inner.only().trace_id(), inner.only().id()),
        (TraceId::from(1), SpanId::from(1))
    );
}

#[test]
fn captures_on_many_threads_give_the_same_text() {
    let expected = two_spans().tree();
    let threads: Vec<_> = (0..8)
        .map(|_| std::thread::spawn(|| two_spans().tree()))
        .collect();

    for thread in threads {
        assert_eq!(thread.join().expect("no panic"), expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn futures_keep_their_subscriber_across_awaits_and_spawns() {
    let captured = capture_async(async {
        let agent = info_span!("agent");
        async {
            tokio::time::sleep(Duration::from_millis(1)).await;
            let task = async { info_span!("spawned").in_scope(|| ()) };
            tokio::spawn(task.in_current_span().with_current_subscriber())
                .await
                .expect("no panic");
            tokio::spawn(async { info_span!("lost").in_scope(|| ()) })
                .await
                .expect("no panic");
        }
        .instrument(agent)
        .await;
        "done"
    })
    .await;

    assert_eq!(captured.value, "done");
    assert_eq!(
        captured.spans.outline(),
        "agent [internal]\n  spawned [internal]\n"
    );
}

#[tokio::test]
async fn a_captured_future_is_outside_the_spans_around_it() {
    let outer = Recorder::new();
    let inner = outer
        .run_async(async {
            capture_async(async { info_span!("inner").in_scope(|| ()) })
                .instrument(info_span!("outer"))
                .await
        })
        .await;

    assert_eq!(inner.spans.outline(), "inner [internal]\n");
    assert_eq!(outer.spans().outline(), "outer [internal]\n");
}

#[test]
fn a_recorder_works_from_any_thread_and_can_be_cleared() {
    let recorder = Recorder::new();
    recorder.run(|| info_span!("set-up").in_scope(|| ()));
    recorder.clear();
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let recorder = recorder.clone();
            std::thread::spawn(move || recorder.run(|| info_span!("work").in_scope(|| ())))
        })
        .collect();
    for thread in threads {
        thread.join().expect("no panic");
    }

    assert_eq!(recorder.spans().named("work").len(), 4);
    assert_eq!((recorder.spans().len(), recorder.unfinished()), (4, 0));
}

#[test]
fn a_panic_inside_is_passed_on_and_the_span_is_kept() {
    let recorder = Recorder::new();
    let result = catch_unwind(AssertUnwindSafe(|| {
        recorder.run(|| info_span!("work").in_scope(|| std::panic::resume_unwind(Box::new(7))));
    }));

    assert_eq!(result.expect_err("a panic").downcast_ref::<i32>(), Some(&7));
    assert_eq!(recorder.spans().names(), ["work"]);
}

#[test]
fn settings_of_the_layer_and_the_provider_arrive() {
    let block =
        || info_span!("outer").in_scope(|| Context::current().span().span_context().is_valid());

    assert!(Capture::new().run(block).value);
    assert!(
        !Capture::new()
            .with_context_activation(false)
            .run(block)
            .value
    );
    assert!(
        Capture::new()
            .sampler(Sampler::AlwaysOff)
            .run(block)
            .spans
            .is_empty()
    );
    let recorder = Capture::new().trimmed().recorder();
    recorder.run(block);
    assert!(recorder.spans().only().attributes().is_empty());
    assert_eq!(recorder.spans().only().scope(), "agent_trace::testing");
}

#[test]
fn spans_that_are_recorded_and_not_sampled_are_left_out() {
    #[derive(Clone, Debug)]
    struct RecordOnly;

    impl ShouldSample for RecordOnly {
        fn should_sample(
            &self,
            _: Option<&Context>,
            _: TraceId,
            _: &str,
            _: &SpanKind,
            _: &[KeyValue],
            _: &[opentelemetry::trace::Link],
        ) -> SamplingResult {
            let (decision, trace_state) = (SamplingDecision::RecordOnly, TraceState::default());
            SamplingResult {
                decision,
                attributes: Vec::new(),
                trace_state,
            }
        }
    }

    let captured = Capture::new()
        .sampler(RecordOnly)
        .run(|| info_span!("work").in_scope(|| ()));

    assert!(captured.spans.is_empty());
    assert_eq!(captured.unfinished(), 0);
}
