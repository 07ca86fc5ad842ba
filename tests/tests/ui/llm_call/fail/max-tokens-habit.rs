use agent_trace::llm_call;

#[llm_call(max_completion_tokens = 100)]
async fn ask(prompt: String, tries: u32) -> String {
    format!("{prompt}{tries}")
}

fn main() {}
