//! Programs a user of `agent-trace` would write, and the stand-in for a model that they run against.
//!
//! [`research_desk`] is the program behind `cargo run -p examples`: a planner, three searchers and a writer
//! answer a question. [`distributed`] is seven processes that share one trace. [`server`] is the model that all of them
//! talk to when no other is configured. Everything the programs know of `agent-trace` is an attribute above a function,
//! and a few lines of set-up.

pub mod distributed;
pub mod research_desk;
pub mod server;
pub mod trace_context_service;

/// The README's Rust is compiled with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
