use agent_trace::agent_span;

const OPERATION: &str = "reflect";

#[agent_span(operation = OPERATION)]
async fn research(question: String, attempt: u32) -> String {
    format!("{question}{attempt}")
}

fn main() {}
