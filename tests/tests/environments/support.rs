//! A small team of annotated functions, and a log in memory.

use std::error::Error;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex};

use agent_trace::llm::{LlmResponse, ResponseInfo, Usage};
use agent_trace::testing::FinishedSpan;
use agent_trace::{agent_span, llm_call, tool_call};

/// What the model refuses to say.
#[derive(Debug)]
pub(crate) struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the model refused politely")
    }
}

impl Error for Refused {}

/// A reply that says its usage.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reply {
    pub(crate) input: u64,
    pub(crate) output: u64,
}

impl LlmResponse for Reply {
    fn info(&self) -> ResponseInfo {
        let mut usage = Usage::default();
        usage.input_tokens = Some(self.input);
        usage.output_tokens = Some(self.output);
        let mut info = ResponseInfo::default();
        info.id = Some("reply-1".to_owned());
        info.model = Some("small-2026".to_owned());
        info.finish_reasons = vec!["stop".into()];
        info.usage = Some(usage);
        info
    }
}

/// How the model behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Helpful,
    Stubborn,
}

#[agent_span(name = "desk", conversation = "conv-1", target = "team::agent")]
pub(crate) fn desk(mood: Mood) -> Result<Reply, Refused> {
    look_up("rust");
    ask(mood)
}

#[tool_call(call_id = "call-7", target = "team::tool")]
pub(crate) fn look_up(_word: &str) -> usize {
    agent_trace::current().attribute("shop.shelf", 4);
    3
}

#[llm_call(
    provider = "acme",
    model = "small",
    server = "https://api.acme.example:8443/v1",
    temperature = 0.2,
    stop_sequences = ["END"],
    target = "team::model"
)]
pub(crate) fn ask(mood: Mood) -> Result<Reply, Refused> {
    agent_trace::current().event("asked", []);
    match mood {
        Mood::Helpful => Ok(Reply {
            input: 12,
            output: 3,
        }),
        Mood::Stubborn => Err(Refused),
    }
}

// The same, awaited; not a documentation comment, which would describe the agent.
#[agent_span(name = "desk", conversation = "conv-1", target = "team::agent")]
pub(crate) async fn desk_async(mood: Mood) -> Result<Reply, Refused> {
    tokio::task::yield_now().await;
    look_up("rust");
    ask_async(mood).await
}

#[llm_call(
    provider = "acme",
    model = "small",
    server = "https://api.acme.example:8443/v1",
    temperature = 0.2,
    stop_sequences = ["END"],
    target = "team::model"
)]
pub(crate) async fn ask_async(mood: Mood) -> Result<Reply, Refused> {
    tokio::task::yield_now().await;
    agent_trace::current().event("asked", []);
    match mood {
        Mood::Helpful => Ok(Reply {
            input: 12,
            output: 3,
        }),
        Mood::Stubborn => Err(Refused),
    }
}

/// What [`desk`] makes, whatever the stack, unless something hides a part of it.
pub(crate) const HELPFUL: &str = "\
invoke_agent desk [internal]
    agent_trace.inference_calls = 1
    agent_trace.subtree.agent_calls = 0
    agent_trace.subtree.inference_calls = 1
    agent_trace.subtree.input_tokens = 12
    agent_trace.subtree.output_tokens = 3
    agent_trace.subtree.tool_calls = 1
    agent_trace.tool_calls = 1
    gen_ai.agent.name = \"desk\"
    gen_ai.conversation.id = \"conv-1\"
    gen_ai.operation.name = \"invoke_agent\"
    gen_ai.response.finish_reasons = [\"stop\"]
    gen_ai.usage.input_tokens = 12
    gen_ai.usage.output_tokens = 3
  execute_tool look_up [internal]
      gen_ai.agent.name = \"desk\"
      gen_ai.conversation.id = \"conv-1\"
      gen_ai.operation.name = \"execute_tool\"
      gen_ai.tool.call.id = \"call-7\"
      gen_ai.tool.name = \"look_up\"
      shop.shelf = 4
  chat small [client]
      gen_ai.conversation.id = \"conv-1\"
      gen_ai.operation.name = \"chat\"
      gen_ai.provider.name = \"acme\"
      gen_ai.request.model = \"small\"
      gen_ai.request.stop_sequences = [\"END\"]
      gen_ai.request.temperature = 0.2
      gen_ai.response.finish_reasons = [\"stop\"]
      gen_ai.response.id = \"reply-1\"
      gen_ai.response.model = \"small-2026\"
      gen_ai.usage.input_tokens = 12
      gen_ai.usage.output_tokens = 3
      server.address = \"api.acme.example\"
      server.port = 8443
      event \"asked\"
";

/// The model call of [`desk`] with all it should carry.
pub(crate) fn assert_model_call(span: &FinishedSpan) {
    span.assert_attr("gen_ai.operation.name", "chat")
        .assert_attr("gen_ai.provider.name", "acme")
        .assert_attr("gen_ai.request.model", "small")
        .assert_attr("gen_ai.usage.input_tokens", 12)
        .assert_attr("gen_ai.usage.output_tokens", 3)
        .assert_attr("server.address", "api.acme.example")
        .assert_attr("server.port", 8443)
        .assert_unset();
    assert_eq!(span.keys_duplicated(), [""; 0]);
}

/// A log in memory.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// What a layer's writer is made from.
    pub(crate) fn writer(&self) -> impl Fn() -> Self + Send + Sync + 'static {
        let log = self.clone();
        move || log.clone()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("a writer").clone()).expect("text")
    }

    /// The lines of a JSON format.
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        self.text()
            .lines()
            .map(|line| serde_json::from_str(line).expect("a JSON line"))
            .collect()
    }

    /// The line that has all of these parts.
    pub(crate) fn line(&self, parts: &[&str]) -> String {
        let text = self.text();
        text.lines()
            .find(|line| parts.iter().all(|part| line.contains(part)))
            .unwrap_or_else(|| panic!("no line with {parts:?} in:\n{text}"))
            .to_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("a writer").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
