//! What `TreeExporter` prints, and when.

#![cfg(feature = "tree")]

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use agent_trace::exporter::TreeExporter;
use opentelemetry::trace::{
    Event, Link, SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState,
    Tracer as _, TracerProvider as _,
};
use opentelemetry::{Array, InstrumentationScope, KeyValue, Value};
use opentelemetry_sdk::error::OTelSdkError;
use opentelemetry_sdk::trace::{SdkTracerProvider, SpanData, SpanEvents, SpanExporter, SpanLinks};

#[derive(Clone, Default)]
struct Screen(Arc<Mutex<Vec<u8>>>);

impl Screen {
    /// What has been printed since the last call.
    fn take(&self) -> String {
        let bytes = std::mem::take(&mut *self.0.lock().expect("lock"));
        String::from_utf8(bytes).expect("UTF-8")
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn exporter() -> (TreeExporter, Screen) {
    let screen = Screen::default();
    (TreeExporter::new(screen.clone()).with_colour(false), screen)
}

fn export(exporter: &TreeExporter, spans: impl IntoIterator<Item = Made>) {
    let batch = spans.into_iter().map(|made| made.0).collect();
    block_on(exporter.export(batch)).expect("printed");
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime")
        .block_on(future)
}

fn context(trace: u128, span: u64, remote: bool) -> SpanContext {
    let (trace, span) = (TraceId::from(trace), SpanId::from(span));
    SpanContext::new(
        trace,
        span,
        TraceFlags::SAMPLED,
        remote,
        TraceState::default(),
    )
}

/// A span that is made up, in trace 1.
#[derive(Clone)]
struct Made(SpanData);

/// From and to are milliseconds.
fn span(id: u64, parent: u64, name: &str, from: u64, to: u64) -> Made {
    let at = |millis| UNIX_EPOCH + Duration::from_millis(1_767_225_600_000 + millis);
    Made(SpanData {
        span_context: context(1, id, false),
        parent_span_id: SpanId::from(parent),
        parent_span_is_remote: false,
        span_kind: SpanKind::Internal,
        name: name.to_owned().into(),
        start_time: at(from),
        end_time: at(to),
        attributes: Vec::new(),
        dropped_attributes_count: 0,
        events: SpanEvents::default(),
        links: SpanLinks::default(),
        status: Status::Unset,
        instrumentation_scope: InstrumentationScope::builder("test").build(),
    })
}

impl Made {
    fn with(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.0.attributes.push(KeyValue::new(key, value));
        self
    }

    fn operation(self, operation: &'static str) -> Self {
        self.with("gen_ai.operation.name", operation)
    }

    fn usage(self, input: i64, output: i64) -> Self {
        self.with("gen_ai.usage.input_tokens", input)
            .with("gen_ai.usage.output_tokens", output)
    }

    fn failed(mut self, error_type: &'static str, message: &'static str) -> Self {
        self.0.status = Status::error(message);
        self.with("error.type", error_type)
    }

    fn link(mut self, kind: &'static str, trace: u128, span: u64) -> Self {
        let attributes = vec![KeyValue::new("agent_trace.link.type", kind)];
        self.0
            .links
            .links
            .push(Link::new(context(trace, span, false), attributes, 0));
        self
    }

    fn finish_reasons(self, reasons: &[&'static str]) -> Self {
        let reasons = reasons.iter().map(|reason| (*reason).into()).collect();
        self.with(
            "gen_ai.response.finish_reasons",
            Value::Array(Array::String(reasons)),
        )
    }

    fn remote_parent(mut self) -> Self {
        self.0.parent_span_is_remote = true;
        self
    }

    fn in_trace(mut self, trace: u128) -> Self {
        self.0.span_context = context(trace, span_id(&self), false);
        self
    }
}

fn span_id(made: &Made) -> u64 {
    u64::from_be_bytes(made.0.span_context.span_id().to_bytes())
}

/// A run of a research agent, in the order in which its spans end.
fn research() -> Vec<Made> {
    let chat = |id, parent, model: &'static str, from, to| {
        span(id, parent, &format!("chat {model}"), from, to)
            .operation("chat")
            .with("gen_ai.request.model", model)
    };
    let agent = |id, parent, name: &'static str, from, to| {
        span(id, parent, &format!("invoke_agent {name}"), from, to)
            .operation("invoke_agent")
            .with("gen_ai.agent.name", name)
    };
    let tool = |id, parent, from, to| {
        span(id, parent, "execute_tool web_search", from, to)
            .operation("execute_tool")
            .with("gen_ai.tool.name", "web_search")
    };
    let mut scored = chat(21, 20, "gpt-4o", 2_130, 3_390)
        .usage(2_917, 611)
        .with("gen_ai.response.time_to_first_chunk", 0.31)
        .with("gen_ai.usage.cost", 0.0134)
        .finish_reasons(&["stop"]);
    scored.0.events.events.push(Event::new(
        "gen_ai.evaluation.result",
        scored.0.end_time,
        vec![
            KeyValue::new("gen_ai.evaluation.name", "groundedness"),
            KeyValue::new("gen_ai.evaluation.score.value", 0.92),
        ],
        0,
    ));
    vec![
        chat(3, 2, "gpt-4o-mini", 5, 310).usage(812, 96).with("gen_ai.usage.cost", 0.0002).finish_reasons(&["stop"]),
        span(2, 1, "plan planner", 3, 312).operation("plan").with("gen_ai.agent.name", "planner").usage(812, 96),
        span(5, 4, "embeddings text-embedding-3-small", 321, 366)
            .operation("embeddings")
            .with("gen_ai.usage.input_tokens", 12),
        span(31, 6, "POST", 371, 402).with("url.full", "http://127.0.0.1:41234/search").with("http.response.status_code", 200),
        span(6, 4, "retrieval papers", 370, 410).operation("retrieval"),
        tool(11, 10, 330, 830).failed("timeout", "no answer in 500 ms"),
        chat(7, 4, "gpt-4o", 412, 1_310)
            .usage(1_204, 340)
            .with("gen_ai.usage.cache_read.input_tokens", 1_024)
            .with("gen_ai.response.model", "gpt-4o-2024-08-06")
            .with("gen_ai.usage.cost", 0.0041)
            .finish_reasons(&["tool_call"]),
        agent(4, 1, "searcher-1", 320, 1_312).usage(1_216, 340),
        tool(12, 10, 850, 1_010).link("retry_of", 1, 11),
        tool(16, 15, 640, 690).with("agent_trace.outcome", "expected"),
        chat(14, 13, "gpt-4o", 340, 620)
            .failed("rate_limit_exceeded", "Rate limit reached for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000"),
        chat(17, 15, "gpt-4o", 700, 1_900)
            .usage(980, 220)
            .with("gen_ai.usage.reasoning.output_tokens", 128)
            .with("agent_trace.usage.incomplete", true)
            .with("agent_trace.outcome", "abandoned")
            .link("retry_of", 1, 14),
        span(15, 13, "attempt{n=2}", 630, 1_905),
        agent(13, 1, "searcher-3", 322, 1_910).usage(980, 220),
        chat(18, 10, "gpt-4o", 1_020, 2_100).failed("cancelled", "").with("agent_trace.outcome", "cancelled"),
        agent(10, 1, "searcher-2", 321, 2_101).failed("cancelled", "").with("agent_trace.outcome", "cancelled"),
        scored,
        agent(20, 1, "writer", 2_110, 3_395)
            .usage(2_917, 611)
            .link("fan_in", 1, 4)
            .link("fan_in", 1, 10)
            .link("fan_in", 1, 13),
        span(1, 0, "invoke_workflow research_desk", 0, 3_400)
            .operation("invoke_workflow")
            .with("gen_ai.workflow.name", "research_desk")
            .with("agent_trace.subtree.input_tokens", 5_925)
            .with("agent_trace.subtree.output_tokens", 1_267),
    ]
}

const RESEARCH: &str = "\
trace 00000000000000000000000000000001 · 19 spans · 4 failed · 5,925→1,267 tokens · $0.0177
invoke_workflow research_desk             3.40s ━━━━━━━━━━━━ 5,925→1,267
├─ plan planner                           309ms ━━             812→96
│  └─ chat gpt-4o-mini                    305ms ━━             812→96     $0.0002
├─ invoke_agent searcher-1                992ms  ━━━━        1,216→340
│  ├─ embeddings text-embedding-3-small    45ms  ━              12→
│  ├─ retrieval papers                     40ms  ━
│  │  └─ POST                              31ms  ━                        http://127.0.0.1:41234/search · 200
│  └─ chat gpt-4o                         898ms  ━━━━        1,204→340    tool_call · 1,024 cached · $0.0041
├─ invoke_agent searcher-2                1.78s  ━━━━━━━                  ✗ cancelled
│  ├─ execute_tool web_search             500ms  ━━                       ✗ timeout: no answer in 500 ms
│  ├─ execute_tool web_search             160ms    ━                      ↻ retry of web_search
│  └─ chat gpt-4o                         1.08s    ━━━━━                  ✗ cancelled
├─ invoke_agent searcher-3                1.58s  ━━━━━━        980→220
│  ├─ chat gpt-4o                         280ms  ━━                       ✗ rate_limit_exceeded: Rate limit reached for gpt-4o in organization org-…
│  └─ attempt{n=2}                        1.27s   ━━━━━
│     ├─ execute_tool web_search           50ms   ━                       expected
│     └─ chat gpt-4o                      1.20s   ━━━━━        980→220    abandoned · usage incomplete · ↻ retry of chat gpt-4o · 128 reasoning
└─ invoke_agent writer                    1.28s        ━━━━━ 2,917→611    ⤶ fan-in of searcher-1, searcher-2, searcher-3
   └─ chat gpt-4o                         1.26s        ━━━━━ 2,917→611    first chunk 310ms · groundedness 0.92 · $0.0134

";

#[test]
fn a_run_of_an_agent() {
    let (exporter, screen) = exporter();
    for made in research() {
        assert_eq!(screen.take(), "");
        export(&exporter, [made]);
    }
    let tree = screen.take();
    assert_eq!(tree, RESEARCH);
}

#[test]
fn the_example_in_the_documentation() {
    let tool = |id, from, to| {
        span(id, 1, "execute_tool web_search", from, to)
            .operation("execute_tool")
            .with("gen_ai.tool.name", "web_search")
    };
    let (exporter, screen) = exporter();
    export(
        &exporter,
        [
            tool(2, 5, 205).failed("timeout", "no answer in 200 ms"),
            tool(3, 210, 330).link("retry_of", 1, 2),
            span(4, 1, "chat gpt-4o", 335, 1_240)
                .operation("chat")
                .usage(812, 96)
                .with("gen_ai.response.time_to_first_chunk", 0.31),
            span(1, 0, "invoke_agent researcher", 0, 1_250)
                .operation("invoke_agent")
                .with("gen_ai.agent.name", "researcher")
                .usage(812, 96),
        ],
    );

    let printed = screen.take();
    let documented: String = include_str!("../src/exporter/tree.rs")
        .lines()
        .skip_while(|line| *line != "/// ```text")
        .skip(1)
        .take_while(|line| *line != "/// ```")
        .map(|line| format!("{}\n", line.trim_start_matches("/// ")))
        .collect();
    assert_eq!(printed, format!("{documented}\n"));
}

fn only_spans(tree: &str) -> Vec<&str> {
    tree.lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn a_trace_waits_for_its_local_root() {
    let (exporter, screen) = exporter();
    export(
        &exporter,
        [
            span(3, 2, "grandchild", 20, 30),
            span(9, 0, "other", 0, 5).in_trace(2),
        ],
    );
    assert_eq!(
        screen.take(),
        "trace 00000000000000000000000000000002 · 1 span\nother   5.0ms ━━━━━━━━━━━━\n\n"
    );
    export(&exporter, [span(4, 1, "second child", 50, 90)]);
    export(&exporter, [span(2, 1, "first child", 10, 40)]);
    assert_eq!(screen.take(), "");
    export(&exporter, [span(1, 0, "root", 0, 100)]);

    assert_eq!(
        screen.take(),
        "trace 00000000000000000000000000000001 · 4 spans
root               100ms ━━━━━━━━━━━━
├─ first child      30ms  ━━━━
│  └─ grandchild    10ms   ━━
└─ second child     40ms       ━━━━━

"
    );
    exporter.force_flush().expect("flushed");
    assert_eq!(screen.take(), "");
}

#[test]
fn a_batch_may_have_its_spans_in_any_order_and_of_many_traces() {
    let (exporter, screen) = exporter();
    export(
        &exporter,
        [
            span(1, 0, "a", 0, 9),
            span(1, 0, "b", 0, 9).in_trace(2),
            span(2, 1, "beneath a", 1, 2),
            span(2, 1, "beneath b", 1, 2).in_trace(2),
        ],
    );

    let printed = screen.take();
    let traces: Vec<_> = printed
        .split("\n\n")
        .filter(|trace| !trace.is_empty())
        .map(only_spans)
        .collect();
    assert_eq!(traces.len(), 2);
    assert!(traces[0][0].starts_with("a ") && traces[0][1].starts_with("└─ beneath a"));
    assert!(traces[1][0].starts_with("b ") && traces[1][1].starts_with("└─ beneath b"));
}

#[test]
fn a_root_with_a_remote_parent_is_a_root() {
    let (exporter, screen) = exporter();
    export(
        &exporter,
        [
            span(3, 2, "work", 0, 10),
            span(2, 0xf1, "serve", 0, 10).remote_parent(),
        ],
    );

    assert_eq!(
        screen.take(),
        "trace 00000000000000000000000000000001 · from span 00000000000000f1 in another process · 2 spans
serve      10ms ━━━━━━━━━━━━
└─ work    10ms ━━━━━━━━━━━━

"
    );
}

#[test]
fn a_server_in_the_same_batch_as_its_client_is_beneath_it() {
    let (exporter, screen) = exporter();
    export(
        &exporter,
        [
            span(3, 2, "serve", 2, 8).remote_parent(),
            span(2, 1, "POST", 1, 9),
            span(1, 0, "root", 0, 10),
        ],
    );

    let printed = screen.take();
    let names: Vec<_> = only_spans(&printed)
        .iter()
        .map(|line| line.split("  ").next())
        .collect();
    assert_eq!(
        printed.lines().next(),
        Some("trace 00000000000000000000000000000001 · 3 spans")
    );
    assert_eq!(names.len(), 3);
    assert!(
        only_spans(&printed)[2].starts_with("   └─ serve"),
        "{printed}"
    );
}

#[test]
fn spans_that_end_after_their_root_follow_as_a_continuation() {
    let (exporter, screen) = exporter();
    export(
        &exporter,
        [span(2, 1, "agent", 0, 4), span(1, 0, "root", 0, 5)],
    );
    screen.take();
    export(&exporter, [span(4, 3, "inner", 6, 7)]);
    assert_eq!(screen.take(), "");
    export(&exporter, [span(3, 2, "background", 3, 9)]);

    assert_eq!(
        screen.take(),
        "trace 00000000000000000000000000000001 · continued · 2 spans
⋯ agent
└─ background   6.0ms ━━━━━━━━━━━━
   └─ inner     1.0ms       ━━

"
    );
    exporter.shutdown().expect("flushed");
    assert_eq!(screen.take(), "");
}

#[test]
fn flush_and_shutdown_print_what_is_left_and_say_that_it_is_incomplete() {
    let (exporter, screen) = exporter();
    export(
        &exporter,
        [
            span(3, 2, "a", 0, 4),
            span(4, 2, "b", 4, 8),
            span(6, 5, "c", 8, 9),
        ],
    );
    exporter.force_flush().expect("flushed");

    assert_eq!(
        screen.take(),
        "trace 00000000000000000000000000000001 · incomplete: flushed before its root ended · 3 spans
⋯ span 0000000000000002, not ended
├─ a   4.0ms ━━━━━━
└─ b   4.0ms      ━━━━━━
⋯ span 0000000000000005, not ended
└─ c   1.0ms           ━━

"
    );
    // The rest comes when it ends, under its root.
    export(&exporter, [span(2, 1, "late parent", 0, 10)]);
    assert_eq!(screen.take(), "");
    exporter.shutdown().expect("flushed");
    assert!(screen.take().contains("incomplete"));

    assert!(matches!(
        block_on(exporter.export(vec![span(1, 0, "x", 0, 1).0])),
        Err(OTelSdkError::AlreadyShutdown)
    ));
    assert!(matches!(
        exporter.force_flush(),
        Err(OTelSdkError::AlreadyShutdown)
    ));
    assert!(matches!(
        exporter.shutdown(),
        Err(OTelSdkError::AlreadyShutdown)
    ));
    assert_eq!(screen.take(), "");
}

#[test]
fn the_buffer_is_bounded_in_traces() {
    let (exporter, screen) = exporter();
    let exporter = exporter.with_limits(2, 100);
    export(&exporter, [span(2, 1, "first", 0, 1).in_trace(1)]);
    export(&exporter, [span(2, 1, "second", 0, 1).in_trace(2)]);
    assert_eq!(screen.take(), "");
    export(&exporter, [span(2, 1, "third", 0, 1).in_trace(3)]);

    let printed = screen.take();
    assert!(printed.starts_with(
        "trace 00000000000000000000000000000001 · incomplete: too much to hold until its root ends · 1 span\n"
    ));
    assert!(printed.contains("└─ first ") && !printed.contains("second"));
}

#[test]
fn the_buffer_is_bounded_in_spans() {
    let (exporter, screen) = exporter();
    let exporter = exporter.with_limits(10, 100);
    for id in 0..1_000 {
        export(&exporter, [span(id + 10, 1, "loop", id, id + 1)]);
    }
    let printed = screen.take();
    assert_eq!(printed.matches("incomplete: too much").count(), 9);
    assert_eq!(printed.matches("─ loop ").count(), 909);
    export(&exporter, [span(1, 0, "root", 0, 1_000)]);
    assert_eq!(screen.take().matches("─ loop ").count(), 91);
}

#[test]
fn links_name_what_they_point_to_wherever_it_is() {
    let (exporter, screen) = exporter();
    export(
        &exporter,
        [span(1, 0, "invoke_agent earlier", 0, 1).in_trace(2)],
    );
    screen.take();
    let linked = span(2, 1, "work", 1, 2)
        .link("handoff", 2, 1)
        .link(
            "triggered_by",
            0xabcd_ef01_2345_6789_abcd_ef01_2345_6789,
            0xfe,
        )
        .link("resumed_from", 1, 0xfd)
        .link("fan_in", 1, 3)
        .link("fan_in", 1, 3)
        .link("something", 1, 1);
    export(
        &exporter,
        [linked, span(3, 1, "other", 1, 2), span(1, 0, "root", 0, 3)],
    );

    let printed = screen.take();
    assert!(
        printed.contains(
            "━━━━      ← handed off by earlier (trace 00000000) · ← triggered by span 00000000000000fe (trace abcdef01) · \
             ← resumed from span 00000000000000fd · ⤶ fan-in of other ×2 · ← something root\n"
        ),
        "{printed}"
    );
}

#[test]
fn names_cannot_move_the_cursor_and_are_cut() {
    let (exporter, screen) = exporter();
    let nasty = span(1, 0, &format!("a\x1b[2J\r{}", "very ".repeat(20)), 0, 1)
        .failed("x\ny", "\u{202e}evil\x07")
        .with("gen_ai.operation.name", "chat")
        .with("gen_ai.request.model", "m\x1b]0;title\x07");
    export(&exporter, [nasty]);

    let printed = screen.take();
    assert!(
        printed
            .chars()
            .all(|character| character == '\n' || !character.is_control()),
        "{printed:?}"
    );
    assert!(
        printed.contains("a\\u{1b}[2J\\rvery very very very very very very very…   1.0ms"),
        "{printed}"
    );
    assert!(
        printed.contains("✗ x\\ny: \\u{202e}evil\\u{7}"),
        "{printed}"
    );
}

#[test]
fn colours_are_asked_for_and_leave_the_text_alone() {
    let (plain, coloured) = (Screen::default(), Screen::default());
    let exporters = [
        TreeExporter::new(plain.clone()).with_colour(false),
        TreeExporter::new(coloured.clone()).with_colour(true),
    ];
    for exporter in exporters {
        export(&exporter, research());
    }

    let coloured = coloured.take();
    assert!(
        coloured.contains("\x1b[31m✗ timeout: no answer in 500 ms\x1b[0m"),
        "{coloured}"
    );
    assert!(coloured.contains("\x1b[1minvoke_agent writer\x1b[0m"));
    let mut text = String::new();
    for (number, part) in coloured.split('\x1b').enumerate() {
        text.push_str(if number == 0 {
            part
        } else {
            part.split_once('m').expect("a colour").1
        });
    }
    assert_eq!(text, plain.take());
}

#[test]
fn the_timeline_can_be_left_out() {
    let screen = Screen::default();
    let exporter = TreeExporter::new(screen.clone())
        .with_colour(false)
        .with_timeline(false);
    export(
        &exporter,
        [
            span(2, 1, "chat", 0, 1).usage(5, 7),
            span(1, 0, "root", 0, 1_500),
        ],
    );

    assert_eq!(
        screen.take(),
        "trace 00000000000000000000000000000001 · 2 spans · 5→7 tokens\nroot      1.50s\n└─ chat   1.0ms 5→7\n\n"
    );
}

#[test]
fn both_processors_and_many_threads_print_whole_trees() {
    let (simple, batch) = (Screen::default(), Screen::default());
    let provider = SdkTracerProvider::builder()
        .with_simple_exporter(TreeExporter::new(simple.clone()).with_colour(false))
        .with_batch_exporter(TreeExporter::new(batch.clone()).with_colour(false))
        .build();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let tracer = provider.tracer("threads");
            scope.spawn(move || {
                for _ in 0..50 {
                    tracer.in_span("root", |_| tracer.in_span("child", |_| ()));
                }
            });
        }
    });
    provider.shutdown().expect("flushed");

    for printed in [simple.take(), batch.take()] {
        let trees: Vec<_> = printed.split_terminator("\n\n").collect();
        assert_eq!(trees.len(), 200);
        for tree in trees {
            let lines: Vec<_> = tree.lines().collect();
            assert!(lines[0].ends_with(" · 2 spans"), "{tree}");
            assert!(
                lines[1].starts_with("root ") && lines[2].starts_with("└─ child "),
                "{tree}"
            );
        }
    }
}

