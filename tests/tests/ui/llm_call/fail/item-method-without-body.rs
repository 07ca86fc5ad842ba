use agent_trace::llm_call;

trait Model {
    #[llm_call(provider = "openai")]
    async fn ask(&self, prompt: &str) -> String;
}

fn main() {}
