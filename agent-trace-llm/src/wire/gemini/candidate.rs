use std::borrow::Cow;

use crate::wire::fold::{Fold, Folded};
use crate::wire::lenient::{Chars, Count, Flag, Something, Text, object};

object! {
    Candidate<'de> {
        index: Count = "index",
        finish_reason: Text<'de> = "finishReason",
        content: ContentBody<'de> = "content",
    }
}

object! {
    ContentBody<'de> {
        parts: Folded<Parts<'de>> = "parts",
    }
}

object! {
    Part<'de> {
        text: Chars = "text",
        thought: Flag = "thought",
        call: FunctionCall<'de> = "functionCall",
        executable_code: Something = "executableCode",
        code_execution_result: Something = "codeExecutionResult",
        inline_data: Something = "inlineData",
        file_data: Something = "fileData",
    }
}

object! {
    /// A call, or a piece of one: only the first piece has a name.
    FunctionCall<'de> {
        id: Text<'de> = "id",
        name: Text<'de> = "name",
        args: Something = "args",
        partial_args: Something = "partialArgs",
    }
}

/// A function call as a candidate has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call<'a> {
    pub(crate) candidate: u32,
    pub(crate) id: Option<Cow<'a, str>>,
    pub(crate) name: Cow<'a, str>,
}

/// What the parts of a candidate amount to.
#[derive(Debug, Default)]
pub(crate) struct Parts<'a> {
    text_chars: u64,
    any: bool,
    calls: Vec<(Option<Cow<'a, str>>, Cow<'a, str>)>,
}

impl<'de> Fold<'de> for Parts<'de> {
    type Item = Part<'de>;

    fn item(&mut self, part: Part<'de>) {
        if part.thought.0 != Some(true) {
            self.text_chars = self.text_chars.saturating_add(part.text.0);
        }
        let call = part.call;
        self.any |= part.text.0 > 0
            || part.executable_code.0
            || part.code_execution_result.0
            || part.inline_data.0
            || part.file_data.0
            || call.name.0.is_some()
            || call.args.0
            || call.partial_args.0;
        if let Some(name) = call.name.0 {
            if self.calls.len() < MAX_CALLS {
                self.calls.push((call.id.0, name));
            }
        }
    }
}

/// Candidates of a chunk that are looked at, and calls of a candidate.
const MAX_CANDIDATES: usize = 128;
const MAX_CALLS: usize = 1024;

/// What the candidates of a chunk amount to.
#[derive(Debug, Default)]
pub(crate) struct Candidates<'a> {
    /// Each candidate, with its finish reason if it ends here.
    pub(crate) candidates: Vec<(u32, Option<Cow<'a, str>>)>,
    pub(crate) calls: Vec<Call<'a>>,
    pub(crate) text_chars: u64,
    pub(crate) any: bool,
}

impl<'de> Fold<'de> for Candidates<'de> {
    type Item = Candidate<'de>;

    fn item(&mut self, item: Candidate<'de>) {
        let parts = item.content.parts.0;
        self.text_chars = self.text_chars.saturating_add(parts.text_chars);
        self.any |= parts.any;
        if self.candidates.len() >= MAX_CANDIDATES {
            return;
        }
        // The index of the first one is zero, and zeros are left out.
        let candidate = item
            .index
            .0
            .and_then(|index| u32::try_from(index).ok())
            .or_else(|| u32::try_from(self.candidates.len()).ok())
            .unwrap_or(u32::MAX);
        self.candidates.push((candidate, item.finish_reason.0));
        self.calls
            .extend(parts.calls.into_iter().map(|(id, name)| Call {
                candidate,
                id,
                name,
            }));
    }
}
