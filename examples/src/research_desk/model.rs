//! Every call to a model that the desk makes.

use std::time::Duration;

use agent_trace::llm_call;
use async_openai::Client;
use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::middleware::ReqwestService;
use async_openai::types::chat::{
    ChatCompletionResponseStream, CreateChatCompletionRequest, CreateChatCompletionResponse,
    StopConfiguration,
};
use async_openai::types::embeddings::{CreateEmbeddingRequest, CreateEmbeddingResponse};

/// How often a rate limit is waited out before it counts.
const RETRIES: u32 = 3;

/// Which models the desk asks for.
#[derive(Debug, Clone)]
pub struct ModelNames {
    /// For planning, searching and writing.
    pub chat: String,
    /// For looking things up in the library.
    pub embedding: String,
}

/// A client without its own silent retries: the desk retries itself, where a trace shows it.
#[must_use]
pub fn client(config: OpenAIConfig, http: reqwest::Client) -> Client<OpenAIConfig> {
    Client::with_config(config).with_http_service(ReqwestService::new(http))
}

/// A request in the desk's manner: sober, short, and not repeating itself.
pub(super) fn request(models: &ModelNames) -> CreateChatCompletionRequest {
    CreateChatCompletionRequest {
        model: models.chat.clone(),
        temperature: Some(0.2),
        top_p: Some(0.9),
        frequency_penalty: Some(0.3),
        presence_penalty: Some(0.1),
        max_completion_tokens: Some(800),
        stop: Some(StopConfiguration::StringArray(vec![
            "END OF REPORT".to_owned(),
        ])),
        ..CreateChatCompletionRequest::default()
    }
}

/// Asks the model, again after a pause when it is busy.
pub(super) async fn ask(
    client: &Client<OpenAIConfig>,
    request: CreateChatCompletionRequest,
) -> Result<CreateChatCompletionResponse, OpenAIError> {
    let mut pause = Duration::from_millis(150);
    for _ in 0..RETRIES {
        match complete(client, request.clone()).await {
            Err(error) if is_rate_limit(&error) => {
                tracing::warn!(?pause, "the model is busy");
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
            done => return done,
        }
    }
    complete(client, request).await
}

fn is_rate_limit(error: &OpenAIError) -> bool {
    matches!(error, OpenAIError::ApiError(reply) if reply.status_code.as_u16() == 429)
}

#[llm_call(provider = "openai")]
async fn complete(
    client: &Client<OpenAIConfig>,
    request: CreateChatCompletionRequest,
) -> Result<CreateChatCompletionResponse, OpenAIError> {
    client.chat().create(request).await
}

/// Asks the model for a reply as it is being written.
#[llm_call(provider = "openai")]
pub(super) async fn stream(
    client: &Client<OpenAIConfig>,
    request: CreateChatCompletionRequest,
) -> Result<ChatCompletionResponseStream, OpenAIError> {
    client.chat().create_stream(request).await
}

/// Turns texts into vectors.
#[llm_call(provider = "openai", operation = "embeddings")]
pub(super) async fn embed(
    client: &Client<OpenAIConfig>,
    request: CreateEmbeddingRequest,
) -> Result<CreateEmbeddingResponse, OpenAIError> {
    client.embeddings().create(request).await
}
