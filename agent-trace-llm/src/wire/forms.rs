//! The methods that every request, reply, chunk and stream has, written once.

/// A request: its model and parameters, made by its `fn new(body: $body<'_>) -> Self`. Without a provider
/// it is one that many speak, and whose it is the caller knows.
macro_rules! request {
    ($(#[$doc:meta])* $name:ident from $body:ident $(, $provider:expr)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct $name {
            model: Option<String>,
            info: $crate::RequestInfo,
        }

        impl $name {
            /// Reads a request body.
            ///
            /// # Errors
            ///
            /// If the bytes are not one JSON document.
            pub fn from_slice(body: &[u8]) -> Result<Self, $crate::wire::Error> {
                Ok(Self::new($crate::wire::json::from_slice::<$body<'_>>(body)?))
            }

            /// Reads a request body that is already parsed. What is no object says nothing.
            pub fn from_value(body: &::serde_json::Value) -> Self {
                let body: $body<'_> = ::serde::Deserialize::deserialize(body).unwrap_or_default();
                Self::new(body)
            }
        }

        impl $crate::LlmRequest for $name {
            $(fn provider(&self) -> Option<$crate::Provider> {
                Some($provider)
            })?

            fn model(&self) -> Option<&str> {
                self.model.as_deref()
            }

            fn info(&self) -> $crate::RequestInfo {
                self.info.clone()
            }
        }
    };
}

/// A reply, made by its body (`fn reply(self) -> Reply`).
macro_rules! response {
    ($(#[$doc:meta])* $name:ident from $body:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $name {
            reply: $crate::wire::bits::Reply,
        }

        impl $name {
            /// Reads a response body.
            ///
            /// # Errors
            ///
            /// If the bytes are not one JSON document.
            pub fn from_slice(body: &[u8]) -> Result<Self, $crate::wire::Error> {
                let body: $body<'_> = $crate::wire::json::from_slice(body)?;
                Ok(Self { reply: body.reply() })
            }

            /// Reads a response body that is already parsed. What is no object says nothing.
            pub fn from_value(body: &::serde_json::Value) -> Self {
                let body: $body<'_> = ::serde::Deserialize::deserialize(body).unwrap_or_default();
                Self { reply: body.reply() }
            }

            /// What the reply says about itself, without a copy.
            pub fn into_info(self) -> $crate::ResponseInfo {
                self.reply.info
            }

            /// Unicode code points of the reply's text, reasoning left out. Counted, never kept.
            pub fn text_chars(&self) -> u64 {
                self.reply.text_chars
            }

            /// For `wire::read`.
            pub(crate) fn into_read(self) -> $crate::wire::read::Read {
                $crate::wire::read::Read::new(self.reply.info, self.reply.text_chars, true)
            }
        }

        impl $crate::LlmResponse for $name {
            fn info(&self) -> $crate::ResponseInfo {
                self.reply.info.clone()
            }
        }

        impl From<$name> for $crate::ResponseInfo {
            fn from(response: $name) -> Self {
                response.into_info()
            }
        }
    };
}

/// One event of a streamed reply, read from its body (`fn bits(self) -> Bits<'_>`).
macro_rules! chunk {
    ($(#[$doc:meta])* $name:ident from $body:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $name<'a> {
            bits: $crate::wire::bits::Bits<'a>,
        }

        impl<'a> $name<'a> {
            /// Reads the JSON of one event.
            ///
            /// # Errors
            ///
            /// If the bytes are not one JSON document.
            pub fn from_slice(data: &'a [u8]) -> Result<Self, $crate::wire::Error> {
                let body: $body<'a> = $crate::wire::json::from_slice(data)?;
                Ok(Self { bits: body.bits() })
            }

            /// Reads an event that is already parsed. What is no object says nothing.
            pub fn from_value(data: &'a ::serde_json::Value) -> Self {
                let body: $body<'a> = ::serde::Deserialize::deserialize(data).unwrap_or_default();
                Self { bits: body.bits() }
            }

            /// The same chunk, borrowing from nothing.
            pub fn into_owned(self) -> $name<'static> {
                $name { bits: self.bits.into_owned() }
            }

            /// Unicode code points of the text in this chunk, reasoning left out.
            pub fn text_chars(&self) -> u64 {
                self.bits.text_chars
            }

            /// Whether the provider says that this is the last one.
            pub fn is_last(&self) -> bool {
                self.bits.last
            }
        }

        impl $crate::LlmChunk for $name<'_> {
            fn accumulate(&self, stream: &mut $crate::StreamInfo) {
                self.bits.accumulate(stream);
            }
        }

        impl $crate::wire::bits::Event for $name<'static> {
            fn bits(data: &[u8]) -> Result<$crate::wire::bits::Bits<'_>, $crate::wire::Error> {
                let body: $body<'_> = $crate::wire::json::from_slice(data)?;
                Ok(body.bits())
            }
        }
    };
}

/// The parts of a stream that do not depend on how it is framed.
macro_rules! stream {
    ($(#[$doc:meta])* $name:ident of $chunk:ident, $decoder:ty, |$item:ident| $event:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default)]
        pub struct $name {
            decoder: $decoder,
            state: $crate::wire::bits::State<$chunk<'static>>,
        }

        impl $name {
            /// A stream of which nothing has arrived.
            pub fn new() -> Self {
                Self::default()
            }

            /// Takes the next bytes, split anywhere.
            pub fn push(&mut self, bytes: &[u8]) {
                let Self { decoder, state } = self;
                decoder.push(bytes, |$item| {
                    let (name, data) = $event;
                    $crate::wire::events::Events::event(state, name, data);
                });
            }

            /// What the stream has said so far.
            pub fn info(&self) -> &$crate::StreamInfo {
                &self.state.info
            }

            /// Unicode code points of text so far, reasoning left out. Counted, never kept.
            pub fn text_chars(&self) -> u64 {
                self.state.text_chars
            }

            /// Events so far that said nothing, because they were too large or not JSON.
            pub fn skipped(&self) -> u64 {
                self.state.malformed.saturating_add(self.decoder.skipped())
            }

            /// The body has ended, or will not be read on: what the reply said, and whether it is
            /// complete, which is when the last event came, no error was reported and no event was
            /// lost.
            pub fn finish(mut self) -> ($crate::ResponseInfo, bool) {
                let Self { decoder, state } = &mut self;
                decoder.finish(|$item| {
                    let (name, data) = $event;
                    $crate::wire::events::Events::event(state, name, data);
                });
                let complete = self.state.complete() && self.skipped() == 0;
                (self.state.info.finish(), complete)
            }
        }
    };
}

pub(crate) use {chunk, request, response, stream};
