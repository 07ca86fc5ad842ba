use agent_trace::llm_call;

#[llm_call(provider = "openai", model = "gpt-4o")]
async fn ask(prompt: String) -> &'static str {
    prompt.as_str()
}

fn main() {}
