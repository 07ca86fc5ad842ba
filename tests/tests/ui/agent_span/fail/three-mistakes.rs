use agent_trace::agent_span;

#[agent_span(nmae = "researcher", conversation = 7, skip(topic))]
async fn research(question: String, attempt: u32) -> String {
    format!("{question}{attempt}")
}

fn main() {}
