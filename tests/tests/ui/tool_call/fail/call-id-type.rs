use agent_trace::tool_call;

#[tool_call(call_id = vec![query.clone()])]
async fn search(query: String, limit: u32) -> String {
    format!("{query}{limit}")
}

fn main() {}
