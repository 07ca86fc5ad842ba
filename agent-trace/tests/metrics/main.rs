//! The metrics of calls: what each one is, that they add up, and that no sampler changes them.

#![cfg(all(feature = "metrics", feature = "testing"))]

mod calls;
mod measured;
mod observed;
#[cfg(feature = "prometheus")]
mod prometheus;
mod recount;
mod table;
mod tokens;
mod tree;
