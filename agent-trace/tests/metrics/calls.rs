//! One function for each kind of call.

use agent_trace::llm::{BilledUsage, LlmChunk, LlmResponse, ResponseInfo, StreamInfo, Usage};
use agent_trace::{agent_span, llm_call, tool_call};
use futures_core::Stream;
use std::fmt;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

#[derive(Debug)]
pub(crate) struct Overloaded;

impl fmt::Display for Overloaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("try again later")
    }
}

impl std::error::Error for Overloaded {}

/// What a model replies.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reply {
    pub(crate) usage: Option<Usage>,
    pub(crate) billed: Option<Usage>,
    pub(crate) model: Option<&'static str>,
}

impl LlmResponse for Reply {
    fn info(&self) -> ResponseInfo {
        let mut info = ResponseInfo::default();
        info.usage = self.usage;
        info.billed_usage = self
            .billed
            .map(|billed| Box::new(BilledUsage::from(billed)));
        info.model = self.model.map(str::to_owned);
        info.service_tier = Some("priority".into());
        info
    }
}

/// A piece of a streamed reply.
#[derive(Clone, Debug)]
pub(crate) struct Chunk(pub(crate) Option<Usage>);

impl LlmChunk for Chunk {
    fn accumulate(&self, stream: &mut StreamInfo) {
        stream.content();
        stream.model("small-2026");
        if let Some(usage) = self.0 {
            stream.usage(usage);
        }
    }
}

/// Items that are there already.
pub(crate) struct Items<T>(std::vec::IntoIter<T>);

impl<T> Items<T> {
    pub(crate) fn new(items: Vec<T>) -> Self {
        Self(items.into_iter())
    }
}

impl<T> Stream for Items<T>
where
    std::vec::IntoIter<T>: Unpin,
{
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(self.0.next())
    }
}

/// Takes so many items of a stream and drops it.
pub(crate) fn take(stream: impl Stream, items: usize) {
    let mut stream = pin!(stream);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..items {
        if let Poll::Ready(None) = stream.as_mut().poll_next(&mut context) {
            return;
        }
    }
}

pub(crate) fn usage(input: u64, output: u64) -> Usage {
    let mut usage = Usage::default();
    usage.input_tokens = Some(input);
    usage.output_tokens = Some(output);
    usage
}

#[llm_call(provider = provider, model = "small", server = "https://api.example.com:8443/v1")]
pub(crate) fn ask(provider: &str, reply: Result<Reply, Overloaded>) -> Result<Reply, Overloaded> {
    reply
}

/// A retry loop around an instrumented client: one call of the model.
#[llm_call(provider = "acme", model = "small")]
pub(crate) fn ask_often(replies: Vec<Result<Reply, Overloaded>>) -> Result<Reply, Overloaded> {
    let mut last = Err(Overloaded);
    for reply in replies {
        last = ask("acme", reply);
    }
    last
}

#[llm_call(provider = "acme", model = "small")]
pub(crate) fn stream(
    items: Vec<Result<Chunk, Overloaded>>,
) -> impl Stream<Item = Result<Chunk, Overloaded>> {
    Items::new(items)
}

#[llm_call(operation = "embeddings", provider = "acme", model = "embed")]
pub(crate) fn embed() -> Reply {
    Reply {
        usage: Some(usage(7, 0)),
        ..Reply::default()
    }
}

#[llm_call(operation = "fetch_response", provider = "acme", response_id = "r1")]
pub(crate) fn fetch() -> Reply {
    Reply {
        usage: Some(usage(1000, 1000)),
        ..Reply::default()
    }
}

#[tool_call(operation = "retrieval", data_source = "docs")]
pub(crate) fn retrieve() -> Result<(), Overloaded> {
    Err(Overloaded)
}

#[tool_call(operation = "search_memory")]
pub(crate) fn remember() {}

#[tool_call(operation = "rerank")]
pub(crate) fn rerank() {}

#[tool_call(name = name, kind = "function")]
pub(crate) fn tool(
    name: &str,
    body: impl FnOnce() -> Result<(), Overloaded>,
) -> Result<(), Overloaded> {
    body()
}

#[agent_span(name = name, model = "small")]
pub(crate) fn agent(
    name: &str,
    body: impl FnOnce() -> Result<(), Overloaded>,
) -> Result<(), Overloaded> {
    body()
}

#[agent_span(operation = "invoke_workflow", name = "pipeline")]
pub(crate) fn workflow(body: impl FnOnce() -> Result<(), Overloaded>) -> Result<(), Overloaded> {
    body()
}

#[agent_span(operation = "plan")]
pub(crate) fn plan() {}

#[agent_span(operation = "create_agent", name = "writer", provider = "acme")]
pub(crate) fn create() {}

#[agent_span(name = "far", remote, provider = "acme")]
pub(crate) fn remote() -> Result<(), Overloaded> {
    Err(Overloaded)
}
