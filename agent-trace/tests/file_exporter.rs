//! What `FileExporter` writes, and what it does when it cannot.

#![cfg(feature = "file")]

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use agent_trace::exporter::FileExporter;
use opentelemetry::trace::{
    Event, Link, SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState,
    Tracer as _, TracerProvider as _,
};
use opentelemetry::{Array, InstrumentationScope, KeyValue, StringValue, Value};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkError;
use opentelemetry_sdk::trace::{SdkTracerProvider, SpanData, SpanEvents, SpanExporter, SpanLinks};
use serde_json::{Value as Json, json};

/// A directory that is removed at the end of the test.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("agent-trace-file-exporter-{}-{number}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    fn file(&self) -> PathBuf {
        self.0.join("deep/er/traces.jsonl")
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[derive(Clone, Default)]
struct Buffer {
    bytes: Arc<Mutex<Vec<u8>>>,
    flushes: Arc<AtomicUsize>,
    /// Fails after this many bytes more.
    room: Arc<Mutex<Option<usize>>>,
}

impl Buffer {
    fn text(&self) -> String {
        String::from_utf8(self.bytes.lock().expect("lock").clone()).expect("UTF-8")
    }

    fn lines(&self) -> Vec<Json> {
        self.text()
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect()
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut room = self.room.lock().expect("lock");
        let mut length = bytes.len();
        if let Some(left) = &mut *room {
            length = length.min(*left);
            *left -= length;
            if length == 0 {
                return Err(io::Error::new(io::ErrorKind::StorageFull, "no space left"));
            }
        }
        self.bytes
            .lock()
            .expect("lock")
            .extend_from_slice(&bytes[..length]);
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.flushes.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime")
        .block_on(future)
}

fn context(span: u64, remote: bool) -> SpanContext {
    SpanContext::new(
        TraceId::from(0xabcd),
        SpanId::from(span),
        TraceFlags::SAMPLED,
        remote,
        TraceState::default(),
    )
}

fn span(name: &'static str) -> SpanData {
    let start = UNIX_EPOCH + Duration::from_nanos(1_767_225_600_000_000_001);
    SpanData {
        span_context: context(0x1f, false),
        parent_span_id: SpanId::INVALID,
        parent_span_is_remote: false,
        span_kind: SpanKind::Client,
        name: name.into(),
        start_time: start,
        end_time: start + Duration::from_millis(2),
        attributes: Vec::new(),
        dropped_attributes_count: 0,
        events: SpanEvents::default(),
        links: SpanLinks::default(),
        status: Status::Unset,
        instrumentation_scope: InstrumentationScope::builder("scope")
            .with_version("1.2")
            .build(),
    }
}

fn only_span(line: &Json) -> &Json {
    &line["resourceSpans"][0]["scopeSpans"][0]["spans"][0]
}

#[test]
fn a_line_has_everything_a_span_has() {
    let buffer = Buffer::default();
    let mut exporter = FileExporter::new(buffer.clone());
    exporter.set_resource(
        &Resource::builder_empty()
            .with_schema_url(
                [KeyValue::new("service.name", "desk")],
                "https://example.com/schema",
            )
            .build(),
    );
    let mut data = span("chat \"gpt\"\n");
    data.parent_span_id = SpanId::from(0x2e);
    data.parent_span_is_remote = true;
    data.status = Status::error("it broke");
    data.dropped_attributes_count = 3;
    data.attributes = vec![
        KeyValue::new("int", i64::MAX),
        KeyValue::new("double", 0.5),
        KeyValue::new("bool", true),
        KeyValue::new("text", "a"),
        KeyValue::new(
            "list",
            Value::Array(Array::String(vec![
                StringValue::from("a"),
                StringValue::from("b"),
            ])),
        ),
        KeyValue::new("ints", Value::Array(Array::I64(vec![1, 2]))),
    ];
    data.events.events = vec![Event::new(
        "exception",
        data.end_time,
        vec![KeyValue::new("k", 1)],
        0,
    )];
    data.links.links = vec![Link::new(
        context(0x3d, true),
        vec![KeyValue::new("agent_trace.link.type", "handoff")],
        0,
    )];

    block_on(exporter.export(vec![data])).expect("written");

    assert!(buffer.text().ends_with("}\n"));
    assert_eq!(buffer.text().matches('\n').count(), 1);
    assert_eq!(
        buffer.lines()[0],
        json!({"resourceSpans": [{
            "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "desk"}}],
                "droppedAttributesCount": 0, "entityRefs": []},
            "schemaUrl": "https://example.com/schema",
            "scopeSpans": [{
                "scope": {"name": "scope", "version": "1.2", "attributes": [], "droppedAttributesCount": 0},
                "schemaUrl": "",
                "spans": [{
                    "traceId": "0000000000000000000000000000abcd",
                    "spanId": "000000000000001f",
                    "traceState": "",
                    "parentSpanId": "000000000000002e",
                    "flags": 0x301,
                    "name": "chat \"gpt\"\n",
                    "kind": 3,
                    "startTimeUnixNano": "1767225600000000001",
                    "endTimeUnixNano": "1767225600002000001",
                    "attributes": [
                        {"key": "int", "value": {"intValue": "9223372036854775807"}},
                        {"key": "double", "value": {"doubleValue": 0.5}},
                        {"key": "bool", "value": {"boolValue": true}},
                        {"key": "text", "value": {"stringValue": "a"}},
                        {"key": "list", "value": {"arrayValue": {"values": [
                            {"stringValue": "a"}, {"stringValue": "b"}]}}},
                        {"key": "ints", "value": {"arrayValue": {"values": [
                            {"intValue": "1"}, {"intValue": "2"}]}}},
                    ],
                    "droppedAttributesCount": 3,
                    "events": [{"timeUnixNano": "1767225600002000001", "name": "exception",
                        "attributes": [{"key": "k", "value": {"intValue": "1"}}], "droppedAttributesCount": 0}],
                    "droppedEventsCount": 0,
                    "links": [{"traceId": "0000000000000000000000000000abcd", "spanId": "000000000000003d",
                        "traceState": "", "flags": 0x301, "droppedAttributesCount": 0,
                        "attributes": [{"key": "agent_trace.link.type", "value": {"stringValue": "handoff"}}]}],
                    "droppedLinksCount": 0,
                    "status": {"code": 2, "message": "it broke"},
                }],
            }],
        }]})
    );
}

