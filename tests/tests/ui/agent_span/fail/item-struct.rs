use agent_trace::agent_span;

#[agent_span]
struct Researcher {
    name: String,
}

fn main() {}
