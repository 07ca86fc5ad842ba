//! What is global, in processes of its own.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::Duration;

use agent_trace_tests::receiver::{Behaviour, Receiver};
use serde_json::Value;

/// A child that does `what`, in an environment in which nothing is set but this.
fn child(what: &str, environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_telemetry_child"));
    for (name, _) in std::env::vars_os() {
        let said = name.to_string_lossy();
        if said.starts_with("OTEL_")
            || said == "RUST_LOG"
            || said.to_lowercase().ends_with("_proxy")
        {
            command.env_remove(&name);
        }
    }
    command.arg(what).envs(environment.iter().copied());
    command
}

fn run(what: &str, environment: &[(&str, &str)]) -> (Output, String) {
    let output = child(what, environment).output().unwrap();
    let stderr = String::from_utf8(output.stderr.clone()).unwrap();
    (output, stderr)
}

#[track_caller]
fn line<'a>(text: &'a str, with: &str) -> &'a str {
    text.lines()
        .find(|line| line.contains(with))
        .unwrap_or_else(|| panic!("no {with} in\n{text}"))
}

/// The value after `key=` in a line.
fn field<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(&format!("{key}="))?;
    rest.split(' ').next()
}

#[test]
fn without_anything_set_there_are_log_lines_and_a_tree() {
    let (output, stderr) = run("text", &[]);
    assert!(output.status.success(), "{stderr}");
    let inside = line(&stderr, "inside");
    assert!(
        inside.contains(" INFO telemetry_child: inside answer=42 trace_id="),
        "{inside}"
    );
    let trace = field(inside, "trace_id").unwrap();
    assert_eq!(
        (trace.len(), field(inside, "span_id").unwrap().len()),
        (32, 16)
    );
    assert!(
        stderr.contains(&format!("trace {trace} · 1 span")),
        "{stderr}"
    );
    assert!(!line(&stderr, "outside").contains("trace_id"), "{stderr}");
    assert!(!stderr.contains("unheard"), "{stderr}");
    assert!(
        !stderr.contains('\x1b'),
        "no colour where there is no terminal: {stderr}"
    );
}

#[test]
fn json_lines_are_json_with_the_ids() {
    let (_, stderr) = run(
        "json",
        &[("RUST_LOG", "debug"), ("OTEL_TRACES_EXPORTER", "none")],
    );
    let lines: Vec<Value> = stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    let messages: Vec<&str> = lines
        .iter()
        .filter_map(|line| line["fields"]["message"].as_str())
        .collect();
    assert_eq!(messages, ["outside", "inside", "unheard"]);
    assert_eq!(lines[0]["trace_id"], Value::Null);
    assert_eq!(lines[1]["trace_id"].as_str().unwrap().len(), 32);
    assert_eq!(lines[1]["span_id"].as_str().unwrap().len(), 16);
    assert_eq!(lines[1]["span"]["task"], 7);
    assert_eq!(lines[1]["fields"]["answer"], 42);
}

#[test]
fn the_log_filter_does_not_take_spans() {
    let (_, stderr) = run("text", &[("RUST_LOG", "off")]);
    assert!(stderr.starts_with("trace "), "{stderr}");
}

#[test]
fn the_environment_says_where_spans_go() {
    for (protocol, own) in [
        ("grpc", ""),
        ("http/protobuf", ""),
        ("http/json", "/v1/traces"),
    ] {
        let receiver = Receiver::keeping();
        let endpoint = format!("{}{own}", receiver.endpoint());
        let name = if own.is_empty() {
            "OTEL_EXPORTER_OTLP_ENDPOINT"
        } else {
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
        };
        let (output, stderr) = run(
            "text",
            &[
                (name, endpoint.as_str()),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
                ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=hunter%202"),
                ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
                ("OTEL_RESOURCE_ATTRIBUTES", "team=blue"),
                ("RUST_LOG", "trace"),
            ],
        );
        assert!(output.status.success(), "{stderr}");
        assert!(
            !stderr.contains("hunter") && !stderr.contains("· 1 span"),
            "{protocol}: {stderr}"
        );
        // And none of the exporter's own stack, nor a log line of it.
        assert_eq!(receiver.account().spans, 1, "{protocol}: {stderr}");
        let heard = ["h2", "hyper", "reqwest", "tonic"].map(|of| format!("{of}::"));
        assert!(
            !heard.iter().any(|of| stderr.contains(of.as_str())),
            "{protocol}: {stderr}"
        );
        let kept = receiver.kept();
        let path = if protocol == "grpc" {
            "Export"
        } else {
            "/v1/traces"
        };
        assert_eq!(kept.header(path, "api-key"), Some("hunter 2"), "{protocol}");
        let resource = format!("{:?}", kept.traces[0].resource);
        assert!(
            resource.contains("team") && resource.contains("process.pid"),
            "{resource}"
        );
    }
}

