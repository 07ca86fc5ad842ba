use agent_trace::tool_call;

#[tool_call(fields(user.id = 1, user.id = 2))]
async fn search(query: String, limit: u32) -> String {
    format!("{query}{limit}")
}

fn main() {}
