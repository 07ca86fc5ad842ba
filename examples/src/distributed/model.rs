//! The agents' model: the examples' stand-in for one, in the process that asks it.

use agent_trace::llm_call;
use async_openai::Client;
use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::types::chat::{
    ChatCompletionRequestMessage, ChatCompletionResponseMessage, CreateChatCompletionRequest,
    CreateChatCompletionResponse,
};

use super::{AnyError, http};
use crate::research_desk::client;
use crate::server::{ModelServer, Script};

/// A model, and the way to it.
#[derive(Debug)]
pub(super) struct Model {
    client: Client<OpenAIConfig>,
    _server: ModelServer,
}

impl Model {
    /// A model that says what `script` says.
    pub(super) async fn start(script: impl Script) -> Result<Self, AnyError> {
        let server = ModelServer::start(script).await?;
        let config = OpenAIConfig::new()
            .with_api_base(server.base_url())
            .with_api_key("none-needed");
        Ok(Self {
            client: client(config, http::plain_client()?),
            _server: server,
        })
    }

    /// The model's next message.
    pub(super) async fn ask(
        &self,
        messages: Vec<ChatCompletionRequestMessage>,
    ) -> Result<ChatCompletionResponseMessage, AnyError> {
        let request = CreateChatCompletionRequest {
            model: "gpt-4o-mini".to_owned(),
            messages,
            ..CreateChatCompletionRequest::default()
        };
        let reply = complete(&self.client, request).await?;
        let choice = reply.choices.into_iter().next();
        Ok(choice.ok_or("the model said nothing")?.message)
    }
}

#[llm_call(provider = "openai")]
async fn complete(
    client: &Client<OpenAIConfig>,
    request: CreateChatCompletionRequest,
) -> Result<CreateChatCompletionResponse, OpenAIError> {
    client.chat().create(request).await
}