#[test]
fn doubles_that_json_does_not_have_are_text() {
    let buffer = Buffer::default();
    let exporter = FileExporter::new(buffer.clone());
    let mut data = span("work");
    data.attributes = vec![
        KeyValue::new("score", f64::NAN),
        KeyValue::new(
            "list",
            Value::Array(Array::F64(vec![1.0, f64::NEG_INFINITY])),
        ),
    ];
    data.links.links = vec![Link::new(
        context(2, false),
        vec![KeyValue::new("weight", f64::INFINITY)],
        0,
    )];

    block_on(exporter.export(vec![data])).expect("written");

    let line = &buffer.lines()[0];
    assert_eq!(
        only_span(line)["attributes"][0]["value"],
        json!({"stringValue": "NaN"})
    );
    assert_eq!(
        only_span(line)["attributes"][1]["value"]["arrayValue"]["values"],
        json!([{"doubleValue": 1.0}, {"stringValue": "-Infinity"}])
    );
    assert_eq!(
        only_span(line)["links"][0]["attributes"][0]["value"],
        json!({"stringValue": "Infinity"})
    );
}

#[test]
fn spans_of_one_batch_are_grouped_by_scope_on_one_line() {
    let buffer = Buffer::default();
    let exporter = FileExporter::new(buffer.clone());
    let mut other = span("c");
    other.instrumentation_scope = InstrumentationScope::builder("other").build();

    block_on(exporter.export(vec![span("a"), other, span("b")])).expect("written");
    block_on(exporter.export(Vec::new())).expect("nothing to write");

    let lines = buffer.lines();
    assert_eq!(lines.len(), 1);
    let scopes = lines[0]["resourceSpans"][0]["scopeSpans"]
        .as_array()
        .expect("scopes");
    let names: Vec<_> = scopes
        .iter()
        .map(|scope| scope["spans"].as_array().expect("spans").len())
        .collect();
    assert_eq!(names, [2, 1]);
}

#[test]
fn create_makes_directories_and_empties_append_goes_on() {
    let directory = Directory::new();
    let write = |exporter: io::Result<FileExporter>, name| {
        let exporter = exporter.expect("a file");
        block_on(exporter.export(vec![span(name)])).expect("written");
    };
    write(FileExporter::create(directory.file()), "first");
    write(FileExporter::create(directory.file()), "second");
    write(FileExporter::append(directory.file()), "third");
    fs::OpenOptions::new()
        .append(true)
        .open(directory.file())
        .expect("file")
        .write_all(b"{\"torn")
        .expect("torn");
    write(FileExporter::append(directory.file()), "fourth");
    write(FileExporter::append(directory.0.join("new/file")), "fifth");

    let text = fs::read_to_string(directory.file()).expect("a file");
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    for (line, name) in [
        (lines[0], "second"),
        (lines[1], "third"),
        (lines[3], "fourth"),
    ] {
        assert_eq!(
            only_span(&serde_json::from_str(line).expect("JSON"))["name"],
            name
        );
    }
    assert_eq!(lines[2], "{\"torn");
}

