//! Generates everything that names the semantic conventions.
//!
//! ```text
//! cargo run -p agent-trace-tests --bin semconv                  write the generated files
//! cargo run -p agent-trace-tests --bin semconv -- check         fail when they differ
//! cargo run -p agent-trace-tests --bin semconv -- import FILE   take over a new registry
//! cargo run -p agent-trace-tests --bin semconv -- import FILE check
//! ```
//!
//! `--root DIR` before these works on another copy of the repository.
//!
//! Input is `agent-trace/semconv/`: `genai.json` (the conventions, in a compact form that `import`
//! writes), `agent_trace.yaml` (our own attributes and events, in Weaver's format) and `overlay.json` (what
//! the registry does not say: families of operations, meanings in a few words).

mod emit;
mod import;
mod naming;
mod overlay;
mod own;
mod registry;
mod table;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What went wrong, for a person to read.
type Error = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    // The root of the repository is the folder above this package.
    let mut root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    if let ["--root", elsewhere, ..] = arguments.as_slice() {
        root = PathBuf::from(elsewhere);
        arguments.drain(..2);
    }
    let outcome = match arguments.as_slice() {
        [] => generate(&root, Mode::Write),
        ["check"] => generate(&root, Mode::Check),
        ["import", file] => import(&root, Path::new(file), Mode::Write),
        ["import", file, "check"] => import(&root, Path::new(file), Mode::Check),
        _ => Err("usage: semconv [--root DIR] [check | import FILE [check]]".into()),
    };
    match outcome {
        Ok(report) => {
            // A closed standard output is not this program's failure.
            let _ = std::io::stdout().write_all(report.as_bytes());
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "semconv: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether files are written or only compared.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Write,
    Check,
}

/// A generated file: its path from the root of the repository, and its text.
struct Output {
    path: &'static str,
    text: String,
}

const DATA: &str = "agent-trace/semconv/genai.json";
const OWN: &str = "agent-trace/semconv/agent_trace.yaml";
const OVERLAY: &str = "agent-trace/semconv/overlay.json";

fn generate(root: &Path, mode: Mode) -> Result<String, Error> {
    let read = |path: &str| {
        std::fs::read_to_string(root.join(path))
            .map_err(|error| format!("cannot read {path}: {error}"))
    };
    let registry = registry::Registry::parse(&read(DATA)?)?;
    let own = own::Own::parse(&read(OWN)?)?;
    let overlay = overlay::Overlay::parse(&read(OVERLAY)?)?;
    let table = table::Table::new(registry, own, overlay)?;
    settle(root, &emit::all(&table)?, mode)
}

fn import(root: &Path, file: &Path, mode: Mode) -> Result<String, Error> {
    let upstream = std::fs::read_to_string(file)
        .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let text = import::convert(&upstream)?.to_json()?;
    settle(root, &[Output { path: DATA, text }], mode)
}

/// Writes the files that differ, or fails and names them.
fn settle(root: &Path, outputs: &[Output], mode: Mode) -> Result<String, Error> {
    let mut report = String::new();
    let mut differing = Vec::new();
    for output in outputs {
        let path = root.join(output.path);
        if std::fs::read_to_string(&path).is_ok_and(|present| present == output.text) {
            continue;
        }
        if mode == Mode::Write {
            std::fs::write(&path, &output.text)
                .map_err(|error| format!("cannot write {}: {error}", output.path))?;
            writeln!(report, "wrote {}", output.path)?;
        }
        differing.push(output.path);
    }
    if mode == Mode::Check && !differing.is_empty() {
        let files = differing.join(", ");
        return Err(format!("not as the data says: {files}; run this without `check`").into());
    }
    if differing.is_empty() {
        writeln!(report, "{} files are as the data says", outputs.len())?;
    }
    Ok(report)
}
