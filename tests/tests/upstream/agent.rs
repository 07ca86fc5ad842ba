//! What `tracing-attributes` tests, under `#[agent_span]`.
#![allow(clippy::duplicate_mod)]

use agent_trace::agent_span as call;

use crate::family::Family;

const FAMILY: Family = Family::Agent;

#[path = "async_fn.rs"]
mod async_fn;
#[path = "dead_code.rs"]
mod dead_code;
#[path = "destructuring.rs"]
mod destructuring;
#[path = "err.rs"]
mod err;
#[path = "fields.rs"]
mod fields;
#[path = "follows_from.rs"]
mod follows_from;
#[path = "instrument.rs"]
mod instrument;
#[path = "levels.rs"]
mod levels;
#[path = "names.rs"]
mod names;
#[path = "parents.rs"]
mod parents;
#[path = "ret.rs"]
mod ret;
#[path = "targets.rs"]
mod targets;
