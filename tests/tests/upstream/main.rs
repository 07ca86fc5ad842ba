//! What the tests of `tracing-attributes` show of `#[instrument]`, shown of each of the three attributes.
//!
//! The files beside this one are each compiled three times: in `agent`, `tool` and `llm`, where `call` is one of the
//! attributes and `FAMILY` says which. Arguments are not recorded by ours, and where `#[instrument]` makes an event of
//! an error or a value, ours have the span's status and the closure of `result`.

mod agent;
#[path = "../shapes/family.rs"]
mod family;
mod llm;
mod record;
mod tool;
