use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::wire::any::{Api, BodyFormat};
use crate::wire::chunk::Chunk;
use crate::wire::openai::dialect::Dialect;
use crate::{Provider, event_stream, ndjson, sse};

/// A streamed response body as a stream of its events, each a [`Chunk`].
///
/// For functions that speak HTTP themselves. Give it the stream of bytes that the HTTP client has,
/// split anywhere, and return it: `#[llm_call]` follows it to its end. The errors of the bytes are
/// its errors. What ends a stream for the connection's sake, such as `[DONE]`, and empty events are
/// passed over; the end of the bytes is the end of the chunks, whether or not the provider had said
/// all.
///
/// Memory is bounded by the events of one read and by what the decoders keep; an event too large for
/// them is skipped.
///
/// ```
/// use agent_trace_llm::wire::{Api, Chunks};
/// use futures_util::{Stream, StreamExt, stream};
///
/// // #[llm_call(provider = "anthropic")]
/// fn ask() -> impl Stream<Item = Result<agent_trace_llm::wire::Chunk, std::io::Error>> {
///     // Of `reqwest`, this is `response.bytes_stream()`.
///     let body = stream::iter([
///         Ok("event: message_start\ndata: {\"type\":\"message_start\"}\n\nevent: message_"),
///         Ok("stop\ndata: {\"type\":\"message_stop\"}\n\n"),
///     ]);
///     Chunks::new(Api::AnthropicMessages, body)
/// }
///
/// # futures_util::FutureExt::now_or_never(async {
/// let mut chunks = ask();
/// let first = chunks.next().await.expect("an event")?;
/// assert_eq!(first.name(), "message_start");
/// assert_eq!(first.json::<serde_json::Value>()?["type"], "message_start");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).expect("ready").expect("no error");
/// ```
pub struct Chunks<S> {
    // Boxed, because a pinned field would need `unsafe` or another dependency.
    body: Pin<Box<S>>,
    api: Api,
    dialect: Option<&'static Dialect>,
    framing: Framing,
    queue: VecDeque<Chunk>,
    ended: bool,
}

enum Framing {
    Sse(sse::Decoder),
    Lines(ndjson::Decoder),
    Frames(event_stream::Decoder),
}

impl Framing {
    fn new(format: BodyFormat) -> Self {
        match format {
            BodyFormat::Sse => Self::Sse(sse::Decoder::new()),
            // A document is a line, if it is one.
            BodyFormat::NdJson | BodyFormat::JsonChunks | BodyFormat::Json => {
                Self::Lines(ndjson::Decoder::new())
            }
            BodyFormat::AwsEventStream => Self::Frames(event_stream::Decoder::new()),
        }
    }
}

/// How the API sends its streams.
fn format(api: Api) -> BodyFormat {
    match api {
        Api::BedrockConverse | Api::BedrockInvoke => BodyFormat::AwsEventStream,
        Api::OllamaChat | Api::OllamaGenerate | Api::CohereChatV1 | Api::CohereGenerate => {
            BodyFormat::NdJson
        }
        _ => BodyFormat::Sse,
    }
}

impl<S> Chunks<S> {
    /// The events of a body in the framing that the API streams in: AWS messages of Bedrock, a
    /// document a line of Ollama and of Cohere's first version, server-sent events of all others
    /// (with Gemini, that is `alt=sse`).
    pub fn new(api: Api, body: S) -> Self {
        Self {
            body: Box::pin(body),
            api,
            dialect: None,
            framing: Framing::new(format(api)),
            queue: VecDeque::new(),
            ended: false,
        }
    }

    /// Another framing than the API's own, as gateways have. To be said before the first read.
    #[must_use]
    pub fn with_format(mut self, format: BodyFormat) -> Self {
        self.framing = Framing::new(format);
        self
    }

    /// Whose OpenAI-compatible server it is: some count tokens in ways of their own.
    #[must_use]
    pub fn with_provider(mut self, provider: &Provider) -> Self {
        self.dialect = Some(Dialect::of(provider));
        self
    }

    /// Takes the next bytes.
    fn push(&mut self, bytes: &[u8]) {
        let Self {
            api,
            dialect,
            framing,
            queue,
            ..
        } = self;
        let mut keep = |name: &str, data: &[u8]| {
            let data = data.trim_ascii();
            // An exception of AWS may have a name and nothing else.
            if (name.is_empty() && data.is_empty()) || data == b"[DONE]" {
                return;
            }
            queue.push_back(Chunk {
                api: *api,
                dialect: *dialect,
                name: name.to_owned(),
                data: data.to_vec(),
            });
        };
        match framing {
            Framing::Sse(decoder) => {
                decoder.push(bytes, |event| keep(event.name, event.data.as_bytes()));
            }
            Framing::Lines(decoder) => decoder.push(bytes, |line| keep("", line)),
            Framing::Frames(decoder) => {
                decoder.push(bytes, |message| keep(message.name(), message.payload));
            }
        }
    }

    /// The bytes have ended: an event that they left without its end is one still.
    fn end(&mut self) {
        self.ended = true;
        match &self.framing {
            Framing::Sse(_) => self.push(b"\n\n"),
            Framing::Lines(_) => self.push(b"\n"),
            Framing::Frames(_) => {}
        }
    }
}

impl<S, B, E> Stream for Chunks<S>
where
    S: Stream<Item = Result<B, E>>,
    B: AsRef<[u8]>,
{
    type Item = Result<Chunk, E>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(chunk) = self.queue.pop_front() {
                return Poll::Ready(Some(Ok(chunk)));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            match ready!(self.body.as_mut().poll_next(context)) {
                Some(Ok(bytes)) => self.push(bytes.as_ref()),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => self.end(),
            }
        }
    }
}

