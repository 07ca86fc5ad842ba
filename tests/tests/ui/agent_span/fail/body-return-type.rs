use agent_trace::agent_span;

struct Report;

#[agent_span]
async fn research(question: &str) -> Result<Report, String> {
    Ok(question.len())
}

fn main() {}
