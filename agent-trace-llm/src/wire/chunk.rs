use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;

use crate::wire::any::Api;
use crate::wire::error_detail::ErrorDetail;
use crate::wire::openai::dialect::{Dialect, STANDARD};
use crate::wire::{anthropic, bedrock, cohere, gemini, ollama, openai, watsonx};
use crate::{LlmChunk, StreamInfo};

/// One event of a streamed body, as the provider sent it: what [`Chunks`](super::Chunks) yields.
///
/// It has the event's data for the application, and as an [`LlmChunk`] tells whoever follows the
/// stream what the event says of the reply. The data is content, and `Debug` leaves it out.
#[derive(Clone)]
pub struct Chunk {
    pub(super) api: Api,
    /// How the server of an OpenAI-compatible stream counts.
    pub(super) dialect: Option<&'static Dialect>,
    pub(super) name: String,
    pub(super) data: Vec<u8>,
}

impl Chunk {
    /// The API whose event it is.
    pub fn api(&self) -> Api {
        self.api
    }

    /// The `event` field of a server-sent event, or the event or exception type of an AWS message.
    /// Empty where there is none.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the event carries, mostly JSON.
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// The data, read as JSON into a type of your own.
    ///
    /// # Errors
    ///
    /// If the data is not JSON, or not of that type.
    pub fn json<'de, T: Deserialize<'de>>(&'de self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.data)
    }

    /// Lets the API's adapter take the event in. `None` if it is none of the API's.
    fn read(&self, stream: &mut StreamInfo) -> Option<()> {
        let data = self.data.as_slice();
        match self.api {
            Api::OpenAiChat | Api::OpenAiCompletions | Api::WatsonxChat => {
                let dialect = self.dialect.unwrap_or(&STANDARD);
                let chunk = openai::ChatChunk::from_dialect(dialect, data);
                chunk.ok()?.accumulate(stream);
            }
            Api::OpenAiResponses => {
                let event = openai::ResponsesEvent::from_slice(data);
                event.ok()?.accumulate(stream);
            }
            Api::AnthropicMessages => {
                let chunk = anthropic::MessagesChunk::from_slice(data);
                chunk.ok()?.accumulate(stream);
            }
            Api::BedrockConverse => {
                let chunk = bedrock::ConverseChunk::from_slice(&self.name, data);
                chunk.ok()?.accumulate(stream);
            }
            Api::BedrockInvoke => bedrock::InvokeChunk::from_payload(data)?.accumulate(stream),
            Api::CohereChatV1 | Api::CohereGenerate => {
                let chunk = cohere::ChatV1Chunk::from_slice(data);
                chunk.ok()?.accumulate(stream);
            }
            Api::CohereChatV2 => {
                let chunk = cohere::ChatChunk::from_slice(data);
                chunk.ok()?.accumulate(stream);
            }
            Api::GeminiGenerateContent => {
                let chunk = gemini::GenerateContentChunk::from_slice(data);
                chunk.ok()?.accumulate(stream);
            }
            Api::GeminiInteractions => {
                let chunk = gemini::InteractionsChunk::from_slice(data);
                chunk.ok()?.accumulate(stream);
            }
            Api::OllamaChat => {
                let chunk = ollama::ChatChunk::from_slice(data);
                chunk.ok()?.accumulate(stream);
            }
            Api::OllamaGenerate => {
                let chunk = ollama::GenerateChunk::from_slice(data);
                chunk.ok()?.accumulate(stream);
            }
            Api::WatsonxGeneration => {
                let chunk = watsonx::GenerationChunk::from_slice(data);
                chunk.ok()?.accumulate(stream);
            }
            // These do not stream.
            Api::OpenAiEmbeddings
            | Api::CohereEmbed
            | Api::CohereRerank
            | Api::OllamaEmbed
            | Api::VoyageEmbeddings
            | Api::VoyageRerank
            | Api::WatsonxEmbeddings => return None,
        }
        Some(())
    }

    /// The failure that the event is by its name, whatever its data.
    fn failure(&self) -> Option<Cow<'static, str>> {
        match self.api {
            Api::BedrockConverse | Api::BedrockInvoke => bedrock::exception(&self.name),
            _ if self.name == "error" => {
                let detail = ErrorDetail::from_slice(&self.data);
                Some(detail.map_or(Cow::Borrowed("_OTHER"), |error| error.error_type()))
            }
            _ => None,
        }
    }
}

impl LlmChunk for Chunk {
    fn accumulate(&self, stream: &mut StreamInfo) {
        // What cannot be read says nothing. A code that was read stays before the name's.
        let _ = self.read(stream);
        if let Some(error_type) = self.failure() {
            stream.error(error_type);
        }
    }
}

impl fmt::Debug for Chunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunk")
            .field("api", &self.api)
            .field("name", &self.name)
            .field("bytes", &self.data.len())
            .finish_non_exhaustive()
    }
}
