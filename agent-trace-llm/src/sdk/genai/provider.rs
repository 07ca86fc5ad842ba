use ::genai::ModelIden;
use ::genai::adapter::AdapterKind;

use crate::text::present;
use crate::{LlmRequest, Provider, RequestInfo};

/// The provider and the model of a call that names both.
impl LlmRequest for ModelIden {
    fn provider(&self) -> Option<Provider> {
        Some(provider(self.adapter_kind))
    }

    fn model(&self) -> Option<&str> {
        // `open_router::openai/gpt-4.1`: what is before the colons is for the crate.
        present(self.model_name.namespace_and_name().1)
    }

    fn info(&self) -> RequestInfo {
        RequestInfo::default()
    }
}

/// The convention's name where there is one, else the crate's in the convention's spelling.
fn provider(kind: AdapterKind) -> Provider {
    match kind {
        AdapterKind::OpenAI | AdapterKind::OpenAIResp => Provider::OPENAI,
        AdapterKind::Gemini | AdapterKind::GeminiIx => Provider::GCP_GEMINI,
        AdapterKind::Vertex => Provider::GCP_VERTEX_AI,
        AdapterKind::Anthropic => Provider::ANTHROPIC,
        AdapterKind::Groq => Provider::GROQ,
        AdapterKind::Kimi | AdapterKind::Moonshot => Provider::MOONSHOT_AI,
        AdapterKind::Xai => Provider::X_AI,
        AdapterKind::DeepSeek => Provider::DEEPSEEK,
        AdapterKind::Mistral => Provider::MISTRAL_AI,
        AdapterKind::Cohere => Provider::COHERE,
        AdapterKind::BedrockApi => Provider::AWS_BEDROCK,
        other => {
            let name = other.as_lower_str();
            // The other way of signing in, which is there only with a feature of the crate.
            if name.starts_with("bedrock") {
                Provider::AWS_BEDROCK
            } else {
                Provider::new(name.to_owned())
            }
        }
    }
}
