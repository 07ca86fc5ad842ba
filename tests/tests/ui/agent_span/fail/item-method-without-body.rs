use agent_trace::agent_span;

trait Agent {
    #[agent_span]
    fn research(&self, question: &str) -> String;
}

fn main() {}
