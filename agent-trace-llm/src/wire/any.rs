//! One entrance for all wire shapes, for code that learns at run time which one it has.

mod api;
mod reader;

use crate::wire::error_detail::ErrorDetail;
use crate::wire::events::Events;
use crate::wire::read::Read;
use crate::wire::{Error, anthropic, bedrock, cohere, gemini, ollama, openai, voyage, watsonx};
use crate::{Provider, ResponseInfo};

pub use api::{Api, BodyFormat};
pub use reader::Reader;

/// Reads a whole response body.
///
/// What the API's rules leave open, such as which OpenAI-compatible server answered, `provider`
/// says; without it, the fields that give a provider away do. A body that is not what `format` says
/// gives what could be read of it, and is not [complete](Read::complete); but where a stream was expected
/// and one JSON document came, which is how servers refuse, the document is read.
///
/// ```
/// use agent_trace_llm::wire::{self, Api, BodyFormat};
///
/// let body = br#"{ "choices": [{ "message": { "content": "H\u00e9" }, "finish_reason": "stop" }] }"#;
/// let read = wire::read(Api::OpenAiChat, BodyFormat::Json, None, body);
/// assert_eq!(read.info.finish_reasons, ["stop"]);
/// assert_eq!((read.text_chars, read.complete), (2, true));
/// ```
pub fn read(api: Api, format: BodyFormat, provider: Option<&Provider>, bytes: &[u8]) -> Read {
    if format == BodyFormat::Json {
        return document(api, provider, bytes);
    }
    let mut reader = Reader::new(api, format, provider);
    reader.push(bytes);
    reader.finish()
}

/// What some servers write before the text.
const BOM: &[u8] = "\u{feff}".as_bytes();

fn document(api: Api, provider: Option<&Provider>, body: &[u8]) -> Read {
    let body = body.strip_prefix(BOM).unwrap_or(body);
    let Ok(mut read) = whole(api, provider, body) else {
        return Read::default();
    };
    if read.info.error_type.is_some() {
        read.error = ErrorDetail::from_slice(body);
    } else if read.info == ResponseInfo::default() && read.text_chars == 0 {
        // Bedrock, gateways and frameworks of servers send `{"message": ".."}` and nothing around it.
        read.error = ErrorDetail::from_slice(body).filter(|error| error.message.is_some());
        read.info.error_type = read.error.as_ref().map(ErrorDetail::error_type);
    }
    read
}

/// The adapter of a whole body.
fn whole(api: Api, provider: Option<&Provider>, body: &[u8]) -> Result<Read, Error> {
    match api {
        // A legacy completion is a chat completion with its text in another place, and watsonx.ai's
        // chat has the same shape.
        Api::OpenAiChat | Api::OpenAiCompletions | Api::WatsonxChat => {
            openai::chat_read(provider, body)
        }
        Api::OpenAiResponses => openai::responses_read(body),
        Api::OpenAiEmbeddings => openai::embeddings_read(body),
        Api::AnthropicMessages => anthropic::read(body),
        Api::BedrockConverse => bedrock::converse_read(body),
        Api::BedrockInvoke => bedrock::invoke_read(body),
        Api::CohereChatV1 => cohere::chat_v1_read(body),
        Api::CohereChatV2 => cohere::chat_v2_read(body),
        Api::CohereEmbed => cohere::embed_read(body),
        Api::CohereGenerate => cohere::generate_read(body),
        Api::CohereRerank => cohere::rerank_read(body),
        Api::GeminiGenerateContent => gemini::generate_content_read(body),
        Api::GeminiInteractions => gemini::interactions_read(body),
        Api::OllamaChat => ollama::chat_read(body),
        Api::OllamaEmbed => ollama::embed_read(body),
        Api::OllamaGenerate => ollama::generate_read(body),
        Api::VoyageEmbeddings => voyage::embeddings_read(body),
        Api::VoyageRerank => voyage::rerank_read(body),
        Api::WatsonxEmbeddings => watsonx::embeddings_read(body),
        Api::WatsonxGeneration => watsonx::generation_read(body),
    }
}

/// The adapter of a streamed body.
fn events(api: Api, format: BodyFormat, provider: Option<&Provider>) -> Box<dyn Events + Send> {
    match api {
        // `[DONE]` belongs to server-sent events, and is not sent by watsonx.ai.
        Api::OpenAiChat | Api::OpenAiCompletions => {
            openai::chat_events(provider, format == BodyFormat::Sse)
        }
        Api::WatsonxChat => openai::chat_events(provider, false),
        Api::OpenAiResponses => openai::responses_events(),
        Api::AnthropicMessages => anthropic::events(),
        Api::BedrockConverse => bedrock::converse_events(),
        Api::BedrockInvoke => bedrock::invoke_events(),
        Api::CohereChatV1 => cohere::chat_v1_events(),
        Api::CohereChatV2 => cohere::chat_v2_events(),
        Api::CohereGenerate => cohere::generate_events(),
        Api::GeminiGenerateContent => gemini::generate_content_events(),
        Api::GeminiInteractions => gemini::interactions_events(),
        Api::OllamaChat => ollama::chat_events(),
        Api::OllamaGenerate => ollama::generate_events(),
        Api::WatsonxGeneration => watsonx::generation_events(),
        Api::OpenAiEmbeddings => Box::new(Last::new(openai::embeddings_read)),
        Api::CohereEmbed => Box::new(Last::new(cohere::embed_read)),
        Api::CohereRerank => Box::new(Last::new(cohere::rerank_read)),
        Api::OllamaEmbed => Box::new(Last::new(ollama::embed_read)),
        Api::VoyageEmbeddings => Box::new(Last::new(voyage::embeddings_read)),
        Api::VoyageRerank => Box::new(Last::new(voyage::rerank_read)),
        Api::WatsonxEmbeddings => Box::new(Last::new(watsonx::embeddings_read)),
    }
}

/// For APIs that do not stream: an event is a whole reply, and the last one counts.
struct Last {
    adapter: fn(&[u8]) -> Result<Read, Error>,
    read: Option<Read>,
    malformed: bool,
}

impl Last {
    fn new(adapter: fn(&[u8]) -> Result<Read, Error>) -> Self {
        Self {
            adapter,
            read: None,
            malformed: false,
        }
    }
}

impl Events for Last {
    fn event(&mut self, _: &str, data: &[u8]) {
        match (self.adapter)(data) {
            Ok(read) => self.read = Some(read),
            Err(_) => self.malformed = true,
        }
    }

    fn finish(self: Box<Self>) -> Read {
        let mut read = self.read.unwrap_or_default();
        read.complete &= !self.malformed;
        read
    }
}
