//! A model's replies as the tests need them: in one piece and in chunks.

use agent_trace::llm::{
    InputTokens, LlmChunk, LlmResponse, OutputTokens, ResponseInfo, StreamInfo, Usage,
};

/// So many tokens in and out.
pub(crate) fn usage(input: u64, output: u64) -> Usage {
    Usage::new(
        InputTokens::CacheIncluded {
            total: Some(input),
            cache_read: None,
            cache_write: None,
        },
        OutputTokens::ReasoningIncluded {
            total: Some(output),
            reasoning: None,
        },
    )
}

/// A reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) tokens: Option<(u64, u64)>,
    pub(crate) finish: Option<&'static str>,
    pub(crate) id: Option<&'static str>,
    pub(crate) model: Option<&'static str>,
    pub(crate) error: Option<&'static str>,
}

impl Reply {
    pub(crate) fn of(input: u64, output: u64) -> Self {
        Self {
            tokens: Some((input, output)),
            finish: Some("stop"),
            ..Self::default()
        }
    }
}

impl LlmResponse for Reply {
    fn info(&self) -> ResponseInfo {
        let mut info = ResponseInfo::default();
        info.usage = self.tokens.map(|(input, output)| usage(input, output));
        info.finish_reasons.extend(self.finish.map(Into::into));
        info.id = self.id.map(Into::into);
        info.model = self.model.map(Into::into);
        info.error_type = self.error.map(Into::into);
        info
    }
}

/// A piece of a reply.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Chunk {
    /// The opening, without content.
    Open,
    Text,
    Tool(u32, Option<&'static str>, Option<&'static str>),
    Finish(u32, &'static str),
    Usage(u64, u64),
    Error(&'static str),
}

impl LlmChunk for Chunk {
    fn accumulate(&self, stream: &mut StreamInfo) {
        match *self {
            Self::Open => {
                stream.response_id("reply-1");
                stream.model("small-2026");
            }
            Self::Text => stream.content(),
            Self::Tool(index, id, name) => {
                stream.content();
                stream.tool_call(index, id, name);
            }
            Self::Finish(choice, reason) => stream.finish_reason(choice, reason.into()),
            Self::Usage(input, output) => stream.usage(usage(input, output)),
            Self::Error(error) => stream.error(error.into()),
        }
    }
}
