use agent_trace::agent_span;

#[agent_span(session_id = question)]
async fn research(question: String, attempt: u32) -> String {
    format!("{question}{attempt}")
}

fn main() {}
