use agent_trace::llm_call;

#[llm_call(temperature = "0.2")]
async fn ask(prompt: String, tries: u32) -> String {
    format!("{prompt}{tries}")
}

fn main() {}
