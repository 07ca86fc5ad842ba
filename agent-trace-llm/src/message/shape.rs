use serde_json::Value;

use super::from;
use super::streamed;
use super::{InputMessage, OutputAccumulator, OutputMessage, Part, ToolDefinition, ToolDetail};

/// The wire shape of a body: whose API it is written for.
///
/// Providers that are compatible with one of them have that one's shape, whatever their name.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// OpenAI chat completions, and everything compatible: Azure, Mistral, Groq, xAI, DeepSeek,
    /// Together, OpenRouter, vLLM and others.
    OpenAiChat,
    /// OpenAI Responses.
    OpenAiResponses,
    /// Anthropic Messages, also on Bedrock and Vertex.
    AnthropicMessages,
    /// Gemini and Vertex `generateContent`.
    GeminiGenerateContent,
    /// Bedrock Converse, as its JSON is on the wire.
    BedrockConverse,
    /// Cohere chat v2.
    CohereChat,
    /// Cohere chat v1.
    CohereChatV1,
    /// Gemini interactions.
    GeminiInteractions,
    /// Ollama chat.
    OllamaChat,
    /// Ollama generate.
    OllamaGenerate,
    /// OpenAI's legacy completions.
    OpenAiCompletions,
    /// Bedrock InvokeModel, whichever family of models it is: Anthropic, Nova, Titan, Llama, Mistral,
    /// Cohere, Jurassic, and those that speak as OpenAI does.
    BedrockInvoke,
    /// watsonx.ai text generation. Its chat is [`OpenAiChat`](Self::OpenAiChat).
    WatsonxGeneration,
}

