use agent_trace::tool_call;

fn classify(value: &u32) -> agent_trace::Verdict {
    agent_trace::Verdict::failure(value.to_string())
}

#[tool_call(error = classify)]
async fn search(query: String, limit: u32) -> String {
    format!("{query}{limit}")
}

fn main() {}