impl<S> fmt::Debug for Chunks<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunks")
            .field("api", &self.api)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures_util::{FutureExt, StreamExt, stream};
    use proptest::prelude::*;

    use super::*;
    use crate::wire::Reader;
    use crate::{LlmChunk, ResponseInfo, StreamInfo};

    type Read = Result<Vec<u8>, &'static str>;

    fn chunks(api: Api, reads: Vec<Read>) -> Vec<Result<Chunk, &'static str>> {
        let chunks = Chunks::new(api, stream::iter(reads));
        chunks.collect().now_or_never().expect("ready")
    }

    fn said(chunks: &[Result<Chunk, &'static str>]) -> ResponseInfo {
        let mut info = StreamInfo::default();
        for chunk in chunks.iter().flatten() {
            info.begin_chunk();
            chunk.accumulate(&mut info);
        }
        info.finish()
    }

    const ANTHROPIC: &str = concat!(
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",",
        "\"model\":\"claude\",\"content\":[],\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\n",
        ": keep-alive\n\n",
        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,",
        "\"delta\":{\"type\":\"text_delta\",\"text\":\"h\u{e9}\"}}\n\n",
        "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},",
        "\"usage\":{\"output_tokens\":5}}\n\n",
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
    );
    const OPENAI: &str = concat!(
        "data: {\"id\":\"chatcmpl-1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n",
        "data: {\"id\":\"chatcmpl-1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],",
        "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1}}\n\ndata: [DONE]\n\n",
    );
    const OLLAMA: &str = concat!(
        "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"done\":false}\n",
        "{\"model\":\"m\",\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",",
        "\"prompt_eval_count\":9,\"eval_count\":1}",
    );

    fn body(which: usize) -> (Api, &'static str) {
        [
            (Api::AnthropicMessages, ANTHROPIC),
            (Api::OpenAiChat, OPENAI),
            (Api::OllamaChat, OLLAMA),
        ][which]
    }

    proptest! {
        /// Split anywhere, the chunks say what the reader of the whole body says.
        #[test]
        fn as_the_reader_says(which in 0usize..3, mut cuts in prop::collection::vec(0usize..400, 0..6)) {
            let (api, body) = body(which);
            let bytes = body.as_bytes();
            cuts.push(bytes.len());
            cuts.sort_unstable();
            let (mut reads, mut from) = (Vec::new(), 0);
            for cut in cuts {
                let cut = cut.min(bytes.len());
                reads.push(Ok(bytes[from..cut].to_vec()));
                from = cut;
            }
            let mut reader = Reader::new(api, format(api), None);
            reader.push(bytes);
            let chunks = chunks(api, reads);
            prop_assert_eq!(said(&chunks), reader.finish().info);
            prop_assert_eq!(chunks.len(), [4, 2, 2][which]);
        }
    }

    #[test]
    fn errors_of_the_bytes_are_its_errors() {
        let (start, rest) = ANTHROPIC.split_at(200);
        let reads = vec![
            Ok(start.as_bytes().to_vec()),
            Err("connection reset"),
            Ok(rest.as_bytes().to_vec()),
        ];
        let chunks = chunks(Api::AnthropicMessages, reads);
        let failed = chunks.iter().position(Result::is_err);
        assert_eq!((chunks.len(), failed), (5, Some(1)));
        assert_eq!(said(&chunks).finish_reasons, ["end_turn"]);
    }

    #[test]
    fn errors_within_the_stream() {
        for (data, expected) in [
            (
                r#"{"type":"error","error":{"type":"overloaded_error","message":"secret"}}"#,
                "overloaded_error",
            ),
            ("all is lost", "_OTHER"),
        ] {
            let event = format!("event: error\ndata: {data}\n\n");
            let chunks = chunks(Api::AnthropicMessages, vec![Ok(event.into_bytes())]);
            assert_eq!(said(&chunks).error_type.as_deref(), Some(expected));
            assert!(!format!("{chunks:?}").contains("secret"));
        }
    }

    #[test]
    fn a_bodys_data_is_handed_out_as_it_came() {
        let chunks = chunks(Api::OpenAiChat, vec![Ok(OPENAI.as_bytes().to_vec())]);
        let first = chunks[0].as_ref().expect("a chunk");
        let value: serde_json::Value = first.json().expect("JSON");
        assert_eq!(value["choices"][0]["delta"]["content"], "Hi");
        assert!(first.json::<bool>().is_err());
        assert_eq!((first.name(), first.api()), ("", Api::OpenAiChat));
    }

    #[test]
    fn what_the_provider_counts_in_its_own_way() {
        let body = concat!(
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,\"total_tokens\":15,",
            "\"completion_tokens_details\":{\"reasoning_tokens\":5}}}\n\n",
        );
        let reads = stream::iter([Ok::<_, Infallible>(body)]);
        let chunks = Chunks::new(Api::OpenAiChat, reads).with_provider(&Provider::X_AI);
        let mut info = StreamInfo::default();
        for chunk in chunks.collect::<Vec<_>>().now_or_never().expect("ready") {
            chunk.expect("a chunk").accumulate(&mut info);
        }
        assert_eq!(
            info.finish().usage.and_then(|usage| usage.output_tokens),
            Some(6)
        );
    }

    #[test]
    fn another_framing() {
        let reads = stream::iter([Ok::<_, Infallible>(OLLAMA.replace('\n', "\n\ndata: "))]);
        let chunks = Chunks::new(Api::OllamaChat, reads).with_format(BodyFormat::NdJson);
        let count = chunks.count().now_or_never();
        assert_eq!(count, Some(2));
    }
}
