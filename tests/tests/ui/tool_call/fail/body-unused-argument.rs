#![deny(unused_variables, unused_mut)]

use agent_trace::tool_call;

#[tool_call(call_id = call)]
async fn search(call: String, mut query: String, limit: u32) -> String {
    query
}

fn main() {}
