use crate::wire::fold::{Content, Fold};
use crate::wire::lenient::{Chars, Text, object};

object! {
    /// A content block, whole or as `content_block_start` opens it.
    Block<'de> {
        kind: Text<'de> = "type",
        text: Chars = "text",
        id: Text<'de> = "id",
        name: Text<'de> = "name",
    }
}

impl Block<'_> {
    /// Whether the caller is to run a tool. Tools that the server runs itself are other kinds.
    pub(crate) fn is_tool_use(&self) -> bool {
        self.kind.0.as_deref() == Some("tool_use")
    }

    /// Code points of text, thinking left out.
    pub(crate) fn text_chars(&self) -> u64 {
        match self.kind.0.as_deref() {
            Some("text") => self.text.0,
            _ => 0,
        }
    }

    /// Whether a block that has just been opened says something: blocks of text and thinking are
    /// opened empty.
    pub(crate) fn opens_with_content(&self) -> bool {
        match self.kind.0.as_deref() {
            None | Some("thinking") => false,
            Some("text") => self.text.0 > 0,
            Some(_) => true,
        }
    }
}

/// The blocks of a message.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Blocks(pub(crate) Content);

impl<'de> Fold<'de> for Blocks {
    type Item = Block<'de>;

    fn item(&mut self, block: Block<'de>) {
        self.0.text(block.text_chars());
        self.0.any |= block.kind.0.is_some();
        if block.is_tool_use() {
            self.0.tool_call(block.id, block.name);
        }
    }
}
