use agent_trace::llm_call;

#[llm_call(operation = "embeddings", seed = 7)]
async fn ask(prompt: String, tries: u32) -> String {
    format!("{prompt}{tries}")
}

fn main() {}
