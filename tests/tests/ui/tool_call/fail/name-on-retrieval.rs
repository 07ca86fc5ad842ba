use agent_trace::tool_call;

#[tool_call(operation = "retrieval", name = "docs")]
async fn search(query: String, limit: u32) -> String {
    format!("{query}{limit}")
}

fn main() {}
