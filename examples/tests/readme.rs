//! The parts of the README that are no Rust; its Rust is compiled by the documentation tests of the library.

use std::fs;
use std::path::Path;

const README: &str = include_str!("../../README.md");

/// The code blocks of a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README
        .split(&fence)
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or_default())
        .collect()
}

#[test]
fn every_block_has_a_language_that_is_checked() {
    let fences: Vec<&str> = README
        .lines()
        .filter_map(|line| line.strip_prefix("```"))
        .filter(|language| !language.is_empty())
        .collect();
    assert!(!fences.is_empty());
    for language in fences {
        assert!(
            ["rust", "rust,no_run", "sh", "text", "toml"].contains(&language),
            "{language}"
        );
    }
}

#[test]
fn the_dependency_is_a_manifest_with_features_that_exist() {
    let [block] = blocks("toml")[..] else {
        panic!("one manifest")
    };
    let written: toml::Table = block.parse().unwrap();
    let written = &written["dependencies"]["agent-trace"];

    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../agent-trace/Cargo.toml");
    let manifest: toml::Table = fs::read_to_string(manifest).unwrap().parse().unwrap();
    let features = manifest["features"].as_table().unwrap();
    for feature in written["features"].as_array().unwrap() {
        let feature = feature.as_str().unwrap();
        assert!(features.contains_key(feature), "{feature}");
    }
    assert!(
        written["path"]
            .as_str()
            .unwrap()
            .ends_with("agent-trace/agent-trace")
    );

    // Every feature is in the table, and every row of the table is a feature.
    let (_, section) = README.split_once("## Features").unwrap();
    let mut rows: Vec<&str> = section
        .split("\n## ")
        .next()
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    rows.sort_unstable();
    let mut names: Vec<&str> = features
        .keys()
        .map(String::as_str)
        .filter(|name| *name != "default")
        .collect();
    names.sort_unstable();
    assert_eq!(rows, names);
}

#[test]
fn the_commands_are_the_ones_that_ci_runs() {
    let ci = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.ci/run");
    let ci = fs::read_to_string(ci).unwrap();
    let commands: Vec<&str> = blocks("sh")
        .iter()
        .flat_map(|block| block.lines())
        .collect();
    assert_eq!(
        commands,
        ["cargo run -p examples", "cargo test --workspace"]
    );
    assert!(ci.contains("cargo run --quiet -p examples"));
    assert!(ci.contains("cargo test --workspace"));
}
