use agent_trace::tool_call;

#[tool_call]
fn count(query: &str) -> u32 {
    if query.is_empty() {
        return "none";
    }
    1
}

fn main() {}
