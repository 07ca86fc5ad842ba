use agent_trace::agent_span;

#[agent_span(temperature = 0.2)]
async fn research(question: String, attempt: u32) -> String {
    format!("{question}{attempt}")
}

fn main() {}
