//! What must stay true across the crates of agent-trace, and what checks it.

pub mod conformance;
pub mod receiver;
