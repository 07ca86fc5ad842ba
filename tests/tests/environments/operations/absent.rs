//! What is not said is not written, nor what says the default where the registry asks for none.

use agent_trace::testing::Capture;
use agent_trace::{llm_call, tool_call};

#[llm_call(
    provider = none,
    model = none,
    server = none,
    temperature = none_f,
    max_tokens = none_i,
    stop_sequences = none_t,
    choice_count = 1,
    stream = false,
    service_tier = "auto",
    conversation = none,
    prompt = none,
)]
fn ask(none: Option<&str>, none_f: Option<f64>, none_i: Option<u32>, none_t: Option<Vec<String>>) {}

#[tool_call(call_id = id, kind = none)]
fn tool(id: Option<String>, none: Option<&str>) {}

#[test]
fn what_is_not_there_is_not_recorded() {
    let spans = Capture::new()
        .trimmed()
        .run(|| ask(None, None, None, None))
        .spans;
    assert_eq!(spans.only().attributes().keys(), ["gen_ai.operation.name"]);
    let spans = Capture::new().trimmed().run(|| tool(None, None)).spans;
    let mut keys = spans.only().attributes().keys();
    keys.sort_unstable();
    assert_eq!(keys, ["gen_ai.operation.name", "gen_ai.tool.name"]);
}
