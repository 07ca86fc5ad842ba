//! Compiles every failing case in one run of cargo, with nothing but the library behind it.
//!
//! What the compiler says is compared on [`PINNED`] only: wording changes from release to release, and a newer
//! compiler must never break somebody's test run. Elsewhere a case must fail, and that is all.
//! `AGENT_TRACE_BLESS=1` writes the texts.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The release whose texts are kept.
const PINNED: &str = "1.95";

/// A program that must not compile.
struct Case {
    /// The name of its binary.
    target: String,
    source: PathBuf,
    expected: PathBuf,
}

/// Compiles the cases of these attributes and compares.
pub(crate) fn check(attributes: &[&str]) {
    let cases: Vec<Case> = attributes
        .iter()
        .flat_map(|attribute| cases(attribute))
        .collect();
    let found = compile(&cases);
    let compared = release().is_some_and(|release| release.starts_with(PINNED));
    let bless = compared && env::var_os("AGENT_TRACE_BLESS").is_some();
    let mut report = String::new();
    for case in &cases {
        let Some(found) = found.get(&case.target) else {
            let _ = writeln!(report, "{} compiles, and must not", case.source.display());
            continue;
        };
        if bless {
            fs::write(&case.expected, found).expect("the text can be written");
        } else if compared {
            let expected = fs::read_to_string(&case.expected).unwrap_or_default();
            if *found != expected {
                let source = case.source.display();
                let _ = writeln!(report, "{source}: expected\n\n{expected}\nfound\n\n{found}");
            }
        }
    }
    assert!(
        report.is_empty(),
        "{report}\nAGENT_TRACE_BLESS=1 writes the texts anew"
    );
}

/// The cases of an attribute. A text without a program is a mistake of ours.
fn cases(attribute: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/ui")
        .join(attribute)
        .join("fail");
    let entries = fs::read_dir(&folder).expect("the folder exists");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it can be read").path())
        .collect();
    paths.sort();
    let mut cases = Vec::new();
    for source in paths {
        if source
            .extension()
            .is_some_and(|extension| extension == "rs")
        {
            let name = source
                .file_stem()
                .expect("a file has a name")
                .to_string_lossy();
            let target = format!("{attribute}-{name}");
            cases.push(Case {
                target,
                expected: source.with_extension("stderr"),
                source,
            });
        } else {
            assert!(
                source.with_extension("rs").exists(),
                "{} has no program",
                source.display()
            );
        }
    }
    cases
}

/// What the compiler says of each case that does not compile.
fn compile(cases: &[Case]) -> BTreeMap<String, String> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this package has a workspace");
    let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ui");
    fs::create_dir_all(&project).expect("the target directory can be written");
    fs::write(project.join("Cargo.toml"), manifest(workspace, cases)).expect("it can be written");
    fs::copy(workspace.join("Cargo.lock"), project.join("Cargo.lock"))
        .expect("the lock file can be copied");
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
        .args([
            "check",
            "--offline",
            "--keep-going",
            "--message-format=json",
            "--target-dir",
            "target",
        ])
        .current_dir(&project)
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .output()
        .expect("cargo can be run");
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut seen = 0;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let Some(target) = message["target"]["name"].as_str() else {
            continue;
        };
        seen += usize::from(target == "agent_trace" && message["reason"] == "compiler-artifact");
        // What only counts the errors has no place of its own.
        let placed = message["message"]["spans"]
            .as_array()
            .is_some_and(|spans| !spans.is_empty());
        if message["message"]["level"] == "error" && placed {
            let rendered = message["message"]["rendered"].as_str().unwrap_or_default();
            found
                .entry(target.to_owned())
                .or_default()
                .push_str(&normalize(rendered, workspace));
        }
    }
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(seen, 1, "the library itself did not compile:\n{said}");
    found
}

fn manifest(workspace: &Path, cases: &[Case]) -> String {
    let mut manifest = format!(
        "[package]\nname = \"ui\"\nversion = \"0.0.0\"\nedition = \"2024\"\nautobins = false\n\n[workspace]\n\n\
         [dependencies]\nagent-trace = {{ path = {:?}, default-features = false }}\ntracing = \"0.1\"\n",
        workspace.join("agent-trace")
    );
    for Case { target, source, .. } in cases {
        let _ = write!(
            manifest,
            "\n[[bin]]\nname = {target:?}\npath = {source:?}\n"
        );
    }
    manifest
}

/// The release of the compiler, such as `1.95.0`.
fn release() -> Option<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"));
    let output = Command::new(rustc).arg("--version").output().ok()?;
    let version = String::from_utf8(output.stdout).ok()?;
    version.split_whitespace().nth(1).map(str::to_owned)
}

/// The text without what differs between machines: the places of other files, with the lines that quote them, and the
/// width of the margin.
fn normalize(rendered: &str, workspace: &Path) -> String {
    let workspace = format!("{}/", workspace.display());
    let mut text = String::new();
    let mut quoting = false;
    // How wide the margin of the latest note is, to which the list under it is aligned.
    let mut width = 4;
    for line in rendered.lines() {
        let margin = line
            .trim_start_matches(|character: char| character == ' ' || character.is_ascii_digit());
        let number = line[..line.len() - margin.len()].trim();
        if let Some((arrow, place)) = margin
            .split_once(' ')
            .filter(|(arrow, _)| ["-->", ":::"].contains(arrow))
        {
            let own = place.strip_prefix(&workspace);
            quoting = !own.is_some_and(|own| own.starts_with("tests/tests/ui/"));
            let file = place.split(':').next().unwrap_or_default();
            let shown = match own {
                Some(own) if !quoting => own.to_owned(),
                Some(own) => format!("$WORKSPACE/{}", own.split(':').next().unwrap_or_default()),
                None => match file.split_once("/library/") {
                    Some((_, file)) => format!("$RUST/{file}"),
                    None => format!("$CARGO/{}", file.rsplit('/').next().unwrap_or_default()),
                },
            };
            let _ = writeln!(text, "   {arrow} {shown}");
        } else if margin.starts_with('|') || line.starts_with("...") {
            if !quoting {
                let _ = writeln!(text, "{number:>3} {margin}");
            }
        } else if margin.starts_with("= ") && number.is_empty() && line != margin {
            quoting = false;
            width = line.len() - margin.len();
            // Whether it names the macro of ours around the attribute's methods differs from build to build.
            let said = match margin.split_once(" which comes from the expansion") {
                Some((said, rest)) => {
                    format!("{said}{}", rest.find(" (").map_or("", |at| &rest[at..]))
                }
                None => margin.to_owned(),
            };
            let _ = writeln!(text, "    {said}");
        } else {
            quoting = false;
            match line.strip_prefix(&" ".repeat(width)) {
                // How many types a list leaves out changes with each type that joins them.
                Some(item)
                    if item.trim_start().starts_with("and ") && item.ends_with(" others") =>
                {
                    text.push_str("            and others\n");
                }
                Some(item) => {
                    let _ = writeln!(text, "    {item}");
                }
                None => {
                    let _ = writeln!(text, "{line}");
                }
            }
        }
    }
    text
}
