use agent_trace::tool_call;

#[tool_call]
mod tools {}

fn main() {}
