//! Random trees of calls.

use crate::calls::{self, Chunk, Overloaded, Reply};
use agent_trace::llm::Usage;
use proptest::prelude::*;

/// A call and what it calls.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Agent(&'static str, Vec<Node>, bool),
    Workflow(Vec<Node>, bool),
    Tool(&'static str, Vec<Node>, bool),
    Ask(&'static str, Box<Option<Usage>>, bool),
    /// A wrapper around calls of the same operation.
    AskOften(Vec<Option<Usage>>),
    /// Chunks, how many are taken, and whether the last is an error.
    Stream(Vec<Option<Usage>>, usize, bool),
    Embed,
    Fetch,
    Retrieve,
    Remote,
}

fn ends(fails: bool) -> Result<(), Overloaded> {
    if fails { Err(Overloaded) } else { Ok(()) }
}

fn reply(usage: Option<Usage>) -> Reply {
    Reply {
        usage,
        model: Some("small-2026"),
        ..Reply::default()
    }
}

impl Node {
    /// Makes the calls.
    pub(crate) fn run(&self) {
        match self {
            Self::Agent(name, inner, fails) => _ = calls::agent(name, || all(inner, *fails)),
            Self::Workflow(inner, fails) => _ = calls::workflow(|| all(inner, *fails)),
            Self::Tool(name, inner, fails) => _ = calls::tool(name, || all(inner, *fails)),
            Self::Ask(provider, usage, fails) => {
                let reply = ends(*fails).map(|()| reply(**usage));
                _ = calls::ask(provider, reply);
            }
            Self::AskOften(usages) => {
                let replies = usages.iter().map(|usage| Ok(reply(*usage)));
                _ = calls::ask_often(replies.collect());
            }
            Self::Stream(usages, taken, fails) => {
                let chunks = usages.iter().map(|usage| Ok(Chunk(*usage)));
                let error = fails.then_some(Err(Overloaded));
                calls::take(calls::stream(chunks.chain(error).collect()), *taken);
            }
            Self::Embed => _ = calls::embed(),
            Self::Fetch => _ = calls::fetch(),
            Self::Retrieve => _ = calls::retrieve(),
            Self::Remote => _ = calls::remote(),
        }
    }
}

fn all(nodes: &[Node], fails: bool) -> Result<(), Overloaded> {
    nodes.iter().for_each(Node::run);
    ends(fails)
}

fn count() -> impl Strategy<Value = Option<u64>> {
    prop::option::of(0..5_000_u64)
}

fn usage() -> impl Strategy<Value = Option<Usage>> {
    let counts = (count(), count(), count(), count(), count());
    let parts = (count(), count(), count());
    prop::option::of((counts, parts).prop_map(|(counts, parts)| {
        let mut usage = Usage::default();
        (
            usage.input_tokens,
            usage.output_tokens,
            usage.cache_read_input_tokens,
            usage.cache_write_input_tokens,
            usage.reasoning_output_tokens,
        ) = counts;
        (
            usage.text_input_tokens,
            usage.audio_output_tokens,
            usage.image_cache_read_input_tokens,
        ) = parts;
        usage
    }))
}

fn provider() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["acme", "openai"])
}

fn leaf() -> impl Strategy<Value = Node> {
    prop_oneof![
        4 => (provider(), usage(), any::<bool>()).prop_map(|(p, u, f)| Node::Ask(p, Box::new(u), f)),
        2 => prop::collection::vec(usage(), 0..4).prop_map(Node::AskOften),
        3 => (prop::collection::vec(usage(), 0..6), 0..9_usize, any::<bool>())
            .prop_map(|(chunks, taken, fails)| Node::Stream(chunks, taken, fails)),
        1 => Just(Node::Embed),
        1 => Just(Node::Fetch),
        1 => Just(Node::Retrieve),
        1 => Just(Node::Remote),
    ]
}

/// A tree of calls.
pub(crate) fn tree() -> impl Strategy<Value = Node> {
    let name = || prop::sample::select(vec!["writer", "critic"]);
    leaf().prop_recursive(5, 40, 6, move |inner| {
        let children = || prop::collection::vec(inner.clone(), 0..6);
        prop_oneof![
            3 => (name(), children(), any::<bool>()).prop_map(|(n, c, f)| Node::Agent(n, c, f)),
            1 => (children(), any::<bool>()).prop_map(|(c, f)| Node::Workflow(c, f)),
            2 => (name(), children(), any::<bool>()).prop_map(|(n, c, f)| Node::Tool(n, c, f)),
        ]
    })
}
