use agent_trace::llm_call;

#[llm_call(top_k = 0.5)]
async fn ask(prompt: String, tries: u32) -> String {
    format!("{prompt}{tries}")
}

fn main() {}
