#![deny(dead_code)]

use agent_trace::tool_call;

#[tool_call]
fn never_called() {}

fn main() {}
