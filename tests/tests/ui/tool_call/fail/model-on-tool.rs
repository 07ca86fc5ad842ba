use agent_trace::tool_call;

#[tool_call(model = "gpt-4o")]
async fn search(query: String, limit: u32) -> String {
    format!("{query}{limit}")
}

fn main() {}
