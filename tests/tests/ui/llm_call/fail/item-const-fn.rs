use agent_trace::llm_call;

#[llm_call]
const fn ask() {}

fn main() {}
