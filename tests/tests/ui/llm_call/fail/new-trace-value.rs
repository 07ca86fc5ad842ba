use agent_trace::llm_call;

#[llm_call(new_trace = false)]
async fn ask(prompt: String, tries: u32) -> String {
    format!("{prompt}{tries}")
}

fn main() {}