#[test]
fn errors_name_the_path() {
    let directory = Directory::new();
    fs::create_dir_all(&directory.0).expect("a directory");
    let error = FileExporter::create(&directory.0).expect_err("a directory is no file");
    assert!(
        error.to_string().contains("agent-trace-file-exporter-"),
        "{error}"
    );
    let error = FileExporter::append(&directory.0).expect_err("a directory is no file");
    assert!(
        error.to_string().contains("agent-trace-file-exporter-"),
        "{error}"
    );
    fs::write(directory.0.join("file"), "").expect("a file");
    let error = FileExporter::create(directory.0.join("file/traces.jsonl"))
        .expect_err("a file is no directory");
    assert!(error.to_string().contains("traces.jsonl"), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_with_the_path() {
    let exporter = FileExporter::create("/dev/full").expect("a device");
    let error = block_on(exporter.export(vec![span("work")])).expect_err("no space");
    assert!(error.to_string().contains("/dev/full"), "{error}");
}

#[test]
fn a_write_that_fails_half_way_costs_its_own_line_only() {
    let buffer = Buffer::default();
    let exporter = FileExporter::new(buffer.clone());
    *buffer.room.lock().expect("lock") = Some(40);
    let error = block_on(exporter.export(vec![span("lost")])).expect_err("no space");
    assert!(
        matches!(&error, OTelSdkError::InternalFailure(text) if text.contains("no space left")),
        "{error}"
    );
    *buffer.room.lock().expect("lock") = None;

    block_on(exporter.export(vec![span("kept")])).expect("written");

    let text = buffer.text();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!((lines.len(), lines[0].len()), (2, 40));
    assert_eq!(
        only_span(&serde_json::from_str(lines[1]).expect("JSON"))["name"],
        "kept"
    );
}

#[test]
fn flush_and_shutdown_flush_the_writer_and_later_calls_are_errors() {
    let buffer = Buffer::default();
    let exporter = FileExporter::new(buffer.clone());
    block_on(exporter.export(vec![span("work")])).expect("written");

    exporter.force_flush().expect("flushed");
    assert_eq!(buffer.flushes.load(Ordering::Relaxed), 1);
    exporter.shutdown().expect("flushed");
    assert_eq!(buffer.flushes.load(Ordering::Relaxed), 2);

    assert!(matches!(
        block_on(exporter.export(vec![span("late")])),
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
    assert_eq!(buffer.lines().len(), 1);
}

#[test]
fn lines_of_many_threads_do_not_interleave() {
    let directory = Directory::new();
    let provider = SdkTracerProvider::builder()
        .with_simple_exporter(FileExporter::create(directory.file()).expect("a file"))
        .with_batch_exporter(FileExporter::create(directory.0.join("batch")).expect("a file"))
        .build();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let tracer = provider.tracer("threads");
            scope.spawn(move || {
                for _ in 0..100 {
                    tracer.in_span("work", |_| ());
                }
            });
        }
    });
    provider.shutdown().expect("flushed");

    let read = |path| -> Vec<Json> {
        let text = fs::read_to_string(path).expect("a file");
        text.lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect()
    };
    assert_eq!(read(directory.file()).len(), 400);
    let batches = read(directory.0.join("batch"));
    let spans = |line: &Json| {
        line["resourceSpans"][0]["scopeSpans"][0]["spans"]
            .as_array()
            .map_or(0, Vec::len)
    };
    assert_eq!(batches.iter().map(spans).sum::<usize>(), 400);
    assert!(
        batches[0]["resourceSpans"][0]["resource"]["attributes"]
            .to_string()
            .contains("telemetry.sdk.name")
    );
}

#[test]
fn an_exporter_is_shared_between_threads() {
    let buffer = Buffer::default();
    let exporter = FileExporter::new(buffer.clone());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..50 {
                    block_on(exporter.export(vec![span("work")])).expect("written");
                }
            });
        }
    });

    assert_eq!(buffer.lines().len(), 200);
}
