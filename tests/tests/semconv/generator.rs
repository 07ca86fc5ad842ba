//! The generated files are what the data says, and the data is what upstream says.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folders whose files the generator reads or writes.
const FOLDERS: [&str; 3] = [
    "agent-trace/semconv",
    "agent-trace/src/semconv",
    "agent-trace-macros/src",
];

#[test]
fn generated_files_are_current() {
    let output = semconv(&["check"]);
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn drift_is_found_and_mended() {
    let copy = Copy::new("drift");
    let file = "agent-trace/src/semconv/attribute.rs";
    let current = copy.read(file);
    copy.write(
        file,
        &current.replace("gen_ai.request.model", "gen_ai.request.modal"),
    );
    let output = copy.semconv(&["check"]);
    assert!(
        !output.status.success() && said(&output).contains(file),
        "{}",
        said(&output)
    );
    assert!(copy.semconv(&[]).status.success());
    assert_eq!(copy.read(file), current);
    assert!(copy.semconv(&["check"]).status.success());
}

#[test]
fn a_new_revision_is_a_change_of_data() {
    let copy = Copy::new("revision");
    let data = "agent-trace/semconv/genai.json";
    let mut registry: serde_json::Value = serde_json::from_str(&copy.read(data)).expect("JSON");
    registry["attributes"]["gen_ai.request.mood"] = serde_json::json!({ "t": "double" });
    registry["lists"][0]
        .as_array_mut()
        .expect("a list")
        .push("gen_ai.request.mood opt_in".into());
    copy.write(data, &registry.to_string());
    let output = copy.semconv(&[]);
    assert!(output.status.success(), "{}", said(&output));
    let constant = "pub const GEN_AI_REQUEST_MOOD: &str = \"gen_ai.request.mood\";";
    assert!(
        copy.read("agent-trace/src/semconv/attribute.rs")
            .contains(constant)
    );
    let listed = "opt_in(id::GEN_AI_REQUEST_MOOD),";
    assert!(
        copy.read("agent-trace/src/semconv/span.rs")
            .contains(listed)
    );
    assert!(
        copy.read("agent-trace-macros/src/semconv.rs")
            .contains("\"gen_ai.request.mood\"")
    );
}

#[test]
fn data_that_does_not_hold_together_is_refused() {
    let data = "agent-trace/semconv/genai.json";
    let own = "agent-trace/semconv/agent_trace.yaml";
    for (name, file, from, to, complaint) in [
        (
            "used",
            data,
            "\"gen_ai.agent.version\":",
            "\"gen_ai.agent.versions\":",
            "not defined",
        ),
        ("family", data, "\"plan\"", "\"ponder\"", "ponder"),
        ("form", data, "\"format\": 1", "\"format\": 2", "form 2"),
        (
            "entry",
            data,
            "error.type conditional",
            "error.type perhaps",
            "perhaps",
        ),
        (
            "namespace",
            own,
            "id: agent_trace.outcome",
            "id: gen_ai.outcome",
            "namespace",
        ),
        (
            "event",
            own,
            "ref: agent_trace.goal.name",
            "ref: agent_trace.goal.title",
            "not defined",
        ),
        (
            "signal",
            own,
            "type: event",
            "type: occurrence",
            "neither attribute_group nor event",
        ),
        (
            "type",
            own,
            "type: boolean",
            "type: flag",
            "unknown type flag",
        ),
        (
            "brief",
            own,
            "brief: Tool calls",
            "summary: Tool calls",
            "`brief` is missing",
        ),
    ] {
        let copy = Copy::new(name);
        let before = copy.read(file);
        let after = before.replace(from, to);
        assert_ne!(before, after, "{name} changes nothing");
        copy.write(file, &after);
        let output = copy.semconv(&[]);
        assert!(!output.status.success(), "{name} was accepted");
        assert!(
            said(&output).contains(complaint),
            "{name}: {}",
            said(&output)
        );
    }
}

/// The data is what `import` makes of the upstream table, where that is at hand.
#[test]
fn data_is_what_upstream_says() {
    let upstream = repository().join("../shared/semconv/genai-registry.json");
    if !upstream.exists() {
        // Straight to standard error: the output of tests that pass is not shown.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED data_is_what_upstream_says: there is no {}",
            upstream.display()
        );
        return;
    }
    let upstream = upstream.to_str().expect("the path is text");
    let output = semconv(&["import", upstream, "check"]);
    assert!(output.status.success(), "{}", said(&output));
}

fn semconv(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_semconv"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A copy of what the generator reads and writes, gone when dropped.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("semconv-{name}"));
        for folder in FOLDERS {
            std::fs::create_dir_all(root.join(folder)).expect("a folder");
            for entry in std::fs::read_dir(repository().join(folder)).expect("the folder is there")
            {
                let path = entry.expect("an entry").path();
                if let (true, Some(file)) = (path.is_file(), path.file_name()) {
                    std::fs::copy(&path, root.join(folder).join(file)).expect("a copy");
                }
            }
        }
        Self(root)
    }

    fn semconv(&self, arguments: &[&str]) -> Output {
        let root = self.0.to_str().expect("the path is text");
        semconv(&[&["--root", root], arguments].concat())
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.0.join(file)).expect("the file is there")
    }

    fn write(&self, file: &str, text: &str) {
        std::fs::write(self.0.join(file), text).expect("the copy can be written");
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