impl Shape {
    /// `gen_ai.input.messages`: the messages of a request body, in its order.
    pub fn input(self, request: &Value) -> Vec<InputMessage<'_>> {
        match self {
            Self::OpenAiChat => from::openai_chat::input(request),
            Self::OpenAiResponses => from::openai_responses::input(request),
            Self::AnthropicMessages => from::anthropic::input(request),
            Self::GeminiGenerateContent => from::gemini::input(request),
            Self::BedrockConverse => from::bedrock::input(request),
            Self::CohereChat => from::cohere::input(request),
            Self::CohereChatV1 => from::cohere_v1::input(request),
            Self::GeminiInteractions => from::gemini_interactions::input(request),
            Self::OllamaChat => from::ollama::input(request),
            Self::OllamaGenerate => from::completions::ollama_input(request),
            Self::OpenAiCompletions => from::completions::openai_input(request),
            Self::BedrockInvoke => from::bedrock_invoke::input(request),
            Self::WatsonxGeneration => from::watsonx::input(request),
        }
    }

    /// `gen_ai.output.messages`: one message per choice of a response body.
    pub fn output(self, response: &Value) -> Vec<OutputMessage<'_>> {
        match self {
            Self::OpenAiChat => from::openai_chat::output(response),
            Self::OpenAiResponses => from::openai_responses::output(response),
            Self::AnthropicMessages => from::anthropic::output(response),
            Self::GeminiGenerateContent => from::gemini::output(response),
            Self::BedrockConverse => from::bedrock::output(response),
            Self::CohereChat => from::cohere::output(response),
            Self::CohereChatV1 => from::cohere_v1::output(response),
            Self::GeminiInteractions => from::gemini_interactions::output(response),
            Self::OllamaChat => from::ollama::output(response),
            Self::OllamaGenerate => from::completions::ollama_output(response),
            Self::OpenAiCompletions => from::completions::openai_output(response),
            Self::BedrockInvoke => from::bedrock_invoke::output(response),
            Self::WatsonxGeneration => from::watsonx::output(response),
        }
    }

    /// `gen_ai.system_instructions`: those that a request body has outside its messages. In the
    /// shapes that have them within (OpenAI chat, Cohere, Ollama) they are input messages, and there
    /// are none here.
    pub fn system_instructions(self, request: &Value) -> Vec<Part<'_>> {
        match self {
            Self::OpenAiChat
            | Self::OpenAiCompletions
            | Self::CohereChat
            | Self::OllamaChat
            | Self::WatsonxGeneration => Vec::new(),
            Self::BedrockInvoke => from::bedrock_invoke::system_instructions(request),
            Self::CohereChatV1 => from::cohere_v1::system_instructions(request),
            Self::GeminiInteractions => from::gemini_interactions::system_instructions(request),
            Self::OllamaGenerate => from::completions::ollama_system(request),
            Self::OpenAiResponses => from::openai_responses::system_instructions(request),
            Self::AnthropicMessages => from::anthropic::system_instructions(request),
            Self::GeminiGenerateContent => from::gemini::system_instructions(request),
            Self::BedrockConverse => from::bedrock::system_instructions(request),
        }
    }

    /// `gen_ai.tool.definitions`: the tools of a request body.
    pub fn tool_definitions(self, request: &Value, detail: ToolDetail) -> Vec<ToolDefinition<'_>> {
        match self {
            // Cohere and Ollama have taken over OpenAI's shape.
            Self::OpenAiChat | Self::CohereChat | Self::OllamaChat => {
                from::openai_chat::tool_definitions(request, detail)
            }
            // Interactions have taken over that of Responses.
            Self::OpenAiResponses | Self::GeminiInteractions => {
                from::openai_responses::tool_definitions(request, detail)
            }
            Self::CohereChatV1 => from::cohere_v1::tool_definitions(request, detail),
            // There are none.
            Self::OllamaGenerate | Self::OpenAiCompletions | Self::WatsonxGeneration => Vec::new(),
            Self::BedrockInvoke => from::bedrock_invoke::tool_definitions(request, detail),
            Self::AnthropicMessages => from::anthropic::tool_definitions(request, detail),
            Self::GeminiGenerateContent => from::gemini::tool_definitions(request, detail),
            Self::BedrockConverse => from::bedrock::tool_definitions(request, detail),
        }
    }

    /// Adds the JSON of one event of a streamed reply to the messages made of those before it.
    ///
    /// The data of a server-sent event, a line, an element of Gemini's array. Of Bedrock's frames it
    /// is the payload, for InvokeModel what is in its `bytes`, decoded.
    ///
    /// ```
    /// use agent_trace_llm::message::{OutputAccumulator, Shape};
    /// use serde_json::json;
    ///
    /// let mut output = OutputAccumulator::new();
    /// for event in [
    ///     json!({ "choices": [{ "index": 0, "delta": { "content": "Rai" } }] }),
    ///     json!({ "choices": [{ "index": 0, "delta": { "content": "n." } }] }),
    ///     json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": "stop" }] }),
    /// ] {
    ///     Shape::OpenAiChat.accumulate(&event, &mut output);
    /// }
    /// let whole = json!({ "choices": [
    ///     { "index": 0, "message": { "content": "Rain." }, "finish_reason": "stop" },
    /// ] });
    /// assert_eq!(output.finish(), Shape::OpenAiChat.output(&whole));
    /// ```
    pub fn accumulate(self, event: &Value, output: &mut OutputAccumulator) {
        match self {
            Self::OpenAiChat | Self::OpenAiCompletions => {
                streamed::openai_chat::event(output, event);
            }
            Self::OpenAiResponses => streamed::openai_responses::event(output, event),
            Self::AnthropicMessages => streamed::anthropic::event(output, event),
            Self::GeminiGenerateContent => streamed::gemini::event(output, event),
            Self::GeminiInteractions => streamed::gemini_interactions::event(output, event),
            Self::BedrockConverse => streamed::bedrock::event(output, event),
            Self::BedrockInvoke => streamed::bedrock_invoke::event(output, event),
            Self::CohereChat => streamed::cohere::event(output, event),
            Self::CohereChatV1 => streamed::cohere_v1::event(output, event),
            Self::OllamaChat => streamed::ollama::chat(output, event),
            Self::OllamaGenerate => streamed::ollama::generate(output, event),
            Self::WatsonxGeneration => streamed::watsonx::event(output, event),
        }
    }
}
