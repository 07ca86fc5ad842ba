use agent_trace::agent_span;

#[agent_span(id = "asst_1")]
async fn research(question: String, attempt: u32) -> String {
    format!("{question}{attempt}")
}

fn main() {}
