use agent_trace::agent_span;

struct Researcher;

#[agent_span]
impl Researcher {
    fn research(&self) {}
}

fn main() {}
