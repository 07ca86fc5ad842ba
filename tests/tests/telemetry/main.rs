//! `agent_trace::telemetry` as applications use it, against a receiver over real sockets.

mod child;
mod delivery;
mod join;
mod layer;
mod support;
