use agent_trace::tool_call;

#[tool_call]
const fn add(left: u32, right: u32) -> u32 {
    left + right
}

fn main() {}
