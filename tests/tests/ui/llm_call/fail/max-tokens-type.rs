use agent_trace::llm_call;

#[llm_call(max_tokens = 1.5f32 * 2.0)]
async fn ask(prompt: String, tries: u32) -> String {
    format!("{prompt}{tries}")
}

fn main() {}
