//! Every shape of function under each of the three attributes.
//!
//! The files beside this one are each compiled three times: in `agent`, `tool` and `llm`, where `call` is one of the
//! attributes and `FAMILY` says which.
#![allow(
    clippy::multiple_bound_locations,
    clippy::needless_arbitrary_self_type,
    clippy::too_many_arguments,
    clippy::toplevel_ref_arg,
    clippy::unused_unit,
    reason = "what people should not write is instrumented all the same"
)]

mod agent;
mod family;
mod llm;
mod once;
mod tool;
