use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, SeqAccess};

use crate::ToolCallRef;
use crate::text::{MAX_ID, MAX_NAME, cap_owned};
use crate::wire::lenient::{Lenient, Text, lenient};

/// Tool calls of one reply that are kept.
const MAX_TOOL_CALLS: usize = 128;

/// What a list is folded into, one item at a time.
pub(crate) trait Fold<'de>: Default {
    type Item: Deserialize<'de>;

    fn item(&mut self, item: Self::Item);
}

/// A list of any length of which no item is kept, so that what is counted is counted to the end.
#[derive(Debug, Default, Clone)]
pub(crate) struct Folded<F>(pub(crate) F);

impl<'de, F: Fold<'de>> Lenient<'de> for Folded<F> {
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut folded = F::default();
        while let Some(item) = list.next_element()? {
            folded.item(item);
        }
        Ok(Folded(folded))
    }
}

impl<'de, F: Fold<'de>> Deserialize<'de> for Folded<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient(deserializer)
    }
}

/// A tool call that begins: what its first piece says.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct CallStart<'a> {
    pub(crate) id: Option<Cow<'a, str>>,
    pub(crate) name: Option<Cow<'a, str>>,
}

impl CallStart<'_> {
    pub(crate) fn into_owned(self) -> CallStart<'static> {
        CallStart {
            id: self.id.map(|id| Cow::Owned(id.into_owned())),
            name: self.name.map(|name| Cow::Owned(name.into_owned())),
        }
    }
}

/// What the parts of a message amount to.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Content {
    /// Code points of text that is meant for the reader.
    pub(crate) text_chars: u64,
    /// The tool calls, up to a bound.
    pub(crate) tool_calls: Vec<ToolCallRef>,
    /// Whether there is anything in it at all.
    pub(crate) any: bool,
}

impl Content {
    pub(crate) fn text(&mut self, chars: u64) {
        self.text_chars = self.text_chars.saturating_add(chars);
        self.any |= chars > 0;
    }

    pub(crate) fn tool_call(&mut self, id: Text<'_>, name: Text<'_>) {
        self.any = true;
        if self.tool_calls.len() < MAX_TOOL_CALLS {
            self.tool_calls.push(ToolCallRef {
                id: id.0.map(|id| cap_owned(id, MAX_ID)),
                name: name.0.map(|name| cap_owned(name, MAX_NAME)),
            });
        }
    }

    /// Takes over what another list of parts amounts to.
    pub(crate) fn append(&mut self, other: Self) {
        self.text(other.text_chars);
        self.any |= other.any;
        let room = MAX_TOOL_CALLS - self.tool_calls.len().min(MAX_TOOL_CALLS);
        self.tool_calls
            .extend(other.tool_calls.into_iter().take(room));
    }
}
