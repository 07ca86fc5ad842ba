use agent_trace::tool_call;

#[tool_call(nmae = "count")]
fn count(query: &str) -> usize {
    query.len()
}

fn caller() -> usize {
    count("the only error is about the option")
}

fn main() {}
