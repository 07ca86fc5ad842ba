use agent_trace::agent_span;

#[agent_span]
async fn research(question: &str) -> String {
    question.to_owned();
}

fn main() {}