#[test]
fn limits_samplers_and_the_switch_are_honoured() {
    let with = |variable: (&'static str, &'static str)| {
        let receiver = Receiver::keeping();
        let endpoint = receiver.endpoint();
        let (output, stderr) = run(
            "text",
            &[("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str()), variable],
        );
        assert!(output.status.success(), "{stderr}");
        (receiver, stderr)
    };
    let (off, _) = with(("OTEL_TRACES_SAMPLER", "ALWAYS_OFF"));
    assert_eq!(off.account().requests, 0);
    let (disabled, stderr) = with(("OTEL_SDK_DISABLED", "True"));
    assert_eq!(disabled.account().requests, 0);
    assert!(line(&stderr, "inside").ends_with("answer=42"), "{stderr}");
    let (short, _) = with(("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "2"));
    let kept = short.kept();
    let texts = kept
        .spans()
        .flat_map(|span| &span.events)
        .flat_map(|event| &event.attributes);
    let level = texts
        .filter(|attribute| attribute.key == "level")
        .map(|level| format!("{level:?}"));
    assert!(level.collect::<String>().contains("\"IN\""), "{kept:?}");
    let (few, _) = with(("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "0"));
    assert!(few.kept().spans().all(|span| span.attributes.is_empty()));
}

#[test]
fn what_the_environment_gets_wrong_is_warned_about_without_its_value_and_stops_nothing() {
    let (output, stderr) = run(
        "text",
        &[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "hunter2://x"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "hunter2"),
            ("OTEL_TRACES_SAMPLER", "hunter2"),
            ("OTEL_BSP_MAX_QUEUE_SIZE", "hunter2"),
            ("OTEL_PROPAGATORS", "none"),
        ],
    );
    assert!(output.status.success(), "{stderr}");
    assert!(!stderr.contains("hunter2"), "{stderr}");
    for name in [
        "OTLP_ENDPOINT",
        "OTLP_HEADERS",
        "TRACES_SAMPLER",
        "MAX_QUEUE_SIZE",
    ] {
        assert!(
            line(&stderr, name).contains("WARN agent_trace::telemetry: OTEL_"),
            "{stderr}"
        );
    }
    assert!(
        stderr.contains("· 1 span"),
        "the tree, for want of a receiver: {stderr}"
    );
    let (output, stderr) = run("text", &[("RUST_LOG", "info,[[")]);
    assert!(
        output.status.success() && line(&stderr, "RUST_LOG").contains("ignored"),
        "{stderr}"
    );
    assert!(stderr.contains("inside"), "{stderr}");
}

#[test]
fn a_second_subscriber_is_an_error_that_says_what_to_do() {
    let (output, _) = run("twice", &[]);
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains("build()") && said.contains("layer()"),
        "{said}"
    );
}

/// A child that has said it is ready.
fn ready(what: &str, receiver: &Receiver) -> (Child, BufReader<ChildStdout>) {
    let endpoint = receiver.endpoint();
    let mut child = child(what, &[("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str())])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    assert_eq!(line, "ready\n");
    (child, lines)
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("kill")
        .args([name, &child.id().to_string()])
        .status();
    assert!(status.expect("there is a `kill`").success());
}

#[cfg(unix)]
#[test]
fn a_signal_ends_the_process_as_it_would_after_its_spans_have_arrived() {
    use std::os::unix::process::ExitStatusExt as _;
    for (name, number) in [("-TERM", 15), ("-INT", 2)] {
        let receiver = Receiver::start();
        let (mut child, _lines) = ready("wait", &receiver);
        assert_eq!(receiver.account().spans, 0);
        signal(&child, name);
        let status = child.wait().unwrap();
        assert_eq!(status.signal(), Some(number), "{status}");
        assert_eq!(receiver.account().spans, 100);
    }
}

#[cfg(unix)]
#[test]
fn a_second_signal_ends_it_at_once() {
    use std::os::unix::process::ExitStatusExt as _;
    let receiver = Receiver::start();
    receiver.behave(Behaviour::Hang);
    let (mut child, _lines) = ready("wait", &receiver);
    let start = std::time::Instant::now();
    signal(&child, "-TERM");
    std::thread::sleep(Duration::from_millis(300));
    assert!(
        child.try_wait().unwrap().is_none(),
        "it waits for its spans"
    );
    signal(&child, "-INT");
    assert_eq!(child.wait().unwrap().signal(), Some(2));
    assert!(
        start.elapsed() < Duration::from_secs(4),
        "{:?}",
        start.elapsed()
    );
}

#[cfg(unix)]
#[test]
fn a_signal_may_only_flush() {
    let receiver = Receiver::start();
    let (mut child, _lines) = ready("wait-and-go-on", &receiver);
    signal(&child, "-TERM");
    assert!(receiver.wait_for_spans(1, Duration::from_secs(10)));
    assert!(child.try_wait().unwrap().is_none(), "it goes on");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_panic_flushes_what_has_ended_and_prints_its_message() {
    let receiver = Receiver::start();
    let endpoint = receiver.endpoint();
    let (output, stderr) = run(
        "panic",
        &[("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str())],
    );
    assert!(output.status.success(), "{stderr}");
    assert!(stderr.contains("as it should"), "{stderr}");
    assert_eq!(receiver.account().spans, 1);
}
