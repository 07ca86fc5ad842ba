//! The functions under test.

use agent_trace::llm_call;
use async_openai::Client;
use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::types::chat::{
    ChatCompletionResponseStream, CreateChatCompletionRequest, CreateChatCompletionResponse,
    CreateChatCompletionStreamResponse,
};
use async_openai::types::embeddings::{CreateEmbeddingRequest, CreateEmbeddingResponse};
use futures_util::{Stream, StreamExt};

#[llm_call(provider = "openai")]
pub(crate) async fn complete(
    client: &Client<OpenAIConfig>,
    request: CreateChatCompletionRequest,
) -> Result<CreateChatCompletionResponse, OpenAIError> {
    client.chat().create(request).await
}

/// By reference, and with what is said winning over what is found.
#[llm_call(
    provider = "openai",
    model = "said",
    max_tokens = 1,
    server = "http://said.example:1"
)]
pub(crate) async fn complete_as_said(
    client: Client<OpenAIConfig>,
    request: &CreateChatCompletionRequest,
) -> Result<Box<CreateChatCompletionResponse>, OpenAIError> {
    client.chat().create(request.clone()).await.map(Box::new)
}

/// Without any option.
#[llm_call]
pub(crate) async fn complete_without_options(
    client: &Client<OpenAIConfig>,
    request: CreateChatCompletionRequest,
) -> Result<CreateChatCompletionResponse, OpenAIError> {
    client.chat().create(request).await
}

#[llm_call(provider = "openai")]
pub(crate) async fn stream(
    client: &Client<OpenAIConfig>,
    request: CreateChatCompletionRequest,
) -> Result<ChatCompletionResponseStream, OpenAIError> {
    client.chat().create_stream(request).await
}

#[llm_call(provider = "openai")]
pub(crate) fn stream_at_once(
    client: Client<OpenAIConfig>,
    request: CreateChatCompletionRequest,
) -> impl Stream<Item = Result<CreateChatCompletionStreamResponse, OpenAIError>> {
    async_stream(client, request)
}

pub(crate) fn async_stream(
    client: Client<OpenAIConfig>,
    request: CreateChatCompletionRequest,
) -> impl Stream<Item = Result<CreateChatCompletionStreamResponse, OpenAIError>> {
    futures_util::stream::once(async move { client.chat().create_stream(request).await }).flat_map(
        |opened| match opened {
            Ok(stream) => stream,
            Err(error) => futures_util::stream::iter([Err(error)]).boxed(),
        },
    )
}

#[llm_call(provider = "openai", operation = "embeddings")]
pub(crate) async fn embed(
    client: &Client<OpenAIConfig>,
    request: CreateEmbeddingRequest,
) -> Result<CreateEmbeddingResponse, OpenAIError> {
    client.embeddings().create(request).await
}
