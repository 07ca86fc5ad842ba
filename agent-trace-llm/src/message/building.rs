//! One part of a streamed message, while it is put together.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::clipped::Clipped;
use super::{GenericPart, Json, Modality, Part};

/// A text that grows by pieces: what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Reasoning,
    Refusal,
    /// Base64 of sound.
    Audio,
}

#[derive(Debug, Clone)]
pub(super) enum Building {
    Growing(Kind, Clipped),
    Call(Call),
    Whole(Part<'static>),
    /// A part that was too large: its size and its type.
    Cut(u64, String),
}

/// A tool call, the application's or the provider's.
#[derive(Debug, Clone)]
pub(super) struct Call {
    /// By which its pieces are told from those of others, where the provider has one.
    pub(super) index: Option<u32>,
    pub(super) part: Part<'static>,
    /// The arguments as text, if they came as text.
    pub(super) arguments: Option<Clipped>,
}

impl Building {
    pub(super) fn is(&self, kind: Kind) -> bool {
        matches!(self, Self::Growing(own, text) if *own == kind && !text.is_at_an_end(kind))
    }

    pub(super) fn lost(&self) -> u64 {
        match self {
            Self::Growing(_, text) => text.lost(),
            Self::Call(call) => call.arguments.as_ref().map_or(0, Clipped::lost),
            Self::Whole(_) => 0,
            Self::Cut(bytes, _) => *bytes,
        }
    }

    /// Bytes of what is not text that grows.
    pub(super) fn len(&self) -> u64 {
        let len = match self {
            Self::Growing(..) => 0,
            Self::Call(call) => json_len(&call.part),
            Self::Whole(part) => json_len(part),
            Self::Cut(bytes, _) => return *bytes,
        };
        u64::try_from(len).unwrap_or(u64::MAX)
    }

    /// Bytes of the id and the name of a call.
    pub(super) fn names_len(&self) -> usize {
        match self {
            Self::Call(call) => match &call.part {
                Part::ToolCall { id, name, .. } => {
                    id.as_ref().map_or(0, |id| id.len()) + name.len()
                }
                _ => 0,
            },
            Self::Growing(..) | Self::Whole(_) | Self::Cut(..) => 0,
        }
    }

    /// The part; none if nothing is in it, or it is a call of nothing.
    pub(super) fn finish(self) -> Option<Part<'static>> {
        match self {
            Self::Growing(_, text) if text.is_empty() => None,
            Self::Growing(Kind::Audio, text) if text.lost() > 0 => {
                let bytes = u64::try_from(text.len()).unwrap_or(u64::MAX);
                Some(cut(bytes.saturating_add(text.lost()), "blob"))
            }
            Self::Growing(kind, text) => Some(kind.part(text.finish())),
            Self::Call(call) => call.finish(),
            Self::Whole(part) => Some(part),
            Self::Cut(bytes, kind) => Some(cut(bytes, &kind)),
        }
    }
}

impl Clipped {
    /// Base64 that has its padding cannot go on.
    fn is_at_an_end(&self, kind: Kind) -> bool {
        kind == Kind::Audio && self.ends_with('=')
    }
}

impl Kind {
    fn part(self, text: String) -> Part<'static> {
        match self {
            Self::Text => Part::text(text),
            Self::Reasoning => Part::reasoning(text),
            Self::Refusal => Part::Generic(GenericPart::new("refusal").with("content", text)),
            Self::Audio => Part::Blob {
                mime_type: None,
                modality: Modality::Audio,
                content: Cow::Owned(text),
            },
        }
    }
}

impl Call {
    /// The first id and the first name that are not empty stay.
    pub(super) fn learn(&mut self, id: Option<&str>, name: Option<&str>) {
        let (Part::ToolCall {
            id: known_id,
            name: known_name,
            ..
        }
        | Part::ServerToolCall {
            id: known_id,
            name: known_name,
            ..
        }) = &mut self.part
        else {
            return;
        };
        if let (None, Some(id)) = (&known_id, id) {
            *known_id = Some(Cow::Owned(id.to_owned()));
        }
        if let (true, Some(name)) = (known_name.is_empty(), name) {
            *known_name = Cow::Owned(name.to_owned());
        }
    }

    pub(super) fn id(&self) -> Option<&str> {
        match &self.part {
            Part::ToolCall { id, .. } | Part::ServerToolCall { id, .. } => id.as_deref(),
            _ => None,
        }
    }

    fn finish(mut self) -> Option<Part<'static>> {
        let text = self.arguments.take();
        match &mut self.part {
            Part::ToolCall { name, .. } if name.is_empty() => return None,
            Part::ToolCall { arguments, .. } => {
                // Text that is empty says no more than the value that the call began with.
                if let Some(text) = text.filter(|text| !text.is_empty() || arguments.is_none()) {
                    *arguments = Some(parsed(text));
                }
            }
            Part::ServerToolCall {
                server_tool_call, ..
            } => {
                if let Some(text) = text.filter(|text| !text.is_empty()) {
                    let known = ["input", "arguments"];
                    let fields = &mut server_tool_call.fields;
                    let at = fields
                        .iter()
                        .position(|(name, _)| known.contains(&name.as_ref()));
                    match at {
                        Some(at) => fields[at].1 = parsed(text),
                        None => fields.push((Cow::Borrowed("input"), parsed(text))),
                    }
                }
            }
            _ => {}
        }
        Some(self.part)
    }
}

/// What is cut is no JSON, even if by chance it can be read as some.
fn parsed(text: Clipped) -> Json<'static> {
    if text.lost() > 0 {
        Json::from(text.finish())
    } else {
        Json::from_text(&text.finish()).into_owned()
    }
}

/// What stands for a part that was too large: neither a part of data nor one of a provider's tool
/// can be cut in the middle.
fn cut(bytes: u64, kind: &str) -> Part<'static> {
    let part = GenericPart::new("truncated");
    let part = part.with("bytes", Json::Owned(bytes.into()));
    Part::Generic(part.with("part", kind.to_owned()))
}

/// The length of the JSON of a value, without the JSON.
pub(super) fn json_len(value: &impl Serialize) -> usize {
    struct Length(usize);
    impl Write for Length {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.saturating_add(bytes.len());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut length = Length(0);
    match serde_json::to_writer(&mut length, value) {
        Ok(()) => length.0,
        Err(_) => usize::MAX,
    }
}
