use agent_trace::llm_call;

#[llm_call(fields(gen_ai.usage.input_tokens = tries))]
async fn ask(prompt: String, tries: u32) -> String {
    format!("{prompt}{tries}")
}

fn main() {}
