use agent_trace::llm_call;

#[llm_call(fields(gen_ai.request.model = "gpt-4o"))]
async fn ask(prompt: String, tries: u32) -> String {
    format!("{prompt}{tries}")
}

fn main() {}
