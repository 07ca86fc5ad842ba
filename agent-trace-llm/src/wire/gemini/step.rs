use crate::wire::fold::{Content, Fold, Folded};
use crate::wire::lenient::{Chars, Text, object};

object! {
    /// A step of an interaction, or an output of one as the first version of the API has it.
    Step<'de> {
        kind: Text<'de> = "type",
        text: Chars = "text",
        content: Folded<Texts> = "content",
        id: Text<'de> = "id",
        name: Text<'de> = "name",
    }
}

object! {
    Part<'de> {
        kind: Text<'de> = "type",
        text: Chars = "text",
    }
}

/// The text in the content of a step.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Texts(u64);

impl<'de> Fold<'de> for Texts {
    type Item = Part<'de>;

    fn item(&mut self, part: Part<'de>) {
        if part.kind.0.as_deref() == Some("text") {
            self.0 = self.0.saturating_add(part.text.0);
        }
    }
}

impl Step<'_> {
    /// Whether the caller is to run a tool. Tools that the server runs itself are other kinds.
    pub(crate) fn is_call(&self) -> bool {
        self.kind.0.as_deref() == Some("function_call")
    }

    /// Code points of text, thoughts and the user's own left out.
    pub(crate) fn text_chars(&self) -> u64 {
        match self.kind.0.as_deref() {
            Some("text") => self.text.0,
            Some("model_output") => self.content.0.0,
            _ => 0,
        }
    }
}

/// The steps of an interaction.
#[derive(Debug, Default, Clone)]
pub(crate) struct Steps(pub(crate) Content);

impl<'de> Fold<'de> for Steps {
    type Item = Step<'de>;

    fn item(&mut self, step: Step<'de>) {
        self.0.text(step.text_chars());
        if step.is_call() {
            self.0.tool_call(step.id, step.name);
        }
    }
}
