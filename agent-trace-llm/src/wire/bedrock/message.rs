use std::borrow::Cow;

use crate::ToolCallRef;
use crate::text::{MAX_ID, MAX_NAME, cap_owned};
use crate::wire::fold::{Content, Fold, Folded};
use crate::wire::lenient::{Chars, Something, Text, object};

object! {
    /// `output` of a reply.
    Output<'de> {
        message: Message<'de> = "message",
    }
}

object! {
    Message<'de> {
        content: Folded<Blocks> = "content",
    }
}

object! {
    Block<'de> {
        text: Chars = "text",
        tool_use: ToolUse<'de> = "toolUse",
        reasoning: Something = "reasoningContent",
    }
}

object! {
    /// A tool call, or its beginning in a stream.
    ToolUse<'de> {
        id: Text<'de> = "toolUseId",
        name: Text<'de> = "name",
        kind: Text<'de> = "type",
    }
}

object! {
    /// A tier, as requests and replies have it.
    ServiceTier<'de> {
        kind: Text<'de> = "type",
    }
}

impl ToolUse<'_> {
    /// Whether the caller is to run a tool, and not Bedrock itself.
    pub(crate) fn is_call(&self) -> bool {
        (self.id.0.is_some() || self.name.0.is_some())
            && self.kind.0.as_deref() != Some("server_tool_use")
    }

    pub(crate) fn reference(self) -> ToolCallRef {
        ToolCallRef {
            id: self.id.0.map(|id| cap_owned(id, MAX_ID)),
            name: self.name.0.map(|name| cap_owned(name, MAX_NAME)),
        }
    }
}

/// The content of a message.
#[derive(Debug, Default, Clone)]
pub(crate) struct Blocks(pub(crate) Content);

impl<'de> Fold<'de> for Blocks {
    type Item = Block<'de>;

    fn item(&mut self, block: Block<'de>) {
        self.0.text(block.text.0);
        self.0.any |= block.reasoning.0;
        if block.tool_use.is_call() {
            self.0.tool_call(block.tool_use.id, block.tool_use.name);
        }
    }
}

/// A stop reason that does not allocate when it is one of the usual ones.
pub(crate) fn stop_reason(text: &str) -> Cow<'static, str> {
    match text {
        "guardrail_intervened" => Cow::Borrowed("guardrail_intervened"),
        "content_filtered" => Cow::Borrowed("content_filtered"),
        other => crate::wire::anthropic::stop_reason(other),
    }
}
