//! What a reply, or one event of a streamed reply, says: the common ground of the small adapters.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::text::{MAX_ID, MAX_NAME, cap, cap_owned};
use crate::wire::Error;
use crate::wire::events::Events;
use crate::wire::read::Read;
use crate::wire::report::Report;
use crate::{BilledUsage, ProviderUsage, ResponseInfo, StreamInfo, ToolCallRef, Usage};

/// The conventions' name for an error of which no type is known.
pub(crate) const OTHER: &str = "_OTHER";

/// What a whole body says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) info: ResponseInfo,
    pub(crate) text_chars: u64,
}

/// What one event says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bits<'a> {
    pub(crate) id: Option<Cow<'a, str>>,
    pub(crate) model: Option<Cow<'a, str>>,
    pub(crate) finish_reason: Option<Cow<'static, str>>,
    pub(crate) usage: Option<Report>,
    /// Counts of later events complete those of earlier ones: the larger one holds.
    pub(crate) usage_is_partial: bool,
    pub(crate) billed: Option<BilledUsage>,
    pub(crate) error_type: Option<Cow<'static, str>>,
    pub(crate) content: bool,
    pub(crate) text_chars: u64,
    pub(crate) tool_calls: Vec<Piece<'a>>,
    /// The reply ends with this event.
    pub(crate) last: bool,
}

/// A tool call, or a piece of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Piece<'a> {
    /// `None`: a call of its own, whatever came before.
    pub(crate) index: Option<u32>,
    pub(crate) id: Option<Cow<'a, str>>,
    pub(crate) name: Option<Cow<'a, str>>,
}

impl Piece<'_> {
    pub(crate) fn reference(&self) -> ToolCallRef {
        ToolCallRef {
            id: self.id.as_deref().map(|id| cap(id, MAX_ID).to_owned()),
            name: self
                .name
                .as_deref()
                .map(|name| cap(name, MAX_NAME).to_owned()),
            ..ToolCallRef::default()
        }
    }
}

impl<'a> Bits<'a> {
    /// A body that came whole instead of in events.
    pub(crate) fn reply(self) -> Reply {
        let text = |text: Option<Cow<'a, str>>, max| text.map(|text| cap_owned(text, max));
        let mut info = ResponseInfo {
            finish_reasons: self.finish_reason.into_iter().collect(),
            billed_usage: self.billed.map(Box::new),
            tool_calls: self.tool_calls.iter().map(Piece::reference).collect(),
            error_type: self.error_type,
            id: text(self.id, MAX_ID),
            model: text(self.model, MAX_NAME),
            ..ResponseInfo::default()
        };
        if let Some(report) = self.usage {
            report.tell(&mut info);
        }
        Reply {
            info,
            text_chars: self.text_chars,
        }
    }

    pub(crate) fn into_owned(self) -> Bits<'static> {
        let own = |text: Option<Cow<'a, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        Bits {
            id: own(self.id),
            model: own(self.model),
            tool_calls: self
                .tool_calls
                .into_iter()
                .map(|piece| Piece {
                    index: piece.index,
                    id: own(piece.id),
                    name: own(piece.name),
                })
                .collect(),
            finish_reason: self.finish_reason,
            usage: self.usage,
            usage_is_partial: self.usage_is_partial,
            billed: self.billed,
            error_type: self.error_type,
            content: self.content,
            text_chars: self.text_chars,
            last: self.last,
        }
    }

    pub(crate) fn accumulate(&self, stream: &mut StreamInfo) {
        if self.content {
            stream.content();
        }
        if let Some(id) = &self.id {
            stream.response_id(id);
        }
        if let Some(model) = &self.model {
            stream.model(model);
        }
        if let Some(report) = self.usage {
            let before = stream
                .current_usage()
                .zip(stream.current_provider_usage())
                .filter(|_| self.usage_is_partial);
            let report = match before {
                Some((usage, written)) => larger(*usage, *written, report),
                None => report,
            };
            report.accumulate(stream);
        }
        if let Some(billed) = self.billed {
            stream.billed_usage(billed);
        }
        if let Some(error_type) = &self.error_type {
            stream.error(error_type.clone());
        }
        if let Some(reason) = &self.finish_reason {
            stream.finish_reason(0, reason.clone());
        }
        for piece in &self.tool_calls {
            let next = || u32::try_from(stream.tool_call_count()).unwrap_or(u32::MAX);
            let index = piece.index.unwrap_or_else(next);
            stream.tool_call(index, piece.id.as_deref(), piece.name.as_deref());
        }
    }
}

/// The counts of two events of one reply, of which either may lack what the other has.
fn larger(usage: Usage, written: ProviderUsage, later: Report) -> Report {
    Report {
        usage: Usage {
            input_tokens: usage.input_tokens.max(later.usage.input_tokens),
            output_tokens: usage.output_tokens.max(later.usage.output_tokens),
            ..later.usage
        },
        written: ProviderUsage {
            input_tokens: written.input_tokens.max(later.written.input_tokens),
            output_tokens: written.output_tokens.max(later.written.output_tokens),
            ..later.written
        },
    }
}

/// How the JSON of one event is read.
pub(crate) trait Event {
    fn bits(data: &[u8]) -> Result<Bits<'_>, Error>;
}

/// A streamed reply, behind whatever takes its bytes apart.
pub(crate) struct State<E> {
    pub(crate) info: StreamInfo,
    pub(crate) text_chars: u64,
    pub(crate) malformed: u64,
    last: bool,
    event: PhantomData<fn() -> E>,
}

impl<E> State<E> {
    /// Whether the last event came, and nothing went wrong before it.
    pub(crate) fn complete(&self) -> bool {
        self.last && self.malformed == 0 && self.info.error_type().is_none()
    }
}

impl<E: Event> Events for State<E> {
    fn event(&mut self, name: &str, data: &[u8]) {
        let data = data.trim_ascii();
        if data.is_empty() || data == b"[DONE]" {
            return;
        }
        match E::bits(data) {
            Ok(bits) => {
                self.info.begin_chunk();
                bits.accumulate(&mut self.info);
                self.text_chars = self.text_chars.saturating_add(bits.text_chars);
                self.last |= bits.last;
            }
            Err(_) => self.malformed = self.malformed.saturating_add(1),
        }
        if name == "error" {
            // The name says it, whatever the shape of the data. A code that was read stays.
            self.info.error(Cow::Borrowed(OTHER));
        }
    }

    fn finish(self: Box<Self>) -> Read {
        let complete = self.complete();
        Read::new(self.info.finish(), self.text_chars, complete)
    }
}

impl<E> Default for State<E> {
    fn default() -> Self {
        Self {
            info: StreamInfo::default(),
            text_chars: 0,
            malformed: 0,
            last: false,
            event: PhantomData,
        }
    }
}

impl<E> Clone for State<E> {
    fn clone(&self) -> Self {
        Self {
            info: self.info.clone(),
            event: PhantomData,
            ..*self
        }
    }
}

impl<E> fmt::Debug for State<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State")
            .field("info", &self.info)
            .field("text_chars", &self.text_chars)
            .field("malformed", &self.malformed)
            .field("last", &self.last)
            .finish_non_exhaustive()
    }
}
