use agent_trace::llm_call;

#[llm_call(modle = "gpt-4o", temperature = "hot", seed = 1, seed = 2)]
async fn ask(prompt: String, tries: u32) -> String {
    format!("{prompt}{tries}")
}

fn main() {}
