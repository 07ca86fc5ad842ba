use agent_trace::tool_call;

#[tool_call]
static LIMIT: u32 = 3;

fn main() {}
