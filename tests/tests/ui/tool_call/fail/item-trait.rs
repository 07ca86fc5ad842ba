use agent_trace::tool_call;

#[tool_call]
trait Tool {
    fn call(&self);
}

fn main() {}
