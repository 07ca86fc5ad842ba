//! What the tests of hostile input share.

#![allow(dead_code, unreachable_pub, reason = "each test needs some of it")]

pub mod frame;

use std::path::Path;

use agent_trace_llm::message::{RetrievalDocument, Shape, ToolDetail};
use agent_trace_llm::wire::{
    Api, BodyFormat, ErrorDetail, Read, Reader, anthropic, bedrock, cohere, gemini, ollama, openai,
    read, voyage, watsonx,
};
use agent_trace_llm::{LlmRequest, Provider};
use serde_json::Value;

pub const SHAPES: [Shape; 11] = [
    Shape::OpenAiChat,
    Shape::OpenAiResponses,
    Shape::AnthropicMessages,
    Shape::GeminiGenerateContent,
    Shape::BedrockConverse,
    Shape::CohereChat,
    Shape::CohereChatV1,
    Shape::GeminiInteractions,
    Shape::OllamaChat,
    Shape::OllamaGenerate,
    Shape::OpenAiCompletions,
];

/// A body of `tests/bodies`, each written by hand after the documentation of its API.
#[derive(Debug)]
pub struct Body {
    pub name: String,
    pub bytes: Vec<u8>,
    /// Whose reply it is, and how it is framed. Requests and errors are nobody's.
    pub reply: Option<(Api, BodyFormat)>,
}

pub fn bodies() -> Vec<Body> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bodies");
    let mut bodies: Vec<Body> = std::fs::read_dir(folder)
        .expect("the bodies")
        .map(|file| {
            let path = file.expect("a file").path();
            let text = std::fs::read_to_string(&path).expect("text");
            let name = path.file_name().expect("a name").to_string_lossy();
            let (api, ending) = name.rsplit_once('.').expect("an ending");
            let format = match ending {
                "events" => BodyFormat::AwsEventStream,
                name => BodyFormat::from_name(name).expect("a format"),
            };
            Body {
                reply: Api::from_name(api).map(|api| (api, format)),
                bytes: match format {
                    BodyFormat::AwsEventStream => frame::messages(&text),
                    _ => text.into_bytes(),
                },
                name: name.into_owned(),
            }
        })
        .collect();
    bodies.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(bodies.len() > 50);
    bodies
}

/// Reads a body in pieces of so many bytes.
pub fn in_pieces(api: Api, format: BodyFormat, body: &[u8], step: usize) -> Read {
    let mut reader = Reader::new(api, format, None);
    for bytes in body.chunks(step.max(1)) {
        reader.push(bytes);
    }
    reader.finish()
}

/// Every combination of an API and a framing.
pub fn everywhere(mut check: impl FnMut(Api, BodyFormat)) {
    for api in Api::ALL {
        for format in BodyFormat::ALL {
            check(*api, *format);
        }
    }
}

/// Gives a body to everything that reads one, but for the replies.
pub fn read_the_rest(body: &[u8]) {
    macro_rules! requests {
        ($($request:ty),* $(,)?) => {
            $(if let Ok(request) = <$request>::from_slice(body) {
                let _ = (request.info(), request.model().map(str::len));
            })*
        };
    }
    requests!(
        anthropic::MessagesRequest,
        bedrock::ConverseRequest,
        bedrock::InvokeRequest,
        cohere::ChatRequest,
        cohere::EmbedRequest,
        cohere::RerankRequest,
        gemini::GenerateContentRequest,
        gemini::InteractionsRequest,
        ollama::Request,
        openai::ChatRequest,
        openai::CompletionRequest,
        openai::EmbeddingsRequest,
        openai::ResponsesRequest,
        voyage::EmbeddingsRequest,
        voyage::RerankRequest,
        watsonx::GenerationRequest,
    );
    let _ = Provider::from_openai_body(body);
    let _ = ErrorDetail::from_slice(body);
    if let Ok(value) = serde_json::from_slice::<Value>(body) {
        messages(&value);
    }
}

/// Makes every message there is out of a body, in every shape, and writes it out.
pub fn messages(body: &Value) {
    for shape in SHAPES {
        serde_json::to_string(&shape.input(body)).expect("JSON");
        serde_json::to_string(&shape.output(body)).expect("JSON");
        serde_json::to_string(&shape.system_instructions(body)).expect("JSON");
        let tools = shape.tool_definitions(body, ToolDetail::Full);
        serde_json::to_string(&tools).expect("JSON");
    }
    serde_json::to_string(&RetrievalDocument::of_search(body)).expect("JSON");
}

/// Reads a body everywhere, whole and in pieces, and returns what one API made of it.
pub fn read_everywhere(body: &[u8]) {
    everywhere(|api, format| {
        let whole = read(api, format, None, body);
        assert_eq!(whole, in_pieces(api, format, body, 1000), "{api} {format}");
    });
    read_the_rest(body);
}