#[test]
fn deep_and_strange_traces_do_no_harm() {
    let (exporter, screen) = exporter();
    let chain = (1..=5_000).map(|id| span(id, id - 1, "deeper", id, 10_000 - id));
    export(&exporter, chain);
    let printed = screen.take();
    assert_eq!(printed.lines().count(), 5_002);
    assert!(printed.len() < 2_000_000, "{}", printed.len());

    // A span that is its own parent, two that are each other's, an end before the start.
    export(
        &exporter,
        [
            span(1, 1, "own parent", 0, 1).in_trace(2),
            span(2, 3, "one", 0, 1).in_trace(3),
            span(3, 2, "two", 9, 1).in_trace(3),
        ],
    );
    exporter.shutdown().expect("flushed");
    let printed = screen.take();
    assert!(printed.contains("own parent   1.0ms"), "{printed}");
    assert!(printed.contains("one      1.0ms"), "{printed}");
    assert!(printed.contains("└─ two     0ns"), "{printed}");
}

#[test]
fn a_writer_that_fails_is_an_error_and_nothing_more() {
    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::new(io::ErrorKind::BrokenPipe, "nobody reads"))
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    let exporter = TreeExporter::new(Closed);
    let error = block_on(exporter.export(vec![span(1, 0, "work", 0, 1).0])).expect_err("closed");
    assert!(
        matches!(&error, OTelSdkError::InternalFailure(text) if text.contains("nobody reads")),
        "{error}"
    );
    assert!(exporter.shutdown().is_ok(), "nothing is left to print");
}

#[test]
fn the_applications_own_fields_tell_one_agent_from_the_next() {
    let (exporter, screen) = exporter();
    let searcher = |id, topic: i64| {
        span(id, 1, "invoke_agent searcher", 0, 10)
            .operation("invoke_agent")
            .with("gen_ai.agent.name", "searcher")
            .with("code.line.number", 7)
            .with("thread.id", 1)
            .with("busy_ns", 10)
            .with("topic", topic)
    };
    let root = span(1, 0, "invoke_workflow desk", 0, 10).operation("invoke_workflow");
    export(&exporter, [searcher(2, 1), searcher(3, 2), root]);

    let tree = screen.take();
    let ends: Vec<_> = tree
        .lines()
        .skip(2)
        .map(|line| line.rsplit("━ ").next())
        .collect();
    assert!(
        tree.contains("topic=1\n") && tree.contains("topic=2\n"),
        "{ends:?}\n{tree}"
    );
    assert!(
        !tree.contains("code.") && !tree.contains("thread") && !tree.contains("busy"),
        "{tree}"
    );
}
