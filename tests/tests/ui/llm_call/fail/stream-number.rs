use agent_trace::llm_call;

#[llm_call(stream = 1)]
async fn ask(prompt: String, tries: u32) -> String {
    format!("{prompt}{tries}")
}

fn main() {}
