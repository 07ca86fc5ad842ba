//! The program as a user runs it: what it prints, what it writes, how it ends.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Output};

use agent_trace_tests::conformance::check;
use agent_trace_tests::receiver::Receiver;

const README: &str = include_str!("../../README.md");

/// A directory of a test's own, and the program set to run in it, away from any real model.
fn program(directory: &str) -> (PathBuf, Command) {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(directory);
    fs::create_dir_all(&directory).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_research_desk"));
    command.current_dir(&directory);
    for name in ["BASE_URL", "API_KEY", "MODEL", "EMBEDDING_MODEL"] {
        command.env_remove(format!("OPENAI_{name}"));
    }
    for name in [
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        "OTEL_SDK_DISABLED",
        "OTEL_TRACES_EXPORTER",
        "OTEL_TRACES_SAMPLER",
        "RUST_LOG",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
    ] {
        command.env_remove(name);
    }
    (directory, command)
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// The names of the spans in a printed tree, sorted: what runs at the same time may start in any order.
fn names(tree: &str) -> Vec<&str> {
    let mut names: Vec<&str> = tree
        .lines()
        .skip_while(|line| !line.starts_with("trace "))
        .skip(1)
        .map(|line| line.trim_start_matches([' ', '│', '├', '└', '─']))
        .filter_map(|line| line.split("  ").next())
        .filter(|name| !name.is_empty())
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn the_trace_is_printed_and_written_and_conforms() {
    let (directory, mut command) = program("conforms");
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    assert!(status.success(), "{status}: {}", text(&stderr));
    assert!(
        text(&stdout).contains("An orchard without bees"),
        "{}",
        text(&stdout)
    );

    let file = directory.join("target/agent-trace/research_desk.jsonl");
    let report = check(&fs::read_to_string(file).unwrap())
        .unwrap()
        .require(&[
            "invoke_workflow",
            "invoke_agent",
            "plan",
            "chat",
            "execute_tool",
            "embeddings",
            "retrieval",
        ]);
    assert!(report.violations.is_empty(), "{report}");

    let printed = names(text(&stderr));
    let mut written: Vec<&str> = report.spans.iter().map(|span| span.name.as_str()).collect();
    written.sort_unstable();
    assert_eq!(printed, written);
    // And it is the picture that the README shows.
    let (_, picture) = README.split_once("```text\n").unwrap();
    let (picture, _) = picture.split_once("```").unwrap();
    assert_eq!(names(picture), printed);
}

#[test]
fn with_an_endpoint_the_trace_is_sent_as_well() {
    for protocol in ["grpc", "http/protobuf"] {
        let receiver = Receiver::start();
        let (_, mut command) = program("sends");
        command
            .env("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint())
            .env("OTEL_EXPORTER_OTLP_PROTOCOL", protocol);
        let Output { status, stderr, .. } = command.output().unwrap();
        assert!(status.success(), "{status}: {}", text(&stderr));
        let printed = names(text(&stderr)).len() as u64;
        assert!(printed > 20, "{}", text(&stderr));
        assert_eq!(receiver.account().spans, printed, "{protocol}");
    }
}

#[test]
fn a_receiver_that_is_not_there_costs_no_report() {
    let (_, mut command) = program("alone");
    command
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
        .env("OTEL_EXPORTER_OTLP_TIMEOUT", "500");
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    assert!(status.success(), "{status}: {}", text(&stderr));
    assert!(text(&stdout).contains("An orchard without bees"));
    assert!(
        text(&stderr).contains("research_desk: telemetry: "),
        "{}",
        text(&stderr)
    );
}

#[test]
fn a_server_that_is_not_there_is_a_failure() {
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let (directory, mut command) = program("fails");
    command.env("OPENAI_BASE_URL", format!("http://127.0.0.1:{port}/v1"));
    let Output { status, stderr, .. } = command.output().unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(
        text(&stderr).contains("research_desk: a model call failed"),
        "{}",
        text(&stderr)
    );

    let file = directory.join("target/agent-trace/research_desk.jsonl");
    let report = check(&fs::read_to_string(file).unwrap()).unwrap();
    assert!(report.violations.is_empty(), "{report}");
    assert_eq!(
        report.operations["chat"], 1,
        "the trace of a failure is written too: {report}"
    );
}
