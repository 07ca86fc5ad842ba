use agent_trace::tool_call;

#[tool_call(fields(gen_ai.tool.call.arguments = query))]
async fn search(query: String, limit: u32) -> String {
    format!("{query}{limit}")
}

fn main() {}
