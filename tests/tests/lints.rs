//! A crate that denies every lint that might fire stays clean under the attributes, and the compiler's own lints still
//! fire on the user's code (`tests/ui/tool_call/fail/body-unused-argument.rs`).

#![deny(
    warnings,
    future_incompatible,
    keyword_idents,
    let_underscore,
    nonstandard_style,
    refining_impl_trait,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    unused,
    absolute_paths_not_starting_with_crate,
    ambiguous_negative_literals,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_abi,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    non_ascii_idents,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unsafe_code,
    unstable_features,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences,
    clippy::all,
    clippy::nursery,
    clippy::pedantic,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    clippy::as_conversions,
    clippy::exhaustive_enums,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::let_underscore_untyped,
    clippy::panic,
    clippy::shadow_reuse,
    clippy::shadow_same,
    clippy::str_to_string,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm
)]

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use agent_trace::testing::capture;
use agent_trace::{Verdict, agent_span, llm_call, tool_call};
use futures_core::Stream;

/// An error.
#[derive(Debug)]
#[non_exhaustive]
pub struct Failed;

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("failed")
    }
}

impl std::error::Error for Failed {}

/// An error as large as those of some SDKs.
#[derive(Debug)]
#[non_exhaustive]
pub struct Lengthy {
    text: [u8; 256],
}

impl fmt::Display for Lengthy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.text.is_empty() { "" } else { "failed" })
    }
}

/// Returns one, which no lint says anything of where the function is async.
#[tool_call]
async fn failing_at_length(text: &str) -> Result<usize, Lengthy> {
    if text.is_empty() {
        return Err(Lengthy { text: [0; 256] });
    }
    Ok(text.len())
}

/// A handle.
#[derive(Debug)]
#[non_exhaustive]
pub struct Desk {
    name: String,
}

impl Desk {
    /// Borrows.
    #[agent_span(name = self.name, conversation = question, fields(user.id = %self.name, given = 1_u8))]
    async fn research(&self, question: &str, mut budget: u32, _: String) -> Result<String, Failed> {
        if question.is_empty() {
            return Err(Failed);
        }
        budget = budget.saturating_sub(1);
        let found = lookup(&self.name, question)?;
        Ok(format!("{found}{budget}"))
    }

    /// Borrows mutably, and returns what it borrows.
    #[tool_call]
    #[must_use]
    fn rename(&mut self, name: &str) -> &mut String {
        name.clone_into(&mut self.name);
        &mut self.name
    }

    /// Shares.
    #[tool_call(call_id = %Arc::strong_count(&self))]
    async fn shared(self: Arc<Self>, (first, second): (u8, u8)) -> u8 {
        first.saturating_add(second)
    }
}

/// Reads an argument in an option alone.
#[tool_call(call_id = call)]
fn lookup<'name>(call: &str, name: &'name str) -> Result<&'name str, Failed> {
    if name.is_empty() {
        Err(Failed)
    } else {
        Ok(name)
    }
}

/// Classifies and records.
#[tool_call(
    fields(length),
    error = |result: &Result<String, Failed>| match result {
        Ok(_) => Verdict::Success,
        Err(Failed) => Verdict::Expected,
    },
    result = |text, span| { let _recorded = span.record("length", text.len()); }
)]
async fn classified(text: String) -> Result<String, Failed> {
    if text.is_empty() {
        Err(Failed)
    } else {
        Ok(text)
    }
}

/// Has every kind of option.
#[llm_call(
    provider = "openai",
    model = model,
    temperature = 0.5,
    max_tokens = 100,
    stop_sequences = ["END"],
    prompt(name = "greeting", version = %3_u8),
    server = "localhost:80",
    level = "debug",
    target = "lints"
)]
fn stream(model: String) -> impl Stream<Item = Result<String, Failed>> {
    futures_util::stream::iter([Ok(model)])
}

/// Boxes.
#[llm_call(provider = "openai")]
fn boxed<'call>(
    prompt: &'call str,
) -> Pin<Box<dyn Future<Output = Result<usize, Failed>> + Send + 'call>> {
    Box::pin(async move { Ok(prompt.len()) })
}

/// Makes a future.
#[agent_span(new_trace)]
fn eager(prompt: &str) -> impl Future<Output = usize> + '_ {
    async move { prompt.len() }
}

/// Returns nothing, and has an argument that is not used.
#[tool_call]
async fn nothing(_unused: &str, _owned: String) {
    futures_util::future::ready(()).await;
}

/// Gives something that can be awaited.
#[agent_span]
async fn awaitable() -> Pin<Box<dyn Future<Output = u8> + Send>> {
    Box::pin(async { 1 })
}

/// Never returns.
#[tool_call]
fn never() -> ! {
    std::process::abort()
}

/// Keeps its caller.
#[tool_call]
#[track_caller]
fn first(items: &[u8]) -> Option<u8> {
    items.first().copied()
}

#[test]
fn it_is_clean_and_runs() {
    let captured = capture(|| lookup("call_1", "name").is_ok());
    assert!(captured.value);
    assert_eq!(first(&[1]), Some(1));
    assert_eq!(captured.spans.len(), 1);
    // The other functions need only compile.
    let _: fn() -> ! = never;
    let mut desk = Desk {
        name: String::new(),
    };
    assert_eq!(desk.rename("x"), "x");
    drop((
        desk.research("", 1, String::new()),
        classified(String::new()),
        stream(String::new()),
    ));
    drop((
        awaitable(),
        boxed(""),
        eager(""),
        nothing("", String::new()),
        failing_at_length(""),
    ));
    drop(
        Arc::new(Desk {
            name: String::new(),
        })
        .shared((1, 2)),
    );
}
