use agent_trace::agent_span;

#[agent_span(operation = "invoke_workflow", remote)]
async fn research(question: String, attempt: u32) -> String {
    format!("{question}{attempt}")
}

fn main() {}
