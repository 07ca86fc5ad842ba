use agent_trace::agent_span;

#[agent_span(operation = "plan", data_source = "docs")]
async fn research(question: String, attempt: u32) -> String {
    format!("{question}{attempt}")
}

fn main() {}
