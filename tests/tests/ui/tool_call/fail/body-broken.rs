use agent_trace::tool_call;

#[tool_call]
fn count(query: &str) -> usize {
    let length = ;
    query.len()
}

fn caller() -> usize {
    count("the function is still there")
}

fn main() {}
