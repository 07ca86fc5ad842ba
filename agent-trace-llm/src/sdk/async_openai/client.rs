use std::borrow::Cow;

use async_openai::Client;
use async_openai::config::Config;

use crate::{LlmClient, Provider};

impl<C: Config> LlmClient for Client<C> {
    /// The provider that the base URL's host belongs to; else Azure OpenAI if the client is set up
    /// for it, and OpenAI if not.
    fn provider(&self) -> Option<Provider> {
        let config = self.config();
        Provider::from_url(config.api_base()).or_else(|| {
            // Azure behind a gateway: only its configuration sends a version with every request.
            let azure = config
                .query()
                .iter()
                .any(|(name, _)| *name == "api-version");
            Some(if azure {
                Provider::AZURE_AI_OPENAI
            } else {
                Provider::OPENAI
            })
        })
    }

    fn base_url(&self) -> Option<Cow<'_, str>> {
        let base = self.config().api_base();
        (!base.is_empty()).then_some(Cow::Borrowed(base))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_openai::config::{AzureConfig, OpenAIConfig};

    fn openai(base: &str) -> Client<OpenAIConfig> {
        Client::with_config(
            OpenAIConfig::new()
                .with_api_base(base)
                .with_api_key("sk-secret"),
        )
    }

    #[test]
    fn the_host_says_who_answers() {
        for (base, provider) in [
            ("https://api.openai.com/v1", Provider::OPENAI),
            ("http://localhost:8080/v1", Provider::OPENAI),
            ("https://api.deepseek.com", Provider::DEEPSEEK),
            (
                "https://contoso.openai.azure.com/openai/v1",
                Provider::AZURE_AI_OPENAI,
            ),
        ] {
            let client = openai(base);
            assert_eq!(LlmClient::provider(&client), Some(provider));
            assert_eq!(client.base_url().as_deref(), Some(base));
        }
    }

    #[test]
    fn azure_by_its_configuration() {
        let config = AzureConfig::new()
            .with_api_base("https://gateway.example")
            .with_api_version("2024-10-21")
            .with_deployment_id("gpt-4o");
        let client = Client::with_config(Box::new(config) as Box<dyn Config>);
        assert_eq!(
            LlmClient::provider(&client),
            Some(Provider::AZURE_AI_OPENAI)
        );
        assert_eq!(
            client.base_url().as_deref(),
            Some("https://gateway.example")
        );
        assert_eq!(Client::with_config(AzureConfig::new()).base_url(), None);
    }
}
