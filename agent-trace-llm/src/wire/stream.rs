//! What the streams of several APIs have in common.

use crate::StreamInfo;
use crate::wire::json;
use crate::wire::openai::error_body::ErrorBody;
use crate::wire::read::Read;

/// How far a stream has come.
#[derive(Debug, Clone, Default)]
pub(crate) struct Progress {
    pub(crate) info: StreamInfo,
    text_chars: u64,
    malformed: u64,
}

impl Progress {
    /// An event carried so many code points of text.
    pub(crate) fn text(&mut self, chars: u64) {
        self.text_chars = self.text_chars.saturating_add(chars);
    }

    pub(crate) fn text_chars(&self) -> u64 {
        self.text_chars
    }

    /// An event was not JSON.
    pub(crate) fn malformed(&mut self) {
        self.malformed = self.malformed.saturating_add(1);
    }

    pub(crate) fn malformed_events(&self) -> u64 {
        self.malformed
    }

    /// An event is an error by its name, whatever the shape of its data. What was said of an error
    /// before stays.
    pub(crate) fn failed(&mut self, data: &[u8]) {
        let bare: ErrorBody = json::from_slice(data).unwrap_or_default();
        self.info
            .error(bare.error_type().unwrap_or("_OTHER".into()));
    }

    /// The body has ended. `ended`: the provider said that this was all.
    pub(crate) fn finish(self, ended: bool) -> Read {
        let complete = ended && self.malformed == 0 && self.info.error_type().is_none();
        Read::new(self.info.finish(), self.text_chars, complete)
    }
}

/// Declares the public type of a stream of server-sent events, around the state that follows its
/// events.
macro_rules! sse_stream {
    ($(#[$doc:meta])* $name:ident($state:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default)]
        pub struct $name {
            decoder: $crate::sse::Decoder,
            state: $state,
        }

        impl $name {
            /// A stream of which nothing has arrived.
            pub fn new() -> Self {
                Self::default()
            }

            /// Takes the next bytes, split anywhere.
            pub fn push(&mut self, bytes: &[u8]) {
                let Self { decoder, state } = self;
                decoder.push(bytes, |event| {
                    $crate::wire::events::Events::event(state, event.name, event.data.as_bytes());
                });
            }

            /// Events so far that said nothing, because they were too large or not JSON.
            pub fn skipped(&self) -> u64 {
                let malformed = self.state.progress().malformed_events();
                malformed.saturating_add(self.decoder.skipped())
            }

            /// The body has ended, or will not be read on: what the reply said, and whether it is
            /// complete. Of an incomplete reply, usage is what had been reported until then.
            pub fn finish(mut self) -> ($crate::ResponseInfo, bool) {
                let Self { decoder, state } = &mut self;
                decoder.finish(|event| {
                    $crate::wire::events::Events::event(state, event.name, event.data.as_bytes());
                });
                let read = $crate::wire::events::Events::finish(Box::new(self.state));
                (read.info, read.complete)
            }
        }

        $crate::wire::stream::follow!($name);
    };
}

/// The same for a stream of AWS event-stream frames.
macro_rules! event_stream {
    ($(#[$doc:meta])* $name:ident($state:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default)]
        pub struct $name {
            decoder: $crate::event_stream::Decoder,
            state: $state,
        }

        impl $name {
            /// A stream of which nothing has arrived.
            pub fn new() -> Self {
                Self::default()
            }

            /// Takes the next bytes, split anywhere.
            pub fn push(&mut self, bytes: &[u8]) {
                let Self { decoder, state } = self;
                decoder.push(bytes, |message| {
                    $crate::wire::events::Events::event(state, message.name(), message.payload);
                });
            }

            /// Messages so far that said nothing, because they were too large or not JSON.
            pub fn skipped(&self) -> u64 {
                let malformed = self.state.progress().malformed_events();
                malformed.saturating_add(self.decoder.skipped())
            }

            /// The body has ended, or will not be read on: what the reply said, and whether it is
            /// complete. Of an incomplete reply, usage is what had been reported until then.
            pub fn finish(mut self) -> ($crate::ResponseInfo, bool) {
                let whole = self.decoder.finish().is_ok();
                let read = $crate::wire::events::Events::finish(Box::new(self.state));
                (read.info, whole && read.complete)
            }
        }

        $crate::wire::stream::follow!($name);
    };
}

/// What every stream can be asked.
macro_rules! follow {
    ($name:ident) => {
        impl $name {
            /// What the stream has said so far.
            pub fn info(&self) -> &$crate::StreamInfo {
                &self.state.progress().info
            }

            /// Unicode code points of text so far, reasoning left out.
            pub fn text_chars(&self) -> u64 {
                self.state.progress().text_chars()
            }
        }
    };
}

pub(crate) use {event_stream, follow, sse_stream};
