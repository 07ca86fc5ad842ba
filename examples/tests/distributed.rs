//! The distributed example as a user runs it: one trace across all of its processes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use agent_trace_tests::conformance::{Kind, Report, Span, Value, check};
use examples::distributed::{Role, TRACES};

const PROGRAM: &str = env!("CARGO_BIN_EXE_distributed");

/// One run, for all tests.
struct Run {
    stdout: String,
    /// What each file says.
    files: BTreeMap<&'static str, String>,
    report: Report,
    /// The service of each span.
    services: BTreeMap<String, &'static str>,
}

fn command(directory: &Path) -> Command {
    fs::create_dir_all(directory).unwrap();
    let mut command = Command::new(PROGRAM);
    command.current_dir(directory);
    let proxies = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
    for name in ["RUST_LOG", "AMQP_URL", "MCP_URL"] {
        command.env_remove(name);
    }
    // What the machine says of telemetry is not what is tested.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("OTEL_") {
            command.env_remove(name);
        }
    }
    for name in proxies {
        command.env_remove(name);
    }
    command
}

fn directory(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn run() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| {
        let directory = directory("distributed");
        let Output {
            status,
            stdout,
            stderr,
        } = command(&directory).output().unwrap();
        let stderr = String::from_utf8(stderr).unwrap();
        assert!(status.success(), "{status}: {stderr}");
        assert_eq!(stderr, "");
        let mut services = BTreeMap::new();
        let mut files = BTreeMap::new();
        for role in Role::ALL {
            let file = directory.join(TRACES).join(format!("{role}.jsonl"));
            let lines = fs::read_to_string(&file).unwrap();
            assert!(lines.contains(&format!(r#"{{"stringValue":"{role}"}}"#)));
            for span in check(&lines).unwrap().spans {
                services.insert(span.span_id, role.service());
            }
            files.insert(role.service(), lines);
        }
        let all: String = files.values().map(String::as_str).collect();
        Run {
            stdout: String::from_utf8(stdout).unwrap(),
            files,
            report: check(&all).unwrap(),
            services,
        }
    })
}

impl Run {
    fn spans(&self) -> &[Span] {
        &self.report.spans
    }

    fn service(&self, span: &Span) -> &'static str {
        self.services[&span.span_id]
    }

    /// The spans of this name in this process, as they ended.
    fn named(&self, service: &str, name: &str) -> Vec<&Span> {
        let spans = self.spans().iter();
        spans
            .filter(|span| span.name == name && self.service(span) == service)
            .collect()
    }

    /// The only one.
    fn one(&self, service: &str, name: &str) -> &Span {
        let found = self.named(service, name);
        assert_eq!(found.len(), 1, "{service}: {name}");
        found[0]
    }

    fn parent(&self, span: &Span) -> Option<&Span> {
        let id = span.parent_span_id.as_ref()?;
        let mut spans = self.spans().iter();
        let found = spans.find(|other| other.span_id == *id && other.trace_id == span.trace_id);
        Some(found.unwrap_or_else(|| panic!("the parent of {} is in no file", span.name)))
    }

    /// The span that a link of this type leads to.
    fn linked(&self, span: &Span, link_type: &str) -> &Span {
        let is_of_type = |link: &&agent_trace_tests::conformance::Link| {
            let name = "agent_trace.link.type".to_owned();
            let wanted = (name, Value::String(link_type.to_owned()));
            link.attributes.contains(&wanted)
        };
        let links: Vec<_> = span.links.iter().filter(is_of_type).collect();
        assert_eq!(links.len(), 1, "{link_type} of {}", span.name);
        self.target(&links[0].trace_id, &links[0].span_id)
    }

    fn target(&self, trace: &str, id: &str) -> &Span {
        let mut spans = self.spans().iter();
        spans
            .find(|span| span.trace_id == trace && span.span_id == id)
            .expect("the link leads to a span of the files")
    }

    fn root(&self) -> &Span {
        self.one("client", "invoke_workflow trip_report")
    }
}

#[test]
fn every_span_has_its_cause_and_conforms() {
    let run = run();
    assert!(run.report.violations.is_empty(), "{}", run.report);
    let ids: BTreeSet<_> = run.spans().iter().map(|span| &span.span_id).collect();
    assert_eq!(ids.len(), run.spans().len());
    for span in run.spans() {
        run.parent(span);
        for link in &span.links {
            run.target(&link.trace_id, &link.span_id);
        }
    }
}

#[test]
fn it_is_one_trace_and_what_is_detached_is_linked_to_it() {
    let run = run();
    let trace = &run.root().trace_id;
    for role in Role::ALL {
        let mut spans = run.spans().iter();
        let is_there = spans
            .any(|span| span.trace_id == *trace && run.services[&span.span_id] == role.service());
        assert!(is_there, "{role} is not in the trace");
    }
    let roots: Vec<&Span> = run
        .spans()
        .iter()
        .filter(|span| span.parent_span_id.is_none())
        .collect();
    let detached: Vec<&&Span> = roots
        .iter()
        .filter(|span| span.trace_id != *trace)
        .collect();
    assert_eq!(roots.len(), detached.len() + 1);
    let names: Vec<&str> = detached.iter().map(|span| span.name.as_str()).collect();
    assert_eq!(names, ["invoke_agent archivist"]);
    let cause = run.linked(detached[0], "triggered_by");
    assert_eq!((&cause.trace_id, run.service(cause)), (trace, "runtime"));
    assert_eq!(cause.name, "invoke_agent coordinator");
}

#[test]
fn the_way_from_the_question_to_the_report() {
    let run = run();
    let mut way = Vec::new();
    let mut here = Some(run.one("client", "process results"));
    while let Some(span) = here {
        way.push((run.service(span), span.kind, span.name.as_str()));
        here = run.parent(span);
    }
    way.reverse();
    let expected = [
        ("client", Kind::Internal, "invoke_workflow trip_report"),
        ("client", Kind::Client, "POST"),
        ("gateway", Kind::Server, "POST /questions"),
        ("gateway", Kind::Client, "invoke_agent coordinator"),
        ("gateway", Kind::Client, "POST"),
        ("runtime", Kind::Server, "POST /tasks"),
        ("runtime", Kind::Internal, "invoke_agent coordinator"),
        ("runtime", Kind::Producer, "send tasks"),
        ("worker", Kind::Consumer, "process tasks"),
        ("worker", Kind::Internal, "invoke_agent editor"),
        ("worker", Kind::Client, "invoke_agent writer"),
        ("worker", Kind::Client, "POST"),
        ("writer", Kind::Server, "POST /reports"),
        ("writer", Kind::Internal, "invoke_agent writer"),
        ("writer", Kind::Producer, "send results"),
        ("client", Kind::Consumer, "process results"),
    ];
    assert_eq!(way, expected);
    // Each parent in another process is known as such.
    for span in run.spans() {
        if let Some(parent) = run.parent(span) {
            let is_elsewhere = run.service(parent) != run.service(span);
            assert_eq!(span.remote_parent, is_elsewhere, "{}", span.name);
        }
    }
}

#[test]
fn a_tool_is_linked_to_the_model_call_that_asked_for_it() {
    let run = run();
    for (service, tool) in [
        ("tools-stdio", "find_trains"),
        ("tools-http", "get_weather"),
    ] {
        let span = run.one("runtime", &format!("execute_tool {tool}"));
        let asked = run.linked(span, "tool_cause");
        assert_eq!(asked.name, "chat gpt-4o-mini");
        assert!(asked.end <= span.start);
        assert_eq!(asked.parent_span_id, span.parent_span_id);

        let served = run.one(service, &format!("tools/call {tool}"));
        assert_eq!(served.kind, Kind::Server);
        assert_eq!(served.parent_span_id.as_ref(), Some(&span.span_id));
        // No HTTP span came between, and the session itself is in the trace too.
        let opened = run.one(service, "initialize");
        assert_eq!(opened.parent_span_id, span.parent_span_id);
    }
}

#[test]
fn the_task_goes_from_agent_to_agent() {
    let run = run();
    let writer = run.one("writer", "invoke_agent writer");
    let editor = run.linked(writer, "handoff");
    assert_eq!(
        editor.span_id,
        run.one("worker", "invoke_agent editor").span_id
    );
    let coordinator = run.linked(editor, "handoff");
    assert_eq!(run.service(coordinator), "runtime");
    assert_eq!(coordinator.name, "invoke_agent coordinator");
    let of = |span: &Span, key| span.text(key).map(str::to_owned);
    let id = of(writer, "agent_trace.task.id");
    assert!(id.is_some());
    assert_eq!(id, of(editor, "agent_trace.task.id"));
    assert_eq!(id, of(coordinator, "agent_trace.task.id"));
    let duration = writer.attributes.iter();
    let mut duration = duration.filter(|(key, _)| key == "agent_trace.task.duration");
    assert!(matches!(duration.next(), Some((_, Value::Double(seconds))) if *seconds > 0.0));
}

#[test]
fn the_writer_is_asked_twice() {
    let run = run();
    let attempts = run.named("worker", "invoke_agent writer");
    let [first, second] = attempts[..] else {
        panic!("{} attempts", attempts.len());
    };
    assert_eq!(run.linked(second, "retry_of").span_id, first.span_id);
    assert_eq!(first.text("error.type"), Some("Busy"));
    assert_eq!(second.text("agent_trace.attempt.reason"), Some("Busy"));
    assert_eq!(second.text("error.type"), None);
    let replies = run.named("writer", "POST /reports");
    let statuses: Vec<_> = replies.iter().map(|span| span.text("error.type")).collect();
    assert_eq!(statuses, [Some("503"), None]);
}

#[test]
fn what_is_known_of_the_caller_goes_no_further_than_it_may() {
    let run = run();
    let with = |key: &str| -> BTreeSet<&str> {
        let spans = run.spans().iter();
        spans
            .filter(|span| span.attributes.iter().any(|(name, _)| name == key))
            .map(|span| run.service(span))
            .collect()
    };
    // The tenant may go from the gateway to the runtime, and the runtime passes nothing on.
    let both = BTreeSet::from(["gateway", "runtime"]);
    assert_eq!(with("agent_trace.tenant.id"), both);
    assert_eq!(with("user.id"), BTreeSet::from(["gateway"]));
    assert_eq!(with("session.id"), BTreeSet::from(["gateway"]));
    for (service, lines) in &run.files {
        assert_eq!(lines.contains("acme"), both.contains(service), "{service}");
    }
}

#[test]
fn nothing_that_was_said_is_recorded() {
    let run = run();
    let said = [
        "Lisbon",
        "train on",
        "umbrella",
        "7:14",
        "9:14",
        "14 degrees",
        "rain in",
    ];
    for (service, lines) in &run.files {
        for text in said {
            assert!(!lines.contains(text), "{service}: {text}");
        }
    }
    // `rmcp`, `hyper` and their company have spans too, and log messages whole.
    for span in run.spans() {
        let target = span.text("target").unwrap();
        let ours = ["examples::distributed", "agent_trace::"];
        assert!(ours.iter().any(|ours| target.starts_with(ours)), "{target}");
    }
}

#[test]
fn all_of_it_is_printed_as_one_tree() {
    let run = run();
    let traces = run.stdout.lines().filter(|line| line.starts_with("trace "));
    assert_eq!(traces.count(), 2, "{}", run.stdout);
    for role in Role::ALL {
        assert!(run.stdout.contains(&format!("{role}: ")), "{role}");
        assert!(run.stdout.contains(&format!("{role}.jsonl · ")), "{role}");
    }
    assert!(run.stdout.contains("Take the 9:14 to Lisbon."));
}

#[test]
fn a_process_ends_with_its_parent() {
    let mut writer = command(&directory("distributed-alone"))
        .args(["writer", "http://127.0.0.1:9"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = writer.stdin.take().unwrap();
    stdin.write_all(b"noise\n").unwrap();
    assert!(writer.try_wait().unwrap().is_none());
    drop(stdin);
    assert!(writer.wait().unwrap().success());
}

#[test]
fn a_role_that_there_is_not_is_said() {
    for (arguments, message) in [
        (&["baker"][..], "there are: client, gateway"),
        (&["gateway"], "the argument <runtime> is missing"),
    ] {
        let Output { status, stderr, .. } = command(&directory("distributed-wrong"))
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(status.code(), Some(1));
        let stderr = String::from_utf8(stderr).unwrap();
        assert!(stderr.contains(message), "{stderr}");
    }
}
