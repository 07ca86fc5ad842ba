use agent_trace::agent_span;

#[agent_span(level = "loud")]
async fn research(question: String, attempt: u32) -> String {
    format!("{question}{attempt}")
}

fn main() {}
