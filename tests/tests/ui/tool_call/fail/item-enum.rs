use agent_trace::tool_call;

#[tool_call]
enum Tool {
    Search,
}

fn main() {}
