use std::borrow::Cow;

use crate::wire::lenient::{Count, Text, object};

object! {
    /// A tool call of a message, or a piece of one in a chunk.
    ToolCallBody<'de> {
        index: Count = "index",
        id: Text<'de> = "id",
        function: Function<'de> = "function",
        custom: Function<'de> = "custom",
    }
}

object! {
    /// `function` or `custom` of a tool call, and the deprecated `function_call` of a message.
    Function<'de> {
        name: Text<'de> = "name",
        present: Present = "arguments",
    }
}

/// Arguments are content: that they are there is all that is noticed.
pub(crate) type Present = crate::wire::lenient::Something;

impl<'de> ToolCallBody<'de> {
    /// The tool's name, whichever kind of tool it is.
    pub(crate) fn name(&mut self) -> Option<Cow<'de, str>> {
        self.function
            .name
            .0
            .take()
            .or_else(|| self.custom.name.0.take())
    }
}

impl Function<'_> {
    /// Whether this piece says anything at all.
    pub(crate) fn is_some(&self) -> bool {
        self.name.0.is_some() || self.present.0
    }
}
