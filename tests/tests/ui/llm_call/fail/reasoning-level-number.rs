use agent_trace::llm_call;

#[llm_call(reasoning_level = 3)]
async fn ask(prompt: String, tries: u32) -> String {
    format!("{prompt}{tries}")
}

fn main() {}
