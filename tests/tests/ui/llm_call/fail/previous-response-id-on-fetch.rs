use agent_trace::llm_call;

#[llm_call(operation = "fetch_response", previous_response_id = prompt)]
async fn ask(prompt: String, tries: u32) -> String {
    format!("{prompt}{tries}")
}

fn main() {}
