use agent_trace::tool_call;

#[tool_call(fields(agent_trace.outcome = "expected"))]
async fn search(query: String, limit: u32) -> String {
    format!("{query}{limit}")
}

fn main() {}
