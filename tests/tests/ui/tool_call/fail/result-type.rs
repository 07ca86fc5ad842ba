use agent_trace::tool_call;

#[tool_call(result = |value: &u32, _| drop(value.to_string()))]
async fn search(query: String, limit: u32) -> String {
    format!("{query}{limit}")
}

fn main() {}
