// Generated from agent-trace/semconv by `cargo run -p agent-trace-tests --bin semconv`.
// Do not edit: change the data and run it again.

//! The entities of the conventions.

use super::{EntityInfo, Stability, id};

/// Every entity.
#[rustfmt::skip]
pub static ALL: [&EntityInfo; 1] = [
    &MAIN_AGENT,
];

/// `gen_ai.main_agent`.
#[rustfmt::skip]
pub static MAIN_AGENT: EntityInfo = EntityInfo {
    name: "gen_ai.main_agent",
    stability: Stability::Development,
    identity: &[id::GEN_AI_MAIN_AGENT_ID],
    description: &[id::GEN_AI_MAIN_AGENT_NAME, id::GEN_AI_MAIN_AGENT_DESCRIPTION],
};
