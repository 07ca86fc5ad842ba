use agent_trace::llm_call;

#[llm_call(fields(error.type = "timeout"))]
async fn ask(prompt: String, tries: u32) -> String {
    format!("{prompt}{tries}")
}

fn main() {}
