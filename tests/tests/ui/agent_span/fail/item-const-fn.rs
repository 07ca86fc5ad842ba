use agent_trace::agent_span;

#[agent_span]
const fn research(attempt: u32) -> u32 {
    attempt
}

fn main() {}
