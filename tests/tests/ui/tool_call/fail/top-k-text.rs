use agent_trace::tool_call;

#[tool_call(operation = "retrieval", top_k = "3")]
async fn search(query: String, limit: u32) -> String {
    format!("{query}{limit}")
}

fn main() {}
