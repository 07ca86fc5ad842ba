use agent_trace::llm_call;

#[llm_call(output_type = true)]
async fn ask(prompt: String, tries: u32) -> String {
    format!("{prompt}{tries}")
}

fn main() {}
