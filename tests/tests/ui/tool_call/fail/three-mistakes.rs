use agent_trace::tool_call;

#[tool_call(kind = 1, nmae = "search", remote)]
async fn search(query: String, limit: u32) -> String {
    format!("{query}{limit}")
}

fn main() {}
